"""Find where the graph speaks against itself: contested claims, opposed claims, opposed paths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, islice

from rlsgraph.model.decimals import probability
from rlsgraph.model.shown import Shown
from rlsgraph.model.things import Claim, Entity
from rlsgraph.model.vocabulary import ConfidenceLevel, Polarity
from rlsgraph.reasoning.causal_path import CausalPath
from rlsgraph.reasoning.claim_graph import ClaimGraph
from rlsgraph.reasoning.claim_support import compile_question
from rlsgraph.reasoning.question import score_of

PATHS_LOOKED_AT = 200

LEAST_STRENGTH = 0.01
"""A path with a lower joint probability opposes nothing."""


class ContradictionKind(StrEnum):
    """Name a way of speaking against oneself."""

    CONTESTED_CLAIM = "contested claim"
    OPPOSED_CLAIMS = "opposed claims"
    OPPOSED_PATHS = "opposed paths"


@dataclass(frozen=True)
class Contradiction(Shown):
    """One contested claim, or two claims or paths of opposite sign between the same entities.

    `strength` is what stands on the weaker side: the smaller of the two weights, or the lower of the two scores
    (of paths: joint probabilities).
    """

    kind: ContradictionKind
    start: Entity
    end: Entity
    strength: float
    claims: tuple[Claim, ...] = ()
    paths: tuple[CausalPath, ...] = ()

    def __str__(self) -> str:
        if self.kind is ContradictionKind.CONTESTED_CLAIM:
            weights = self.claims[0].confidence
            return f"{self.claims[0]}: weight {weights.support_weight:.2f} for, {weights.dispute_weight:.2f} against"
        if self.kind is ContradictionKind.OPPOSED_CLAIMS:
            return " / ".join(f"{claim} ({probability(claim.score)})" for claim in self.claims)
        ways = (f"{path.polarity.word} it ({probability(path.joint_probability)}) by {path.route}" for path in self.paths)
        return f"{self.start.label} {' / '.join(ways)}"


def find_contradictions(
    claims: ClaimGraph, ends: Iterable[tuple[Entity, Entity]], *, max_steps: int
) -> tuple[Contradiction, ...]:
    """Return all contested and opposed claims, and the opposed paths between the given ends, the strongest of each kind first."""
    known = claims.records.claims.values()
    paths = (path for pair in ends for path in _opposed_paths(claims, *pair, max_steps=max_steps))
    return _in_order([*_contested(known), *_opposed_claims(known), *paths])


def contradictions_between(claims: ClaimGraph, start: Entity, end: Entity, *, max_steps: int) -> tuple[Contradiction, ...]:
    """Return the contradictions between two entities: among the claims that paths use, and of the paths themselves."""
    question = claims.ask(start, end, max_steps=max_steps)
    function = compile_question(question)
    slopes = zip(function.variables, function.gradient().tolist(), strict=True)
    used = [question.variables[variable] for variable, slope in slopes if slope > 0]
    known = [claim for claim in used if isinstance(claim, Claim) and score_of(claim) > 0]
    return _in_order([*_contested(known), *_opposed_claims(known), *_opposed_paths(claims, start, end, max_steps=max_steps)])


def _in_order(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    order = list(ContradictionKind)
    return tuple(sorted(found, key=lambda c: (order.index(c.kind), -c.strength, c.start.iri, c.end.iri)))


def _contested(claims: Iterable[Claim]) -> Iterator[Contradiction]:
    for claim in claims:
        if claim.is_contested:
            weaker = min(claim.confidence.support_weight, claim.confidence.dispute_weight)
            yield Contradiction(ContradictionKind.CONTESTED_CLAIM, claim.subject, claim.object, weaker, (claim,))


def _opposed_claims(claims: Iterable[Claim]) -> Iterator[Contradiction]:
    """Yield pairs of opposite sign; an association has no direction, so it opposes claims written either way round."""
    between: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.level is not ConfidenceLevel.REFUTED:
            between[frozenset((claim.subject.iri, claim.object.iri))].append(claim)
    for group in between.values():
        for one, other in combinations(group, 2):
            same_way = one.subject == other.subject or not (one.predicate.is_causal and other.predicate.is_causal)
            if same_way and one.polarity * other.polarity is Polarity.LOWERS:
                raising, lowering = sorted((one, other), key=lambda claim: -claim.polarity)
                strength = min(one.score, other.score)
                ends = (raising.subject, raising.object)
                yield Contradiction(ContradictionKind.OPPOSED_CLAIMS, *ends, strength, (raising, lowering))


def _opposed_paths(claims: ClaimGraph, start: Entity, end: Entity, *, max_steps: int) -> Iterator[Contradiction]:
    """Yield the best raising and the best lowering path between two entities, unless they are opposed claims, or one is faint."""
    best = best_by_sign(claims, start, end, max_steps=max_steps)
    raising, lowering = best.get(Polarity.RAISES), best.get(Polarity.LOWERS)
    if raising is None or lowering is None or _is_pair_of_claims(raising, lowering):
        return
    strength = min(raising.joint_probability, lowering.joint_probability)
    if strength >= LEAST_STRENGTH:
        yield Contradiction(ContradictionKind.OPPOSED_PATHS, start, end, strength, paths=(raising, lowering))


def _is_pair_of_claims(one: CausalPath, other: CausalPath) -> bool:
    """Whether two paths are one claim each between the same two entities, which is told as opposed claims."""
    return len(one.claims) == len(other.claims) == 1 and {(c.subject, c.object) for c in one.claims} == {
        (c.subject, c.object) for c in other.claims
    }


def best_by_sign(
    claims: ClaimGraph, start: Entity, end: Entity, *, max_steps: int, least_claims: int = 1
) -> dict[Polarity, CausalPath]:
    """Return the best path of each sign with at least so many claims, among the 200 best paths."""
    best: dict[Polarity, CausalPath] = {}
    for path in islice(claims.ask(start, end, max_steps=max_steps).iter_paths(), PATHS_LOOKED_AT):
        if len(path.claims) >= least_claims:
            best.setdefault(path.polarity, path)
            if len(best) == len(Polarity):
                break
    return best
