"""The same input gives the same answer: in another process, under another hash seed, in another order."""

import os
import subprocess
import sys

PROGRAM = """
import random
import numpy as np
from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.reliability.gaps import find_gaps
from rlsgraph.reasoning.reliability.paths import best_paths
from rlsgraph.reasoning.reliability.support import compile_support

picked = random.Random(6)
ends = [picked.sample(range(25), 2) for _ in range(70)]
edges = [Edge(f"c{i:02}", f"n{a:02}", f"n{b:02}", picked.choice((1, -1, 0)), picked.choice((0.2, 0.5, 0.7)), f"c{i:02}")
         for i, (a, b) in enumerate(ends)]
random.Random(ORDER).shuffle(edges)
graph = CausalGraph.from_edges(set(edges))
print(graph.edge_ids, graph.tails.tolist())
print([(path.edges, path.score) for path in best_paths(graph, "n00", "n01", limit=40)])
logits = np.log(graph.probabilities / (1 - graph.probabilities))
sds = np.full(len(logits), 0.9)
outcomes = {name: ((1 + p) / 2, p / 2) for name, p in zip(graph.variable_ids, graph.probabilities.tolist())}
for budget in (1_000_000, 0):
    function = compile_support(graph, "n00", "n01", max_steps=9, budget=budget, samples=4096)
    print(function.methods, function.value(), find_gaps(function, outcomes)[:5])
    print(function.intervals(logits, sds, draws=200))
"""


def test_the_same_every_time():
    outputs = set()
    for hash_seed, order in (("0", 1), ("1", 2), ("4242", 3)):
        code = PROGRAM.replace("ORDER", str(order))
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        assert "Monte Carlo" in done.stdout
        assert "exact" in done.stdout
        outputs.add(done.stdout)
    assert len(outputs) == 1
