"""Keep in one small file what walks through a store's graph need: who is joined to whom, and with what confidence.

A question on a store reads the claims that lie between two entities out of it one by one; where they are thousands, most of
its time goes there. This file holds the causal claims and the links alone, without evidence, as columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from rlsgraph.errors import DataError, TooLargeError
from rlsgraph.graph.contents import Contents
from rlsgraph.graph.parts import Part
from rlsgraph.model import namespaces as ns
from rlsgraph.model.records import Records
from rlsgraph.model.snapshot import describe_shape
from rlsgraph.model.things import Claim, Confidence, DefinitionalLink, Entity
from rlsgraph.model.vocabulary import ConfidenceLevel, LinkKind, Predicate
from rlsgraph.reasoning.reliability.causal_graph import Ints, group_edges
from rlsgraph.reasoning.reliability.region import count_hops
from rlsgraph.triples.checked_file import read_checked
from rlsgraph.triples.query_engine import StoreEngine

MOST_CLAIMS = 25_000
"""A larger graph has no such file: its questions rarely reach all of it, and the file would be read whole."""

_RELATIONS: tuple[Predicate | LinkKind, ...] = (*Predicate, *LinkKind)
_LEVELS = tuple(ConfidenceLevel)
_PLAIN = tuple(field.name for field in fields(Confidence) if field.name != "level")


def dump_index(store: ox.Store) -> bytes:
    """Return the bytes of a store's index; none where the graph is too large for one, or lacks what the model needs."""
    claims, links = (list(_instances(store, name)) for name in ("Claim", "DefinitionalLink"))
    if len(claims) > MOST_CLAIMS:
        return b""
    part = Part(StoreEngine(store))
    try:
        part.add_steps((*claims, *links))
        records = Contents(part.store).records
    except (TooLargeError, DataError):  # what is wrong is said by whoever asks for it
        return b""
    walked: list[Claim | DefinitionalLink] = [claim for claim in records.claims.values() if claim.predicate.is_causal]
    numbers = [_numbers(claim.confidence) for claim in walked if isinstance(claim, Claim)]
    walked += records.links.values()
    place = {iri: number for number, iri in enumerate(records.entities)}
    ends = [(place[one.subject.iri], _RELATIONS.index(_relation(one)), place[one.object.iri]) for one in walked]
    entities = [(entity.iri, entity.label) for entity in records.entities.values()]
    texts = json.dumps([describe_shape(), entities, [one.iri for one in walked], len(numbers)]).encode()
    columns = np.array(numbers, dtype=np.float64).tobytes() + np.array(ends, dtype=np.int32).tobytes()
    return len(texts).to_bytes(8, "big") + texts + columns


def _instances(store: ox.Store, name: str) -> Iterator[Any]:
    for quad in store.quads_for_pattern(None, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.RLS + name), ox.DefaultGraph()):
        yield quad.subject


def _relation(one: Claim | DefinitionalLink) -> Predicate | LinkKind:
    return one.predicate if isinstance(one, Claim) else one.kind


def _numbers(confidence: Confidence) -> list[float]:
    return [_LEVELS.index(confidence.level), *(float(getattr(confidence, name)) for name in _PLAIN)]


def read_index(path: Path) -> WalkIndex | None:
    """Return the index in a file; None where there is none, a spoilt one, or one of another version of the software."""
    data = read_checked(path)
    if not data:
        return None
    size = 8 + int.from_bytes(data[:8], "big")
    shape, entities, statements, claims = json.loads(data[8:size])
    if shape != describe_shape():
        return None
    width = len(_PLAIN) + 1
    numbers = np.frombuffer(data, dtype=np.float64, count=claims * width, offset=size).reshape(claims, width)
    ends = np.frombuffer(data, dtype=np.int32, offset=size + numbers.nbytes).reshape(len(statements), 3)
    return WalkIndex(entities, statements, numbers, ends)


@dataclass(frozen=True, eq=False)
class WalkIndex:
    """Hold entities (IRI and label), causal claims and then links (IRI), the claims' numbers, all ends and relations."""

    entities: list[tuple[str, str]]
    statements: list[str]
    numbers: NDArray[np.float64]
    ends: Ints

    @cached_property
    def _place(self) -> dict[str, int]:
        return {iri: number for number, (iri, _) in enumerate(self.entities)}

    def walked(self, start: Entity, end: Entity, max_steps: int) -> Records:
        """Return what some walk of at most so many steps from start to end uses, refuted claims too, without evidence.

        With the links that lead on from there, to the last.
        """
        found = self._between(self._place.get(start.iri), self._place.get(end.iri), max_steps)
        reached = {int(node) for one in found for node in (self.ends[one, 0], self.ends[one, 2])}
        if start != end and start.iri in self._place:
            reached.add(self._place[start.iri])
        links = self._links_from(reached) | {one for one in found if one >= len(self.numbers)}
        claims = [one for one in found if one < len(self.numbers)]
        reached.update(int(node) for one in links for node in (self.ends[one, 0], self.ends[one, 2]))
        entities = {iri: Entity(iri, label) for iri, label in (self.entities[node] for node in sorted(reached))}
        entities |= {start.iri: start, end.iri: end}
        return Records(
            entities,
            {},
            {},
            {claim.iri: claim for claim in (self._claim(one, entities) for one in claims)},
            {link.iri: link for link in (self._link(one, entities) for one in sorted(links))},
            {},
            {},
        )

    def _between(self, first: int | None, last: int | None, max_steps: int) -> list[int]:
        if first is None or last is None or first == last:
            return []
        tails, heads = self.ends[:, 0], self.ends[:, 2]
        turned = np.flatnonzero(self.ends[:, 1] == _RELATIONS.index(LinkKind.OPPOSITE_OF))
        tails, heads = np.concatenate((tails, heads[turned])), np.concatenate((heads, tails[turned]))
        hops_in = count_hops(group_edges(tails, len(self.entities)), heads, first, max_steps)
        hops_out = count_hops(group_edges(heads, len(self.entities)), tails, last, max_steps)
        kept = np.flatnonzero(hops_in[tails] + 1 + hops_out[heads] <= max_steps)
        found: list[int] = np.unique(np.concatenate((np.arange(len(self.ends)), turned))[kept]).tolist()
        return found

    def _links_from(self, entities: set[int]) -> set[int]:
        """Return the links that lead on from entities, and from where they lead, to the last."""
        found: set[int] = set()
        known, waiting = set(entities), list(entities)
        while waiting:
            for one, there in self._links_of.get(waiting.pop(), ()):
                found.add(one)
                if there not in known:
                    known.add(there)
                    waiting.append(there)
        return found

    @cached_property
    def _links_of(self) -> dict[int, list[tuple[int, int]]]:
        links: dict[int, list[tuple[int, int]]] = {}
        for one, (tail, relation, head) in enumerate(self.ends[len(self.numbers) :].tolist(), len(self.numbers)):
            links.setdefault(tail, []).append((one, head))
            if _RELATIONS[relation] is LinkKind.OPPOSITE_OF:
                links.setdefault(head, []).append((one, tail))
        return links

    def _claim(self, one: int, entities: dict[str, Entity]) -> Claim:
        level, *plain = self.numbers[one].tolist()
        subject, relation, object_ = self._said(one, entities)
        assert isinstance(relation, Predicate)
        typed = (kind(value) for kind, value in zip(_TYPES, plain, strict=True))
        confidence = Confidence(**dict(zip(_PLAIN, typed, strict=True)), level=_LEVELS[int(level)])
        return Claim(self.statements[one], subject, relation, object_, (), confidence)

    def _link(self, one: int, entities: dict[str, Entity]) -> DefinitionalLink:
        subject, relation, object_ = self._said(one, entities)
        assert isinstance(relation, LinkKind)
        return DefinitionalLink(self.statements[one], subject, relation, object_)

    def _said(self, one: int, entities: dict[str, Entity]) -> tuple[Entity, Predicate | LinkKind, Entity]:
        tail, relation, head = self.ends[one].tolist()
        return entities[self.entities[tail][0]], _RELATIONS[relation], entities[self.entities[head][0]]


_TYPES = tuple(
    {"float": float, "int": int, "bool": bool}[str(field.type)] for field in fields(Confidence) if field.name != "level"
)
