"""Read the answers of endpoints: rows and triples, in the formats of the W3C, with the slips that some make in them."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox

from rlsgraph.remote.connection import Reply

ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
"""What is accepted for SELECT and ASK. Not TSV and CSV: the one is written wrongly by Virtuoso, the other knows no types."""

GRAPHS = "application/n-triples, text/turtle;q=0.8"
"""What is accepted for CONSTRUCT and DESCRIBE. Not RDF/XML, whose entities may grow without bound."""

_GRAPH_FORMATS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}
_TEXT = "__text"


def read_rows(reply: Reply) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return the rows, or the yes or no, of a reply; raises ValueError with the reason where it holds neither."""
    found = ox.QueryResultsFormat.from_media_type(reply.media_type)
    if found not in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML):
        raise ValueError(_not_what_was_asked(reply, "no answer to a SELECT or ASK"))
    body = reply.body.replace(b'"bnode", "value": "nodeID://', b'"bnode", "value": "')  # Virtuoso's, no label of a blank node
    try:
        return ox.parse_query_results(body, format=found)
    except SyntaxError as error:
        raise ValueError(f"the answer breaks off or is damaged: {error.msg}") from error


def read_triples(reply: Reply) -> ox.Store:
    """Return the triples of a reply; raises ValueError with the reason where it holds none."""
    found = _GRAPH_FORMATS.get(reply.media_type)
    if found is None:
        raise ValueError(_not_what_was_asked(reply, "no answer to a CONSTRUCT or DESCRIBE"))
    store = ox.Store()
    try:
        store.load(reply.body, format=found)
    except SyntaxError as error:
        raise ValueError(f"the answer breaks off or is damaged: {error.msg}") from error
    return store


def _not_what_was_asked(reply: Reply, what: str) -> str:
    kind = reply.media_type or "data of no stated type"
    return f"gave {kind}, which is {what}; is this the address of a SPARQL endpoint, and not of a page?"


def with_texts(names: list[str]) -> str:
    """Return a projection of variables that gives the text of each value beside it, for `restore_texts`."""
    return " ".join([*(f"?{name}" for name in names), *(f"(STR(?{name}) AS ?{name}{_TEXT})" for name in names)])


def restore_texts(reply: Reply) -> Reply:
    """Return rows in which each typed value is written as its own text has it, and the texts are gone."""
    try:
        answer = json.loads(reply.body)
        names = [name for name in answer["head"]["vars"] if not name.endswith(_TEXT)]
        rows = [_restored(row, names) for row in answer["results"]["bindings"]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("the answer breaks off or is damaged") from error
    body = json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}, separators=(",", ":"))
    return Reply(reply.status, {"content-type": "application/sparql-results+json"}, body.encode())


def _restored(row: dict[str, dict[str, Any]], names: list[str]) -> dict[str, dict[str, Any]]:
    """Return a row with the digits that its texts have."""
    return {
        name: {**row[name], "value": row[name + _TEXT]["value"]} if "datatype" in row[name] and name + _TEXT in row else row[name]
        for name in names
        if name in row
    }
