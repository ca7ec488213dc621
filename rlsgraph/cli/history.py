"""`rlsgraph history`."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import GraphChoice, claim_arguments, format_option, graph_options, what_if_options
from rlsgraph.cli.output import factor, interval, number, print_answer, print_table, printable

if TYPE_CHECKING:
    from rlsgraph.reasoning.history import History, Mover, Turn

_STUDY_WIDTH = 32
"""So wide, the table fits into 100 columns."""


@click.command("history")
@claim_arguments("CLAIM|SUBJECT")
@what_if_options
@graph_options
@format_option()
def command(subject: str, predicate: str | None, object_: str | None, graph: GraphChoice, format_name: str) -> None:
    """Tell how a claim came to its score: year by year, and which studies moved it.

    Name the claim by subject, predicate and object, or by its id alone. A row stands for a year in which the score changed; the
    first is the prior, the last, where there is one, adds the sources without a year. "× odds" is what the year did to the odds,
    "× alone" what that study alone would have done. The latter need not multiply to the former: kinds of evidence have ceilings,
    and a study may count in place of another. A study that another claim lends says so. What is retracted now counts in no year.

    \b
    Examples:
      rlsgraph history "iron supplementation" decreases "RLS symptom severity"
      rlsgraph history gut-dysbiosis.increases.systemic-inflammation --format csv
      rlsgraph history gut-dysbiosis.increases.systemic-inflammation --as-of 2015
    """
    from rlsgraph.formats.history import history_table

    kg = graph.open()
    history = kg.history(kg.claim(subject, predicate, object_))
    if format_name == "table":
        _print_history(history)
    else:
        print_answer(history_table(history), format_name)


def _print_history(history: History) -> None:
    now = history.turns[-1].confidence
    click.echo(printable(f"{history.claim}: {now.level.label} {number(now.score)} ({interval(now.low, now.high)})"))
    print_table(
        ("year", "score", "90% interval", "level", "× odds", "moved by", "× alone"),
        [row for turn in history.turns for row in _rows(history, turn)],
        right=("score", "× odds", "× alone"),
    )


def _rows(history: History, turn: Turn) -> list[tuple[str, ...]]:
    """Return a row for each study of a moment; the first says what the moment came to."""
    found = turn.confidence
    moved = "" if turn.year is None and not turn.movers else _times(turn.factor)
    said = (turn.label, number(found.score), interval(found.low, found.high), found.level.label, moved)
    rows = [(_named(history, mover), _times(mover.factor)) for mover in turn.movers] or [("", "")]
    return [(*(said if place == 0 else ("",) * len(said)), *row) for place, row in enumerate(rows)]


def _named(history: History, mover: Mover) -> str:
    """Return a study as it is cited, and what lends it: by its subject alone where it says the same of another subject."""
    said = (history.claim.predicate, history.claim.object)
    lenders = [c.subject.label if (c.predicate, c.object) == said else str(c) for c in history.lends(mover)]
    return fill(mover.citation + (f", lent by {'; '.join(lenders)}" if lenders else ""), _STUDY_WIDTH)


def _times(value: float) -> str:
    return factor(value).removeprefix("× ")
