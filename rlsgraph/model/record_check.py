"""Check that every thing of a store can be read as a value of the model, without holding more than one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.model.literals import text_of
from rlsgraph.model.node import Node
from rlsgraph.model.records import READERS, KnownThings, read_claim_parts

_MOST_REMEMBERED = 200_000
_DEFAULT, _TYPE = ox.DefaultGraph(), ox.NamedNode(ns.RDF + "type")


def check_records(store: ox.Store) -> None:
    """Read every thing of a store on disk as `read_records` does, but for scores, one after the other, and keep none of them."""
    known = KnownThings(_StoredNodes(store), {kind: _StoredThings(store, kind) for kind in READERS})
    readers = {ns.RLS + kind: read for kind, read in READERS.items()} | {ns.RLS + "Claim": read_claim_parts}
    for node in _nodes_by_subject(store):
        for kind in node.values.get(_TYPE.value, ()):
            if read := readers.get(text_of(kind)):
                read(node, known)


def _nodes_by_subject(store: ox.Store) -> Iterator[Node]:
    """Yield each thing once, whose quads lie together on disk: in a tenth of the time of a question for each of them."""
    subject, node = None, Node("")
    for quad in store.quads_for_pattern(None, None, None, _DEFAULT):
        if quad.subject != subject:
            yield node
            subject, node = quad.subject, Node(text_of(quad.subject))
        node.values[quad.predicate.value].append(quad.object)
    yield node


def _node_about(store: ox.Store, thing: ox.NamedNode | ox.BlankNode) -> Node:
    node = Node(thing.value)
    for quad in store.quads_for_pattern(thing, None, None, _DEFAULT):
        node.values[quad.predicate.value].append(quad.object)
    return node


class _StoredThings(Mapping[str, Any]):
    """The things of a kind in a store, of which reading others needs to know no more than that they are there."""

    def __init__(self, store: ox.Store, kind: str) -> None:
        self._store, self._kind = store, ox.NamedNode(ns.RLS + kind)
        self._found: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        if name in self._found:
            return
        if not any(ox.Quad(thing, _TYPE, self._kind) in self._store for thing in _terms_named(name)):
            raise KeyError(name)
        if len(self._found) < _MOST_REMEMBERED:
            self._found.add(name)

    def __iter__(self) -> Iterator[str]:
        return (text_of(quad.subject) for quad in self._store.quads_for_pattern(None, _TYPE, self._kind, _DEFAULT))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _StoredNodes(Mapping[str, Node]):
    """What a store says of each thing, read when it is asked for."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def __getitem__(self, name: str) -> Node:
        for thing in _terms_named(name):
            node = _node_about(self._store, thing)
            if node.values:
                return node
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter({text_of(quad.subject) for quad in self._store})

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _terms_named(name: str) -> Iterator[ox.NamedNode | ox.BlankNode]:
    """Yield the terms that may go by a name: an IRI, or the label of a blank node."""
    for make in (ox.NamedNode, ox.BlankNode):
        with suppress(ValueError):
            yield make(name)
