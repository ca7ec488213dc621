"""Write several files of a folder: all of them or none, even where the writer is killed between two."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from rlsgraph.errors import DataError
from rlsgraph.triples.writing import sync, write_file

JOURNAL = ".rlsgraph-writing.json"
"""Holds what is being written, from before the first file is touched until the last one is whole."""


def write_together(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Write files below a folder, in the order given. Only one writer at a time may do so (the caller holds a lock).

    Where one cannot be written, those before it are put back as they were. Where the process is killed, `finish_writing`
    ends what it began.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    journal = folder / JOURNAL
    said = {
        path.relative_to(folder).as_posix(): {"was": _digest(before[path]), "text": content.decode()}
        for path, content in files.items()
    }
    write_file(journal, json.dumps(said, ensure_ascii=False).encode())
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, content)
    except (DataError, OSError) as error:
        _put_back(before)
        journal.unlink()
        raise error if isinstance(error, DataError) else DataError(f"cannot be written: {error}", path=folder) from error
    journal.unlink()
    sync(folder)


def finish_writing(folder: Path) -> None:
    """End what a writer that was killed began; raises `DataError` where somebody has changed one of its files since."""
    journal = folder / JOURNAL
    if not journal.exists():
        return
    try:
        said = json.loads(journal.read_bytes())
        files = {folder / name: (str(one["was"]), str(one["text"]).encode()) for name, one in said.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(
            f"is no list of what was being written ({error}); look at the files beside it, and delete it", path=journal
        ) from error
    for path, (was, content) in files.items():
        now = _digest(path.read_bytes() if path.exists() else None)
        if not path.resolve().is_relative_to(folder.resolve()) or now not in (was, _digest(content)):
            raise DataError(
                f"{path} was changed after a writer was stopped halfway; look at both, and delete this file", path=journal
            )
    for path, (_, content) in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content)
    journal.unlink()


def _digest(content: bytes | None) -> str:
    return "" if content is None else sha256(content).hexdigest()


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is not None:
            write_file(path, content)
        else:
            path.unlink(missing_ok=True)
