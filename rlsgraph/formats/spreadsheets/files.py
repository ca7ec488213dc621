"""List the kinds of files that hold tables once, and read one by its ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rlsgraph.errors import DataError
from rlsgraph.formats.spreadsheets.delimited import read_delimited
from rlsgraph.formats.spreadsheets.json_lines import read_json_lines
from rlsgraph.formats.spreadsheets.table import Table
from rlsgraph.formats.spreadsheets.workbook import read_workbook


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A kind of file that holds tables: its name, what it is, how its files end, and what reads one."""

    name: str
    summary: str
    endings: tuple[str, ...]
    read: Callable[[Path], list[Table]]


TABLE_FORMATS: tuple[TableFormat, ...] = (
    TableFormat("csv", "text with commas or semicolons", (".csv", ".txt"), lambda path: [read_delimited(path)]),
    TableFormat("tsv", "text with tabs", (".tsv",), lambda path: [read_delimited(path)]),
    TableFormat("xlsx", "workbooks: the values of each sheet", (".xlsx",), read_workbook),
    TableFormat("jsonl", "JSON Lines, an object a row", (".jsonl", ".ndjson"), lambda path: [read_json_lines(path)]),
)
"""Every kind, in the order in which they are listed."""
_OTHER_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers")


def is_ledger(path: Path) -> bool:
    """Return whether a file is JSON Lines."""
    found = _format_of(path)
    return found is not None and found.name == "jsonl"


def read_tables(path: Path) -> list[Table]:
    """Return the tables of a file; raises `DataError` where it has an ending of no table that is read."""
    found = _format_of(path)
    if found is None:
        ending = path.suffix.lower()
        known = ", ".join(known for each in TABLE_FORMATS for known in each.endings)
        hint = "save it as .xlsx or as CSV" if ending in _OTHER_SPREADSHEETS else f"known are {known}"
        raise DataError(f"a file that ends with {ending or 'nothing'} is no table that is read; {hint}", path=path)
    return found.read(path)


def _format_of(path: Path) -> TableFormat | None:
    return next((each for each in TABLE_FORMATS if path.suffix.lower() in each.endings), None)
