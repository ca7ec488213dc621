"""`rlsgraph check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import format_option
from rlsgraph.cli.output import counted, print_json, printable
from rlsgraph.cli.streams import write_text

if TYPE_CHECKING:
    from rlsgraph.curation.report import CheckReport


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True))
@format_option("text", "json", "sarif")
def command(paths: tuple[str, ...], format_name: str) -> None:
    """Say all that is wrong with files of RDF and folders of them, each with file, line, thing and remedy.

    The files are taken as one graph: what one refers to must be described in one of them. docs/checking.md has every rule. An
    error is against a rule; a warning is read otherwise than it was meant, or not at all, such as a misspelt property; a note is
    worth a look. SARIF is what code hosts show beside the lines of a change.

    \b
    Exit codes: 0 no error and no warning, 1 some, 3 a file that cannot be read.

    \b
    Examples:
      rlsgraph check claims/ sources.ttl
      rlsgraph check my-paper.ttl --format sarif
    """
    from rlsgraph.curation.check import check, rule_table

    report = check(*paths)
    if format_name == "text":
        _print_report(report)
    elif format_name == "json":
        from rlsgraph.formats.sarif import report_to_json

        print_json(report_to_json(report))
    else:
        from rlsgraph.formats.sarif import report_to_sarif

        write_text(report_to_sarif(report, rule_table()))
    raise SystemExit(3 if report.is_broken else 0 if report else 1)


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
