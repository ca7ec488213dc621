"""Keep graphs on disk: a folder with one generation of the graph for each build, and a file that says which one counts.

    STORE/current.json        which generation counts, and what it holds; always written last, by renaming
    STORE/gen-…/store         the triples, asserted and derived (Oxigraph on RocksDB)
    STORE/gen-…/checksums.json  what each of its files is, so that a spoilt one is known
    STORE/gen-…/walks         what walks through the graph need, of a graph that is not too large; see graph/walk_index
    STORE/gen-…/profile/      the files of the confidence profile that the scores were made with
    STORE/build.lock          held by the one process that builds

A generation never changes once it counts, so that any number of processes may read it. The former one stays until the next
build, for those that opened it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any
from zlib import crc32

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.triples.checksums import first_changed, is_changeable, sums_of
from rlsgraph.triples.writing import remove_unfinished, sync, write_file

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FORMAT = 2
"""The number of this layout; a store of another one must be built again."""

_CURRENT, _SUMS, _LOCK, _GENERATION = "current.json", "checksums.json", "build.lock", "gen-"
_NAME = re.compile(r"gen-[0-9a-f]{12}")
_LARGEST_SUMMED = 1 << 20
"""Of larger files, which are the engine's own and carry a checksum a block, opening a store compares the size alone."""


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a store says of itself: the version of the software and data that made it, and how much it holds."""

    version: str
    claims: int
    triples: int
    bytes: int


@dataclass(frozen=True, slots=True)
class StoredGraph:
    """An open store: its triples (read-only), the files of its confidence profile, what it says of itself, its generation.

    `walks` is the file with what walks need, which may be missing.
    """

    store: ox.Store
    walks: Path
    profile_files: tuple[Path, ...]
    facts: StoreFacts
    generation: str


@dataclass(frozen=True, slots=True)
class Generation:
    """The folder of one build's result."""

    folder: Path

    @property
    def store(self) -> Path:
        """Where the triples are."""
        return self.folder / "store"

    @property
    def walks(self) -> Path:
        """Where it stands what walks need."""
        return self.folder / "walks"

    @property
    def profile(self) -> Path:
        """Where the files of the confidence profile are."""
        return self.folder / "profile"

    def size(self) -> int:
        """Return the bytes that it takes on disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


def is_store(path: Path) -> bool:
    """Return whether a folder holds a store."""
    return (path / _CURRENT).is_file()


def is_begun(path: Path) -> bool:
    """Return whether a folder holds a store, or what a build left that was stopped."""
    return is_store(path) or (path.is_dir() and any(_NAME.fullmatch(found.name) for found in path.iterdir()))


def is_in_store(path: Path) -> bool:
    """Return whether a file is one of a store's own."""
    return any(_NAME.fullmatch(folder.name) for folder in path.absolute().parents)


# --- reading --------------------------------------------------------------------------------------------------------------


def open_place(place: Path, *, generation: str | None = None) -> StoredGraph:
    """Open the store in a folder for reading; other processes may read it and build it anew meanwhile.

    `generation` names one that was opened before, so that several processes read the same. Raises `DataError` where the folder
    holds no store, one of another format, or a spoilt one.
    """
    while True:
        current = _read_current(place)
        try:
            return _open(place, current, generation or current["generations"][0])
        except (OSError, ValueError, RuntimeError, LookupError, TypeError) as error:  # pyoxigraph gives a RuntimeError if spoilt
            if _read_current(place) == current:
                raise DataError(f"this store is spoilt ({error}); give `rlsgraph build` again", path=place) from error
            # else it was built anew since it was read which generation counts


def _open(place: Path, current: dict[str, Any], name: str) -> StoredGraph:
    if not _NAME.fullmatch(name) or (place / name).is_symlink():
        raise ValueError(f"{name!r} is no generation of it")
    generation = Generation(place / name)
    sums = json.loads((generation.folder / _SUMS).read_bytes())
    if changed := first_changed(generation.folder, sums, largest=_LARGEST_SUMMED):
        raise ValueError(f"{changed} is not what it was")
    store = ox.Store.read_only(str(generation.store))
    return StoredGraph(store, generation.walks, tuple(sorted(generation.profile.iterdir())), StoreFacts(**current["facts"]), name)


def _read_current(place: Path) -> dict[str, Any]:
    if not is_store(place):
        unfinished = " (a build of one was stopped)" if (place / _LOCK).exists() else ""
        raise DataError(f"this is no store that `rlsgraph build` finished{unfinished}", path=place)
    try:
        current = json.loads((place / _CURRENT).read_text("utf-8"))
        found = current["format"]
        if found == FORMAT and current.pop("checksum") != _checksum(current):
            raise ValueError("it is not what was written")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError("this store is spoilt; give `rlsgraph build` again", path=place / _CURRENT) from error
    if found != FORMAT:
        raise DataError(f"this store has format {found}, and {FORMAT} is known here; give `rlsgraph build` again", path=place)
    return dict(current)


def _checksum(current: dict[str, Any]) -> int:
    return crc32(json.dumps(current, sort_keys=True).encode())


# --- writing --------------------------------------------------------------------------------------------------------------


@contextmanager
def new_generation(place: Path) -> Iterator[Generation]:
    """Give a new generation of the store in a folder, to be filled and then handed to `make_current`.

    However this ends, the store is the old one until then, and the new one from then on. Raises `DataError` where the folder
    holds something else, cannot be written, or is being built by another process.
    """
    try:
        with _lock(place):
            _sweep(place, former_too=True)
            generation = Generation(place / f"{_GENERATION}{os.urandom(6).hex()}")
            generation.profile.mkdir(parents=True)
            try:
                yield generation
            finally:
                _sweep(place)
    except OSError as error:
        raise DataError(f"the store cannot be written: {error.strerror or error}", path=place) from error


def make_current(generation: Generation, facts: StoreFacts) -> None:
    """Let this generation be the store from now on; nobody may have it open for writing any more."""
    place = generation.folder.parent
    (generation.folder / _SUMS).write_text(json.dumps(sums_of(generation.folder, leave_out=is_changeable)), "utf-8")
    for path in (*generation.folder.rglob("*"), generation.folder, place):
        sync(path)
    former = _generations_that_count(place)[:1]
    current = {"format": FORMAT, "generations": [generation.folder.name, *former], "facts": asdict(facts)}
    text = json.dumps(current | {"checksum": _checksum(current)}, indent=2) + "\n"
    write_file(place / _CURRENT, text.encode())


def _generations_that_count(place: Path) -> list[str]:
    """Return the names of the current generation and of the former one; none where there is no store, or a spoilt one."""
    try:
        return [str(name) for name in json.loads((place / _CURRENT).read_text("utf-8"))["generations"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _sweep(place: Path, *, former_too: bool = False) -> None:
    """Delete the generations that do not count; what cannot be deleted, or told apart in a spoilt store, waits."""
    import shutil  # a graph that is only read needs none of it

    remove_unfinished(place)
    counting = _generations_that_count(place)
    if is_store(place) and not counting:
        return
    for path in place.glob(f"{_GENERATION}*"):
        if path.name not in (counting[:1] if former_too else counting):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _lock(place: Path) -> Iterator[None]:
    """Hold the one right to build in a folder, which is made if need be, and removed if no store comes of it."""
    if place.exists() and not _may_hold_a_store(place):
        raise DataError("this is neither a store nor an empty folder; name another place for the store", path=place)
    is_new = not place.exists()
    place.mkdir(parents=True, exist_ok=True)
    path = place / _LOCK
    with path.open("ab") as file:
        if not _take(file) or not path.exists() or not os.path.samestat(os.fstat(file.fileno()), path.stat()):
            raise DataError("another process is building this store; wait until it has ended", path=place)
        try:
            yield
        finally:
            if list(place.iterdir()) == [path]:
                with suppress(OSError):
                    path.unlink()
                    if is_new:
                        place.rmdir()


def _may_hold_a_store(place: Path) -> bool:
    return place.is_dir() and (is_begun(place) or (place / _LOCK).exists() or not any(place.iterdir()))


def _take(file: IO[bytes]) -> bool:
    """Lock a file until it is closed or this process ends; return whether that was possible."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
