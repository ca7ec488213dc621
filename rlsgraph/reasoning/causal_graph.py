"""Hold a directed, signed graph whose steps depend on independent yes-or-no variables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CERTAIN = -1
"""The variable index of a step that always holds."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class Edge(NamedTuple):
    """One step from `tail` to `head`; it holds with `probability`, or always where `variable` is None.

    `sign` is +1 or −1, or 0 where the direction of the effect is unknown. Edges that name the same variable hold or
    fail together, and must give the same probability.
    """

    id: str
    tail: str
    head: str
    sign: int
    probability: float = 1.0
    variable: str | None = None


class Adjacency(NamedTuple):
    """Edges grouped by one of their ends: those of node v are `edges[starts[v]:starts[v + 1]]`, in rising order."""

    starts: Ints
    edges: Ints


@dataclass(frozen=True, eq=False)
class CausalGraph:
    """Hold nodes, edges and variables as read-only arrays in the order of their ids, so load order never shows.

    `tails`, `heads` and `signs` are indexed by edge; `variables` gives each edge's variable, or `CERTAIN`;
    `probabilities` is indexed by variable. An edge costs 13 bytes here, 8 for its cost and 8 for the two adjacencies.
    """

    node_ids: tuple[str, ...]
    edge_ids: tuple[str, ...]
    variable_ids: tuple[str, ...]
    tails: Ints
    heads: Ints
    signs: NDArray[np.int8]
    variables: Ints
    probabilities: Floats

    @classmethod
    def from_edges(cls, edges: Iterable[Edge], *, nodes: Iterable[str] = ()) -> CausalGraph:
        """Build a graph from edges; `nodes` adds nodes that no edge touches.

        >>> graph = CausalGraph.from_edges([Edge("c1", "a", "b", +1, 0.5, "c1"), Edge("l1", "b", "c", -1)])
        >>> graph.node_ids, graph.edge_probabilities.tolist()
        (('a', 'b', 'c'), [0.5, 1.0])
        """
        rows = list(edges)
        names = {name for edge in rows for name in (edge.tail, edge.head)}
        scores: dict[str, float] = {}
        for edge in rows:
            if edge.variable is None:
                if edge.probability != 1.0:
                    raise ValueError(f"edge {edge.id!r} has probability {edge.probability} and no variable that it depends on")
            elif scores.setdefault(edge.variable, edge.probability) != edge.probability:
                raise ValueError(f"variable {edge.variable!r} is given two probabilities")
        node_ids, variable_ids = sorted(names.union(nodes)), sorted(scores)
        node_at = {name: i for i, name in enumerate(node_ids)}
        variable_at = {name: i for i, name in enumerate(variable_ids)}
        return cls.from_arrays(
            node_ids,
            [edge.id for edge in rows],
            variable_ids,
            tails=[node_at[edge.tail] for edge in rows],
            heads=[node_at[edge.head] for edge in rows],
            signs=[edge.sign for edge in rows],
            variables=[CERTAIN if edge.variable is None else variable_at[edge.variable] for edge in rows],
            probabilities=[scores[name] for name in variable_ids],
        )

    @classmethod
    def from_arrays(
        cls,
        node_ids: Sequence[str],
        edge_ids: Sequence[str],
        variable_ids: Sequence[str],
        *,
        tails: Sequence[int] | Ints,
        heads: Sequence[int] | Ints,
        signs: Sequence[int] | NDArray[np.int8],
        variables: Sequence[int] | Ints,
        probabilities: Sequence[float] | Floats,
    ) -> CausalGraph:
        """Build a graph from arrays; node and variable ids must be sorted, edges may come in any order."""
        for kind, ids in (("node", node_ids), ("variable", variable_ids)):
            if any(a >= b for a, b in zip(ids, ids[1:], strict=False)):
                raise ValueError(f"{kind} ids must be sorted and distinct")
        columns = [np.asarray(column, dtype=np.int64) for column in (tails, heads, signs, variables)]
        scores = np.array(probabilities, dtype=np.float64)
        if len(scores) != len(variable_ids) or any(len(column) != len(edge_ids) for column in columns):
            raise ValueError("every edge needs a tail, a head, a sign and a variable, and every variable a probability")
        for name, column, low, high in zip(
            ("tail", "head", "sign", "variable"), columns, (0, 0, -1, CERTAIN), (len(node_ids), len(node_ids), 2, len(scores)),
            strict=True,
        ):  # fmt: skip
            if len(column) and not (low <= column.min() and column.max() < high):
                raise ValueError(f"every {name} must lie between {low} and {high - 1}")
        if not np.all((scores >= 0) & (scores <= 1)):
            raise ValueError("every probability must lie between 0 and 1")
        tail, head, sign, variable = columns
        by_id = np.argsort(np.array(edge_ids, dtype=object), kind="stable") if len(edge_ids) else np.empty(0, np.int64)
        rank = np.empty(len(edge_ids), np.int64)
        rank[by_id] = np.arange(len(edge_ids))
        ordered_ids = [edge_ids[i] for i in by_id]
        same_as_last = [i > 0 and ordered_ids[i] == ordered_ids[i - 1] for i in range(len(ordered_ids))]
        rank[by_id] -= _run_positions(same_as_last)
        order = np.lexsort((variable, sign, head, tail, rank))
        arrays = (tail[order].astype(np.int32), head[order].astype(np.int32), sign[order].astype(np.int8))
        graph = cls(tuple(node_ids), tuple(edge_ids[i] for i in order), tuple(variable_ids), *arrays,
                    variable[order].astype(np.int32), scores)  # fmt: skip
        for array in (graph.tails, graph.heads, graph.signs, graph.variables, graph.probabilities):
            array.setflags(write=False)
        return graph

    @cached_property
    def node_index(self) -> dict[str, int]:
        """The index of each node id."""
        return {name: i for i, name in enumerate(self.node_ids)}

    @cached_property
    def edge_probabilities(self) -> Floats:
        """The probability of each edge; 1 where it is certain."""
        return np.append(self.probabilities, 1.0)[self.variables]

    @cached_property
    def leaving(self) -> Adjacency:
        """The edges that leave each node."""
        return group_edges(self.tails, len(self.node_ids))

    @cached_property
    def entering(self) -> Adjacency:
        """The edges that enter each node."""
        return group_edges(self.heads, len(self.node_ids))

    def get_node(self, node_id: str) -> int:
        """Return the index of a node; an id that is not there raises KeyError."""
        return self.node_index[node_id]


def group_edges(ends: Ints, node_count: int) -> Adjacency:
    """Return the edges grouped by the node at the given end."""
    starts = np.zeros(node_count + 1, dtype=np.int32)
    np.cumsum(np.bincount(ends, minlength=node_count), out=starts[1:])
    return Adjacency(starts, np.argsort(ends, kind="stable").astype(np.int32))
