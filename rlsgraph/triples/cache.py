"""Keep a scored graph on disk by the content of its files, so that the next process need not score it again.

A cache that cannot be written or read costs time and nothing else. `RLSGRAPH_CACHE` names another folder; empty turns it off.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.errors import DataError

STORES_KEPT = 4


def cached_store(paths: Iterable[Path], *, version: str, build: Callable[[], ox.Store]) -> ox.Store:
    """Return the store that `build` makes of the files, from the cache where these very files were built before."""
    folder = _folder()
    if folder is None:
        return build()
    place = folder / _fingerprint(paths, version)
    kept = _open(place)
    if kept is not None:
        return kept
    store = build()
    _keep(store, place)
    _forget_old(folder)
    return store


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
        return ox.Store.read_only(str(place)) if place.is_dir() else None
    except (OSError, ValueError, RuntimeError):  # pyoxigraph gives a RuntimeError for a spoilt store
        return None


def _forget_old(folder: Path) -> None:
    """Delete all stores but the newest few: an edit of the data or an upgrade leaves one behind."""
    import shutil

    try:
        kept = sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return
    for path in kept[STORES_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def _keep(store: ox.Store, place: Path) -> None:
    """Build beside the place and rename, so that no other process ever sees half a store."""
    import shutil
    import tempfile

    try:
        shutil.rmtree(place, ignore_errors=True)  # one that could not be opened
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".building-", dir=place.parent))
    except OSError:
        return
    try:
        kept = ox.Store(str(unfinished))
        kept.bulk_extend(store)
        kept.flush()
        del kept
        unfinished.rename(place)
    except (OSError, RuntimeError):
        shutil.rmtree(unfinished, ignore_errors=True)
