"""The README and the docs are run, so that they cannot drift."""

import re
import shlex

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
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
    (block,) = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    for line in filter(str.strip, block.splitlines()):
        words = line.split()
        assert any(other[: len(words)] == words for other in printed), line


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
