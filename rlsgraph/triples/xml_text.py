"""Keep XML readable: no serialiser here minds what cannot stand in it, not even escaped."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns

_UNFIT = rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
"""Characters that XML 1.0 (2.2) leaves out."""

_LONGEST = 3
_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_END = f"[{_NAME_START}][-.0-9\u00b7\u0300-\u036f\u203f\u2040{_NAME_START}]*$"
"""What a property's IRI must end in to be an element of RDF/XML (XML 1.0, 2.3). Compiled when needed (benchmarks/startup.py)."""

_SYNTAX = {
    ns.RDF + name
    for name in ("RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "li", "aboutEach", "Description")
}
"""What is syntax in RDF/XML, so that no property can go by it (RDF 1.1 XML Syntax, 5.1)."""


def fit_for_xml(text: bytes, what: str) -> bytes:
    """Return XML as its readers will take it; raises `DataError` where a text in it has a character that XML cannot hold."""
    found = re.search(_UNFIT, text)
    if found is not None:
        raise DataError(f"{what} cannot hold the character U+{ord(found[0].decode()):04X} in a text here; ask for another format")
    return text.replace(b"\r", b"&#xD;")  # a reader takes a bare one for the end of a line


class XmlOutput(io.RawIOBase):
    """Pass XML on to an output, made fit for its readers."""

    def __init__(self, output: Any, what: str) -> None:
        super().__init__()
        self._output, self._what = output, what
        self._last = b""

    def write(self, data: Any) -> int:
        """Write some bytes; a character may begin in one piece and end in the next."""
        block = bytes(data)
        fit_for_xml(self._last + block, self._what)
        self._last = (self._last + block)[1 - _LONGEST :]
        self._output.write(fit_for_xml(block, self._what))
        return len(block)


def nameable(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield triples; raises `DataError` at a property that can be no name of an element."""
    for triple in triples:
        iri = triple.predicate.value
        if iri in _SYNTAX or not re.search(_NAME_END, iri):
            raise DataError(f"RDF/XML cannot hold the property <{iri}>, no name of an element; ask for another format")
        yield triple
