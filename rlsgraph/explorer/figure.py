"""Draw a view as a still figure in SVG, PNG or PDF, without a browser: the page's places, lines and colours, on white.

matplotlib draws (its object interface alone: no display, no state between figures). Lengths are pixels of 1/96 inch.
"""

from __future__ import annotations

import io
import math
import textwrap
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer import FIGURE_FORMATS, drawing
from rlsgraph.explorer.drawing import Leg
from rlsgraph.explorer.layout import Layout, Place
from rlsgraph.explorer.page_data import group_word
from rlsgraph.explorer.palette import BOX_LINE, GROUPS, INK, NO_GROUP, SOFT, TONES, WHITE
from rlsgraph.model.things import Claim
from rlsgraph.model.vocabulary import Polarity
from rlsgraph.reasoning.causal_path import Step
from rlsgraph.version import __version__

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    from rlsgraph.explorer.views import View

Point = tuple[float, float]
Part = tuple[Point, Point]
End = tuple[int, int, int]
"""Which route, which of its parts, and whether the part's beginning (1) or its end (−1)."""

_PATTERN_WORDS = {"assumed": "assumed: a kind does as its class does"}
_EFFECTS = {Polarity.RAISES: "raises", Polarity.LOWERS: "lowers", Polarity.UNKNOWN: "affects, direction open"}
_MARGIN, _INSET, _LEAST_WIDTH = 24.0, 10.0, 640.0
_TITLE, _TEXT, _SMALL = 19.0, 13.0, 11.0
_LINE = {_TITLE: 26.0, _TEXT: 19.0, _SMALL: 16.0}
_MOST_LINES = {_TITLE: 2, _TEXT: 4, _SMALL: 1}
_POINTS = 0.75
_DPI, _PNG_DPI, _MOST_PIXELS = 96, 192, 20_000
_SETTINGS: dict[Any, Any] = {
    "font.family": ["sans-serif"],  # so a reader of the SVG without the next one sees another like it
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib, so it is the same everywhere
    "svg.fonttype": "none",  # text stays text: searched, copied, edited
    "svg.hashsalt": "rlsgraph",
    "pdf.fonttype": 42,
    "lines.scale_dashes": False,
}
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Creator": f"rlsgraph {__version__}", "Date": None},
    "png": {"Software": f"rlsgraph {__version__}"},
    "pdf": {"Creator": f"rlsgraph {__version__}", "Producer": None, "CreationDate": None},
}


def render_figure(view: View, format_name: str, *, version: str, title: str | None = None) -> bytes:
    """Return a view as `svg`, `png` or `pdf`; the same view gives the same bytes.

    `version` of the graph stands at the foot, `title` in place of the view's own.
    """
    if format_name not in FIGURE_FORMATS:
        raise ValueError(f"format_name is {format_name!r}; it must be one of {', '.join(FIGURE_FORMATS)}")
    import matplotlib as mpl

    heading = drawing.without_controls(title or view.title)
    metadata = _METADATA[format_name] | {"Title": heading[:200]}
    out = io.BytesIO()
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()  # whatever the reader's own settings are
        mpl.rcParams.update(_SETTINGS)
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")  # it is drawn as an empty box
        figure = _Sheet(view, heading, version).figure
        dpi = min(_PNG_DPI, _MOST_PIXELS / max(figure.get_size_inches()))
        figure.savefig(out, format=format_name, dpi=dpi, facecolor=WHITE, metadata=metadata)
    return out.getvalue()


def imprint(version: str) -> str:
    """Return what stands at the foot of every figure of a graph of that version."""
    return f"rlsgraph {version} · research aid, not medical advice"


class _Sheet:
    """One figure while it is drawn: heading, drawing, legend and imprint below each other, on one axis of pixels."""

    def __init__(self, view: View, heading: str, version: str) -> None:
        from matplotlib.figure import Figure

        layout = drawing.lay_out_legs(view.legs)
        self.width = max(layout.width + 2 * (_MARGIN - _INSET), _LEAST_WIDTH)
        self.figure: Figure = Figure(figsize=(self.width / _DPI, 1), dpi=_DPI)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        y = self._write_lines(heading, _MARGIN, _TITLE, weight="bold")
        y = self._write_lines(view.summary, y + 2, _TEXT, color=SOFT)
        if view.left_out:
            steps = "1 further step is" if view.left_out == 1 else f"{view.left_out} further steps are"
            y = self._write_lines(f"{steps} left out for want of room.", y, _TEXT, color=SOFT)
        top = y + 10
        self._draw(view.legs, layout, (self.width - layout.width) / 2, top)
        y = self._draw_legend(view.legs, top + layout.height + 10)
        y = self._write_lines(imprint(version), y + 8, _SMALL, color=SOFT)
        height = math.ceil(y + _MARGIN / 2)
        self.figure.set_size_inches(self.width / _DPI, height / _DPI)
        self.axes.set(xlim=(0, self.width), ylim=(height, 0))
        self.axes.set_axis_off()

    def _write(self, text: str, x: float, y: float, size: float = _TEXT, *, room: float = math.inf, **look: Any) -> Text:
        """Write one line with its middle at y, smaller where there is no room for it."""
        look = {"color": INK, "ha": "left", "va": "center_baseline"} | look
        written = self.axes.text(x, y, " ".join(text.split()), size=size * _POINTS, parse_math=False, zorder=5, **look)
        width = float(written.get_window_extent().width)
        if width > room:
            written.set_fontsize(size * _POINTS * room / width)
        return written

    def _write_lines(self, text: str, y: float, size: float, **look: Any) -> float:
        """Write a text from y down in lines that the sheet has room for, cut where it has too many; return where it ends."""
        room = self.width - 2 * _MARGIN
        wide = 0.65 if look.get("weight") else 0.53
        clean = drawing.without_controls(text)
        lines = textwrap.wrap(clean, int(room / size / wide), max_lines=_MOST_LINES[size], placeholder="…")
        for index, line in enumerate(lines):
            self._write(line, _MARGIN, y + (index + 0.5) * _LINE[size], size, room=room, **look)
        return y + len(lines) * _LINE[size]

    def _draw(self, legs: Sequence[Leg], layout: Layout, left: float, top: float) -> None:
        places = {key: replace(place, x=place.x + left, y=place.y + top) for key, place in layout.places.items()}
        ports = _ports(replace(layout, places=places))
        for number, (leg, route) in enumerate(zip(legs, layout.routes, strict=True)):
            parts = [(ports[number, index, 1], ports[number, index, -1]) for index in range(len(route) - 1)]
            self._draw_line(leg.step, parts, route.index(drawing.step_id(leg.step)))
            self._draw_badge(leg.step, places[drawing.step_id(leg.step)])
        for entity in {entity.iri: entity for leg in legs for entity in (leg.start, leg.end)}.values():
            fill = GROUPS.get(group_word(entity), NO_GROUP)
            self._add_box(places[entity.iri], drawing.wrap_label(entity.label), facecolor=fill, edgecolor=BOX_LINE)

    def _draw_line(self, step: Step, parts: Sequence[Part], badge: int) -> None:
        """Draw a step's line, part by part: up to its badge, and on from there to its end, with its heads."""
        width, tone = drawing.width_of(step), _tone(step)
        head = drawing.look_of(step).split()[0].removesuffix(drawing.BOTH)
        is_symmetric = isinstance(step, Claim) and not step.predicate.is_causal
        reach = 0.0 if head in ("none", "vee") else _head_size(head, width)[0]
        first, last = _points(parts[:badge]), _points(parts[badge:])
        last = _shorten(last, reach * _way(parts[-1]))
        self._draw_head(head, parts[-1][1], _way(parts[-1]), width, tone)
        if is_symmetric:
            first = _shorten(first[::-1], -reach * _way(parts[0]))[::-1]
            self._draw_head(head, parts[0][0], -_way(parts[0]), width, tone)
        for points in (first, last):
            self._add_path(points, width, drawing.pattern_of(step), tone)

    def _draw_head(self, head: str, tip: Point, way: float, width: float, tone: str) -> None:
        """Draw a head whose tip is there, for a line that comes from the left (way 1) or from the right (way −1)."""
        from matplotlib.patches import Polygon

        if head == "none":
            return
        (x, y), (long, half) = tip, _head_size(head, width)
        back = x - way * long
        corners = {
            "arrow": [(x, y), (back, y - half), (back, y + half)],
            "bar": [(x, y - half), (x, y + half), (back, y + half), (back, y - half)],
            "diamond": [(x, y), ((x + back) / 2, y - half), (back, y), ((x + back) / 2, y + half)],
            "vee": [(back, y - half), (x, y), (back, y + half)],
        }[head]
        look = {"fill": False, "linewidth": _POINTS} if head == "vee" else {"facecolor": tone, "linewidth": 0}
        self.axes.add_patch(Polygon(corners, closed=head != "vee", edgecolor=tone, zorder=2, **look))

    def _draw_badge(self, step: Step, place: Place) -> None:
        if isinstance(step, Claim):
            self._add_box(place, drawing.badge_label(step), facecolor=WHITE, edgecolor=_tone(step))
        else:
            self._add_box(place, drawing.badge_label(step), size=12.0, color=SOFT, facecolor=WHITE, edgecolor="none")

    def _add_box(self, place: Place, text: str = "", *, size: float = _TEXT, color: str = INK, **look: Any) -> None:
        from matplotlib.patches import FancyBboxPatch

        corner = (place.x - place.width / 2, place.y - place.height / 2)
        rounded = "round,pad=0,rounding_size=4"
        box = FancyBboxPatch(corner, place.width, place.height, boxstyle=rounded, linewidth=_POINTS, zorder=3, **look)
        self.axes.add_patch(box)
        lines = text.split("\n")
        for index, line in enumerate(lines):
            y = place.y + (index - (len(lines) - 1) / 2) * _LINE[_SMALL]
            self._write(line, place.x, y, size, room=place.width - 6, ha="center", color=color)

    def _add_path(self, points: Sequence[Point], width: float, pattern: str = "", tone: str = INK) -> None:
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        dashes = drawing.patterns().get(pattern)
        style = (0.0, tuple(dash * _POINTS for dash in dashes) if dashes else None)
        path = Path(points, [Path.MOVETO, *[Path.CURVE4] * (len(points) - 1)])
        line = PathPatch(path, facecolor="none", edgecolor=tone, linewidth=width * _POINTS, linestyle=style, capstyle="butt")
        self.axes.add_patch(line)

    def _draw_legend(self, legs: Sequence[Leg], y: float) -> float:
        """Explain the marks that are drawn, in as many rows as they need; return where they end."""
        x = _MARGIN
        for kind, value, words in _legend(legs):
            sample = {"mark": 16.0, "line": 38.0, "heads": 40.0, "group": 18.0, "text": 0.0}[kind]
            written = self._write(words, x + sample, y, color=SOFT)
            width = sample + float(written.get_window_extent().width)
            if x > _MARGIN and x + width > self.width - _MARGIN:
                x, y = _MARGIN, y + 22
                written.set_position((x + sample, y))
            if kind == "mark":
                self._write(value.mark, x, y, color=TONES[value])
            elif kind == "line":
                self._add_path(_points([((x, y), (x + 30, y))]), *value)
            elif kind == "heads":
                self._add_path(_points([((x + 6, y), (x + 26, y))]), 1.5)
                for tip, way in ((x, -1.0), (x + 32, 1.0)):
                    self._draw_head("arrow", (tip, y), way, 1.5, INK)
            elif kind == "group":
                self._add_box(Place("", x + 6, y, 12, 12), facecolor=value, edgecolor=BOX_LINE)
            x += width + 18
        return y + 14


def _legend(legs: Sequence[Leg]) -> Iterator[tuple[str, Any, str]]:
    """Yield kind, value and words of each mark that the legs show, in the page's order."""
    steps = [leg.step for leg in legs]
    claims = [step for step in steps if isinstance(step, Claim)]
    for polarity in Polarity:
        if any(claim.polarity is polarity for claim in claims):
            yield "mark", polarity, _EFFECTS[polarity]
    for level, width in drawing.widths().items():
        if any(claim.level.label == level and not drawing.pattern_of(claim) for claim in claims):
            yield "line", (width,), level
    for pattern in drawing.patterns():
        if any(drawing.pattern_of(step) == pattern for step in steps):
            yield "line", (1.5, pattern), _PATTERN_WORDS.get(pattern, pattern)
    if any(claim.is_contested for claim in claims):
        yield "text", None, "⚡ contested"
    if any(claim.confidence.is_not_in_people for claim in claims):
        yield "text", None, "☍ data, none in people"
    if any(not claim.predicate.is_causal for claim in claims):
        yield "heads", None, "association, cause open"
    groups = {group_word(entity) for leg in legs for entity in (leg.start, leg.end)}
    for group in sorted(groups & set(GROUPS)):
        yield "group", GROUPS[group], group


def _sides(layout: Layout) -> Mapping[tuple[str, float], list[tuple[float, End]]]:
    """Return the line ends at the right (1) and left (−1) side of each place, with the y of what the line leads to."""
    sides: dict[tuple[str, float], list[tuple[float, End]]] = defaultdict(list)
    for number, route in enumerate(layout.routes):
        for index, (one, other) in enumerate(pairwise(route)):
            start, end = layout.places[one], layout.places[other]
            way = math.copysign(1.0, end.x - start.x)
            sides[one, way].append((end.y, (number, index, 1)))
            sides[other, -way].append((start.y, (number, index, -1)))
    return sides


def _ports(layout: Layout) -> Mapping[End, Point]:
    """Return where each part of each route begins and ends: side by side, in the order of what they lead to."""
    ports = {}
    for (key, side), lines in _sides(layout).items():
        place = layout.places[key]
        gap = (
            0.0 if place.is_waypoint else min(drawing.PORT_GAP, (place.height - 2 * drawing.PORT_MARGIN) / max(len(lines) - 1, 1))
        )
        for rank, (_, end) in enumerate(sorted(lines)):
            ports[end] = (place.x + side * place.width / 2, place.y + (rank - (len(lines) - 1) / 2) * gap)
    return ports


def _points(parts: Sequence[Part]) -> list[Point]:
    """Return the Bézier points of a line: level at each end, straight through the waypoints between two parts."""
    points = [parts[0][0]]
    for (x, y), (end_x, end_y) in parts:
        if points[-1] != (x, y):
            points += [points[-1], (x, y), (x, y)]
        middle = (x + end_x) / 2
        points += [(middle, y), (middle, end_y), (end_x, end_y)]
    return points


def _shorten(points: Sequence[Point], reach: float) -> list[Point]:
    *rest, (x, y) = points
    return [*rest, (x - reach, y)]


def _way(part: Part) -> float:
    return math.copysign(1.0, part[1][0] - part[0][0])


def _tone(step: Step) -> str:
    return TONES[step.polarity] if isinstance(step, Claim) else SOFT


def _head_size(head: str, width: float) -> Point:
    """Return how long a head is, and half its breadth: a heavy line has a larger one."""
    long, half = {"arrow": (8.0, 3.5), "bar": (2.5, 5.0), "diamond": (8.0, 3.5), "vee": (5.0, 2.5)}[head]
    return (long + width * 0.3, half + width * 0.3) if head == "bar" else (long + width * 1.2, half + width * 0.6)
