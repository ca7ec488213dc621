"""Write many alike objects as rows of one table: each key once, and each frequent value once.

A page carries hundreds of claims and more than a thousand evidence items; as objects, half of their bytes would be keys.
`state.js` makes objects of the rows again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = list[Any]


class Table:
    """Collect rows. `columns` are the keys in order; the values of `shared` columns are numbers into a list of their own."""

    def __init__(self, columns: Sequence[str], *, shared: Iterable[str] = ()) -> None:
        self._columns = tuple(columns)
        self._shared: dict[str, dict[Any, int]] = {column: {} for column in shared}

    def row(self, values: Mapping[str, Any]) -> Row:
        """Return the row of an object: None where it lacks a key, nothing after its last value."""
        unknown = values.keys() - set(self._columns)
        if unknown:
            raise ValueError(f"the table has no column for {', '.join(sorted(unknown))}")
        cells = [self._cell(column, values.get(column)) for column in self._columns]
        while cells and cells[-1] is None:
            cells.pop()
        return cells

    def _cell(self, column: str, value: Any) -> Any:
        if value is None or column not in self._shared:
            return value
        known = self._shared[column]
        return known.setdefault(value, len(known))

    def legend(self) -> dict[str, Any]:
        """Return what the rows mean, once all of them are made."""
        return {"columns": list(self._columns), "shared": {column: list(known) for column, known in self._shared.items()}}
