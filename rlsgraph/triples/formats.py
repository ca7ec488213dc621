"""Name the formats of triples and of answers once: each name here is the ending of a file too."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

_RDF, _RESULTS = ox.RdfFormat, ox.QueryResultsFormat

RDF_FORMATS: dict[str, ox.RdfFormat] = {
    each.file_extension: each for each in (_RDF.TURTLE, _RDF.N_TRIPLES, _RDF.N_QUADS, _RDF.TRIG, _RDF.JSON_LD, _RDF.RDF_XML)
}
"""RDF formats by name (`ttl`, `nt`, `nq`, `trig`, `jsonld`, `rdf`): those that files can be in."""

_OTHER_ENDINGS = {"turtle": "ttl", "ntriples": "nt", "nquads": "nq", "owl": "rdf"}
_COMPRESSED = ".gz"

GRAPH_FORMATS: dict[str, ox.RdfFormat] = {name: RDF_FORMATS[name] for name in ("ttl", "nt", "jsonld", "rdf")}
"""The formats of triples that an answer comes in, in order of preference."""

RESULT_FORMATS: dict[str, ox.QueryResultsFormat] = {
    "json": _RESULTS.JSON,
    "xml": _RESULTS.XML,
    "csv": _RESULTS.CSV,
    "tsv": _RESULTS.TSV,
}
"""The W3C formats of the rows of a SELECT, in order of preference; JSON and XML can hold the yes or no of an ASK too."""

ASK_FORMATS = ("json", "xml")


def is_compressed(path: Path) -> bool:
    """Return whether a file's ending says that it is compressed by gzip."""
    return path.suffix.lower() == _COMPRESSED


def format_named_by(path: Path) -> ox.RdfFormat | None:
    """Return the RDF format that a file's ending names, in any case; None where it names none.

    >>> format_named_by(Path("claims.TTL.gz")).name
    'Turtle'
    """
    name = path.with_suffix("") if is_compressed(path) else path
    ending = name.suffix.lower().removeprefix(".")
    return RDF_FORMATS.get(_OTHER_ENDINGS.get(ending, ending))


def media_type_of(format_: ox.RdfFormat | ox.QueryResultsFormat) -> str:
    """Return the media type of a format, without parameters.

    >>> media_type_of(RESULT_FORMATS["csv"])
    'text/csv'
    """
    return format_.media_type.partition(";")[0]
