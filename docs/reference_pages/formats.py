"""The formats of other tools, from the two tables that the commands take their choices from."""

from __future__ import annotations

from reference_pages.text import plain, table
from rlsgraph.formats.exchange.table import OWN
from rlsgraph.formats.reading.table import READINGS


def markdown() -> str:
    """Return the formats that are written and those that are read, each with what is lost or kept."""
    written = [
        (f"`{each.name}`", " ".join(f"`{end}`" for end in each.endings or each.parts), plain(each.summary), plain(each.loses))
        for each in OWN
    ]
    read = [(f"`{each.name}`", plain(each.summary), plain(each.keeps)) for each in READINGS.values()]
    return "\n\n".join(
        (
            "## Written by `rlsgraph export`",
            table(("`--format`", "files", "what it is, and who reads it", "cannot hold"), written),
            "## Read by `rlsgraph import`",
            table(("`--from`", "what it is", "kept"), read),
        )
    )
