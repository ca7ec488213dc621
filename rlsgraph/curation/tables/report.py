"""Tell what came of each row of a table: what it added, or what is wrong with which cell and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rlsgraph.model.shown import Shown
from rlsgraph.reasoning.comparison import ClaimChange


class Outcome(StrEnum):
    """What came of a row."""

    NEW_CLAIM = "new claim"
    NEW_ITEM = "new item"
    NEW_ENTITY = "new entity"
    NEW_SOURCE = "new source"
    NEW_RELATION = "new relation"
    THERE = "already there"


@dataclass(frozen=True, slots=True)
class RowProblem(Shown):
    """What is wrong with a row; `row` is 0 where it is of no single row, `column` empty where it is of the whole row."""

    table: str
    row: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(filter(None, (self.table, f"row {self.row}" if self.row else "", self.column)))
        said = f" {self.value!r}" if self.value else ""
        return f"{place}:{said} {self.problem}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class RowReport(Shown):
    """What came of a row that has nothing wrong: the thing that it says, by IRI, and what a reader should know of it."""

    table: str
    row: int
    outcome: Outcome
    thing: str
    claim: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import. It is true where no row has a problem; else nothing was written.

    `unread` names the sheets that hold no table that is known; `files` are those that changed, or would.
    """

    rows: tuple[RowReport, ...]
    problems: tuple[RowProblem, ...] = ()
    files: tuple[Path, ...] = ()
    moved: tuple[ClaimChange, ...] = ()
    unread: tuple[str, ...] = ()
    is_dry_run: bool = False

    def __bool__(self) -> bool:
        return not self.problems

    def count(self, outcome: Outcome | str) -> int:
        """Return how many rows came to that, also given in its words (`new item`)."""
        return sum(row.outcome == outcome for row in self.rows)
