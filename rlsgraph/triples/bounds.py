"""Bound what an engine is given to read: plain files only, and nothing nested so deep that reading it would end the process."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.errors import DataError

if TYPE_CHECKING:
    from mmap import mmap

MAX_NESTING = 100
"""So deep may triple terms, objects of JSON-LD and elements of RDF/XML be nested.

pyoxigraph ends with the process at some thousand triple terms; JSON-LD takes memory, and RDF/XML time, by the square of it.
"""

MAX_TEXT_BYTES = 256 * 1024**2
"""So long may a text be that is read whole and is no graph yet: JSON, YAML, tables, Turtle that is to be put in order."""

_OTHER_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)

# Strings, IRIs and comments come first: what they hold is no bracket. A backslash in a name may stand before a quote.
# Compiled where a file needs it, and most do not (benchmarks/startup.py).
_TURTLE = rb"""(?xs)\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*+\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+'{3}
       | "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+'
       | <(?!<)[^<>\x00-\x20]*+> | \#[^\r\n]*+ | \\. | (?P<open><<) | (?P<close>>>)"""
_JSON_TEXT = rb'(?s)"(?:[^"\\]|\\.)*+"?'
_NO_JSON_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_JSON_STEPS = {**dict.fromkeys(b"[{", 1), **dict.fromkeys(b"]}", -1)}
_XML_BLOCK = 1 << 20


def refuse_unless_file(path: Path) -> int:
    """Return the bytes of a plain file; raise `DataError` for what is none, since it may never end, or never begin."""
    try:
        found = path.stat()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror or error}", path=path) from error
    except ValueError as error:  # a null character
        raise DataError(f"cannot be read: {error}", path=path) from error
    if not stat.S_ISREG(found.st_mode):
        kind = next((name for is_kind, name in _OTHER_KINDS if is_kind(found.st_mode)), "no file")
        raise DataError(f"this is {kind}; save what it gives to a file, and name that", path=path)
    return found.st_size


def read_file(path: Path, limit: int) -> bytes:
    """Return what a plain file holds; raise `DataError` where that is more than `limit` bytes."""
    refuse_unless_file(path)
    return _read(path, limit)


def read_text_file(path: Path, limit: int = MAX_TEXT_BYTES) -> str:
    """Return the text of a plain file in UTF-8, without a byte order mark; raise `DataError` for what is none, or too long."""
    try:
        return read_file(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"this is no text in UTF-8 ({error}); unpack it, or save it as UTF-8", path=path) from error


def read_pipe_or_file(path: Path, limit: int) -> bytes:
    """Return what a plain file holds, or a pipe that is open here already, as `<(…)` of a shell is; no more than `limit` bytes.

    A named pipe of which nobody holds the other end would never begin.
    """
    if not _is_open_pipe(path):
        refuse_unless_file(path)
    return _read(path, limit)


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            text = file.read(limit + 1)
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror or error}", path=path) from error
    if len(text) > limit:
        raise DataError(f"this is longer than {limit:,} bytes", path=path)
    return text


def _is_open_pipe(path: Path) -> bool:
    try:
        found = path.stat()
        held = [int(entry.name) for entry in Path("/dev/fd").iterdir()] if stat.S_ISFIFO(found.st_mode) else []
    except (OSError, ValueError):
        return False
    return any(_is_same(found, number) for number in held)


def _is_same(found: os.stat_result, number: int) -> bool:
    try:
        return os.path.samestat(found, os.fstat(number))
    except OSError:  # the listing's own
        return False


def refuse_deep_file(file: IO[bytes], rdf_format: ox.RdfFormat, *, path: Path) -> None:
    """Raise `DataError` where an open file on disk is nested too deep; however large, it takes no memory of its own."""
    from mmap import ACCESS_READ, mmap

    if not os.fstat(file.fileno()).st_size:
        return
    with mmap(file.fileno(), 0, access=ACCESS_READ) as text:
        refuse_deep_text(text, rdf_format, path=path)


def refuse_deep_text(text: bytes | mmap, rdf_format: ox.RdfFormat, *, path: Path | None = None) -> None:
    """Raise `DataError` where an RDF text is nested too deep."""
    if rdf_format == ox.RdfFormat.JSON_LD:
        from rlsgraph.triples.json_contexts import has_long_chains

        is_deep = _json_depth(text) > MAX_NESTING or has_long_chains(text, MAX_NESTING)
    elif rdf_format == ox.RdfFormat.RDF_XML:
        is_deep = _is_deep_xml(text)
    else:
        is_deep = _has_many_openings(text) and _triple_term_depth(text) > MAX_NESTING
    if is_deep:
        raise DataError(f"this is nested more than {MAX_NESTING} deep, which no graph needs", path=path)


def _has_many_openings(text: bytes | mmap) -> bool:
    """Say whether `<<` comes more often than it may be nested: a quick look, which is enough for nearly every file."""
    start = count = 0
    while count <= MAX_NESTING and (start := text.find(b"<<", start) + 2) > 1:
        count += 1
    return count > MAX_NESTING


def _triple_term_depth(text: bytes | mmap) -> int:
    depth = deepest = 0
    for token in re.finditer(_TURTLE, text):
        if token.lastgroup == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif token.lastgroup == "close":
            depth = max(depth - 1, 0)
    return deepest


def _json_depth(text: bytes | mmap) -> int:
    brackets = re.sub(_JSON_TEXT, b"", text).translate(None, _NO_JSON_BRACKETS)
    return max(accumulate(map(_JSON_STEPS.__getitem__, brackets)), default=0)


def _is_deep_xml(text: bytes | mmap) -> bool:
    """Say whether elements are nested too deep, up to where the text is no XML: what stands there the engine says better."""
    from xml.parsers import expat  # few files are RDF/XML

    depth = deepest = 0

    def step(by: int) -> None:
        nonlocal depth, deepest
        depth += by
        deepest = max(deepest, depth)

    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda *_: step(1)
    parser.EndElementHandler = lambda *_: step(-1)
    try:
        for start in range(0, len(text), _XML_BLOCK):
            parser.Parse(text[start : start + _XML_BLOCK], False)
            if deepest > MAX_NESTING:
                break
    except expat.ExpatError:
        pass
    return deepest > MAX_NESTING
