"""Read the W3C suite's tests of the SPARQL 1.1 Protocol: requests, and what the answers to them must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from tests.w3c.manifest import BASE, MF, entries, members
from tests.w3c.results import values

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
KASEI = "http://kasei.us/2009/09/sparql/data/"
PROTOCOL_GRAPHS = {f"{KASEI}data{number}.rdf": f"{BASE}protocol/data{number}.nt" for number in (1, 2, 3)}
"""Graphs that the protocol tests ask for by IRI, and their files."""

PROTOCOL_EMPTY_GRAPH = f"{KASEI}data0.rdf"
"""A graph that they name only to name one; the suite has no file of it."""


@dataclass(frozen=True)
class Exchange:
    """One request, and what its response must be."""

    method: str
    parameters: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: tuple[int, ...]
    """The first digits that the status may have."""
    truth: bool | None
    """What the ASK must say."""
    format_name: str | None
    """boolean, tabular or RDF."""


def exchanges() -> Iterator[tuple[str, tuple[Exchange, ...]]]:
    """Yield the name of each protocol test, and its exchanges in order."""
    for graph, entry in entries("protocol"):
        action = _one(graph, entry, f"{MF}action")
        requests = members(graph, _one(graph, action, f"{HT}requests"))
        yield entry.value.partition("#")[2], tuple(_exchange(graph, request) for request in requests)


def _exchange(graph: ox.Dataset, request: object) -> Exchange:
    response, body = _one(graph, request, f"{HT}resp"), _one(graph, request, f"{HT}body")
    headers = _one(graph, request, f"{HT}headers")
    truth, format_name = (_one(graph, response, f"{MF}expected{name}") for name in ("Boolean", "Format"))
    return Exchange(
        method=_one(graph, request, f"{HT}methodName").value,
        parameters=urlsplit(_one(graph, request, f"{HT}absolutePath").value).query,
        headers=tuple(_header(graph, header) for header in members(graph, headers)) if headers else (),
        body=_one(graph, body, f"{CNT}chars").value.encode(_one(graph, body, f"{CNT}characterEncoding").value) if body else None,
        statuses=tuple(int(status.value[-3]) for status in values(graph, response, f"{MF}expectedStatus")),
        truth=truth.value == "true" if truth else None,
        format_name=format_name.value if format_name else None,
    )


def _header(graph: ox.Dataset, header: object) -> tuple[str, str]:
    return _one(graph, header, f"{HT}fieldName").value, _one(graph, header, f"{HT}fieldValue").value


def _one(graph: ox.Dataset, subject: object, predicate: str) -> object:
    """Return the first object; None where there is none."""
    return next(iter(values(graph, subject, predicate)), None)
