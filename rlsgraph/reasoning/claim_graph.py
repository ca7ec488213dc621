"""Hold claims and definitional links so that questions can be put to them, each from a start to an end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rlsgraph.model.records import Records
from rlsgraph.model.things import Claim, Entity
from rlsgraph.model.vocabulary import ConfidenceLevel, LinkKind
from rlsgraph.reasoning.absence import Absence, AbsenceReason
from rlsgraph.reasoning.causal_path import CausalPath
from rlsgraph.reasoning.family import Links
from rlsgraph.reasoning.question import Layout, Question
from rlsgraph.reasoning.reliability.region import least_steps

MOST_ENDS_KEPT = 64
"""So many ends' distances are kept."""


@dataclass(frozen=True, eq=False)
class ClaimGraph:
    """Hold claims and the definitional links of some records; `read_inheritance` reads a constant of the profile."""

    records: Records
    claims: Iterable[Claim]
    links: Links
    read_inheritance: Callable[[], float]
    _hops: dict[str, Mapping[str, int]] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, records: Records, read_inheritance: Callable[[], float]) -> ClaimGraph:
        """Return the graph of all that the records hold."""
        return cls(records, records.claims.values(), Links(records.links.values()), read_inheritance)

    @cached_property
    def inheritance(self) -> float:
        """The probability that a kind does what its class does; read where a kind is met, as many questions meet none."""
        return self.read_inheritance()

    def of_claims(self, claims: Iterable[Claim]) -> ClaimGraph:
        """Return the graph of some claims alone, with all links."""
        return ClaimGraph(self.records, claims, self.links, lambda: self.inheritance)

    @cached_property
    def claims_from(self) -> Mapping[str, tuple[Claim, ...]]:
        """The causal claims by the IRI of their subject."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.predicate.is_causal:
                found[claim.subject.iri].append(claim)
        return {iri: tuple(claims) for iri, claims in found.items()}

    def touching(self, entity: str) -> tuple[Claim, ...]:
        """Return the claims, associations too, that have an entity as subject or object."""
        return self._touching.get(entity, ())

    @cached_property
    def _touching(self) -> Mapping[str, tuple[Claim, ...]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            for iri in (claim.subject.iri, claim.object.iri):
                found[iri].append(claim)
        return {iri: tuple(claims) for iri, claims in found.items()}

    def effects_of(self, entity: str) -> set[tuple[int, str]]:
        """Return the effects that claims give an entity, or its opposite: sign and object; whatever their score."""
        signed = [(1, entity)]
        signed += [(-1, there) for link, there in self.links.up.get(entity, ()) if link.kind is LinkKind.OPPOSITE_OF]
        return {(side * int(claim.polarity), claim.object.iri) for side, iri in signed for claim in self.claims_from.get(iri, ())}

    def ask(self, start: Entity, end: Entity, *, max_steps: int | None = None, tested_only: bool = False) -> Question:
        """Return the graph of the question what a rise in one entity does to another."""
        return Layout(self, start, end, max_steps=max_steps, tested_only=tested_only).lay_out()

    def find_paths(self, start: Entity, end: Entity, *, limit: int, max_steps: int | None) -> tuple[CausalPath, ...]:
        """Return the best paths between two entities; empty where none leads from one to the other."""
        return self.ask(start, end, max_steps=max_steps).find_paths(limit)

    def why_no_path(self, start: Entity, end: Entity, *, max_steps: int | None) -> Absence | None:
        """Return why there is no path between two entities, or None where there is one."""
        if start == end:
            return Absence(AbsenceReason.SAME_ENTITY)
        question = self.ask(start, end)
        steps = least_steps(question.graph, question.first, question.last)
        if steps is not None and question.is_by_definition:
            return Absence(AbsenceReason.ONLY_DEFINITIONS, steps)
        if steps is not None and max_steps is not None and steps > max_steps:
            return Absence(AbsenceReason.BEYOND_MAX_STEPS, steps)
        if steps is not None:  # every way may pass some entity twice
            is_there = self.find_paths(start, end, limit=1, max_steps=max_steps)
            return None if is_there else Absence(AbsenceReason.NO_CAUSAL_PATH)
        steps = self._least_steps_by_associations(start, end)
        if steps is not None:
            return Absence(AbsenceReason.ONLY_ASSOCIATIONS, steps)
        return Absence(AbsenceReason.NO_CAUSAL_PATH)

    def hops_to(self, end: str) -> Mapping[str, int]:
        """Return for each entity the least number of steps to an end, if all links and claims could be walked freely."""
        if end not in self._hops:
            if len(self._hops) >= MOST_ENDS_KEPT:
                self._hops.clear()
            self._hops[end] = _count_hops(end, self._entering)
        return self._hops[end]

    @cached_property
    def _entering(self) -> Mapping[str, set[str]]:
        entering: dict[str, set[str]] = defaultdict(set)
        for claims in self.claims_from.values():
            for claim in claims:
                entering[claim.object.iri].add(claim.subject.iri)
        for here, links in self.links.up.items():
            for _, there in links:
                entering[there].add(here)
        return entering

    def _least_steps_by_associations(self, start: Entity, end: Entity) -> int | None:
        """Return the least number of steps where associations are walked too, both ways; what is refuted is not walked."""
        entering: dict[str, set[str]] = defaultdict(set)
        for here, links in self.links.up.items():
            for _, there in links:
                entering[there].add(here)
        for claim in self.claims:
            if claim.level is not ConfidenceLevel.REFUTED:
                entering[claim.object.iri].add(claim.subject.iri)
                if not claim.predicate.is_causal:
                    entering[claim.subject.iri].add(claim.object.iri)
        return _count_hops(end.iri, entering).get(start.iri)


def _count_hops(end: str, entering: Mapping[str, set[str]]) -> Mapping[str, int]:
    hops, frontier = {end: 0}, [end]
    while frontier:
        found = {tail for head in frontier for tail in entering.get(head, ()) if tail not in hops}
        hops.update(dict.fromkeys(found, hops[frontier[0]] + 1))
        frontier = list(found)
    return hops
