"""Say in which file, and on which line, the thing stands that an error of the model is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.errors import DataError

_LARGEST = 100_000_000
"""Larger files are not looked through for the sake of a line."""

_TURTLE_LIKE = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG)


@contextmanager
def errors_with_place(files: Iterable[Path]) -> Iterator[None]:
    """Let an error about a thing say which of the files describes it, and where."""
    try:
        yield
    except DataError as error:
        found = _find(files, error.thing, error.predicate) if error.thing and error.path is None else None
        if found is None:
            raise
        path, line = found
        raise DataError(error.reason, path=path, line=line, thing=error.thing, predicate=error.predicate) from error


def _find(files: Iterable[Path], thing: str, predicate: str) -> tuple[Path, int] | None:
    """Return the file and line that describe a thing, or else the first that names it."""
    from rlsgraph.triples.files import find_format
    from rlsgraph.triples.lines import read_lines

    named: tuple[Path, int] | None = None
    for path in files:
        try:
            if path.stat().st_size > _LARGEST:
                continue
            text = path.read_bytes().decode("utf-8-sig", errors="replace")
        except OSError:
            continue
        lines = read_lines(text, is_turtle=find_format(path) in _TURTLE_LIKE)
        line = lines.of(thing, predicate)
        if (thing, "") in lines.found and line is not None:
            return path, line
        if named is None and line is not None and thing in text:
            named = path, line
    return named
