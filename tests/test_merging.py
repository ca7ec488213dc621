"""Two states of a graph are compared, under git too, and two folders become one without losing a word."""

import json
import subprocess

import pytest
from click.testing import CliRunner
from rdflib import Graph
from rdflib.compare import to_canonical_graph

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.curation.adding import Paper, Reading, add_paper, new_entity
from rlsgraph.curation.merging import merge_folders
from rlsgraph.curation.revisions import graph_at
from rlsgraph.curation.starting import Beginning, start_folder
from rlsgraph.errors import CurationError
from rlsgraph.formats.turtle import find_unformatted

STUDY = "sleep loss increases example symptom: as claimed, cohort, n=120, p=0.01"
READ = Reading("Symptoms followed short nights.", locator="abstract")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def triples(folder):
    graph = Graph()
    for path in folder.rglob("*.ttl"):
        graph.parse(path)
    return set(to_canonical_graph(graph))


@pytest.fixture
def two(tmp_path):
    """Return two folders that began alike and went on apart."""
    for name in ("a", "b"):
        start_folder(tmp_path / name, Beginning("Mechanisms of migraine"))
    a, b = (tmp_path / name / "data" for name in ("a", "b"))
    add_paper(a, STUDY, Paper("One", pmid="1"), READ)
    magnesium = new_entity("magnesium", "intervention", "SmallMolecule", "A mineral.")
    study = "magnesium decreases example symptom: no effect found, randomised controlled trial, n=60"
    add_paper(b, study, Paper("Two", pmid="2"), READ, new_entities=[magnesium])
    return a, b


def test_two_folders_become_one_and_nothing_is_lost(two, tmp_path):
    a, b = two
    both = tmp_path / "both"
    result = merge_folders(a, b, both)
    assert (result.conflicts, result.new_things) == ((), 4)
    assert triples(both) == triples(a) | triples(b)
    assert rlsgraph.check(both).is_clean
    assert list(find_unformatted([both])) == []
    assert {change.claim.subject.label for change in result.moved} == {"magnesium"}
    assert merge_folders(b, a, b).files
    assert triples(b) == triples(both)
    assert merge_folders(b, a, b).files == ()
    with pytest.raises(CurationError, match="not an empty folder"):
        merge_folders(a, b, tmp_path)


def test_what_cannot_both_hold_is_told_and_decided_by_whom_is_asked(two):
    a, b = two
    entities = b / "entities.ttl"
    entities.write_text(entities.read_text("utf-8").replace("what the question starts from", "too little"), "utf-8")
    hypotheses = b / "hypotheses.ttl"
    claims = "claim:sleep-loss.increases.example-symptom )"
    hypotheses.write_text(
        hypotheses.read_text("utf-8").replace(claims, f"claim:sleep-loss.increases.example-symptom {claims}"), "utf-8"
    )
    before = triples(a)
    answer = run("merge", a, b)
    assert answer.exit_code == 1
    assert "2 conflicts" in answer.stdout
    assert "skos:definition" in answer.stdout
    assert "rls:claims" in answer.stdout
    assert triples(a) == before
    assert run("merge", a, b, "--prefer", "B", "--dry-run").exit_code == 0
    assert triples(a) == before
    assert run("merge", a, b, "--prefer", "B").exit_code == 0
    assert triples(a) >= triples(b)
    assert rlsgraph.load(a).entity("sleep loss").definition.endswith("too little.")
    assert run("merge", b, a, "--prefer", "A").exit_code == 0
    assert triples(a) == triples(b)


def test_a_result_against_the_rules_is_not_written(two):
    a, b = two
    (a / "links.ttl").write_text((b / "sources.ttl").read_text("utf-8").replace('"Two"', "7"), "utf-8")
    before = triples(a)
    with pytest.raises(CurationError, match="nothing was written"):
        merge_folders(a, b, a, prefer="A")
    assert triples(a) == before


def git(folder, *arguments):
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)


def test_diff_and_merge_take_revisions(tmp_path, monkeypatch):
    start_folder(tmp_path / "mine", Beginning("Mechanisms of migraine"))
    monkeypatch.chdir(tmp_path / "mine")
    data = tmp_path / "mine" / "data"
    git(".", "init", "-q")
    git(".", "add", ".")
    git(".", "commit", "-qm", "begin")
    item = add_paper(data, STUDY, Paper("One", pmid="1"), READ).evidence
    git(".", "add", ".")
    git(".", "commit", "-qm", "add")
    answer = run("diff", "HEAD~1", "HEAD", "--format", "json")
    assert json.loads(answer.stdout)["evidence"] == [{"item": item, "what": "new"}]
    assert len(json.loads(answer.stdout)["claims"]) == 1
    assert run("diff", "HEAD:data", "data").exit_code == 1
    assert run("diff", "data", "HEAD~1:data/claims/../").exit_code in (0, 3)
    assert run("merge", "HEAD~1", "data", "--into", "both").exit_code == 0
    assert triples(data) == triples(tmp_path / "mine" / "both")
    claims = next((data / "claims").glob("*.ttl"))
    claims.write_text(claims.read_text("utf-8").replace("short nights", "long nights"), "utf-8")
    assert "changed: finding" in run("diff", "HEAD", "data").stdout
    for name in ("--output=x", "-x", "nowhere", ":data", "HEAD:nowhere", "HEAD:-x", "HEAD:../.."):
        with pytest.raises(CurationError), graph_at(name):
            pass
    assert not (tmp_path / "mine" / "x").exists()
