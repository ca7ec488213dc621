"""Measure best paths and sampled support against networkx and igraph, side by side in one run of about four minutes."""

from __future__ import annotations

import math
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice, pairwise
from typing import Any

import numpy as np

from rlsgraph.reasoning.reliability.causal_graph import CausalGraph
from rlsgraph.reasoning.reliability.estimates import Part
from rlsgraph.reasoning.reliability.paths import best_paths
from rlsgraph.reasoning.reliability.region import least_steps
from rlsgraph.reasoning.reliability.support import compile_support

SEED = 7
LARGE, LARGE_PAIRS = (100_000, 300_000), 20
SMALL, SMALL_PAIRS = (200, 600), 5
PATHS = 10
SAMPLES = 4_096
ROUNDS = 9
MOST_STEPS = 8
MEMORY = "memory"
COMMAND = ("support", "gut dysbiosis", "RLS symptoms")

Pair = tuple[int, int]
World = list[tuple[int, int]]


class RandomGraph:
    """Hold a seeded graph of distinct directed pairs, each its own claim, in the form of each library."""

    def __init__(self, node_count: int, edge_count: int) -> None:
        random = np.random.default_rng(SEED)
        drawn = random.permutation(np.unique(random.integers(0, node_count**2, 2 * edge_count)))
        tails, heads = np.divmod(drawn, node_count)
        kept = np.flatnonzero(tails != heads)[:edge_count]
        self.tails, self.heads = tails[kept], heads[kept]
        self.scores = random.uniform(0.05, 0.95, edge_count)
        self.signs = random.choice((1, 1, -1), edge_count)
        self.names = [f"n{number:06}" for number in range(node_count)]

    @cached_property
    def ours(self) -> CausalGraph:
        claims = [f"c{number:06}" for number in range(len(self.scores))]
        return CausalGraph.from_arrays(
            self.names, claims, claims, tails=self.tails, heads=self.heads, signs=self.signs,
            variables=np.arange(len(claims), dtype=np.int32), probabilities=self.scores,
        )  # fmt: skip

    @cached_property
    def networkx(self) -> Any:
        import networkx

        graph = networkx.DiGraph()
        graph.add_nodes_from(range(len(self.names)))
        columns = (column.tolist() for column in (self.tails, self.heads, self.scores, -np.log(self.scores)))
        graph.add_edges_from((tail, head, {"score": p, "cost": cost}) for tail, head, p, cost in zip(*columns, strict=True))
        return graph

    @cached_property
    def igraph(self) -> Any:
        import igraph

        graph = igraph.Graph(n=len(self.names), edges=np.column_stack((self.tails, self.heads)), directed=True)
        graph.es["cost"] = -np.log(self.scores)
        return graph

    def pick_pairs(self, count: int, *, max_steps: float = math.inf) -> list[Pair]:
        """Return so many pairs of different nodes, the second of which can be reached from the first."""
        random = np.random.default_rng(SEED)
        pairs: list[Pair] = []
        while len(pairs) < count:
            start, end = random.choice(len(self.names), 2, replace=False).tolist()
            steps = least_steps(self.ours, self.names[start], self.names[end])
            if steps is not None and steps <= max_steps:
                pairs.append((start, end))
        return pairs


def our_paths(graph: RandomGraph, start: int, end: int) -> list[float]:
    """Return the scores of the best paths by rlsgraph."""
    return [path.score for path in best_paths(graph.ours, graph.names[start], graph.names[end], limit=PATHS)]


def networkx_paths(graph: RandomGraph, start: int, end: int) -> list[float]:
    """Return the scores of the best paths by networkx."""
    import networkx

    found = islice(networkx.shortest_simple_paths(graph.networkx, start, end, weight="cost"), PATHS)
    return [math.prod(graph.networkx.edges[step]["score"] for step in pairwise(path)) for path in found]


def igraph_paths(graph: RandomGraph, start: int, end: int) -> list[float]:
    """Return the scores of the best paths by igraph."""
    found = graph.igraph.get_k_shortest_paths(start, to=end, k=PATHS, weights="cost", output="epath")
    return [float(np.prod(graph.scores[path])) for path in found]


def our_support(graph: RandomGraph, start: int, end: int, *, max_steps: int | None, parts: Sequence[Part]) -> list[float]:
    """Return the overall support by rlsgraph; all parts named are estimated, by samples alone."""
    ends = graph.names[start], graph.names[end]
    function = compile_support(graph.ours, *ends, max_steps=max_steps, samples=SAMPLES, budget=0)
    return [function.estimates(parts)[Part.OVERALL].value]


def networkx_support(
    graph: RandomGraph, start: int, end: int, *, max_steps: int | None, build: Callable[[Any, World], Any]
) -> list[float]:
    """Return the overall support by networkx, which looks at one world after another, for a path of any sign."""
    import networkx

    whole = graph.networkx
    edges = list(zip(graph.tails.tolist(), graph.heads.tolist(), strict=True))
    happens = 0
    for holds in np.random.default_rng(SEED).random((SAMPLES, len(edges))) < graph.scores:
        world = build(whole, [edges[place] for place in np.flatnonzero(holds)])
        if max_steps is None:
            happens += networkx.has_path(world, start, end)
        else:
            happens += end in networkx.single_source_shortest_path_length(world, start, cutoff=max_steps)
    return [happens / SAMPLES]


def build_world(whole: Any, world: World) -> Any:
    """Return a graph of its own with the edges that hold."""
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(whole)
    graph.add_edges_from(world)
    return graph


def filter_world(whole: Any, world: World) -> Any:
    """Return a view of the whole graph through the edges that hold."""
    import networkx

    held = set(world)
    return networkx.subgraph_view(whole, filter_edge=lambda tail, head: (tail, head) in held)


def race(
    contenders: Mapping[str, Callable[[int, int], Sequence[float]]], pairs: Sequence[Pair], *, tolerance: Callable[[float], float]
) -> dict[str, float]:
    """Return each contender's median seconds over the pairs, all in turn; answers beyond the tolerance raise."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for pair in pairs:
        answers = {}
        for name, find in contenders.items():
            begin = time.perf_counter()
            answers[name] = sorted(find(*pair))
            times[name].append(time.perf_counter() - begin)
        ours, *others = answers.values()
        for other in others:
            if len(other) != len(ours) or any(abs(a - b) > tolerance(a) for a, b in zip(ours, other, strict=True)):
                raise ValueError(f"the contenders disagree about {pair}: {answers}")
    return {name: statistics.median(column) for name, column in times.items()}


def print_race(what: str, medians: Mapping[str, float], bounds: Mapping[str, float]) -> bool:
    """Print a row for each contender beside the first; tell whether those with a bound are slower by it."""
    (_, ours), *others = medians.items()
    for name, other in others:
        bound = f"≥ {bounds[name]:g}" if name in bounds else "–"
        print(f"| {what} | {ours * 1000:.1f} ms | {name}: {other * 1000:,.0f} ms | {other / ours:.1f} | {bound} |", flush=True)
    return all(medians[name] / ours >= bound for name, bound in bounds.items())


def print_memory() -> bool:
    """Print the row of the peak memory of the best paths alone, in a process of its own."""
    child = subprocess.run([sys.executable, __file__, MEMORY], check=True, capture_output=True, text=True)
    peak = int(child.stdout) * 1024 / 1e9
    what = f"peak memory of {LARGE[1]:,} edges, built from arrays, and their best paths"
    print(f"| {what} | {peak:.2f} GB | – | – | ≤ 1.5 GB |", flush=True)
    return peak <= 1.5


def find_paths_only() -> None:
    """Build the large graph, find the best paths of every pair and print the peak memory in KiB."""
    graph = RandomGraph(*LARGE)
    for pair in graph.pick_pairs(LARGE_PAIRS):
        our_paths(graph, *pair)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def race_paths() -> bool:
    """Print the rows of the best paths."""
    graph = RandomGraph(*LARGE)
    finders = {"rlsgraph": our_paths, "networkx": networkx_paths, "igraph": igraph_paths}
    assert graph.networkx and graph.igraph  # built before the clock runs
    medians = race(
        {name: partial(find, graph) for name, find in finders.items()},
        graph.pick_pairs(LARGE_PAIRS),
        tolerance=lambda score: 1e-9 * score,
    )
    what = f"{PATHS} best paths, {LARGE[0]:,} nodes and {LARGE[1]:,} edges"
    return print_race(what, medians, {"networkx": 10, "igraph": 10})


def race_support(what: str, parts: Sequence[Part], max_steps: int | None, *, bound: float | None = 50) -> bool:
    """Print the rows of sampled support; the pairs are the same whatever the number of steps."""
    graph = RandomGraph(*SMALL)
    assert graph.networkx  # built before the clock runs
    medians = race(
        {
            "rlsgraph": partial(our_support, graph, max_steps=max_steps, parts=parts),
            "networkx, a graph a world": partial(networkx_support, graph, max_steps=max_steps, build=build_world),
            "networkx, a view a world": partial(networkx_support, graph, max_steps=max_steps, build=filter_world),
        },
        graph.pick_pairs(SMALL_PAIRS, max_steps=MOST_STEPS),
        tolerance=lambda share: 5 * math.sqrt(2 * (share * (1 - share) + 1 / SAMPLES) / SAMPLES),
    )
    steps = "any number of steps" if max_steps is None else f"at most {max_steps} steps"
    what = f"support {what}, {steps}, {SAMPLES:,} samples, {SMALL[0]} nodes and {SMALL[1]} edges"
    return print_race(what, medians, {} if bound is None else {"networkx, a graph a world": bound})


def print_process() -> bool:
    """Print the row of the whole process, after one run that fills the cache."""
    command, name = [sys.executable, "-m", "rlsgraph", *COMMAND], f"`rlsgraph {COMMAND[0]}`, the whole process"
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begin)
    median = statistics.median(times)
    print(f"| {name} | {median * 1000:.0f} ms | – | – | ≤ 1 s |")
    return median <= 1.0


def main() -> None:
    """Print a row for each bound."""
    if sys.argv[1:] == [MEMORY]:
        return find_paths_only()
    print("| what | ours | beside it | ratio | bound |\n|---|---|---|---|---|")
    # memory comes first: a child's ru_maxrss is never less than what its parent held when it started
    met = [
        print_memory(),
        race_paths(),
        race_support("overall", (Part.OVERALL,), None),
        race_support("overall and by sign", tuple(Part), MOST_STEPS),
        # networkx is not asked for signs; with any number of steps a simple path of a given sign is NP-hard to find
        race_support("overall and by sign", tuple(Part), None, bound=None),
        print_process(),
    ]
    sys.exit(not all(met))


if __name__ == "__main__":
    main()
