"""Read the values of an XLSX workbook, never its formulas, macros or links, and no more than a table can hold."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from rlsgraph.errors import DataError
from rlsgraph.formats.csv_text import without_mark
from rlsgraph.formats.spreadsheets.table import MOST_BYTES, MOST_ROWS, Table, table_of
from rlsgraph.triples.bounds import read_file

MOST_PARTS = 1_000
MOST_UNPACKED = 100_000_000
_PIECE = 1_000_000
_BLANK_ROWS = 2_000_000
"""More than a sheet can have."""
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MACROS = ("vbaproject.bin", "xl/macrosheets/")


def read_workbook(path: Path) -> list[Table]:
    """Return the table of each sheet that has one, named `FILE, sheet NAME`.

    A formula counts as the value that the spreadsheet last worked out for it. Raises `DataError` where the file is no workbook,
    holds macros, or unpacks to more than a table that somebody filled in.
    """
    content, has_formulas = _unpack(read_file(path, MOST_BYTES), path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is not read: data validation, styles
            return list(_tables(content, path, has_formulas=has_formulas))
    except DataError:
        raise
    except Exception as error:  # whatever a broken file makes openpyxl raise
        raise DataError(f"is no workbook that can be read ({error}); save it as .xlsx again", path=path) from error


def _unpack(content: bytes, path: Path) -> tuple[bytes, bool]:
    """Return a workbook packed anew, of its parts of XML alone, and whether any sheet has formulas.

    What an archive says of the size of its parts may be anything, so each is read in pieces, and openpyxl gets what was read.
    """
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_PARTS or sum(member.file_size for member in members) > MOST_UNPACKED:
                raise DataError(
                    f"unpacks to more than {MOST_UNPACKED / 1e6:,.0f} MB or {MOST_PARTS:,} parts: no table", path=path
                )
            if any(macro in member.filename.lower() for member in members for macro in _MACROS):
                raise DataError("holds macros; save it as .xlsx, without them", path=path)
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(member) as stream:
                        parts[member.filename] = b"".join(iter(lambda stream=stream: stream.read(_PIECE), b""))  # type: ignore[misc]
                    if b"<!DOCTYPE" in parts[member.filename] or b"<!ENTITY" in parts[member.filename]:
                        raise DataError(f"{member.filename} has a DTD, which no spreadsheet writes", path=path)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise DataError(f"is no .xlsx workbook ({error}); save it as .xlsx, or as CSV", path=path) from error
    has_formulas = any("sheet" in name.lower() and _HAS_FORMULA.search(text) for name, text in parts.items())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue(), has_formulas


def _tables(content: bytes, path: Path, *, has_formulas: bool) -> Iterator[Table]:
    from openpyxl import load_workbook

    options: dict[str, Any] = {"read_only": True, "keep_vba": False, "keep_links": False}
    book = load_workbook(io.BytesIO(content), data_only=True, **options)
    formulas = load_workbook(io.BytesIO(content), data_only=False, **options) if has_formulas else None
    for sheet in book.worksheets:
        name = f"{path.name}, sheet {sheet.title}"
        unvalued = _formulas_without_value(formulas[sheet.title], sheet) if formulas is not None else {}
        table = table_of(name, path, _rows(sheet, unvalued))
        if table.headings:
            yield table


def _rows(sheet: Any, unvalued: Mapping[tuple[int, int], str]) -> Iterator[tuple[int, list[str], Mapping[int, str]]]:
    for number, cells in _cells(sheet):
        faults = {place: reason for place in range(len(cells)) if (reason := unvalued.get((number, place)))}
        yield number, [without_mark(_text(cell.value)) for cell in cells], faults


def _cells(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows of a sheet that have any value, with their numbers."""
    sheet.reset_dimensions()  # what the file says of its own size may be anything
    filled = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if any(cell.value is not None for cell in cells):
            filled += 1
            yield number, cells
        if filled > MOST_ROWS + 1 or number > _BLANK_ROWS:
            raise DataError(f"sheet {sheet.title} has more than {MOST_ROWS:,} rows; part it")


def _formulas_without_value(sheet: Any, values: Any) -> dict[tuple[int, int], str]:
    """Return the places (row, column from 0) of formulas for which the file holds no value."""
    typed = {
        (number, place)
        for number, cells in _cells(sheet)
        for place, cell in enumerate(cells)
        if cell.data_type == "f" and cell.value is not None
    }
    known = {(number, place) for number, cells in _cells(values) for place, cell in enumerate(cells) if cell.value is not None}
    reason = "is a formula without a value; open and save the file in a spreadsheet, or paste the value"
    return dict.fromkeys(typed - known, reason)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)
