"""What the shipped graph answers about paths, support, research gaps, contradictions, rivals and expectations."""

import math
import subprocess
import sys

import pytest

import rlsgraph
from rlsgraph.model.identifiers import IdentifierKind
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, ExpectationOutcome, Polarity, StudyDesign
from rlsgraph.reasoning.agenda import next_study
from rlsgraph.reasoning.causal_path import CausalPath
from rlsgraph.reasoning.contradictions import ContradictionKind
from rlsgraph.reasoning.influence import iter_influences
from rlsgraph.reasoning.retraction_list import read_identifiers
from tests.helpers.graphs import claim_text, write_profile

ENDS = ("gut dysbiosis", "RLS symptoms")


def chain(*names: str) -> str:
    """Return Turtle of entities beside a and b."""
    return "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in names)


# --- paths ----------------------------------------------------------------------------------------------------------------


def test_the_documents_mechanisms_are_among_the_named_routes(kg):
    routes = {route.hypothesis.label: route for route in kg.named_routes(*ENDS)}
    assert {"Gut-brain axis", "Inflammation", "Metabolic pathways", "Iron absorption"} <= set(routes)
    paths = kg.paths(*ENDS, limit=1000)
    for route in routes.values():
        assert route.rank is not None
        assert paths[route.rank - 1].key == route.path.key


def test_no_two_paths_have_the_same_claims(kg):
    paths = kg.paths(*ENDS, limit=200)
    assert len({path.key for path in paths}) == len(paths) == 200


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("yoga", "yoga", "start and end are the same entity"),
        ("RLS symptoms", "MEIS1 risk variant", "no causal path"),
        ("serum ferritin", "RLS symptom severity", "only by associations"),
        ("type 2 diabetes", "diabetes mellitus", "only by definition"),
    ],
)
def test_why_there_is_no_path(kg, start, end, says):
    assert kg.paths(start, end) == ()
    assert kg.why_no_path(start, end).reason.value == says


def test_a_path_may_need_more_steps(kg):
    absence = kg.why_no_path(*ENDS, max_steps=1)
    assert (absence.reason.value, absence.steps) == ("only beyond max_steps", 2)
    assert kg.why_no_path(*ENDS, max_steps=2) is None
    assert "2 steps" in str(absence)


def test_a_longer_path_never_scores_higher(kg):
    for path in kg.paths(*ENDS, limit=100):
        for length in range(1, len(path.steps)):
            beginning = CausalPath(path.entities[: length + 1], path.steps[:length])
            assert beginning.joint_probability >= path.joint_probability
            assert beginning.polarity * CausalPath(path.entities[length:], path.steps[length:]).polarity is path.polarity


# --- support --------------------------------------------------------------------------------------------------------------


def test_support_of_the_headline_question(kg):
    support = kg.support(*ENDS)
    assert [part.estimate.method.name for part in support] == ["MONTE_CARLO", "MONTE_CARLO", "EXACT", "EXACT"]
    assert support.overall.floor == pytest.approx(0.182, abs=0.005)
    assert str(support.judgement) == "undetermined: no evidence beyond the floor"
    assert all(part.low <= part.value <= part.high for part in support)
    assert max(part.value for part in support) == support.overall.value >= kg.paths(*ENDS, limit=1)[0].joint_probability
    assert support.get("raising") is support.raising


def test_support_says_how_it_was_sampled(kg, monkeypatch):
    exact = kg.support(*ENDS).unknown
    assert exact.how == "exact"
    monkeypatch.setattr("rlsgraph.reasoning.reliability.support.MOST_EXACT_VARIABLES", 0)
    told = []
    sampled = kg.support(*ENDS, samples=20_000, progress=lambda *done: told.append(done))
    assert sampled.overall.how.startswith("Monte Carlo, 20,000 samples, s.e. 0.00")
    assert sampled.overall.how.endswith(", seed 7")
    assert abs(sampled.unknown.value - exact.value) < 4 * sampled.unknown.estimate.standard_error
    assert told[0] == (0, 20_000)
    assert told[-1][0] == told[-1][1]


def test_support_of_one_entity_with_itself_is_refused(kg):
    with pytest.raises(rlsgraph.SameEntityError, match="'yoga'"):
        kg.support("yoga", "yoga")


def test_what_holds_by_definition_is_certain(kg):
    support = kg.support("RLS symptom severity", "RLS symptoms")
    assert (support.overall.value, support.overall.how) == (1.0, "exact")
    with pytest.raises(rlsgraph.UnknownNameError, match="overall"):
        support.get("sideways")


def test_an_interval_that_had_to_be_sampled_says_so(kg, monkeypatch):
    exact = kg.support(*ENDS).unknown
    monkeypatch.setattr("rlsgraph.reasoning.reliability.support.MOST_NODES_FOR_MANY", 10)
    sampled = rlsgraph.load().support(*ENDS).unknown  # the answers of the tests' graph are remembered
    assert sampled.how == "exact; interval sampled"
    assert sampled.value == exact.value
    assert (sampled.low, sampled.high) == pytest.approx((exact.low, exact.high), abs=0.04)


def test_support_without_a_path_is_an_exact_zero(kg):
    assert [(part.value, part.how) for part in kg.support("RLS symptoms", "MEIS1 risk variant")] == [(0.0, "exact")] * 4


# --- gaps -----------------------------------------------------------------------------------------------------------------


def test_gaps_rank_claims_by_what_a_study_would_settle(kg):
    agenda = kg.gaps(*ENDS)
    worth = [gap.worth for gap in agenda.gaps]
    assert worth == sorted(worth, reverse=True)
    assert sum(worth) == pytest.approx(1)
    assert 0 < sum(gap.share for gap in agenda.gaps) < 1
    now = agenda.estimate.value
    for gap in agenda.gaps:
        assert gap.gap.if_null <= now <= gap.gap.if_positive
        assert 0 < gap.gap.importance <= 1
        # the score that is expected after the study is the score before it
        after = gap.gap.chance * gap.score_if_positive + (1 - gap.gap.chance) * gap.score_if_null
        assert after == pytest.approx(gap.claim.score, abs=1e-12)
        assert gap.score_if_null <= gap.claim.score <= gap.score_if_positive


def test_a_study_on_the_first_gap_moves_support_as_foretold(kg):
    first = kg.gaps(*ENDS).gaps[0]
    claim = first.claim
    study = f"{first.next_study.design.label}, n={first.next_study.size}"
    text = f"{claim.subject.label} {claim.predicate.value} {claim.object.label}: supports, {study}"
    after = kg.with_evidence(text)
    assert after.claim(claim.iri).score == pytest.approx(first.score_if_positive, abs=1e-12)
    assert after.support(*ENDS).overall.value == pytest.approx(first.gap.if_positive, abs=0.01)  # of a Monte Carlo estimate


def test_the_score_after_a_null_study_is_what_a_what_if_gives(kg):
    for gap in kg.gaps(*ENDS).gaps[:6]:
        claim, study = gap.claim, gap.next_study
        text = (
            f"{claim.subject.label} {claim.predicate.value} {claim.object.label}: disputes, {study.design.label}, n={study.size}"
        )
        assert kg.with_evidence(text).claim(claim.iri).score == pytest.approx(gap.score_if_null, abs=1e-12)


def test_gaps_of_one_sign_and_of_an_unknown_part(kg):
    assert kg.gaps(*ENDS, part="raising").estimate.value == kg.support(*ENDS).raising.value
    with pytest.raises(rlsgraph.UnknownNameError, match="sideways"):
        kg.gaps(*ENDS, part="sideways")
    assert kg.gaps("RLS symptoms", "MEIS1 risk variant").gaps == ()


@pytest.mark.parametrize(
    ("items", "species", "design", "says"),
    [
        ((), "", StudyDesign.COHORT, "no study of it yet"),
        ((("Supports", "ExpertHypothesis", None, "s"),), "human", StudyDesign.COHORT, "no study of it yet"),
        ((("Supports", "AnimalStudy", 10, "s"),), "rat", StudyDesign.COHORT, "animals or cells only"),
        ((("Supports", "Cohort", 50, "s"),), "human", StudyDesign.RANDOMISED_CONTROLLED_TRIAL, "cause not tested"),
        ((("Supports", "RandomisedControlledTrial", 50, "s"),), "human", StudyDesign.RANDOMISED_CONTROLLED_TRIAL, "tested once"),
        (
            (*(("Supports", "GWAS", 9000, f"s{i}") for i in range(2)), *(("Disputes", "GWAS", 9000, f"t{i}") for i in range(2)),
             ("Supports", "RandomisedControlledTrial", 90, "u"), ("Disputes", "RandomisedControlledTrial", 90, "v")),
            "human", StudyDesign.RANDOMISED_CONTROLLED_TRIAL, "studies disagree",
        ),
    ],
)  # fmt: skip
def test_the_next_study_follows_from_what_has_been_done(load_text, items, species, design, says):
    kg = load_text(claim_text("increases", *items) + "".join(
        f'evidence:increases-a-b-{number} rls:species "{species}" .\n' for number in range(len(items))
    ))  # fmt: skip
    study = next_study(kg.claim("a", "increases", "b"), kg.profile.next_sizes)
    assert study.design is design
    assert study.size == kg.profile.next_sizes[design]
    assert says in study.reason


def test_what_a_kind_inherits_and_how_large_studies_are_is_said_by_the_profile(load_text, tmp_path):
    said = 'entity:c a rls:Entity ; skos:prefLabel "c"@en . link:x a rls:DefinitionalLink ; rdf:subject entity:a ; '
    said += 'rdf:predicate skos:broader ; rdf:object entity:c ; rls:reason "made up"@en .\n' + claim_text(
        "increases", subject="c"
    )
    profile = write_profile(tmp_path / "own.ttl", "Constant-Inheritance", "rls:value 0.5 ", "rls:value 0.8 ")
    profile.write_text(profile.read_text("utf-8").replace("rls:value 1000 ", "rls:value 300 "), "utf-8")
    for kg, chance, size in ((load_text(said), 0.5, 1000), (load_text(said, profile=profile), 0.8, 300)):
        (path,) = kg.paths("a", "b")
        assert path.joint_probability == pytest.approx(chance * kg.claims()[0].score)
        assert [gap.next_study.size for gap in kg.gaps("a", "b").gaps] == [size]
    write_profile(profile, "Constant-Inheritance", "rls:value 0.5 ", "rls:value 1.8 ")
    with pytest.raises(rlsgraph.ProfileError, match="Constant-Inheritance"):
        load_text(said, profile=profile)


def test_an_association_that_lends_counts_as_observed(kg):
    gap = next(gap for gap in kg.gaps(*ENDS).gaps if str(gap.claim) == "altered metabolism raises RLS risk")
    assert gap.next_study.reason == "observed in people, cause not tested"


# --- contradictions -------------------------------------------------------------------------------------------------------


def test_contradictions_of_each_kind(kg):
    found = kg.contradictions()
    kinds = {kind: [c for c in found if c.kind is kind] for kind in ContradictionKind}
    assert len(kinds[ContradictionKind.CONTESTED_CLAIM]) == sum(claim.is_contested for claim in kg.claims())
    for c in kinds[ContradictionKind.OPPOSED_CLAIMS]:
        assert [int(claim.polarity) for claim in c.claims] == [1, -1]
    for c in kinds[ContradictionKind.OPPOSED_PATHS]:
        assert [path.polarity for path in c.paths] == [Polarity.RAISES, Polarity.LOWERS]
        assert c.strength == min(path.joint_probability for path in c.paths) >= 0.01
    assert kinds[ContradictionKind.CONTESTED_CLAIM]
    assert kinds[ContradictionKind.OPPOSED_CLAIMS]


def test_opposed_paths_between_two_entities(kg, load_text):
    trials = [("Supports", "GWAS", 9000, name) for name in "xyz"]
    steps = [("increases", "a", "c"), ("increases", "c", "b"), ("increases", "a", "d"), ("decreases", "d", "b")]
    entities = "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in "cd")
    small = load_text(entities + "".join(claim_text(p, *trials, subject=s, object_=o) for p, s, o in steps))
    (paths,) = (c for c in small.contradictions("a", "b") if c.kind is ContradictionKind.OPPOSED_PATHS)
    assert (paths.start.label, paths.end.label) == ("a", "b")
    assert "raises it" in str(paths)
    assert [path.polarity for path in paths.paths] == [Polarity.RAISES, Polarity.LOWERS]
    with pytest.raises(ValueError, match="both a start and an end"):
        kg.contradictions("yoga")


def test_opposed_claims_that_a_link_joins_are_opposed_paths(load_text):
    kg = load_text(
        chain("x", "y")
        + claim_text("increases", subject="a", object_="x")
        + claim_text("decreases", subject="a", object_="y")
        + "link:l a rls:DefinitionalLink ; rdf:subject entity:y ; rdf:predicate skos:broader ; rdf:object entity:x ."
    )
    (found,) = kg.contradictions("a", "x")
    assert found.kind is ContradictionKind.OPPOSED_PATHS


def test_a_claim_and_an_association_the_other_way_round_are_opposed(load_text):
    kg = load_text(
        claim_text("increases", ("Supports", "Cohort", 100, "s"))
        + claim_text("negativelyAssociatedWith", ("Supports", "Cohort", 100, "t"), subject="b", object_="a")
    )
    (found,) = kg.contradictions()
    assert found.kind is ContradictionKind.OPPOSED_CLAIMS
    assert [finding.thing for finding in kg.doctor() if finding.kind.value == "sign conflict"] == [found.claims[0]]


def test_two_causal_claims_each_way_are_no_contradiction(load_text):
    kg = load_text(
        claim_text("increases", ("Supports", "Cohort", 100, "s"))
        + claim_text("decreases", ("Supports", "Cohort", 100, "t"), subject="b", object_="a")
    )
    assert kg.contradictions() == ()


# --- rivals ---------------------------------------------------------------------------------------------------------------


def test_the_dopamine_rivals_part_and_evidence_tells_them_apart(kg):
    rivals = kg.compare("dopamine deficiency", "relative dopamine excess")
    assert rivals.shared == ()
    assert {str(claim) for claim in rivals.only_one} == {
        "systemic iron deficiency lowers dopamine signalling", "dopamine signalling lowers RLS symptom severity",
    }  # fmt: skip
    favours = {found.influence.evidence.identifier: found.shift for found in rivals.discriminating}
    assert favours.keys() == {"iron-051", "neuro-002"}  # the other rival's steps have no item that moves a score
    assert max(favours.values()) < 0
    mirrored = kg.compare("relative dopamine excess", "dopamine deficiency")
    assert {found.influence.evidence.identifier: -found.shift for found in mirrored.discriminating} == pytest.approx(favours)


def test_a_hypothesis_compared_with_itself_shares_all(kg):
    same = kg.compare("iron absorption", "iron absorption")
    assert same.only_one == same.only_other == same.opposed == same.discriminating == ()
    assert same.shared == same.one.hypothesis.claims


def test_influence_is_what_loading_without_the_item_gives(kg):
    claim = kg.claim("gut dysbiosis", "increases", "systemic inflammation")
    found = {i.evidence.identifier: i for i in iter_influences(claim, lambda iri: kg.explain(kg.claim(iri)))}
    for influence in found.values():
        source = influence.evidence.source
        if len(kg.evidence(source=source.iri)) == 1:
            without = kg.without(source=source.iri).claim(claim.iri)
            assert influence.score_without == pytest.approx(without.score, abs=1e-12)
            assert math.exp(influence.shift) == pytest.approx(claim.score / without.score)
    assert found["chain-001"].shift < 0 < found["chain-015"].shift
    assert any(influence.via != claim for influence in found.values())


# --- hypotheses -----------------------------------------------------------------------------------------------------------


def test_hypotheses_count_the_evidence_of_their_best_route(kg):
    ranked = next(r for r in kg.hypotheses() if r.hypothesis.label == "Inflammation")
    items = {item for claim in ranked.best.claims for item in claim.evidence}
    for direction in Direction:
        assert ranked.count(direction) == sum(item.direction is direction for item in items)


def test_a_step_reads_the_association_where_it_has_no_item_of_its_own_and_only_there(kg):
    readings = [reading for ranked in kg.hypotheses() if ranked.standing for reading in ranked.standing.readings]
    for reading in readings:
        said = any(not item.source.retracted for item in reading.step.evidence)
        assert not (reading.is_association and (said or reading.read.is_untested)), str(reading)
    assert {bool(reading.step.evidence) for reading in readings if reading.step.is_untested} == {True, False}  # opinions too


# --- expectations ---------------------------------------------------------------------------------------------------------


def test_expectations_come_out_as_recorded(kg):
    """A change that turns an observation must say so in data/expectations.ttl."""
    verdicts = kg.expect()
    assert len(verdicts) >= 25
    assert {str(v.expectation): v.outcome for v in verdicts if v.has_turned} == {}
    assert all(v.expectation.recorded is not None for v in verdicts)
    assert {v.outcome for v in verdicts} == set(ExpectationOutcome)


def test_each_expectation_is_an_observation_of_its_source(kg):
    for expectation in kg.expectations():
        seen = [item for source in expectation.sources for item in kg.evidence(source=source.iri)]
        assert expectation.observation in {item.finding for item in seen}


def test_each_verdict_shows_its_path(kg):
    for verdict in kg.expect():
        path = verdict.path
        assert (path is None) == (verdict.outcome is ExpectationOutcome.NO_PATH)
        if path is None:
            continue
        assert len(path.claims) >= 2
        assert (path.entities[0], path.entities[-1]) == (verdict.expectation.subject, verdict.expectation.object)
        right = path.polarity is verdict.expectation.predicate.polarity
        assert right == (verdict.outcome is not ExpectationOutcome.WRONG_SIGN)
        assert (path.joint_probability < 0.05) == (verdict.outcome is ExpectationOutcome.TOO_WEAK) or not right
        assert right == verdict.has_right_sign


def test_a_threshold_or_a_missing_claim_turns_expectations(kg):
    assert all(v.outcome is not ExpectationOutcome.REPRODUCED for v in kg.expect(min_score=1.0))
    broken = kg.without(claim=["dopamine-signalling.decreases.rls-symptom-severity", "intravenous-iron.increases.brain-iron"])
    assert any(v.has_turned for v in broken.expect())


def test_chance_stands_beside_the_observations(kg):
    verdicts = kg.expect()
    chance = kg.expect_by_chance(verdicts)
    assert chance == kg.expect_by_chance(kg.expect())
    assert chance.with_path == sum(v.path is not None for v in verdicts)
    assert chance.reproduced.seen == sum(v.outcome is ExpectationOutcome.REPRODUCED for v in verdicts) <= chance.right.seen
    shares = [v.shuffled for v in verdicts if v.path is not None]
    assert all(v.shuffled is None for v in verdicts if v.path is None)
    assert chance.right.mean == pytest.approx(sum(shares))
    assert 0 < min(shares) < max(shares) < 1
    assert chance.as_many_by_random_sign < 0.01  # it does better than signs drawn at random
    assert chance.right.as_many < 0.05


def test_where_all_signs_are_alike_shuffling_changes_nothing(load_text):
    text = claim_text("increases", object_="m") + claim_text("increases", subject="m")
    text += 'entity:m a rls:Entity ; skos:prefLabel "m"@en ; rls:group rls:GutGroup .\n'
    text += "expectation:x a rls:Expectation ; rdf:subject entity:a ; rdf:predicate rls:increases ; rdf:object entity:b ;\n"
    text += 'rls:observation "seen"@en ; dcterms:source source:s . source:s a rls:Source ; dcterms:title "s" .\n'
    kg = load_text(text)
    (verdict,) = kg.expect()
    assert (verdict.path.key[0][-1], verdict.shuffled) == ("m", 1.0)
    assert (verdict.has_right_sign, verdict.outcome) == (True, ExpectationOutcome.TOO_WEAK)
    chance = kg.expect_by_chance([verdict])
    assert (chance.right.mean, chance.right.as_many, chance.as_many_by_random_sign) == (1, 1, 0.5)
    observed = "entity:a ; rdf:predicate rls:{} ; rdf:object entity:b ;\nrls:observation"
    (lower,) = load_text(text.replace(observed.format("increases"), observed.format("decreases"))).expect()
    assert (lower.has_right_sign, lower.shuffled) == (False, 0.0)


def test_a_verdict_names_what_its_path_assumes(kg):
    from rlsgraph.formats.answers import verdicts_table

    verdicts = kg.expect()
    rows = verdicts_table(verdicts).rows
    assuming = [row["detail"] for row, v in zip(rows, verdicts, strict=True) if v.path and v.path.assumptions]
    assert assuming
    assert all("assumed to do as it does" in detail for detail in assuming)


# --- check-up -------------------------------------------------------------------------------------------------------------


def test_doctor_finds_what_is_weak(kg):
    findings = kg.doctor()
    by_kind = {}
    for finding in findings:
        by_kind.setdefault(finding.kind.value, set()).add(finding.thing.iri)
    details = {finding.thing.iri: finding.detail for finding in findings if finding.kind.value == "no evidence"}
    assert "lend it" in details[kg.claim("brain iron deficiency", "increases", "RLS risk").iri]
    assert by_kind["opinion or review only"] == {
        c.iri for c in kg.claims() if c.evidence and not any(item.design.is_study for item in c.evidence)
    }
    assert by_kind["no evidence"] == {claim.iri for claim in kg.claims() if not claim.evidence}
    assert by_kind["bracketed title"] == {source.iri for source in kg.sources() if source.title.startswith("[")}
    ends = {entity for tie in (*kg.claims(), *kg.links()) for entity in (tie.subject, tie.object)}
    assert by_kind.get("orphan entity", set()) == {entity.iri for entity in kg.entities() if entity not in ends}
    for claim in kg.claims():
        studies = [item for item in claim.evidence if item.design.is_study]
        if claim.iri in by_kind["animal or cell work only"]:
            assert studies
            assert not any("human" in item.species for item in studies)
    assert {c.claims[0].iri for c in kg.contradictions() if c.claims} == by_kind["sign conflict"]


LISTS = {
    "a PMID a line": "# retracted\n\n{pmid}\n1\n",
    "with prefixes": "PMID: {pmid}, https://doi.org/{doi}\n",
    "a DOI in capitals": "{DOI}.\n",
    "a table": 'Record ID,Title,OriginalPaperDOI,OriginalPaperPubMedID\n12,"A, b",{doi},{pmid}\n13,Other,10.1/x,0\n',
}


@pytest.mark.parametrize("form", LISTS)
def test_a_list_of_retractions_is_swept(kg, form):
    alone = (
        claim.evidence[0].source for claim in kg.claims() if len(claim.evidence) == 1 and claim.confidence.support_weight > 1
    )
    source = next(source for source in alone if source.doi and source.pmid)
    listing = LISTS[form].format(pmid=source.pmid, doi=source.doi, DOI=source.doi.upper())
    sweep = kg.retraction_sweep(listing)
    assert [hit.thing for hit in sweep.hits] == [source]
    after = kg.without(source=source.iri)
    moved = {claim.iri for claim in kg.claims() if after.claim(claim.iri).score != claim.score}
    assert {change.claim.iri for change in sweep.claims} == moved != set()


def test_a_list_without_hits_moves_nothing(kg):
    sweep = kg.retraction_sweep("# 34596594\n2016\n10.9999/none\n")
    assert (sweep.pmids, sweep.dois, sweep.hits, sweep.claims, sweep.hypotheses) == (1, 1, (), (), ())


@pytest.mark.parametrize(
    ("listing", "dois", "pmids"),
    [
        ("\ufeff34596594\n".encode(), set(), {"34596594"}),
        ("34596594\n10.1000/a\n".encode("utf-16"), {"10.1000/a"}, {"34596594"}),
        (b"id,pmid\n1,12345678.0\n", set(), {"12345678"}),
        (b"[12345678] (doi:10.1000/A(1)b).\n", {"10.1000/a(1)b"}, {"12345678"}),
        (b"https://doi.org/10.1000%2Fx, PMID: 123\n", {"10.1000/x"}, {"123"}),
        (b"1,2016,Title\n77\n", set(), {"77"}),
        (b"https://pubmed.ncbi.nlm.nih.gov/15453549/\nPMC0123\n", set(), {"15453549"}),
    ],
)
def test_identifiers_are_read_out_of_many_kinds_of_list(listing, dois, pmids):
    found = {(each.kind, each.value) for each in read_identifiers(listing) if each.kind is not IdentifierKind.PMCID}
    assert found == {("doi", doi) for doi in dois} | {("pmid", pmid) for pmid in pmids}


@pytest.mark.parametrize(("listing", "says"), [(b"", "no PMID or DOI"), (b"title only\n", "no PMID"), (b"PK\x03\x00", "no text")])
def test_a_list_without_identifiers_is_refused(listing, says):
    with pytest.raises(rlsgraph.DataError, match=says):
        read_identifiers(listing)


# --- the same every time --------------------------------------------------------------------------------------------------

PROGRAM = """
import rlsgraph
from rlsgraph.triples import resources
files = sorted(resources.data_files(), reverse=REVERSED)
kg = rlsgraph.load(*files)
ends = ("gut dysbiosis", "RLS symptoms")
print([(path.key, path.joint_probability, path.interval) for path in kg.paths(*ends, limit=50)])
print(kg.support(*ends), kg.gaps(*ends).gaps[:9], [str(c) for c in kg.contradictions()])
print([(v.expectation.iri, v.outcome, v.path and v.path.key) for v in kg.expect()])
print(kg.without(source="reijnders2016-effects-microbiota").support(*ends))
"""


WATCHED = """Record ID,Title,Journal,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,\
OriginalPaperPubMedID,RetractionNature,Reason,Notes
1,"A, withdrawn",J,1/15/2020 0:00,10.1000/notice,11111111,1/1/2018 0:00,10.1000/Gone,2222222,Retraction,+Error;,10.1000/bystander
2,Doubtful,J,1/15/2020 0:00,10.1000/doubt-notice,0,1/1/2018 0:00,10.1000/doubtful,3333333,Expression of concern,,
3,Mended,J,1/15/2020 0:00,unavailable,0,1/1/2018 0:00,10.1000/mended,unavailable,Correction,,
4,Back,J,1/15/2019 0:00,10.1000/n4,0,1/1/2018 0:00,10.1000/back,4444444,Retraction,,
5,Back,J,3/1/2020 0:00,10.1000/n5,0,1/1/2018 0:00,10.1000/back,4444444,Reinstatement,,
6,Gone again,J,3/1/2019 0:00,10.1000/n6,0,1/1/2018 0:00,10.1000/again,0,Reinstatement,,
7,Gone again,J,3/1/2021 0:00,10.1000/n7,0,1/1/2018 0:00,10.1000/again,0,Retraction,,"two
lines"
8,Short number,J,3/1/2021 0:00,unavailable,0,1/1/2018 0:00,unavailable,77,Retraction,,
"""


@pytest.mark.parametrize("text", [WATCHED, WATCHED.replace("\n", "\r\n"), WATCHED.encode("utf-8-sig").decode("utf-8")])
def test_of_retraction_watch_the_original_papers_that_stay_retracted_count(text):
    found = {each.value for each in read_identifiers(text.encode())}
    assert found == {"10.1000/gone", "2222222", "10.1000/again", "77"}
    lines = WATCHED.splitlines()
    assert read_identifiers("\n".join([lines[0], lines[2], ""]).encode()) == frozenset()


def test_neither_restarts_nor_load_order_change_a_number_or_an_order():
    outputs = set()
    for hash_seed, order in (("0", "False"), ("77", "True")):
        code = PROGRAM.replace("REVERSED", order)
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": hash_seed}
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_a_refuted_claim_is_not_walked(load_text):
    kg = load_text(claim_text("increases", *(("Disputes", "RandomisedControlledTrial", 400, name) for name in "stu")))
    assert kg.claim("a", "increases", "b").level is ConfidenceLevel.REFUTED
    assert kg.support("a", "b").overall.value == 0
