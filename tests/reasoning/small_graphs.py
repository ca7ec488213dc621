"""Small random causal graphs, and what is true of them by enumeration: every simple path, every world."""

from __future__ import annotations

from math import prod

import numpy as np
from hypothesis import strategies as st

from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.reliability.estimates import Part

SCORES = (0.05, 0.2, 0.25, 0.4, 0.5, 0.8, 0.9, 1.0)
SIGNS = {Part.OVERALL: (1, -1, 0), Part.RAISING: (1,), Part.LOWERING: (-1,), Part.UNKNOWN: (0,)}


@st.composite
def small_edges(draw, most=14, nodes="abcdef", scores=SCORES):
    """Return up to `most` edges with cycles, parallels, all signs, certain steps and claims that several edges share."""
    given_scores: dict[str, float] = {}
    edges = []
    for number in range(draw(st.integers(1, most))):
        tail, head = draw(st.permutations(nodes))[:2]
        kind = draw(st.sampled_from(["own"] * 6 + ["shared", "certain"]))
        if kind == "certain":
            edges.append(Edge(f"l{number:02}", tail, head, draw(st.sampled_from([1, -1]))))
            continue
        sign = draw(st.sampled_from([1, 1, -1, -1, 0]))
        claim = draw(st.sampled_from(sorted(given_scores))) if kind == "shared" and given_scores else f"c{number:02}"
        score = given_scores.setdefault(claim, draw(st.sampled_from(scores)))
        edges.append(Edge(f"c{number:02}", tail, head, sign, score, claim))
    return edges


PLACES = st.sampled_from([{}, {}, {"d": "c"}, {"d": "c", "f": "e"}, {"d": "c", "e": "c"}, {"d": "a"}, {"d": "b", "f": "c"}])
"""Which nodes are another's place in another role; most often none."""


def graph_of(edges, nodes="abcdef", places=None):
    return CausalGraph.from_edges(edges, nodes=nodes, places=places)


def enumerate_paths(graph, start, end, max_steps=None):
    """Return the edges of every simple path, found by walking everywhere; each place is passed once."""
    first, last = graph.get_ends(start, end)
    tails, heads, places, found = graph.tails.tolist(), graph.heads.tolist(), graph.places.tolist(), []

    def walk(here, visited, steps):
        if here == last:
            found.append(steps)
        elif max_steps is None or len(steps) < max_steps:
            for edge in range(len(tails)):
                if tails[edge] == here and places[heads[edge]] not in visited:
                    walk(heads[edge], {*visited, places[heads[edge]]}, (*steps, edge))

    walk(first, {places[first]}, ())
    return found


def sign_of(graph, path):
    return prod(int(graph.signs[edge]) for edge in path)


def enumerate_support(graph, start, end, max_steps=None):
    """Return the support of each part, by adding up the probabilities of all worlds."""
    count = len(graph.variable_ids)
    worlds = (np.arange(2**count)[:, np.newaxis] >> np.arange(count)) & 1 == 1
    chances = np.where(worlds, graph.probabilities, 1 - graph.probabilities).prod(axis=1)
    happens = {part: np.zeros(len(worlds), dtype=bool) for part in Part}
    for path in enumerate_paths(graph, start, end, max_steps):
        needed = sorted({int(graph.variables[edge]) for edge in path} - {-1})
        holds = worlds[:, needed].all(axis=1)
        for part, signs in SIGNS.items():
            if sign_of(graph, path) in signs:
                happens[part] |= holds
    return {part: float(chances[rows].sum()) for part, rows in happens.items()}


def random_graph(random, node_count, edge_count, signs=(1, 1, -1)):
    """Return a graph of distinct directed pairs without parallels, each edge its own claim."""
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < edge_count:
        tail, head = random.sample(range(node_count), 2)
        pairs.add((tail, head))
    names = [f"n{number:03}" for number in range(node_count)]
    edges = []
    for number, (tail, head) in enumerate(sorted(pairs)):
        claim = f"c{number:03}"
        edges.append(Edge(claim, names[tail], names[head], random.choice(signs), round(random.uniform(0.1, 0.9), 3), claim))
    return CausalGraph.from_edges(edges, nodes=names)
