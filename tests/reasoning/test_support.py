"""Support: exact where the budget lets it be, within its stated error elsewhere, and lawful always."""

import random
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rlsgraph.reasoning.reliability import sampler
from rlsgraph.reasoning.reliability import support as support_module
from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.reliability.estimates import Method, Part
from rlsgraph.reasoning.reliability.paths import best_paths
from rlsgraph.reasoning.reliability.support import compile_support, support

from .small_graphs import PLACES, enumerate_support, graph_of, random_graph, small_edges

STEPS = st.sampled_from([None, 1, 2, 3, 4, 6])
ORACLES = {
    "a choice of three": ({"ab": 0.2, "be": 0.5, "ac": 0.3, "cd": 0.4, "de": 0.4, "ae": 0.1}, "a", "e", 0.228880),
    "a shared first step": ({"ab": 0.5, "bc": 0.9, "bx": 0.9, "cd": 0.9, "xd": 0.9}, "a", "d", 0.481950),
    "a bridge both ways": ({"sa": 0.6, "sb": 0.6, "at": 0.6, "bt": 0.6, "ab": 0.5, "ba": 0.5}, "s", "t", 0.648000),
}


def plain(probabilities):
    return CausalGraph.from_edges([Edge(name, name[0], name[1], 1, p, name) for name, p in probabilities.items()])


def sampled(graph, start, end, **options):
    """Return the support function with nothing decided exactly but what cannot happen at all."""
    return compile_support(graph, start, end, budget=0, **options)


def within_error(estimate, wanted, times=4.5):
    return abs(estimate.value - wanted) <= times * estimate.standard_error + 1e-12


@pytest.mark.parametrize(("probabilities", "start", "end", "wanted"), ORACLES.values(), ids=ORACLES)
def test_oracles(probabilities, start, end, wanted):
    result = support(plain(probabilities), start, end)
    for estimate in (result.overall, result.raising):
        assert estimate.value == pytest.approx(wanted, abs=1e-9)
        assert (estimate.method, estimate.standard_error, estimate.samples) == (Method.EXACT, 0.0, 0)
    assert result.lowering.value == result.unknown.value == 0
    estimate = sampled(plain(probabilities), start, end).value().overall
    assert (estimate.method, estimate.samples, estimate.seed) == (Method.MONTE_CARLO, 100_000, 7)
    assert within_error(estimate, wanted, 3)
    assert 0.001 < estimate.standard_error < 0.002


@settings(max_examples=250, deadline=None)
@given(small_edges(), PLACES, STEPS)
def test_support_equals_the_sum_over_all_worlds(edges, places, max_steps):
    graph = graph_of(edges, places=places)
    result = support(graph, "a", "b", max_steps=max_steps)
    for part, wanted in enumerate_support(graph, "a", "b", max_steps).items():
        assert result.get(part).method is Method.EXACT
        assert result.get(part).value == pytest.approx(wanted, abs=1e-12), part


@settings(max_examples=60, deadline=None)
@given(small_edges(), PLACES, STEPS, st.sampled_from([30_000, 6, 0]), st.integers(0, 1000))
def test_monte_carlo_is_within_its_stated_error(edges, places, max_steps, most_terms, seed):
    graph = graph_of(edges, places=places)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(support_module, "MOST_TERMS", most_terms)
        result = sampled(graph, "a", "b", max_steps=max_steps, samples=4_096 + seed, seed=seed).value()
    for part, wanted in enumerate_support(graph, "a", "b", max_steps).items():
        assert result.get(part).undecided == 0
        assert within_error(result.get(part), wanted, 5)


def test_worlds_left_undecided_widen_the_error():
    graph = random_graph(random.Random(5), 12, 30)
    exact = support(graph, "n000", "n001")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(support_module, "MOST_TERMS", 0)
        patch.setattr(sampler, "SEARCH_BUDGET", 100_000)
        result = sampled(graph, "n000", "n001", samples=8_192).value()
    assert result.overall.undecided == 0
    assert max(result.raising.undecided, result.lowering.undecided) > 0.01
    for part in Part:
        assert within_error(result.get(part), exact.get(part).value, 4)


def test_the_interval_of_an_estimate_covers_as_often_as_it_says():
    probabilities, start, end, wanted = ORACLES["a choice of three"]
    graph = plain(probabilities)
    estimates = [sampled(graph, start, end, samples=2_000, seed=seed).value().overall for seed in range(400)]
    covered = sum(within_error(estimate, wanted, 1.645) for estimate in estimates)
    assert 0.86 * 400 <= covered <= 0.94 * 400


@pytest.mark.parametrize(("node_count", "edge_count", "max_steps"), [(12, 28, None), (16, 34, None), (30, 60, 6), (26, 52, None)])
def test_support_agrees_with_problog(node_count, edge_count, max_steps):
    from problog import get_evaluatable
    from problog.program import PrologString

    picked = random.Random(edge_count)
    graph = random_graph(picked, node_count, edge_count)
    several = [(a, b) for a, b in product(graph.node_ids, repeat=2) if a != b and len(best_paths(graph, a, b, limit=8)) == 8]
    start, end = picked.choice(several)
    rows = zip(graph.tails, graph.heads, graph.probabilities, strict=True)
    facts = "".join(f"{p}::edge({graph.node_ids[t]},{graph.node_ids[h]}).\n" for t, h, p in rows)
    if max_steps is None:
        rules = "path(X,Y) :- edge(X,Y). path(X,Y) :- edge(X,Z), path(Z,Y)."
        query = f"path({start},{end})"
    else:
        rules = "path(X,Y,N) :- N > 0, edge(X,Y). path(X,Y,N) :- N > 1, edge(X,Z), M is N-1, path(Z,Y,M)."
        query = f"path({start},{end},{max_steps})"
    (wanted,) = get_evaluatable().create_from(PrologString(f"{facts}{rules}\nquery({query}).")).evaluate().values()
    estimate = support(graph, start, end, max_steps=max_steps).overall
    assert estimate.method is Method.EXACT
    assert estimate.value == pytest.approx(wanted, abs=1e-9)


def test_a_walk_that_turns_round_is_no_path():
    signs = {"sa": 1, "at": 1, "ab": -1, "ba": 1}
    graph = CausalGraph.from_edges([Edge(name, name[0], name[1], sign, 0.5, name) for name, sign in signs.items()])
    for result in (support(graph, "s", "t"), sampled(graph, "s", "t").value()):
        assert (result.lowering.value, result.lowering.method) == (0, Method.EXACT)
        assert within_error(result.raising, 0.25, 4)


def test_a_claim_that_raises_and_one_that_lowers_are_parallel():
    rows = [("up", 1, 0.5), ("down", -1, 0.4), ("any", 0, 0.3)]
    graph = CausalGraph.from_edges([Edge(name, "a", "b", sign, p, name) for name, sign, p in rows])
    result = support(graph, "a", "b")
    assert [result.get(part).value for part in Part] == pytest.approx([1 - 0.5 * 0.6 * 0.7, 0.5, 0.4, 0.3])


def test_signs_multiply_along_a_path_and_an_unknown_one_absorbs():
    for signs in product((1, -1, 0), repeat=3):
        graph = CausalGraph.from_edges(
            [Edge(str(i), "abcd"[i], "abcd"[i + 1], sign, 0.5, str(i)) for i, sign in enumerate(signs)]
        )
        result = support(graph, "a", "d")
        part = {1: Part.RAISING, -1: Part.LOWERING, 0: Part.UNKNOWN}[int(np.prod(signs))]
        assert [result.get(other).value for other in Part] == [0.125 if other in (Part.OVERALL, part) else 0 for other in Part]
        assert best_paths(graph, "a", "d")[0].sign == np.prod(signs)


@settings(max_examples=80, deadline=None)
@given(small_edges(), st.data())
def test_support_never_falls_when_a_score_rises_whatever_the_method(edges, data):
    graph = graph_of(edges)
    assume(len(graph.variable_ids))
    raised = graph.probabilities.copy()
    chosen = data.draw(st.integers(0, len(raised) - 1))
    raised[chosen] = data.draw(st.floats(raised[chosen], 1))
    for function in (compile_support(graph, "a", "b"), sampled(graph, "a", "b", samples=512)):
        before, after = function.value(), function.value(raised[function.variables])
        assert all(after.get(part).value >= before.get(part).value - 1e-12 for part in Part)


@settings(max_examples=40, deadline=None)
@given(small_edges())
def test_support_never_falls_when_more_steps_are_allowed(edges):
    graph = graph_of(edges)
    for fewer, more in pairwise(support(graph, "a", "b", max_steps=steps) for steps in range(1, 6)):
        assert all(more.get(part).value >= fewer.get(part).value - 1e-12 for part in Part)


@settings(max_examples=60, deadline=None)
@given(small_edges(), STEPS)
def test_support_lies_between_its_best_path_and_a_noisy_or(edges, max_steps):
    graph = graph_of([edge for edge in edges if edge.variable in (None, edge.id)])
    found = best_paths(graph, "a", "b", limit=10_000, max_steps=max_steps)
    result = support(graph, "a", "b", max_steps=max_steps)
    noisy_or = 1 - float(np.prod([1 - path.score for path in found]))
    best = found[0].score if found else 0
    assert best - 1e-12 <= result.overall.value <= noisy_or + 1e-12
    signed = [result.get(part).value for part in Part][1:]
    assert max(signed) - 1e-12 <= result.overall.value <= sum(signed) + 1e-12


@settings(max_examples=60, deadline=None)
@given(small_edges(), PLACES, STEPS)
def test_the_gradient_is_support_if_it_holds_less_support_if_it_fails(edges, places, max_steps):
    graph = graph_of(edges, places=places)
    exact = compile_support(graph, "a", "b", max_steps=max_steps)
    estimate = sampled(graph, "a", "b", max_steps=max_steps, samples=4_096)
    assert [graph.variable_ids[variable] for variable in exact.variables] == list(exact.variable_ids)
    for part in Part:
        slopes = exact.gradient(part)
        assert np.allclose(slopes, estimate.gradient(part), atol=5 * 0.5 / 4_096**0.5)
        for place, slope in enumerate(slopes):
            ends = np.array([exact.probabilities, exact.probabilities])
            ends[0, place], ends[1, place] = 0.0, 1.0
            fails, holds = exact.value_many(ends, parts=(part,))[0]
            assert slope == pytest.approx(holds - fails, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(small_edges())
def test_many_evaluations_equal_single_ones(edges):
    graph = graph_of(edges)
    exact, estimate = compile_support(graph, "a", "b"), sampled(graph, "a", "b", samples=1_000)
    rows = np.random.default_rng(1).random((5, len(exact.variables)))
    wanted = np.array([[exact.value(row).get(part).value for part in Part] for row in rows]).T
    assert np.allclose(exact.value_many(rows), wanted, atol=1e-12)
    assert np.allclose(exact.value_many(rows, parts=(Part.UNKNOWN, Part.OVERALL)), wanted[[3, 0]], atol=1e-12)
    assert np.allclose(estimate.value_many(rows), wanted, atol=5 * 0.5 / 1_024**0.5)


def test_a_tangle_is_sampled_and_the_same_each_time():
    graph = random_graph(random.Random(8), 40, 110)
    options = {"samples": 4_096, "budget": 20_000, "max_steps": 12}
    function = compile_support(graph, "n000", "n001", **options)
    assert function.methods[Part.OVERALL] is Method.MONTE_CARLO
    assert function.value() == compile_support(graph, "n000", "n001", **options).value()
    assert function.value() != compile_support(graph, "n000", "n001", **options, seed=8).value()


def test_sixty_claims_on_a_sparse_graph_are_decided_exactly():
    graph = random_graph(random.Random(21), 30, 66)
    pairs = [(a, b) for a, b in product(graph.node_ids, repeat=2) if a != b]
    for start, end in random.Random(1).sample(pairs, 12):
        result = support(graph, start, end, max_steps=8)
        assert all(result.get(part).method is Method.EXACT for part in Part)


def test_no_path_is_an_exact_zero():
    graph = CausalGraph.from_edges([Edge("ab", "a", "b", 1, 0.5, "ab")], nodes="abc")
    for start, end in (("b", "a"), ("a", "c")):
        result = support(graph, start, end)
        assert all((result.get(part).value, result.get(part).method) == (0, Method.EXACT) for part in Part)
        assert sampled(graph, start, end).value() == result


def test_bad_arguments_are_named():
    graph = CausalGraph.from_edges([Edge("ab", "a", "b", 1, 0.5, "ab")], nodes="abc")
    with pytest.raises(ValueError, match="two different nodes"):
        support(graph, "a", "a")
    with pytest.raises(ValueError, match="samples is 0"):
        support(graph, "a", "b", samples=0)
    with pytest.raises(ValueError, match="1 probabilities given for 0"):
        compile_support(graph, "a", "c").value(np.array([0.5]))


def test_certain_steps_alone_support_wholly():
    graph = CausalGraph.from_edges([Edge("1", "a", "b", -1), Edge("2", "b", "c", -1), Edge("3", "a", "c", 1, 0.2, "3")])
    result = support(graph, "a", "c")
    assert (result.overall.value, result.raising.value, result.lowering.value) == (1, 1, 0)
    assert support(graph, "a", "c", max_steps=1).overall.value == 0.2
