"""Write to a graph behind an endpoint, by the Graph Store Protocol or by SPARQL Update."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph as ox

from rlsgraph.errors import EndpointError
from rlsgraph.remote.connection import MAX_BYTES, Connection

_TOO_LONG = frozenset({400, 413, 500})
"""What servers answer to a request that is more than they take at once; Virtuoso 400."""

_CHUNK_TRIPLES = 4_000


class GraphWriter:
    """One graph of an endpoint (its default graph where `graph` is None).

    Triples have no blank nodes, so that one which is sent twice is there once.
    """

    def __init__(
        self,
        url: str,
        *,
        graph: str | None = None,
        update_url: str | None = None,
        store_url: str | None = None,
        timeout: float = 60,
        retries: int = 3,
    ) -> None:
        address = store_url or update_url or _update_address(url)
        self._connection = Connection(address, timeout=timeout, retries=retries, max_bytes=MAX_BYTES)
        self._has_store = store_url is not None
        self._graph = None if graph is None else _checked(graph, url)
        self.name = self._connection.name
        self.chunk_triples = _CHUNK_TRIPLES
        """How many triples go well in one request; falls where the server takes fewer, as Virtuoso does by SPARQL Update."""

    def insert(self, triples: Sequence[ox.Triple]) -> None:
        """Add triples; where the server takes fewer at once, in parts."""
        try:
            self._send("POST", triples)
        except EndpointError as error:
            if error.status not in _TOO_LONG or len(triples) == 1:
                raise
            middle = self.chunk_triples = len(triples) // 2
            self.insert(triples[:middle])
            self.insert(triples[middle:])

    def replace(self, triples: Sequence[ox.Triple]) -> None:
        """Put triples in place of all that the graph holds."""
        if self._has_store:
            self._send("PUT", triples)
            return
        self._run(f"CLEAR SILENT {f'GRAPH {self._graph}' if self._graph else 'DEFAULT'}")
        self.insert(triples)

    def _send(self, method: str, triples: Sequence[ox.Triple]) -> None:
        lines = "".join(f"{triple} .\n" for triple in triples)
        if not self._has_store:
            self._run(f"INSERT DATA {{ GRAPH {self._graph} {{\n{lines}}} }}" if self._graph else f"INSERT DATA {{\n{lines}}}")
            return
        params = {"graph": self._graph.value} if self._graph else {"default": ""}
        self._connection.send(
            method, headers={"Content-Type": ox.RdfFormat.N_TRIPLES.media_type}, params=params, content=lines.encode()
        )

    def _run(self, update: str) -> None:
        self._connection.send("POST", headers={}, data={"update": update})


def _update_address(url: str) -> str:
    """Return where updates go: the address itself, or beside one that ends in /query (Oxigraph, Fuseki, Stardog)."""
    parts = urlsplit(url)
    return (
        urlunsplit(parts._replace(path=parts.path.removesuffix("/query") + "/update")) if parts.path.endswith("/query") else url
    )


def _checked(graph: str, url: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(graph)
    except ValueError as error:
        raise EndpointError(url, f"{graph!r} is no IRI that a graph can have") from error
