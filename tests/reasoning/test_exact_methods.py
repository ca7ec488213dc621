"""Each exact method alone, against the sum over all worlds; and what happens when the budget is spent."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.reliability.components import find_components
from rlsgraph.reasoning.reliability.diagram import decide_by_diagram
from rlsgraph.reasoning.reliability.estimates import Part
from rlsgraph.reasoning.reliability.factoring import decide_by_factoring
from rlsgraph.reasoning.reliability.program import BudgetSpentError, node_program, signed_program, step_program
from rlsgraph.reasoning.reliability.region import cut_region

from .small_graphs import PLACES, enumerate_support, graph_of, random_graph, small_edges

ENOUGH = 10**6
FOUR = (Part.RAISING, Part.LOWERING, Part.UNKNOWN, Part.OVERALL)


def programs(graph, start, end, max_steps):
    """Yield each program that fits, with the meaning of its outputs and whether it is acyclic."""
    region = cut_region(graph, *graph.get_ends(start, end), max_steps=max_steps)
    parts = find_components(region)
    yield signed_program(region, parts, limit=ENOUGH), FOUR, True
    yield step_program(region, parts, limit=ENOUGH), (Part.OVERALL,), True
    if parts.walks_are_paths and region.max_steps >= parts.longest[region.start]:
        yield node_program(region, parts), (Part.OVERALL,), False


@settings(max_examples=250, deadline=None)
@given(small_edges(most=15), PLACES, st.sampled_from([None, 1, 2, 3, 4, 6]), st.randoms(use_true_random=False))
def test_every_exact_method_gives_the_sum_over_all_worlds(edges, places, max_steps, random):
    graph = graph_of(edges, places=places)
    wanted = enumerate_support(graph, "a", "b", max_steps)
    order = random.sample(range(len(graph.variable_ids)), len(graph.variable_ids))
    for program, meaning, is_acyclic in programs(graph, "a", "b", max_steps):
        for place, part in enumerate(meaning):
            attempts = [decide_by_factoring(program, place, budget=ENOUGH)]
            if is_acyclic:
                attempts.append(decide_by_diagram(program, place, budget=ENOUGH))
                attempts.append(decide_by_diagram(program, place, order=order, budget=ENOUGH))
            for decisions in attempts:
                assert decisions.value(graph.probabilities) == pytest.approx(wanted[part], abs=1e-12)


@pytest.mark.parametrize("decide", [decide_by_diagram, decide_by_factoring])
def test_a_spent_budget_says_so(decide):
    graph = random_graph(random.Random(5), 12, 30)
    region = cut_region(graph, *graph.get_ends("n000", "n011"), max_steps=8)
    signed = signed_program(region, find_components(region), limit=ENOUGH)
    with pytest.raises(BudgetSpentError):
        decide(signed, budget=10)
    assert 0 < decide(signed, budget=10**7).value(graph.probabilities) < 1
    with pytest.raises(BudgetSpentError):
        signed_program(region, find_components(region), limit=10)


def components(*signed_pairs):
    graph = CausalGraph.from_edges([Edge(f"{t}{h}", t, h, sign, 0.5, f"{t}{h}") for t, h, sign in signed_pairs])
    region = cut_region(graph, *graph.get_ends("a", "b"), max_steps=None)
    return region, find_components(region)


def test_only_cycles_that_are_not_positive_change_signs():
    detour = [("a", "e", 1), ("e", "f", 1), ("f", "b", 1)]  # so that walks may be long enough to go round
    way = [("a", "c", 1), ("c", "d", -1), ("d", "b", 1), *detour]
    for back, changes in ((("d", "c", -1), False), (("d", "c", 1), True), (("d", "c", 0), True)):
        _, parts = components(*way, back)
        assert any(parts.changes_sign) is changes
    assert not any(components(*way)[1].changes_sign)


def test_positive_cycles_need_no_memory_of_the_way():
    tangle = [(x, y, 1) for x in "cdefgh" for y in "cdefgh" if x != y]
    ends = [("a", "c", 1), ("h", "b", 1)]
    plain, tangled = components(*tangle, *ends), components(*tangle[:8], ("d", "g", -1), *tangle[9:], *ends)
    slots = [len(signed_program(region, parts, limit=ENOUGH).terms) for region, parts in (plain, tangled)]
    assert slots[0] == len(step_program(*plain, limit=ENOUGH).terms)
    assert slots[1] > 1.5 * slots[0]


def test_a_node_that_only_leads_on_does_not_hide_the_node_behind_it():
    """Such a node shares the slot of the node behind it, which its own longer ways must not be taken to cover."""
    rows = [("ae", "c"), ("ec", "c"), ("ce", "c"), ("fb", "c"), ("ab", "c"), ("ef", "l"), ("de", "l"), ("ed", "l")]
    edges = [Edge(n, n[0], n[1], 1, 0.5, n) if kind == "c" else Edge(n, n[0], n[1], 1) for n, kind in rows]
    graph = graph_of(edges)
    for program, meaning, _ in programs(graph, "a", "b", None):
        if Part.OVERALL in meaning:
            found = decide_by_factoring(program, meaning.index(Part.OVERALL), budget=ENOUGH)
            assert found.value(graph.probabilities) == pytest.approx(0.625)
