"""Say which way a support points, or that it does not say: a verdict that abstains rather than guesses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

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


class Side(Protocol):
    """What a verdict asks of a part of a support, e.g. of its raising paths."""

    @property
    def value(self) -> float:
        """The probability that such a path holds."""

    @property
    def evidence_factor(self) -> float | None:
        """What evidence has done to its odds; None where no such path is thinkable."""


def judge(raising: Side, lowering: Side, unknown: Side, *, is_by_definition: bool) -> Judgement:
    """Return the verdict on the parts of a support, see docs/reasoning.md."""
    sides = ((raising, lowering, SupportVerdict.RAISES), (lowering, raising, SupportVerdict.LOWERS))
    if is_by_definition:
        for side, other, verdict in sides:
            if side.value > other.value:
                return Judgement(verdict, VerdictReason.BY_DEFINITION)
    for side, other, verdict in sides:
        if _is_moved(side) and side.value >= TIMES_THE_OTHER * other.value:
            return Judgement(verdict, VerdictReason.EVIDENCE)
    return Judgement(SupportVerdict.UNDETERMINED, _why_not(raising, lowering, unknown))


def _is_moved(side: Side) -> bool:
    """Whether evidence has raised the odds of a side enough above its floor."""
    return side.evidence_factor is not None and side.evidence_factor >= LEAST_FACTOR


def _why_not(raising: Side, lowering: Side, unknown: Side) -> VerdictReason:
    if not any(side.value for side in (raising, lowering, unknown)):
        return VerdictReason.NO_PATH
    if _is_moved(raising) or _is_moved(lowering):
        return VerdictReason.BOTH_SIGNS
    return VerdictReason.OPEN_DIRECTION if _is_moved(unknown) else VerdictReason.NOTHING_BEYOND_FLOOR
