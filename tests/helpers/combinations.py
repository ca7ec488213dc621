"""Choose which of many combinations are tried at each run, and which in the long one alone."""

from collections.abc import Mapping
from typing import Any

import pytest


def one_in(number: int, rows: Mapping[str, Any], columns: Mapping[str, Any]) -> list[Any]:
    """Return every pair of a row and a column; all but one in `number`, spread evenly over both, are marked long."""
    return [
        pytest.param(value, other, id=f"{row}-{column}", marks=() if (one + two) % number == 0 else pytest.mark.long)
        for one, (row, value) in enumerate(rows.items())
        for two, (column, other) in enumerate(columns.items())
    ]
