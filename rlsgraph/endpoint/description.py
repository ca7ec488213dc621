"""Describe the service in RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.triples.formats import GRAPH_FORMATS, RESULT_FORMATS

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_IRIS = [each.iri for each in RESULT_FORMATS.values()] + [each.iri for each in GRAPH_FORMATS.values()]
_RESULT_FORMATS = tuple(iri.rpartition("/")[2] for iri in _IRIS)
_FUNCTIONS = {
    "support": "the probability that some causal path leads from one entity to another",
    "bestPathScore": "the score of the best causal path from one entity to another",
}


_Term = ox.NamedNode | ox.BlankNode | ox.Literal


@lru_cache(maxsize=16)
def describe_service(address: str, format_name: str) -> bytes:
    """Return what the service at an address offers, in an RDF format."""
    triples = (ox.Triple(subject, ox.NamedNode(predicate), value) for subject, predicate, value in _triples(address))
    prefixes = {"sd": SD, "rls": ns.RLS, "rdfs": ns.RDFS} if format_name == "ttl" else None
    return ox.serialize(triples, format=GRAPH_FORMATS[format_name], prefixes=prefixes) or b""


def _triples(address: str) -> Iterator[tuple[ox.NamedNode | ox.BlankNode, str, _Term]]:
    service, dataset, graph = ox.NamedNode(address), ox.BlankNode("dataset"), ox.BlankNode("graph")
    yield service, ns.RDF + "type", ox.NamedNode(SD + "Service")
    yield service, SD + "endpoint", service
    yield service, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query")
    yield service, SD + "feature", ox.NamedNode(SD + "EmptyGraphs")
    for name in _RESULT_FORMATS:
        yield service, SD + "resultFormat", ox.NamedNode(_FORMATS + name)
    for name, words in _FUNCTIONS.items():
        function = ox.NamedNode(ns.RLS + name)
        yield service, SD + "extensionFunction", function
        yield function, ns.RDF + "type", ox.NamedNode(SD + "Function")
        yield function, ns.RDFS + "comment", ox.Literal(words, language="en")
    yield service, SD + "defaultDataset", dataset
    yield dataset, ns.RDF + "type", ox.NamedNode(SD + "Dataset")
    yield dataset, SD + "defaultGraph", graph
    yield graph, ns.RDF + "type", ox.NamedNode(SD + "Graph")
