"""What reasoning promises of any graph: floors, factors, studies that count once, assumptions that are none at the end."""

import pytest

from rlsgraph.model.vocabulary import ConfidenceLevel
from tests.helpers.graphs import claim_text

TRIALS = [("Supports", "RandomisedControlledTrial", 200, name) for name in "xyz"]


def entity_text(*names):
    return "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in names)


def link_text(subject, predicate, object_):
    return (
        f"link:{subject}.x.{object_} a rls:DefinitionalLink, rdf:Statement ; rdf:subject entity:{subject} ; "
        f'rdf:predicate {predicate} ; rdf:object entity:{object_} ; rls:reason "it is"@en .\n'
    )


def test_with_all_sources_retracted_support_is_its_floor(kg):
    bare = kg.without(source=[source.iri for source in kg.sources()])
    for claim in bare.claims():
        assert claim.score == pytest.approx(claim.confidence.prior, abs=1e-12)
    for start in ("gut dysbiosis", "systemic iron deficiency", "probiotic", "MEIS1 risk variant", "iron sucrose"):
        for part in bare.support(start, "RLS symptoms", max_steps=5):
            assert part.value == pytest.approx(part.floor, abs=1e-12)
            assert part.evidence_factor is None or part.evidence_factor == pytest.approx(1, abs=1e-9)


def test_a_claim_without_evidence_raises_no_evidence_factor(load_text):
    ways = [
        claim_text("increases", *TRIALS, subject="a", object_="c"),
        claim_text("increases", *TRIALS, subject="c", object_="b"),
    ]
    kg = load_text(entity_text("c") + "".join(ways))
    more = load_text(entity_text("c") + "".join(ways) + claim_text("increases", subject="a", object_="b"))
    before, after = kg.support("a", "b").overall, more.support("a", "b").overall
    assert before.evidence_factor > 1
    assert after.value > before.value
    assert after.evidence_factor <= before.evidence_factor


def test_the_same_study_at_class_and_member_gives_no_more_than_once(load_text):
    study = ("Supports", "RandomisedControlledTrial", 200, "x")
    kinds = entity_text("m") + link_text("m", "skos:broader", "a")
    member_only = load_text(kinds + claim_text("increases", study, subject="m"))
    both = load_text(kinds + claim_text("increases", study, subject="m") + claim_text("increases", study, subject="a"))
    once = member_only.support("m", "b").overall.value
    assert both.support("m", "b").overall.value == pytest.approx(once, abs=1e-12)


def test_support_is_at_least_its_floor_where_all_evidence_is_for(load_text):
    steps = [("a", "c"), ("c", "b"), ("a", "d"), ("d", "b"), ("c", "d")]
    kg = load_text(entity_text("c", "d") + "".join(claim_text("increases", *TRIALS, subject=s, object_=o) for s, o in steps))
    for part in kg.support("a", "b"):
        assert part.value >= part.floor


def test_what_a_kind_does_its_class_may_be_asked_for_freely_and_the_other_way_is_assumed(load_text):
    text = entity_text("k", "m") + link_text("k", "skos:broader", "m")
    raises_kind = load_text(text + claim_text("increases", *TRIALS, subject="a", object_="k"))
    claim = raises_kind.claim("a", "increases", "k")
    (path,) = raises_kind.paths("a", "m")
    assert path.assumptions == ()
    assert path.joint_probability == pytest.approx(claim.score)
    class_acts = load_text(text + claim_text("increases", *TRIALS, subject="m", object_="b"))
    (path,) = class_acts.paths("k", "b")
    assert [assumption.probability for assumption in path.assumptions] == [0.5]
    assert path.joint_probability == pytest.approx(0.5 * class_acts.claim("m", "increases", "b").score)


def test_what_a_kind_is_known_to_do_itself_is_not_assumed_of_it(load_text):
    text = (
        entity_text("k", "m") + link_text("k", "skos:broader", "m") + claim_text("increases", *TRIALS, subject="m", object_="b")
    )
    kg = load_text(text + claim_text("increases", subject="k", object_="b"))
    (path,) = kg.paths("k", "b")
    assert path.claims == (kg.claim("k", "increases", "b"),)


def test_no_path_makes_a_detour_through_the_family_of_its_end(load_text):
    parts = entity_text("disease", "risk", "c") + link_text("risk", "rls:partOf", "disease")
    text = parts + claim_text("increases", *TRIALS, subject="a", object_="risk")
    text += claim_text("increases", *TRIALS, subject="risk", object_="c") + claim_text(
        "increases", *TRIALS, subject="c", object_="disease"
    )
    (path,) = load_text(text).paths("a", "disease")
    assert [entity.label for entity in path.entities] == ["a", "risk", "disease"]


def test_no_treatment_is_supported_beyond_its_own_and_lent_evidence(kg):
    """What its class is known to do stands behind its own claim alone, as lent; mechanisms may add a hair."""
    severity = kg.entity("RLS symptom severity")
    own = {
        claim.subject: claim
        for claim in kg.claims()
        if claim.predicate.value == "decreases" and claim.object == severity and claim.subject.group == "intervention"
        if claim.level is not ConfidenceLevel.REFUTED
    }
    assert {"iron sucrose", "pramipexole", "levodopa", "gabapentin"} <= {drug.label for drug in own}
    for drug, claim in own.items():
        lowers = kg.support(drug.label, severity.label, max_steps=4).lowering
        assert claim.score - 1e-12 <= lowers.value <= claim.score + 0.01, drug.label
        straight = [path for path in kg.paths(drug.label, severity.label, max_steps=4) if len(path.claims) == 1]
        assert [path.claims[0] for path in straight if path.polarity is claim.polarity] == [claim]


def test_a_verdict_needs_a_side_that_evidence_has_moved(load_text):
    for_it = load_text(claim_text("increases", *TRIALS))
    assert str(for_it.support("a", "b").judgement) == "raises: evidence points one way"
    untested = load_text(claim_text("increases"))
    assert str(untested.support("a", "b").judgement) == "undetermined: no evidence beyond the floor"
    both = load_text(claim_text("increases", *TRIALS) + claim_text("decreases", *TRIALS))
    assert str(both.support("a", "b").judgement) == "undetermined: both signs"
