"""Write a file: whole or not at all where that can be, and into whatever else its path names."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import suppress
from pathlib import Path

from rlsgraph.errors import DataError

_DESCRIPTOR = re.compile(r"/dev/(?:fd/(\d+)|std(out|err))|/proc/self/fd/(\d+)")
_UNFINISHED = ".rlsgraph-unfinished-"


def write_file(path: Path, content: bytes) -> None:
    """Write what a path names: a reader of a file sees the old one or the new one, never half of one.

    A link stays a link, and what it leads to is written; a file that is there keeps its mode and its owner. What is no file (a
    device, a pipe) is written into. So is a file that cannot be replaced without harm: one with several names (hard links), of
    another owner, or in a folder where nothing can be made; a crash may then leave half of it.
    """
    try:
        descriptor = _DESCRIPTOR.fullmatch(str(path))
        if descriptor is not None:
            _write_to_descriptor(descriptor, content)
        elif not _replace(path, content):
            _write_into(path, content)
    except (OSError, ValueError) as error:  # ValueError: NUL in the name
        raise DataError(f"cannot be written: {getattr(error, 'strerror', None) or error}", path=path) from error


def remove_unfinished(folder: Path) -> None:
    """Delete what writers that were killed left in a folder."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until a file or folder is safe on disk; Windows can say that of files alone."""
    is_folder = path.is_dir()
    if is_folder and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_to_descriptor(named: re.Match[str], content: bytes) -> None:
    """Write where a descriptor of this process stands: to open its name would begin a file anew, and a socket has no name."""
    number = {"out": 1, "err": 2}[named[2]] if named[2] else int(named[1] or named[3])
    with os.fdopen(os.dup(number), "wb") as stream:
        stream.write(content)


def _replace(path: Path, content: bytes) -> bool:
    """Write beside the place, flush to disk, rename; return whether that can be done without harm."""
    try:
        found = path.stat()
    except FileNotFoundError:
        found = None
    if found is not None:
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            return False
        if not os.access(path, os.W_OK):  # a rename asks the folder alone
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f"{_UNFINISHED}{os.urandom(6).hex()}")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if found is None else 0o600)
    except PermissionError:
        if found is None:
            raise
        return False
    try:
        with os.fdopen(handle, "wb") as stream:
            if found is not None and not _take_after(unfinished, found):
                return False
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(target)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    sync(target.parent)
    return True


def _take_after(unfinished: Path, found: os.stat_result) -> bool:
    """Give a file the owner and the mode of the one that it will replace; return whether that was possible."""
    if sys.platform != "win32":
        made = unfinished.stat()
        if (made.st_uid, made.st_gid) != (found.st_uid, found.st_gid):
            try:
                os.chown(unfinished, found.st_uid, found.st_gid)
            except PermissionError:
                return False
    unfinished.chmod(stat.S_IMODE(found.st_mode))
    return True


def _write_into(path: Path, content: bytes) -> None:
    """Write into what is there; a file is cut only when all is written, so that a full disk costs as little as it can."""
    is_file = path.is_file()
    with open(path, "wb", opener=lambda name, flags: os.open(name, flags & ~os.O_TRUNC)) as stream:
        stream.write(content)
        stream.flush()
        if is_file:
            stream.truncate()
            os.fsync(stream.fileno())
