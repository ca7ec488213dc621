"""Tell which variable's uncertainty matters most for a support, and what new evidence on it could be expected to settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rlsgraph.reasoning.reliability.causal_graph import Floats
from rlsgraph.reasoning.reliability.estimates import Part
from rlsgraph.reasoning.reliability.support import SupportFunction

TRIAL_WEIGHT = 2.5


@dataclass(frozen=True, slots=True)
class Gap:
    """What one variable's uncertainty means for a support S, at the means of all posteriors.

    `importance` is g = dS/dp (Birnbaum): support if the claim holds, less support if it fails.
    `variance` is g² v with v the variance of Beta(alpha, beta): the part of the variance of S that comes from this
    variable alone (its first-order Sobol effect; exact, for S is linear in p and the variables are independent).
    `expected_fall` is how far evidence of the given weight on this variable can be expected to lower the variance of S.
    `if_supports` and `if_disputes` are S if that evidence wholly supports or wholly disputes the claim.
    """

    variable_id: str
    importance: float
    variance: float
    expected_fall: float
    if_supports: float
    if_disputes: float


def rank_gaps(
    function: SupportFunction,
    alphas: Sequence[float] | Floats,
    betas: Sequence[float] | Floats,
    *,
    weight: float = TRIAL_WEIGHT,
    part: Part = Part.OVERALL,
) -> tuple[Gap, ...]:
    """Return a gap for each of the function's variables, by expected fall, then by importance, then by id.

    `alphas` and `betas` are the posteriors of all the graph's variables. The formula is

        expected fall = g² v w / (n + w),   n = alpha + beta,   v = alpha beta / (n² (n + 1)).

    By the law of total variance the expected fall in the variance of S equals the variance, over the results that
    the evidence may bring, of the mean of S after it. S is linear in p and the variables are independent, so that mean
    moves by g times the shift in the mean of p: exact, but that a claim which the evidence refutes keeps its score here, and
    that what one claim lends another is not counted. The variance of the shifted
    mean of p after w further yes-or-no observations, each as likely as the posterior now predicts (Beta-Bernoulli), is
    v w / (n + w). Assumptions: weights count as numbers of observations, which is how the posterior adds them up, w need
    not be whole, and evidence bears on one claim alone. The evidence may come out mixed; were all its weight certain to
    fall on one side, the means would spread further than v allows. Where the support is a Monte Carlo estimate, so is g.
    """
    if weight <= 0:
        raise ValueError(f"weight is {weight}; it must be above 0")
    alpha = np.asarray(alphas, dtype=np.float64)[function.variables]
    beta = np.asarray(betas, dtype=np.float64)[function.variables]
    total = alpha + beta
    mean = alpha / total
    value = function.estimates((part,), mean)[part].value
    slope = function.gradient(part, mean)
    variance = slope**2 * mean * (1 - mean) / (total + 1)
    columns = (
        slope,
        variance,
        variance * weight / (total + weight),
        np.clip(value + slope * ((alpha + weight) / (total + weight) - mean), 0.0, 1.0),
        np.clip(value + slope * (alpha / (total + weight) - mean), 0.0, 1.0),
    )
    rows = zip(function.variable_ids, *(column.tolist() for column in columns), strict=True)
    gaps = (Gap(*row) for row in rows)
    return tuple(sorted(gaps, key=lambda gap: (-gap.expected_fall, -gap.importance, gap.variable_id)))
