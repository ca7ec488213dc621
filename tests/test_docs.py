"""The README and the docs are run, so that they cannot drift."""

import json
import math
import re
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main
from rlsgraph.model.vocabulary import ConfidenceLevel
from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.reliability.gaps import find_gaps
from rlsgraph.reasoning.reliability.paths import best_paths
from rlsgraph.reasoning.reliability.support import compile_support
from rlsgraph.reasoning.standing import Standing
from tests.helpers.graphs import ROOT, claim_text

pytestmark = pytest.mark.xdist_group("docs")  # one worker, so that what is asked again is known

GRADINGS = ROOT.parent / "shared" / "yardstick" / "gradings.json"
README = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.findall(r"```text\n(.*?)```", README, re.DOTALL)


def test_readme_python(cache_folder):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names = {}
    exec(code, names)
    assert len(names["kg"]) > 400


def play_notebook(name):
    """Run the cells of a notebook in turn, and return the names that they have made."""
    names = {}
    for cell in json.loads((ROOT / "docs" / name).read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []  # what it prints is not kept: it would drift
            exec("".join(cell["source"]), names)
    return names


def test_the_notebook_of_networks_runs(cache_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = play_notebook("networks.ipynb")
    assert names["network"].edges and names["page"].startswith("&lt;html")
    assert names["graph"].number_of_edges() > 400


def test_the_tour_runs(graph_is_read):
    names = play_notebook("tour.ipynb")
    assert names["what_if"].claim(names["yoga"]).score > names["kg"].claim(names["yoga"]).score
    assert names["network"].number_of_edges() > 400


def test_readme_shows_the_sum_that_explain_prints(cache_folder):
    arguments = ["explain", "gut dysbiosis", "increases", "systemic inflammation"]
    printed = [line.split() for line in CliRunner().invoke(main, arguments).stdout.splitlines()]
    (block,) = (block for block in SHOWN if "after its ceiling" in block)
    for line in filter(str.strip, block.splitlines()):
        words = line.split()
        assert any(other[: len(words)] == words for other in printed), line


def test_readme_shows_the_agenda_that_gaps_prints(cache_folder, kg):
    (block,) = (block for block in SHOWN if "study this claim" in block)
    head, *rows = filter(str.strip, block.splitlines())
    assert head.split() == ["study", "this", "claim", "score", "importance", "would", "settle", "support", "then"]
    assert len(rows) == 3
    for row, gap in zip(rows, kg.gaps("gut dysbiosis", "RLS symptoms").gaps, strict=False):
        claim, numbers = gap.claim, gap.gap
        shown = [
            claim.polarity.mark, *str(claim).split(), f"{claim.score:.2f}", f"{numbers.importance:.2f}", f"{gap.share:.1%}",
            f"{numbers.if_positive:.2f}", "or", f"{numbers.if_null:.2f}",
        ]  # fmt: skip
        assert row.split()[1:] == shown


def test_readme_tells_the_support_that_is(kg):
    support = kg.support("gut dysbiosis", "RLS symptoms")
    overall, text = support.overall, " ".join(README.split())
    assert f"it is {overall.value:.2f} over a floor of {overall.floor:.2f}, a factor of {overall.evidence_factor:.1f}" in text
    assert f"here it is *{support.judgement}*" in text


@pytest.mark.skipif(not GRADINGS.exists(), reason="the yardstick is not beside this checkout")
def test_the_docs_tell_what_calibrate_finds(kg):
    """README and docs/confidence.md give its figures; where a score moves, they are to be told anew."""
    found = kg.calibrate(GRADINGS)
    text = (ROOT / "docs" / "confidence.md").read_text("utf-8")
    begin, end = (text.index(f"<!-- calibrate: {word} -->") for word in ("begin", "end"))
    told = text[begin:end]
    assert f"Measured on {len(found.pairs)} graded claims" in told
    for name, measured in (("AUC, strong against weak", found.auc), ("Brier, strong or not", found.brier),
                           ("Spearman", found.spearman), ("Kendall tau-b", found.kendall)):  # fmt: skip
        assert f"| {name} | {measured.value:.3f} | {measured.low:.3f} to {measured.high:.3f} |" in told
    for row in found.levels:
        share = row.share
        figures = f"{row.pairs} | {row.mean_score:.2f} | {row.strong} | {share.value:.3f} | {share.low:.3f} to {share.high:.3f}"
        assert f"| {row.level} | {figures} |" in told
    for prediction in found.predictions:
        assert f"{prediction.right:.3f}" in told
        assert f"{prediction.commoner:.3f}" in told
        assert prediction.right < prediction.commoner  # as the docs say
    counts = {row.level: (row.pairs, row.strong) for row in found.levels}
    established, supported = counts["established"], counts["supported"]
    counted = f"the graph called {established[0]} *established*, of which {established[1]} were graded strong"
    assert counted in " ".join(README.split())
    assert f"and {supported[0]} *supported*, of which {supported[1]} were" in " ".join(README.split())
    assert f"AUC of {found.auc.value:.2f} ({found.auc.low:.2f} to {found.auc.high:.2f})" in " ".join(README.split())


def test_the_gap_by_hand_is_what_gaps_finds():
    edges = [Edge("ac", "a", "c", 1, 0.20, "ac"), Edge("cb", "c", "b", 1, 0.50, "cb")]
    function = compile_support(CausalGraph.from_edges(edges), "a", "b")
    first, *_ = (g for g in find_gaps(function, {"ac": (0.60, 0.10), "cb": (0.6, 0.4)}) if g.variable_id == "ac")
    text = " ".join((ROOT / "docs" / "reasoning.md").read_text("utf-8").split())
    assert (
        f"S = {function.value().overall.value:.2f}, g = {first.importance:.2f}, P(+) = 0.10 / 0.50 = {first.chance:.2f}" in text
    )
    assert f"= {first.expected_fall:.4f}; S would be {first.if_positive:.2f} or {first.if_null:.2f}" in text


def test_the_noisy_or_by_hand_overstates():
    edges = [Edge("ab", "a", "b", 1, 0.5, "ab")]
    edges += [Edge(f"{s}{o}", s, o, 1, 0.9, f"{s}{o}") for s, o in ("bc", "cd", "be", "ed")]
    graph = CausalGraph.from_edges(edges)
    noisy_or = 1 - math.prod(1 - path.score for path in best_paths(graph, "a", "d"))
    text = " ".join((ROOT / "docs" / "reasoning.md").read_text("utf-8").split())
    assert f"= {compile_support(graph, 'a', 'd').value().overall.value:.3f}, a noisy-OR gives" in text
    assert f"1 − (1 − 0.405)² = {noisy_or:.3f}." in text


def test_the_order_by_hand_is_that_of_the_rule():
    """Each row is made a hypothesis's standing; the rule that ranks the graph's hypotheses gives the places told."""
    text = (ROOT / "docs" / "reasoning.md").read_text("utf-8")
    row = r"^\| (\w) \| \*(\w+)\* ([\d.]+) \| \*(\w+)\* ([\d.]+) \| (\d) of (\d) \| [\d.]+ \| (\d) \|$"
    told = re.findall(row, text, re.MULTILINE)
    levels = {level.label: level for level in ConfidenceLevel}
    keys = {}
    for name, anchor, anchor_score, weakest, weakest_score, seen, steps, _ in told:
        tie, step = (
            SimpleNamespace(level=levels[level], score=float(score), iri=level)
            for level, score in ((anchor, anchor_score), (weakest, weakest_score))
        )
        standing = SimpleNamespace(
            anchor=tie, anchor_level=tie.level, weakest=SimpleNamespace(read=step), in_people=int(seen) / int(steps)
        )
        keys[name] = Standing.rank_key.fget(standing)
    assert len(told) == 3
    assert sorted(keys, key=keys.get) == [name for name, *_, place in sorted(told, key=lambda found: found[-1])]


def test_the_claim_by_hand_is_what_the_graph_says(load_text):
    items = [("Supports", "RandomisedControlledTrial", 100, "s"), ("Supports", "NonRandomisedTrial", 16, "t")]
    more = "entity:a rls:group rls:InterventionGroup . "
    more += "evidence:decreases-a-b-0 rls:blinding rls:DoubleBlind ; rls:comparator rls:Placebo ."
    kg = load_text(claim_text("decreases", *items) + more)
    claim = kg.claim("a decreases b")
    ledger = kg.explain(claim).ledger
    text = " ".join((ROOT / "docs" / "confidence.md").read_text("utf-8").split())
    trial, open_ = (found for found in ledger.kinds)
    assert f"weight {trial.before:.3f}. Kind *trial*: g({trial.before:.3f}; .99, .01) = {trial.after:.3f}." in text
    assert f"weight {open_.before:.3f}. Kind *open*: g({open_.before:.3f}; .85, .35) = {open_.after:.3f}." in text
    assert f"so the score is {claim.score:.3f}. Two lines in people: *{claim.level.label}*." in text


def test_biases_in_the_docs_are_the_profiles(kg):
    text = (ROOT / "docs" / "confidence.md").read_text("utf-8")
    rows = re.findall(r"^\| (0\.\d\d) \| ([^|]+) \|$", text, re.MULTILINE)
    told = {name.split("(")[0].strip(): float(bias) for bias, names in rows for name in re.split(r"[,;] (?![^(]*\))", names)}
    assert told == {d.label: a.bias for d, a in kg.profile.designs.items() if d.label != "guideline"}


def test_kinds_in_the_docs_are_the_profiles(kg):
    text = (ROOT / "docs" / "confidence.md").read_text("utf-8")
    number = r"(\.\d\d)"
    rows = re.findall(rf"^\| (\w+) \| [^|]+ \| {number} \| {number}, {number} \| {number}, {number} \|$", text, re.MULTILINE)
    told = {name: tuple(map(float, numbers)) for name, *numbers in rows}
    assert told == {
        kind.label.removesuffix(" kind"): (
            found.insensitivity, found.of_cause.hit, found.of_cause.false_alarm,
            found.of_association.hit, found.of_association.false_alarm,
        )
        for kind, found in kg.profile.kinds.items()
    }  # fmt: skip


def test_links_in_the_docs_lead_somewhere():
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
