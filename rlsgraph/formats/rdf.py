"""Write the graph in RDF formats, and as an rdflib graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.triples.formats import RDF_FORMATS
from rlsgraph.triples.spoilt import spoilt_as_data_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

FORMATS: dict[str, tuple[ox.RdfFormat, bool]] = {
    **{name: (RDF_FORMATS[name], False) for name in ("ttl", "nt", "jsonld", "trig")},
    "ttl12": (RDF_FORMATS["ttl"], True),
}
"""By name: the format, and whether it keeps the reifiers (RDF 1.2)."""

_REIFIES = ox.NamedNode(ns.RDF + "reifies")


def _triples(store: ox.Store, *, reifiers: bool) -> Iterator[ox.Triple]:
    """Yield the triples in a fixed order, by their N-Triples text; blank nodes get names from what they say."""
    held = store.quads_for_pattern(None, None, None, ox.DefaultGraph())  # what named graphs say stands there too
    with spoilt_as_data_error():
        kept = [quad for quad in held if reifiers or quad.predicate != _REIFIES]
    blank = ox.Dataset(quad for quad in kept if _has_blank_node(quad))
    blank.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    named = [quad for quad in kept if not _has_blank_node(quad)]
    return iter(sorted((quad.triple for quad in (*named, *blank)), key=str))


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def dump(store: ox.Store, format_name: str) -> bytes:
    """Return all triples in one of `FORMATS`."""
    rdf_format, reifiers = FORMATS[format_name]
    triples = _triples(store, reifiers=reifiers)
    prefixes = ns.PREFIXES if rdf_format.supports_datasets or rdf_format == ox.RdfFormat.TURTLE else None
    return ox.serialize(triples, format=rdf_format, prefixes=prefixes) or b""


def to_rdflib(store: ox.Store) -> rdflib.Graph:
    """Return an rdflib graph of all triples but the reifiers."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    graph.parse(data=dump(store, "nt").decode(), format="nt")
    for prefix, base in ns.PREFIXES.items():
        graph.bind(prefix, base)
    return graph
