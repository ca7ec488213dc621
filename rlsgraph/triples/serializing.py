"""Write triples in the formats of the W3C, so that whoever reads them finds what was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, cast

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.triples.formats import GRAPH_FORMATS
from rlsgraph.triples.xml_text import XmlOutput, nameable


def write_triples(
    triples: Iterable[ox.Triple], output: IO[bytes], format_name: str, *, prefixes: Mapping[str, str] | None = None
) -> None:
    """Write triples in one of `GRAPH_FORMATS`; raises `DataError` where the format cannot hold one of them."""
    if format_name == "rdf":
        triples, output = nameable(triples), cast("IO[bytes]", XmlOutput(output, "RDF/XML"))
    try:
        ox.serialize(triples, output, GRAPH_FORMATS[format_name], prefixes=dict(prefixes or {}) or None)
    except (OSError, ValueError) as error:
        raise DataError(f"{format_name} cannot hold these triples: {error}") from error
