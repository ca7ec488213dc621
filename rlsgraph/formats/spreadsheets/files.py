"""Read a file of tables by its ending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from rlsgraph.errors import DataError
from rlsgraph.formats.spreadsheets.delimited import read_delimited
from rlsgraph.formats.spreadsheets.json_lines import read_json_lines
from rlsgraph.formats.spreadsheets.table import Table
from rlsgraph.formats.spreadsheets.workbook import read_workbook

READERS: Mapping[str, Callable[[Path], list[Table]]] = {
    ".csv": lambda path: [read_delimited(path)],
    ".tsv": lambda path: [read_delimited(path)],
    ".txt": lambda path: [read_delimited(path)],
    ".xlsx": read_workbook,
    ".jsonl": lambda path: [read_json_lines(path)],
    ".ndjson": lambda path: [read_json_lines(path)],
}
_OTHER_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers")


def is_ledger(path: Path) -> bool:
    """Return whether a file is JSON Lines."""
    return path.suffix.lower() in (".jsonl", ".ndjson")


def read_tables(path: Path) -> list[Table]:
    """Return the tables of a file; raises `DataError` where it has an ending of no table that is read."""
    ending = path.suffix.lower()
    if ending not in READERS:
        hint = "save it as .xlsx or as CSV" if ending in _OTHER_SPREADSHEETS else f"known are {', '.join(READERS)}"
        raise DataError(f"a file that ends with {ending or 'nothing'} is no table that is read; {hint}", path=path)
    return READERS[ending](path)
