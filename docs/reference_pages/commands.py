"""The commands, from the commands themselves: what `rlsgraph COMMAND --help` says."""

from __future__ import annotations

import inspect
import re

import click

from reference_pages.text import plain, table
from rlsgraph.cli.main import main


def markdown() -> str:
    """Return every command with its usage, words, examples and options."""
    root = click.Context(main, info_name="rlsgraph")
    listed = [(name, main.get_command(root, name)) for name in main.list_commands(root)]
    return "\n\n".join(section(click.Context(command, root, name)) for name, command in listed if command is not None)


def section(context: click.Context) -> str:
    """Return one command."""
    command = context.command
    usage = f"{context.command_path} {' '.join(command.collect_usage_pieces(context))}"
    options = [option for option in command.params if isinstance(option, click.Option)]
    rows = [record for option in options if (record := option.get_help_record(context))]
    described = table(("option", "what it does"), [(f"`{name}`".replace("|", "\\|"), plain(words)) for name, words in rows])
    return "\n\n".join((f"## {command.name}", fenced(usage), *paragraphs(inspect.cleandoc(command.help or "")), described))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a help: those that click leaves as they are (after `\\b`) as a title and a block of code."""
    found = []
    for part in re.split(r"\n\s*\n", text):
        if not part.startswith("\b"):
            found.append(plain(part))
            continue
        title, _, block = part.removeprefix("\b\n").partition("\n")
        found += [f"{title}", fenced(inspect.cleandoc(block) if block else "")]
    return [each for each in found if each]


def fenced(text: str) -> str:
    """Return a block of code; nothing where there is no text."""
    return f"```text\n{text}\n```" if text else ""
