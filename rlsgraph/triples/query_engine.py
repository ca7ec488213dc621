"""Answer SPARQL wherever the triples are: in this process (memory or disk), or behind an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import pyoxigraph as ox

from rlsgraph.triples.sparql import Answer, Dataset, run_query
from rlsgraph.triples.spoilt import spoilt_as_data_error

Row = tuple[Any, ...]
"""One term for each variable of a SELECT, in order; None where a variable is unbound."""


class QueryEngine(Protocol):
    """What a graph that is not held in memory is asked through."""

    name: str
    """Where the triples are, for messages: a folder or an address."""

    page_rows: int
    """No more rows than this come in one answer; who needs more asks in pages."""

    def select(self, text: str) -> list[Row]:
        """Return the rows of a SELECT of the library's own; the project's prefixes are known, nothing is refused."""

    def answer(self, text: str, *, functions: Mapping[str, Callable[..., Any]], dataset: Dataset | None = None) -> Answer:
        """Answer a user's query; `functions` are those that an engine in this process can call."""


class StoreEngine:
    """An Oxigraph store in this process."""

    page_rows = 1_000_000

    def __init__(self, store: ox.Store, *, name: str = "the graph") -> None:
        self.store, self.name = store, name

    def select(self, text: str) -> list[Row]:
        """Return the rows of a SELECT."""
        from rlsgraph.model.namespaces import PREFIXES

        with spoilt_as_data_error():
            return [tuple(row) for row in self.store.query(text, prefixes=PREFIXES)]  # type: ignore[union-attr]  # has rows

    def answer(self, text: str, *, functions: Mapping[str, Callable[..., Any]], dataset: Dataset | None = None) -> Answer:
        """Answer a user's query, see `sparql.run_query`."""
        return run_query(self.store, text, functions=functions, dataset=dataset)
