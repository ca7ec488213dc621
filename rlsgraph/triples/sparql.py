"""Answer SPARQL 1.1 queries over a store, without ever opening a connection or a file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from threading import get_ident
from typing import IO, Any, cast

import pyoxigraph as ox

from rlsgraph.errors import DataError, QueryError, QueryRefusedError, QuerySyntaxError, RlsGraphError, TooLargeError
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.formats import ASK_FORMATS, GRAPH_FORMATS, RESULT_FORMATS
from rlsgraph.triples.kept_answer import KeptAnswer
from rlsgraph.triples.python_values import to_python
from rlsgraph.triples.query_columns import name_columns
from rlsgraph.triples.query_text import (
    ESCAPE_CHARS,
    ESCAPED,
    graphs_named_in,
    refuse_hidden_service,
    spell_out_names,
    without_service,
)
from rlsgraph.triples.serializing import write_triples
from rlsgraph.triples.spoilt import spoilt_store
from rlsgraph.triples.xml_text import XmlOutput

_MARKS = tuple((f"{prefix}:", prefix) for prefix in ns.PREFIXES)


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees, by IRI, in place of those that it names itself (SPARQL 1.1 Protocol, 2.1.4).

    The default graph is the merge of `default_graphs`; GRAPH finds `named_graphs` alone.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class AnswerKind(Enum):
    """What a query gives: rows, yes or no, or triples."""

    SELECT = "select"
    ASK = "ask"
    GRAPH = "graph"


class Answer(KeptAnswer):
    """The answer to one query: iterate over it, or serialise it. It is a stream, read once; `len` and `bool` keep its rows.

    Rows are pyoxigraph solutions (`row["score"].value`), triples are pyoxigraph triples. An answer belongs to the thread that
    asked; what was read from it goes anywhere.
    """

    def __init__(
        self,
        raw: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
        *,
        check: Callable[[], None],
        again: Callable[[], Any] | None = None,
    ) -> None:
        self._raw_here, self._check, self._thread, self._again = raw, check, get_ident(), again
        self._is_true = not isinstance(raw, ox.QueryBoolean) or bool(raw)
        self._variables = tuple(v.value for v in raw.variables) if isinstance(raw, ox.QuerySolutions) else ()
        if isinstance(raw, ox.QuerySolutions):
            self.kind = AnswerKind.SELECT
        else:
            self.kind = AnswerKind.ASK if isinstance(raw, ox.QueryBoolean) else AnswerKind.GRAPH

    @property
    def _raw(self) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The engine's answer, which would end the process where another thread touched it."""
        if get_ident() != self._thread:
            raise QueryError("this answer was asked for in another thread; read it there, e.g. by kg.query(text).to_dicts()")
        return self._raw_here

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of a SELECT's variables, in order; empty for other kinds."""
        return self._variables

    def __iter__(self) -> Iterator[Any]:
        if isinstance(self._raw, ox.QueryBoolean):
            raise TypeError("an ASK query has no rows: use bool(answer)")
        if self._kept is not None:
            yield from self._kept
            return
        rows = iter(self._raw)
        while True:
            try:  # for a context of its own, a row is too short
                row = next(rows, None)
            except _OF_ENGINE as error:
                raise _own_error(error) from error
            self._check()
            if row is None:
                return
            yield row

    def __bool__(self) -> bool:
        return self._is_true if self.kind is AnswerKind.ASK else len(self) > 0

    def __str__(self) -> str:
        if self.kind is AnswerKind.ASK:
            return "yes" if self._is_true else "no"
        rows = "" if self._kept is None else f"{len(self._kept)} rows of "
        return f"{rows}{', '.join(self.variables) if self.kind is AnswerKind.SELECT else 'triples'}"

    def to_dicts(self) -> list[dict[str, str | int | float | bool]]:
        """Return the rows as plain Python values; an unbound variable is left out."""
        return [{name: to_python(row[name]) for name in self.variables if row[name] is not None} for row in self]

    def formats(self) -> tuple[str, ...]:
        """Return the names of the formats that this answer can be written in."""
        if self.kind is AnswerKind.ASK:
            return ASK_FORMATS
        return tuple(GRAPH_FORMATS if self.kind is AnswerKind.GRAPH else RESULT_FORMATS)

    def serialize(self, format_name: str) -> str:
        """Return the answer in a W3C format; raises ValueError where the format does not suit the kind of answer."""
        output = io.BytesIO()
        self.write(output, format_name)
        text = output.getvalue().decode()
        return _without_unused_prefixes(text) if format_name == "ttl" else text

    def write(self, output: IO[bytes], format_name: str, *, max_triples: int | None = None) -> int:
        """Write the answer as `serialize` does, piece by piece, and return the number of triples (0 for rows).

        Raises `TooLargeError` where there are more triples than `max_triples`; what `output` raises passes through.
        """
        if format_name not in self.formats():
            kind = "triples" if self.kind is AnswerKind.GRAPH else self.kind.value.upper() + " answers"
            raise ValueError(f"{format_name} cannot hold {kind}; use one of {', '.join(self.formats())}")
        if not isinstance(self._raw, ox.QueryTriples):
            raw = self._raw if self._kept is None or self._again is None else self._again()
            sink = cast("IO[bytes]", XmlOutput(output, "XML")) if format_name == "xml" else output
            with _translated():
                raw.serialize(sink, RESULT_FORMATS[format_name])
            self._check()
            return 0
        count = 0

        def counted() -> Iterator[ox.Triple]:
            nonlocal count
            for triple in self:
                count += 1
                if max_triples is not None and count > max_triples:
                    raise TooLargeError(f"the answer has more than {max_triples:,} triples; add LIMIT, or ask for less")
                yield triple

        write_triples(counted(), output, format_name, prefixes=ns.PREFIXES if format_name == "ttl" else None)
        return count


def _without_unused_prefixes(turtle: str) -> str:
    lines = turtle.splitlines(keepends=True)
    body = "".join(line for line in lines if not line.startswith("@prefix "))
    return "".join(line for line in lines if line.startswith("@prefix ") and line.split()[1] in body) + body


def run_query(
    store: ox.Store, text: str, *, functions: Mapping[str, Any] | None = None, dataset: Dataset | None = None
) -> Answer:
    """Answer a SPARQL query; the project's prefixes are known without being declared, relative IRIs are below `namespaces.BASE`.

    `functions` maps the IRI of a function to Python code that takes and returns RDF terms. `dataset` stands in place of what
    the query says after FROM. Raises `QuerySyntaxError` (with line and column), or `QueryRefusedError` where the query
    names a graph that the store does not hold, or would leave the store.
    """
    text = text.removeprefix("\ufeff")  # an editor may write a byte order mark before it
    safe = without_service(text)
    graphs = _graphs(store, safe, dataset)
    watch = _Watch()
    custom = {ox.NamedNode(iri): watch.over(function) for iri, function in (functions or {}).items()}
    try:
        with _translated():
            named = safe
            raw = _query(store, safe, custom, graphs)
            if isinstance(raw, ox.QuerySolutions):
                named = name_columns(safe, [variable.value for variable in raw.variables])
                raw = raw if named is safe else _query(store, named, custom, graphs)
        watch.check()
        return Answer(raw, check=watch.check, again=lambda: _query(store, named, custom, graphs))
    except SyntaxError as error:
        refuse_hidden_service(text)
        raise _located(error, safe if safe is not text else "") from error


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what the engine raises while it works into an error of this package."""
    try:
        yield
    except _OF_ENGINE as error:
        raise _own_error(error) from error


_OF_ENGINE = (OSError, ValueError, RuntimeError)
"""What the engine raises while it works; a RuntimeError where a query calls a function that there is not."""


def _own_error(error: Exception) -> QueryRefusedError | DataError:
    return spoilt_store(error) or QueryRefusedError(f"the query cannot be answered: {error}")


def _query(
    store: ox.Store, text: str, custom: Mapping[ox.NamedNode, Callable[..., Any]], graphs: Mapping[str, list[ox.NamedNode]]
) -> Any:
    """Ask the engine; where it takes the second dot of a name such as claim:a.increases.b for the end, spell names out."""
    prefixes = _prefixes_in(text)
    options: dict[str, Any] = {"base_iri": ns.BASE, "prefixes": prefixes, "custom_functions": dict(custom), **graphs}
    try:
        return store.query(text, **options)
    except SyntaxError as error:
        spelt_out = spell_out_names(text)
        if spelt_out == text:
            raise
        try:
            return store.query(spelt_out, **options)
        except SyntaxError:
            raise error from None  # its line and column are those of the text as it was written


def _prefixes_in(text: str) -> dict[str, str]:
    """Return the project's prefixes that a query may use: the engine takes as long to read them all as for a short query.

    The reason is in benchmarks/endpoint.py.
    """
    if "\\" in text:  # an escape may spell one
        return ns.PREFIXES
    return {prefix: ns.PREFIXES[prefix] for mark, prefix in _MARKS if mark in text}


def _graphs(store: ox.Store, text: str, dataset: Dataset | None) -> dict[str, list[ox.NamedNode]]:
    """Return the graphs that a dataset means to the engine; refuse those that the store does not hold."""
    named = dataset.default_graphs + dataset.named_graphs if dataset else tuple(graphs_named_in(text))
    for iri in named:
        if not _holds(store, iri):
            raise QueryRefusedError(f"there is no graph <{iri}> here, and none is ever fetched")
    if dataset is None:
        return {}
    defaults, others = ([ox.NamedNode(iri) for iri in iris] for iris in (dataset.default_graphs, dataset.named_graphs))
    return {"default_graph": defaults, "named_graphs": others}


def _holds(store: ox.Store, iri: str) -> bool:
    try:
        return store.contains_named_graph(ox.NamedNode(iri))
    except ValueError:  # no IRI
        return False


class _Watch:
    """Carry Ctrl-C and this package's errors through the engine, which takes whatever a function raises for "no value"."""

    def __init__(self) -> None:
        self._stopped: KeyboardInterrupt | RlsGraphError | None = None

    def over(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, which does nothing more once it was stopped."""

        def call(*arguments: Any) -> Any:
            try:
                return None if self._stopped else function(*arguments)
            except (KeyboardInterrupt, RlsGraphError) as stop:
                self._stopped = stop
                return None

        return call

    def check(self) -> None:
        """Raise what was held back."""
        if self._stopped is not None:
            raise self._stopped


def _located(error: SyntaxError, rewritten: str) -> QuerySyntaxError:
    """Return the error with its place in the text as it was written, where the engine had it `rewritten`."""
    message = error.msg or str(error)
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return QuerySyntaxError(message)
    reason = "this prefix is not declared" if "Prefix not found" in found[3] else _shorten_expectations(found[3])
    line, column = int(found[1]), int(found[2])
    if rewritten:
        column -= ESCAPE_CHARS * len(re.findall(ESCAPED, rewritten.split("\n")[line - 1][: column - 1]))
    return QuerySyntaxError(reason, line=line, column=column)


def _shorten_expectations(reason: str) -> str:
    """Leave out character classes, which the parser lists by code point, and keep the words."""
    words = [part.strip() for part in reason.removeprefix("expected one of ").split(", ")]
    plain = [word for word in words if re.fullmatch(r"[A-Z][A-Z ]+", word) and word not in ("LATERAL", "SERVICE")]
    if not reason.startswith("expected one of"):
        return reason.split("\n")[0]
    return f"expected {' or '.join(plain[:8])}" if plain else "the text cannot go on like this here"
