"""Answer SPARQL from an endpoint: ask within bounds, and never take part of an answer for the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import pyoxigraph as ox

from rlsgraph.errors import EndpointError, QueryError, QuerySyntaxError
from rlsgraph.model import namespaces as ns
from rlsgraph.remote.answers import (
    GRAPHS,
    JSON_GRAPH,
    JSON_ROWS,
    ROWS,
    Rows,
    may_be_short,
    read_rows,
    read_triples,
    restore_texts,
    with_texts,
)
from rlsgraph.remote.connection import MAX_BYTES, Connection, Reply
from rlsgraph.triples.query_engine import Row
from rlsgraph.triples.query_shape import QueryShape, with_prefixes
from rlsgraph.triples.query_text import refuse_outside_access
from rlsgraph.triples.sparql import Answer, Dataset, run_query

_Params = list[tuple[str, str]]
_T = TypeVar("_T")

_CUT_AT = 500
"""Endpoints that cut answers without a word cut them at a multiple of this."""

_LONG_NUMBER, _EXACT = "0.12345678901234568", 1e-12


class RemoteEngine:
    """A graph behind an endpoint that speaks the SPARQL 1.1 Protocol; fulfils `rlsgraph.triples.query_engine.QueryEngine`.

    `graph` is the IRI of the graph to ask; without, the endpoint's default graph. `timeout` is in seconds, for each request as
    a whole. Credentials come from the environment, see `connection.AUTH_VARIABLE`.
    """

    def __init__(
        self, url: str, *, graph: str | None = None, timeout: float = 60, retries: int = 3, max_bytes: int = MAX_BYTES
    ) -> None:
        self._connection = Connection(url, timeout=timeout, retries=retries, max_bytes=max_bytes)
        self._graph = graph
        self.name = self._connection.name
        self.page_rows = 5_000  # half of what Virtuoso gives as it comes; falls where an endpoint states less

    def __repr__(self) -> str:
        return f"<rlsgraph.remote.RemoteEngine: {self.name}{f', graph {self._graph}' if self._graph else ''}>"

    def select(self, text: str) -> list[Row]:
        """Return the rows of a SELECT without declarations; raises `EndpointError` where the endpoint gives only some."""
        rows = self._rows(QueryShape.parse(with_prefixes(text)), self._params(None))
        return [tuple(row) for row in rows.read()]  # type: ignore[union-attr]  # a SELECT has rows

    def answer(self, text: str, *, functions: Mapping[str, Callable[..., Any]], dataset: Dataset | None = None) -> Answer:
        """Answer a user's query; the functions cannot be sent, and work where the endpoint itself knows them.

        Where the endpoint gives only part of an answer, `EndpointError` says so: a warning would be lost on the way to a file,
        and the part would pass for the whole.
        """
        text = text.removeprefix("\ufeff")  # as `run_query` does
        refuse_outside_access(text)
        shape = QueryShape.parse(with_prefixes(text))
        if not shape.form:
            run_query(ox.Store(), text)  # says what is wrong with it
        params = self._params(dataset, names_graphs=bool(shape.dataset))
        try:
            if shape.form in ("CONSTRUCT", "DESCRIBE"):
                return Answer(self._triples(shape, params), check=_nothing, again=lambda: self._triples(shape, params))

            def rows() -> Any:
                return self._rows(shape, params, may_round=True).read()

            return Answer(rows(), check=_nothing, again=rows)
        except EndpointError as error:
            _explain(error, text, functions)
            raise

    def _params(self, dataset: Dataset | None, *, names_graphs: bool = False) -> _Params:
        """Return the graphs to ask: those of the dataset, else those that the query itself names, else this engine's."""
        if dataset is not None:
            named = [("named-graph-uri", iri) for iri in dataset.named_graphs]
            return [*(("default-graph-uri", iri) for iri in dataset.default_graphs), *named]
        return [("default-graph-uri", self._graph)] if self._graph and not names_graphs else []

    def _ask(self, text: str, params: _Params, *, accept: str, head_only: bool = False) -> Reply:
        form = {"query": [text]}
        for name, value in params:
            form.setdefault(name, []).append(value)
        reply = self._connection.send("POST", headers={"Accept": accept}, data=form, head_only=head_only)
        if reply.headers.get("x-sql-state") == "S1TAT":  # Virtuoso's "anytime" answer
            raise self._connection.error("ran out of its own time and gave part of the answer; ask for less, or in pages")
        return reply

    def _rows(self, shape: QueryShape, params: _Params, *, may_round: bool = False) -> Rows:
        """Return the answer to a SELECT or ASK, known to be whole and to have all digits of its numbers.

        With `may_round`, numbers stay as they came where the endpoint does not take the query in another shape.
        """
        reply = self._ask(shape.text, params, accept=ROWS)
        rows = self._read(read_rows, reply)
        self._refuse_part(reply, rows.count, shape, params)
        if not rows.count or not may_be_short(rows.body) or not self._rounds_numbers:
            return rows
        try:
            exact = self._ask(shape.around(with_texts(rows)), params, accept=JSON_ROWS)
        except EndpointError as error:
            if may_round and error.status is not None:
                return rows
            raise
        return self._read(read_rows, self._read(restore_texts, exact))

    def _refuse_part(self, reply: Reply, rows: int, shape: QueryShape, params: _Params) -> None:
        """Raise where there are more rows than came: the endpoint states its bound, or the number of rows looks like one."""
        if shape.limit is not None and rows >= shape.limit:
            return
        stated = reply.headers.get("x-sparql-maxrows", "")
        is_part = stated.isdecimal() and rows >= int(stated)
        if not is_part and rows and rows % _CUT_AT == 0:
            is_part = self._number(shape.around("(COUNT(*) AS ?n)"), params) > rows
        if is_part:
            self._raise_part(rows)

    def _number(self, text: str, params: _Params) -> float:
        """Return the only number of an answer."""
        for row in self._read(read_rows, self._ask(text, params, accept=ROWS)).read():  # type: ignore[union-attr]
            return float(row[0].value)
        raise self._connection.error("gave no number where one was asked for")

    def _raise_part(self, bound: int) -> None:
        self.page_rows = min(self.page_rows, bound)
        raise self._connection.error(
            f"gives no more than {bound:,} rows in one answer, and this one would have more; add LIMIT {bound} (and OFFSET for "
            "the next), or ask for less"
        )

    def _triples(self, shape: QueryShape, params: _Params) -> ox.QueryTriples:
        reply = self._ask(shape.text, params, accept=GRAPHS)
        store = self._read(read_triples, reply)
        if shape.where and len(store) and "virtuoso" in reply.headers.get("server", "").lower():
            # It cuts the rows that the triples are made from, and says so only of a SELECT.
            head = self._ask(shape.solutions(), params, accept=ROWS, head_only=True)
            stated = head.headers.get("x-sparql-maxrows", "")
            if stated.isdecimal() and (shape.limit is None or shape.limit > int(stated)):
                self._raise_part(int(stated))
        if may_be_short(reply.body) and self._rounds_numbers:
            store = self._read(read_triples, self._ask(shape.text, params, accept=JSON_GRAPH))
        return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")  # type: ignore[return-value]

    def _read(self, read: Callable[[Reply], _T], reply: Reply) -> _T:
        try:
            return read(reply)
        except ValueError as error:
            raise self._connection.error(str(error)) from error

    @cached_property
    def _rounds_numbers(self) -> bool:
        """Whether doubles come with six digits only, as from Virtuoso 7.2.5, although it holds (and sorts by) all of them."""
        text = f'SELECT ?x WHERE {{ VALUES ?x {{ "{_LONG_NUMBER}"^^<{ns.XSD}double> }} }}'
        return abs(self._number(text, []) - float(_LONG_NUMBER)) > _EXACT


def _nothing() -> None:
    """Check nothing: no function runs here that Ctrl-C could be lost in."""


def _explain(error: EndpointError, text: str, functions: Mapping[str, Any]) -> None:
    """Raise a clearer error where it can be known here what is wrong with a query that an endpoint refuses."""
    if error.status is None or error.status < 400:
        return
    try:
        run_query(ox.Store(), text)
    except QuerySyntaxError as here:
        raise here from error
    except QueryError:
        pass  # what this engine does not know, the endpoint may
    used = [ns.compress(iri) for iri in functions if iri in text or ns.compress(iri) in text]
    if used:
        own = f"{' and '.join(used)} {'is a function' if len(used) == 1 else 'are functions'} of rlsgraph's own"
        raise EndpointError(error.url, f"{error.reason}; {own}, which this endpoint may not know", status=error.status) from error
