"""Suppositions: another graph each time, whose numbers are those of loading the supposed data."""

import math
from statistics import NormalDist

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rlsgraph
from rlsgraph.graph.what_if import SupposedEvidence, parse_supposed_evidence
from rlsgraph.model.study_terms import Blinding, Comparator, EffectMeasure, Result
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign
from rlsgraph.triples import resources
from tests.helpers.graphs import claim_text, write_profile

ENDS = ("gut dysbiosis", "RLS symptoms")
RETRACTED = "reijnders2016-effects-microbiota"
STUDY = "gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120"


def numbers(kg):
    return {claim.iri: (claim.confidence, claim.is_untested) for claim in kg.claims()}


@pytest.fixture(scope="module")
def retracted(kg):
    """The graph without a source."""
    return kg.without(source=RETRACTED)


@pytest.fixture(scope="module")
def supposed(kg):
    """The graph with a study that nobody has done."""
    return kg.with_evidence(STUDY)


@pytest.fixture(scope="module")
def asserted():
    """Every triple of the data files."""
    store = ox.Store()
    for path in resources.data_files():
        store.load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    return [quad.triple for quad in store]


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_retracting_sources_equals_loading_without_them(kg, tmp_path, asserted, data):
    chosen = data.draw(st.lists(st.sampled_from([source.iri for source in kg.sources()]), min_size=1, max_size=120, unique=True))
    items = {ox.NamedNode(item.iri) for source in chosen for item in kg.evidence(source=source)}
    path = tmp_path / "without.nt"
    kept = (triple for triple in asserted if triple.subject not in items and triple.object not in items)
    path.write_bytes(ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES))
    loaded, supposed = rlsgraph.load(path), kg.without(source=chosen)
    assert numbers(supposed) == numbers(loaded)
    assert [p.key for p in supposed.paths(*ENDS)] == [p.key for p in loaded.paths(*ENDS)]


def test_the_loaded_graph_stays_as_it_is(kg):
    before = numbers(kg)
    kg.without(source=RETRACTED).with_evidence(STUDY)
    assert numbers(kg) == before
    assert kg.changes == ()


def test_without_changes_nothing_else(kg):
    same = kg.without()
    assert numbers(same) == numbers(kg)
    assert same.dump("nt") == kg.dump("nt")


def test_suppositions_can_follow_one_another(retracted, supposed):
    one, other = retracted.with_evidence(STUDY), supposed.without(source=RETRACTED)
    assert numbers(one) == numbers(other)
    assert one.changes == other.changes[::-1]
    assert one.changes[0].startswith("without source reijnders2016-effects-microbiota")
    assert "with gut dysbiosis increases" in repr(one)


def test_a_retracted_source_is_shown_and_adds_nothing(kg):
    changed = kg.without(source="10.1016/j.cmet.2016.06.016")
    assert changed.source("reijnders2016-effects-microbiota").retracted
    assert changed.query("ASK { source:reijnders2016-effects-microbiota rls:retracted true }")
    claim = changed.claim("gut dysbiosis", "increases", "systemic inflammation")
    (item,) = [item for item in changed.explain(claim).items if item.evidence.identifier == "chain-001"]
    assert (item.counted, item.reason) == (False, "its source is retracted")


def test_a_claim_that_only_retracted_work_supports_is_untested(load_text):
    kg = load_text(claim_text("increases", ("Supports", "AnimalStudy", 10, "s")))
    assert not kg.claim("a increases b").is_untested
    changed = kg.without(source="s")
    assert changed.claim("a increases b").is_untested
    assert changed.query("ASK { claim:a.increases.b rls:untested true }")
    assert [finding.detail for finding in changed.doctor() if finding.kind.value == "no evidence"] == [
        "only retracted work bears on it"
    ]


def test_without_a_claim(kg):
    name = "gut-dysbiosis.increases.systemic-inflammation"
    changed = kg.without(claim=name)
    assert len(changed) == len(kg) - 1
    with pytest.raises(rlsgraph.UnknownNameError):
        changed.claim(name)
    assert not changed.query(f"ASK {{ claim:{name} ?p ?o }}")
    with pytest.raises(rlsgraph.UnknownNameError):
        changed.evidence_item("chain-001")
    assert [r.hypothesis.label for r in changed.hypotheses() if not r.paths] == ["Inflammation"]
    assert all(kg.claim(name).iri not in path.key for path in changed.paths(*ENDS, limit=100))


def test_without_every_claim_of_a_hypothesis(kg):
    hypothesis = kg.hypothesis("iron absorption")
    changed = kg.without(claim=[claim.iri for claim in hypothesis.claims])
    assert changed.hypothesis("iron absorption").claims == ()


def g(weight, s, f):
    return math.log((s * math.exp(weight) + 1 - s) / (f * math.exp(weight) + 1 - f))


POWER = NormalDist().cdf(0.5 / (2 / math.sqrt(120)) - 1.959964)
TRIAL_WEIGHT = math.log((POWER + 0.1 * (1 - POWER)) / (0.05 + 0.1 * 0.95))
"""What a trial of 120 weighs (docs/confidence.md): 1.71, that is × 5.5."""


def weight_of_trials(kg):
    claim = kg.claim("gut dysbiosis", "increases", "systemic inflammation")
    (found,) = (found for found in kg.explain(claim).ledger.kinds if found.kind.value == "TrialKind")
    return found.before


def test_a_study_weighs_what_its_design_and_size_say(kg, supposed):
    changed = supposed
    before, after = (g.claim("gut dysbiosis", "increases", "systemic inflammation").confidence for g in (kg, changed))
    so_far = weight_of_trials(kg)
    assert so_far < 0  # a trial of 57 found no effect
    assert weight_of_trials(changed) == pytest.approx(so_far + TRIAL_WEIGHT)
    moved = g(so_far + TRIAL_WEIGHT, 0.99, 0.01) - g(so_far, 0.99, 0.01)
    assert after.logit == pytest.approx(before.logit + moved)
    assert after.support_weight - after.dispute_weight == pytest.approx(before.support_weight - before.dispute_weight + moved)
    assert after.support_weight > before.support_weight
    assert (after.lines_for, after.lines_against) == (before.lines_for + 1, before.lines_against)
    (item,) = [item for item in changed.evidence() if item.identifier == "what-if-1"]
    assert item.source.title == "[a supposed study]"


def test_two_supposed_studies_are_independent(kg, supposed):
    both = kg.with_evidence(STUDY, STUDY)
    assert weight_of_trials(both) == pytest.approx(weight_of_trials(kg) + 2 * TRIAL_WEIGHT)
    claim, first = (g.claim("gut dysbiosis", "increases", "systemic inflammation").confidence for g in (both, kg))
    assert claim.lines_for == first.lines_for + 2
    assert claim.score > supposed.claim("gut dysbiosis", "increases", "systemic inflammation").score > first.score


def test_a_study_of_a_new_claim_adds_it(kg):
    changed = kg.with_evidence("yoga raises brain iron: supports, cohort, n = 40")
    claim = changed.claim("yoga", "increases", "brain iron")
    assert claim.iri == "https://w3id.org/rlsgraph/claim/yoga.increases.brain-iron"
    assert changed.paths("yoga", "brain iron", limit=1)[0].claims == (claim,)


def test_a_claim_under_another_iri_is_found(load_text):
    kg = load_text(claim_text("increases").replace("claim:a.increases.b", "claim:other"))
    changed = kg.with_evidence("a increases b: supports, cohort, n=50")
    assert [claim.iri for claim in changed.claims()] == ["https://w3id.org/rlsgraph/claim/other"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (STUDY, ("gut dysbiosis", Predicate.INCREASES, "systemic inflammation", Direction.SUPPORTS, 120)),
        ("SIBO positively associated with RLS: disputes, RCT", (
            "small intestinal bacterial overgrowth", Predicate.POSITIVELY_ASSOCIATED_WITH, "restless legs syndrome",
            Direction.DISPUTES, None)),
        ("entity:yoga lowers MONDO:0005391: inconclusive, randomized controlled trial, N = 7", (
            "yoga", Predicate.DECREASES, "restless legs syndrome", Direction.INCONCLUSIVE, 7)),
    ],
)  # fmt: skip
def test_the_forms_of_a_study(kg, text, wanted):
    found = parse_supposed_evidence(text, kg.entity)
    assert (found.subject.label, found.predicate, found.object.label, found.direction, found.sample_size) == wanted
    assert found.design is StudyDesign.RANDOMISED_CONTROLLED_TRIAL
    assert parse_supposed_evidence(str(found), kg.entity) == found


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", rlsgraph.WhatIfError, "write it as"),
        ("yoga increases RLS: supports, cohort, p=2", rlsgraph.WhatIfError, "from 0 to 1"),
        ("yoga increases RLS: supports, cohort, p=nan", rlsgraph.WhatIfError, "from 0 to 1"),
        ("yoga increases RLS: supports, cohort, estimate=2", rlsgraph.WhatIfError, "needs a measure"),
        ("yoga increases RLS: supports, cohort, measure=OR, interval=3..2", rlsgraph.WhatIfError, "lower end first"),
        ("yoga increases RLS: supports, cohort, measure=OR, estimate=inf", rlsgraph.WhatIfError, "finite"),
        ("yoga increases RLS: supports, cohort, comparator=nothing at all", rlsgraph.UnknownNameError, "comparator"),
        ("yoga increases RLS: supports, cohort, blinding=triple", rlsgraph.UnknownNameError, "blinding"),
        ("yoga increases RLS", rlsgraph.WhatIfError, "write it as"),
        ("yoga increases RLS: supports", rlsgraph.WhatIfError, "write it as"),
        ("yoga cures RLS: supports, cohort", rlsgraph.WhatIfError, "no predicate"),
        ("yoga increases RLS: supports, cohort, n=0", rlsgraph.WhatIfError, "n=120"),
        ("yoga increases RLS: supports, cohort, many", rlsgraph.WhatIfError, "n=120"),
        ("yoga increases yoga: supports, cohort", rlsgraph.WhatIfError, "same entity"),
        ("yogi increases RLS: supports, cohort", rlsgraph.UnknownNameError, "yogi"),
        ("yoga increases RLS: proves, cohort", rlsgraph.UnknownNameError, "proves"),
        ("yoga increases RLS: supports, cohorts", rlsgraph.UnknownNameError, "Cohort"),
        ("x " * 5000 + ": supports, cohort", rlsgraph.WhatIfError, "no predicate"),
    ],
)
def test_what_is_no_study_is_told(kg, text, error, says):
    with pytest.raises(error, match=says):
        kg.with_evidence(text)


def test_a_study_as_a_value(kg):
    study = SupposedEvidence(kg.entity("yoga"), Predicate.DECREASES, kg.entity("RLS"), Direction.SUPPORTS, StudyDesign.COHORT, 30)
    assert numbers(kg.with_evidence(study)) == numbers(kg.with_evidence(str(study)))


@pytest.mark.parametrize(("object_", "size"), [("yoga", 30), ("RLS", 0), ("RLS", -5)])
def test_a_study_that_makes_no_sense_is_refused(kg, object_, size):
    ends = (kg.entity("yoga"), Predicate.DECREASES, kg.entity(object_))
    with pytest.raises(rlsgraph.WhatIfError):
        SupposedEvidence(*ends, Direction.SUPPORTS, StudyDesign.COHORT, size)


def test_what_moved_between_graphs_with_other_hypotheses(kg, load_text):
    other = load_text(claim_text("increases"))
    assert other.what_moved(other.without(), "a", "b").hypotheses == ()


def test_a_duplicated_evidence_line_changes_nothing(load_text):
    items = [("Supports", "Cohort", 80, "s"), ("Disputes", "CaseControl", 30, "t")]
    once, twice = (load_text(claim_text("increases", *lines)).claim("a increases b") for lines in (items, items + items))
    assert once.confidence == twice.confidence


@pytest.fixture
def disputed(load_text):
    """A claim with a study for it and one against it."""
    return load_text(claim_text("increases", ("Supports", "Cohort", 80, "s"), ("Disputes", "CaseControl", 30, "t")))


REVIEWS = (StudyDesign.META_ANALYSIS, StudyDesign.SYSTEMATIC_REVIEW, StudyDesign.NARRATIVE_REVIEW)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(direction=st.sampled_from(Direction), design=st.sampled_from(StudyDesign), size=st.none() | st.integers(1, 10**6))
def test_a_supposed_study_moves_the_score_its_own_way(disputed, direction, design, size):
    kg = disputed
    study = SupposedEvidence(kg.entity("a"), Predicate.INCREASES, kg.entity("b"), direction, design, size)
    before, after = kg.claim("a increases b").score, kg.with_evidence(study).claim("a increases b").score
    moved = (after > before) - (after < before)
    wanted = {Direction.SUPPORTS: 1, Direction.DISPUTES: -1, Direction.INCONCLUSIVE: 0}[direction]
    is_argument = design is StudyDesign.EXPERT_HYPOTHESIS and direction is Direction.SUPPORTS
    is_blind = size == 1 and design not in REVIEWS and not is_argument  # its power is the least there is, that of chance
    assert moved == (0 if is_blind or design is StudyDesign.GUIDELINE else wanted)


DRUG = "dopamine agonist decreases RLS symptom severity"


def test_a_study_is_told_in_full(kg):
    text = (
        f"{DRUG}: no effect found, RCT, n=200, p=0.6, comparator=placebo, blinding=double blind, measure=OR, "
        "estimate=1.1, interval=0.8..1.5"
    )
    found = parse_supposed_evidence(text, kg.entity)
    assert (found.result, found.direction) == (Result.NO_EFFECT_FOUND, Direction.DISPUTES)
    assert (found.sample_size, found.p_value, found.estimate, found.interval) == (200, 0.6, 1.1, (0.8, 1.5))
    assert (found.comparator, found.blinding) == (Comparator.PLACEBO, Blinding.DOUBLE)
    assert found.measure is EffectMeasure.ODDS_RATIO
    assert parse_supposed_evidence(str(found), kg.entity) == found
    item = kg.with_evidence(text).evidence_item("what-if-1")
    assert (item.result, item.comparator, item.blinding) == (found.result, found.comparator, found.blinding)
    assert (item.p_value, item.measure, item.estimate, item.interval) == (0.6, found.measure, 1.1, (0.8, 1.5))


def weight_of(load_text, study):
    """Return what a supposed study weighs, on a claim of which nothing else is known."""
    kg = load_text(claim_text("decreases")).with_evidence(f"a decreases b: {study}")
    (item,) = kg.explain(kg.claim("a decreases b")).items
    return item.weight


@pytest.mark.parametrize(
    ("lighter", "heavier"),
    [
        ("as claimed, RCT, n=50", "as claimed, RCT, n=50, p=0.001"),
        ("as claimed, RCT, n=50, blinding=open label", "as claimed, RCT, n=50, blinding=single blind"),
        ("as claimed, RCT, n=50, blinding=single blind", "as claimed, RCT, n=50, blinding=double blind"),
        ("as claimed, RCT, n=50, comparator=active treatment", "as claimed, RCT, n=50, comparator=placebo"),
        ("as claimed, RCT, measure=OR, interval=1.1..9", "as claimed, RCT, measure=OR, interval=1.1..1.4"),
        ("no effect found, RCT, n=400", "no effect found, RCT, n=20"),
        ("opposite, RCT, n=100", "no effect found, RCT, n=100"),
        ("no effect found, RCT, n=100", "mixed, RCT, n=100"),
        ("mixed, RCT, n=100", "as claimed, RCT, n=100"),
    ],
)
def test_what_is_told_of_a_study_weighs(load_text, lighter, heavier):
    assert weight_of(load_text, lighter) < weight_of(load_text, heavier)


def test_p_comes_from_estimate_and_interval(load_text):
    """ln 2 with a standard error of ln(4) / 3.92: z = 1.96, so p = 0.05; twice as narrow, z = 3.92 and p = 0.0001."""
    told = weight_of(load_text, "as claimed, RCT, measure=OR, interval=1.414214..2.828427, p=0.0000887")
    reckoned = weight_of(load_text, "as claimed, RCT, measure=OR, estimate=2, interval=1.414214..2.828427")
    assert reckoned == pytest.approx(told, abs=1e-3)
    assert reckoned > weight_of(load_text, "as claimed, RCT, measure=OR, interval=1.414214..2.828427")


def test_what_moved(kg, supposed):
    changed = supposed
    moved = changed.what_moved(kg, *ENDS)
    assert moved.changes == changed.changes
    (change,) = moved.claims
    assert (change.before.level.label, change.after.level.label) == ("speculative", "emerging")
    assert moved.after.overall.value > moved.before.overall.value
    assert [h.after.hypothesis.label for h in moved.hypotheses] == ["Inflammation"]
    for path in moved.paths:
        assert path.before != path.after
    nothing = kg.without().what_moved(kg, *ENDS, max_steps=4)
    assert nothing.claims == nothing.paths == nothing.hypotheses == ()


def test_what_moved_tells_of_claims_that_come_and_go(kg):
    added = kg.with_evidence("yoga raises brain iron: supports, cohort, n=40").what_moved(kg, *ENDS, max_steps=4)
    assert [(change.before, str(change.after)) for change in added.claims] == [(None, "yoga raises brain iron")]
    gone = kg.without(claim="gut-dysbiosis.increases.altered-metabolism").what_moved(kg, *ENDS, max_steps=4)
    assert [(str(change.before), change.after) for change in gone.claims] == [("gut dysbiosis raises altered metabolism", None)]


def test_typed_scores_are_never_believed(load_text):
    typed = "claim:a.increases.b rls:score 0.99 ; rls:confidenceLevel rls:Established . entity:b rls:increases entity:a ."
    kg = load_text(claim_text("increases") + typed)
    assert kg.claim("a increases b").score == pytest.approx(0.1)
    assert not kg.query("ASK { entity:b rls:increases entity:a }")


def test_an_exported_graph_loads_again_under_another_profile(kg, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_bytes(kg.dump("ttl12"))
    assert numbers(rlsgraph.load(path)) == numbers(kg)
    profile = write_profile(tmp_path / "profile.ttl", "Constant-PriorOfCause", "rls:value 0.1 ", "rls:value 0.5 ")
    again = rlsgraph.load(path, profile=profile)
    then, now = (g.claim("gut dysbiosis", "increases", "systemic inflammation").confidence for g in (kg, again))
    assert now.logit == pytest.approx(then.logit + math.log(9))
