"""Cut out of a causal graph what lies between two nodes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rlsgraph.reasoning.reliability.causal_graph import Adjacency, CausalGraph, Ints, group_edges

UNREACHED = np.int32(2**29)


@dataclass(frozen=True, eq=False)
class Region:
    """Hold the nodes and edges that some walk of at most `max_steps` steps from start to end can use.

    `nodes` and `edges` are indices into the graph, rising; all else counts nodes and edges from 0 within the region.
    Variables and places keep the graph's numbers. `hops_in` and `hops_out` are each node's least number of steps from the
    start and to the end.
    """

    nodes: Ints
    edges: Ints
    tails: Ints
    heads: Ints
    signs: NDArray[np.int8]
    variables: Ints
    start: int
    end: int
    max_steps: int
    hops_in: Ints
    hops_out: Ints
    places: Ints

    @cached_property
    def leaving(self) -> Adjacency:
        """The edges that leave each node."""
        return group_edges(self.tails, len(self.nodes))


def cut_region(
    graph: CausalGraph, start: int, end: int, *, max_steps: int | None, usable: NDArray[np.bool_] | None = None
) -> Region:
    """Return the region between two nodes; `usable` (by edge) leaves edges out; no `max_steps` means any number."""
    if max_steps is not None and max_steps < 1:
        raise ValueError(f"max_steps is {max_steps}; it must be at least 1")
    steps = len(graph.node_ids) - 1 if max_steps is None else min(max_steps, len(graph.node_ids) - 1)
    hops_in = count_hops(graph.leaving, graph.heads, start, steps, usable)
    hops_out = count_hops(graph.entering, graph.tails, end, steps, usable)
    tail_places, head_places = graph.places[graph.tails], graph.places[graph.heads]
    kept = (hops_in[graph.tails] + 1 + hops_out[graph.heads] <= steps) & (tail_places != head_places)
    kept &= (head_places != graph.places[start]) & (tail_places != graph.places[end])
    if usable is not None:
        kept &= usable
    edges = np.flatnonzero(kept).astype(np.int32)
    inside = np.zeros(len(graph.node_ids), dtype=bool)
    inside[[start, end]] = inside[graph.tails[edges]] = inside[graph.heads[edges]] = True
    nodes = np.flatnonzero(inside).astype(np.int32)
    place = np.cumsum(inside, dtype=np.int32) - 1
    return Region(
        nodes=nodes,
        edges=edges,
        tails=place[graph.tails[edges]],
        heads=place[graph.heads[edges]],
        signs=graph.signs[edges],
        variables=graph.variables[edges],
        start=int(place[start]),
        end=int(place[end]),
        max_steps=steps,
        hops_in=hops_in[nodes],
        hops_out=hops_out[nodes],
        places=graph.places[nodes],
    )


def count_hops(adjacency: Adjacency, far_ends: Ints, origin: int, limit: int, usable: NDArray[np.bool_] | None = None) -> Ints:
    """Return each node's least number of steps from the origin, `UNREACHED` beyond the limit."""
    starts, edges = adjacency
    hops = np.full(len(starts) - 1, UNREACHED, dtype=np.int32)
    place = np.empty_like(hops)
    hops[origin] = 0
    frontier = np.array([origin], dtype=np.int32)
    for step in range(1, limit + 1):
        first, count = starts[frontier], starts[frontier + 1] - starts[frontier]
        total = int(count.sum())
        if not total:
            break
        offsets = np.repeat(first - (np.cumsum(count) - count), count) + np.arange(total, dtype=np.int32)
        reached = edges[offsets]
        if usable is not None:
            reached = reached[usable[reached]]
        found = far_ends[reached]
        found = found[hops[found] == UNREACHED]
        place[found] = np.arange(len(found), dtype=np.int32)
        frontier = found[place[found] == np.arange(len(found))]
        if not len(frontier):
            break
        hops[frontier] = step
    return hops


def least_steps(graph: CausalGraph, start: str, end: str) -> int | None:
    """Return the least number of steps that lead from start to end over edges above probability 0; None if none do.

    So where `best_paths` finds nothing within `max_steps`, this tells "not at all" from "only with more steps".
    """
    first, last = graph.get_ends(start, end)
    hops = count_hops(graph.leaving, graph.heads, first, len(graph.node_ids), graph.edge_probabilities > 0)[last]
    return None if hops == UNREACHED else int(hops)
