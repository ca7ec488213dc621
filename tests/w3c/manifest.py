"""Read the manifests of the W3C test suite for SPARQL 1.1 (github.com/w3c/rdf-tests)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from rlsgraph.errors import QueryRefusedError
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.sparql import Dataset
from tests.helpers.graphs import ROOT
from tests.w3c.results import FORMAT_OF_ENDING, Meaning, meaning, values

SUITE = ROOT.parent / "shared" / "w3c-sparql11"
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RDF_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}

QUERY_FOLDERS = (
    "aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation", "project-expression",
    "property-path", "service", "subquery", "syntax-query", "syntax-fed", "csv-tsv-res", "json-res",
)  # fmt: skip
"""The folders with tests of queries; those of updates are out of scope, and those of entailment are not in this copy."""


@dataclass(frozen=True)
class Case:
    """One test of a query; all files as IRIs below `BASE`."""

    name: str
    kind: str
    query: str
    data: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    result: str = ""

    @property
    def text(self) -> str:
        """The query, its relative IRIs resolved against its file."""
        return f"BASE <{self.query}>\n{path_of(self.query).read_text('utf-8')}"

    @property
    def format_name(self) -> str:
        """The format of the expected answer."""
        return FORMAT_OF_ENDING[self.result.rpartition(".")[2]]

    def expected(self) -> Meaning:
        """Return what the answer should say."""
        return meaning(path_of(self.result).read_bytes(), self.format_name, base=self.result)

    @property
    def dataset(self) -> Dataset | None:
        """The graphs that the query sees; None where it names those of the test itself."""
        return None if self.named and "FROM <" in self.text else Dataset(self.data, self.named)


def path_of(iri: str) -> Path:
    """Return the file that an IRI of the suite stands for."""
    return SUITE / iri.removeprefix(BASE)


def graph_of(path: Path) -> ox.Dataset:
    """Return the triples of one of the suite's files."""
    base = BASE + path.relative_to(SUITE).as_posix()
    return ox.Dataset(ox.parse(path=str(path), format=RDF_FORMATS[path.suffix], base_iri=base))


def members(graph: ox.Dataset, head: object) -> Iterator[object]:
    """Yield the members of an RDF list."""
    while head.value != f"{ns.RDF}nil":
        yield values(graph, head, f"{ns.RDF}first")[0]
        head = values(graph, head, f"{ns.RDF}rest")[0]


def entries(folder: str) -> Iterator[tuple[ox.Dataset, ox.NamedNode]]:
    """Yield each test of a folder's manifest, with the manifest's triples; nothing where the suite is missing."""
    path = SUITE / folder / "manifest.ttl"
    if not path.exists():
        return
    graph = graph_of(path)
    for listing in graph.quads_for_predicate(ox.NamedNode(f"{MF}entries")):
        for entry in members(graph, listing.object):
            yield graph, entry


@cache
def cases() -> tuple[Case, ...]:
    """Return every test of a query."""
    return tuple(_case(folder, graph, entry) for folder in QUERY_FOLDERS for graph, entry in entries(folder))


def _case(folder: str, graph: ox.Dataset, entry: ox.NamedNode) -> Case:
    def iris(subject: object, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(value.value for value in values(graph, subject, predicate)))

    kind = iris(entry, f"{ns.RDF}type")[0].removeprefix(MF)
    action = values(graph, entry, f"{MF}action")[0]
    return Case(
        name=f"{folder}/{entry.value.partition('#')[2]}",
        kind=kind,
        query=action.value if isinstance(action, ox.NamedNode) else iris(action, f"{QT}query")[0],
        data=iris(action, f"{QT}data"),
        named=iris(action, f"{QT}graphData"),
        result=next(iter(iris(entry, f"{MF}result")), ""),
    )


def parameters(kinds: set[str], exceptions: dict[str, str]) -> list[object]:
    """Return the tests of some kinds, for `pytest.mark.parametrize`; a listed exception must fail."""
    found = [case for case in cases() if case.kind in kinds]
    if not found:
        return [pytest.param(None, marks=pytest.mark.skip(f"the W3C suite is not in {SUITE}"))]
    failures = (AssertionError, QueryRefusedError)
    marks = {name: [pytest.mark.xfail(reason=reason, raises=failures, strict=True)] for name, reason in exceptions.items()}
    return [pytest.param(case, id=case.name, marks=marks.get(case.name, [])) for case in found]


def load_graphs(store: ox.Store) -> None:
    """Load every file that a query test is about as a graph of its name."""
    for iri in {iri for case in cases() for iri in case.data + case.named}:
        path = path_of(iri)
        store.load(path=str(path), format=RDF_FORMATS[path.suffix], base_iri=iri, to_graph=ox.NamedNode(iri))
        store.add_graph(ox.NamedNode(iri))
