"""`rlsgraph import`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import base_option, by_option, format_option
from rlsgraph.cli.output import counted, print_csv, print_json, print_table
from rlsgraph.formats.reading.table import READINGS, find_reading
from rlsgraph.model import namespaces as ns

if TYPE_CHECKING:
    from rlsgraph.curation.tables.report import ImportReport, Outcome

_TABLE = "table"
_PROBLEM_COLUMNS = ("table", "row", "column", "value", "problem", "remedy")
_ROW_COLUMNS = ("table", "row", "outcome", "thing", "claim", "note")


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--data",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Of tables: the folder of data that they go into.",
)
@click.option(
    "--from",
    "kind",
    type=click.Choice((_TABLE, *READINGS)),
    help="What the files are, where their endings do not tell.",
)
@click.option(
    "--another-paper", "is_another_paper", is_flag=True, help="Of tables: papers with nearly the same title are others."
)
@base_option
@by_option
@click.option("--dry-run", is_flag=True, help="Tell what would come of it; write nothing.")
@format_option("table", "json", "csv")
def command(
    files: tuple[Path, ...],
    folder: Path | None,
    kind: str | None,
    is_another_paper: bool,
    base: str | None,
    by: str,
    dry_run: bool,
    format_name: str,
) -> None:
    """Import tables of evidence into a folder of data, or read a graph of another tool and write it as Turtle.

    Tables (CSV, TSV, XLSX, JSON Lines): FILE... --data FOLDER. A row is an evidence item with its claim and its paper; tables of
    entities, sources and relations go with it, as sheets or as files of their own. `rlsgraph template` writes one to fill in.
    Either all rows come in, or none: then each problem is told by row, column and value, with a remedy. What is there already
    changes nothing, so the same tables can be given again.

    Graphs of other tools: SOURCE OUT. What the file does not say is not made up: a sign is never inferred, a design that is not
    told is unknown and counts as an opinion, and what has no place in the model is left out and counted.

    \b
    Formats of graphs:
      bel        BEL graphs in PyBEL's node-link JSON: a file, or a folder of them
      kgx        KGX: one of NAME_nodes.tsv and NAME_edges.tsv (or .jsonl)
      dismech    DisMech's disease records in YAML: a file, or a folder of them
      physiomap  PhysioMap in Turtle
      nanopub    nanopublications that `rlsgraph export --format nanopub` wrote

    \b
    Exit codes: 0 done, 2 usage, 3 a row with a problem or a file that cannot be read.

    \b
    Examples:
      rlsgraph import papers.xlsx --data migraine/data --dry-run
      rlsgraph import evidence.jsonl sources.jsonl --data migraine/data
      rlsgraph import graphs/ mine.ttl --from bel
      rlsgraph import graph_nodes.tsv mine.ttl
    """
    missing = next((file for file in files if not file.exists()), None) if kind == _TABLE or folder else None
    if missing is not None:
        raise click.UsageError(f"there is no file {missing}")
    reading = None if kind == _TABLE else READINGS[kind] if kind else find_reading(files[0])
    if reading is not None and folder is None:
        _import_graph(files, reading.name, is_dry_run=dry_run)
    elif folder is None:
        raise click.UsageError(
            "say where a table goes: --data FOLDER, a folder of data (`rlsgraph init` makes one); a graph of another tool: --from"
        )
    elif kind not in (None, _TABLE):
        raise click.UsageError(f"--data is for tables; a graph is written to a file: rlsgraph import SOURCE OUT --from {kind}")
    else:
        _import_tables(files, folder, format_name, is_another_paper=is_another_paper, is_dry_run=dry_run, base=base, by=by)


def _import_graph(files: tuple[Path, ...], format_name: str, *, is_dry_run: bool) -> None:
    from rlsgraph.triples.writing import write_file

    if len(files) != 2 or not files[0].exists():
        reason = (
            "give SOURCE, the graph to read, and OUT, the Turtle file to write" if len(files) != 2 else f"there is no {files[0]}"
        )
        raise click.UsageError(reason)
    source, out = files
    draft = READINGS[format_name].read(source)
    rows = [(kind, f"{count:,}", "") for kind, count in draft.kept.items()]
    rows += [(reason, "", f"{count:,}") for reason, count in draft.lost.most_common()]
    print_table(("what", "kept", "left out"), rows, right=("kept", "left out"))
    if is_dry_run:
        click.echo("nothing was written", err=True)
        return
    content = draft.turtle().encode()
    write_file(out, content)
    click.echo(f"wrote {out} ({len(content) / 1024:,.0f} KiB); ask it with --data {out}", err=True)


def _import_tables(
    files: tuple[Path, ...],
    folder: Path,
    report_format: str,
    *,
    is_another_paper: bool,
    is_dry_run: bool,
    base: str | None,
    by: str,
) -> None:
    from rlsgraph.curation.attribution import who_adds
    from rlsgraph.curation.tables.importing import import_tables

    person = who_adds(by, folder)
    report = import_tables(folder, *files, base=base, is_another_paper=is_another_paper, is_dry_run=is_dry_run, by=person)
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
