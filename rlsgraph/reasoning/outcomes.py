"""Say what a claim's score would be after a study of it that is positive, and after one that finds no effect."""

from __future__ import annotations

from rlsgraph.model.things import Claim
from rlsgraph.model.vocabulary import StudyDesign
from rlsgraph.reasoning.next_study import NextStudy

_BIAS = {
    StudyDesign.RANDOMISED_CONTROLLED_TRIAL: 0.10,
    StudyDesign.MENDELIAN_RANDOMISATION: 0.15,
    StudyDesign.COHORT: 0.25,
}


def score_after(claim: Claim, study: NextStudy) -> tuple[float, float]:
    """Return the score after either outcome (stands in until the ledger of score version 2 can be asked)."""
    bias, power = _BIAS[study.design], 0.8
    positive = (power + bias * (1 - power)) / (0.05 + bias * 0.95)
    null = (1 - (power + bias * (1 - power))) / (1 - (0.05 + bias * 0.95))
    odds = claim.score / (1 - claim.score)
    return odds * positive / (1 + odds * positive), odds * null / (1 + odds * null)
