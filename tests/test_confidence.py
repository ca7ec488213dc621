"""The numbers, against sums done by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rlsgraph.model.confidence import Item, add_up
from scipy.stats import beta as beta_distribution

from rlsgraph.errors import ProfileError
from rlsgraph.graph.profile_reading import read_profile
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, StudyDesign
from rlsgraph.triples import resources
from tests.helpers.graphs import claim_text

PROFILE = read_profile((resources.ontology_file("schemes.ttl"), resources.ontology_file("profile.ttl")))

DESIGN_WEIGHTS = {
    4.0: ["META_ANALYSIS"],
    2.5: ["SYSTEMATIC_REVIEW", "RANDOMISED_CONTROLLED_TRIAL", "GUIDELINE", "GWAS"],
    1.5: ["MENDELIAN_RANDOMISATION", "COHORT"],
    1.0: ["CASE_CONTROL", "AUTOPSY"],
    0.75: ["CROSS_SECTIONAL", "NEUROIMAGING", "CSF_STUDY", "NON_RANDOMISED_TRIAL"],
    0.5: ["ANIMAL_STUDY"],
    0.3: ["IN_VITRO", "CASE_SERIES", "NARRATIVE_REVIEW"],
    0.15: ["CASE_REPORT", "EXPERT_HYPOTHESIS"],
}


@pytest.mark.parametrize(("weight", "names"), DESIGN_WEIGHTS.items())
def test_each_design_has_its_weight(weight, names):
    assert {PROFILE.weights[StudyDesign[name]] for name in names} == {weight}


def test_size_factor():
    assert PROFILE.size_factor(StudyDesign.COHORT, 100) == 1
    assert PROFILE.size_factor(StudyDesign.COHORT, 10_000) == 1
    assert PROFILE.size_factor(StudyDesign.COHORT, 10) == 0.5
    assert PROFILE.size_factor(StudyDesign.COHORT, 1) == 0
    assert PROFILE.size_factor(StudyDesign.COHORT, None) == 0.8
    assert PROFILE.size_factor(StudyDesign.META_ANALYSIS, 3) == 1
    assert PROFILE.size_factor(StudyDesign.EXPERT_HYPOTHESIS, None) == 1


def test_an_untested_claim_has_the_prior(load_text):
    claim = load_text(claim_text("increases")).claim("a", "increases", "b")
    assert claim.score == pytest.approx(0.2)
    assert (claim.low, claim.high) == pytest.approx(beta_distribution.ppf([0.05, 0.95], 0.4, 1.6))
    assert claim.level is ConfidenceLevel.SPECULATIVE
    assert claim.is_untested
    assert not claim.is_contested


def test_a_contested_claim(load_text):
    # for: trial of 100 (2.5); against: cohort of 10 (1.5 × 0.5 = 0.75): 0.75 / 3.25 = 0.23, not yet contested
    almost = load_text(
        claim_text("increases", ("Supports", "RandomisedControlledTrial", 100, "s"), ("Disputes", "Cohort", 10, "t"))
    )
    assert not almost.claim("a", "increases", "b").is_contested
    # against: case-control of 100 (1.0): 1 / 3.5 = 0.29; alpha 2.9, beta 2.6
    text = claim_text("increases", ("Supports", "RandomisedControlledTrial", 100, "s"), ("Disputes", "CaseControl", 100, "t"))
    claim = load_text(text).claim("a", "increases", "b")
    assert claim.score == pytest.approx(2.9 / 5.5)
    assert claim.level is ConfidenceLevel.EMERGING
    assert claim.is_contested


def test_a_refuted_claim_leaves_no_plain_triple(load_text):
    kg = load_text(
        claim_text("increases", ("Supports", "AnimalStudy", 100, "s"), ("Disputes", "RandomisedControlledTrial", 400, "t"))
    )
    claim = kg.claim("a", "increases", "b")
    assert claim.score == pytest.approx(0.9 / 5.0)  # alpha 0.4 + 0.5, beta 1.6 + 2.5
    assert claim.level is ConfidenceLevel.REFUTED
    assert not kg.query("ASK { entity:a rls:increases entity:b }")
    assert kg.query("ASK { ?c rdf:subject entity:a ; rls:confidenceLevel rls:Refuted }")


def test_doubtful_is_between(load_text):
    kg = load_text(claim_text("increases", ("Supports", "Cohort", 100, "s"), ("Disputes", "RandomisedControlledTrial", 100, "t")))
    assert kg.claim("a", "increases", "b").level is ConfidenceLevel.DOUBTFUL  # R 2.5 is not three times S 1.5


def test_one_study_counts_once_in_each_direction(load_text):
    items = [("Supports", "Cohort", 100, "s"), ("Supports", "CaseControl", 100, "s"), ("Disputes", "AnimalStudy", 100, "s")]
    claim = load_text(claim_text("increases", *items)).claim("a", "increases", "b")
    assert (claim.confidence.support_weight, claim.confidence.dispute_weight) == pytest.approx((1.5, 0.5))


def test_two_reports_of_one_study_count_once(load_text):
    text = claim_text("increases", ("Supports", "Cohort", 100, "s"), ("Supports", "Cohort", 100, "t"))
    assert load_text(text).claim("a", "increases", "b").confidence.support_weight == pytest.approx(3.0)
    joined = load_text(text + "source:t rls:sameStudyAs source:s .").claim("a", "increases", "b")
    assert joined.confidence.support_weight == pytest.approx(1.5)


def test_inconclusive_and_retracted_add_nothing(load_text):
    text = claim_text("increases", ("Inconclusive", "MetaAnalysis", 100, "s"), ("Supports", "Cohort", 100, "t"))
    claim = load_text(text + "source:t rls:retracted true .").claim("a", "increases", "b")
    assert (claim.confidence.support_weight, claim.confidence.dispute_weight) == (0, 0)
    assert not claim.is_untested


@pytest.mark.parametrize("ends", [("a", "b"), ("b", "a")])
def test_an_association_lends_three_tenths_whichever_way_round(load_text, ends):
    items = [("Supports", "Cohort", 100, "s"), ("Disputes", "CaseControl", 100, "t")]
    association = claim_text("positivelyAssociatedWith", *items, subject=ends[0], object_=ends[1])
    kg = load_text(claim_text("increases", ("Supports", "AnimalStudy", 100, "u")) + claim_text("decreases") + association)
    raised, lowered = kg.claim("a", "increases", "b").confidence, kg.claim("a", "decreases", "b").confidence
    assert (raised.support_weight, raised.dispute_weight) == pytest.approx((0.5 + 0.45, 0.3))
    assert (lowered.support_weight, lowered.dispute_weight) == (0, 0)


def test_signed_claims_lend_their_own_support_to_affects(load_text):
    kg = load_text(
        claim_text("affects", ("Supports", "ExpertHypothesis", None, "s"))
        + claim_text("increases", ("Supports", "Cohort", 100, "t"), ("Disputes", "CaseControl", 100, "u"))
        + claim_text("decreases", ("Supports", "AnimalStudy", 100, "v"))
        + claim_text("positivelyAssociatedWith", ("Supports", "MetaAnalysis", 100, "w"))
    )
    affects = kg.claim("a", "affects", "b").confidence
    assert (affects.support_weight, affects.dispute_weight) == pytest.approx((0.15 + 1.5 + 0.5, 0))


def test_explain_adds_up_for_every_claim(kg):
    for claim in kg.claims():
        explanation = kg.explain(claim)
        for direction, weight in (
            (Direction.SUPPORTS, claim.confidence.support_weight),
            (Direction.DISPUTES, claim.confidence.dispute_weight),
        ):
            lent = [lending.support if direction is Direction.SUPPORTS else lending.dispute for lending in explanation.lendings]
            assert explanation.subtotal(direction) + sum(lent) == pytest.approx(weight)


def test_intervals_are_those_of_the_beta_distribution(kg):
    for claim in kg.claims():
        confidence = claim.confidence
        wanted = beta_distribution.ppf([0.05, 0.95], confidence.alpha, confidence.beta)
        assert (claim.low, claim.high) == pytest.approx(tuple(wanted), abs=1e-9)


def test_another_profile_changes_the_numbers(load_text, tmp_path):
    text = resources.ontology_file("profile.ttl").read_text("utf-8")
    path = tmp_path / "profile.ttl"
    path.write_text(text.replace("rls:priorMean 0.2", "rls:priorMean 0.5"), "utf-8")
    assert load_text(claim_text("increases"), profile=path).claim("a", "increases", "b").score == pytest.approx(0.5)
    path.write_text(text.replace("rls:priorMean 0.2", "rls:priorMean 1.5"), "utf-8")
    with pytest.raises(ProfileError, match="prior mean"):
        load_text(claim_text("increases"), profile=path)


ITEMS = st.lists(
    st.builds(Item, st.sampled_from(Direction), st.floats(0.01, 4), st.sampled_from("abcdef"), st.booleans()), max_size=12
)


@given(ITEMS, st.randoms())
def test_order_never_changes_a_sum(items, random):
    shuffled = list(items)
    random.shuffle(shuffled)
    assert add_up(items) == add_up(shuffled)


@given(ITEMS, st.floats(0.01, 4))
def test_one_more_disputing_item_never_raises_a_score(items, weight):
    def score(evidence):
        alpha, beta = PROFILE.posterior(*add_up(evidence))
        return alpha / (alpha + beta)

    assert score([*items, Item(Direction.DISPUTES, weight, "new")]) <= score(items)


@given(ITEMS)
def test_a_repeated_item_changes_nothing(items):
    assert add_up([*items, *items]) == add_up(items)


@given(st.floats(0, 50), st.floats(0, 50))
def test_every_pair_of_weights_has_one_level(support, dispute):
    level = PROFILE.level(support, dispute)
    alpha, beta = PROFILE.posterior(support, dispute)
    if level > ConfidenceLevel.DOUBTFUL:
        assert dispute <= support
    assert (level is ConfidenceLevel.ESTABLISHED) == (dispute <= support and alpha / (alpha + beta) >= 0.8)
    assert math.isfinite(alpha / (alpha + beta))
