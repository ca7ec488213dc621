"""The README and the docs are run, so that they cannot drift."""

import math
import re
import shlex

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main
from tests.helpers.graphs import ROOT

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
    (block,) = (block for block in SHOWN if "design weight" in block)
    for line in filter(str.strip, block.splitlines()):
        words = line.split()
        assert any(other[: len(words)] == words for other in printed), line


def test_readme_shows_the_agenda_that_gaps_prints(cache_folder, kg):
    (block,) = (block for block in SHOWN if "study this claim" in block)
    head, *rows = filter(str.strip, block.splitlines())
    assert head.split() == [
        "study",
        "this",
        "claim",
        "score",
        "90%",
        "interval",
        "importance",
        "would",
        "settle",
        "support",
        "then",
    ]
    for row, gap in zip(rows, kg.gaps("gut dysbiosis", "RLS symptoms").gaps, strict=False):
        claim, numbers = gap.claim, gap.gap
        shown = [
            claim.polarity.mark, *str(claim).split(), f"{claim.score:.2f}", f"{claim.low:.2f}–{claim.high:.2f}",
            f"{numbers.importance:.2f}", f"{gap.share:.1%}", f"{numbers.if_disputes:.2f}", "or", f"{numbers.if_supports:.2f}",
        ]  # fmt: skip
        assert row.split()[1:] == shown


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


def test_the_worked_example_is_the_graphs(kg):
    text = (ROOT / "docs" / "confidence.md").read_text("utf-8")
    confidence = kg.claim("gut dysbiosis", "increases", "systemic inflammation").confidence
    wanted = f"R = {confidence.dispute_weight:.3f}, alpha = {confidence.alpha:.3f}, beta = {confidence.beta:.3f}"
    assert wanted in " ".join(text.split())


def test_design_weights_in_the_docs_are_the_profiles(kg):
    text = (ROOT / "docs" / "confidence.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\d.]+) \| ([^|]+) \|$", text, re.MULTILINE)
    told = {name.strip(): float(weight) for weight, names in rows for name in names.split(",")}
    assert told == {design.label: weight for design, weight in kg.profile.weights.items()}


def test_links_in_the_docs_lead_somewhere():
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
