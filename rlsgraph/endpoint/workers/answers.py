"""Answer one query within limits: the body of the answer, or a problem."""

from __future__ import annotations

import io
import json
import traceback
from dataclasses import dataclass
from typing import Any, Protocol

from rlsgraph.endpoint.http.problems import Problem
from rlsgraph.endpoint.workers.frames import ANSWER, PROBLEM, Reply, Request
from rlsgraph.errors import AmbiguousNameError, DataError, QueryRefusedError, QuerySyntaxError, TooLargeError
from rlsgraph.triples.sparql import Answer, AnswerKind, Dataset

KINDS = (AnswerKind.SELECT, AnswerKind.ASK, AnswerKind.GRAPH)
"""The kinds of answer, in the order of `Request.formats`."""

_ROW_END = {"json": b'},{"', "xml": b"</result>", "csv": b"\r\n", "tsv": b"\n"}
# What stands between two rows, or after each; a row less the heading, or more the last one, makes the number of rows.
_MORE_ROWS = {"json": 1, "xml": 0, "csv": -1, "tsv": -1}


class Graph(Protocol):
    """What answers queries."""

    def query_text(self, text: str, *, dataset: Dataset | None = None) -> Answer:
        """Answer a SPARQL query."""


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """The largest answer."""

    max_rows: int
    max_bytes: int


class BoundedOutput(io.BytesIO):
    """Bytes in memory that refuse to become more than a limit; rows are counted by what ends them in the format.

    A literal of CSV with a line end within counts as two rows: the limit guards memory, and need not be exact.
    """

    def __init__(self, limits: AnswerLimits, format_name: str) -> None:
        super().__init__()
        self._limits = limits
        self._row_end, self._more_rows = _ROW_END.get(format_name), _MORE_ROWS.get(format_name, 0)
        self._row_ends = 0
        self._tail = b""

    def write(self, data: Any) -> int:
        written = super().write(data)
        if self.tell() > self._limits.max_bytes:
            raise TooLargeError(f"the answer is larger than {self._limits.max_bytes:,} bytes; add LIMIT, or ask for less")
        if self._row_end is not None:
            window = self._tail + data
            self._row_ends += window.count(self._row_end)
            self._tail = window[len(window) - len(self._row_end) + 1 :] if len(self._row_end) > 1 else b""
            if self._row_ends + self._more_rows > self._limits.max_rows:
                raise TooLargeError(f"the answer has more than {self._limits.max_rows:,} rows; add LIMIT, or ask for less")
        return written

    @property
    def rows(self) -> int:
        """How many rows there are, once all is written."""
        is_empty = bytes(self.getbuffer()[-4:]) == b"[]}}"  # JSON without a row has nothing between rows
        return 0 if is_empty else max(0, self._row_ends + self._more_rows)


def reply_to(request: Request, graph: Graph, limits: AnswerLimits) -> Reply:
    """Answer a request; whatever goes wrong becomes a reply too."""
    try:
        return _answer(request, graph, limits)
    except Problem as problem:
        return _problem(problem)
    except QuerySyntaxError as error:
        return _problem(Problem(400, str(error), line=error.line, column=error.column))
    except AmbiguousNameError as error:
        return _problem(Problem(400, str(error)))
    except (QueryRefusedError, TooLargeError) as error:
        return _problem(Problem(403, str(error)))
    except DataError as error:
        return _problem(Problem(406, str(error)))
    except MemoryError:
        return _problem(Problem(503, "the query needs more memory than it may take; ask for less"))
    except Exception as error:  # the edge of a process: the server logs the traceback, and does not show it
        text = "".join(traceback.format_exception(error))
        return _problem(Problem(500, "an error of this server; its log says more", traceback=text))


def _answer(request: Request, graph: Graph, limits: AnswerLimits) -> Reply:
    dataset = None
    if request.default_graphs or request.named_graphs:
        dataset = Dataset(request.default_graphs, request.named_graphs)
    answer = graph.query_text(request.query, dataset=dataset)
    kind = KINDS.index(answer.kind)
    format_name = request.formats[kind]
    if format_name is None:
        raise Problem(406, f"none of the media types that Accept names can hold the answer; use {', '.join(answer.formats())}")
    output = BoundedOutput(limits, format_name)
    triples = answer.write(output, format_name, max_triples=limits.max_rows)
    rows = 1 if answer.kind is AnswerKind.ASK else triples or output.rows
    return Reply(ANSWER, output.getvalue(), kind, rows)


def _problem(problem: Problem) -> Reply:
    about = {"status": problem.status, "detail": problem.detail, "members": problem.members}
    return Reply(PROBLEM, json.dumps(about).encode())
