"""Place boxes and the arrows between them in layers, by causal order, the same way every time.

A layered drawing after Sugiyama, Tagawa and Toda (1981, doi:10.1109/TSMC.1981.4308636) in four steps: layers, order
within a layer (barycentres, fewest crossings kept), position across the flow, position along it. networkx has the
layers (`topological_generations`) but its `multipartite_layout` neither avoids crossings nor knows how large a label is.

Each arrow carries a badge (its mark and score), which takes a layer of its own between those of the boxes; so a badge,
like a box, can cover nothing else. An arrow that spans several layers runs through waypoints.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_SEPARATION = 16.0
"""Least space between two neighbours of one layer."""
_LEAST_GAP = {False: 12.0, True: 24.0}
"""Least space between two layers, without and with arrowheads in it."""
_MOST_GAP = 64.0
_SLANT = 0.3
"""How much of a gap's largest sideways step is added to it, so that no line becomes steep."""
_MARGIN = 10.0
_SWEEPS = 24


@dataclass(frozen=True, slots=True)
class Box:
    """A thing of known size to place: an entity, or the badge of an arrow."""

    key: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from one box to another through its badge."""

    start: str
    end: str
    badge: Box


@dataclass(frozen=True, slots=True)
class Place:
    """A box with its centre; a waypoint is as wide as its layer and has no height."""

    key: str
    x: float
    y: float
    width: float
    height: float
    is_waypoint: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands: places by key, and for each arrow the keys that it runs through, from start to end."""

    places: Mapping[str, Place]
    routes: tuple[tuple[str, ...], ...]
    width: float
    height: float


def lay_out(boxes: Sequence[Box], arrows: Sequence[Arrow], *, downwards: bool = False) -> Layout:
    """Place boxes left to right (or downwards) in the order in which arrows lead from one to the next.

    An arrow that would close a cycle with those before it in the sequence is drawn against the flow, so put the
    most important first. Arrows must join two different boxes.
    """
    if downwards:
        turned = [replace(arrow, badge=_turn_box(arrow.badge)) for arrow in arrows]
        flat = lay_out([_turn_box(box) for box in boxes], turned)
        places = {key: _turn_place(place) for key, place in flat.places.items()}
        return Layout(places, flat.routes, flat.height, flat.width)
    layers = _assign_layers([box.key for box in boxes], arrows)
    sizes = {box.key: box for box in boxes} | {arrow.badge.key: arrow.badge for arrow in arrows}
    slots, routes = _make_slots(layers, arrows)
    neighbours = _neighbours(slots, routes)
    slots = _reduce_crossings(slots, neighbours)
    ys = _place_across(slots, neighbours, sizes)
    return _place_along(slots, neighbours, routes, sizes, ys, frozenset(arrow.badge.key for arrow in arrows))


def _turn_box(box: Box) -> Box:
    return replace(box, width=box.height, height=box.width)


def _turn_place(place: Place) -> Place:
    return replace(place, x=place.y, y=place.x, width=place.height, height=place.width)


def count_beside(keys: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Return how many lines meet at that side of each box where most do."""
    layers = _assign_layers(keys, arrows)
    sides: Counter[tuple[str, bool]] = Counter()
    for arrow in arrows:
        is_onward = layers[arrow.start] < layers[arrow.end]
        sides[arrow.start, is_onward] += 1
        sides[arrow.end, not is_onward] += 1
    return {key: max(sides[key, False], sides[key, True]) for key in keys}


def _assign_layers(keys: Sequence[str], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Return each box's layer: one more than its last predecessor's; a start stands just before its first successor."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(keys)
    for arrow in arrows:
        if not nx.has_path(graph, arrow.end, arrow.start):
            graph.add_edge(arrow.start, arrow.end)
    layers = {key: index for index, generation in enumerate(nx.topological_generations(graph)) for key in generation}
    for key in keys:
        if graph.in_degree(key) == 0 and graph.out_degree(key) > 0:
            layers[key] = min(layers[successor] for successor in graph.successors(key)) - 1
    return layers


Slots = list[list[str]]
"""The keys of each slot, in order: boxes in even slots, badges in odd ones, waypoints in both."""


def _make_slots(layers: Mapping[str, int], arrows: Sequence[Arrow]) -> tuple[Slots, list[list[str]]]:
    slots: Slots = [[] for _ in range(2 * max(layers.values(), default=0) + 1)]
    for key, layer in layers.items():
        slots[2 * layer].append(key)
    routes = []
    for arrow in arrows:
        first, last = sorted((2 * layers[arrow.start], 2 * layers[arrow.end]))
        between = [arrow.badge.key, *(f"{arrow.badge.key}~{slot}" for slot in range(first + 2, last))]
        for slot, key in enumerate(between, start=first + 1):
            slots[slot].append(key)
        backwards = layers[arrow.end] < layers[arrow.start]
        routes.append([arrow.start, *(reversed(between) if backwards else between), arrow.end])
    return slots, routes


@dataclass(frozen=True, slots=True)
class _Neighbours:
    before: Mapping[str, Sequence[str]]
    after: Mapping[str, Sequence[str]]


def _neighbours(slots: Slots, routes: Iterable[Sequence[str]]) -> _Neighbours:
    slot_of = {key: index for index, slot in enumerate(slots) for key in slot}
    before, after = defaultdict(list), defaultdict(list)
    for route in routes:
        for one, other in pairwise(route):
            left, right = (one, other) if slot_of[one] < slot_of[other] else (other, one)
            after[left].append(right)
            before[right].append(left)
    return _Neighbours(before, after)


def _reduce_crossings(slots: Slots, neighbours: _Neighbours) -> Slots:
    """Return the slots in the best order met while sweeping right and left by barycentres."""
    current = best = [list(slot) for slot in slots]
    fewest = _count_crossings(current, neighbours)
    for sweep in range(_SWEEPS):
        if fewest == 0:
            break
        forwards = sweep % 2 == 0
        current = [list(slot) for slot in current]
        indices = range(1, len(current)) if forwards else range(len(current) - 2, -1, -1)
        for index in indices:
            fixed = current[index - 1 if forwards else index + 1]
            rank = {key: position for position, key in enumerate(fixed)}
            towards = neighbours.before if forwards else neighbours.after
            wanted = {
                key: _mean([rank[other] for other in towards.get(key, ())], default=position)
                for position, key in enumerate(current[index])
            }
            current[index].sort(key=wanted.__getitem__)
        crossings = _count_crossings(current, neighbours)
        if crossings < fewest:
            best, fewest = current, crossings
    return best


def _count_crossings(slots: Slots, neighbours: _Neighbours) -> int:
    crossings = 0
    for left, right in pairwise(slots):
        rank = {key: position for position, key in enumerate(right)}
        ends = [sorted(rank[key] for key in neighbours.after.get(start, ())) for start in left]
        flat = [end for group in ends for end in group]
        crossings += sum(a > b for index, a in enumerate(flat) for b in flat[index + 1 :])
    return crossings


def _place_across(slots: Slots, neighbours: _Neighbours, sizes: Mapping[str, Box]) -> dict[str, float]:
    """Return each key's y: as near to the mean of its neighbours as order and separation allow."""
    heights = {key: sizes[key].height if key in sizes else 0.0 for slot in slots for key in slot}
    ys: dict[str, float] = {}
    for slot in slots:
        offsets = _offsets(slot, heights)
        ys |= {key: offset - offsets[-1] / 2 for key, offset in zip(slot, offsets, strict=True)} if slot else {}
    for sweep in range(_SWEEPS):
        for slot in slots if sweep % 2 == 0 else reversed(slots):
            if slot:
                wanted = [_wanted_y(key, neighbours, ys, sizes) for key in slot]
                ys |= zip(slot, _separate(wanted, _offsets(slot, heights)), strict=True)
    return ys


def _offsets(slot: Sequence[str], heights: Mapping[str, float]) -> list[float]:
    """Return how far each key of a slot must at least stand below the first."""
    offsets = [0.0] if slot else []
    for upper, lower in pairwise(slot):
        offsets.append(offsets[-1] + (heights[upper] + heights[lower]) / 2 + _SEPARATION)
    return offsets


def _wanted_y(key: str, neighbours: _Neighbours, ys: Mapping[str, float], sizes: Mapping[str, Box]) -> float:
    """Return the mean of the neighbours' y; a line straightens its waypoints first."""
    around = [*neighbours.before.get(key, ()), *neighbours.after.get(key, ())]
    waypoints = [other for other in around if other not in sizes]
    return _mean([ys[other] for other in around] + [ys[other] for other in waypoints] * 2, default=ys[key])


def _separate(wanted: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """Return the positions nearest to those wanted (least squares) that keep the offsets between neighbours."""
    pools: list[tuple[float, int]] = []  # isotonic regression by pooling neighbours: sum and count; scipy's takes 0.4 s to load
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before, size = pools.pop()
            total, count = before + total, size + count
        pools.append((total, count))
    fitted = [total / count for total, count in pools for _ in range(count)]
    return [value + offset for value, offset in zip(fitted, offsets, strict=True)]


def _place_along(
    slots: Slots,
    neighbours: _Neighbours,
    routes: Sequence[Sequence[str]],
    sizes: Mapping[str, Box],
    ys: Mapping[str, float],
    badges: frozenset[str],
) -> Layout:
    heights = {key: box.height for key, box in sizes.items()}  # a waypoint has none, but its line must not leave the drawing
    top = min((ys[key] - heights.get(key, 0.0) / 2 for slot in slots for key in slot), default=0.0)
    places: dict[str, Place] = {}
    left = _MARGIN
    for index, slot in enumerate(slots):
        width = max((sizes[key].width for key in slot if key in sizes), default=0.0)
        for key in slot:
            is_waypoint = key not in sizes
            height = 0.0 if is_waypoint else sizes[key].height
            own = sizes[key].width if key in badges else width
            places[key] = Place(key, round(left + width / 2), round(ys[key] - top + _MARGIN), own, height, is_waypoint)
        steps = [abs(ys[key] - ys[other]) for key in slot for other in neighbours.after.get(key, ())]
        least = _LEAST_GAP[index % 2 == 1]
        left += width + math.ceil(min(least + _SLANT * max(steps, default=0.0), _MOST_GAP))
    right = max((place.x + place.width / 2 for place in places.values()), default=0.0)
    bottom = max((place.y + place.height / 2 for place in places.values()), default=0.0)
    return Layout(places, tuple(tuple(route) for route in routes), right + _MARGIN, bottom + _MARGIN)


def _mean(values: Sequence[float], *, default: float) -> float:
    return sum(values) / len(values) if values else default
