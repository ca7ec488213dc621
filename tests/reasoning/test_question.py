"""The graph of a question: links of each kind, the end's family, floors and verdicts, against enumeration and laws."""

import math
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rlsgraph.model.vocabulary import LinkKind, Predicate
from rlsgraph.reasoning.absence import AbsenceReason
from rlsgraph.reasoning.claim_graph import ClaimGraph
from rlsgraph.reasoning.claim_support import find_support
from rlsgraph.reasoning.question import score_of
from rlsgraph.reasoning.reliability.estimates import Part
from rlsgraph.reasoning.verdict import SupportVerdict, VerdictReason
from tests.helpers.graphs import ROOT

from .small_records import INHERITANCE, PRIOR, best_joint, confidence, make_records, oracle_paths, oracle_support, small_records

UP, DOWN, OPEN = Predicate.INCREASES, Predicate.DECREASES, Predicate.AFFECTS
KIND, PART, OPPOSITE = LinkKind.BROADER, LinkKind.PART_OF, LinkKind.OPPOSITE_OF
DOCS_EXAMPLE = [("a", UP, "c", 0.4), ("c", UP, "b", 0.5), ("k", DOWN, "b", 0.2)]


def graph_of(records):
    return ClaimGraph.build(records, lambda: INHERITANCE)


def ask(records, start="a", end="b", **options):
    entities = records.entities
    return graph_of(records).ask(entities[start], entities[end], **options)


def support(records, start="a", end="b", **options):
    return find_support(ask(records, start, end, **options))


def small(claims, links=()):
    return make_records([(s, p, o, confidence(score)) for s, p, o, score in claims], links)


# --- enumeration ----------------------------------------------------------------------------------------------------------


@settings(max_examples=400, deadline=None)
@given(small_records(), st.sampled_from([None, 1, 2, 3, 4, 8]), st.booleans())
def test_support_and_floor_are_the_sums_over_all_worlds(records, max_steps, tested_only):
    paths = oracle_paths(records, "a", "b")
    found = support(records, max_steps=max_steps, tested_only=tested_only)
    wanted = oracle_support(records, paths, lambda claim: score_of(claim, tested_only=tested_only), max_steps)
    floor = oracle_support(records, paths, lambda claim: 0.0 if tested_only and claim.is_untested else PRIOR, max_steps)
    for part in found:
        assert part.value == pytest.approx(wanted[part.part], abs=1e-9)
        assert part.floor == pytest.approx(floor[part.part], abs=1e-9)


@settings(max_examples=200, deadline=None)
@given(small_records())
def test_paths_are_those_that_are_enumerated_best_first(records):
    every = oracle_paths(records, "a", "b")
    paths = [path for path in every if path[0] & set(records.claims)]
    chances = {iri: score_of(claim) for iri, claim in records.claims.items()} | dict.fromkeys(records.links, INHERITANCE)
    walked = [path for path in paths if math.prod(chances[v] for v in path[0]) > 0]
    found = ask(records).find_paths(1000)
    assert {frozenset(path.key) for path in found} == {needs & set(records.claims) for needs, _, _ in walked}
    if found:
        assert found[0].joint_probability == pytest.approx(best_joint(walked, chances), rel=1e-6)
    for path in found:
        assert path.joint_probability == pytest.approx(
            math.prod(claim.score for claim in path.claims) * INHERITANCE ** len(path.assumptions)
        )


# --- rules by hand --------------------------------------------------------------------------------------------------------


def test_a_kind_in_the_middle_is_an_assumption_and_its_own_claim_goes_before_its_classes():
    chain = [("a", UP, "c", 0.8), ("d", UP, "b", 0.5)]
    links = [("c", KIND, "d")]
    assert support(small(chain, links)).raising.value == pytest.approx(0.8 * 0.5 * 0.5)
    own = [*chain, ("c", UP, "b", 0.1)]
    assert support(small(own, links)).raising.value == pytest.approx(0.8 * 0.1)
    other_sign = [*chain, ("c", DOWN, "b", 0.1)]
    assert support(small(other_sign, links)).raising.value == pytest.approx(0.8 * 0.5 * 0.5)


def test_chains_of_kinds_multiply():
    records = small([("e", UP, "b", 0.8)], [("a", KIND, "c"), ("c", KIND, "d"), ("d", KIND, "e")])
    assert support(records).overall.value == pytest.approx(0.8 * INHERITANCE**3)
    (path,) = ask(records).find_paths(5)
    assert [type(step).__name__ for step in path.steps] == ["Inheritance"] * 3 + ["Claim"]
    assert len(path.assumptions) == 3


def test_what_raises_a_kind_raises_the_class_that_was_asked_for():
    found = support(small([("a", UP, "c", 0.8)], [("c", KIND, "d"), ("d", KIND, "b")]))
    assert found.raising.value == pytest.approx(0.8)


def test_a_path_does_not_pass_through_the_ends_own_family():
    """Risk and severity are parts of the disease: what raises the risk does not so raise the severity."""
    links = [("c", PART, "d"), ("b", PART, "d")]
    assert support(small([("a", UP, "c", 0.8), ("c", UP, "e", 0.8), ("e", UP, "b", 0.8)], links)).overall.value == 0
    assert support(small([("a", UP, "c", 0.8), ("c", UP, "b", 0.8)], links)).overall.value == 0
    assert support(small([("a", UP, "c", 0.8)], links), "a", "d").raising.value == pytest.approx(0.8)


def test_a_start_in_the_family_is_left_once():
    links = [("a", PART, "d"), ("b", PART, "d")]
    assert support(small([("a", UP, "e", 0.8), ("e", UP, "b", 0.5)], links)).raising.value == pytest.approx(0.4)


LOOP = [("c", UP, "d", 0.8), ("d", UP, "c", 0.8), ("c", UP, "b", 0.8)]


def test_an_entity_is_passed_once_whatever_it_stands_in_for():
    """By way of its class the kind would come to the effect that its own claim speaks of."""
    own = [*LOOP, ("a", UP, "b", 0.1)]
    records = small(own, [("a", KIND, "c")])
    assert support(records).overall.value == pytest.approx(0.1)
    assert [len(path.steps) for path in ask(records).find_paths(5)] == [1]


def test_where_every_way_passes_an_entity_twice_there_is_none():
    claims = [(s, p, o, confidence(x)) for s, p, o, x in LOOP] + [("a", UP, "b", confidence(0.1, refuted=True))]
    graph = graph_of(make_records(claims, [("a", KIND, "c")]))
    start, end = (graph.records.entities[name] for name in "ab")
    assert not graph.find_paths(start, end, limit=5, max_steps=None)
    assert graph.why_no_path(start, end, max_steps=None).reason is AbsenceReason.NO_CAUSAL_PATH
    assert find_support(graph.ask(start, end)).overall.value == 0


def test_opposites_turn_the_sign_both_ways():
    records = small([("c", UP, "b", 0.5)], [("a", OPPOSITE, "c")])
    assert support(records).lowering.value == pytest.approx(0.5)
    assert support(small([("a", UP, "c", 0.5)], [("c", OPPOSITE, "b")])).lowering.value == pytest.approx(0.5)


# --- laws -----------------------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(small_records(refuted=False))
def test_with_every_claim_at_its_prior_support_is_the_floor_and_the_factor_is_1(records):
    claims = [(c.subject.iri, c.predicate, c.object.iri, confidence(PRIOR)) for c in records.claims.values()]
    links = [(link.subject.iri, link.kind, link.object.iri) for link in records.links.values()]
    found = support(make_records(claims, links))
    for part in found:
        assert part.value == part.floor
        assert part.evidence_factor in (1.0, None)
    if not found.is_by_definition:
        assert found.judgement.verdict is SupportVerdict.UNDETERMINED


@settings(max_examples=150, deadline=None)
@given(small_records(refuted=False))
def test_where_all_evidence_is_for_support_is_never_below_the_floor(records):
    for part in support(records):
        assert part.value >= part.floor - 1e-12


@settings(max_examples=200, deadline=None)
@given(small_records(most_links=0), st.sampled_from([UP, DOWN, OPEN]))
def test_a_claim_without_evidence_straight_to_the_end_never_raises_the_factor(records, predicate):
    assume(("a", predicate, "b") not in records.iri_by_key)
    claims = [(c.subject.iri, c.predicate, c.object.iri, c.confidence) for c in records.claims.values()]
    before = support(records)
    after = support(make_records([*claims, ("a", predicate, "b", confidence(PRIOR, untested=True))], ()))
    for was, now in zip(before, after, strict=True):
        if was.evidence_factor is not None and was.evidence_factor >= 1:
            assert now.evidence_factor <= was.evidence_factor * (1 + 1e-9)


def test_a_class_and_its_kind_with_the_same_study_give_no_more_than_the_study_once():
    links = [("a", KIND, "c")]
    alone = support(small([("a", UP, "b", 0.6)])).overall.value
    both = support(small([("a", UP, "b", 0.6), ("c", UP, "b", 0.6)], links)).overall.value
    assert both == pytest.approx(alone)


# --- verdicts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "verdict", "reason"),
    [
        ([("a", UP, "b", 0.8)], SupportVerdict.RAISES, VerdictReason.EVIDENCE),
        ([("a", DOWN, "b", 0.8)], SupportVerdict.LOWERS, VerdictReason.EVIDENCE),
        ([("a", UP, "b", 0.15)], SupportVerdict.UNDETERMINED, VerdictReason.NOTHING_BEYOND_FLOOR),
        ([("a", UP, "b", 0.8), ("a", DOWN, "b", 0.4)], SupportVerdict.UNDETERMINED, VerdictReason.BOTH_SIGNS),
        ([("a", OPEN, "b", 0.8)], SupportVerdict.UNDETERMINED, VerdictReason.OPEN_DIRECTION),
        ([("b", UP, "a", 0.8)], SupportVerdict.UNDETERMINED, VerdictReason.NO_PATH),
    ],
)
def test_a_verdict_needs_evidence_and_one_sign(claims, verdict, reason):
    judgement = support(small(claims)).judgement
    assert (judgement.verdict, judgement.reason) == (verdict, reason)


def test_what_holds_by_definition_says_so():
    found = support(small([("a", DOWN, "b", 0.8)], [("a", KIND, "b")]))
    assert found.get(Part.RAISING).value == 1
    assert str(found.judgement) == "raises: by definition"


def test_the_example_of_the_docs():
    """The table in docs/reasoning.md; its last paragraph is the verdict."""
    links = [("a", KIND, "k")]
    found = support(make_records([(s, p, o, confidence(x)) for s, p, o, x in DOCS_EXAMPLE], links, "abck"))
    text = (ROOT / "docs" / "reasoning.md").read_text("utf-8")
    told = re.findall(r"^\| (\w+)[^|]* \| [^|]*?([\d.]+) \| [^|]*?([\d.]+) \| [^|]*?([\d.]+) \|$", text, re.MULTILINE)
    assert [name for name, *_ in told] == ["raising", "lowering", "overall"]
    for name, *numbers in told:
        part = found.get(name)
        for number, exact in zip(numbers, (part.value, part.floor, part.evidence_factor), strict=True):
            places = len(number.partition(".")[2])
            assert f"{exact:.{places}f}" == number
    assert str(found.judgement) == "undetermined: both signs"
