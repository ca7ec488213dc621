"""Find the best simple paths between two nodes, by the product of their steps' probabilities."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from rlsgraph.reasoning.reliability.causal_graph import Adjacency, CausalGraph, Floats, Ints, group_edges
from rlsgraph.reasoning.reliability.region import cut_region

TABLE_STEPS = 64
"""Up to this many steps the least costs are tabled step by step; beyond it one shortest-path tree bounds them."""


@dataclass(frozen=True, slots=True)
class PathSteps:
    """One simple path: indices of its edges in order, the product of their probabilities, and of their signs."""

    edges: tuple[int, ...]
    score: float
    sign: int


def best_paths(
    graph: CausalGraph, start: str, end: str, *, limit: int = 10, max_steps: int | None = None
) -> tuple[PathSteps, ...]:
    """Return the best simple paths, best first; ties by number of steps, then by the edges' ids in order.

    See `iter_best_paths`, which finds them one by one.

    >>> from rlsgraph.reasoning.reliability.causal_graph import Edge
    >>> graph = CausalGraph.from_edges(
    ...     [Edge("1", "a", "b", +1, 0.5, "1"), Edge("2", "b", "c", -1, 0.4, "2"), Edge("3", "a", "c", -1, 0.2, "3")]
    ... )
    >>> [(path.edges, path.score, path.sign) for path in best_paths(graph, "a", "c")]
    [((2,), 0.2, -1), ((0, 1), 0.2, -1)]
    """
    if limit < 0:
        raise ValueError(f"limit is {limit}; it must be 0 or more")
    return tuple(islice(iter_best_paths(graph, start, end, max_steps=max_steps), limit))


def iter_best_paths(graph: CausalGraph, start: str, end: str, *, max_steps: int | None = None) -> Iterator[PathSteps]:
    """Yield the simple paths of at most `max_steps` steps, best first; ties by number of steps, then by edge ids.

    A step is an edge, certain ones (definitional links) included. Edges of probability 0 are not walked. A path passes each
    place once. A probability that two steps share counts at each of them. Products are compared through `step_costs`:
    exact where the same factors or decimals of up to four digits meet, else to about one part in 10^9.

    The search extends prefixes of paths in the order of a lower bound on what they lead to (A*), the cost so far plus
    the least cost onward. Where the cheapest way onward would cross the prefix itself, the bound is first made exact by a
    search around the prefix (as in Yen's algorithm and Lawler's variant of it). So every prefix that is extended leads to
    a path that will be yielded, and k paths of length L on a graph of E edges cost at most k * L * degree searches of
    O(E log E) with no `max_steps`, max_steps times that with one; most prefixes need no search at all. Where a place has
    several nodes, the search around a prefix may still pass one twice, and its bound is then a bound and no more.
    """
    first, last = graph.get_ends(start, end)
    search = _search_within(graph, first, last, max_steps)
    probabilities = graph.edge_probabilities
    for edges in search.iter_paths():
        score = math.prod(float(probabilities[edge]) for edge in edges)
        yield PathSteps(edges, score, math.prod(int(graph.signs[edge]) for edge in edges))


def _search_within(graph: CausalGraph, start: int, end: int, max_steps: int | None) -> _Search:
    """Return the search over the region between the ends, or over the whole graph where no number of steps bounds it."""
    most = len(graph.node_ids) - 1
    if max_steps is None and most > TABLE_STEPS:
        least = [_least_costs(graph.entering, graph.tails, graph.costs, end)]
        return _Search(graph.leaving, graph.heads, graph.places, graph.costs, None, least, start, end, most)
    region = cut_region(graph, start, end, max_steps=max_steps, usable=np.isfinite(graph.costs))
    costs = graph.costs[region.edges]
    hops_out = None
    if region.max_steps <= TABLE_STEPS:
        least = _tabled_costs(region.leaving, region.heads, costs, region.end, region.max_steps)
    else:
        entering = group_edges(region.heads, len(region.nodes))
        least, hops_out = [_least_costs(entering, region.tails, costs, region.end)], region.hops_out
    ends = (region.start, region.end, region.max_steps)
    return _Search(region.leaving, region.heads, region.places, costs, region.edges, least, *ends, hops_out)


def _tabled_costs(leaving: Adjacency, heads: Ints, costs: Floats, end: int, max_steps: int) -> list[Floats]:
    """Return for r = 0, 1, … each node's least cost to the end in at most r steps, until more steps change nothing."""
    starts, edges = leaving
    tails = np.flatnonzero(np.diff(starts))
    targets, weights = heads[edges], costs[edges]
    rows = [np.full(len(starts) - 1, np.inf)]
    rows[0][end] = 0.0
    for _ in range(max_steps if len(edges) else 0):
        row = rows[-1].copy()
        row[tails] = np.minimum(row[tails], np.minimum.reduceat(weights + rows[-1][targets], starts[tails]))
        if np.array_equal(row, rows[-1]):
            break
        rows.append(row)
    return rows


def _least_costs(entering: Adjacency, tails: Ints, costs: Floats, end: int) -> Floats:
    """Return each node's least cost to the end, over any number of steps."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    starts, edges = entering
    backward = csr_array((costs[edges], tails[edges], starts), shape=(len(starts) - 1, len(starts) - 1))
    least: Floats = dijkstra(backward, indices=end)
    return least


class _Search:
    """Extend prefixes of simple paths from the start to the end, in the order of what they lead to at best."""

    def __init__(
        self,
        leaving: Adjacency,
        heads: Ints,
        places: Ints,
        costs: Floats,
        edge_names: Ints | None,
        least: list[Floats],
        start: int,
        end: int,
        max_steps: int,
        hops_out: Ints | None = None,
    ) -> None:
        self._leaving, self._heads, self._costs, self._edge_names = leaving, heads, costs, edge_names
        self._places = places
        self._least, self._start, self._end, self._max_steps = least, start, end, max_steps
        self._hops_out = hops_out
        self._onward: dict[int, list[tuple[int, int, int, float]]] = {}

    def iter_paths(self) -> Iterator[tuple[int, ...]]:
        """Yield the edges of each path, by cost (steps included), then by the edges themselves."""
        bound = self._bound(self._start, self._max_steps)
        if math.isinf(bound):
            return
        # bound on the whole path, edges so far, node, places so far, cost so far, whether the bound has been searched for
        first = (bound, (), self._start, (int(self._places[self._start]),), 0.0, False)
        queue: list[tuple[float, tuple[int, ...], int, tuple[int, ...], float, bool]] = [first]
        while queue:
            bound, edges, node, passed, cost, is_exact = heapq.heappop(queue)
            if node == self._end:
                yield edges if self._edge_names is None else tuple(int(self._edge_names[edge]) for edge in edges)
                continue
            left = self._max_steps - len(edges)
            if not is_exact and not self._runs_clear(node, passed, left):
                exact = cost + self._cost_around(node, passed, left)
                if exact > bound:
                    if not math.isinf(exact):
                        heapq.heappush(queue, (exact, edges, node, passed, cost, True))
                    continue
            for edge, head, place, step_cost in self._steps_from(node):
                onward = self._bound(head, left - 1)
                if not math.isinf(onward) and place not in passed:
                    reached = cost + step_cost
                    entry = (max(bound, reached + onward), (*edges, edge), head, (*passed, place), reached, False)
                    heapq.heappush(queue, entry)

    def _steps_from(self, node: int) -> list[tuple[int, int, int, float]]:
        """Return edge, head, its place and cost of each step above probability 0 that leaves a node, by edge."""
        steps = self._onward.get(node)
        if steps is None:
            starts, edges = self._leaving
            leaving = edges[starts[node] : starts[node + 1]]
            leaving = leaving[np.isfinite(self._costs[leaving])]
            heads = self._heads[leaving]
            columns = (leaving, heads, self._places[heads], self._costs[leaving])
            steps = list(zip(*(column.tolist() for column in columns), strict=True))
            self._onward[node] = steps
        return steps

    def _bound(self, node: int, left: int) -> float:
        """Return a lower bound on the cost from a node to the end in at most `left` steps, as if all nodes were free."""
        if self._hops_out is not None and left < self._hops_out[node]:
            return math.inf
        return float(self._least[min(left, len(self._least) - 1)][node])

    def _runs_clear(self, node: int, places: tuple[int, ...], left: int) -> bool:
        """Tell whether a cheapest way onward from a node takes at most `left` steps and passes no place twice."""
        passed = set(places)
        while node != self._end:
            target = self._bound(node, left)
            onward = (step for step in self._steps_from(node) if step[3] + self._bound(step[1], left - 1) == target)
            step = next(onward, None)
            if step is None:
                return False
            _, node, place, _ = step
            left -= 1
            if place in passed or left < 0:
                return False
            passed.add(place)
        return True

    def _cost_around(self, last: int, places: tuple[int, ...], left: int) -> float:
        """Return the least cost from a node to the end in at most `left` steps, avoiding the places behind.

        This is A* over (node, steps): of two ways to a node, one that is neither cheaper nor shorter is dropped.
        """
        closed = set(places)
        queue = [(self._bound(last, left), 0.0, 0, last)]
        settled: dict[int, list[tuple[float, int]]] = {}
        while queue:
            total, cost, steps, node = heapq.heappop(queue)
            if node == self._end:
                return total
            ways = settled.setdefault(node, [])
            if any(other_cost <= cost and other_steps <= steps for other_cost, other_steps in ways):
                continue
            ways.append((cost, steps))
            for _, head, place, step_cost in self._steps_from(node):
                onward = self._bound(head, left - steps - 1) if steps < left else math.inf
                if place not in closed and not math.isinf(onward):
                    heapq.heappush(queue, (cost + step_cost + onward, cost + step_cost, steps + 1, head))
        return math.inf
