"""Estimate by Monte Carlo, over drawn worlds, how often a path holds: overall and for each sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rlsgraph.reasoning.reliability.causal_graph import Floats
from rlsgraph.reasoning.reliability.components import Components
from rlsgraph.reasoning.reliability.draws import Words, WorldDraws, pack_worlds, unpack_worlds
from rlsgraph.reasoning.reliability.program import BudgetSpentError
from rlsgraph.reasoning.reliability.region import Region
from rlsgraph.reasoning.reliability.world_search import WorldSearch
from rlsgraph.reasoning.reliability.worlds import ALL_WORLDS, ReachInWorlds, SignsInWorlds, add_certain

EVENTS = 4
"""Results have a row for the overall event and one for each sign: +1, -1, 0."""

_SIGNED_ROWS = ((1, 1), (2, -1), (3, 0))

WORLDS_PER_DRAW = 8_192
"""So many worlds, the same for all, estimate the support of each set of probabilities in `shares_many`."""

MOST_WORLDS_FOR_SLOPES = 16_384

SEARCH_BUDGET = 2_000_000
"""So many operations in all are spent on worlds that must be searched one by one."""

_CELLS = 2**19

Progress = Callable[[int, int], None]
"""Is told how many samples are done, and of how many."""


def _say_nothing(_done: int, _total: int) -> None: ...


class Shares(NamedTuple):
    """Of the worlds, the share where each event happens, and the share where that stayed undecided."""

    happens: Floats
    undecided: Floats


class Sampler:
    """Draw worlds over a region whose variables are numbered as in `ids`.

    `limit` bounds the terms of the signed program. Where it is not enough, worlds that walks leave open are searched one
    by one while `SEARCH_BUDGET` lasts; `shares_many` and `slopes` then count an open world as half.
    Without signs only the overall event is looked at.
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
        self._reach, self._signs = ReachInWorlds(region), SignsInWorlds(region, parts, limit=limit)

    def possible(self) -> NDArray[np.bool_]:
        """Return for each event whether it may happen at all: if not in the world where all variables hold, never."""
        return self._possible

    @cached_property
    def _possible(self) -> NDArray[np.bool_]:
        holds, search = np.full((len(self._ids) + 1, 1), ALL_WORLDS), self._new_search()
        found: NDArray[np.bool_] = np.concatenate((self._reach.find(holds)[np.newaxis], self._signs.find_walks(holds)))[:, 0] != 0
        for row, sign in _SIGNED_ROWS:
            try:
                found[row] = found[row] and search.has_path([True] * len(self._ids), sign)
            except BudgetSpentError:
                found[row] = self._signs.find(holds)[1][row - 1, 0] != 0
        return found

    def shares(self, probabilities: Floats, *, with_signs: bool) -> Shares:
        """Return the shares over all samples."""
        search = self._new_search()
        happens, undecided = np.zeros(EVENTS), np.zeros(EVENTS)
        for uniforms in self._iter_uniforms(self._samples, with_signs=with_signs):
            worlds = uniforms < probabilities[:, np.newaxis]
            holds = add_certain(pack_worlds(worlds))
            sure, perhaps = self._find(holds, uniforms.shape[1], with_signs=with_signs)
            self._search_open_worlds(search, worlds, sure, perhaps)
            happens += sure.sum(axis=1)
            undecided += (perhaps & ~sure).sum(axis=1)
        return Shares(happens / self._samples, undecided / self._samples)

    def shares_many(self, probabilities: Floats, *, with_signs: bool) -> Floats:
        """Return the share of each event (rows) for each row of probabilities (columns), over the same few worlds."""
        count = min(WORLDS_PER_DRAW, 64 * -(-self._samples // 64))
        uniforms = WorldDraws(self._ids, seed=self._seed).next_uniforms(count)
        width = max(1, self._worlds_at_once(with_signs=with_signs) // count)
        parts = []
        for first in range(0, len(probabilities), width):
            self._progress(first, len(probabilities))
            some = probabilities[first : first + width]
            worlds = uniforms[:, np.newaxis, :] < some.T[:, :, np.newaxis]
            holds = add_certain(pack_worlds(worlds.reshape(len(self._ids), -1)))
            sure, perhaps = self._find(holds, len(some) * count, with_signs=with_signs)
            parts.append((sure.astype(np.float64) + perhaps).reshape(EVENTS, len(some), count).mean(axis=2) / 2)
        self._progress(len(probabilities), len(probabilities))
        return np.concatenate(parts, axis=1)

    def slopes(self, probabilities: Floats, *, with_signs: bool) -> Floats:
        """Return for each event (rows) and variable (columns) the share of worlds in which the variable decides it."""
        samples = min(self._samples, MOST_WORLDS_FOR_SLOPES)
        total = np.zeros((EVENTS, len(self._ids)))
        for uniforms in self._iter_uniforms(samples, with_signs=with_signs):
            count = uniforms.shape[1]
            holds = add_certain(pack_worlds(uniforms < probabilities[:, np.newaxis]))
            sure, perhaps = self._find(holds, count, with_signs=with_signs)
            for variable in range(len(self._ids)):
                holds[variable] ^= ALL_WORLDS
                sure_now, perhaps_now = self._find(holds, count, with_signs=with_signs)
                holds[variable] ^= ALL_WORLDS
                total[:, variable] += ((sure ^ sure_now).sum(axis=1) + (perhaps ^ perhaps_now).sum(axis=1)) / 2
        return total / samples

    def _new_search(self) -> WorldSearch:
        return WorldSearch(self._region, self._parts, budget=SEARCH_BUDGET)

    def _worlds_at_once(self, *, with_signs: bool) -> int:
        rows = max(3 * len(self._region.edges), self._signs.size if with_signs else 0, len(self._ids), 1)
        return 64 * max(1, _CELLS // rows)

    def _iter_uniforms(self, samples: int, *, with_signs: bool) -> Iterator[Floats]:
        draws, block = WorldDraws(self._ids, seed=self._seed), self._worlds_at_once(with_signs=with_signs)
        for first in range(0, samples, block):
            self._progress(first, samples)
            yield draws.next_uniforms(min(block, samples - first))
        self._progress(samples, samples)

    def _find(self, holds: Words, count: int, *, with_signs: bool) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return where each event (rows) happens for sure and perhaps, by world (columns); no signed one without signs."""
        reached = self._reach.find(holds)[np.newaxis]
        none = np.zeros((EVENTS - 1, holds.shape[1]), dtype=np.uint64)
        sure, perhaps = self._signs.find(holds) if with_signs else (none, none)
        return (
            unpack_worlds(np.concatenate((reached, sure)), count),
            unpack_worlds(np.concatenate((reached, perhaps)), count),
        )

    def _search_open_worlds(
        self, search: WorldSearch, worlds: NDArray[np.bool_], sure: NDArray[np.bool_], perhaps: NDArray[np.bool_]
    ) -> None:
        """Decide in place, world by world, what is perhaps but not for sure, while the budget lasts."""
        for row, sign in _SIGNED_ROWS:
            for world in np.flatnonzero(perhaps[row] & ~sure[row]):
                if search.is_spent:
                    return
                try:
                    sure[row, world] = perhaps[row, world] = search.has_path(worlds[:, world].tolist(), sign)
                except BudgetSpentError:
                    continue
