"""Scores against gradings of a small file of its own, as command and in the library."""

import json

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main
from rlsgraph.errors import DataError

pytestmark = pytest.mark.xdist_group("calibrate")  # one worker, so that it is calibrated once


@pytest.fixture(scope="module")
def gradings(kg, tmp_path_factory):
    """Write gradings of three claims of the graph, one of them twice, and of two that it lacks."""
    ranked = sorted((claim for claim in kg.claims() if claim.predicate.is_causal), key=lambda claim: -claim.score)
    rows = [row_of(ranked[0], 1.0), row_of(ranked[0], 0.5), row_of(ranked[1], 1.0), row_of(ranked[-1], 0.25)]
    rows += [
        {"subject": "yoga", "predicate": "increases", "object": "brain-iron", "numeric": 0.0},
        {"subject": "nobody-knows-it", "predicate": "decreases", "object": "rls-risk", "numeric": 0.5},
    ]
    path = tmp_path_factory.mktemp("calibrate") / "gradings.json"
    path.write_text(json.dumps(rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def found(kg, gradings):
    return kg.calibrate(gradings)


def row_of(claim, numeric):
    subject, predicate, object_ = claim.iri.rsplit("/", 1)[-1].split(".")
    return {"subject": subject, "predicate": predicate, "object": object_, "numeric": numeric}


@pytest.fixture
def run(graph_is_read):
    def call(*arguments, code=0):
        result = CliRunner().invoke(main, ["calibrate", *map(str, arguments)])
        assert result.exit_code == code, result.output + repr(result.exception)
        return result

    return call


def test_each_graded_claim_counts_once_and_a_missing_one_with_its_prior(kg, found):
    assert len(found.pairs) == 5
    assert found.missing == 2
    pairs = {pair.name: pair for pair in found.pairs}
    assert pairs["yoga increases brain-iron"].score == pytest.approx(kg.profile.prior(is_causal=True, group="intervention"))
    assert pairs["nobody-knows-it decreases rls-risk"].score == pytest.approx(kg.profile.prior(is_causal=True, group=""))
    assert sorted(pair.grade for pair in found.pairs) == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert found.auc.value == 1.0
    strong = [(pair.score - pair.is_strong) ** 2 for pair in found.pairs]
    assert found.brier.value == pytest.approx(sum(strong) / 5)


def test_a_claim_of_a_whole_is_found_at_its_part(kg, tmp_path):
    """The disease itself has no claims: getting it, and its severity, are parts of it."""
    whole, parts = "restless-legs-syndrome", ("rls-risk", "rls-symptoms", "rls-symptom-severity")
    known = [c for part in parts for c in kg.claims(subject="MEIS1 risk variant", object=kg.entity(f"entity:{part}").label)]
    surest = max(known, key=lambda claim: claim.score)
    row = row_of(surest, 1.0) | {"object": whole}
    path = tmp_path / "gradings.json"
    path.write_text(json.dumps([row, row | {"subject": "yoga"}, row | {"object": "leg-discomfort"}]), "utf-8")
    found = kg.calibrate(path)
    assert [pair.score for pair in found.pairs if pair.name == f"meis1-risk-variant increases {whole}"] == [surest.score]
    assert found.missing == 2


def test_the_same_seed_gives_the_same_intervals(kg, gradings):
    third = kg.calibrate(gradings, seed=3)
    assert kg.calibrate(gradings, seed=3) == third
    assert kg.calibrate(gradings, seed=4).brier.value == third.brier.value


def test_the_command_prints_what_the_library_finds(run, gradings, found):
    text = run(gradings).stdout
    assert "5 graded claims, 2 of them strong (B or better); 2 not in the graph." in text
    assert f"{found.brier.value:.3f}" in text
    assert "not in the graph" in text
    told = json.loads(run(gradings, "--format", "json").stdout)
    assert told["brier"]["value"] == found.brier.value
    assert len(told["pairs"]) == 5
    assert {row["level"] for row in told["pairs"] if row["strong"]} == {
        pair.level.label for pair in found.pairs if pair.is_strong and pair.level
    }


def test_without_gradings_only_left_out_studies_are_told(kg, run):
    text = run().stdout
    assert "graded claims" not in text
    assert "one study left out" in text
    told = json.loads(run("--format", "json").stdout)
    assert told["pairs"] == []
    assert told["predictions"][0]["cases"] > 100


@pytest.mark.parametrize(
    "text",
    ["{", "3", '{"subject": "a"}', "[3]", '[{"subject": "yoga", "predicate": "increases", "object": "rls-risk"}]',
     '[{"subject": "yoga", "predicate": "cures", "object": "rls-risk", "numeric": 1}]',
     '[{"subject": "yoga", "predicate": "increases", "object": "rls-risk", "numeric": 7}]',
     '[{"subject": "yoga", "predicate": "increases", "object": "rls-risk", "numeric": "A"}]',
     '[{"subject": "yoga", "predicate": "increases", "object": "rls-risk", "numeric": NaN}]'],
)  # fmt: skip
def test_what_is_no_list_of_gradings_is_told(kg, run, tmp_path, text):
    path = tmp_path / "gradings.json"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        kg.calibrate(path)
    assert caught.value.path == path
    told = run(path, code=3).stderr
    assert "gradings.json" in told
    assert told.count("\n") == 1
