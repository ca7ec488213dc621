"""`rlsgraph formats`."""

from __future__ import annotations

from typing import Any

import click

from rlsgraph.cli.export import FORMATS
from rlsgraph.cli.options import format_option
from rlsgraph.cli.output import print_json, print_table
from rlsgraph.formats.exchange.table import formats
from rlsgraph.formats.reading.table import readings
from rlsgraph.formats.spreadsheets.files import TABLE_FORMATS


@click.command("formats")
@format_option("table", "json")
def command(format_name: str) -> None:
    """List the formats of other tools that `rlsgraph export` writes and `rlsgraph import` reads, and what is lost in each.

    As JSON, each name once: whether export writes it and import reads it, and as what. Another package adds formats by entry
    points of the groups rlsgraph.formats and rlsgraph.readings (docs/exchange.md).

    \b
    Examples:
      rlsgraph formats
      rlsgraph formats --format json
      rlsgraph export rls.gexf
      rlsgraph export rls --format kgx
    """
    if format_name == "json":
        print_json([_record(name) for name in dict.fromkeys((*formats(), *readings(), *(each.name for each in TABLE_FORMATS)))])
        return
    print_table(
        ("format", "ending", "what it is, and who reads it", "cannot hold"),
        [(each.name, " ".join(each.endings) or " ".join(each.parts), each.summary, each.loses) for each in formats().values()],
        title="Written by rlsgraph export",
    )
    print_table(
        ("format", "what it is", "kept"),
        [(each.name, each.summary, each.keeps) for each in readings().values()],
        title="Graphs read by rlsgraph import",
    )
    print_table(
        ("format", "ending", "what it is"),
        [(each.name, " ".join(each.endings), each.summary) for each in TABLE_FORMATS],
        title="Tables read by rlsgraph import --data",
    )


def _record(name: str) -> dict[str, Any]:
    """Return what there is under a name: as what it is written, and as what it is read, each empty where it is not."""
    written, read = formats().get(name), readings().get(name)
    table = next((each for each in TABLE_FORMATS if each.name == name), None)
    is_table = table is not None or (written is not None and written.is_table)
    return {
        "name": name,
        "kind": "table" if is_table else "graph",
        "writes": name in FORMATS,
        "reads": is_table or read is not None,
        "summary": written.summary if written else "",
        "files": list(written.parts) if written else [],
        "endings": list(written.endings) if written else [],
        "loses": written.loses if written else "",
        "read_as": read.summary if read else table.summary if table else "",
        "read_endings": list(read.endings) if read else list(table.endings) if table else [],
        "keeps": read.keeps if read else "",
    }
