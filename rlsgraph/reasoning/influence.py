"""Tell how far each evidence item moves a claim's score: the score with it, and without it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rlsgraph.model.shown import Shown
from rlsgraph.model.things import Claim, Evidence
from rlsgraph.model.weighing.explanation import Explanation


@dataclass(frozen=True, slots=True)
class Influence(Shown):
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
    explanation = explain(claim.iri)
    for via in (claim, *(related.claim for related in explanation.related)):
        for item in via.evidence:
            influence = Influence(claim, via, item, explanation.score_without(item))
            if abs(influence.shift) > 1e-12:
                yield influence
