"""Keep bytes in a file that tells when it is spoilt: a digest of them stands before them."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_DIGEST_BYTES = 16


def write_checked(path: Path, data: bytes) -> None:
    """Write a file beside its place and rename it, so that no other process ever sees half of it; raises `OSError`."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(_digest(data) + data)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise


def read_checked(path: Path) -> bytes:
    """Return the bytes that `write_checked` wrote; none where there is no such file, or a spoilt one."""
    try:
        found = path.read_bytes()
    except OSError:
        return b""
    data = memoryview(found)[_DIGEST_BYTES:]
    return bytes(data) if found[:_DIGEST_BYTES] == _digest(data) else b""


def _digest(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=_DIGEST_BYTES).digest()
