"""Write Turtle in the one canonical form that every file of the project has, so that diffs can be reviewed."""

from __future__ import annotations

import io
from pathlib import Path

from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import BNode, Literal, Node

from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns


class _CanonicalSerializer(TurtleSerializer):
    """rdflib's Turtle, with subjects in the order of their IRIs instead of their number of references."""

    predicateOrder = [RDF.type, RDF.subject, RDF.predicate, RDF.object, RDFS.label, SKOS.prefLabel, DCTERMS.title]  # noqa: N815, RUF012

    def label(self, node: Node, position: int) -> str:
        """Write a double with all its digits; rdflib rounds it to seven."""
        if isinstance(node, Literal) and node.datatype == XSD.double:
            digits = repr(float(node))
            return digits if "e" in digits else f"{digits}e0"
        return super().label(node, position)

    def orderSubjects(self) -> list[Node]:  # noqa: N802  # rdflib's name
        return sorted(
            self._subjects, key=lambda subject: (isinstance(subject, BNode) and self._references[subject] > 0, str(subject))
        )


def format_turtle(text: str, *, path: Path | None = None) -> str:
    """Return the canonical form of a Turtle text: known prefixes, sorted subjects, predicates and objects.

    Comments are not part of RDF and are lost. Raises `DataError` (naming `path`) where the text is not Turtle.
    """
    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(data=text, format="turtle")
    except (BadSyntax, ParserError, ValueError) as error:
        line = getattr(error, "lines", None)
        raise DataError(
            f"not valid Turtle: {error}".splitlines()[0], path=path, line=line + 1 if line is not None else None
        ) from error
    return format_graph(graph)


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


def format_files(folders: list[str]) -> None:
    """Put every Turtle file below the folders in canonical form."""
    from rlsgraph.formats.files import write_atomically
    from rlsgraph.triples.resources import turtle_files

    for folder in folders:
        for path in turtle_files(Path(folder)):
            text = path.read_text("utf-8")
            canonical = format_turtle(text, path=path)
            if canonical != text:
                write_atomically(path, canonical.encode())


if __name__ == "__main__":
    import sys

    format_files(sys.argv[1:])
