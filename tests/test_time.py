"""The graph as of a year, and how a claim came to its score."""

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.graph.building import build

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
