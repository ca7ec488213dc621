"""Write the history of a claim's score as rows."""

from __future__ import annotations

from collections.abc import Iterator

from rlsgraph.formats.tables import Row, Table, table_of
from rlsgraph.reasoning.history import History, Turn

_COLUMNS = (
    "place", "claim", "kind", "year", "score", "low", "high", "level", "odds_factor", "sources", "via", "study_factor",
    "statement",
)  # fmt: skip


def history_table(history: History) -> Table:
    """Return a row for each study that moved the score, with the score of its moment; the prior has a row of its own.

    `place` numbers the moments, `via` are the claims that lent the study; none where it bears on the claim itself.
    """
    rows = (row for place, turn in enumerate(history.turns, 1) for row in _turn_rows(history, turn, place))
    return table_of("HistoryStep", _COLUMNS, rows)


def _turn_rows(history: History, turn: Turn, place: int) -> Iterator[Row]:
    said: Row = {
        "place": place,
        "claim": history.claim,
        "kind": turn.moment,
        "year": turn.year,
        "score": turn.confidence.score,
        "low": turn.confidence.low,
        "high": turn.confidence.high,
        "level": turn.confidence.level,
        "odds_factor": turn.factor,
    }
    for mover in turn.movers:
        lenders = history.lends(mover)
        yield {
            **said,
            "sources": mover.sources,
            "via": lenders or None,
            "study_factor": mover.factor,
            "statement": mover.citation,
        }
    if not turn.movers:
        yield said
