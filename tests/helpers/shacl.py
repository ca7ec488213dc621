"""Check Turtle files against the SHACL shapes of the ontology, and say in plain words what to mend, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.files import load_file

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule of the shapes that one node breaks.

    `rule` is the local name of the shape, `message` says the remedy, `path` is a SPARQL property path,
    `value` the text or IRI that breaks the rule (empty where one is missing), `file` the file that describes
    the node (None where none does). A node without an IRI is `[]`.
    """

    rule: str
    node: str
    message: str
    path: str = ""
    value: str = ""
    file: Path | None = None

    def __lt__(self, other: Violation) -> bool:
        return self._sort_key < other._sort_key

    def __str__(self) -> str:
        place = f"{self.file}: " if self.file else ""
        found = f" (found {self.value!r})" if self.value else ""
        return f"{place}{ns.compress(self.node)}: {self.message}{found} [{self.rule}]"

    @property
    def _sort_key(self) -> tuple[str, ...]:
        return str(self.file or ""), self.node, self.rule, self.path, self.value


def validate_turtle(files: Sequence[Path], *, shapes: Path, schemes: Path) -> tuple[Violation, ...]:
    """Return what the shapes find in the files, sorted by file, node and rule; empty where all is well.

    The files are checked as one graph together with the schemes, since they refer to one another.
    Raises `DataError` with path and line where a file is not Turtle.
    """
    from pyshacl import validate  # imports for a second, and reading a graph never needs it
    from rdflib import Graph

    graphs = {path: _read_graph(path) for path in dict.fromkeys([*files, schemes])}
    data = Graph(bind_namespaces="none")
    for graph in graphs.values():
        data += graph
    _, report, _ = validate(data, shacl_graph=_read_graph(shapes), inference="none", advanced=False, inplace=True)
    return tuple(sorted(set(_iter_violations(report, _describing_files(graphs)))))


def _read_graph(path: Path) -> Graph:
    from rdflib import Graph
    from rdflib.exceptions import ParserError
    from rdflib.plugins.parsers.notation3 import BadSyntax

    load_file(ox.Store(), path)  # explains whatever can be wrong with a file better than rdflib does
    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(path, format="turtle", publicID=ns.BASE)
    except (BadSyntax, ParserError) as error:
        line = error.lines + 1 if isinstance(error, BadSyntax) else None
        raise DataError("the shapes can be checked on RDF 1.1 Turtle only", path=path, line=line) from error
    return graph


def _describing_files(graphs: Mapping[Path, Graph]) -> dict[Node, Path]:
    """Return the file in which each node is typed, or else the first that says anything of it."""
    from rdflib import RDF

    found: dict[Node, Path] = {}
    for predicate in (RDF.type, None):
        for path, graph in graphs.items():
            for node in graph.subjects(predicate):
                found.setdefault(node, path)
    return found


def _iter_violations(report: Graph, described_in: Mapping[Node, Path]) -> Iterator[Violation]:
    from rdflib import URIRef

    def text(result: Node, name: str) -> str:
        return _text(report.value(result, URIRef(_SH + name)))

    for result in report.objects(None, URIRef(_SH + "result")):  # not the details within a result
        node, path = report.value(result, URIRef(_SH + "focusNode")), report.value(result, URIRef(_SH + "resultPath"))
        yield Violation(
            rule=text(result, "sourceShape").removeprefix(ns.RLS),
            node=_text(node),
            message=text(result, "resultMessage"),
            path="" if path is None else _format_path(report, path),
            value=text(result, "value"),
            file=None if node is None else described_in.get(node),
        )


def _text(node: Node | None) -> str:
    from rdflib import BNode

    if node is None:
        return ""
    return "[]" if isinstance(node, BNode) else str(node)


def _format_path(report: Graph, path: Node) -> str:
    """Return a SHACL path as a SPARQL property path (SHACL 2.3.1), with the project's prefixes."""
    from rdflib import RDF, URIRef
    from rdflib.collection import Collection

    def joined(head: Node, mark: str) -> str:
        steps: Iterable[Node] = Collection(report, head)
        return mark.join(_format_path(report, step) for step in steps)

    if isinstance(path, URIRef):
        return ns.compress(str(path))
    if report.value(path, RDF.first) is not None:
        return joined(path, "/")
    if (choices := report.value(path, URIRef(_SH + "alternativePath"))) is not None:
        return f"({joined(choices, '|')})"
    if (inverse := report.value(path, URIRef(_SH + "inversePath"))) is not None:
        return f"^{_format_path(report, inverse)}"
    for name, mark in {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}.items():
        if (inner := report.value(path, URIRef(_SH + name))) is not None:
            return f"{_format_path(report, inner)}{mark}"
    return ""
