"""Print what came of rows that were to be added: a line for each, or each problem with its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.output import counted, print_csv, print_json, print_table
from rlsgraph.model import namespaces as ns

if TYPE_CHECKING:
    from rlsgraph.curation.tables.report import ImportReport, Outcome

_PROBLEM_COLUMNS = ("table", "row", "column", "value", "problem", "remedy")
_ROW_COLUMNS = ("table", "row", "outcome", "thing", "claim", "note")


def print_report(report: ImportReport, folder: Path, report_format: str) -> None:
    """Print the report as a table, JSON or CSV; ends the command with 3 where a row has a problem."""
    shown = _rows_of(report)
    columns = _ROW_COLUMNS if report else _PROBLEM_COLUMNS
    if report_format == "json":
        print_json([dict(zip(columns, row, strict=True)) for row in shown])
    elif report_format == "csv":
        print_csv([dict(zip(columns, row, strict=True)) for row in shown], columns)
    else:
        print_table(columns, [tuple(str(cell or "") for cell in row) for row in shown], right=("row",))
        if report:
            _print_moved(report)
    _tell(report, folder)
    if not report:
        raise SystemExit(3)


def _rows_of(report: ImportReport) -> list[tuple[str | int, ...]]:
    if not report:
        return [(one.table, one.row, one.column, one.value, one.problem, one.remedy) for one in report.problems]
    return [
        (row.table, row.row, row.outcome.value, ns.compress(row.thing), ns.compress(row.claim) if row.claim else "", row.note)
        for row in report.rows
    ]


def _print_moved(report: ImportReport) -> None:
    from rlsgraph.cli.tables import print_claim_changes

    if report.moved:
        print_claim_changes(report.moved, title="Scores that move" if report.is_dry_run else "Scores that moved")


def _tell(report: ImportReport, folder: Path) -> None:
    """Say in a line what came of it all, and which files changed."""
    from rlsgraph.curation.tables.report import Outcome

    for name in report.unread:
        click.echo(f"{name} was not read: its headings are those of no table that is known", err=True)
    if not report:
        click.echo(f"nothing was written to {folder}: {counted(len(report.problems), 'problem')}", err=True)
        return
    counts = ((outcome, report.count(outcome)) for outcome in Outcome)
    told = ", ".join(_count(count, outcome) for outcome, count in counts if count) or "no rows"
    if report.is_dry_run or not report.files:
        told += "; nothing was written"
    click.echo(told, err=True)
    _tell_files(report.files, is_dry_run=report.is_dry_run)


def _count(count: int, outcome: Outcome) -> str:
    plain = outcome.value
    return counted(
        count, plain, plain if plain.endswith("there") else f"{plain.removesuffix('y')}ies" if plain[-1] == "y" else None
    )


def _tell_files(files: Iterable[Path], *, is_dry_run: bool) -> None:
    for path in files:
        click.echo(f"{'would write' if is_dry_run else 'wrote'} {path}", err=True)
