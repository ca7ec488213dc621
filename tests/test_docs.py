"""The README and the docs are run, so that they cannot drift."""

import math
import re
import shlex

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main
from tests.helpers.graphs import ROOT, claim_text

GRADINGS = ROOT.parent / "shared" / "yardstick" / "gradings.json"
README = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("rlsgraph ")
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_readme_commands(cache_folder, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert result.output.strip()


def test_readme_python(cache_folder):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names = {}
    exec(code, names)
    assert len(names["kg"]) > 400


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


def test_the_support_by_hand_is_the_graphs(kg):
    text = (ROOT / "docs" / "reasoning.md").read_text("utf-8")
    paths = kg.paths("gut dysbiosis", "RLS symptoms", max_steps=3, limit=1000)
    noisy_or = 1 - math.prod(1 - path.score for path in paths)
    support = kg.support("gut dysbiosis", "RLS symptoms", max_steps=3).overall.value
    assert len(paths) == 7
    assert f"**{support:.3f}**" in text
    assert f"which forgets what they share, gives {noisy_or:.3f}" in " ".join(text.split())
    every = kg.paths("gut dysbiosis", "RLS symptoms", limit=10_000)
    far = 1 - math.prod(1 - path.score for path in every), kg.support("gut dysbiosis", "RLS symptoms").overall.value
    wanted = f"over the {len(every)} paths of at most 8 steps it gives {far[0]:.3f} where the support is {far[1]:.3f}"
    assert wanted in " ".join(text.split())
    by_hand = [float(value) for value in re.findall(r"^\| .*?(\d\.\d{3}) \|$", text, re.MULTILINE)]
    assert 1 - math.prod(1 - value for value in by_hand) == pytest.approx(support, abs=0.001)


def test_the_gap_by_hand_is_the_graphs(kg):
    text = " ".join((ROOT / "docs" / "reasoning.md").read_text("utf-8").split())
    agenda = kg.gaps("gut dysbiosis", "RLS symptoms")
    first = agenda.gaps[0]
    fit = first.claim.confidence
    size = fit.alpha + fit.beta
    spread = fit.alpha * fit.beta / (size**2 * (size + 1))
    assert (
        f"has α = {fit.alpha:g}, β = {fit.beta:g}, so n = {size:g} and v = {spread:.4f}; g = {first.gap.importance:.3f}" in text
    )
    assert f"= {first.gap.expected_fall:.5f}, and the variance of S is {agenda.variance:.5f}" in text
    assert f"the study would settle {first.share:.1%}" in text


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
