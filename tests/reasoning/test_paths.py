"""Best paths: the same as a sorted enumeration, in the same order always, and never stuck."""

import random
from itertools import islice, pairwise
from math import inf, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rlsgraph.errors import UnknownNameError
from rlsgraph.reasoning.reliability import paths
from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.reliability.paths import best_paths, iter_best_paths
from rlsgraph.reasoning.reliability.region import least_steps
from rlsgraph.reasoning.reliability.step_costs import step_costs

from .small_graphs import PLACES, enumerate_paths, graph_of, random_graph, sign_of, small_edges

TIED = ((0.2,), (0.25, 0.5), (0.2, 0.4, 0.5, 1.0), (0.0, 0.1, 0.3, 0.9))


def claims(*rows):
    return CausalGraph.from_edges([Edge(f"{tail}{head}", tail, head, 1, p, f"{tail}{head}") for tail, head, p in rows])


def score_of(graph, path):
    return prod(float(graph.edge_probabilities[edge]) for edge in path)


def sorted_paths(graph, start, end, max_steps):
    found = [(-round(score_of(graph, path), 11), len(path), path) for path in enumerate_paths(graph, start, end, max_steps)]
    return [path for score, _, path in sorted(found) if score < 0]


def ids_of(graph, found):
    return [[graph.edge_ids[edge] for edge in path.edges] for path in found]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(TIED).flatmap(lambda scores: small_edges(most=20, scores=scores)),
    PLACES,
    st.sampled_from([None, 1, 2, 3, 4, 5]),
)
@pytest.mark.parametrize("table_steps", [paths.TABLE_STEPS, 0])
def test_best_paths_equal_the_sorted_enumeration(table_steps, edges, places, max_steps):
    graph = graph_of(edges, places=places)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "TABLE_STEPS", table_steps)
        found = best_paths(graph, "a", "b", limit=100_000, max_steps=max_steps)
        first = best_paths(graph, "a", "b", limit=3, max_steps=max_steps)
    assert [path.edges for path in found] == sorted_paths(graph, "a", "b", max_steps)
    assert first == found[:3]
    for path in found:
        assert path.score == pytest.approx(score_of(graph, path.edges))
        assert path.sign == sign_of(graph, path.edges)
    assert all(better.score >= worse.score * (1 - 1e-9) for better, worse in pairwise(found))


@pytest.mark.parametrize("max_steps", [None, 4, 6, 9])
def test_best_paths_of_a_larger_graph_equal_the_enumeration(max_steps):
    graph = random_graph(random.Random(3), 14, 34)
    wanted = sorted_paths(graph, "n000", "n001", max_steps)
    assert wanted
    assert [path.edges for path in best_paths(graph, "n000", "n001", limit=len(wanted) + 5, max_steps=max_steps)] == wanted


def test_ties_go_by_steps_then_by_ids_even_if_the_factors_differ():
    through = [("b", 0.3, 0.2), ("c", 0.2, 0.3), ("d", 0.6, 0.1)]
    graph = claims(("a", "z", 0.06), *(("a", m, p) for m, p, _ in through), *((m, "z", p) for m, _, p in through))
    assert ids_of(graph, best_paths(graph, "a", "z")) == [["az"], ["ab", "bz"], ["ac", "cz"], ["ad", "dz"]]


def test_a_definitional_step_counts_as_a_step_and_costs_nothing():
    graph = CausalGraph.from_edges([Edge("1", "a", "z", 1, 0.2, "1"), Edge("2", "a", "b", -1), Edge("3", "b", "z", -1, 0.2, "3")])
    assert [(path.edges, path.score, path.sign) for path in best_paths(graph, "a", "z")] == [((0,), 0.2, 1), ((1, 2), 0.2, 1)]
    assert [path.edges for path in best_paths(graph, "a", "z", max_steps=1)] == [(0,)]


def test_parallel_claims_are_paths_of_their_own():
    signs = {"affects": 0, "decreases": -1, "increases": 1}
    graph = CausalGraph.from_edges([Edge(name, "a", "b", sign, 0.5, name) for name, sign in signs.items()])
    assert [(graph.edge_ids[path.edges[0]], path.sign) for path in best_paths(graph, "a", "b")] == list(signs.items())


@settings(max_examples=60, deadline=None)
@given(small_edges(), st.integers(1, 4))
def test_fewer_steps_find_a_part_of_what_more_steps_find(edges, max_steps):
    graph = graph_of(edges)
    some = best_paths(graph, "a", "b", limit=10_000, max_steps=max_steps)
    more = best_paths(graph, "a", "b", limit=10_000, max_steps=max_steps + 1)
    assert some == tuple(path for path in more if len(path.edges) <= max_steps)


@settings(max_examples=60, deadline=None)
@given(small_edges(), st.sampled_from([0.1, 0.5, 1.0]))
def test_a_longer_path_never_scores_higher(edges, score):
    graph, onward = graph_of(edges, "abcdefz"), graph_of([*edges, Edge("z", "b", "z", 1, score, "z")], "abcdefz")
    found = best_paths(onward, "a", "z", limit=10_000)
    scores = {tuple(ids): path.score for ids, path in zip(ids_of(onward, found), found, strict=True)}
    shorter = best_paths(graph, "a", "b", limit=10_000)
    for ids, path in zip(ids_of(graph, shorter), shorter, strict=True):
        assert scores[(*ids, "z")] <= path.score


@settings(max_examples=40, deadline=None)
@given(small_edges(), st.randoms(use_true_random=False))
def test_the_order_of_the_edges_changes_nothing(edges, random):
    one, other = graph_of(edges), graph_of(random.sample(edges, len(edges)))
    assert one.edge_ids == other.edge_ids
    assert best_paths(one, "a", "b", limit=50) == best_paths(other, "a", "b", limit=50)


def test_a_dead_end_full_of_easy_steps_does_not_stall():
    names = [f"x{number:02}" for number in range(40)]
    rows = [("s", "hub", 0.9), ("hub", "t", 0.9), ("s", "t", 0.01), ("hub", "x00", 0.99), ("x39", "hub", 0.99)]
    graph = claims(*rows, *((one, other, 0.99) for one in names for other in names if one != other))
    assert ids_of(graph, best_paths(graph, "s", "t", limit=10)) == [["shub", "hubt"], ["st"]]
    assert ids_of(graph, best_paths(graph, "s", "t", limit=10, max_steps=30)) == [["shub", "hubt"], ["st"]]


@pytest.mark.parametrize("max_steps", [None, 60])
def test_very_many_ties_do_not_stall(max_steps):
    rows = []
    for number in range(30):
        here, there = f"k{number:02}", f"k{number + 1:02}"
        rows += [(here, f"{here}a", 0.2), (here, f"{here}b", 0.2), (f"{here}a", there, 0.2), (f"{here}b", there, 0.2)]
    graph = claims(*rows)
    ids = ids_of(graph, best_paths(graph, "k00", "k30", limit=20, max_steps=max_steps))
    assert len(ids) == 20
    assert ids == sorted(ids)
    assert best_paths(graph, "k00", "k30", limit=20, max_steps=59) == ()


def test_paths_come_one_by_one():
    graph = random_graph(random.Random(4), 60, 240)
    assert tuple(islice(iter_best_paths(graph, "n000", "n001"), 7)) == best_paths(graph, "n000", "n001", limit=7)


def test_least_steps_tells_apart_none_and_too_few():
    graph = claims(("a", "b", 0.5), ("b", "c", 0.5), ("c", "d", 0.0), ("a", "e", 0.5))
    assert least_steps(graph, "a", "c") == 2
    assert best_paths(graph, "a", "c", max_steps=1) == ()
    assert least_steps(graph, "a", "d") is None
    assert best_paths(graph, "a", "d") == ()
    assert least_steps(graph, "e", "a") is None


def test_bad_arguments_are_named():
    graph = claims(("a", "b", 0.5))
    with pytest.raises(ValueError, match="two different nodes"):
        best_paths(graph, "a", "a")
    with pytest.raises(ValueError, match="max_steps is 0"):
        best_paths(graph, "a", "b", max_steps=0)
    with pytest.raises(ValueError, match="limit is -1"):
        best_paths(graph, "a", "b", limit=-1)
    with pytest.raises(UnknownNameError, match="'q'"):
        best_paths(graph, "a", "q")
    assert best_paths(graph, "a", "b", limit=0) == ()


def test_costs_of_decimals_add_up_exactly():
    scores = np.array([0.06, 0.1, 0.2, 0.3, 0.6])
    costs = dict(zip(scores.tolist(), (step_costs(scores) - 1).tolist(), strict=True))
    assert costs[0.06] == costs[0.2] + costs[0.3] == costs[0.1] + costs[0.6]
    scores = np.random.default_rng(1).random(1000)
    assert np.allclose((step_costs(scores) - 1) * 2.0**-42, -np.log(scores), rtol=0, atol=1e-8)
    assert step_costs(np.array([1.0, 0.0])).tolist() == [1.0, inf]
