"""Write Turtle in the one canonical form that every file of the project has, so that diffs can be reviewed."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import BNode, Literal, Node, URIRef

from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.bounds import read_text_file, refuse_deep_text
from rlsgraph.triples.formats import format_named_by, is_compressed

_SHORT = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"),
    XSD.boolean: re.compile(r"true|false"),
}
"""What may stand in Turtle without quotes, by type (RDF 1.1 Turtle, 2.5.2); a double's exponent is added."""


def _short_form(literal: Literal) -> str:
    """Return a literal as Turtle writes it without quotes; empty where it cannot."""
    text = str(literal)
    if literal.datatype is None or not _SHORT[literal.datatype].fullmatch(text):
        return ""
    digits = _digits(text) if literal.datatype == XSD.double else text
    return digits if literal.datatype != XSD.double or "e" in digits.lower() else ""


def _digits(text: str) -> str:
    """Return a double in its canonical digits; as it is where Python has no such number."""
    digits = repr(float(text))
    return text if "n" in digits else digits if "e" in digits else f"{digits}e0"


def _full_form(literal: Literal) -> str:
    return f"{Literal(str(literal)).n3()}^^xsd:{str(literal.datatype).removeprefix(str(XSD))}"


def _has_no_order(node: Node) -> bool:
    """Whether a term is no value of its type, or one that is neither above nor below another."""
    value = node.value if isinstance(node, Literal) else None
    is_finite = value.is_finite() if isinstance(value, Decimal) else not isinstance(value, float) or math.isfinite(value)
    return isinstance(node, Literal) and (bool(node.ill_typed) or not is_finite)


def _full_text(node: Node) -> str:
    return node.n3()


class _CanonicalSerializer(TurtleSerializer):
    """rdflib's Turtle, with subjects in the order of their IRIs instead of their number of references."""

    predicateOrder = [RDF.type, RDF.subject, RDF.predicate, RDF.object, RDFS.label, SKOS.prefLabel, DCTERMS.title]  # noqa: N815, RUF012

    def label(self, node: Node, position: int) -> str:
        """Write a number with all its digits (rdflib rounds a double to seven), one that has no short form in full."""
        if isinstance(node, Literal) and node.datatype in _SHORT:
            return _short_form(node) or _full_form(node)
        return super().label(node, position)

    def sortProperties(self, properties: Mapping[Any, list[Any]]) -> list[Any]:  # noqa: N802  # rdflib's name
        """Sort the objects of each property, and return the properties in order."""
        for objects in properties.values():
            objects.sort(key=_full_text if any(map(_has_no_order, objects)) else None)
        first = {predicate: place for place, predicate in enumerate(self.predicateOrder)}
        return sorted(properties, key=lambda predicate: (first.get(predicate, len(first)), predicate))

    def orderSubjects(self) -> list[Node]:  # noqa: N802  # rdflib's name
        return sorted(
            self._subjects, key=lambda subject: (isinstance(subject, BNode) and self._references[subject] > 0, str(subject))
        )


def format_turtle(text: str, *, path: Path | None = None) -> str:
    """Return the canonical form of a Turtle text: known prefixes, sorted subjects, predicates and objects.

    Comments are not part of RDF and are lost. Raises `DataError` (naming `path`) where the text is not Turtle.
    """
    graph = Graph(bind_namespaces="none")
    refuse_deep_text(text.encode(), ox.RdfFormat.TURTLE, path=path)
    try:
        parser = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
        for quad in parser:
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    except SyntaxError as error:
        raise DataError(f"not valid Turtle: {error.msg}", path=path, line=error.lineno) from error
    except ValueError as error:
        raise DataError(f"not valid Turtle: {error}", path=path) from error
    for prefix, namespace in parser.prefixes.items():
        graph.bind(prefix, namespace)
    return format_graph(graph)


def _term(term: Any) -> Node:
    """Return a term as rdflib has it, each literal in the words of the file."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal) or term.direction is not None:
        raise ValueError(f"the canonical form has no RDF 1.2, such as {term}")
    if term.language is not None:
        return Literal(term.value, lang=term.language)
    datatype, text = URIRef(term.datatype.value), term.value
    if datatype == XSD.double and _SHORT[datatype].fullmatch(text):
        text = _digits(text)
    return Literal(text, datatype=None if datatype == XSD.string else datatype, normalize=False)


def format_graph(graph: Graph) -> str:
    """Return the canonical Turtle of an rdflib graph; only the prefixes that it uses are declared."""
    target = Graph(bind_namespaces="none")
    for prefix, base in ns.PREFIXES.items():
        target.bind(prefix, base)
    for prefix, namespace in graph.namespaces():
        if str(namespace) not in ns.PREFIXES.values():
            target.bind(prefix, namespace)
    target += graph
    stream = io.BytesIO()
    _CanonicalSerializer(target).serialize(stream, spacious=False)
    return stream.getvalue().decode().strip() + "\n"


def find_unformatted(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each Turtle file, of those given and those below folders, that is not in canonical form, with that form."""
    from rlsgraph.triples.resources import turtle_files

    for place in paths:
        for path in turtle_files(place) if place.is_dir() else (place,):
            _refuse_unless_turtle(path)
            text = read_text_file(path)
            canonical = format_turtle(text, path=path)
            if canonical != text:
                yield path, canonical


def _refuse_unless_turtle(path: Path) -> None:
    """Raise `DataError` for a file that goes by another format: N-Triples, say, would no longer be what its ending says."""
    if is_compressed(path) or format_named_by(path) not in (None, ox.RdfFormat.TURTLE):
        raise DataError("the canonical form is Turtle, in a file that ends in .ttl and is not compressed", path=path)


def format_files(paths: Iterable[Path]) -> list[Path]:
    """Put Turtle files in canonical form, and return those that changed; none is written where one cannot be read."""
    from rlsgraph.triples.writing import write_file

    changed = list(find_unformatted(paths))
    for path, canonical in changed:
        write_file(path, canonical.encode())
    return [path for path, _ in changed]


if __name__ == "__main__":
    import sys

    format_files(map(Path, sys.argv[1:]))
