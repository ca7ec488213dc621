"""Read the answers of endpoints: rows and triples, in the formats of the W3C, with the slips that some make in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.remote.connection import Reply
from rlsgraph.triples.formats import RDF_FORMATS, RESULT_FORMATS, media_type_of

JSON_ROWS, _XML, _TURTLE, _N_TRIPLES = (
    media_type_of(format_) for format_ in (RESULT_FORMATS["json"], RESULT_FORMATS["xml"], RDF_FORMATS["ttl"], RDF_FORMATS["nt"])
)

ROWS = f"{JSON_ROWS}, {_XML};q=0.8"
"""What is accepted for SELECT and ASK. Not TSV and CSV: the one is written wrongly by Virtuoso, the other knows no types."""

GRAPHS = f"{_N_TRIPLES}, {_TURTLE};q=0.8"
"""What is accepted for CONSTRUCT and DESCRIBE. Not RDF/XML, whose entities may grow without bound."""

JSON_GRAPH = "application/rdf+json"
"""RDF 1.1 JSON Alternate Serialization: the one format in which Virtuoso 7.2.5 gives triples with all digits of numbers."""

_GRAPH_TYPES = (_N_TRIPLES, "text/plain", _TURTLE)
"""What triples come as; `text/plain` is what N-Triples were called."""

_TEXT = "__text"
_WRITTEN_SHORT = frozenset(ns.XSD + name for name in ("double", "float", "boolean"))
"""Types whose values some endpoints write otherwise than they hold them."""

_DAMAGED = "the answer breaks off or is damaged"
_WRONG_JSON = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT or ASK, read to its end once to know that it is whole."""

    body: bytes
    format: ox.QueryResultsFormat
    variables: tuple[str, ...]
    count: int
    """How many rows there are; none for an ASK."""

    def read(self) -> ox.QuerySolutions | ox.QueryBoolean:
        """Return the rows, or the yes or no."""
        return ox.parse_query_results(self.body, format=self.format)


def read_rows(reply: Reply) -> Rows:
    """Return the rows of a reply; raises ValueError with the reason where it holds none."""
    found = ox.QueryResultsFormat.from_media_type(reply.media_type)
    if found not in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML):
        raise ValueError(_not_what_was_asked(reply, "no answer to a SELECT or ASK"))
    body = reply.body.replace(b'"bnode", "value": "nodeID://', b'"bnode", "value": "')  # Virtuoso's, no label of a blank node
    answer = None
    try:
        answer = ox.parse_query_results(body, format=found)
        if isinstance(answer, ox.QueryBoolean):
            return Rows(body, found, (), 0)
        count = 0
        for _ in answer:
            count += 1
        return Rows(body, found, tuple(variable.value for variable in answer.variables), count)
    except SyntaxError as error:
        raise ValueError(f"{_DAMAGED}: {error.msg}") from error
    finally:
        del answer  # the error would keep it, and pyoxigraph lets no other thread free it, where garbage may be collected


def read_triples(reply: Reply) -> ox.Store:
    """Return the triples of a reply; raises ValueError with the reason where it holds none."""
    if reply.media_type not in (JSON_GRAPH, *_GRAPH_TYPES):
        raise ValueError(_not_what_was_asked(reply, "no answer to a CONSTRUCT or DESCRIBE"))
    store = ox.Store()
    try:
        if reply.media_type == JSON_GRAPH:
            store.extend(_quads_of_json(json.loads(reply.body, parse_float=str, parse_int=str)))
        else:
            store.load(reply.body, format=ox.RdfFormat.from_media_type(reply.media_type))
    except SyntaxError as error:
        raise ValueError(f"{_DAMAGED}: {error.msg}") from error
    except _WRONG_JSON as error:
        raise ValueError(_DAMAGED) from error
    return store


def _quads_of_json(answer: dict[str, dict[str, list[dict[str, str]]]]) -> Iterator[ox.Quad]:
    for subject, properties in answer.items():
        for predicate, values in properties.items():
            for value in values:
                yield ox.Quad(_node(subject), ox.NamedNode(predicate), _term(value))


def _node(name: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name)


def _term(value: dict[str, str]) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if value["type"] != "literal":
        return _node(value["value"])
    datatype = ox.NamedNode(value["datatype"]) if "datatype" in value else None
    return ox.Literal(value["value"], datatype=datatype, language=value.get("lang"))


def _not_what_was_asked(reply: Reply, what: str) -> str:
    kind = reply.media_type or "data of no stated type"
    return f"gave {kind}, which is {what}; is this the address of a SPARQL endpoint, and not of a page?"


def may_be_short(body: bytes) -> bool:
    """Whether an answer, as it came, may hold values of such a type."""
    return any(iri.encode() in body for iri in _WRITTEN_SHORT)


def with_texts(rows: Rows) -> str:
    """Return a projection that gives, beside each value that may be a number, its text, for `restore_texts`."""
    may_be_numbers = {
        name
        for row in rows.read()  # type: ignore[union-attr]  # has rows
        for name, value in zip(rows.variables, row, strict=True)
        if isinstance(value, ox.Literal) and value.datatype.value in _WRITTEN_SHORT
    }
    return " ".join(
        f"?{name} (STR(?{name}) AS ?{name}{_TEXT})" if name in may_be_numbers else f"?{name}" for name in rows.variables
    )


def restore_texts(reply: Reply) -> Reply:
    """Return rows in which each typed value is written as its own text has it, and the texts are gone."""
    try:
        answer = json.loads(reply.body)
        names = [name for name in answer["head"]["vars"] if not name.endswith(_TEXT)]
        rows = [_restored(row, names) for row in answer["results"]["bindings"]]
    except _WRONG_JSON as error:
        raise ValueError(_DAMAGED) from error
    body = json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}, separators=(",", ":"))
    return Reply(reply.status, {"content-type": JSON_ROWS}, body.encode())


def _restored(row: dict[str, dict[str, Any]], names: list[str]) -> dict[str, dict[str, Any]]:
    """Return a row with the digits that its texts have."""
    return {
        name: {**row[name], "value": row[name + _TEXT]["value"]} if "datatype" in row[name] and name + _TEXT in row else row[name]
        for name in names
        if name in row
    }
