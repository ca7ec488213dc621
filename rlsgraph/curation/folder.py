"""Change a folder of data: one writer at a time, checked in a copy, and all files or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.errors import CurationError
from rlsgraph.formats.turtle import format_turtle
from rlsgraph.model.names import slugify
from rlsgraph.model.namespaces import group_name
from rlsgraph.triples.resources import turtle_files
from rlsgraph.triples.together import finish_writing, write_together

_LOCK = ".rlsgraph.lock"
ENTITIES, SOURCES, LINKS, PEOPLE = "entities.ttl", "sources.ttl", "links.ttl", "people.ttl"
"""Where new things of these kinds go."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the one right to change a folder, waiting for whoever has it; what a writer that was killed began is ended first."""
    from filelock import FileLock

    if not folder.is_dir():
        raise CurationError(f"{folder} is no folder of data; `rlsgraph init {folder}` makes one")
    with FileLock(folder / _LOCK):
        finish_writing(folder)
        yield


def home_of_claim(folder: Path, claim: str, group: str, homes: Mapping[str, Path]) -> Path:
    """Return the file of a claim: where it stands (see `homes_of_claims`), or that of its subject's group."""
    return homes.get(claim) or folder / "claims" / f"{slugify(group_name(group)) or 'claims'}.ttl"


def homes_of_claims(folder: Path, claims: Iterable[str]) -> dict[str, Path]:
    """Return the file in which each claim stands that stands in one."""
    wanted = {ox.NamedNode(claim) for claim in claims}
    homes: dict[str, Path] = {}
    for path in turtle_files(folder):
        for quad in ox.parse(path.read_text("utf-8-sig"), format=ox.RdfFormat.TURTLE):
            if quad.subject in wanted:
                homes.setdefault(quad.subject.value, path)
    return homes


def changed_files(additions: Mapping[Path, Sequence[ox.Triple]]) -> dict[Path, str]:
    """Return the new text of each file that changes, in canonical form; what is there already changes nothing."""
    found = {path: _extended(path, triples) for path, triples in additions.items() if triples}
    return {path: text for path, text in found.items() if not path.exists() or path.read_text("utf-8-sig") != text}


def _extended(path: Path, triples: Iterable[ox.Triple]) -> str:
    text = path.read_text("utf-8-sig") if path.exists() else ""
    added = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
    return format_turtle(f"{text}\n{added}", path=path)


@contextmanager
def copy_with(folder: Path, files: Mapping[Path, str]) -> Iterator[Path]:
    """Give a copy of a folder as it would be with these files."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "data"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".*"))
        for path, text in files.items():
            target = copy / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        yield copy


def write_files(folder: Path, files: Mapping[Path, str]) -> None:
    """Write the files of a folder that is held: what others name first, so that no reader meets a name without its thing."""
    first = (ENTITIES, SOURCES)
    ordered = sorted(files, key=lambda path: (path.name not in first, path))
    write_together(folder, {path: files[path].encode() for path in ordered})
