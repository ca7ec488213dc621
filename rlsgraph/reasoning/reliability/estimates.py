"""Hold what is known of a support: four probabilities, and how each was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Name the event whose probability is meant: some path holds, or some path of one sign."""

    OVERALL = "overall"
    RAISING = "raising"
    LOWERING = "lowering"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """Name the way a probability was found."""

    EXACT = "exact"
    MONTE_CARLO = "Monte Carlo"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A probability, and how it was found.

    An exact one has standard error 0 and no samples. Otherwise `undecided` is the share of samples in which
    the search for a path of that sign was given up: they count as half, and half of their share is in the standard error.
    """

    value: float
    standard_error: float
    method: Method
    samples: int
    seed: int
    undecided: float = 0.0


@dataclass(frozen=True, slots=True)
class SupportResult:
    """The probability that some path holds, and that some path of sign +1, -1 or 0 does.

    The last three are no parts of a whole: a raising and a lowering path may both hold.
    """

    overall: Estimate
    raising: Estimate
    lowering: Estimate
    unknown: Estimate

    def get(self, part: Part) -> Estimate:
        """Return one of the four by its name."""
        estimate: Estimate = getattr(self, part.value)
        return estimate
