"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rlsgraph.errors import DataError


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside the place, flush to disk, rename: a reader sees the old file or the new one, never half of one."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror or error}", path=path) from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        umask = os.umask(0)
        os.umask(umask)
        unfinished.chmod(0o666 & ~umask)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise DataError(f"cannot be written: {error.strerror or error}", path=path) from error
