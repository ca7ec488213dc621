"""Compile monotone events into one shared binary decision diagram and read exact probabilities off it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FALSE, TRUE = 0, 1
MAX_VARIABLES = 400
"""A diagram is not tried on more variables: its recursion goes as deep as it has variables."""


class BudgetSpentError(Exception):
    """Say that an event needs more counted operations than were allowed."""


class Diagram:
    """Build reduced ordered decision diagrams; equal events get equal numbers.

    Node i tests variable `order[levels[i]]`; `low[i]` and `high[i]` are what is left if it fails or holds. Nodes 0 and 1
    are the events that never and always happen. Each operation that is not remembered takes 1 from the budget.
    """

    def __init__(self, order: NDArray[np.int64], *, budget: int) -> None:
        self.order = order
        self.left = budget
        self.levels, self.low, self.high = [len(order), len(order)], [FALSE, TRUE], [FALSE, TRUE]
        self._level_of = {int(variable): level for level, variable in enumerate(order)}
        self._unique: dict[tuple[int, int, int], int] = {}
        self._ors: dict[tuple[int, int], int] = {}
        self._ands: dict[tuple[int, int], int] = {}

    def conjoin(self, variable: int, event: int) -> int:
        """Return the event that the variable and the event hold."""
        return self._restrict(self._level_of[variable], event)

    def disjoin(self, one: int, other: int) -> int:
        """Return the event that either holds."""
        if one == other or other == FALSE:
            return one
        if one == FALSE:
            return other
        if one == TRUE or other == TRUE:
            return TRUE
        key = (one, other) if one < other else (other, one)
        known = self._ors.get(key)
        if known is not None:
            return known
        self._spend()
        level, other_level = self.levels[one], self.levels[other]
        if level == other_level:
            node = self._node(
                level, self.disjoin(self.low[one], self.low[other]), self.disjoin(self.high[one], self.high[other])
            )
        elif level < other_level:
            node = self._node(level, self.disjoin(self.low[one], other), self.disjoin(self.high[one], other))
        else:
            node = self._node(other_level, self.disjoin(one, self.low[other]), self.disjoin(one, self.high[other]))
        self._ors[key] = node
        return node

    def _restrict(self, level: int, event: int) -> int:
        here = self.levels[event]
        if event == FALSE:
            return FALSE
        if here > level:
            return self._node(level, FALSE, event)
        if here == level:
            return self._node(level, FALSE, self.high[event])
        known = self._ands.get((level, event))
        if known is None:
            self._spend()
            known = self._node(here, self._restrict(level, self.low[event]), self._restrict(level, self.high[event]))
            self._ands[level, event] = known
        return known

    def _node(self, level: int, low: int, high: int) -> int:
        if low == high:
            return low
        key = (level, low, high)
        node = self._unique.get(key)
        if node is None:
            node = self._unique[key] = len(self.levels)
            self.levels.append(level)
            self.low.append(low)
            self.high.append(high)
        return node

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise BudgetSpentError
