"""Draw a hypothesis as a pyvis network: every node at a fixed place, every step with its badge and its line.

Colours are left to the page, which knows whether it is light or dark; width, dashes and arrowhead are settled here.
"""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from rlsgraph import namespaces as ns
from rlsgraph.explorer.layout import Arrow, Box, Layout, lay_out
from rlsgraph.model import Claim, DefinitionalLink, Entity, slug_of
from rlsgraph.vocabulary import ConfidenceLevel, LinkKind, Polarity

Step = Claim | DefinitionalLink

MOST_ENTITIES = 40
"""A drawing of more can no longer be read; what is left out is counted and said."""
_CHARACTERS, _LINES = 15, 4
_FONT = 13.0
_LINE_HEIGHT = 16.0
_PADDING = 7.0
_NARROW, _BROAD = frozenset("fijlrtI.,:;'’|()[]-/ "), frozenset("mwMW@%—…")

_WIDTHS = {
    ConfidenceLevel.REFUTED: 1.25,
    ConfidenceLevel.DOUBTFUL: 1.25,
    ConfidenceLevel.SPECULATIVE: 1.5,
    ConfidenceLevel.EMERGING: 2.5,
    ConfidenceLevel.SUPPORTED: 4.0,
    ConfidenceLevel.ESTABLISHED: 5.5,
}
_DASHES: dict[str, list[float]] = {
    "definitional": [1.5, 4],
    "refuted": [2.5, 2.5],
    "doubtful": [9, 5],
    "untested": [9, 4, 2, 4],
}
_OPTIONS = {
    "autoResize": False,
    "physics": False,
    "layout": {"improvedLayout": False, "randomSeed": 0},
    "interaction": {
        "dragNodes": False,
        "dragView": False,
        "zoomView": False,
        "selectable": False,
        "hover": False,
        "keyboard": False,
    },
    "nodes": {"chosen": False, "margin": 4, "shapeProperties": {"borderRadius": 4}},
    "edges": {"chosen": False, "arrowStrikethrough": False, "selectionWidth": 0, "hoverWidth": 0},
}
_HEADS = {Polarity.RAISES: "arrow", Polarity.LOWERS: "bar", Polarity.UNKNOWN: "diamond"}
_LINK_WORDS = {LinkKind.BROADER: "is a\nkind of", LinkKind.OPPOSITE_OF: "opposite\nof"}


def key_of(iri: str) -> str:
    """Return the name of a thing within the page: its slug, or its whole IRI where it is not one of this project's."""
    return slug_of(iri) if iri.startswith(ns.BASE) else iri


def step_id(step: Step) -> str:
    """Return the key of a step in the page: `claim:` or `link:` and its name."""
    return f"{'claim' if isinstance(step, Claim) else 'link'}:{key_of(step.iri)}"


def choose_steps(paths: Iterable[Sequence[Step]], claims: Sequence[Claim]) -> tuple[list[Step], int]:
    """Return the steps to draw, best path first, and how many are left out for want of room.

    `paths` are the hypothesis' causal paths; `claims` are its own, of which a refuted one lies on no path.
    """
    wanted: dict[str, Step] = {}
    for steps in (*paths, claims):
        wanted.update((step.iri, step) for step in steps if step.iri not in wanted and step.subject != step.object)
    chosen: list[Step] = []
    entities: set[str] = set()
    for step in wanted.values():
        ends = {step.subject.iri, step.object.iri}
        if len(entities | ends) <= MOST_ENTITIES:
            entities |= ends
            chosen.append(step)
    return chosen, len(wanted) - len(chosen)


def lay_out_steps(steps: Sequence[Step], *, downwards: bool = False) -> Layout:
    """Return where the entities and badges of a hypothesis stand."""
    entities = {entity.iri: entity for step in steps for entity in (step.subject, step.object)}
    boxes = [_entity_box(entity) for entity in entities.values()]
    return lay_out(boxes, [Arrow(step.subject.iri, step.object.iri, _badge_box(step)) for step in steps], downwards=downwards)


def draw(steps: Sequence[Step], *, downwards: bool = False) -> dict[str, Any]:
    """Return vis-network's nodes and edges, made with pyvis, and the size of the drawing in pixels."""
    from pyvis.network import Network  # pulls IPython, so only when a page is made

    layout = lay_out_steps(steps, downwards=downwards)
    network = Network(directed=True)
    entities = {entity.iri: entity for step in steps for entity in (step.subject, step.object)}
    badges = {step_id(step): step for step in steps}
    ids = {entity.iri: f"entity:{key_of(entity.iri)}" for entity in entities.values()}
    for key, place in layout.places.items():
        seat = {"x": place.x, "y": place.y, "w": place.width, "h": place.height, "physics": False}
        if place.is_waypoint:
            network.add_node(key, " ", "dot", kind="waypoint", **seat)
        elif key in badges:
            network.add_node(key, badge_label(badges[key]), "box", kind="badge", **seat)
        else:
            network.add_node(ids[key], wrap_label(entities[key].label), "box", kind="entity", **seat)
    for step, route in zip(steps, layout.routes, strict=True):
        keys = [ids.get(key, key) for key in route]
        line = _line(step)
        for index, (start, end) in enumerate(zip(keys, keys[1:], strict=False)):
            is_last = index == len(keys) - 2
            network.add_edge(start, end, step=step_id(step), arrows=_head(step, line["width"]) if is_last else "", **line)
    return {"nodes": network.nodes, "edges": network.edges, "width": layout.width, "height": layout.height}


def options() -> dict[str, Any]:
    """Return vis-network's options, taken from pyvis: nothing moves, nothing is simulated, nothing is dragged."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    return dict(network.options)


def pattern_of(step: Step) -> str:
    """Return the name of the dash pattern of a step's line; empty for a whole line."""
    if isinstance(step, DefinitionalLink):
        return "definitional"
    if step.is_untested:
        return "untested"
    return step.level.label if step.level.label in _DASHES else ""


def patterns() -> dict[str, list[float]]:
    """Return every dash pattern by name, for the legend."""
    return dict(_DASHES)


def widths() -> dict[str, float]:
    """Return the line width of each level by its word, for the legend."""
    return {level.label: width for level, width in _WIDTHS.items()}


def _line(step: Step) -> dict[str, Any]:
    pattern = pattern_of(step)
    width = 1.0 if isinstance(step, DefinitionalLink) else _WIDTHS[step.level]
    return {"width": width, "dashes": _DASHES[pattern] if pattern else False}


def _head(step: Step, width: float) -> dict[str, Any]:
    """Return the arrowhead; vis-network lets it grow with the line, which is taken back in part."""
    shape = "vee" if isinstance(step, DefinitionalLink) else _HEADS[step.polarity]
    scale = {"vee": 0.4, "bar": 0.75, "arrow": 0.6, "diamond": 0.5}[shape]
    return {"to": {"enabled": True, "type": shape, "scaleFactor": round(scale * 10 / (9 + width), 2)}}


def badge_label(step: Step) -> str:
    """Return what stands on a step's badge: `▲ 0.26`, with ⚡ where it is contested; words for a link."""
    if isinstance(step, DefinitionalLink):
        return _LINK_WORDS[step.kind]
    return f"{step.polarity.mark} {step.score:.2f}{' ⚡' if step.is_contested else ''}"


def wrap_label(label: str) -> str:
    """Return a label in short lines, without control characters, cut with … where it is too long."""
    text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in label)
    lines = textwrap.wrap(text, _CHARACTERS, max_lines=_LINES, placeholder="…", break_on_hyphens=True)
    return "\n".join(_even(text, lines)) or "…"


def _even(text: str, lines: list[str]) -> list[str]:
    """Return the same words in as many lines of more equal length."""
    for width in range(max(map(len, text.split()), default=1), _CHARACTERS):
        narrower = textwrap.wrap(text, width, break_on_hyphens=True)
        if len(narrower) <= len(lines):
            return narrower
    return lines


def _entity_box(entity: Entity) -> Box:
    lines = wrap_label(entity.label).split("\n")
    return Box(entity.iri, _text_width(lines) + 2 * _PADDING, len(lines) * _LINE_HEIGHT + 2 * _PADDING)


def _badge_box(step: Step) -> Box:
    lines = badge_label(step).split("\n")
    is_link = isinstance(step, DefinitionalLink)
    return Box(step_id(step), _text_width(lines, 11.0 if is_link else 12.0) + 8, 30.0 if is_link else 22.0)


def _text_width(lines: Iterable[str], size: float = _FONT) -> float:
    """Return a generous estimate of the widest line in a system font."""
    return float(round(max(sum(_em(c) for c in line) for line in lines) * size))


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _BROAD or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.72 if character.isupper() else 0.6
