"""Find which definitional links cannot all hold: circles of kinds and parts, opposites that are kin, and odd rings of opposites.

Plain graph work over any hashable things, for what refuses files (`sense`) and what lists all that is wrong with them
(`curation/rules`); all of it takes time in proportion to the links, however they are tied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

_AT_ONCE = 1024
"""So many pairs of opposites are looked for in one walk, as bits of a number."""


def find_circles(above: Mapping[T, Iterable[T]]) -> Iterator[tuple[tuple[T, T], ...]]:
    """Yield circles, each as its links from a thing to what it is a kind or part of, until none is left without those."""
    left = {thing: dict.fromkeys(other for other in others if other != thing) for thing, others in above.items()}
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = tuple(pairwise(reversed(error.args[1])))
            for thing, other in circle:
                del left[thing][other]
            yield circle
        else:
            return


def find_kin_among(pairs: Iterable[tuple[T, T]], above: Mapping[T, Iterable[T]]) -> Iterator[tuple[T, T]]:
    """Yield the pairs of which one is a kind or part of the other, however far, that one first."""
    left = {thing: dict.fromkeys(other for other in others if other != thing) for thing, others in above.items()}
    for circle in find_circles(above):
        for thing, other in circle:
            del left[thing][other]
    order = tuple(TopologicalSorter(left).static_order())  # what is above comes first
    waiting = [pair for pair in pairs if pair[0] != pair[1]]
    for start in range(0, len(waiting), _AT_ONCE):
        some = waiting[start : start + _AT_ONCE]
        bits = {thing: 1 << place for place, thing in enumerate(dict.fromkeys(thing for pair in some for thing in pair))}
        held: dict[T, int] = {}
        for thing in order:
            bit = bits.get(thing, 0)
            for other in left.get(thing, ()):
                bit |= held[other]
            held[thing] = bit
        for one, other in some:
            for lower, upper in ((one, other), (other, one)):
                if held.get(lower, 0) & bits[upper]:
                    yield lower, upper


def find_odd_rings(pairs: Iterable[tuple[T, T]]) -> Iterator[tuple[T, T]]:
    """Yield the pairs of opposites that close a ring in which a thing would be the opposite of itself."""
    beside: dict[T, list[T]] = defaultdict(list)
    for one, other in pairs:
        if one != other:
            beside[one].append(other)
            beside[other].append(one)
    side: dict[T, bool] = {}
    told: set[frozenset[T]] = set()
    for start in beside:
        waiting = [] if start in side else [start]
        side.setdefault(start, True)
        while waiting:
            one = waiting.pop()
            for other in beside[one]:
                if other not in side:
                    side[other] = not side[one]
                    waiting.append(other)
                elif side[other] == side[one] and frozenset((one, other)) not in told:
                    told.add(frozenset((one, other)))
                    yield one, other
