"""Draw the studies of a claim as a forest plot, row by row, for pages without scripts.

Estimate and interval stand where a scale tells what no effect is, else a mark on the side that the study speaks for. Right of the
middle is for the claim. The explorer has the same (`static/forest.js`); a test holds them equal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rlsgraph.explorer.words import plain_number, three_digits
from rlsgraph.model.study_terms import RATIOS, Favours
from rlsgraph.model.vocabulary import Direction
from rlsgraph.model.weighing.item import NO_NULL_VALUE

if TYPE_CHECKING:
    from rlsgraph.model.things import Evidence
    from rlsgraph.model.weighing.explanation import WeighedItem

WIDTH = 150
_HEIGHT, _REACH, _MIDDLE = 22, 64, WIDTH / 2
_CUT = 1.06
"""An interval that reaches further than this share of the scale ends in an arrow."""
_RATIOS = (1.02, 1.05, 1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 50, 100, 1000)
_SIDES = {Direction.SUPPORTS: ("for", 0.5), Direction.DISPUTES: ("against", -0.5), Direction.INCONCLUSIVE: ("open", 0.0)}


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A study, its mark as SVG, and what it found in figures."""

    item: WeighedItem
    picture: str
    figures: str


@dataclass(frozen=True, slots=True)
class ForestScale:
    """The rows that share a scale, with its title and its axis as SVG; both are empty for those that have none."""

    title: str
    axis: str
    rows: tuple[ForestRow, ...]


def forest(items: Iterable[WeighedItem]) -> list[ForestScale]:
    """Return the rows by scale, by year within; those without a scale last."""
    weighed = sorted(items, key=lambda item: (item.evidence.source.year or 0, item.evidence.iri))
    heaviest = max([0.01, *(abs(item.weight) for item in weighed)])
    groups: dict[tuple[bool, str], tuple[str, list[WeighedItem]]] = {}
    for item in weighed:
        title = _scale_of(item.evidence)
        key = f"{title} {item.evidence.favours.value.lower()}" if title and item.evidence.favours else ""
        groups.setdefault((not key, key), (title, []))[1].append(item)
    found = []
    for _, (title, rows) in sorted(groups.items()):
        half = _reach([item.evidence for item in rows]) if title else 0.0
        drawn = tuple(
            ForestRow(item, _row(item, half, heaviest), figures_in_words(item.evidence, is_scaled=bool(title))) for item in rows
        )
        found.append(ForestScale(title, _axis(rows[0].evidence, half) if title else "", drawn))
    return found


def _scale_of(item: Evidence) -> str:
    """Return the scale of an item whose point of no effect is known, and which way of it is for the claim; else nothing."""
    if item.interval is None or item.estimate is None or item.measure in NO_NULL_VALUE or item.favours is None:
        return ""
    if item.measure is None or (item.measure in RATIOS and min(*item.interval, item.estimate) <= 0):
        return ""
    return ", ".join(filter(None, (item.measure.label, item.unit)))


def _effects(item: Evidence) -> tuple[float, float, float]:
    """Return low end, estimate and high end, from the point of no effect towards the claim."""
    assert item.interval is not None and item.estimate is not None
    values = (item.interval[0], item.estimate, item.interval[1])
    low, middle, high = map(math.log, values) if item.measure in RATIOS else values
    return (-high, -middle, -low) if item.favours is Favours.LOWER else (low, middle, high)


def _reach(items: Sequence[Evidence]) -> float:
    """Return how far a scale reaches to each side: the estimates lie within, and a very wide interval is cut."""
    found = [_effects(item) for item in items]
    far = [max(abs(low), abs(high)) for low, _, high in found]
    middle = sorted(far)[len(far) // 2]
    return max(min(end, max(2 * abs(each[1]), middle)) for end, each in zip(far, found, strict=True)) or 1.0


def _axis(item: Evidence, half: float) -> str:
    power = 10 ** math.floor(math.log10(half))
    is_ratio = item.measure in RATIOS
    at = max((r for r in _RATIOS if math.log(r) <= half), default=0.0) if is_ratio else math.floor(half / power) * power
    line = f"M{_MIDDLE - _REACH:.1f} 18H{_MIDDLE + _REACH:.1f}"
    if not at:
        return _svg("forest", f'<path class="axis" d="{line}"/>')
    words = [three_digits(1 / at), "1", three_digits(at)] if is_ratio else [f"−{three_digits(at)}", "0", three_digits(at)]
    offset = (math.log(at) if is_ratio else at) / half * _REACH
    places = [_MIDDLE - offset, _MIDDLE, _MIDDLE + offset]
    ticks = "".join(f"M{x:.1f} 15V21" for x in places)
    said = zip(places, reversed(words) if item.favours is Favours.LOWER else words, strict=True)
    texts = "".join(f'<text x="{x:.1f}" y="11" text-anchor="middle">{word}</text>' for x, word in said)
    return _svg("forest", f'<path class="axis" d="{line}{ticks}"/>{texts}')


def _row(item: WeighedItem, half: float, heaviest: float) -> str:
    """Return whisker and square on the scale, or a round mark on its side; as large as the study weighs."""
    side, place = _SIDES[item.evidence.direction]
    size = 4 + 6 * math.sqrt(abs(item.weight) / heaviest)
    if half:
        ends = [value / half for value in _effects(item.evidence)]
        low, middle, high = (_MIDDLE + min(max(end, -_CUT), _CUT) * _REACH for end in ends)
        stops = _end(low, 1, is_cut=abs(ends[0]) > _CUT) + _end(high, -1, is_cut=abs(ends[2]) > _CUT)
        mark = f'<path class="whisker" d="M{low:.1f} 11H{high:.1f}{stops}"/>'
        corner = f'x="{middle - size / 2:.1f}" y="{11 - size / 2:.1f}" width="{size:.1f}" height="{size:.1f}"'
        mark += f'<rect class="{side}" {corner}/>'
    else:
        mark = f'<circle class="{side}" cx="{_MIDDLE + place * _REACH:.1f}" cy="11" r="{size / 2:.1f}"/>'
    return _svg("forest" if item.counted else "forest uncounted", mark)


def _end(x: float, inward: int, *, is_cut: bool) -> str:
    """Return the end of a whisker: a stop, or where it is cut an arrow that points out."""
    return f"M{x + 4 * inward:.1f} 7L{x:.1f} 11L{x + 4 * inward:.1f} 15" if is_cut else f"M{x:.1f} 7V15"


def _svg(name: str, inside: str) -> str:
    frame = f'viewBox="0 0 {WIDTH} {_HEIGHT}" width="{WIDTH}" height="{_HEIGHT}"'
    return f'<svg class="{name}" {frame} aria-hidden="true">{inside}</svg>'


def figures_in_words(item: Evidence, *, is_scaled: bool = False) -> str:
    """Return what a study found in figures: estimate, interval and p as recorded; without the measure where it stands above."""
    words = []
    if item.estimate is not None and item.measure is not None:
        interval = f" ({_signed(item.interval[0])} to {_signed(item.interval[1])})" if item.interval else ""
        measure, unit = ("", "") if is_scaled else (f"{item.measure.label} ", f" {item.unit}" if item.unit else "")
        words.append(f"{measure}{_signed(item.estimate)}{interval}{unit}")
    if item.p_value is not None:
        words.append(f"p {'< ' if item.p_is_bound else ''}{plain_number(item.p_value)}")
    return ", ".join(words)


def _signed(value: float) -> str:
    return plain_number(value).replace("-", "−")
