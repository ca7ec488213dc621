"""Say how a hypothesis stands: what anchors it in people who have the disease, its weakest step, how much is seen in people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rlsgraph.model.shown import Shown
from rlsgraph.model.things import Claim, Entity, Evidence
from rlsgraph.model.vocabulary import ConfidenceLevel, LinkKind, Polarity
from rlsgraph.reasoning.causal_path import CausalPath, polarity_of
from rlsgraph.reasoning.claim_graph import ClaimGraph
from rlsgraph.reasoning.next_study import related_claims

INTERVENTIONS = "intervention"
"""The group of entities whose effects say what a treatment does, not what the disease is."""

_PEOPLE = "human"


@dataclass(frozen=True, slots=True)
class Reading(Shown):
    """A step of a route, and the claim that it is read by: its own, or an association where it has no item of its own."""

    step: Claim
    read: Claim

    @property
    def is_association(self) -> bool:
        """Whether an association stands in."""
        return self.read is not self.step

    @property
    def is_in_people(self) -> bool:
        """Whether a study with data of its own, in people, bears on it."""
        return any(map(is_in_people, self.read.evidence))

    def __str__(self) -> str:
        return f"{self.step} (read from: {self.read})" if self.is_association else str(self.step)


@dataclass(frozen=True, slots=True)
class Standing(Shown):
    """What a hypothesis is ranked by, and what stands beside it.

    `anchor` is the best tie of an entity on the route to the end, or to what belongs to it, seen in people. `contradictions`
    are the claims on the route that are contested, and the claims that give a step the opposite sign.
    """

    anchor: Claim | None
    readings: tuple[Reading, ...]
    contradictions: tuple[Claim, ...]

    @property
    def anchor_level(self) -> ConfidenceLevel:
        """The anchor's level; the lowest where there is none."""
        return ConfidenceLevel.REFUTED if self.anchor is None else self.anchor.level

    @property
    def weakest(self) -> Reading:
        """The step whose claim, as it is read, has the lowest score; the first of several."""
        return min(self.readings, key=lambda reading: reading.read.score)

    @property
    def in_people(self) -> float:
        """The share of the steps that a study in people bears on."""
        return sum(reading.is_in_people for reading in self.readings) / len(self.readings)

    @property
    def newest(self) -> int | None:
        """The year of the newest study with data of its own on any step."""
        studies = [item for reading in self.readings for item in reading.read.evidence if item.design.is_study]
        return max((item.source.year for item in studies if item.source.year), default=None)

    @property
    def rank_key(self) -> tuple[float, ...]:
        """Best first: band of the anchor, band of the weakest step, share in people; within these the two scores."""
        anchor = 0.0 if self.anchor is None else self.anchor.score
        weakest = self.weakest.read
        return (-self.anchor_level.rank, -weakest.level.rank, -self.in_people, -anchor, -weakest.score)


def is_in_people(item: Evidence) -> bool:
    """Whether an item is a study in people with data of its own, not retracted."""
    return item.design.is_study and not item.source.retracted and _PEOPLE in item.species


def find_standing(path: CausalPath, end: Entity, claims: ClaimGraph) -> Standing:
    """Return how a hypothesis with this route to this end stands."""
    readings = tuple(_read(claim, claims) for claim in path.claims)
    ties = find_ties(path, end, claims)
    return Standing(ties[0].claim if ties else None, readings, tuple(_contradictions(path.claims, claims)))


def _read(claim: Claim, claims: ClaimGraph) -> Reading:
    """Return a step as it is read: by the best tested association on the same pair where it has no item of its own.

    What was said of a step, if only in an opinion, is the step's own and is not exchanged for what was seen together.
    """
    if any(not item.source.retracted for item in claim.evidence):
        return Reading(claim, claim)
    seen = [other for other in related_claims(claim, claims.records) if not other.is_untested]
    return Reading(claim, max(seen, key=lambda c: (c.score, c.iri), default=claim))


@dataclass(frozen=True, slots=True)
class Tie(Shown):
    """A claim that ties an entity on a route to the end's family."""

    claim: Claim
    entity: Entity


def find_ties(path: CausalPath, end: Entity, claims: ClaimGraph) -> tuple[Tie, ...]:
    """Return the ties of the entities on a route to the end's family, the best one first, by level and then by score.

    Each is one of the `possible_ties`, and seen in people.
    """
    found = (tie for tie in possible_ties(path, end, claims) if any(map(is_in_people, tie.claim.evidence)))
    return tuple(sorted(found, key=lambda t: (t.claim.level.rank, t.claim.score, t.claim.iri), reverse=True))


def possible_ties(path: CausalPath, end: Entity, claims: ClaimGraph) -> tuple[Tie, ...]:
    """Return the claims that tie an entity on a route to the end's family where people are studied, whatever their evidence.

    Each is a causal claim, or an association either way round; it is not the effect of a treatment, and does not have the
    opposite sign of the rest of the route.
    """
    family = claims.links.family(end.iri)
    found: dict[str, Tie] = {}
    for place, entity in enumerate(path.entities[:-1]):
        onward = _sign_of(path, place)
        for sign, iri in _same_matter(entity.iri, claims):
            for tie in _ties(iri, family, claims) if iri not in family else ():
                if _agrees(tie, onward, sign):
                    found.setdefault(tie.iri, Tie(tie, entity))
    return tuple(found.values())


def _sign_of(path: CausalPath, place: int) -> Polarity:
    """Return the sign of the route from one of its entities on; a stretch of links alone raises or lowers as links do."""
    sign = Polarity.RAISES
    for step in path.steps[place:]:
        sign = sign * polarity_of(step)
    return sign


def _agrees(tie: Claim, onward: Polarity, sign: int) -> bool:
    return int(tie.polarity) * sign * int(onward) >= 0


def _same_matter(entity: str, claims: ClaimGraph) -> Iterator[tuple[int, str]]:
    """Yield an entity and its opposites, with the sign of each."""
    yield 1, entity
    yield from ((-1, there) for link, there in claims.links.up.get(entity, ()) if link.kind is LinkKind.OPPOSITE_OF)


def _ties(entity: str, family: frozenset[str], claims: ClaimGraph) -> Iterable[Claim]:
    return (
        tie
        for tie in claims.touching(entity)
        if tie.subject.group != INTERVENTIONS
        and tie.object.group != INTERVENTIONS
        and (tie.object.iri in family if tie.subject.iri == entity else tie.subject.iri in family and not tie.predicate.is_causal)
    )


def _contradictions(steps: Sequence[Claim], claims: ClaimGraph) -> Iterator[Claim]:
    for step in steps:
        if step.is_contested:
            yield step
        for other in claims.touching(step.subject.iri):
            same_way = (other.subject, other.object) == (step.subject, step.object)
            is_opposed = step.polarity * other.polarity is Polarity.LOWERS and other.level is not ConfidenceLevel.REFUTED
            if same_way and is_opposed:
                yield other
