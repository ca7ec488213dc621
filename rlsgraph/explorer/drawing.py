"""Draw a hypothesis as a pyvis network: every node at a fixed place, every step with its badge and its line.

Colours are left to the page, which knows whether it is light or dark; width, dashes and arrowhead are settled here.
"""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer.layout import Arrow, Box, Layout, count_beside, lay_out
from rlsgraph.model import namespaces as ns
from rlsgraph.model.decimals import probability
from rlsgraph.model.things import Claim, DefinitionalLink, Entity
from rlsgraph.model.vocabulary import ConfidenceLevel, LinkKind, Polarity, Predicate
from rlsgraph.reasoning.causal_path import Inheritance, Step

if TYPE_CHECKING:
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

MOST_ENTITIES = 40
"""A drawing of more can no longer be read; what is left out is counted and said."""
_CHARACTERS, _LINES, _USUAL_LINES = 20, 5, 3
_FONT = 13.0
_LINE_HEIGHT = 16.0
_PADDING = 7.0
PORT_GAP, PORT_MARGIN = 14.0, 8.0
"""How far apart lines meet a box, and how far from its corners."""
_NARROW, _BROAD = frozenset("fijlrtI.,:;'’|()[]-/ "), frozenset("mwMW@%—…▲▼⚡☍")

_WIDTHS = {
    ConfidenceLevel.REFUTED: 1.25,
    ConfidenceLevel.DOUBTFUL: 1.25,
    ConfidenceLevel.SPECULATIVE: 1.5,
    ConfidenceLevel.EMERGING: 2.5,
    ConfidenceLevel.SUPPORTED: 4.0,
    ConfidenceLevel.ESTABLISHED: 5.5,
}
_DASHES: dict[str, list[float]] = {
    "by definition": [1.5, 4],
    "assumed": [5, 3, 1.5, 3, 1.5, 3],
    "refuted": [2.5, 2.5],
    "doubtful": [9, 5],
    "untested": [9, 4, 2, 4],
}
_PLAIN_WIDTH, _LINK_WIDTH = 1.5, 1.0
"""Of a line whose dashes say what matters, and of one that holds by definition or is assumed."""
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
    "nodes": {"shape": "box", "chosen": False, "margin": 3, "shapeProperties": {"borderRadius": 4}},
    "edges": {"chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}
BOTH = "-both"
"""An association has heads at both ends: one alone would read as a cause."""
_HEADS = {Polarity.RAISES: "arrow", Polarity.LOWERS: "bar", Polarity.UNKNOWN: "diamond"}
_HOLLOW_HEADS = frozenset({"bar", "vee"})
"""What stands before the back of such a head is empty, so the line runs on through it; else it would end a gap before."""
_HEAD_SCALES = {"vee": 0.4, "bar": 0.75, "arrow": 0.6, "diamond": 0.5}
_LINK_WORDS = {LinkKind.BROADER: "is a\nkind of", LinkKind.PART_OF: "is\npart of", LinkKind.OPPOSITE_OF: "opposite\nof"}


@dataclass(frozen=True, slots=True)
class Leg:
    """A step as it is walked: a link between opposites may be walked from its object to its subject."""

    step: Step
    start: Entity
    end: Entity


def key_of(iri: str) -> str:
    """Return the name of a thing within the page: its slug, or its whole IRI where it is not one of this project's."""
    return ns.local_name(iri) if iri.startswith(ns.BASE) else iri


def step_id(step: Step) -> str:
    """Return the key of a step in the page: `claim:`, `link:` or `assumed:` and its name."""
    kind = "claim" if isinstance(step, Claim) else "assumed" if isinstance(step, Inheritance) else "link"
    return f"{kind}:{key_of(step.iri)}"


def choose_legs(ranked: RankedHypothesis) -> tuple[list[Leg], int]:
    """Return the legs to draw, best path first, and how many are left out for want of room.

    A hypothesis' own claims come last: one that is refuted, or does not connect, lies on no path but is shown.
    """
    wanted: dict[str, Leg] = {}
    for path in ranked.paths:
        for leg in legs_of(path):
            wanted.setdefault(step_id(leg.step), leg)
    for claim in ranked.hypothesis.claims:
        wanted.setdefault(step_id(claim), Leg(claim, claim.subject, claim.object))
    return within_room(wanted.values())


def legs_of(path: CausalPath) -> list[Leg]:
    """Return the steps of a path as they are walked."""
    return [Leg(step, start, end) for step, (start, end) in zip(path.steps, pairwise(path.entities), strict=True)]


def within_room(wanted: Iterable[Leg]) -> tuple[list[Leg], int]:
    """Return those of the legs, in order, that a drawing has room for, and how many are left out."""
    chosen: list[Leg] = []
    entities: set[str] = set()
    left_out = 0
    for leg in wanted:
        ends = {leg.start.iri, leg.end.iri}
        if len(entities | ends) <= MOST_ENTITIES:
            entities |= ends
            chosen.append(leg)
        else:
            left_out += 1
    return chosen, left_out


def lay_out_legs(legs: Sequence[Leg], *, downwards: bool = False) -> Layout:
    """Return where entities and badges stand; an entity's box has room for the lines that meet at one of its sides."""
    arrows = [Arrow(leg.start.iri, leg.end.iri, _badge_box(leg.step)) for leg in legs]
    entities = _entities(legs)
    beside = count_beside([entity.iri for entity in entities], arrows)
    boxes = []
    for entity in entities:
        box = _entity_box(entity)
        room = (beside[entity.iri] - 1) * PORT_GAP + 2 * PORT_MARGIN
        boxes.append(replace(box, width=max(box.width, room)) if downwards else replace(box, height=max(box.height, room)))
    return lay_out(boxes, arrows, downwards=downwards)


def options() -> dict[str, Any]:
    """Return vis-network's options, taken from pyvis: nothing moves, nothing is simulated, nothing is dragged."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    return dict(network.options)


def pattern_of(step: Step) -> str:
    """Return the name of the dash pattern of a step's line; empty for a whole line."""
    if isinstance(step, DefinitionalLink):
        return "by definition"
    if isinstance(step, Inheritance):
        return "assumed"
    if step.is_untested:
        return "untested"
    return step.level.label if step.level.label in _DASHES else ""


def width_of(step: Step) -> float:
    """Return the width of a step's line: that of its level, unless its dashes tell what counts more."""
    if not isinstance(step, Claim):
        return _LINK_WIDTH
    return _PLAIN_WIDTH if step.is_untested else _WIDTHS[step.level]


def patterns() -> dict[str, list[float]]:
    """Return every dash pattern by name, for the legend."""
    return dict(_DASHES)


def widths() -> dict[str, float]:
    """Return the line width of each level by its word, for the legend."""
    return {level.label: width for level, width in _WIDTHS.items()}


def look_of(step: Step) -> str:
    """Return the name of a step's line: its arrowhead and its level or pattern, e.g. `bar speculative`."""
    if isinstance(step, Inheritance):
        return "vee assumed"
    if isinstance(step, DefinitionalLink):
        return f"{'none' if step.kind is LinkKind.OPPOSITE_OF else 'vee'} by definition"
    return f"{_head_of(step.predicate)} {pattern_of(step) or step.level.label}"


def _head_of(predicate: Predicate) -> str:
    return f"{_HEADS[predicate.polarity]}{'' if predicate.is_causal else BOTH}"


def looks(steps: Iterable[Step]) -> dict[str, dict[str, Any]]:
    """Return what vis-network must know of every look that the steps have, and that a claim may get, by its name."""
    found = {look_of(step) for step in steps}
    words = [*(level.label for level in ConfidenceLevel), "untested"]
    found |= {f"{_head_of(predicate)} {word}" for predicate in Predicate for word in words}
    return {name: _look(name) for name in sorted(found)}


def _look(name: str) -> dict[str, Any]:
    head_name, _, word = name.partition(" ")
    shape, dashes = head_name.removesuffix(BOTH), _DASHES.get(word, False)
    by_level = {level.label: width for level, width in _WIDTHS.items()}
    width = by_level.get(word, _PLAIN_WIDTH if word == "untested" else _LINK_WIDTH)
    if shape == "none":
        heads: dict[str, Any] = {"to": {"enabled": False}}
    else:  # vis-network lets the head grow with the line; that is taken back in part
        head = {"enabled": True, "type": shape, "scaleFactor": round(_HEAD_SCALES[shape] * 10 / (9 + width), 2)}
        heads = {"to": head} if head_name == shape else {"to": head, "from": head}
    return {"width": width, "dashes": dashes, "arrows": heads}


def badge_label(step: Step) -> str:
    """Return what stands on a step's badge: its mark over its score; words for a link, and for what is assumed.

    ⚡ says that a claim is contested, ☍ that its data are none of people.
    """
    if isinstance(step, Inheritance):
        return f"assumed\n{probability(step.probability)}"
    if isinstance(step, DefinitionalLink):
        return _LINK_WORDS[step.kind]
    marks = f"{' ⚡' if step.is_contested else ''}{' ☍' if step.confidence.is_not_in_people else ''}"
    return f"{step.polarity.mark}{marks}\n{probability(step.score)}"


def wrap_label(label: str) -> str:
    """Return a label in few short lines, without control characters, cut with … where it is too long.

    >>> wrap_label("gut-derived neurotransmitter production").split()
    ['gut-derived', 'neurotransmitter', 'production']
    """
    text = without_controls(label)
    longest = max((len(part) for word in text.split() for part in word.split("-")), default=1)
    for width in range(min(longest, _CHARACTERS), _CHARACTERS + 1):
        lines = textwrap.wrap(text, width)
        if len(lines) <= _USUAL_LINES:
            return "\n".join(lines) or "…"
    return "\n".join(textwrap.wrap(text, _CHARACTERS, max_lines=_LINES, placeholder="…"))


def without_controls(text: str) -> str:
    """Return a text with a space for each control, format or unassigned character: no mark in it can turn its direction."""
    return "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)


def _entities(legs: Iterable[Leg]) -> list[Entity]:
    return list({entity.iri: entity for leg in legs for entity in (leg.start, leg.end)}.values())


def _entity_box(entity: Entity) -> Box:
    lines = wrap_label(entity.label).split("\n")
    return Box(entity.iri, _text_width(lines) + 2 * _PADDING, len(lines) * _LINE_HEIGHT + 2 * _PADDING)


def _badge_box(step: Step) -> Box:
    return Box(step_id(step), _text_width(badge_label(step).split("\n")) + 12, 2 * _LINE_HEIGHT + 6)


def _text_width(lines: Iterable[str]) -> float:
    """Return a generous estimate of the widest line in a system font."""
    return float(round(max(sum(_em(c) for c in line) for line in lines) * _FONT))


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.38
    if character in _BROAD or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.72 if character.isupper() else 0.61


def _without(node: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key not in keys}
