"""Keep a scored graph on disk by the content of its files, so that the next process need not score it again.

A cache that cannot be written or read costs time and nothing else: what is not byte for byte as it was kept, or belongs to
somebody else, is not read. `RLSGRAPH_CACHE` names another folder; empty turns it off.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.triples.checked_file import read_checked, write_checked
from rlsgraph.triples.checksums import first_changed, format_sums, is_changeable, parse_sums, sums_of

STORES_KEPT = 4
_SUMS = "checksums"
_OURS = r"[0-9a-f]{32}|\.building-.*"
"""The folders that this module makes; others are left alone, whoever put them there."""


class CachedStore:
    """A store, and the folder that keeps it (None where none does), where what is worked out of it may be kept too."""

    __slots__ = ("_place", "store")

    def __init__(self, store: ox.Store, place: Path | None = None) -> None:
        self.store, self._place = store, place

    def kept_beside(self, kind: str, stamp: str, make: Callable[[], bytes]) -> bytes:
        """Return the bytes that `make` gives, from the folder where they were made before; spoilt ones are made anew.

        Of each kind one is kept; `stamp` is another one wherever `make` would give other bytes of the same store.
        """
        if self._place is None:
            return make()
        path = self._place / f"{kind}-{stamp}"
        found = read_checked(path)
        if found:
            return found
        made = make()
        with suppress(OSError):
            for former in self._place.glob(f"{kind}-*"):
                former.unlink()
            write_checked(path, made)
        return made


def stamp_of_code() -> str:
    """Return a text that is another one when a module of this package changes: by their names, sizes and times."""
    digest = blake2b(digest_size=8)
    for folder, folders, names in os.walk(Path(__file__).parent.parent):
        folders[:] = sorted(name for name in folders if not name.startswith("_"))
        for name in sorted(names):
            if name.endswith(".py"):
                facts = Path(folder, name).stat()
                digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def cached_store(paths: Iterable[Path], *, version: str, build: Callable[[], ox.Store]) -> CachedStore:
    """Return the store that `build` makes of the files, from the cache where these very files were built before."""
    folder = _folder()
    if folder is None:
        return CachedStore(build())
    place = folder / _fingerprint(paths, version)
    kept = _open(place)
    if kept is not None:
        return CachedStore(kept, place)
    store = build()
    is_kept = _keep(store, place)
    _forget_old(folder)
    return CachedStore(store, place if is_kept else None)


def _folder() -> Path | None:
    named = os.environ.get("RLSGRAPH_CACHE")
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData/Local"))) / "rlsgraph" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/rlsgraph"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rlsgraph"


def _fingerprint(paths: Iterable[Path], version: str) -> str:
    digest = blake2b(f"{version} pyoxigraph {ox.__version__}".encode(), digest_size=16)
    for path in paths:
        try:
            text = path.read_bytes()
        except OSError as error:
            raise DataError(f"cannot be read: {error.strerror or error}", path=path) from error
        digest.update(f"\0{path.name}\0{len(text)}\0".encode())
        digest.update(text)
    return digest.hexdigest()


def _open(place: Path) -> ox.Store | None:
    try:
        if not _is_ours(place) or first_changed(place, parse_sums(read_checked(place / _SUMS))):
            return None
        return ox.Store.read_only(str(place))
    except (OSError, ValueError, RuntimeError, TypeError, AttributeError):  # pyoxigraph gives a RuntimeError for a spoilt store
        return None


def _is_ours(place: Path) -> bool:
    """Whether there is a folder, no link, that nobody else could have filled (root apart)."""
    found = place.lstat()
    return stat.S_ISDIR(found.st_mode) and (sys.platform == "win32" or found.st_uid in (os.geteuid(), 0))


def _forget_old(folder: Path) -> None:
    """Delete all stores but the newest few: an edit of the data or an upgrade leaves one behind."""
    import shutil

    try:
        ours = (path for path in folder.iterdir() if re.fullmatch(_OURS, path.name) and path.is_dir() and not path.is_symlink())
        kept = sorted(ours, key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return
    for path in kept[STORES_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def _clear(place: Path) -> None:
    """Delete what could not be opened; what a link leads to stays."""
    import shutil

    if place.is_symlink() or place.is_file():
        place.unlink()
    else:
        shutil.rmtree(place, ignore_errors=True)


def _keep(store: ox.Store, place: Path) -> bool:
    """Build beside the place and rename, so that no other process ever sees half a store; return whether that was possible."""
    import shutil
    import tempfile

    try:
        _clear(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".building-", dir=place.parent))
    except OSError:
        return False
    try:
        kept = ox.Store(str(unfinished))
        kept.bulk_extend(store)
        kept.flush()
        del kept
        write_checked(unfinished / _SUMS, format_sums(sums_of(unfinished, leave_out=is_changeable)))
        unfinished.rename(place)
    except (OSError, RuntimeError):
        shutil.rmtree(unfinished, ignore_errors=True)
        return False
    return True
