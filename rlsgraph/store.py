"""Read RDF files into an Oxigraph store, with one clear error for whatever is wrong with a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.errors import DataError

FORMATS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
"""RDF formats that can be read, by the file's ending."""

MAX_FILE_BYTES = 2 * 1024**3
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def read_store(paths: Iterable[Path]) -> ox.Store:
    """Load files into a new store in memory; either all are loaded or a `DataError` names file, line and reason."""
    store = ox.Store()
    for path in paths:
        load_file(store, path)
    return store


def load_file(store: ox.Store, path: Path) -> None:
    """Add one file's triples to a store."""
    rdf_format = FORMATS.get(path.suffix.lower())
    if rdf_format is None:
        raise DataError(f"its ending names no RDF format; use one of {', '.join(FORMATS)}", path=path)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DataError(
                f"the file is larger than {MAX_FILE_BYTES // 1024**3} GiB; build an on-disk store from parts", path=path
            )
        text = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror or error}", path=path) from error
    load_bytes(store, text, rdf_format, path=path)


def load_bytes(store: ox.Store, text: bytes, rdf_format: ox.RdfFormat, *, path: Path | None = None) -> None:
    """Add the triples of an RDF text to a store, all or none; `path` is named in errors."""
    if rdf_format == ox.RdfFormat.RDF_XML and _DOCTYPE.search(text):
        raise DataError("RDF/XML with a document type is refused, because its entities can grow without bound", path=path)
    try:
        store.load(text, format=rdf_format)
    except SyntaxError as error:
        raise DataError(_plain_reason(error), path=path, line=error.lineno) from error
    except (ValueError, OSError) as error:
        raise DataError(str(error), path=path) from error


def _plain_reason(error: SyntaxError) -> str:
    return re.sub(r"^Parser error (at|between) .*?: ", "", error.msg or str(error))
