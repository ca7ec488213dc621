"""Tell how far each evidence item moves a claim's score: the score with it, and without it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rlsgraph.model.confidence import Explanation, lend, total
from rlsgraph.model.things import Claim, Evidence


@dataclass(frozen=True, slots=True)
class Influence:
    """One item's part in a claim's score; `via` is the claim that it bears on, which may lend its weight to another."""

    claim: Claim
    via: Claim
    evidence: Evidence
    score_without: float

    @property
    def shift(self) -> float:
        """ln(score / score without it): above 0 where the item raises the score."""
        return math.log(self.claim.score / self.score_without)


def iter_influences(claim: Claim, explain: Callable[[str], Explanation]) -> Iterator[Influence]:
    """Yield each item that moves a claim's score, its own first; `explain` gives the sum behind the claim of an IRI."""
    sum_of = explain(claim.iri)
    for item in sum_of.items:
        yield from _influence(sum_of, claim, item.evidence, total(sum_of.own_without(item.evidence), sum_of.lendings))
    for lending in sum_of.lendings:
        others = [other for other in sum_of.lendings if other != lending]
        lender = explain(lending.lender)
        for item in lender.items:
            lent = lend(lending.lender, not lender.claim.predicate.is_causal, lender.own_without(item.evidence), sum_of.profile)
            yield from _influence(sum_of, lender.claim, item.evidence, total(sum_of.own, [*others, lent]))


def _influence(sum_of: Explanation, via: Claim, evidence: Evidence, weights: tuple[float, float]) -> Iterator[Influence]:
    alpha, beta = sum_of.profile.posterior(*weights)
    influence = Influence(sum_of.claim, via, evidence, alpha / (alpha + beta))
    if abs(influence.shift) > 1e-12:
        yield influence
