"""Turn the rows of a table into entries: the value of each cell by the key of its column, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from rlsgraph.curation.tables.cells import CellError
from rlsgraph.curation.tables.columns import COLUMNS, Kind, column_of, find_columns, is_worked_out, kind_of
from rlsgraph.curation.tables.report import RowProblem
from rlsgraph.errors import DataError
from rlsgraph.formats.spreadsheets.files import is_ledger, read_tables
from rlsgraph.formats.spreadsheets.table import Row, Table
from rlsgraph.model.study_terms import Directness

TEMPLATE_SHEETS = ("columns", "lists")
"""Sheets of a template that explain it and hold its choices."""
_WHERE_FOUND = frozenset({"doi", "pmid", "pmcid", "url", "note"})
"""Columns of a paper, one of which says where it can be found, or was sought."""
_INDIRECT = tuple(each for each in Directness if each is not Directness.DIRECT)
_EXPLAINING = tuple(f"sheet {each}" for each in TEMPLATE_SHEETS)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that was read: values by key, and the texts that they were read from."""

    kind: Kind
    table: str
    number: int
    values: Mapping[str, Any]
    texts: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def problem(self, key: str, problem: str, remedy: str) -> RowProblem:
        """Return what is wrong with a cell, or with the row where `key` is empty."""
        heading = column_of(self.kind, key).heading if key else ""
        return RowProblem(self.table, self.number, heading, self.texts.get(key, ""), problem, remedy)


@dataclass(slots=True)
class Entries:
    """All entries of some files: those that can be read whole, and those of which only some cells can; and the unread sheets."""

    entries: list[Entry] = field(default_factory=list)
    faulty: list[Entry] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Entry]:
        """Return the entries of a kind, in the order of the files."""
        return [entry for entry in self.entries if entry.kind is kind]


def entry_of(kind: Kind, texts: Mapping[str, str], number: int) -> Entry:
    """Return what was answered, by the key of the column, as a row; raises `CellError` where an answer cannot be read."""
    return Entry(kind, "answers", number, {key: column_of(kind, key).read(text) for key, text in texts.items()}, texts)


def read_entries(paths: list[Path]) -> Entries:
    """Return what the tables in files say; raises `DataError` where a file cannot be read or holds no table that is known."""
    found = Entries()
    for path in paths:
        tables = [table for table in read_tables(path) if not table.name.endswith(_EXPLAINING)]
        kinds = [kind_of(table.headings) for table in tables]
        if not any(kinds):
            raise DataError(f"has no table that is known: {_what_is_needed(tables)}", path=path)
        for table, kind in zip(tables, kinds, strict=True):
            if kind is None:
                found.unread.append(table.name)
            else:
                _read_table(found, table, kind, takes_notes=is_ledger(path))
    return found


def _what_is_needed(tables: list[Table]) -> str:
    headings = ", ".join(tables[0].headings[:8]) if tables else "nothing"
    return (
        f"its headings are {headings}; a row of evidence has at least subject, predicate, object, design, finding and a paper "
        "(`rlsgraph template` writes a table to fill in)"
    )


def _read_table(found: Entries, table: Table, kind: Kind, *, takes_notes: bool) -> None:
    keys, unknown = find_columns(kind, table.headings)
    known = [column.heading for column in COLUMNS[kind]]
    for heading in unknown:
        near = get_close_matches(heading.casefold(), known, n=1, cutoff=0.6)
        hint = f"did you mean {near[0]!r}? Else put" if near else "correct it, or put"
        problem = "is no heading that is known"
        found.problems.append(RowProblem(table.name, 0, heading, "", problem, f"{hint} # in front to leave the column out"))
    for key in sorted({key for key in keys.values() if list(keys.values()).count(key) > 1}):
        headings = [heading for heading, meant in keys.items() if meant == key]
        if any(sum(heading in row.cells for heading in headings) > 1 for row in table.rows):
            named = " and ".join(map(repr, headings))
            found.problems.append(RowProblem(table.name, 0, named, "", "are headings of one column", "keep one of them"))
    for row in table.rows:
        entry, problems = _read_row(table.name, kind, row, keys, takes_notes=takes_notes)
        found.problems += problems
        (found.faulty if problems else found.entries).append(entry)


def _read_row(table: str, kind: Kind, row: Row, keys: Mapping[str, str], *, takes_notes: bool) -> tuple[Entry, list[RowProblem]]:
    values: dict[str, Any] = {}
    texts = {keys[heading]: text for heading, text in row.cells.items() if heading in keys}
    problems, notes = [], []
    for heading, reason in row.faults.items():
        if heading in keys or heading.startswith("column "):
            problem, _, remedy = reason.partition("; ")
            problems.append(RowProblem(table, row.number, heading, row.cells.get(heading, ""), problem, remedy))
    for key, text in sorted(texts.items(), key=lambda one: is_worked_out(one[0])):
        column = column_of(kind, key)
        try:
            value = column.read(text)
        except CellError as error:
            if key == "directness" and takes_notes and "directness_note" not in texts:
                values["directness_note"] = text
                named = next((each for each in _INDIRECT if each.label in text.casefold()), None)
                if named is not None:
                    values["directness"] = named
                else:
                    notes.append("directness is kept as a note, and counts as direct: name its class to have it weighed")
                continue
            heading = next(heading for heading, meant in keys.items() if meant == key)
            problems.append(RowProblem(table, row.number, heading, text, error.problem, error.remedy))
            continue
        values.setdefault(column.key, value)
    if kind is Kind.SOURCES and takes_notes and not _WHERE_FOUND & values.keys():
        values["note"] = f"{table} has no identifier and no address for it."
        notes.append("no identifier and no address: give one, or say where you sought it")
    missing = [column for column in COLUMNS[kind] if column.is_needed and column.key not in texts]
    problems += [RowProblem(table, row.number, column.heading, "", "is missing", column.meaning) for column in missing]
    return Entry(kind, table, row.number, values, texts, tuple(notes)), problems
