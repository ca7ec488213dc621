"""Who added what and when stands beside it, and is told."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.curation.adding import Paper, Reading, add_paper
from rlsgraph.curation.attribution import read_person, who_adds
from rlsgraph.curation.starting import Beginning, start_folder
from rlsgraph.errors import CurationError
from rlsgraph.graph.additions import find_additions

STUDY = "sleep loss increases example symptom: as claimed, cohort, n=120, p=0.01"
READ = Reading("Symptoms followed short nights.", locator="abstract")
CARBERRY = "Josiah Carberry <https://orcid.org/0000-0002-1825-0097>"


@pytest.fixture
def data(tmp_path):
    """Return the data of a graph that was just begun."""
    start_folder(tmp_path / "mine", Beginning("Mechanisms of migraine"))
    return tmp_path / "mine" / "data"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_who_and_when_are_written_checked_and_told(data):
    first = add_paper(data, STUDY, Paper("One", pmid="1"), READ, by=read_person("Doe  J"), when=datetime(2026, 1, 2, tzinfo=UTC))
    later = add_paper(data, STUDY, Paper("Two", pmid="2"), READ, by=read_person(CARBERRY), when=datetime(2026, 3, 4, tzinfo=UTC))
    nobody = add_paper(data, STUDY, Paper("Three", pmid="3"), READ)
    assert rlsgraph.check(data).is_clean
    kg = rlsgraph.load(data)
    told = {one.thing: one for one in find_additions(kg)}
    assert str(told[first.evidence]) == str(told[first.source]) == "2026-01-02 by Doe J"
    assert str(told[later.evidence]) == "2026-03-04 by Josiah Carberry"
    assert told[nobody.evidence].by == ""
    assert [one.when for one in find_additions(kg, [first.evidence, later.evidence])] == [
        "2026-03-04T00:00:00Z",
        "2026-01-02T00:00:00Z",
    ]
    answer = run("log", "sleep-loss.increases.example-symptom", "--data", data, "--format", "csv")
    assert len(answer.stdout.splitlines()) == 4
    assert len(run("log", "--by", "carberry", "--data", data, "--format", "csv").stdout.splitlines()) == 3
    assert "by Josiah Carberry" in run("show", later.evidence, "--data", data).stdout
    assert "added 2026-01-02 by Doe J" in " ".join(run("explain", first.claim, "--data", data).stdout.split())


def test_an_item_takes_the_place_of_another(data):
    first = add_paper(data, STUDY, Paper("One", pmid="1"), READ)
    second = add_paper(data, STUDY.replace("120", "90"), Paper("One", pmid="1"), READ, supersedes=[first.evidence])
    assert rlsgraph.check(data).is_clean
    claim = rlsgraph.load(data).claim(first.claim)
    assert ([item.iri for item in claim.evidence], [item.iri for item in claim.superseded]) == (
        [second.evidence],
        [first.evidence],
    )
    assert add_paper(data, STUDY, Paper("One", pmid="1"), READ).evidence not in (first.evidence, second.evidence)


def test_a_graph_that_says_nothing_of_it_has_no_log(data):
    assert run("log", "--data", data).exit_code == 1


def test_add_knows_who_from_option_and_environment(data, monkeypatch):
    monkeypatch.setenv("RLSGRAPH_BY", "Somebody Else")
    assert who_adds("", data).name == "Somebody Else"
    assert who_adds(CARBERRY, data).iri == "https://orcid.org/0000-0002-1825-0097"
    answer = run("add", STUDY, "--to", data, "--title", "Four", "--pmid", 4, "--finding", "x", "--locator", "abstract")
    assert answer.exit_code == 0, answer.output
    assert {one.by for one in find_additions(rlsgraph.load(data))} == {"Somebody Else"}


@pytest.mark.parametrize("text", ["Carberry <0000-0002-1825-0098>", "Carberry <somewhere>", "a > b", "…"])
def test_what_is_no_person_is_refused(text):
    with pytest.raises(CurationError):
        read_person(text)


def test_nothing_is_said_of_a_claim_that_is_superseded(data):
    claim = data / "claims" / "sleep-loss.ttl"
    text = claim.read_text("utf-8").replace("increases.example", "affects.example").replace("rls:increases", "rls:affects")
    newer = "\nclaim:sleep-loss.increases.example-symptom rls:supersedes claim:sleep-loss.affects.example-symptom .\n"
    claim.with_name("old.ttl").write_text(text + newer, "utf-8")
    with pytest.raises(CurationError, match="is superseded by claim:sleep-loss"):
        add_paper(data, STUDY.replace("increases", "affects"), Paper("One", pmid="1"), READ)
