"""Gaps: what a claim's uncertainty does to support, against enumeration, draws and simulated trials."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from scipy.stats import betabinom

from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.reliability.draws import posterior_draws
from rlsgraph.reasoning.reliability.estimates import Part
from rlsgraph.reasoning.reliability.gaps import TRIAL_WEIGHT, rank_gaps
from rlsgraph.reasoning.reliability.support import compile_support

from .small_graphs import graph_of, small_edges


def posteriors(graph):
    """Return alphas and betas whose means are the graph's probabilities, of differing weight."""
    weight = 2.0 + np.arange(len(graph.variable_ids)) % 4
    scores = np.clip(graph.probabilities, 0.05, 0.95)
    return scores * weight, (1 - scores) * weight


@pytest.fixture
def fork():
    rows = [("ab", 0.5), ("bc", 0.9), ("bx", 0.9), ("cd", 0.9), ("xd", 0.9)]
    return CausalGraph.from_edges([Edge(name, name[0], name[1], 1, p, name) for name, p in rows])


def test_the_shared_first_step_matters_most(fork):
    gaps = rank_gaps(compile_support(fork, "a", "d"), *posteriors(fork))
    assert gaps[0].variable_id == "ab"
    assert gaps[0].importance == pytest.approx(0.9639)
    assert [gap.expected_fall for gap in gaps] == sorted((gap.expected_fall for gap in gaps), reverse=True)


def test_one_claim_alone_has_the_fall_of_its_own_variance():
    graph = CausalGraph.from_edges([Edge("ab", "a", "b", 1, 0.2, "ab")])
    (gap,) = rank_gaps(compile_support(graph, "a", "b"), [0.4], [1.6])
    variance = 0.2 * 0.8 / 3
    assert gap.variance == pytest.approx(variance)
    assert gap.expected_fall == pytest.approx(variance * TRIAL_WEIGHT / (2 + TRIAL_WEIGHT))
    assert (gap.if_supports, gap.if_disputes) == pytest.approx((2.9 / 4.5, 0.4 / 4.5))


def exact_variance(function, alphas, betas):
    """Return the variance of support under the posteriors, by adding up pairs of worlds."""
    count = len(function.variables)
    worlds = ((np.arange(2**count)[:, np.newaxis] >> np.arange(count)) & 1).astype(float)
    happens = function.value_many(worlds, parts=(Part.OVERALL,))[0]
    total = alphas + betas
    mean = alphas / total
    both = mean * (alphas + 1) / (total + 1)
    moments = np.array([[1 - 2 * mean + both, mean - both], [mean - both, both]])
    yes = worlds.astype(int)
    pairs = np.prod([moments[yes[:, None, v], yes[None, :, v], v] for v in range(count)], axis=0)
    return happens @ pairs @ happens - (happens @ np.where(worlds == 1, mean, 1 - mean).prod(axis=1)) ** 2


@pytest.mark.parametrize("weight", [1, 2, 5])
def test_the_expected_fall_is_exactly_what_further_observations_bring(fork, weight):
    alphas, betas = posteriors(fork)
    function = compile_support(fork, "a", "d")
    before = exact_variance(function, alphas, betas)
    for gap in rank_gaps(function, alphas, betas, weight=weight):
        place = fork.variable_ids.index(gap.variable_id)
        after = 0.0
        for hits in range(weight + 1):
            alpha, beta = alphas.copy(), betas.copy()
            alpha[place] += hits
            beta[place] += weight - hits
            chance = betabinom(weight, alphas[place], betas[place]).pmf(hits)
            after += chance * exact_variance(function, alpha, beta)
        assert gap.expected_fall == pytest.approx(before - after, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(small_edges(most=10))
def test_gaps_follow_the_gradient_and_more_weight_settles_more(edges):
    graph = graph_of(edges)
    assume(len(graph.variable_ids))
    alphas, betas = posteriors(graph)
    function = compile_support(graph, "a", "b")
    for part in Part:
        slopes = dict(
            zip(function.variable_ids, function.gradient(part, (alphas / (alphas + betas))[function.variables]), strict=True)
        )
        light, heavy = (rank_gaps(function, alphas, betas, weight=weight, part=part) for weight in (1, 10))
        by_id = {gap.variable_id: gap for gap in heavy}
        assert len(light) == len(function.variables)
        for gap in light:
            assert gap.importance == pytest.approx(slopes[gap.variable_id])
            assert 0 <= gap.expected_fall <= by_id[gap.variable_id].expected_fall <= gap.variance + 1e-15
            assert gap.if_disputes <= gap.if_supports + 1e-12


def test_the_mean_of_support_is_support_at_the_means(fork):
    alphas, betas = posteriors(fork)
    function = compile_support(fork, "a", "d")
    values = function.draws(alphas, betas, draws=20_000)
    assert values.shape == (4, 20_000)
    assert values[0].mean() == pytest.approx(function.value().overall.value, abs=4 * values[0].std() / 20_000**0.5)
    low, high = function.intervals(alphas, betas)[Part.OVERALL]
    assert low < function.value().overall.value < high
    assert np.mean((values[0] > low) & (values[0] < high)) == pytest.approx(0.9, abs=0.02)
    assert function.intervals(alphas, betas)[Part.LOWERING] == (0, 0)


def test_the_interval_of_a_sampled_support_is_near_the_exact_one(fork):
    alphas, betas = posteriors(fork)
    exact = compile_support(fork, "a", "d").intervals(alphas, betas)[Part.OVERALL]
    estimate = compile_support(fork, "a", "d", budget=0).intervals(alphas, betas)[Part.OVERALL]
    assert estimate == pytest.approx(exact, abs=0.05)


def test_draws_depend_on_id_and_seed_alone():
    ids, alphas, betas = ["x", "y", "z"], [0.4, 2.0, 3.0], [1.6, 2.0, 1.0]
    draws = posterior_draws(ids, alphas, betas, draws=100)
    assert np.array_equal(posterior_draws(ids[::-1], alphas[::-1], betas[::-1], draws=100), draws[:, ::-1])
    assert np.array_equal(posterior_draws(["y"], [2.0], [2.0], draws=100), draws[:, 1:2])
    assert not np.array_equal(posterior_draws(ids, alphas, betas, draws=100, seed=8), draws)
    assert posterior_draws([], [], [], draws=5).shape == (5, 0)


def test_a_weight_must_be_above_zero(fork):
    with pytest.raises(ValueError, match="weight is 0"):
        rank_gaps(compile_support(fork, "a", "d"), *posteriors(fork), weight=0)
