"""Tell which variable's uncertainty matters most for a support, and what one study of two outcomes could settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rlsgraph.reasoning.reliability.causal_graph import Floats
from rlsgraph.reasoning.reliability.estimates import Part
from rlsgraph.reasoning.reliability.support import SupportFunction

Outcomes = tuple[float, float]
"""A variable's probability after a positive study of it, and after one that finds nothing."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What a study of one variable, with probability p, could do to a support S.

    `importance` is g = dS/dp (Birnbaum): support if the claim holds, less support if it fails. `chance` is P(+), the
    probability that the study is positive; `if_positive` and `if_null` are S after either outcome. `expected_fall` is
    how far the study can be expected to lower the variance of S.
    """

    variable_id: str
    importance: float
    chance: float
    expected_fall: float
    if_positive: float
    if_null: float


def chance_of_positive(now: float, outcomes: Outcomes) -> float:
    """Return P(+) = (p − p₋) / (p₊ − p₋), the one chance by which the mean after the study is p, the mean before it.

    A study that can move nothing is as likely to come out either way. Raises ValueError where p does not lie between.
    """
    positive, null = outcomes
    if not 0 <= null <= now <= positive <= 1:
        raise ValueError(f"{now} must lie between its value after a null study, {null}, and after a positive one, {positive}")
    return (now - null) / (positive - null) if positive > null else 0.5


def find_gaps(
    function: SupportFunction,
    outcomes: Mapping[str, Outcomes],
    *,
    probabilities: Floats | None = None,
    part: Part = Part.OVERALL,
    value: float | None = None,
    slopes: Floats | None = None,
) -> tuple[Gap, ...]:
    """Return a gap for each of the function's variables that has outcomes, in the order of the variables.

        expected fall = g² [P(+) (p₊ − p)² + P(−) (p₋ − p)²]

    By the law of total variance the expected fall in the variance of S equals the variance, over the outcomes, of the mean
    of S after it. S is linear in p and the variables are independent, so that mean moves by g times the shift of p. What
    one claim lends another is not counted. Where the support is a Monte Carlo estimate, so is g. `value` and `slopes` are the
    support and its gradient at these probabilities, where they are known already (benchmarks/startup.py).
    """
    scores = function.probabilities if probabilities is None else np.asarray(probabilities, dtype=np.float64)
    if value is None:
        value = function.estimates((part,), scores)[part].value
    if slopes is None:
        slopes = function.gradient(part, scores)
    return tuple(
        _gap(name, float(now), float(slope), value, outcomes[name])
        for name, now, slope in zip(function.variable_ids, scores, slopes, strict=True)
        if name in outcomes
    )


def _gap(name: str, now: float, slope: float, value: float, outcomes: Outcomes) -> Gap:
    chance = chance_of_positive(now, outcomes)
    up, down = (after - now for after in outcomes)
    fall = slope**2 * (chance * up**2 + (1 - chance) * down**2)
    if_positive, if_null = (min(1.0, max(0.0, value + slope * shift)) for shift in (up, down))
    return Gap(name, slope, chance, fall, if_positive, if_null)
