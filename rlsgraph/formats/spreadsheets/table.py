"""Hold a table that was read: rows of text by their headings, each with the number that a spreadsheet or editor shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rlsgraph.errors import DataError

MOST_BYTES = 50_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 10_000
"""Bounds of a file and of a cell; what is larger is no table that somebody filled in."""
_UNNAMED = "has no heading; name the column, empty the cell, or quote a text that holds the separator"
_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"))
COMMENT = "#"
"""A row whose first cell begins so is for its reader alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the file, its cells that are not empty by heading, and what is wrong with any of them."""

    number: int
    cells: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table by the name of its file (and sheet), with its headings in order."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def table_of(name: str, path: Path, rows: Iterable[tuple[int, list[str], Mapping[int, str]]]) -> Table:
    """Return a table of numbered rows of cells (with faults by column); the first that is not empty holds the headings."""
    headings: list[str] = []
    found: list[Row] = []
    for number, raw, faults in rows:
        cells = [tidy(cell) for cell in raw]
        if not any(cells) and not faults:
            continue
        if cells[0].startswith(COMMENT) and cells[0] not in _ERRORS:
            continue
        if len(found) == MOST_ROWS:
            raise DataError(f"{name} has more than {MOST_ROWS:,} rows; part it", path=path)
        while cells and not cells[-1] and len(cells) - 1 not in faults:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise DataError(f"row {number} of {name} has {len(cells):,} cells; at most {MOST_COLUMNS} are read", path=path)
        if not headings:
            headings = cells
            _refuse_bad_headings(headings, name, path)
            continue
        named = {place: headings[place] for place in range(len(cells)) if place < len(headings) and headings[place]}
        lost = {column_name(place): cell for place, cell in enumerate(cells) if cell and place not in named}
        wrong = {place: _fault(cell) for place, cell in enumerate(cells) if _fault(cell)} | dict(faults)
        told = {named[place]: reason for place, reason in wrong.items() if place in named}
        told |= {f"column {letters}": _UNNAMED for letters in lost}
        said = {heading: cells[place] for place, heading in named.items() if cells[place]}
        found.append(Row(number, said | {f"column {letters}": cell for letters, cell in lost.items()}, told))
    return Table(name, tuple(filter(None, headings)), tuple(found))


def _refuse_bad_headings(headings: list[str], name: str, path: Path) -> None:
    named = [heading for heading in headings if heading]
    twice = next((heading for heading in named if named.count(heading) > 1), None)
    if twice is not None:
        raise DataError(f"two columns of {name} have the heading {_shorten(twice)!r}; keep one", path=path)


def tidy(text: str) -> str:
    """Return a cell's text with plain blanks: no byte order mark, no blanks that only look like one, none at the ends.

    >>> tidy("\\ufeff a\\u00a0 b ")
    'a b'
    """
    return " ".join(text.replace("\ufeff", "").replace("\u200b", "").split())


def column_name(place: int) -> str:
    """Return the letters that a spreadsheet has for a column, from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _fault(cell: str) -> str:
    if cell in _ERRORS:
        return "is an error of the spreadsheet; mend it there"
    if len(cell) > MOST_CHARACTERS:
        return f"has {len(cell):,} characters; at most {MOST_CHARACTERS:,} are read"
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in cell):
        return "holds a control character; type it anew"
    return ""


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
