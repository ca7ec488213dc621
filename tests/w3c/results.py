"""Compare answers as the W3C suite means it: up to the order of rows, the names of blank nodes and the spelling of numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
FORMATS = {"xml": ox.QueryResultsFormat.XML, "json": ox.QueryResultsFormat.JSON, "tsv": ox.QueryResultsFormat.TSV}
FORMAT_OF_ENDING = {"srx": "xml", "srj": "json", "tsv": "tsv", "csv": "csv", "ttl": "ttl"}

INTEGERS = ("integer", "int", "long", "short", "byte", "nonNegativeInteger")
FLOATS = ("double", "float")

Meaning = bool | tuple[tuple[str, ...], list[str]]
"""What an answer says: yes or no, or variables and rows, or triples."""


def meaning(text: bytes, format_name: str, *, base: str = "") -> Meaning:
    """Return what an answer says, to be compared with what another says.

    The suite gives no order of rows (rs:index) in any of its query tests, so none is compared.
    """
    if format_name == "csv":
        header, *lines = csv.reader(io.StringIO(text.decode(), newline=""))
        return tuple(sorted(header)), _table(dict(zip(header, map(_csv_term, line), strict=True)) for line in lines)
    if format_name == "ttl":
        return _graph_meaning(ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base or None)))
    found = ox.parse_query_results(text, format=FORMATS[format_name])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return tuple(sorted(names)), _table({name: row[name] for name in names} for row in found)


def values(graph: ox.Dataset, subject: object, predicate: str) -> list[object]:
    """Return the objects of a subject's triples with a predicate."""
    quads = graph.quads_for_subject(subject)
    return [quad.object for quad in quads if quad.predicate.value == predicate]


def _graph_meaning(graph: ox.Dataset) -> Meaning:
    """Return what a graph says: a table where it is one of the suite's result sets, else its triples."""
    tables = [quad.subject for quad in graph.quads_for_object(ox.NamedNode(f"{RS}ResultSet"))]
    if not tables:
        return (), sorted(map(str, _canonical(graph)))
    names = sorted(name.value for name in values(graph, tables[0], f"{RS}resultVariable"))
    rows = []
    for solution in values(graph, tables[0], f"{RS}solution"):
        bindings = values(graph, solution, f"{RS}binding")
        rows.append({values(graph, b, f"{RS}variable")[0].value: values(graph, b, f"{RS}value")[0] for b in bindings})
    return tuple(names), _table(rows)


def _table(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Return rows as sorted text; blank nodes are named by how they are used, by way of a graph with a node a row."""
    quads = []
    for number, row in enumerate(rows):
        node = ox.BlankNode(f"row{number}")
        quads.append(ox.Quad(node, ox.NamedNode(f"{ns.RDF}type"), ox.NamedNode(f"{RS}solution")))
        quads += [ox.Quad(node, ox.NamedNode(f"urn:{name}"), _by_value(term)) for name, term in row.items() if term is not None]
    written: dict[object, list[str]] = {}
    for quad in _canonical(quads):
        cell = f"?{quad.predicate.value.removeprefix('urn:')} = {quad.object}"
        written.setdefault(quad.subject, []).extend([cell] if quad.predicate.value.startswith("urn:") else [])
    return sorted("; ".join(sorted(cells)) for cells in written.values())


def _canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    graph = ox.Dataset(quads)
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return graph


def _by_value(term: object) -> object:
    """Return a number or truth value in one spelling, doubles to 12 digits; any other term as it is."""
    kind = term.datatype.value.removeprefix(ns.XSD) if isinstance(term, ox.Literal) else ""
    if kind == "boolean":
        return ox.Literal(term.value in ("true", "1"))
    if kind in INTEGERS:
        return ox.Literal(str(int(term.value)), datatype=term.datatype)
    if kind == "decimal":
        return ox.Literal(f"{Decimal(term.value).normalize():f}", datatype=term.datatype)
    return ox.Literal(f"{float(term.value):.12g}", datatype=term.datatype) if kind in FLOATS else term


def _csv_term(cell: str) -> object:
    """Return what a cell holds; CSV has no datatypes, so whatever looks like a number is one, and what is unbound is empty."""
    if cell.startswith("_:"):
        return ox.BlankNode(cell[2:])
    if not cell:
        return None
    try:
        return ox.Literal(f"{float(cell):.12g}")
    except ValueError:
        return ox.Literal(cell)
