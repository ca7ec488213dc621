"""Estimate by Monte Carlo, over drawn worlds, how often a path holds: overall and for each sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rlsgraph.reasoning.reliability.causal_graph import Floats
from rlsgraph.reasoning.reliability.components import Components
from rlsgraph.reasoning.reliability.draws import (
    ALL_WORLDS,
    Words,
    WorldDraws,
    count_worlds,
    pack_worlds,
    unpack_worlds,
)
from rlsgraph.reasoning.reliability.estimates import Part
from rlsgraph.reasoning.reliability.program import BudgetSpentError
from rlsgraph.reasoning.reliability.region import Region
from rlsgraph.reasoning.reliability.world_search import WorldSearch
from rlsgraph.reasoning.reliability.worlds import ReachInWorlds, SignsInWorlds

_SIGNS = {Part.RAISING: 1, Part.LOWERING: -1, Part.UNKNOWN: 0}
_PLACES = {event: place for place, event in enumerate(_SIGNS)}

WORLDS_PER_DRAW = 4_096
"""So many worlds, the same for all, estimate the support of each set of probabilities in `shares_many`."""

MOST_WORLDS_FOR_SLOPES = 16_384

SEARCH_BUDGET = 2_000_000
"""So many operations in all are spent on worlds that must be searched one by one."""

_CELLS = 2**19

Progress = Callable[[int, int], None]
"""Is told how many samples are done, and of how many."""


def _say_nothing(_done: int, _total: int) -> None: ...


class Share(NamedTuple):
    """The share of worlds where an event happens, and the share where that stayed undecided."""

    happens: float
    undecided: float


class Sampler:
    """Draw worlds over a region whose variables are numbered as in `ids`, and look at the events that are asked for.

    `limit` bounds the terms of a program. Where it is not enough, worlds that walks leave open are searched one
    by one while `SEARCH_BUDGET` lasts; `shares_many` and `slopes` then count an open world as half.
    """

    def __init__(
        self,
        region: Region,
        parts: Components,
        ids: Sequence[str],
        *,
        seed: int,
        samples: int,
        limit: int,
        progress: Progress | None = None,
    ) -> None:
        self._progress = progress or _say_nothing
        self._region, self._parts, self._ids = region, parts, ids
        self._seed, self._samples = seed, samples
        self._reach, self._signs = ReachInWorlds(region, parts, limit=limit), SignsInWorlds(region, parts, limit=limit)

    def is_possible(self, event: Part) -> bool:
        """Return whether an event may happen at all: if not in the world where all variables hold, never."""
        return self._possible[event]

    @cached_property
    def _possible(self) -> Mapping[Part, bool]:
        holds, search = np.full((len(self._ids) + 1, 1), ALL_WORLDS), self._new_search()
        walks = {Part.OVERALL: self._reach.find_walks(holds)[0, 0]} | dict(
            zip(_SIGNS, self._signs.find_walks(holds)[:, 0], strict=True)
        )
        possible = {}
        for event, walk in walks.items():
            try:
                possible[event] = bool(walk) and search.has_path([True] * len(self._ids), _SIGNS.get(event))
            except BudgetSpentError:
                possible[event] = bool(self._find(holds, (event,))[1][0, 0])
        return possible

    def shares(self, rows: Sequence[Floats], events: Sequence[Part]) -> list[dict[Part, Share]]:
        """Return the share of each event over all samples, for each row of probabilities: the same random numbers for all."""
        searches = [self._new_search() for _ in rows]
        found = [np.zeros((2, len(events))) for _ in rows]
        for count, drawn in self._iter_worlds(self._samples, rows, events):
            for worlds, search, counts in zip(drawn, searches, found, strict=True):
                sure, perhaps = self._find(worlds, events)
                if not np.array_equal(sure, perhaps):
                    sure, perhaps = self._search_open_worlds(search, worlds, sure, perhaps, events)
                counts += count_worlds(sure, count), count_worlds(perhaps & ~sure, count)
        return [
            {event: Share(*(float(n) / self._samples for n in counts[:, place])) for place, event in enumerate(events)}
            for counts in found
        ]

    def shares_many(self, rows: Floats, events: Sequence[Part]) -> Floats:
        """Return the share of each event (rows) for each row of probabilities (columns), over the same few worlds."""
        count = min(WORLDS_PER_DRAW, 64 * -(-self._samples // 64))
        width = max(1, 64 * self._words_at_once(events) // count)
        shares: list[Floats] = []
        for worlds in WorldDraws(self._ids, seed=self._seed).iter_worlds_of_rows(count, rows, at_once=width):
            self._progress(len(shares) * width, len(rows))
            some = worlds.shape[1]
            found = self._find(worlds.reshape(len(worlds), -1), events)
            sure, perhaps = (count_worlds(each.reshape(len(events), some, -1), count) for each in found)
            shares.append((sure + perhaps) / (2 * count))
        self._progress(len(rows), len(rows))
        return np.concatenate(shares, axis=1)

    def slopes(self, rows: Sequence[Floats], event: Part) -> list[Floats]:
        """Return for each variable the share of worlds in which it decides whether an event happens, for each row."""
        samples = min(self._samples, MOST_WORLDS_FOR_SLOPES)
        totals = [np.zeros(len(self._ids)) for _ in rows]
        for count, drawn in self._iter_worlds(samples, rows, (event,)):
            for holds, total in zip(drawn, totals, strict=True):
                self._count_turns(holds, event, count, total)
        return [total / (2 * samples) for total in totals]

    def _count_turns(self, holds: Words, event: Part, count: int, total: Floats) -> None:
        """Add for each variable in how many worlds the event turns with it, for sure and perhaps."""
        sure, perhaps = self._find(holds, (event,))
        width = max(1, self._words_at_once((event,)) // holds.shape[1])
        for first in range(0, len(self._ids), width):
            some = range(first, min(first + width, len(self._ids)))
            turned = np.tile(holds[:, np.newaxis], (1, len(some), 1))
            turned[some, range(len(some))] ^= ALL_WORLDS
            for before, after in zip((sure, perhaps), self._find(turned.reshape(len(holds), -1), (event,)), strict=True):
                total[first : first + width] += count_worlds(before ^ after.reshape(len(some), -1), count)

    def _new_search(self) -> WorldSearch:
        return WorldSearch(self._region, self._parts, budget=SEARCH_BUDGET)

    def _words_at_once(self, events: Sequence[Part]) -> int:
        rows = max(self._reach.size, len(self._ids), *(self._signs.size for event in events if event in _SIGNS), 1)
        return max(1, _CELLS // rows)

    def _iter_worlds(self, samples: int, rows: Sequence[Floats], events: Sequence[Part]) -> Iterator[tuple[int, list[Words]]]:
        """Yield how many worlds come at a time, and these worlds for each row of probabilities."""
        draws, block = WorldDraws(self._ids, seed=self._seed), 64 * self._words_at_once(events)
        for first in range(0, samples, block):
            self._progress(first, samples)
            count = min(block, samples - first)
            yield count, draws.next_worlds(count, rows)
        self._progress(samples, samples)

    def _find(self, holds: Words, events: Sequence[Part]) -> tuple[Words, Words]:
        """Return where each event (rows) happens for sure, and perhaps."""
        sure, perhaps = (np.empty((len(events), holds.shape[1]), dtype=np.uint64) for _ in range(2))
        signed = [place for place, event in enumerate(events) if event in _SIGNS]
        for place, event in enumerate(events):
            if event not in _SIGNS:
                (sure[place],), (perhaps[place],) = self._reach.find(holds)
        if signed:
            sure[signed], perhaps[signed] = self._signs.find(holds, [_PLACES[events[place]] for place in signed])
        return sure, perhaps

    def _search_open_worlds(
        self, search: WorldSearch, worlds: Words, sure: Words, perhaps: Words, events: Sequence[Part]
    ) -> tuple[Words, Words]:
        """Decide world by world what is perhaps but not for sure, while the budget lasts."""
        holds, is_sure, may_be = (unpack_worlds(words) for words in (worlds, sure, perhaps))
        for row, event in enumerate(events):
            for world in np.flatnonzero(may_be[row] & ~is_sure[row]):
                if search.is_spent:
                    break
                try:
                    is_sure[row, world] = may_be[row, world] = search.has_path(holds[:, world].tolist(), _SIGNS.get(event))
                except BudgetSpentError:
                    continue
        return pack_worlds(is_sure), pack_worlds(may_be)
