"""Draw where a score comes from as a waterfall, row by row, for pages without scripts: from the prior to the score, on ln odds.

The explorer has the same (`static/waterfall.js`); a test holds them equal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rlsgraph.explorer.forest import WIDTH

if TYPE_CHECKING:
    from rlsgraph.model.weighing.ledger import KindSum, Ledger, Lending
    from rlsgraph.model.weighing.profile import Profile

_HEIGHT, _MARGIN, _APART = 18, 6, 30
_TICKS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 0.997, 0.999)
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Fall:
    """A factor on the way from prior to score, with its bar as SVG; neither kind nor lending: the bound of what is lent."""

    after: float
    start: float
    kind: KindSum | None = None
    lending: Lending | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The rows of a waterfall: the prior's point, the factors, the score with its interval, the axis of probabilities."""

    prior: str
    falls: tuple[Fall, ...]
    score: str
    axis: str


def waterfall(ledger: Ledger, profile: Profile) -> Waterfall:
    """Return the rows from prior to score."""
    confidence = ledger.confidence
    prior, reach = _logit(confidence.prior), profile.interval_z * confidence.logit_sd
    steps: list[Fall] = []
    at = prior
    parts = [Fall(kind.after, 0.0, kind=kind) for kind in ledger.kinds]
    parts += [Fall(lending.after, 0.0, lending=lending) for lending in ledger.lendings]
    if abs(ledger.lent - ledger.lent_before) > _ROUNDING:
        parts.append(Fall(ledger.lent - ledger.lent_before, 0.0))
    for part in parts:
        steps.append(Fall(part.after, at, part.kind, part.lending))
        at += part.after
    found = [prior, confidence.logit - reach, confidence.logit + reach, *(step.start + step.after for step in steps)]
    scale = _Scale(min(found), max(found))
    drawn = (Fall(each.after, each.start, each.kind, each.lending, scale.bar(each)) for each in steps)
    return Waterfall(scale.point(prior), tuple(drawn), scale.score(confidence.logit, reach), scale.axis())


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


@dataclass(frozen=True, slots=True)
class _Scale:
    """The range of ln odds that all rows share."""

    low: float
    high: float

    def at(self, value: float) -> float:
        return _MARGIN + (value - self.low) / (self.high - self.low) * (WIDTH - 2 * _MARGIN)

    def bar(self, step: Fall) -> str:
        start, end = self.at(step.start), self.at(step.start + step.after)
        line = f'<path class="axis" d="M{start:.1f} 0V14M{end:.1f} 4V{_HEIGHT}"/>'
        place = f'x="{min(start, end):.1f}" y="4" width="{abs(end - start):.1f}" height="10"'
        return _svg(f'{line}<rect class="{"against" if step.after < 0 else "for"}" {place}/>')

    def point(self, value: float) -> str:
        x = f"{self.at(value):.1f}"
        return _svg(f'<path class="axis" d="M{x} 9V{_HEIGHT}"/><circle class="open" cx="{x}" cy="9" r="4"/>')

    def score(self, logit: float, reach: float) -> str:
        low, x, high = (f"{self.at(value):.1f}" for value in (logit - reach, logit, logit + reach))
        whisker = f'<path class="whisker" d="M{low} 9H{high}M{low} 5V13M{high} 5V13"/>'
        return _svg(f'<path class="axis" d="M{x} 0V9"/>{whisker}<circle class="for" cx="{x}" cy="9" r="4.5"/>')

    def axis(self) -> str:
        """Return the probabilities below the rows, as many as there is room for."""
        ticks: list[tuple[float, float]] = []
        for tick in _TICKS:
            x = self.at(_logit(tick))
            if _MARGIN <= x <= WIDTH - _MARGIN and (not ticks or x - ticks[-1][1] > _APART):
                ticks.append((tick, x))
        line = f'<path class="axis" d="M{_MARGIN} 1H{WIDTH - _MARGIN}{"".join(f"M{x:.1f} 1V4" for _, x in ticks)}"/>'
        return _svg(line + "".join(f'<text x="{x:.1f}" y="15" text-anchor="middle">{tick:g}</text>' for tick, x in ticks))


def _svg(inside: str) -> str:
    frame = f'viewBox="0 0 {WIDTH} {_HEIGHT}" width="{WIDTH}" height="{_HEIGHT}"'
    return f'<svg class="fall" {frame} aria-hidden="true">{inside}</svg>'
