"""Hold Python's search for circles of dead values back while very many values are made, of which none is in a circle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_held() -> Iterator[None]:
    """Make values without the collector, which would go through all of them time and again (benchmarks/scale.py).

    It is as it was afterwards. Another thread may end its own work first, and let the collector loose: that costs time alone.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
