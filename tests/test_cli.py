"""The commands, as a user calls them: output, exit codes, and errors in one line."""

import csv
import io
import json
import math
import re

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import _COMMANDS, main
from rlsgraph.triples import resources
from tests.helpers.graphs import ROOT, claim_text


@pytest.fixture
def run(graph_is_read):
    def call(*arguments, code=0, **options):
        result = CliRunner().invoke(main, arguments, **options)
        assert result.exit_code == code, result.output + repr(result.exception)
        return result

    return call


@pytest.mark.parametrize("name", _COMMANDS)
def test_help_has_examples_and_the_same_first_line_everywhere(run, name):
    text = run(name, "--help").stdout
    assert "Example" in text
    assert f"rlsgraph {name}" in text
    summary = _COMMANDS[name][1]
    assert summary in " ".join(run("--help").stdout.split())


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_is_in_the_readme(name):
    assert f"rlsgraph {name}" in (ROOT / "README.md").read_text("utf-8")


def test_info(run, kg):
    counts = json.loads(run("info", "--format", "json").stdout)
    assert counts["evidence items"] == len(kg.evidence())
    assert sum(counts["claims by level"].values()) == counts["claims"]
    assert "contested claims" in run("info").stdout


@pytest.mark.parametrize("name", resources.query_files())
@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "xml"])
def test_stored_questions(run, name, form):
    assert run("query", name, "--format", form).stdout.strip()


def test_query_from_text_file_and_standard_input(run, tmp_path):
    text = "SELECT ?label { entity:gut-dysbiosis skos:prefLabel ?label }"
    path = tmp_path / "mine.rq"
    path.write_text(text)
    wanted = ["?label", '"gut dysbiosis"@en']
    assert run("query", text).stdout.splitlines() == wanted
    assert run("query", str(path)).stdout.splitlines() == wanted
    assert run("query", "-", input=text).stdout.splitlines() == wanted
    assert run("query", "ASK {}").stdout == "yes\n"
    assert "skos:prefLabel" in run("query", "DESCRIBE entity:gut-dysbiosis").stdout


def test_query_lists_and_prints(run):
    assert all(name in run("query", "--list").stdout for name in resources.query_files())
    assert run("query", "contested", "--print").stdout == resources.query_files()["contested"].read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["query", "SELECT * { ?s ?p }"], 3, "line 1, column 19"),
        (["query", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"], 3, "another server"),
        (["query", "nothing.rq"], 2, "no file and no stored question"),
        (["query", "contestd"], 2, "did you mean contested"),
        (["query"], 2, "--list"),
        (["query", "ASK {}", "--format", "csv"], 2, "cannot hold"),
        (["show", "gut dysbyosis"], 2, "'gut dysbiosis'"),
        (["explain", "gut dysbiosis", "increases"], 2, "subject, predicate and object"),
        (["explain", "gut dysbiosis", "causes", "inflammation"], 2, "no predicate is named 'causes'"),
        (["explain", "gut dysbiosis", "decreases", "systemic inflammation"], 2, "did you mean"),
        (["claims", "--subject", "nobody at all"], 2, "no entity is named"),
        (["claims", "--subject", "probiotic", "--object", "probiotic"], 1, "0 of"),
        (["hypotheses", "nothing"], 2, "no hypothesis is named"),
        (["export", "graph.xyz"], 2, "names no format"),
        (["export", "/nowhere/graph.ttl"], 3, "cannot be written"),
        (["info", "--data", "nothing.ttl"], 2, "does not exist"),
        (["nothing"], 2, "No such command"),
    ],
)
def test_errors_are_one_clear_line(run, arguments, code, says):
    result = run(*arguments, code=code)
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert len([line for line in result.stderr.splitlines() if line.startswith("Error")]) <= 1


def test_a_broken_file_leaves_nothing_behind(run, tmp_path):
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix a: <http://a/> .\na:b a:c")
    out = tmp_path / "out.ttl"
    result = run("export", str(out), "--data", str(bad), code=3)
    assert "bad.ttl:2" in result.stderr
    assert list(tmp_path.iterdir()) == [bad]


def test_show(run, kg):
    assert "SIBO" in run("show", "sibo").stdout
    assert "animal study" in run("show", "claim:gut-dysbiosis.increases.systemic-inflammation").stdout
    assert "Weinstock" in run("show", "weinstock2011-restless-syndrome").stdout
    assert "◀ weakest" in run("show", "Iron absorption").stdout
    assert "small intestinal bacterial overgrowth goes with more RLS risk" in run("show", "gut-001").stdout
    assert json.loads(run("show", "gut-001", "--format", "json").stdout)["sample_size"] == kg.evidence_item("gut-001").sample_size
    for name in (
        "SIBO",
        "claim:gut-dysbiosis.increases.systemic-inflammation",
        "weinstock2011-restless-syndrome",
        "Iron absorption",
    ):
        assert json.loads(run("show", name, "--format", "json").stdout)["iri" if not name.startswith("claim") else "claim"]


def test_claims(run):
    rows = list(csv.DictReader(io.StringIO(run("claims", "--contested", "--format", "csv").stdout)))
    assert rows
    assert {row["contested"] for row in rows} == {"True"}
    assert json.loads(run("claims", "--level", "refuted", "--format", "json").stdout)[0]["level"] == "refuted"
    assert "untested" in run("claims", "--untested").stdout


def test_explain_adds_up(run):
    arguments = ("explain", "gut dysbiosis", "increases", "systemic inflammation")
    text = run(*arguments).stdout
    told = json.loads(run(*arguments, "--format", "json").stdout)
    assert f"so the score is {told['score']:.3f}" in text
    logit = (
        math.log(told["prior"] / (1 - told["prior"])) + sum(kind["after_ceiling"] for kind in told["kinds"]) + told["lent_in_all"]
    )
    assert told["logit"] == pytest.approx(logit)
    assert told["logit"] == pytest.approx(
        math.log(told["prior"] / (1 - told["prior"])) + told["support_weight"] - told["dispute_weight"]
    )
    assert told["score"] == pytest.approx(1 / (1 + math.exp(-logit)))
    turtle = run(*arguments, "--format", "ttl").stdout
    assert "prov:wasGeneratedBy" in turtle
    assert f"rls:score {told['score']!r}e0" in turtle
    assert run("explain", "gut-dysbiosis.increases.systemic-inflammation").stdout == text


def test_hypotheses(run):
    ranked = json.loads(run("hypotheses", "--format", "json").stdout)
    assert len(ranked) >= 8
    assert all(hypothesis["paths"] for hypothesis in ranked)
    assert "anchor" in run("hypotheses").stdout
    assert "◀ weakest" in run("hypotheses", "gut-brain axis").stdout
    assert len(list(csv.DictReader(io.StringIO(run("hypotheses", "--format", "csv").stdout)))) == len(ranked)


def test_paths(run):
    found = json.loads(run("paths", "gut dysbiosis", "RLS symptoms", "--format", "json").stdout)
    joint = [path["joint_probability"] for path in found["paths"]]
    assert joint == sorted(joint, reverse=True)
    assert all(path["entities"][0] == "gut dysbiosis" and path["entities"][-1] == "RLS symptoms" for path in found["paths"])
    assert {"Gut-brain axis", "Inflammation", "Iron absorption"} <= {route["label"] for route in found["named_routes"]}
    assert found["absence"] is None
    shown = run("paths", "gut dysbiosis", "RLS symptoms").stdout
    assert all(f"[{name}]" in shown for name in ("Gut-brain axis", "Inflammation", "Iron absorption", "Metabolic pathways"))
    assert "◀ weakest" in shown
    nothing = run("paths", "serum ferritin", "RLS symptom severity", code=1)
    assert "only associations bridge the two" in nothing.stderr
    reason = json.loads(run("paths", "gut dysbiosis", "RLS symptoms", "--max-steps", "1", "--format", "json", code=1).stdout)
    assert reason["absence"]["reason"] == "only beyond max_steps"
    run("paths", "yoga", "yoga", code=1)


@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld", "trig", "graphml", "csv", "html"])
def test_export(run, tmp_path, ending):
    out = tmp_path / f"graph.{ending}"
    run("export", str(out))
    assert out.stat().st_size > 10_000
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_export_rdf_12_to_standard_output(run):
    assert "<<(" in run("export", "-", "--format", "ttl12").stdout


def test_demo(run, kg, tmp_path):
    told = run("demo", "--out", str(tmp_path / "page.html"))
    lines = told.stdout.splitlines()
    assert len(lines) + len(told.stderr.splitlines()) <= 30
    assert max(map(len, lines)) <= 100 + len(str(tmp_path))  # the name of the page is the user's own
    assert max(len(line) for line in lines if not line.startswith("Wrote")) <= 100
    assert re.search(r"\d+ entities, \d+ claims, \d+ evidence items, \d+ sources", told.stdout)
    ranked, support = kg.hypotheses(), kg.support("gut dysbiosis", "RLS symptoms")
    first = lines[3].split()
    assert [first[0], first[-1]] == ["1", f"{ranked[0].joint_probability:.2f}"]
    assert ranked[0].hypothesis.label in lines[3]
    assert f"and {len(ranked) - 14} more" in told.stdout
    assert f"with probability {support.overall.value:.2f};" in told.stdout
    assert f"it would be {support.overall.floor:.2f} (the floor)" in told.stdout
    assert f"Verdict: {support.judgement}." in told.stdout
    assert told.stdout.count("\n  rlsgraph ") == 3
    assert (tmp_path / "page.html").stat().st_size > 100_000


def test_a_narrow_terminal_gets_records(monkeypatch, capsys):
    from rlsgraph.cli import output

    monkeypatch.setattr(output, "PLAIN_WIDTH", 40)
    output.print_table(("one", "two", "three", "four"), [("a", "", "c", "d")])
    assert "one: a\nthree: c\nfour: d" in capsys.readouterr().out


def test_the_shell_completes_entities():
    from click.shell_completion import ShellComplete

    completion = ShellComplete(main, {}, "rlsgraph", "_RLSGRAPH_COMPLETE")
    assert "gut dysbiosis" in [item.value for item in completion.get_completions(["show"], "gut dys")]
    assert "contested" in [item.value for item in completion.get_completions(["query"], "cont")]
    assert "increases" in [item.value for item in completion.get_completions(["explain", "gut dysbiosis"], "inc")]


HOSTILE = '<script>alert(1)</script> "quoted" \\u202Ereversed [bold]x[/bold]'


def test_hostile_labels_are_text(run, tmp_path):
    from rlsgraph.model.namespaces import PREFIXES

    text = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    label = HOSTILE.replace('"', '\\"')
    text += (
        f'entity:a a rls:Entity ; skos:prefLabel "{label}"@en . entity:b a rls:Entity ; skos:prefLabel "{"b" * 10_000}"@en .\n'
    )
    text += claim_text("increases")
    path = tmp_path / "hostile.ttl"
    path.write_text(text, "utf-8")
    for arguments in (["claims"], ["show", "entity:a"], ["explain", "entity:a", "increases", "entity:b"]):
        shown = run(*arguments, "--data", str(path)).stdout
        assert "\u202e" not in shown
    assert "[bold]" in run("show", "entity:a", "--data", str(path)).stdout
