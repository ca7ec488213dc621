"""Name the formats of triples and of answers once: each name here is the ending of a file too."""

from __future__ import annotations

import pyoxigraph as ox

_RDF, _RESULTS = ox.RdfFormat, ox.QueryResultsFormat

RDF_FORMATS: dict[str, ox.RdfFormat] = {
    each.file_extension: each for each in (_RDF.TURTLE, _RDF.N_TRIPLES, _RDF.N_QUADS, _RDF.TRIG, _RDF.JSON_LD, _RDF.RDF_XML)
}
"""RDF formats by name (`ttl`, `nt`, `nq`, `trig`, `jsonld`, `rdf`): those that files can be in."""

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


def media_type_of(format_: ox.RdfFormat | ox.QueryResultsFormat) -> str:
    """Return the media type of a format, without parameters.

    >>> media_type_of(RESULT_FORMATS["csv"])
    'text/csv'
    """
    return format_.media_type.partition(";")[0]
