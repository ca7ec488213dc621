"""Read RDF files into an Oxigraph store, with one clear error for whatever is wrong with a file."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.triples.bounds import refuse_deep_file, refuse_deep_text, refuse_unless_file
from rlsgraph.triples.folders import why_unread
from rlsgraph.triples.formats import format_named_by, is_compressed

MAX_FILE_BYTES = 2 * 1024**3
_LONG_VALUE = "one value in it is longer than 16 MiB, or it needs more memory than there is"
_BLOCK_BYTES = 1 << 20
_MOST_TIMES = 200
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def read_store(paths: Iterable[Path]) -> ox.Store:
    """Load files into a new store in memory; either all are loaded or a `DataError` names file, line and reason."""
    store = ox.Store()
    for path in paths:
        load_file(store, path)
    return store


def load_file(store: ox.Store, path: Path, *, otherwise: ox.RdfFormat | None = None) -> None:
    """Add one file's triples to a store; `otherwise` is its format where its ending names none."""
    if refuse_unless_file(path) > MAX_FILE_BYTES:
        raise _too_large(path)
    rdf_format = (format_named_by(path) or otherwise) or find_format(path)
    try:
        text = _read_compressed(path) if is_compressed(path) else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(_cannot_be_read(error), path=path) from error
    load_bytes(store, text, rdf_format, path=path)


def _read_compressed(path: Path) -> bytes:
    text = bytearray()
    for block in _unpacked(path):
        text += block
        if len(text) > MAX_FILE_BYTES:
            raise _too_large(path)
    return bytes(text)


def _unpacked(path: Path) -> Iterator[bytes]:
    """Yield what a compressed file holds; a small one may hold very much."""
    import gzip  # few files are compressed

    most, held = max(MAX_FILE_BYTES, _MOST_TIMES * path.stat().st_size), 0
    with gzip.open(path) as file:
        while block := file.read(_BLOCK_BYTES):
            held += len(block)
            if held > most:
                raise DataError(f"it holds more than {_MOST_TIMES} times its own size, as no RDF does", path=path)
            yield block


def _too_large(path: Path) -> DataError:
    limit = f"{MAX_FILE_BYTES // 1024**3} GiB"
    return DataError(f"the file holds more than {limit}; build a store on disk from it (rlsgraph build)", path=path)


def load_bytes(store: ox.Store, text: bytes, rdf_format: ox.RdfFormat, *, path: Path | None = None) -> None:
    """Add the triples of an RDF text to a store, all or none; `path` is named in errors."""
    text = _without_mark(text, path)
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
    """Return the RDF format that a file's ending names, in any case; `.gz` behind it says that the file is compressed."""
    found = format_named_by(path)
    if found is None:
        raise DataError(why_unread(path), path=path)
    return found


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading; of a compressed one, a copy on disk as it was before, since it is read twice."""
    if not is_compressed(path):
        with path.open("rb") as file:
            yield file
        return
    from tempfile import TemporaryFile

    with TemporaryFile() as copy:
        copy.writelines(_unpacked(path))
        copy.flush()
        copy.seek(0)
        yield copy


def _cannot_be_read(error: Exception) -> str:
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _without_mark(text: bytes, path: Path | None) -> bytes:
    """Return a text without the byte order mark that some editors write before it; refuse what the mark says is no UTF-8."""
    if text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DataError("this is UTF-16 text, as its byte order mark says; save it as UTF-8", path=path)
    return text.removeprefix(codecs.BOM_UTF8)


def iter_quads(path: Path, *, on_read: Callable[[int], None]) -> Iterator[ox.Quad]:
    """Yield one file's triples while it is read, so that it may be larger than memory; `on_read` is told of bytes read.

    Blank nodes get names of their own, as in `load_file`. Raises `DataError` when it comes to what cannot be read.
    """
    refuse_unless_file(path)
    rdf_format = find_format(path)
    try:
        with _open(path) as file:
            refuse_deep_file(file, rdf_format, path=path)
            source = _Source(file, path, may_have_doctype=rdf_format == ox.RdfFormat.RDF_XML, on_read=on_read)
            yield from ox.parse(cast("IO[bytes]", source), format=rdf_format, rename_blank_nodes=True)
    except SyntaxError as error:
        raise DataError(_plain_reason(error), path=path, line=error.lineno) from error
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(_cannot_be_read(error), path=path) from error
    except MemoryError as error:
        raise DataError(_LONG_VALUE, path=path) from error
    except ValueError as error:
        raise DataError(str(error), path=path) from error


class _Source:
    """A file as the parser reads it: counted, and looked through for a document type before the parser sees it."""

    def __init__(self, file: IO[bytes], path: Path, *, may_have_doctype: bool, on_read: Callable[[int], None]) -> None:
        self._file, self._path, self._may_have_doctype, self._on_read = file, path, may_have_doctype, on_read
        self._last = b""
        self._is_first = True

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self._on_read(len(block))
        if self._is_first:
            while 0 < len(block) < len(codecs.BOM_UTF8) and (more := self._file.read(1)):
                block += more
            block, self._is_first = _without_mark(block, self._path), False
        if self._may_have_doctype:
            _refuse_doctype(self._last + block, self._path)
            self._last = (self._last + block)[1 - len(b"<!DOCTYPE") :]  # it may begin in one block and end in the next
        return block


def _refuse_doctype(text: bytes, path: Path | None) -> None:
    if _DOCTYPE.search(text):
        raise DataError("RDF/XML with a document type is refused, because its entities can grow without bound", path=path)


def _plain_reason(error: SyntaxError) -> str:
    if "LoadDocumentCallback" in str(error):
        return "a context that stands elsewhere is never fetched; write it into the file"
    return re.sub(r"^Parser error (at|between) .*?: ", "", error.msg or str(error))
