"""Refuse what makes no sense among the links and hypotheses of files: for a graph in memory and one on disk alike.

A claim that an entity acts on itself is refused where claims are read (`claim_sums`), since each claim is read there anyway.
A what-if may leave a hypothesis without a route, and only says so: nobody wrote that down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.graph.intake import DEFAULT
from rlsgraph.model import namespaces as ns
from rlsgraph.model.node import Node, read_nodes
from rlsgraph.model.vocabulary import LinkKind, Predicate

if TYPE_CHECKING:
    from rlsgraph.model.weighing.profile import Profile
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

_SUBJECT, _PREDICATE, _OBJECT = (ns.RDF + name for name in ("subject", "predicate", "object"))


def refuse_nonsense(store: ox.Store, profile: Profile) -> None:
    """Raise `DataError` where a link, an expectation or a hypothesis of a scored store contradicts itself."""
    _check_links(_nodes_of(store, "DefinitionalLink"))
    for node in _nodes_of(store, "Expectation"):
        node.term(_PREDICATE, Predicate)
        _two_ends(node)
    if next(_typed(store, "Hypothesis"), None) is not None:
        _check_hypotheses(store, profile)


def _typed(store: ox.Store, name: str) -> Iterator[Any]:
    found = store.quads_for_pattern(None, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.RLS + name), DEFAULT)
    return (quad.subject for quad in found)


def _nodes_of(store: ox.Store, name: str) -> list[Node]:
    quads = (quad for subject in list(_typed(store, name)) for quad in store.quads_for_pattern(subject, None, None, DEFAULT))
    return sorted(read_nodes(quads).values(), key=lambda node: node.iri)


def _two_ends(node: Node) -> tuple[str, str]:
    subject, object_ = node.need(_SUBJECT), node.need(_OBJECT)
    if subject == object_:
        raise node.refuse(_OBJECT, f"is {ns.compress(object_)}, its own subject; name two different entities")
    return subject, object_


def _check_links(links: Iterable[Node]) -> None:
    """Refuse a link from a thing to itself, and two links that cannot both hold."""
    said: dict[tuple[str, str], dict[LinkKind, Node]] = {}
    for node in links:
        said.setdefault(_two_ends(node), {})[node.term(_PREDICATE, LinkKind)] = node
    for (subject, object_), kinds in said.items():
        back = said.get((object_, subject), {})
        both: Mapping[LinkKind, Node] = {**back, **kinds}
        opposite = both.get(LinkKind.OPPOSITE_OF)
        for kind in (LinkKind.BROADER, LinkKind.PART_OF):
            if opposite is not None and kind in both:
                raise _contradiction(both[kind], opposite, f"{kind.verb} what it is the opposite of")
            if kind in kinds and kind in back:
                raise _contradiction(kinds[kind], back[kind], f"{kind.verb} what {kind.verb} it")


def _contradiction(one: Node, other: Node, says: str) -> DataError:
    subject = ns.compress(one.need(_SUBJECT))
    return DataError(f"{ns.compress(one.iri)} and {ns.compress(other.iri)} say that {subject} {says}; keep one", thing=one.iri)


def _check_hypotheses(store: ox.Store, profile: Profile) -> None:
    """Refuse a hypothesis without a start or a claim, one that ends where it starts, and one whose claims do not connect."""
    from rlsgraph.graph.contents import Contents  # a graph without hypotheses needs none of it
    from rlsgraph.graph.parts import Part
    from rlsgraph.triples.query_engine import StoreEngine

    part = Part(StoreEngine(store))
    part.add_hypotheses()
    for ranked in Contents(part.store, profile=lambda: profile).ranking:
        problem = _problem_of(ranked)
        if problem:
            iri = ranked.hypothesis.iri
            raise DataError(f"{ns.compress(iri)}{problem}", thing=iri)


def _problem_of(ranked: RankedHypothesis) -> str:
    """Return what is wrong with a hypothesis, to stand after its name; empty where it leads from its start to its end."""
    hypothesis = ranked.hypothesis
    if not hypothesis.starts:
        return " must have an rls:start, the entity that its mechanism begins with"
    if hypothesis.end in hypothesis.starts:
        return f": rls:start and rls:end are both {ns.compress(hypothesis.end.iri)}; name two entities"
    if not hypothesis.claims:
        return ": rls:claims is an empty list; name the claims that lead from its start to its end"
    if ranked.paths:
        return ""
    starts = " or ".join(ns.compress(start.iri) for start in hypothesis.starts)
    return (
        f": its rls:claims do not lead from {starts} to {ns.compress(hypothesis.end.iri)}; "
        "add the causal claims or definitional links that are missing"
    )
