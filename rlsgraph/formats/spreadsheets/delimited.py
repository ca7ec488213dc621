"""Read CSV and TSV as programs write them: with a byte order mark, semicolons, tabs, blank rows and empty columns."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from rlsgraph.errors import DataError
from rlsgraph.formats.csv_text import without_mark
from rlsgraph.formats.spreadsheets.table import MOST_BYTES, Table, table_of
from rlsgraph.triples.bounds import read_file

_SEPARATORS = (",", ";", "\t", "|")
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The first line by which a spreadsheet is told the separator."""


def read_delimited(path: Path) -> Table:
    """Return the table of a CSV or TSV file; the separator is what parts its headings into most cells.

    Raises `DataError` where the file is no text, or too large.
    """
    text = _text(path)
    said = _SAID.match(text)
    body = text[said.end() :] if said else text
    first = next((line for line in body.splitlines() if line.strip() and not line.lstrip('"').startswith("#")), "")
    separator = said[1] if said else max(_SEPARATORS, key=lambda one: len(next(csv.reader([first], delimiter=one), [])))
    return table_of(path.name, path, _rows(body, separator, path, begin=2 if said else 1))


def _rows(text: str, separator: str, path: Path, *, begin: int) -> Iterator[tuple[int, list[str], Mapping[int, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = begin
    try:
        for number, cells in enumerate(reader, begin):
            yield number, [without_mark(cell) for cell in cells], {}
    except csv.Error as error:
        raise DataError(f"row {number + 1} is no row of a table: {error}; is a quotation mark missing?", path=path) from error


def _text(path: Path) -> str:
    content = read_file(path, MOST_BYTES)
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError("is not UTF-8; save it as “CSV UTF-8”", path=path, line=line) from error
    if "\0" in text:
        raise DataError("holds the character NUL, so it is no text; save it as “CSV UTF-8”", path=path)
    return text
