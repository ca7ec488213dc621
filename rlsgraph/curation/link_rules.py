"""The rules of definitional links, each a function of the graph: what stands in a circle, and opposites that are kin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rlsgraph.curation.report import Offence
from rlsgraph.curation.term_graph import TermGraph, show_term, text_of
from rlsgraph.graph.link_sense import find_circles, find_kin_among, find_odd_rings
from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import LinkKind

_SUBJECT, _PREDICATE, _OBJECT = (ns.RDF + name for name in ("subject", "predicate", "object"))


def links_of(graph: TermGraph) -> dict[str, dict[Any, dict[Any, Any]]]:
    """Return the definitional links: by kind, subject and object."""
    found: dict[str, dict[Any, dict[Any, Any]]] = defaultdict(lambda: defaultdict(dict))
    for link in graph.instances(ns.RLS + "DefinitionalLink"):
        for kind in graph.values(link, _PREDICATE):
            for subject in graph.values(link, _SUBJECT):
                for object_ in graph.values(link, _OBJECT):
                    found[text_of(kind)][subject][object_] = link
    return found


def find_link_circles(graph: TermGraph) -> Iterator[Offence]:
    """Yield each link of a circle of kinds and parts."""
    above = _above(graph)
    for circle in find_circles(above):
        for subject, object_ in circle:
            said = f"{show_term(object_)} is in turn a kind or part of {show_term(subject)}"
            yield Offence(above[subject][object_], said, _OBJECT, object_)


def find_opposite_kinds(graph: TermGraph) -> Iterator[Offence]:
    """Yield the links by which a thing is the kin of its opposite, or its own."""
    above, opposites = _above(graph), _opposites(graph)
    for lower, upper in dict.fromkeys(find_kin_among(opposites, above)):
        link = above[lower].get(upper)
        if link is not None:
            yield Offence(link, f"{show_term(lower)} is the opposite of {show_term(upper)} too", _OBJECT, upper)
        else:
            said = f"{show_term(lower)} is, by way of others, a kind or part of its opposite {show_term(upper)}"
            yield Offence(opposites[lower, upper], said, _OBJECT, upper)
    for one, other in find_odd_rings(opposites):
        said = f"in a ring of opposites, {show_term(one)} and {show_term(other)} would each be the opposite of themselves"
        yield Offence(opposites[one, other], said, _OBJECT, other)


def _above(graph: TermGraph) -> dict[Any, dict[Any, Any]]:
    """Return the links of kinds and parts, by subject and object."""
    links = links_of(graph)
    above: dict[Any, dict[Any, Any]] = defaultdict(dict)
    for kind in (LinkKind.BROADER, LinkKind.PART_OF):
        for subject, objects in links[kind.iri].items():
            above[subject] |= objects
    return above


def _opposites(graph: TermGraph) -> dict[tuple[Any, Any], Any]:
    """Return the links of opposites, by their two ends either way round."""
    found: dict[tuple[Any, Any], Any] = {}
    for subject, objects in links_of(graph)[LinkKind.OPPOSITE_OF.iri].items():
        for object_, link in objects.items():
            found[subject, object_] = found[object_, subject] = link
    return found
