"""The columns of tables, from the one list that `import`, `template` and `add` take them from."""

from __future__ import annotations

from reference_pages.text import plain, table
from rlsgraph.curation.tables.columns import COLUMNS, Column, Kind

HEAD = ("heading", "also", "property", "what it says", "example")


def markdown() -> str:
    """Return a section for each kind of row, and in it each column."""
    return "\n\n".join(f"## Rows of {kind.value}\n\n{table(HEAD, map(row, COLUMNS[kind]))}" for kind in Kind)


def row(column: Column) -> tuple[str, ...]:
    """Return a column: its heading and other names, the property behind it, what it means, what may stand there, an example."""
    also = ", ".join(f"`{name}`" for name in dict.fromkeys((column.key, *column.also)) if name != column.heading)
    choices = " One of: " + ", ".join(term.label for term in column.terms) + "." if column.terms else ""
    needed = " *Needed.*" if column.is_needed else ""
    said = f"{plain(column.meaning)}{plain(choices)}{needed}"
    return plain(column.heading), also, f"`{column.curie}`" if column.curie else "", said, plain(column.example)
