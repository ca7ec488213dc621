"""Read JSON Lines as a table: an object a line, its keys the headings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rlsgraph.errors import DataError
from rlsgraph.formats.spreadsheets.table import MOST_BYTES, MOST_ROWS, Row, Table, tidy
from rlsgraph.triples.bounds import read_file


def read_json_lines(path: Path) -> Table:
    """Return the table of a file of JSON Lines; what stands inside an object goes by both keys, `derived.how`.

    Raises `DataError` where a line is no object.
    """
    rows: list[Row] = []
    try:
        lines = read_file(path, MOST_BYTES).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise DataError("is not UTF-8", path=path) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(rows) == MOST_ROWS:
            raise DataError(f"has more than {MOST_ROWS:,} lines; part it", path=path)
        try:
            value = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise DataError(f"this line is no JSON: {error}", path=path, line=number) from error
        if not isinstance(value, dict):
            raise DataError('this line is no object, such as {"subject": …}', path=path, line=number)
        rows.append(_row(number, value))
    headings = dict.fromkeys(key for row in rows for key in (*row.cells, *row.faults))
    return Table(path.name, tuple(headings), tuple(rows))


def _row(number: int, value: dict[str, Any]) -> Row:
    cells, faults = {}, {}
    for key, inner in value.items():
        parts = {f"{key}.{name}": part for name, part in inner.items()} if isinstance(inner, dict) else {key: inner}
        for name, part in parts.items():
            text = _text(part)
            if text is None:
                faults[name] = "is nested too deep; give a text, a number, true or false"
            elif tidy(text):
                cells[name] = tidy(text)
    return Row(number, cells, faults)


def _text(value: Any) -> str | None:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            return value
        case int() | float():
            return repr(value)
        case list() if all(isinstance(each, str) for each in value):
            return "; ".join(value)
    return None


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number")
