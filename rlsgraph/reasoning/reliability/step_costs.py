"""Turn probabilities into whole-number costs, so that equal products compare as equal sums."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

COST_UNIT = 2.0**-32
"""The smallest difference of -ln(probability) that a cost can tell."""

STEP_BITS = 10
"""Each step adds 1 to the lowest bits of a cost: of equal products, the one with fewer steps costs less."""

_DECIMALS = 10_000


def step_costs(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cost of each step: whole numbers (in floats, exact below 2^53), infinite for probability 0.

    A cost is -ln(p) in units of 2^-32, times 2^10, plus 1. Logarithms of decimals of up to four digits are put together
    from those of their prime factors, so 0.5 x 0.4 costs exactly what 0.2 x 1 does, but for the extra step.
    """
    with np.errstate(divide="ignore"):
        units = np.rint(-np.log(probabilities) / COST_UNIT)
    numerators = np.rint(probabilities * _DECIMALS)
    decimal = (numerators > 0) & (np.abs(probabilities - numerators / _DECIMALS) < 1e-14)
    logarithms = _logarithms()
    units[decimal] = logarithms[_DECIMALS] - logarithms[numerators[decimal].astype(np.int64)]
    return units * 2.0**STEP_BITS + 1.0


@cache
def _logarithms() -> NDArray[np.float64]:
    """Return ln(a) in cost units for a = 0 … 10,000 (0 for a = 0), exactly additive over products."""
    table = np.zeros(_DECIMALS + 1)
    is_prime = np.ones(_DECIMALS + 1, dtype=bool)
    for prime in range(2, _DECIMALS + 1):
        if not is_prime[prime]:
            continue
        is_prime[2 * prime :: prime] = False
        logarithm = np.rint(np.log(prime) / COST_UNIT)
        power = prime
        while power <= _DECIMALS:
            table[power::power] += logarithm
            power *= prime
    return table
