"""The rules about terms: what uses one that no ontology knows, in a namespace that is not meant, or none where one is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from rlsgraph.curation.report import Offence
from rlsgraph.curation.term_graph import TYPE, TermGraph
from rlsgraph.graph.known_terms import UnknownTerm, known_terms, thing_in_another_namespace
from rlsgraph.model import namespaces as ns


def find_unknown_properties(graph: TermGraph) -> Iterator[Offence]:
    """Yield what uses a property that no ontology knows."""
    known = known_terms()
    for thing in graph.subjects():
        for predicate in graph.said_of(thing):
            unknown = known.unknown_property(predicate)
            if unknown and not unknown.is_namespace:
                yield Offence(thing, f"{ns.compress(predicate)} is no known property{unknown.hint}", predicate)


def find_unknown_classes(graph: TermGraph) -> Iterator[Offence]:
    """Yield what has a type that no ontology knows."""
    for thing, kind, unknown in _types(graph):
        if not unknown.is_namespace:
            yield Offence(thing, f"{ns.compress(kind.value)} is no known class{unknown.hint}", TYPE, kind)


def _types(graph: TermGraph) -> Iterator[tuple[Any, ox.NamedNode, UnknownTerm]]:
    known = known_terms()
    for thing in graph.subjects():
        for kind in graph.values(thing, TYPE):
            if isinstance(kind, ox.NamedNode) and (unknown := known.unknown_class(kind.value)):
                yield thing, kind, unknown


def find_wrong_namespaces(graph: TermGraph) -> Iterator[Offence]:
    """Yield what is in, or uses a term of, a namespace that is one of the project's misspelt."""
    known = known_terms()
    for thing in graph.subjects():
        if isinstance(thing, ox.NamedNode) and (meant := thing_in_another_namespace(thing.value)):
            yield Offence(thing, f"its IRI is in another namespace; did you mean {meant}?")
        for predicate in graph.said_of(thing):
            if (unknown := known.unknown_property(predicate)) and unknown.is_namespace:
                yield Offence(thing, f"<{predicate}> is in another namespace{unknown.hint}", predicate)
    for thing, kind, unknown in _types(graph):
        if unknown.is_namespace:
            yield Offence(thing, f"{kind} is in another namespace{unknown.hint}", TYPE, kind)


_OWN_PROPERTIES = ("hasEvidence", "direction", "finding", "category", "claims", "reason")
_OWNERS = (*(ns.RLS + name for name in _OWN_PROPERTIES), ns.RDF + "subject")


def find_untyped(graph: TermGraph) -> Iterator[Offence]:
    """Yield what is described as the things of the project are, without a type."""
    for thing in graph.subjects():
        said = graph.said_of(thing)
        if TYPE not in said and (used := next((name for name in _OWNERS if name in said), "")):
            yield Offence(thing, f"has {ns.compress(used)}, but no type says what it is", used)
