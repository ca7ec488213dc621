"""Read exact probabilities and their derivatives off graphs of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rlsgraph.reasoning.reliability.causal_graph import Floats, Ints
from rlsgraph.reasoning.reliability.program import ALWAYS, NEVER

_CELLS = 2**19
"""How many numbers `value_many` holds at once (4 MB): more would not stay in the processor's cache."""


@dataclass(frozen=True, eq=False)
class Decisions:
    """Hold the decision nodes of one event: node i is `high[i]` where its variable holds and `low[i]` where it fails.

    Nodes 0 and 1 are the events that never and always happen; `root` is the event itself. A node stands after those it
    leads to, and no variable is met twice on a way down. So the probability of a node is (1 - p) P(low) + p P(high):
    linear in each p.
    """

    variables: Ints
    low: Ints
    high: Ints
    root: int

    @classmethod
    def gather(cls, nodes: Sequence[tuple[int, int, int]], root: int) -> Decisions:
        """Keep of (variable, low, high) rows, the first two of them placeholders, what the root leads to; number it anew."""
        kept = {NEVER, ALWAYS, root}
        waiting = [root] if root > ALWAYS else []
        while waiting:
            for child in nodes[waiting.pop()][1:]:
                if child not in kept:
                    kept.add(child)
                    waiting.append(child)
        order = sorted(kept)
        number = {node: i for i, node in enumerate(order)}
        rows = [(nodes[node][0], number[nodes[node][1]], number[nodes[node][2]]) for node in order[2:]]
        columns = np.array([(0, 0, 0), (0, 1, 1), *rows], dtype=np.int32).T
        variables, low, high = (np.ascontiguousarray(column) for column in columns)
        return cls(variables, low, high, number[root])

    @cached_property
    def layers(self) -> tuple[NDArray[np.int64], ...]:
        """The nodes after the first two, in groups that lead only to groups before."""
        heights = [0, 0]
        for low, high in zip(self.low.tolist()[2:], self.high.tolist()[2:], strict=True):
            heights.append(1 + max(heights[low], heights[high]))
        height = np.array(heights)
        order = np.argsort(height, kind="stable")
        return tuple(np.split(order, np.flatnonzero(np.diff(height[order])) + 1)[1:])

    def value(self, probabilities: Floats) -> float:
        """Return the probability of the event; `probabilities` is indexed by variable."""
        return float(self._values(probabilities[np.newaxis])[self.root, 0])

    def value_many(self, probabilities: Floats) -> Floats:
        """Return the probability of the event for each row of probabilities."""
        width = max(1, _CELLS // len(self.low))
        blocks = [probabilities[first : first + width] for first in range(0, len(probabilities), width)]
        return np.concatenate([self._values(block)[self.root] for block in blocks])

    def _values(self, probabilities: Floats) -> Floats:
        """Return the probability of every node (rows) for each row of probabilities (columns)."""
        columns = np.ascontiguousarray(probabilities.T)
        value = np.zeros((len(self.low), columns.shape[1]))
        value[ALWAYS] = 1.0
        for layer in self.layers:
            low = value[self.low[layer]]
            value[layer] = low + columns[self.variables[layer]] * (value[self.high[layer]] - low)
        return value

    def gradient(self, probabilities: Floats) -> Floats:
        """Return d P / d p for every variable: P if it holds, less P if it fails."""
        value = self._values(probabilities[np.newaxis])[:, 0]
        share = np.zeros(len(self.low))
        share[self.root] = 1.0
        slope = np.zeros(len(probabilities))
        for layer in reversed(self.layers):
            variable, low, high = self.variables[layer], self.low[layer], self.high[layer]
            np.add.at(slope, variable, share[layer] * (value[high] - value[low]))
            np.add.at(share, low, share[layer] * (1 - probabilities[variable]))
            np.add.at(share, high, share[layer] * probabilities[variable])
        return slope
