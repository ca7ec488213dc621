"""Paths and support, against the oracles of the literature and against counting every world of small random graphs."""

from itertools import pairwise, product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlsgraph.reasoning.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.paths import best_paths
from rlsgraph.reasoning.support import support

ORACLES = [
    ({"ab": 0.2, "be": 0.5, "ac": 0.3, "cd": 0.4, "de": 0.4, "ae": 0.1}, "a", "e", 0.228880),
    ({"ab": 0.5, "bc": 0.9, "bx": 0.9, "cd": 0.9, "xd": 0.9}, "a", "d", 0.481950),
    ({"sa": 0.6, "sb": 0.6, "at": 0.6, "bt": 0.6, "ab": 0.5, "ba": 0.5}, "s", "t", 0.648000),
]


@pytest.mark.parametrize(("probabilities", "start", "end", "wanted"), ORACLES)
def test_oracles(probabilities, start, end, wanted):
    graph = CausalGraph.from_edges([Edge(name, name[0], name[1], 1, p, name) for name, p in probabilities.items()])
    result = support(graph, start, end)
    assert result.overall.method.value == "exact"
    assert result.overall.value == pytest.approx(wanted, abs=1e-9)
    assert result.raising.value == pytest.approx(wanted, abs=1e-9)


def simple_paths(edges, start, end, max_steps):
    """Yield every simple path as a tuple of edges."""

    def walk(here, visited, steps):
        if here == end:
            yield steps
            return
        if len(steps) < max_steps:
            for edge in edges:
                if edge.tail == here and edge.head not in visited:
                    yield from walk(edge.head, {*visited, edge.head}, (*steps, edge))

    yield from walk(start, {start}, ())


def counted_support(edges, paths):
    """Return the probability that a path holds, overall and by sign, by adding up every world."""
    uncertain = [edge for edge in edges if edge.variable is not None]
    totals = {"overall": 0.0, 1: 0.0, -1: 0.0, 0: 0.0}
    for world in product((False, True), repeat=len(uncertain)):
        chance = prod(e.probability if holds else 1 - e.probability for e, holds in zip(uncertain, world, strict=True))
        held = {e.id for e, holds in zip(uncertain, world, strict=True) if holds} | {e.id for e in edges if e.variable is None}
        signs = {prod(edge.sign for edge in path) for path in paths if all(edge.id in held for edge in path)}
        totals["overall"] += chance * bool(signs)
        for sign in signs:
            totals[sign] += chance
    return totals


@st.composite
def signed_graphs(draw):
    """Return up to 10 edges on 5 nodes, with cycles, parallel edges, every sign and some certain steps."""
    ends = st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")).filter(lambda pair: pair[0] != pair[1])
    edges = []
    for number, (tail, head) in enumerate(draw(st.lists(ends, min_size=1, max_size=10))):
        sign = draw(st.sampled_from([1, 1, -1, -1, 0]))
        if draw(st.integers(0, 5)) == 0:
            edges.append(Edge(f"l{number}", tail, head, sign or 1))
        else:
            edges.append(Edge(f"c{number}", tail, head, sign, draw(st.sampled_from([0.1, 0.25, 0.5, 0.9])), f"c{number}"))
    return edges


@settings(max_examples=200, deadline=None)
@given(signed_graphs(), st.integers(1, 5))
def test_support_equals_the_sum_over_all_worlds(edges, max_steps):
    graph = CausalGraph.from_edges(edges, nodes="abcde")
    wanted = counted_support(edges, list(simple_paths(edges, "a", "e", max_steps)))
    result = support(graph, "a", "e", max_steps=max_steps)
    found = {"overall": result.overall, 1: result.raising, -1: result.lowering, 0: result.unknown}
    for part, estimate in found.items():
        assert estimate.method.value == "exact"
        assert estimate.value == pytest.approx(wanted[part], abs=1e-9), part


@settings(max_examples=200, deadline=None)
@given(signed_graphs(), st.integers(1, 5))
def test_best_paths_equal_a_sorted_enumeration(edges, max_steps):
    graph = CausalGraph.from_edges(edges, nodes="abcde")
    wanted = sorted(
        (-round(prod(e.probability for e in path), 12), len(path), [e.id for e in path])
        for path in simple_paths(edges, "a", "e", max_steps)
    )
    found = best_paths(graph, "a", "e", limit=1000, max_steps=max_steps)
    assert [[graph.edge_ids[i] for i in path.edges] for path in found] == [ids for _, _, ids in wanted]
    assert all(earlier.score >= later.score - 1e-12 for earlier, later in pairwise(found))
    by_id = {edge.id: edge for edge in edges}
    for path in found:
        assert path.sign == prod(by_id[graph.edge_ids[i]].sign for i in path.edges)


@settings(max_examples=100, deadline=None)
@given(signed_graphs(), st.integers(0, 9))
def test_support_never_falls_when_a_score_rises(edges, chosen):
    raised = [
        edge._replace(probability=0.95) if number == chosen and edge.variable is not None else edge
        for number, edge in enumerate(edges)
    ]
    before = support(CausalGraph.from_edges(edges, nodes="abcde"), "a", "e")
    after = support(CausalGraph.from_edges(raised, nodes="abcde"), "a", "e")
    for part in ("overall", "raising", "lowering", "unknown"):
        assert getattr(after, part).value >= getattr(before, part).value - 1e-12
