"""Hold a directed, signed graph whose steps depend on independent yes-or-no variables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rlsgraph.errors import UnknownNameError
from rlsgraph.reasoning.reliability.step_costs import step_costs

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
    `places` gives each node's place by number: nodes of one place are one thing in several roles, and a path passes a
    place once. Where nothing is said of places, each node has its own.
    """

    node_ids: tuple[str, ...]
    edge_ids: tuple[str, ...]
    variable_ids: tuple[str, ...]
    tails: Ints
    heads: Ints
    signs: NDArray[np.int8]
    variables: Ints
    probabilities: Floats
    places: Ints

    @classmethod
    def from_edges(
        cls, edges: Iterable[Edge], *, nodes: Iterable[str] = (), places: Mapping[str, str] | None = None
    ) -> CausalGraph:
        """Build a graph from edges; `nodes` adds nodes that no edge touches, `places` names the place of some nodes.

        A node that `places` leaves out is a place of its own, under its own id.

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
        place_names = [(places or {}).get(name, name) for name in node_ids]
        place_at = {name: i for i, name in enumerate(dict.fromkeys(place_names))}
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
            places=[place_at[name] for name in place_names],
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
        places: Sequence[int] | Ints | None = None,
    ) -> CausalGraph:
        """Build a graph from arrays; node and variable ids must be sorted, edges may come in any order."""
        for kind, ids in (("node", node_ids), ("variable", variable_ids)):
            if any(a >= b for a, b in pairwise(ids)):
                raise ValueError(f"{kind} ids must be sorted and distinct")
        columns = {
            name: np.asarray(column, dtype=np.int64)
            for name, column in (("tail", tails), ("head", heads), ("sign", signs), ("variable", variables))
        }
        scores = np.array(probabilities, dtype=np.float64)
        if len(scores) != len(variable_ids) or any(len(column) != len(edge_ids) for column in columns.values()):
            raise ValueError("every edge needs a tail, a head, a sign and a variable, and every variable a probability")
        limits = {"tail": (0, len(node_ids)), "head": (0, len(node_ids)), "sign": (-1, 2), "variable": (CERTAIN, len(scores))}
        for name, (low, end) in limits.items():
            if len(edge_ids) and not (low <= columns[name].min() and columns[name].max() < end):
                raise ValueError(f"every edge's {name} must lie between {low} and {end - 1}")
        if not np.all((scores >= 0) & (scores <= 1)):
            raise ValueError("every probability must lie between 0 and 1")
        place = np.arange(len(node_ids), dtype=np.int32) if places is None else np.array(places, dtype=np.int32)
        if len(place) != len(node_ids):
            raise ValueError(f"{len(place)} places given for {len(node_ids)} nodes")
        tail, head, sign, variable = columns.values()
        rank_of = {edge_id: i for i, edge_id in enumerate(sorted(set(edge_ids)))}
        rank = np.fromiter((rank_of[edge_id] for edge_id in edge_ids), dtype=np.int64, count=len(edge_ids))
        order = np.lexsort((variable, sign, head, tail, rank))
        arrays = (tail[order].astype(np.int32), head[order].astype(np.int32), sign[order].astype(np.int8))
        graph = cls(tuple(node_ids), tuple(edge_ids[i] for i in order), tuple(variable_ids), *arrays,
                    variable[order].astype(np.int32), scores, place)  # fmt: skip
        for array in (graph.tails, graph.heads, graph.signs, graph.variables, graph.probabilities, graph.places):
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

    @cached_property
    def costs(self) -> Floats:
        """The cost of each edge, as `step_costs` gives it."""
        return step_costs(self.edge_probabilities)

    def get_node(self, node_id: str) -> int:
        """Return the index of a node; an id that is not there raises UnknownNameError."""
        try:
            return self.node_index[node_id]
        except KeyError:
            raise UnknownNameError("node of the causal graph", node_id) from None

    def get_ends(self, start: str, end: str) -> tuple[int, int]:
        """Return the indices of the two ends of a path, which must differ."""
        if start == end:
            raise ValueError(f"start and end are both {start!r}; a causal path joins two different nodes")
        return self.get_node(start), self.get_node(end)


def group_edges(ends: Ints, node_count: int) -> Adjacency:
    """Return the edges grouped by the node at the given end."""
    starts = np.zeros(node_count + 1, dtype=np.int32)
    np.cumsum(np.bincount(ends, minlength=node_count), out=starts[1:])
    return Adjacency(starts, np.argsort(ends, kind="stable").astype(np.int32))
