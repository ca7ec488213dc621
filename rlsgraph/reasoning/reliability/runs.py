"""Find the distinct values of sorted numbers, as numpy.unique does, which imports all of numpy.ma (benchmarks/startup.py)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def find_runs(numbers: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
    """Return where a new value begins in sorted numbers, shape (n,).

    >>> find_runs(np.array([3, 3, 5, 9, 9])).tolist()
    [0, 2, 3]
    """
    is_new = np.ones(len(numbers), dtype=bool)
    is_new[1:] = numbers[1:] != numbers[:-1]
    return np.flatnonzero(is_new)
