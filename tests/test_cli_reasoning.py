"""The commands that reason: tables for people, formats for machines, exit codes, suppositions, long work."""

import csv
import io
import json
import math
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import RDF, Graph, URIRef

from rlsgraph.cli.main import main
from rlsgraph.model import namespaces as ns
from tests.helpers.graphs import claim_text
from tests.helpers.patience import PATIENCE, until

pytestmark = pytest.mark.xdist_group("cli_reasoning")  # one worker, so that what is asked again is known

ENDS = ("gut dysbiosis", "RLS symptoms")
STUDY = "gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120"
RETRACTED = "reijnders2016-effects-microbiota"
ANSWERS = {
    "paths": (("paths", *ENDS), "CausalPath", "joint_probability"),
    "support": (("support", *ENDS), "Support", "part"),
    "gaps": (("gaps", *ENDS), "ResearchGap", "share"),
    "hypotheses": (("hypotheses",), "CausalPath", "hypothesis"),
    "contradictions": (("contradictions",), "Contradiction", "kind"),
    "rivals": (("compare", "dopamine deficiency", "relative dopamine excess"), "Difference", "shift"),
    "what moved": (("compare", *ENDS, "--max-steps", "5", "--with", STUDY), "Change", "before"),
    "expect": (("expect",), "Verdict", "outcome"),
    "doctor": (("doctor",), "Finding", "about"),
}


def call(*arguments, code=0):
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


@pytest.fixture
def run(graph_is_read):
    return call


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_has_a_table_and_three_formats(run, monkeypatch, name):
    arguments, kind, column = ANSWERS[name]
    assert run(*arguments).stdout.strip()
    assert json.loads(run(*arguments, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout)))
    assert any(row[column] for row in rows)
    turtle = run(*arguments, "--format", "ttl").stdout
    nodes = set(Graph().parse(data=turtle).subjects(RDF.type, URIRef(ns.RLS + kind)))
    assert len(nodes) == len(rows)
    monkeypatch.undo()  # the command reads the graph anew
    assert run(*arguments, "--format", "ttl").stdout == turtle


def test_the_turtle_of_an_answer_can_be_asked(run):
    graph = Graph().parse(data=run("gaps", *ENDS, "--format", "ttl").stdout)
    (row,) = graph.query(f"SELECT ?c {{ ?g <{ns.RLS}place> 1 ; <{ns.RLS}ofClaim> ?c }}")
    first = json.loads(run("gaps", *ENDS, "--format", "json").stdout)[0]
    assert str(row[0]) == first["claim"]


def test_support_says_how(run):
    shown = run("support", *ENDS).stdout
    assert shown.count("exact") + shown.count("Monte Carlo") >= 4
    for words in ("any path holds", "floor", "Verdict: undetermined: no evidence beyond the floor"):
        assert words in shown
    assert run("support", *ENDS, "--tested-only").stdout != shown
    nothing = run("support", "RLS symptoms", "MEIS1 risk variant", code=1)
    assert "nothing in the graph leads" in nothing.stderr
    assert "by definition" in run("support", "type 2 diabetes", "diabetes mellitus").stderr
    assert "start and end are both 'yoga'" in run("support", "yoga", "yoga", code=2).stderr
    assert "did you mean" in run("support", "gut dysbyosis", "RLS", code=2).stderr


def test_gaps_read_as_a_research_agenda(run):
    shown = run("gaps", *ENDS, "--limit", "3").stdout
    assert "randomised controlled" in shown
    assert "more claims: --limit" in shown
    assert re.search(r"importance +would settle +next study +P\(positive\) +score then +support then", shown)
    assert run("gaps", *ENDS, "--part", "raising").stdout != run("gaps", *ENDS).stdout
    assert "overall" in run("gaps", *ENDS, "--part", "sideways", code=2).stderr
    assert "Monte Carlo" in shown or "(exact)" in shown
    run("gaps", *ENDS, "--part", "lowering", "--max-steps", "2", code=1)


@pytest.mark.parametrize("command", ["paths", "support", "gaps", "hypotheses", "expect"])
def test_suppositions(run, command):
    arguments = (command, *(ENDS if command in ("paths", "support", "gaps") else ()))
    before = run(*arguments)
    after = CliRunner().invoke(main, [*arguments, "--without", RETRACTED, "--with", STUDY, "--with", STUDY])
    assert after.exit_code in (0, 1)
    assert after.stderr.count("what if: ") == 3
    if command != "expect":
        assert after.stdout != before.stdout


def test_a_supposition_that_cannot_be_read_is_told(run):
    assert "no source or claim is named 'nobody'" in run("support", *ENDS, "--without", "nobody", code=2).stderr
    assert "write it as" in run("support", *ENDS, "--with", "more inflammation", code=2).stderr
    assert "did you mean" in run("support", *ENDS, "--with", STUDY.replace("trial", "tral"), code=2).stderr


def test_without_takes_sources_and_claims_by_any_name(run):
    for name in (
        "10.1016/j.cmet.2016.06.016",
        "gut-dysbiosis.increases.altered-metabolism",
        "gut dysbiosis raises altered metabolism",
    ):
        assert "what if: without" in run("paths", *ENDS, "--without", name).stderr


def test_compare(run):
    shown = run("compare", "dopamine deficiency", "relative dopamine excess").stdout
    assert "Evidence that tells them apart" in shown
    assert "dopamine" in shown
    assert "Claims that moved" in run("compare", *ENDS, "--max-steps", "5", "--without", RETRACTED).stdout
    assert "nothing to compare" in run("compare", *ENDS, code=2).stderr
    assert "'Dopamine deficiency'" in run("compare", "dopamine deficency", "relative dopamine excess", code=2).stderr
    assert "not one of each" in run("compare", "dopamine deficiency", "yoga", code=2).stderr
    assert "hypotheses or two" not in run("compare", "Inflammation", "gut-brain axis").stderr
    nothing = run("compare", *ENDS, "--max-steps", "5", "--with", STUDY.replace("supports", "inconclusive"))
    assert "No claim moved" in nothing.stdout


def test_contradictions(run):
    assert "contested claim" in run("contradictions").stdout
    assert "No contradiction" in run("contradictions", *ENDS, code=1).output
    assert "neither" in run("contradictions", "yoga", code=2).stderr


def test_expect_fails_where_an_observation_turns(run):
    shown = run("expect")
    assert re.search(r"^\d+ observations: .* 0 turned since recorded", shown.stderr)
    assert re.search(r"right sign, of \d+ with a path +\d+ +\d+\.\d", shown.stdout)
    assert "assumed to do" in " ".join(shown.stdout.split())
    turned = run("expect", "--min-score", "0.9", code=1)
    assert "(was: reproduced)" in turned.stdout


def test_explain_a_hypothesis(run, kg):
    for ranked in kg.hypotheses():
        name = ranked.hypothesis.label
        shown = " ".join(run("explain", name).stdout.split())
        answer = json.loads(run("explain", name, "--format", "json").stdout)
        if ranked.standing is None:
            assert "do not connect" in shown
            continue
        place = "mere context" if ranked.place is None else f"place {ranked.place} of {answer['places']}"
        assert place in shown
        anchor = ranked.standing.anchor
        assert ("◀ anchor" in shown) == (anchor is not None) == ("No anchor" not in shown)
        if anchor is not None:
            assert answer["ties"][0]["claim"] == answer["standing"]["anchor"]["claim"] == anchor.iri
        assert shown.count("◀") == 1 + (anchor is not None)  # the weakest step, and the anchor
        product = math.prod(factor["probability"] for factor in answer["factors"])
        assert product == pytest.approx(answer["joint_probability"]) == pytest.approx(ranked.joint_probability)
        assert len(answer["standing"]["steps"]) == len(ranked.best.claims)
        read = [step["by_association"] for step in answer["standing"]["steps"]]
        assert read == [step.is_association for step in ranked.standing.readings]
    assert any(step.is_association for r in kg.hypotheses() if r.standing for step in r.standing.readings)
    assert "has no item of its own" in " ".join(run("explain", "Brain iron shortage").stdout.split())
    turtle = Graph().parse(data=run("explain", "iron absorption", "--format", "ttl").stdout)
    assert len(set(turtle.subjects(RDF.type, URIRef(ns.RLS + "CausalPath")))) == 1
    assert "no claim or hypothesis is named" in run("explain", "iron absorbtion", code=2).stderr
    assert "Iron absorption" in run("explain", "iron absorbtion", code=2).stderr


def test_doctor(run, tmp_path):
    shown = run("doctor", "--limit", "2").stdout
    for kind in ("retracted source: none", "no evidence: 9, 2 of them here", "single study", "orphan entity", "bracketed title"):
        assert kind in shown
    listing = tmp_path / "retracted.txt"
    listing.write_text("10.1016/J.CMET.2016.06.016\n")
    shown = run("doctor", "--retracted", str(listing)).stdout
    assert "On the list of retracted work: 1" in shown
    assert f"source:{RETRACTED} rls:retracted true ." in shown
    assert "gut dysbiosis raises altered metabolism" in shown
    rows = json.loads(run("doctor", "--retracted", str(listing), "--format", "json").stdout)
    assert {row["kind"] for row in rows} == {"retracted source", "claim", "hypothesis"}
    assert "read 0 PMIDs and 1 DOI" in run("doctor", "--retracted", str(listing)).stderr
    rows = list(csv.DictReader(io.StringIO(run("doctor", "--retracted", str(listing), "--format", "csv").stdout)))
    assert rows[0]["kind"] == "retracted source"
    listing.write_text("10.9999/none\n")
    assert "None of the 719 sources" in run("doctor", "--retracted", str(listing)).stdout
    listing.write_text("nothing here\n")
    assert f"{listing}: there is no PMID or DOI in this list" in run("doctor", "--retracted", str(listing), code=3).stderr


def test_hostile_names_are_shown_as_text(run, tmp_path):
    head = "".join(f"@prefix {name}: <{base}> .\n" for name, base in ns.PREFIXES.items())
    label = "[red]\\u001b[31mx\\u202e<b>" + "y" * 300
    entities = f'entity:a a rls:Entity ; skos:prefLabel "{label}"@en . entity:b a rls:Entity ; skos:prefLabel "b"@en .\n'
    path = tmp_path / "hostile.ttl"
    path.write_text(head + entities + claim_text("increases", ("Supports", "Cohort", 100, "s")), "utf-8")
    for arguments in (
        ("paths", "entity:a", "b"),
        ("support", "entity:a", "b"),
        ("gaps", "entity:a", "b"),
        ("doctor",),
        ("contradictions",),
    ):
        result = CliRunner().invoke(main, [*arguments, "--data", str(path)])
        assert result.exit_code in (0, 1), result.output
        assert "\x1b" not in result.stdout
        assert "\u202e" not in result.stdout


# --- long work ------------------------------------------------------------------------------------------------------------

SLOW = """
import sys, time
import rlsgraph.reasoning.reliability.support as support
support.MOST_EXACT_VARIABLES = 0
from rlsgraph.cli.main import main
main(["support", "gut dysbiosis", "RLS symptoms", "--samples", "10000000"])
"""


ANNOUNCED = """
from rlsgraph.cli.main import main
from rlsgraph.graph.knowledge_graph import KnowledgeGraph
ask = KnowledgeGraph.query
def query(*arguments, **options):
    print("begin", flush=True)
    return ask(*arguments, **options)
KnowledgeGraph.query = query
"""


def on_a_terminal(code: str, until: str, *, interrupt: bool) -> tuple[str, int]:
    """Run Python on a pseudo-terminal until it shows a text, then stop it as Ctrl-C does."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=child,
        stdout=child,
        stderr=child,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(child)
    shown, deadline = "", time.monotonic() + PATIENCE
    while until not in shown and time.monotonic() < deadline:
        shown += os.read(parent, 4096).decode(errors="replace")
    if interrupt:
        os.killpg(process.pid, signal.SIGINT)
    try:
        while chunk := os.read(parent, 4096):
            shown += chunk.decode(errors="replace")
    except OSError:  # the other end is closed
        pass
    os.close(parent)
    return shown, process.wait(timeout=PATIENCE)


def test_long_work_shows_progress_and_stops_on_ctrl_c(cache_folder):
    shown, code = on_a_terminal(SLOW, "sampling worlds", interrupt=True)
    assert "sampling worlds" in shown
    assert "Stopped." in shown
    assert "Traceback" not in shown
    assert code == 130


def processor_ticks(pid: int) -> int:
    """Return the processor time that a process has had, in hundredths of a second."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])


def test_a_long_query_stops_on_ctrl_c(cache_folder):
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    code = ANNOUNCED + f"main(['query', {query!r}])"
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert parent.stdout.readline() == "begin\n"
    begun = processor_ticks(parent.pid)
    until(lambda: processor_ticks(parent.pid) > begun + 20)  # 0.2 s of work: by now it is in the engine
    parent.send_signal(signal.SIGINT)
    _, errors = parent.communicate(timeout=PATIENCE)
    assert "Traceback" not in errors
    assert parent.returncode in (-signal.SIGINT, 130)


def test_a_terminal_without_the_marks_shows_question_marks(cache_folder):
    code = "from rlsgraph.cli.main import main; main(['support', 'gut dysbiosis', 'RLS symptoms'])"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert "? a raising path holds" in done.stdout
