"""Read RDF files into an Oxigraph store, with one clear error for whatever is wrong with a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.triples.bounds import refuse_deep_file, refuse_deep_text, refuse_unless_file
from rlsgraph.triples.formats import RDF_FORMATS

MAX_FILE_BYTES = 2 * 1024**3
_LONG_VALUE = "one value in it is longer than 16 MiB, or it needs more memory than there is"
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def read_store(paths: Iterable[Path]) -> ox.Store:
    """Load files into a new store in memory; either all are loaded or a `DataError` names file, line and reason."""
    store = ox.Store()
    for path in paths:
        load_file(store, path)
    return store


def load_file(store: ox.Store, path: Path) -> None:
    """Add one file's triples to a store."""
    if refuse_unless_file(path) > MAX_FILE_BYTES:
        raise DataError(
            f"the file is larger than {MAX_FILE_BYTES // 1024**3} GiB; build a store on disk from it (rlsgraph build)",
            path=path,
        )
    rdf_format = find_format(path)
    try:
        text = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror or error}", path=path) from error
    load_bytes(store, text, rdf_format, path=path)


def load_bytes(store: ox.Store, text: bytes, rdf_format: ox.RdfFormat, *, path: Path | None = None) -> None:
    """Add the triples of an RDF text to a store, all or none; `path` is named in errors."""
    if rdf_format == ox.RdfFormat.RDF_XML:
        _refuse_doctype(text, path)
    refuse_deep_text(text, rdf_format, path=path)
    try:
        store.load(text, format=rdf_format)
    except SyntaxError as error:
        raise DataError(_plain_reason(error), path=path, line=error.lineno) from error
    except MemoryError as error:
        raise DataError(_LONG_VALUE, path=path) from error
    except (ValueError, OSError) as error:
        raise DataError(str(error), path=path) from error


def find_format(path: Path) -> ox.RdfFormat:
    """Return the RDF format that a file's ending names."""
    found = RDF_FORMATS.get(path.suffix.lower().removeprefix("."))
    if found is None:
        raise DataError(f"its ending names no RDF format; use one of {', '.join(f'.{name}' for name in RDF_FORMATS)}", path=path)
    return found


def iter_quads(path: Path, *, on_read: Callable[[int], None]) -> Iterator[ox.Quad]:
    """Yield one file's triples while it is read, so that it may be larger than memory; `on_read` is told of bytes read.

    Blank nodes get names of their own, as in `load_file`. Raises `DataError` when it comes to what cannot be read.
    """
    refuse_unless_file(path)
    rdf_format = find_format(path)
    try:
        refuse_deep_file(path, rdf_format)
        with path.open("rb") as file:
            source = _Source(file, path, may_have_doctype=rdf_format == ox.RdfFormat.RDF_XML, on_read=on_read)
            yield from ox.parse(cast("IO[bytes]", source), format=rdf_format, rename_blank_nodes=True)
    except SyntaxError as error:
        raise DataError(_plain_reason(error), path=path, line=error.lineno) from error
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror or error}", path=path) from error
    except MemoryError as error:
        raise DataError(_LONG_VALUE, path=path) from error
    except ValueError as error:
        raise DataError(str(error), path=path) from error


class _Source:
    """A file as the parser reads it: counted, and looked through for a document type before the parser sees it."""

    def __init__(self, file: IO[bytes], path: Path, *, may_have_doctype: bool, on_read: Callable[[int], None]) -> None:
        self._file, self._path, self._may_have_doctype, self._on_read = file, path, may_have_doctype, on_read
        self._last = b""

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        if self._may_have_doctype:
            _refuse_doctype(self._last + block, self._path)
            self._last = (self._last + block)[1 - len(b"<!DOCTYPE") :]  # it may begin in one block and end in the next
        self._on_read(len(block))
        return block


def _refuse_doctype(text: bytes, path: Path | None) -> None:
    if _DOCTYPE.search(text):
        raise DataError("RDF/XML with a document type is refused, because its entities can grow without bound", path=path)


def _plain_reason(error: SyntaxError) -> str:
    return re.sub(r"^Parser error (at|between) .*?: ", "", error.msg or str(error))
