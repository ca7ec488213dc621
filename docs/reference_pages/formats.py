"""The formats of other tools, from the tables that the commands take their choices from."""

from __future__ import annotations

from reference_pages.text import plain, table
from rlsgraph.formats.exchange.table import OWN
from rlsgraph.formats.reading.table import OWN as READ
from rlsgraph.formats.spreadsheets.files import TABLE_FORMATS


def markdown() -> str:
    """Return the formats that are written and those that are read, each with what is lost or kept."""
    written = [
        (f"`{each.name}`", " ".join(f"`{end}`" for end in each.endings or each.parts), plain(each.summary), plain(each.loses))
        for each in OWN
    ]
    read = [(f"`{each.name}`", plain(each.summary), plain(each.keeps)) for each in READ]
    tables = [(f"`{each.name}`", " ".join(f"`{end}`" for end in each.endings), plain(each.summary)) for each in TABLE_FORMATS]
    return "\n\n".join(
        (
            "## Written by `rlsgraph export`",
            table(("`--format`", "files", "what it is, and who reads it", "cannot hold"), written),
            "## Graphs read by `rlsgraph import`",
            table(("`--from`", "what it is", "kept"), read),
            "## Tables read by `rlsgraph import --data`",
            table(("name", "files", "what it is"), tables),
            "What a table may hold: [the columns](columns.md).",
        )
    )
