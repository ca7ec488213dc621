"""Tell a spoilt store from other faults: the engine notices one where it first reads a damaged block, which may be anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rlsgraph.errors import DataError

_SAYS = ("Corruption", "IO error")


def spoilt_store(error: Exception) -> DataError | None:
    """Return what an error of the engine says of damaged files, with the remedy; None where it says another thing."""
    if not str(error).startswith(_SAYS):
        return None
    return DataError(f"a store is spoilt: {error}; give `rlsgraph build` again")


@contextmanager
def spoilt_as_data_error() -> Iterator[None]:
    """Turn what the engine says of damaged files into a `DataError` with the remedy."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        spoilt = spoilt_store(error)
        if spoilt is None:
            raise
        raise spoilt from error
