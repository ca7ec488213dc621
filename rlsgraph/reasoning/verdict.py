"""Say which way a support points, or that it does not say: a verdict that abstains rather than guesses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rlsgraph.reasoning.claim_support import PartSupport, Support

TIMES_THE_OTHER = 3.0
"""A side must be at least so many times as probable as the other."""

LEAST_FACTOR = 2.0
"""Evidence must have raised the odds of a side at least so much above its floor."""


class SupportVerdict(StrEnum):
    """Name the answer to the question which way the end moves."""

    RAISES = "raises"
    LOWERS = "lowers"
    UNDETERMINED = "undetermined"


class VerdictReason(StrEnum):
    """Name what a verdict rests on, or why there is none."""

    EVIDENCE = "evidence points one way"
    BY_DEFINITION = "by definition"
    NO_PATH = "no causal path"
    NOTHING_BEYOND_FLOOR = "no evidence beyond the floor"
    BOTH_SIGNS = "both signs"
    OPEN_DIRECTION = "open direction"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and its reason."""

    verdict: SupportVerdict
    reason: VerdictReason

    def __str__(self) -> str:
        return f"{self.verdict.value}: {self.reason.value}"


def judge(support: Support) -> Judgement:
    """Return the verdict on a support, see docs/reasoning.md."""
    sides = (
        (support.raising, support.lowering, SupportVerdict.RAISES),
        (support.lowering, support.raising, SupportVerdict.LOWERS),
    )
    if support.is_by_definition:
        for side, other, verdict in sides:
            if side.value > other.value:
                return Judgement(verdict, VerdictReason.BY_DEFINITION)
    for side, other, verdict in sides:
        if _is_moved(side) and side.value >= TIMES_THE_OTHER * other.value:
            return Judgement(verdict, VerdictReason.EVIDENCE)
    return Judgement(SupportVerdict.UNDETERMINED, _why_not(support))


def _is_moved(part: PartSupport) -> bool:
    """Whether evidence has raised the odds of a part enough above its floor."""
    return part.evidence_factor is not None and part.evidence_factor >= LEAST_FACTOR


def _why_not(support: Support) -> VerdictReason:
    if support.overall.value == 0:
        return VerdictReason.NO_PATH
    if _is_moved(support.raising) or _is_moved(support.lowering):
        return VerdictReason.BOTH_SIGNS
    return VerdictReason.OPEN_DIRECTION if _is_moved(support.unknown) else VerdictReason.NOTHING_BEYOND_FLOOR
