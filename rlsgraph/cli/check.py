"""`rlsgraph check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import base_option, format_option
from rlsgraph.cli.output import counted, print_json, printable
from rlsgraph.cli.streams import write_text

if TYPE_CHECKING:
    from rlsgraph.curation.report import CheckReport


@click.command("check")
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(exists=True))
@click.option(
    "--quotes",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Look for the quotes (rls:quote) in the texts below this folder instead; without PATH, those of the shipped graph.",
)
@base_option
@format_option("text", "json", "sarif")
def command(paths: tuple[str, ...], quotes: Path | None, format_name: str, base: str | None) -> None:
    """Say all that is wrong with files of RDF and folders of them, each with file, line, thing and remedy.

    The files are taken as one graph: what one refers to must be described in one of them, or in the graph that they stand on
    (--base), whose own faults are not told. docs/checking.md has every rule. An
    error is against a rule; a warning is read otherwise than it was meant, or not at all, such as a misspelt property; a note is
    worth a look. SARIF is what code hosts show beside the lines of a change.

    With --quotes: which quotes stand word for word in the texts that you have (txt, md, html, xml; pdf with pypdf). A
    text belongs to the source whose id, DOI, PMID or PMCID its file's name holds; a quote whose source has none is looked for in
    all.

    \b
    Exit codes: 0 no error and no warning (no quote amiss), 1 some, 3 a file that cannot be read.

    \b
    Examples:
      rlsgraph check claims/ sources.ttl
      rlsgraph check my-paper.ttl --base shipped --format sarif
      rlsgraph check data/ --quotes papers/
    """
    if quotes is not None:
        raise SystemExit(0 if _check_quotes(paths, quotes, format_name) else 1)
    if not paths:
        raise click.UsageError("name the files and folders to check")

    from rlsgraph.curation.check import check, rule_table

    report = check(*paths, base=base)
    if format_name == "text":
        _print_report(report)
    elif format_name == "json":
        from rlsgraph.formats.sarif import report_to_json

        print_json(report_to_json(report))
    else:
        from rlsgraph.formats.sarif import report_to_sarif

        write_text(report_to_sarif(report, rule_table()))
    raise SystemExit(3 if report.is_broken else 0 if report else 1)


def _check_quotes(paths: tuple[str, ...], folder: Path, format_name: str) -> bool:
    """Print what became of each quote, those that are amiss first; return whether none is."""
    from rlsgraph.curation.quotes import QuoteState, check_quotes
    from rlsgraph.graph.loading import load

    if format_name == "sarif":
        raise click.UsageError("quotes are told as text or json")
    report = check_quotes(load(*paths), folder)
    if format_name == "json":
        print_json(
            [
                {
                    "item": each.item.iri,
                    "state": each.state.value,
                    "file": str(each.file or ""),
                    "quote": each.item.quote,
                    "nearest": each.nearest,
                }
                for each in report.quotes
            ]
        )
    else:
        for each in report.quotes:
            if each.state is not QuoteState.FOUND:
                click.echo(printable(f"{each.item.identifier} ({each.item.source.citation}): {each.state.value}"))
                click.echo(printable(f"    quote:   {each.item.quote}"))
                if each.nearest:
                    click.echo(printable(f"    nearest: {each.nearest} ({each.file})"))
    for path in report.unread:
        click.echo(printable(f"{path} was not read: PDFs need `pip install pypdf`, or a copy as text"), err=True)
    told = ", ".join(f"{report.count(state)} {state.value}" for state in reversed(QuoteState))
    click.echo(f"{counted(len(report.quotes), 'quote')}: {told}", err=True)
    return bool(report)


def _print_report(report: CheckReport) -> None:
    """Print each finding in two lines, the remedy indented; a remedy that was just given is not given again."""
    from rlsgraph.curation.report import Severity

    last = ""
    for finding in report:
        click.echo(printable(str(finding)))
        if finding.remedy != last:
            click.echo(f"    {finding.remedy}")
        last = finding.remedy
    errors, warnings, notes = (report.count(severity) for severity in sorted(Severity, reverse=True))
    words = [counted(errors, "error") if errors else "no errors", counted(warnings, "warning") if warnings else "no warnings"]
    if notes:
        words.append(counted(notes, "note"))
    click.echo(f"{counted(len(report.files), 'file')} checked: {', '.join(words)}", err=True)
