"""`rlsgraph import`."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click

from rlsgraph.cli.options import base_option, by_option, format_option
from rlsgraph.cli.output import print_table
from rlsgraph.formats.reading.table import find_reading, readings
from rlsgraph.formats.spreadsheets.files import TABLE_FORMATS

_TABLE = "table"


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
    type=click.Choice((_TABLE, *readings())),
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

    Tables: FILE... --data FOLDER. A row is an evidence item with its claim and its paper; tables of
    entities, sources and relations go with it, as sheets or as files of their own. `rlsgraph template` writes one to fill in.
    Either all rows come in, or none: then each problem is told by row, column and value, with a remedy. What is there already
    changes nothing, so the same tables can be given again.

    Graphs of other tools: SOURCE OUT. What the file does not say is not made up: a sign is never inferred, a design that is not
    told is unknown and counts as an opinion, and what has no place in the model is left out and counted.

    \b
    Tables:
    {tables}

    \b
    Graphs:
    {graphs}

    Another package adds a graph by an entry point of the group rlsgraph.readings (docs/exchange.md).

    \b
    Exit codes: 0 done, 2 usage, 3 a row with a problem or a file that cannot be read.

    \b
    Examples:
      rlsgraph import papers.xlsx --data migraine/data --dry-run
      rlsgraph import evidence.jsonl sources.jsonl --data migraine/data
      rlsgraph import graphs/ mine.ttl --from bel
      rlsgraph import graph_nodes.tsv mine.ttl
    """
    from rlsgraph.curation.attribution import who_adds

    missing = next((file for file in files if not file.exists()), None) if kind == _TABLE or folder else None
    if missing is not None:
        raise click.UsageError(f"there is no file {missing}")
    reading = None if kind == _TABLE else readings()[kind] if kind else find_reading(files[0])
    if reading is not None and folder is None:
        _import_graph(files, reading.name, is_dry_run=dry_run)
    elif folder is None:
        raise click.UsageError(
            "say where a table goes: --data FOLDER, a folder of data (`rlsgraph init` makes one); a graph of another tool: --from"
        )
    elif kind not in (None, _TABLE):
        raise click.UsageError(f"--data is for tables; a graph is written to a file: rlsgraph import SOURCE OUT --from {kind}")
    else:
        _import_tables(
            files, folder, format_name, base=base, is_another_paper=is_another_paper, is_dry_run=dry_run, by=who_adds(by, folder)
        )


def _import_graph(files: tuple[Path, ...], format_name: str, *, is_dry_run: bool) -> None:
    from rlsgraph.triples.writing import write_file

    if len(files) != 2 or not files[0].exists():
        reason = (
            "give SOURCE, the graph to read, and OUT, the Turtle file to write" if len(files) != 2 else f"there is no {files[0]}"
        )
        raise click.UsageError(reason)
    source, out = files
    draft = readings()[format_name].read(source)
    rows = [(kind, f"{count:,}", "") for kind, count in draft.kept.items()]
    rows += [(reason, "", f"{count:,}") for reason, count in draft.lost.most_common()]
    print_table(("what", "kept", "left out"), rows, right=("kept", "left out"))
    if is_dry_run:
        click.echo("nothing was written", err=True)
        return
    content = draft.turtle().encode()
    write_file(out, content)
    click.echo(f"wrote {out} ({len(content) / 1024:,.0f} KiB); ask it with --data {out}", err=True)


def _import_tables(files: tuple[Path, ...], folder: Path, report_format: str, **options: Any) -> None:
    from rlsgraph.cli.import_report import print_report
    from rlsgraph.curation.tables.importing import import_tables

    print_report(import_tables(folder, *files, **options), folder, report_format)


def _lines(named: Iterable[tuple[str, str]]) -> str:
    """Return names with their words, in two columns."""
    return "\n".join(f"  {name:<11}{words}" for name, words in named)


command.help = cleandoc(command.help or "").format(
    tables=_lines((each.name, f"{each.summary} ({', '.join(each.endings)})") for each in TABLE_FORMATS),
    graphs=_lines((each.name, each.summary) for each in readings().values()),
)
