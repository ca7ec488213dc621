"""Set aside what something newer supersedes: once, when a graph is loaded or built, before anything is derived from it.

A superseded claim is then an rls:SupersededClaim, a superseded evidence item an rls:SupersededEvidence that its claim names by
rls:supersededEvidence: so whatever asks for claims and evidence, in SPARQL too, gets what stands. What newer thing took the
place says rls:supersededBy. `intake` turns all of it back, so a graph that was written out can be loaded again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.graph.intake import ASIDE_CLASSES, ASIDE_EVIDENCE, DEFAULT, HAS_EVIDENCE, SUPERSEDED_BY, SUPERSEDES
from rlsgraph.model import namespaces as ns
from rlsgraph.model.literals import text_of

_TYPE = ox.NamedNode(ns.RDF + "type")
_CLAIM, _EVIDENCE = (ox.NamedNode(ns.RLS + name) for name in ("Claim", "Evidence"))


def set_aside(store: ox.Store) -> None:
    """Set aside what is superseded in a store that holds what files assert.

    Raises `DataError` where things supersede each other in a circle, or one that is none of the same kind, and where a
    hypothesis still takes a superseded step.
    """
    newer: dict[Any, list[Any]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, SUPERSEDES, None, DEFAULT):
        newer[quad.object].append(quad.subject)
    if not newer:
        return
    for old in newer:
        if not any(_is(store, old, kind) and all(_is(store, new, kind) for new in newer[old]) for kind in (_CLAIM, _EVIDENCE)):
            words = f"supersedes {ns.compress(text_of(old))}; both must be claims, or both evidence items, described here"
            raise DataError(f"{ns.compress(text_of(newer[old][0]))} {words}", thing=text_of(newer[old][0]))
    _refuse_circles(newer)
    for old in sorted(newer, key=text_of):
        is_claim = _is(store, old, _CLAIM)
        if is_claim:
            _refuse_steps(store, old, newer[old])
            for quad in list(store.quads_for_pattern(old, HAS_EVIDENCE, None, DEFAULT)):
                _set_item_aside(store, quad.object)
        _retype(store, old, _CLAIM) if is_claim else _set_item_aside(store, old)
        store.extend(ox.Quad(old, SUPERSEDED_BY, new, DEFAULT) for new in newer[old])


def _is(store: ox.Store, thing: Any, kind: ox.NamedNode) -> bool:
    if not isinstance(thing, ox.NamedNode):
        return False
    return any(ox.Quad(thing, _TYPE, one, DEFAULT) in store for one in (kind, ASIDE_CLASSES[kind]))


def _retype(store: ox.Store, thing: Any, kind: ox.NamedNode) -> None:
    store.remove(ox.Quad(thing, _TYPE, kind, DEFAULT))
    store.add(ox.Quad(thing, _TYPE, ASIDE_CLASSES[kind], DEFAULT))


def _set_item_aside(store: ox.Store, item: Any) -> None:
    if isinstance(item, ox.Literal):  # refused where claims are read
        return
    _retype(store, item, _EVIDENCE)
    for quad in list(store.quads_for_pattern(None, HAS_EVIDENCE, item, DEFAULT)):
        store.remove(quad)
        store.add(ox.Quad(quad.subject, ASIDE_EVIDENCE, item, DEFAULT))


def _refuse_circles(newer: Mapping[Any, list[Any]]) -> None:
    """Refuse a thing that something supersedes which it supersedes itself, directly or through others."""
    ended: set[Any] = set()
    for start in sorted(newer, key=text_of):
        reached, waiting = set[Any](), list(newer[start])
        while waiting:
            one = waiting.pop()
            if one == start:
                name = ns.compress(text_of(start))
                raise DataError(f"{name} is superseded by what it supersedes; keep the one that stands now", thing=text_of(start))
            if one not in reached and one not in ended:
                reached.add(one)
                waiting += newer.get(one, ())
        ended.add(start)


def _refuse_steps(store: ox.Store, claim: Any, newer: list[Any]) -> None:
    """Refuse a hypothesis whose list names a superseded claim: only a curator can say whether the newer one takes its step."""
    for cell in store.quads_for_pattern(None, ox.NamedNode(ns.RDF + "first"), claim, DEFAULT):
        head: Any = cell.subject
        while before := next(iter(store.quads_for_pattern(None, ox.NamedNode(ns.RDF + "rest"), head, DEFAULT)), None):
            head = before.subject
        for quad in store.quads_for_pattern(None, ox.NamedNode(ns.RLS + "claims"), head, DEFAULT):
            name, by = ns.compress(text_of(quad.subject)), " and ".join(sorted(ns.compress(text_of(new)) for new in newer))
            words = f"takes the step {ns.compress(text_of(claim))}, which {by} supersedes; put what stands now in its place"
            raise DataError(f"{name} {words}", thing=text_of(quad.subject))
