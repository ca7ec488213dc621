"""Every page of the documents is played from top to bottom, and the site is built of them."""

import re
import shutil
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main
from tests.helpers.documents import blocks, split
from tests.helpers.graphs import ROOT

pytestmark = pytest.mark.xdist_group("docs")  # one worker, so that what is asked again is known

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
PLAYED = [page for page in PAGES if any(block.language == "sh" for block in blocks(page))]
SILENT = ("make", "python3", "pip", "cp", "mkdir", "rm")
"""What a shell does beside: the test is in an installation already."""
LANGUAGES = ("csv", "json", "python", "sh", "sparql", "text", "toml", "turtle", "console", "{toctree}")
ROOT_CONTEXT = click.Context(main, info_name="rlsgraph")


@pytest.mark.parametrize("page", PLAYED, ids=lambda page: page.name)
def test_a_page_can_be_played_from_top_to_bottom(graph_is_read, tmp_path, monkeypatch, page):
    """In a folder with the data of a clone; what stands under a command as text is what it prints."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    printed = ""
    for block in blocks(page):
        if block.language == "sh":
            printed = "".join(play(line, block.place) for line in block.lines)
        elif block.language in ("turtle", "csv"):
            name, text = block.text.removeprefix("# ").split("\n", 1)  # the first line is a comment that names the file
            Path(name).write_text(text, "utf-8")
        elif block.language == "python" and page.parent == DOCS:
            exec(compile(block.text, block.place, "exec"), {})
        elif block.language == "text" and page.parent == DOCS:  # what the README shows has tests of its own
            shows(printed, block)


def play(line, place):
    """Do what a line says, and return what it prints."""
    name, *arguments = split(line)
    if name == "cp":
        shutil.copytree(*arguments[1:])
    if name == "mkdir":
        Path(*arguments).mkdir()
    if name == "rm":
        for path in arguments:
            Path(path).unlink()
    if name in SILENT:
        return ""
    assert name == "rlsgraph", f"{place}: {line}"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, f"{place}: {line}\n{result.output}"
    assert result.output.strip(), f"{place}: {line}"
    return result.output


def shows(printed, block):
    """Hold each line of a block to begin a line that was printed, whatever the width of the columns."""
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    for line in block.text.splitlines():
        begins = " ".join(line.split())
        assert any(other.startswith(begins) for other in lines), f"{block.place}: {line}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_blocks_of_code_say_what_they_are_and_commands_are_spelt_right(page):
    for block in blocks(page):
        if block.language == "python":
            compile(block.text, block.place, "exec")
        assert block.language in LANGUAGES, f"{block.place}: `sh` is run by the tests, `console` is for what needs a server"
        for arguments in block.commands:
            is_spelt_right(arguments, block.place)


def test_examples_in_the_help_are_spelt_right():
    for name in main.list_commands(ROOT_CONTEXT):
        command = main.get_command(ROOT_CONTEXT, name)
        examples = re.findall(r"^\s*(rlsgraph .*)$", (command.help or "").replace("\\\n", " "), re.MULTILINE)
        assert examples, name
        for line in examples:
            is_spelt_right(split(line)[1:], name)


def is_spelt_right(arguments, place):
    """Hold a command to be known, and its options too; what it would do is not done."""
    if arguments[0].startswith("-"):
        return
    command = main.get_command(ROOT_CONTEXT, arguments[0])
    assert command is not None, f"{place}: {arguments}"
    context = click.Context(command, ROOT_CONTEXT, arguments[0])
    try:
        command.make_parser(context).parse_args(arguments[1:])
    except click.UsageError as error:
        raise AssertionError(f"{place}: {arguments}: {error.format_message()}") from error


def test_the_site_is_built_without_a_warning(tmp_path, monkeypatch, cache_folder):
    """Every link leads somewhere, every page has its place, every docstring can be read; `make docs` plays the notebooks too."""
    from sphinx.cmd.build import build_main

    monkeypatch.setattr("sys.path", sys.path[:])
    options = ["-b", "dummy", "-D", "nb_execution_mode=off", "--fail-on-warning", "--keep-going", "--quiet"]
    assert build_main([*options, "-d", str(tmp_path / "doctrees"), str(DOCS), str(tmp_path / "site")]) == 0
