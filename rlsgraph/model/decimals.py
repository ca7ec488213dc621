"""Write numbers short without lying: what is not 0 does not look like 0."""

from __future__ import annotations

import math


def probability(value: float, places: int = 2) -> str:
    """Return a probability, which may be small: some decimals, or one digit that says something.

    >>> probability(0.1234), probability(0.0021), probability(0.00001), probability(0.0)
    ('0.12', '0.002', '< 0.0001', '0.00')
    """
    if value >= 10**-places or value == 0:
        return f"{value:.{places}f}"
    return f"{float(f'{value:.1g}'):.{math.ceil(-math.log10(value))}f}" if value >= 0.0001 else "< 0.0001"


def plain(value: float) -> str:
    """Return any number with at most three decimals, or with three digits where those would hide it.

    >>> plain(0.5), plain(12.3456), plain(0.00012345), plain(-4e20), plain(0.0), plain(math.inf), plain(math.nan)
    ('0.5', '12.346', '0.000123', '-4e+20', '0', 'INF', 'NaN')
    """
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    if value and not 0.001 <= abs(value) < 1e15:
        return f"{value:.3g}"
    return f"{value:.3f}".rstrip("0").rstrip(".")
