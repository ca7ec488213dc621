"""Tell whether the files of a folder are still what they were when they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from zlib import crc32

Sums = Mapping[str, list[int]]
"""Size and CRC-32 of each file, by its path below the folder; a CRC misses no single flipped byte."""


def sums_of(folder: Path, *, leave_out: Callable[[str], bool] = lambda _: False) -> dict[str, list[int]]:
    """Return size and checksum of every file below a folder."""
    return {name: [path.stat().st_size, _sum(path)] for name, path in _files(folder) if not leave_out(name)}


def format_sums(sums: Sums) -> bytes:
    """Return checksums as text, a file a line; JSON takes longer to import than to read (benchmarks/startup.py)."""
    return "".join(f"{size} {checksum} {name}\n" for name, (size, checksum) in sums.items()).encode()


def parse_sums(text: bytes) -> dict[str, list[int]]:
    """Return what `format_sums` wrote; raises ValueError where there is nothing."""
    if not text:
        raise ValueError("there are no checksums")
    lines = (line.split(" ", 2) for line in text.decode().splitlines())
    return {name: [int(size), int(checksum)] for size, checksum, name in lines}


def first_changed(folder: Path, sums: Sums, *, largest: int | None = None) -> str:
    """Return the name of a file that is gone, or is not what it was; empty where all are.

    Of a file that is larger than `largest`, the size alone is compared: the engine's own files carry a checksum a block.
    """
    for name, (size, checksum) in sums.items():
        path = folder / name
        try:
            is_same = path.stat().st_size == size and ((largest is not None and size > largest) or _sum(path) == checksum)
        except OSError:
            is_same = False
        if not is_same:
            return name
    return ""


def is_changeable(name: str) -> bool:
    """Whether the engine may write a file of a store though it only reads: its log, and its lock."""
    return name.rpartition("/")[2].startswith(("LOG", "LOCK"))


def _files(folder: Path) -> Iterable[tuple[str, Path]]:
    return ((path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file())


def _sum(path: Path) -> int:
    with path.open("rb") as file:
        checksum = 0
        while block := file.read(1 << 20):
            checksum = crc32(block, checksum)
    return checksum
