"""Search single worlds for a simple path of a given sign, where counting steps alone cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rlsgraph.reasoning.reliability.causal_graph import CERTAIN
from rlsgraph.reasoning.reliability.components import Components
from rlsgraph.reasoning.reliability.program import BudgetSpentError
from rlsgraph.reasoning.reliability.region import Region

_Wanted = tuple[int, int]
"""A node, and the sign that the rest of the path from it must have."""


class WorldSearch:
    """Search worlds one by one; every step looked at counts as an operation against `budget`."""

    def __init__(self, region: Region, parts: Components, *, budget: int) -> None:
        self._region, self._parts = region, parts
        self._left, self._left_of_one = budget, 0
        self._is_signed = True
        self._budget_of_one = 10_000 + 10 * len(region.edges)
        self._entering: list[list[tuple[int, int, int]]] = [[] for _ in parts.steps]
        for tail, steps in enumerate(parts.steps):
            for _, head, sign, variable in steps:
                self._entering[head].append((tail, sign, variable))

    @property
    def is_spent(self) -> bool:
        """Whether the budget is used up."""
        return self._left <= 0

    def has_path(self, holds: Sequence[bool], sign: int | None) -> bool:
        """Tell whether a simple path of this sign (None: of any) holds; raise BudgetSpentError where that takes too long."""
        self._left_of_one = self._budget_of_one
        self._is_signed, sign = sign is not None, 1 if sign is None else sign
        distances = self._count_back(holds)
        start, end, left = self._region.start, self._region.end, self._region.max_steps
        if distances.get((start, sign), left + 1) > left:
            return False
        trail: list[Iterator[_Wanted]] = [self._onward((start, sign), left, holds, distances)]
        places = [self._parts.places[start]]
        while trail:
            wanted = next(trail[-1], None)
            if wanted is None:
                trail.pop()
                places.pop()
            elif wanted == (end, 1):
                return True
            elif (place := self._parts.places[wanted[0]]) not in places and wanted[0] != end:
                places.append(place)
                trail.append(self._onward(wanted, left - len(trail), holds, distances))
        return False

    def _onward(self, wanted: _Wanted, left: int, holds: Sequence[bool], distances: dict[_Wanted, int]) -> Iterator[_Wanted]:
        """Yield what is wanted one step on, nearest to the end first."""
        node, rest = wanted
        found = []
        for _, head, sign, variable in self._parts.steps[node]:
            self._spend()
            if variable != CERTAIN and not holds[variable]:
                continue
            sign = sign if self._is_signed else 1
            for after in (1, -1, 0) if sign == 0 == rest else (rest * sign,) if sign else ():
                distance = distances.get((head, after), left)
                if distance < left:
                    found.append((distance, head, after))
        yield from ((head, after) for _, head, after in sorted(found))

    def _count_back(self, holds: Sequence[bool]) -> dict[_Wanted, int]:
        """Return for each node and sign the least number of steps of a walk of that sign to the end."""
        distances = {(self._region.end, 1): 0}
        frontier = list(distances)
        while frontier:
            reached = []
            for state in frontier:
                node, rest = state
                for tail, sign, variable in self._entering[node]:
                    self._spend()
                    before = (tail, rest * sign if self._is_signed else rest)
                    if before not in distances and (variable == CERTAIN or holds[variable]):
                        distances[before] = distances[state] + 1
                        reached.append(before)
            frontier = reached
        return distances

    def _spend(self) -> None:
        self._left -= 1
        self._left_of_one -= 1
        if self._left < 0 or self._left_of_one < 0:
            raise BudgetSpentError
