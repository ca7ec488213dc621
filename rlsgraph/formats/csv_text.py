"""Write rows as CSV that a spreadsheet shows as it is: no text in it is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a formula may begin with; the page's own CSV (explorer/static/takeaway.js) goes by the same rule."""


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV with a header; what a row lacks is empty, several things in a cell stand apart by a space.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay as they are.

    >>> to_csv(("label", "n"), [{"label": "=1+1", "n": -1}])
    "label,n\\n'=1+1,-1\\n"
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = " ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def without_mark(cell: str) -> str:
    """Return a cell without the apostrophe that `to_csv` puts in front of what looks like a formula.

    >>> without_mark("'=1+1"), without_mark("'t Hooft")
    ('=1+1', "'t Hooft")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
