"""`rlsgraph formats`."""

from __future__ import annotations

import click

from rlsgraph.cli.options import format_option
from rlsgraph.cli.output import print_json, print_table
from rlsgraph.formats.exchange.table import formats


@click.command("formats")
@format_option("table", "json")
def command(format_name: str) -> None:
    """List the formats of other tools that `rlsgraph export` writes and `rlsgraph import` reads, and what is lost in each.

    Another package adds one by an entry point of the group rlsgraph.formats (docs/exchange.md).

    \b
    Examples:
      rlsgraph formats
      rlsgraph export rls.gexf
      rlsgraph export rls --format kgx
    """
    from rlsgraph.formats.reading.table import READINGS

    known = formats().values()
    if format_name == "json":
        print_json(
            [
                {
                    "name": each.name,
                    "reads": each.name in READINGS,
                    "summary": each.summary,
                    "files": list(each.parts),
                    "endings": list(each.endings),
                    "loses": each.loses,
                }
                for each in known
            ]
        )
        return
    print_table(
        ("format", "ending", "what it is, and who reads it", "cannot hold"),
        [(each.name, " ".join(each.endings) or " ".join(each.parts), each.summary, each.loses) for each in known],
        title="Written by rlsgraph export",
    )
    print_table(
        ("format", "what it is", "kept"),
        [(each.name, each.summary, each.keeps) for each in READINGS.values()],
        title="Read by rlsgraph import",
    )
