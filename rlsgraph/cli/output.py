"""Print tables, JSON and CSV: data to standard output, words to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rlsgraph.cli.streams import write_text
from rlsgraph.model.decimals import probability

if TYPE_CHECKING:
    from rich.console import Console

    from rlsgraph.formats.tables import Table
    from rlsgraph.model.things import Claim
    from rlsgraph.reasoning.causal_path import CausalPath

PLAIN_WIDTH = 160
"""Columns of a table where there is no terminal to ask."""


def console() -> Console:
    """Return a console for tables that treats all text as text (no markup, no emoji codes)."""
    from rich.console import Console

    class Tables(Console):
        def on_broken_pipe(self) -> None:
            raise  # rich calls this while it handles the error, and would end with exit code 1

    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    return Tables(width=width, markup=False, emoji=False, highlight=False)


NARROW_COLUMN = 12
"""Where columns would get fewer characters than this, rows are printed one below the other instead."""


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[str] = (), title: str | None = None
) -> None:
    """Print rows under column heads; columns named in `right` are aligned to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    screen = console()
    if screen.width < NARROW_COLUMN * len(columns):
        _print_records(screen, columns, rows, title)
        return
    table = Table(
        title=None if title is None else Text(printable(title)), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False
    )
    for column in columns:
        table.add_column(Text(column), justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    screen.print(table)


def _print_records(screen: Console, columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None) -> None:
    """Print each row as a list of its cells, with a rule between rows."""
    from rich.text import Text

    if title is not None:
        screen.print(Text(printable(title)))
    for row in rows:
        screen.rule(style="dim")
        for column, cell in zip(columns, row, strict=True):
            if cell:
                screen.print(Text(printable(f"{column}: {cell}" if column else cell)))


def printable(text: str) -> str:
    """Return text without control characters that could move the cursor or turn the reading direction."""
    return "".join(
        c if c in "\n\t" or (c.isprintable() and c not in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068") else "�" for c in text
    )


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    import json  # a table needs it not (benchmarks/startup.py)

    write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows as CSV with a header."""
    from rlsgraph.formats.csv_text import to_csv

    write_text(to_csv(columns, rows))


def print_answer(table: Table, format_name: str, *more: Table) -> None:
    """Print an answer for machines: JSON, CSV (the first table alone) or Turtle."""
    if format_name == "json":
        print_json([row for each in (table, *more) for row in each.to_json()])
    elif format_name == "csv":
        write_text(table.to_csv())
    else:
        from rlsgraph.formats.tables import to_turtle

        write_text(to_turtle((table, *more)))


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun, e.g. `1 claim`, `3 claims`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def number(value: float) -> str:
    """Return a probability with two decimals, see `model.decimals`."""
    return probability(value)


def factor(value: float | None) -> str:
    """Return what evidence has done to odds, e.g. `× 3.2`; nothing where there is nothing to move."""
    return "" if value is None else f"× {value:.3g}"


def bar(value: float, width: int = 10) -> str:
    """Return a small bar for a value from 0 to 1."""
    filled = round(value * width)
    return "█" * filled + "░" * (width - filled)


def interval(low: float, high: float) -> str:
    """Return an interval in words of numbers, e.g. `0.05–0.63`."""
    return f"{probability(low)}–{probability(high)}"


def flags(claim: Claim) -> str:
    """Return what stands beside a claim's level: contested, untested, retracted work, superseded."""
    words = []
    if claim.is_contested:
        words.append("contested")
    if claim.is_untested:
        words.append("untested")
    if any(item.source.retracted for item in claim.evidence):
        words.append("rests on retracted work")
    if claim.superseded_by:
        words.append(f"superseded by {', '.join(iri.rsplit('/', 1)[-1] for iri in claim.superseded_by)}")
    return ", ".join(words)


def every_flag(claim: Claim) -> str:
    """Return what stands beside a claim's level where there is room for all of it: what it rests on as well."""
    found = claim.confidence
    rests_on = (
        ("only lent", found.is_only_lent),
        ("single study", found.is_single_study),
        ("not in people", found.is_not_in_people),
    )
    return ", ".join(filter(None, (flags(claim), *(word for word, holds in rests_on if holds))))


def for_and_against(weighed: Claim | CausalPath) -> str:
    """Return the number of items for, against and inconclusive, e.g. `3 / 1 / 0`."""
    from rlsgraph.model.vocabulary import Direction

    return " / ".join(str(weighed.count(direction)) for direction in Direction)


def evidence_in_words(weighed: Claim | CausalPath) -> str:
    """Return the number of items for, against and inconclusive in words, e.g. `3 for, 1 against, 2 open`."""
    from rlsgraph.model.vocabulary import Direction

    counts = (f"{weighed.count(direction)} {word}" for direction, word in zip(Direction, ("for", "against", "open"), strict=True))
    return ", ".join(counts)
