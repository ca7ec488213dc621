"""The root of the command line: commands load when they are called, so that `--help` stays quick (benchmarks/startup.py)."""

from __future__ import annotations

import gc
import io
import os
import sys
import warnings
from importlib import import_module
from typing import Any

import click

from rlsgraph.cli.streams import hold_streams, output_errors
from rlsgraph.errors import RlsGraphError, RlsGraphWarning
from rlsgraph.triples.spoilt import spoilt_as_data_error
from rlsgraph.version import DATA_DATE, __version__

_COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("rlsgraph.cli.demo", "Show the shipped graph at work, and write its page."),
    "info": ("rlsgraph.cli.info", "Count what the graph holds, by kind and by confidence level."),
    "query": ("rlsgraph.cli.query", "Ask the graph in SPARQL, or ask a stored question."),
    "show": ("rlsgraph.cli.show", "Show an entity, claim, source, hypothesis or evidence item."),
    "claims": ("rlsgraph.cli.claims", "List claims with score, interval and level."),
    "explain": ("rlsgraph.cli.explain", "Explain a claim's score, item by item."),
    "history": ("rlsgraph.cli.history", "Tell how a claim came to its score, year by year."),
    "hypotheses": ("rlsgraph.cli.hypotheses", "Rank the hypotheses, or show the routes of one."),
    "paths": ("rlsgraph.cli.paths", "Find the best causal paths between two entities."),
    "support": ("rlsgraph.cli.support", "Say how probable it is that some causal path holds."),
    "gaps": ("rlsgraph.cli.gaps", "Rank the claims whose study would settle most."),
    "compare": ("rlsgraph.cli.compare", "Compare two hypotheses, or before and after a what-if."),
    "contradictions": ("rlsgraph.cli.contradictions", "List what speaks against itself: claims and paths."),
    "expect": ("rlsgraph.cli.expect", "Check which known observations the mechanisms reproduce."),
    "calibrate": ("rlsgraph.cli.calibrate", "Measure the scores against expert gradings and left-out studies."),
    "doctor": ("rlsgraph.cli.doctor", "List what is weak, and what falls with retracted work."),
    "check": ("rlsgraph.cli.check", "Say all that is wrong with files of RDF, and what to do about it."),
    "init": ("rlsgraph.cli.init", "Begin a graph of your own in a folder."),
    "add": ("rlsgraph.cli.add", "Add a paper to a folder of data."),
    "log": ("rlsgraph.cli.log", "Tell who added what and when."),
    "diff": ("rlsgraph.cli.diff", "Tell what differs between two graphs: evidence and claims."),
    "merge": ("rlsgraph.cli.merge", "Make one folder of data of two."),
    "fmt": ("rlsgraph.cli.fmt", "Put Turtle files in canonical form."),
    "build": ("rlsgraph.cli.build", "Build a graph as a store on disk."),
    "serve": ("rlsgraph.cli.serve", "Serve the graph over HTTP: SPARQL endpoint, pages, RDF."),
    "mcp": ("rlsgraph.cli.mcp", "Answer an assistant over the Model Context Protocol."),
    "export": ("rlsgraph.cli.export", "Write the graph for other tools, or as a page."),
    "import": ("rlsgraph.cli.import_", "Import tables of evidence, or a graph of another tool."),
    "template": ("rlsgraph.cli.template", "Write an empty table of evidence to fill in."),
    "formats": ("rlsgraph.cli.formats", "List the formats of other tools: written and read."),
    "push": ("rlsgraph.cli.push", "Load the graph with its scores into a SPARQL endpoint."),
}
"""Every command: the module that holds it (under the name `command`), and its line in the help."""


class Text(click.types.StringParamType):
    """A text; bytes that are no UTF-8, which the system hands on as halves of characters, are none that a file can hold."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(super().convert(value, param, ctx))
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.fail(f"{text!r} is no text in UTF-8", param, ctx)
        return text


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        if "_RLSGRAPH_COMPLETE" in os.environ:
            from rlsgraph.cli.completion import install  # no other call needs it

            install()
        return super().main(*arguments, **options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        for parameter in command.params:
            if parameter.type is click.STRING:
                parameter.type = Text()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in _COMMANDS.items()])

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        hold_streams()
        with output_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        gc.set_threshold(50_000)  # what a command reads it keeps to its end: collections find nothing (benchmarks/startup.py)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal that lacks a mark such as ▲ shows ?, and no error
        try:
            with output_errors(), spoilt_as_data_error(), warnings.catch_warnings():
                warnings.simplefilter("always", RlsGraphWarning)
                warnings.showwarning = _show_warning
                return super().invoke(ctx)
        except RlsGraphError as error:
            _tell(f"Error: {error}")
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(130)  # as shells count a process ended by Ctrl-C


def _show_warning(message: Warning | str, category: type[Warning], *_place: Any, **_more: Any) -> None:
    """Print a warning about data or a query as a line of words; what packages warn their developers of is left to them."""
    if issubclass(category, RlsGraphWarning):
        _tell(f"Warning: {message}")


def _tell(words: str) -> None:
    """Print words that may hold a file's name or value, without characters that could move the cursor."""
    from rlsgraph.cli.output import printable

    click.echo(printable(words), err=True)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message=f"rlsgraph {__version__} (data {DATA_DATE})")
def main() -> None:
    """Weigh the mechanisms hypothesised behind restless legs syndrome.

    \b
    Examples:
      rlsgraph demo
      rlsgraph hypotheses
      rlsgraph paths "gut dysbiosis" "RLS symptoms"
      rlsgraph gaps "gut dysbiosis" "RLS symptoms"
      rlsgraph explain "gut dysbiosis" increases "systemic inflammation"
      rlsgraph query contested

    \b
    Exit codes: 0 done, 1 a clean no, 2 wrong usage, 3 broken input, 130 stopped.
    A research aid, not medical advice.
    """
