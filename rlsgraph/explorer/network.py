"""Give legs as a pyvis network: labels, shapes, widths, plain-text tooltips, every node at a fixed place.

The page takes its nodes and edges from the same network (`draw`), and dresses them by itself in light or dark.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer import drawing
from rlsgraph.explorer.drawing import Leg, badge_label, key_of, lay_out_legs, look_of, step_id, without_controls, wrap_label
from rlsgraph.explorer.palette import BOX_LINE, GROUPS, NO_GROUP, SOFT, TONES, WHITE
from rlsgraph.model.namespaces import group_name
from rlsgraph.model.things import Claim, Entity
from rlsgraph.reasoning.causal_path import Inheritance, Step

if TYPE_CHECKING:
    from pyvis.network import Network

    from rlsgraph.explorer.layout import Layout, Place

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 0},
    "interaction": {"hover": True, "tooltipDelay": 150, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"shape": "box", "margin": 3, "shapeProperties": {"borderRadius": 4}},
    "edges": {"smooth": False, "arrowStrikethrough": True, "selectionWidth": 0, "hoverWidth": 0},
}


def to_pyvis(legs: Sequence[Leg]) -> Network:
    """Return a network that can be shown as it is: an entity as a box, a step as a line through a badge with its score."""
    across = lay_out_legs(legs)
    network = _network(legs, across)
    entities = {f"entity:{key_of(entity.iri)}": entity for leg in legs for entity in (leg.start, leg.end)}
    steps = {step_id(leg.step): leg.step for leg in legs}
    for node in network.nodes:
        node |= {"physics": False, "fixed": True}
        if node["kind"] == "waypoint":
            node |= {"shape": "dot", "size": 0.1, "color": SOFT, "label": " "}
            continue
        node |= {"widthConstraint": node.pop("w") - 6, "heightConstraint": node.pop("h") - 6, "font": {"size": 13}}
        node |= _entity_look(entities[node["id"]]) if node["kind"] == "entity" else _badge_look(steps[node["id"]])
    looks = drawing.looks(steps.values())
    for edge in network.edges:
        step, look = steps[edge["step"]], looks[edge["look"]]
        ends = look["arrows"] if edge["arrows"] else {}
        edge |= {"width": look["width"], "dashes": look["dashes"], "arrows": ends, "color": _tone(step), "title": _words(step)}
    network.set_options(json.dumps(_OPTIONS))
    return network


def draw(legs: Sequence[Leg]) -> dict[str, Any]:
    """Return the page's nodes and edges of a network, each node with its place in two drawings.

    `x, y, w, h` hold for the drawing from left to right, `down` has the same four for the one from top to bottom.
    """
    across, down = lay_out_legs(legs), lay_out_legs(legs, downwards=True)
    network = _network(legs, across)
    names = _names(legs)
    seats = {names.get(key, key): _seat(place) for key, place in down.places.items()}
    kept = ("id", "label", "kind", "x", "y", "w", "h")
    return {
        "nodes": [{name: node[name] for name in kept} | {"down": seats[node["id"]]} for node in network.nodes],
        "edges": network.edges,
        "size": [across.width, across.height],
        "down": [down.width, down.height],
    }


def _network(legs: Sequence[Leg], across: Layout) -> Network:
    """Return the nodes and edges of legs, without their looks; a step goes through its badge, and through waypoints."""
    from pyvis.network import Network  # pulls IPython, so only when a network is made

    network = Network(directed=True)
    badges, names = {step_id(leg.step): leg.step for leg in legs}, _names(legs)
    entities = {entity.iri: entity for leg in legs for entity in (leg.start, leg.end)}
    for key, place in across.places.items():
        kind = "waypoint" if place.is_waypoint else "badge" if key in badges else "entity"
        label = wrap_label(entities[key].label) if kind == "entity" else badge_label(badges[key]) if kind == "badge" else " "
        x, y, w, h = _seat(place)
        network.add_node(names.get(key, key), label, kind=kind, x=x, y=y, w=w, h=h)
    for leg, route in zip(legs, across.routes, strict=True):
        for number, (start, end) in enumerate(pairwise(route), 2):
            arrows = "to" if number == len(route) else ""
            ends = names.get(start, start), names.get(end, end)
            network.add_edge(*ends, step=step_id(leg.step), look=look_of(leg.step), arrows=arrows)
    return network


def _names(legs: Sequence[Leg]) -> dict[str, str]:
    """Return the node's name of each entity; badges and waypoints are called as their places are."""
    return {entity.iri: f"entity:{key_of(entity.iri)}" for leg in legs for entity in (leg.start, leg.end)}


def _seat(place: Place) -> list[float]:
    return [place.x, place.y, place.width, place.height]


def _entity_look(entity: Entity) -> dict[str, Any]:
    words = [entity.label, *([f"also: {', '.join(entity.synonyms)}"] if entity.synonyms else []), entity.definition]
    colour = {"background": GROUPS.get(group_name(entity.group), NO_GROUP), "border": BOX_LINE}
    return {"shape": "box", "color": colour, "title": _plain(words)}


def _badge_look(step: Step) -> dict[str, Any]:
    scored = isinstance(step, Claim)
    colour = {"background": WHITE, "border": _tone(step) if scored else WHITE}
    return {"shape": "box", "color": colour, "title": _words(step)}


def _tone(step: Step) -> str:
    return TONES[step.polarity] if isinstance(step, Claim) else SOFT


def _words(step: Step) -> str:
    """Return what a tooltip says of a step, as plain text."""
    if isinstance(step, Claim):
        reach = f"{step.level.label} {step.score:.2f}, 90% interval {step.low:.2f} to {step.high:.2f}"
        return _plain([str(step), reach, f"{len(step.evidence)} evidence items"])
    if isinstance(step, Inheritance):
        link = step.link
        return _plain([f"assumed: {link.subject.label} does as {link.object.label} does, {step.probability:.2f}"])
    return _plain([str(step), "by definition", step.reason])


def _plain(lines: Sequence[str]) -> str:
    """Return lines of plain text of bearable length: vis-network shows a tooltip's markup as markup only where it is no text."""
    kept = (without_controls(line) for line in lines if line)
    return "\n".join(line if len(line) <= 300 else f"{line[:299]}…" for line in kept)
