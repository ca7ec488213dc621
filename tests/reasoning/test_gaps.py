"""Gaps: what a study of a variable does to support, against enumeration of its two outcomes; draws of probabilities."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.reliability.draws import logit_normal_draws
from rlsgraph.reasoning.reliability.estimates import Part
from rlsgraph.reasoning.reliability.gaps import chance_of_positive, find_gaps
from rlsgraph.reasoning.reliability.support import compile_support

from .small_graphs import graph_of, small_edges


def logits(graph, sd=0.9):
    """Return means and standard deviations of log odds whose probabilities are the graph's."""
    scores = np.clip(graph.probabilities, 0.05, 0.95)
    return np.log(scores / (1 - scores)), np.full(len(scores), sd)


def outcomes_of(graph):
    """Return for each variable what a study could make of it."""
    scores = dict(zip(graph.variable_ids, graph.probabilities.tolist(), strict=True))
    return {name: (score + (1 - score) * 0.5, score * 0.25) for name, score in scores.items()}


@pytest.fixture
def fork():
    rows = [("ab", 0.5), ("bc", 0.9), ("bx", 0.9), ("cd", 0.9), ("xd", 0.9)]
    return CausalGraph.from_edges([Edge(name, name[0], name[1], 1, p, name) for name, p in rows])


def test_the_shared_first_step_matters_most(fork):
    gaps = {gap.variable_id: gap for gap in find_gaps(compile_support(fork, "a", "d"), outcomes_of(fork))}
    assert max(gaps.values(), key=lambda gap: gap.expected_fall).variable_id == "ab"
    assert gaps["ab"].importance == pytest.approx(0.9639)


def test_one_claim_alone_by_hand():
    graph = CausalGraph.from_edges([Edge("ab", "a", "b", 1, 0.2, "ab")])
    (gap,) = find_gaps(compile_support(graph, "a", "b"), {"ab": (0.6, 0.1)})
    assert gap.chance == pytest.approx(0.2)
    assert gap.expected_fall == pytest.approx(0.2 * 0.4**2 + 0.8 * 0.1**2)
    assert (gap.if_positive, gap.if_null) == pytest.approx((0.6, 0.1))


@settings(max_examples=60, deadline=None)
@given(small_edges(most=10))
def test_the_mean_after_a_study_is_the_mean_before_and_support_then_is_enumerated(edges):
    graph = graph_of(edges)
    assume(len(graph.variable_ids))
    function, outcomes = compile_support(graph, "a", "b"), outcomes_of(graph)
    for part in Part:
        before = function.estimates((part,))[part].value
        for gap in find_gaps(function, outcomes, part=part):
            place = function.variable_ids.index(gap.variable_id)
            after = []
            for outcome in outcomes[gap.variable_id]:
                scores = function.probabilities.copy()
                scores[place] = outcome
                after.append(function.estimates((part,), scores)[part].value)
            assert (gap.if_positive, gap.if_null) == pytest.approx(tuple(after), abs=1e-12)
            mean = gap.chance * after[0] + (1 - gap.chance) * after[1]
            assert mean == pytest.approx(before, abs=1e-12)
            spread = gap.chance * (after[0] - before) ** 2 + (1 - gap.chance) * (after[1] - before) ** 2
            assert gap.expected_fall == pytest.approx(spread, abs=1e-12)


@given(st.floats(0.01, 0.99), st.floats(0, 1), st.floats(0, 1))
def test_the_chance_of_a_positive_study_keeps_the_mean(now, up, down):
    positive, null = now + up * (1 - now), now * down
    chance = chance_of_positive(now, (positive, null))
    assert 0 <= chance <= 1
    assert chance * positive + (1 - chance) * null == pytest.approx(now, abs=1e-12)


def test_a_study_must_move_a_claim_the_right_way():
    with pytest.raises(ValueError, match="must lie between"):
        chance_of_positive(0.5, (0.4, 0.3))


def test_support_at_the_middle_of_the_draws_lies_in_the_interval(fork):
    means, sds = logits(fork)
    function = compile_support(fork, "a", "d")
    values = function.draws(means, sds, draws=20_000)
    assert values.shape == (4, 20_000)
    low, high = function.intervals(means, sds)[Part.OVERALL]
    assert low < function.value().overall.value < high
    assert np.mean((values[0] > low) & (values[0] < high)) == pytest.approx(0.9, abs=0.02)
    assert function.intervals(means, sds)[Part.LOWERING] == (0, 0)


def test_the_interval_of_a_sampled_support_is_near_the_exact_one(fork):
    means, sds = logits(fork)
    exact = compile_support(fork, "a", "d").intervals(means, sds)[Part.OVERALL]
    estimate = compile_support(fork, "a", "d", budget=0).intervals(means, sds)[Part.OVERALL]
    assert estimate == pytest.approx(exact, abs=0.05)


def test_draws_depend_on_id_and_seed_alone():
    ids, means, sds = ["x", "y", "z"], [-1.0, 0.0, 2.0], [0.9, 0.5, 0.1]
    draws = logit_normal_draws(ids, means, sds, draws=100)
    assert np.array_equal(logit_normal_draws(ids[::-1], means[::-1], sds[::-1], draws=100), draws[:, ::-1])
    assert np.array_equal(logit_normal_draws(["y"], [0.0], [0.5], draws=100), draws[:, 1:2])
    assert not np.array_equal(logit_normal_draws(ids, means, sds, draws=100, seed=8), draws)
    assert logit_normal_draws([], [], [], draws=5).shape == (5, 0)


def test_draws_have_the_quantiles_of_a_logit_normal():
    (draws,) = logit_normal_draws(["x"], [-1.5], [0.9], draws=40_000).T
    z = np.array([-1.6449, 0.0, 1.6449])
    assert np.quantile(draws, [0.05, 0.5, 0.95]) == pytest.approx(1 / (1 + np.exp(1.5 - 0.9 * z)), abs=0.01)


def test_what_is_impossible_or_fixed_is_drawn_so():
    draws = logit_normal_draws(["x", "y"], [-np.inf, 0.0], [0.9, 0.0], draws=50)
    assert set(draws[:, 0]) == {0.0}
    assert set(draws[:, 1]) == {0.5}
