"""The graph as of a year, and how a claim came to its score."""

import csv
import io
import itertools
import json

import pytest
from click.testing import CliRunner
from rdflib import RDF, Graph, URIRef

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.graph.building import build
from rlsgraph.model import namespaces as ns
from rlsgraph.reasoning.history import Moment
from tests.helpers.graphs import claim_text

pytestmark = pytest.mark.xdist_group("time")  # one worker, so that a graph as of a year is made once

ENDS = ("gut dysbiosis", "RLS symptoms")


def scores(kg):
    return {claim.iri: claim.confidence for claim in kg.claims()}


def is_known(item, year):
    return item.source.year is not None and item.source.year <= year


def test_a_graph_of_a_year_is_the_graph_without_later_and_undated_sources(kg):
    then = kg.as_of(2010)
    gone = [source for source in kg.sources() if source.year is None or source.year > 2010]
    assert scores(then) == scores(kg.without(source=[s.iri for s in gone]))
    assert all(is_known(item, 2010) for claim in then.claims() for item in claim.evidence)
    assert len(then) == len(kg)
    cited = {item.source for item in kg.evidence()}
    undated = [source for source in gone if source.year is None and source in cited]
    later = [source for source in gone if source.year is not None and source in cited]
    assert then.changes == (f"as of 2010 ({len(later)} later sources and {len(undated)} undated ones left out)",)


def test_before_the_first_source_every_claim_stands_at_its_prior(kg):
    then = kg.as_of(1000)
    assert all(claim.score == pytest.approx(claim.confidence.prior) for claim in then.claims())
    support = then.support(*ENDS, max_steps=4)
    assert support.overall.value == pytest.approx(support.overall.floor)
    assert support.overall.evidence_factor == pytest.approx(1)


def test_the_source_document_has_no_year_and_is_left_out(kg):
    (document,) = [source for source in kg.sources() if source.file_name]
    assert document.year is None
    assert not any(item.source == document for item in kg.as_of(9999).evidence())


def test_a_study_supposed_after_the_year_stays_and_one_before_does_not(kg):
    study = "gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120"
    assert any(item.identifier == "what-if-1" for item in kg.as_of(2010).with_evidence(study).evidence())
    assert not any(item.identifier == "what-if-1" for item in kg.with_evidence(study).as_of(2010).evidence())


@pytest.mark.parametrize("year", [999, 10000, -1])
def test_a_year_has_four_digits(kg, year):
    with pytest.raises(rlsgraph.WhatIfError, match="four digits"):
        kg.as_of(year)


def test_a_store_answers_as_of_a_year_like_memory(kg, tmp_path):
    build(tmp_path / "store")
    stored = rlsgraph.open(tmp_path / "store").as_of(2012)
    then = kg.as_of(2012)
    assert stored.changes == then.changes
    assert scores(stored) == scores(then)
    name = "gut dysbiosis increases systemic inflammation"
    assert stored.explain(stored.claim(name)).ledger == then.explain(then.claim(name)).ledger
    assert [p.key for p in stored.paths(*ENDS)] == [p.key for p in then.paths(*ENDS)]
    assert stored.support(*ENDS, max_steps=4) == then.support(*ENDS, max_steps=4)
    moved = stored.what_moved(rlsgraph.open(tmp_path / "store"), *ENDS, max_steps=3)
    assert {c.after.iri for c in moved.claims} == {c.after.iri for c in then.what_moved(kg, *ENDS, max_steps=3).claims}


@pytest.mark.parametrize(
    "command",
    [
        ("claims", "--subject", "gut dysbiosis"),
        ("explain", "gut-dysbiosis.increases.systemic-inflammation"),
        ("contradictions", *ENDS),
        ("hypotheses",),
        ("paths", *ENDS),
        ("support", *ENDS),
        ("gaps", *ENDS, "--max-steps", "4"),
        ("compare", *ENDS),
        ("expect",),
    ],
)
def test_every_question_can_be_asked_as_of_a_year(graph_is_read, command):
    result = CliRunner().invoke(main, [*command, "--as-of", "2010"])
    assert result.exit_code in (0, 1), result.output
    assert "what if: as of 2010 (" in result.stderr
    assert "undated ones left out)" in result.stderr
    assert CliRunner().invoke(main, [*command, "--as-of", "MMX"]).exit_code == 2


# --- the history of a claim -----------------------------------------------------------------------------------------------


def told(kg):
    """Return every seventh claim with evidence of its own or lent, explained."""
    explained = [kg.explain(claim) for claim in kg.claims()]
    return [e for e in explained if e.items or any(related.claim.evidence for related in e.related)][::7]


def test_the_last_year_is_the_score_without_undated_sources_and_these_give_the_present_one(kg):
    latest = kg.as_of(9999)
    seen = set()
    for explanation in told(kg):
        claim = explanation.claim
        turns = kg.history(claim).turns
        dated = [turn for turn in turns if turn.moment is not Moment.UNDATED]
        assert dated[-1].confidence.score == pytest.approx(latest.claim(claim.iri).score, abs=1e-12)
        assert turns[-1].confidence.score == pytest.approx(claim.score, abs=1e-12)
        assert turns[0].confidence.score == pytest.approx(claim.confidence.prior)
        seen |= {turn.moment for turn in turns}
    assert seen == set(Moment)


def test_a_year_of_a_history_is_the_score_as_of_that_year(kg):
    for year in (2005, 2016):
        then = kg.as_of(year)
        for explanation in told(kg):
            turns = kg.history(explanation.claim).turns
            so_far = [turn for turn in turns if turn.moment is Moment.PRIOR or (turn.year is not None and turn.year <= year)]
            assert so_far[-1].confidence.score == pytest.approx(then.claim(explanation.claim.iri).score, abs=1e-12)


def test_only_years_that_changed_the_score_are_told_each_with_a_study_that_did(kg):
    for explanation in told(kg):
        history = kg.history(explanation.claim)
        for before, now in itertools.pairwise(history.turns):
            odds = [turn.confidence.score / (1 - turn.confidence.score) for turn in (before, now)]
            assert now.factor == pytest.approx(odds[1] / odds[0])
            assert now.factor != pytest.approx(1, abs=1e-10)
            assert now.movers
            assert all(source.year == now.year for mover in now.movers for source in mover.sources)
        years = [turn.year for turn in history.turns if turn.year is not None]
        assert years == sorted(set(years))


def dated(text, **years):
    return text + "".join(f'source:{name} dcterms:issued "{year}"^^xsd:gYear .\n' for name, year in years.items())


def test_own_and_lent_studies_are_told_apart(load_text):
    text = claim_text("increases", ("Supports", "RandomisedControlledTrial", 90, "trial"))
    text += claim_text("positivelyAssociatedWith", ("Supports", "Cohort", 900, "cohort"))
    kg = load_text(dated(text, trial=2011, cohort=1999))
    history = kg.history(kg.claim("a increases b"))
    assert [turn.label for turn in history.turns] == ["prior", "1999", "2011"]
    (lent,), (own,) = history.turns[1].movers, history.turns[2].movers
    assert [str(claim) for claim in history.lends(lent)] == ["a goes with more b"]
    assert history.lends(own) == ()
    assert [turn.factor for turn in history.turns] == pytest.approx([1, lent.factor, own.factor])
    assert (lent.study, own.study) == tuple(kg.source(name).iri for name in ("cohort", "trial"))


def test_a_retracted_study_counts_in_no_year(load_text):
    text = dated(claim_text("increases", ("Supports", "RandomisedControlledTrial", 90, "trial")), trial=2011)
    kg = load_text(text + "source:trial rls:retracted true .\n")
    assert [turn.label for turn in kg.history(kg.claim("a increases b")).turns] == ["prior"]


def test_the_history_command(graph_is_read):
    claim = ("iron supplementation", "decreases", "RLS symptom severity")
    shown = CliRunner().invoke(main, ["history", *claim])
    assert shown.exit_code == 0
    assert max(map(len, shown.stdout.splitlines())) <= 100
    assert "prior" in shown.stdout
    assert "lent by" in shown.stdout
    rows = json.loads(CliRunner().invoke(main, ["history", *claim, "--format", "json"]).stdout)
    table = list(csv.DictReader(io.StringIO(CliRunner().invoke(main, ["history", *claim, "--format", "csv"]).stdout)))
    assert len(rows) == len(table)
    assert {key for row in rows for key in row} <= table[0].keys()
    turtle = CliRunner().invoke(main, ["history", *claim, "--format", "ttl"]).stdout
    assert len(set(Graph().parse(data=turtle).subjects(RDF.type, URIRef(ns.RLS + "HistoryStep")))) == len(rows)
    then = CliRunner().invoke(main, ["history", *claim, "--as-of", "2018"]).stdout
    assert "2018" in then
    assert "2019" not in then
    assert "undated" not in then
    assert CliRunner().invoke(main, ["history", claim[0], claim[1]]).exit_code == 2
