"""Refuse what makes no sense among the links and hypotheses of files: for a graph in memory and one on disk alike.

A claim that an entity acts on itself is refused where claims are read (`claim_sums`), since each claim is read there anyway.
A what-if may leave a hypothesis without a route, and only says so: nobody wrote that down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.graph.intake import DEFAULT
from rlsgraph.graph.link_sense import find_circles, find_kin_among, find_odd_rings
from rlsgraph.model import namespaces as ns
from rlsgraph.model.node import Node, read_nodes
from rlsgraph.model.vocabulary import LinkKind, Predicate

if TYPE_CHECKING:
    from rlsgraph.model.weighing.profile import Profile
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

_SUBJECT, _PREDICATE, _OBJECT = (ns.RDF + name for name in ("subject", "predicate", "object"))

_SHOWN = 4
"""So many links of a circle are named in an error; the rest are counted."""


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
    """Refuse a link from a thing to itself, and links that cannot all hold."""
    said: dict[tuple[str, str], dict[LinkKind, Node]] = {}
    for node in links:
        said.setdefault(_two_ends(node), {})[node.term(_PREDICATE, LinkKind)] = node
    above: dict[str, dict[str, Node]] = {}
    opposites: dict[tuple[str, str], Node] = {}
    for (subject, object_), kinds in said.items():
        for kind, node in kinds.items():
            if kind is LinkKind.OPPOSITE_OF:
                opposites[subject, object_] = opposites[object_, subject] = node
            else:
                above.setdefault(subject, {})[object_] = node
    for circle in find_circles(above):
        one, *others = (above[subject][object_] for subject, object_ in circle)
        raise _contradiction(one, others, _words_of_circle(one, others))
    for lower, upper in find_kin_among(opposites, above):
        opposite, straight = opposites[lower, upper], above[lower].get(upper)
        if straight is not None:
            verb = straight.term(_PREDICATE, LinkKind).verb
            raise _contradiction(straight, [opposite], f"{verb} what it is the opposite of")
        name, lower, upper = (ns.compress(iri) for iri in (opposite.iri, lower, upper))
        says = f"{name} says that {lower} is the opposite of {upper}, of which it is, by way of others, a kind or part"
        raise DataError(f"{says}; remove one of these links", thing=opposite.iri)
    for pair in find_odd_rings(opposites):
        raise _contradiction(opposites[pair], [], "is, by a ring of opposites, the opposite of itself")


def _words_of_circle(one: Node, others: Sequence[Node]) -> str:
    kinds = {node.term(_PREDICATE, LinkKind) for node in (one, *others)}
    verb = kinds.pop().verb if len(kinds) == 1 else "is a kind or part of"
    return f"{verb} what {verb} it" if len(others) == 1 else f"{verb} what, by way of others, {verb} it"


def _contradiction(one: Node, others: Sequence[Node], says: str) -> DataError:
    """Return the error that the first link and others say something of the first's subject; a few of them are named."""
    subject = ns.compress(one.need(_SUBJECT))
    names = [ns.compress(node.iri) for node in (one, *others)]
    if len(names) > _SHOWN:
        names[_SHOWN - 1 :] = [f"{len(names) - _SHOWN + 1} more"]
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    remedy = "remove one" if len(names) != 2 else "keep one"
    return DataError(f"{listed} {'say' if len(names) > 1 else 'says'} that {subject} {says}; {remedy}", thing=one.iri)


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
