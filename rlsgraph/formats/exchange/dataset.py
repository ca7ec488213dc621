"""Describe the graph as a dataset, for catalogues and search engines: VoID, DCAT and schema.org in one Turtle text."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from rlsgraph.formats.exchange.content import Content
from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import Predicate

DCAT = "http://www.w3.org/ns/dcat#"
SCHEMA = "https://schema.org/"

Term = ox.NamedNode | ox.Literal


def dataset(content: Content) -> str:
    """Return the description: title, version, licence, size, vocabularies, and how many claims each predicate has."""
    triples = [ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value) for subject, predicate, value in _said(content)]
    prefixes = {**ns.PREFIXES, "void": ns.VOID, "dcat": DCAT, "schema": SCHEMA}
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def _said(content: Content) -> Iterator[tuple[str, str, Term]]:
    this = ns.GRAPH
    for kind in (ns.VOID + "Dataset", DCAT + "Dataset", SCHEMA + "Dataset"):
        yield this, ns.RDF + "type", ox.NamedNode(kind)
    for title in (ns.DCTERMS + "title", SCHEMA + "name"):
        yield this, title, ox.Literal(content.title)
    for description in (ns.DCTERMS + "description", SCHEMA + "description"):
        yield this, description, ox.Literal(summary(content))
    for version in (DCAT + "version", SCHEMA + "version", ns.OWL + "versionInfo"):
        yield this, version, ox.Literal(content.version)
    if content.license:
        for license_ in (ns.DCTERMS + "license", SCHEMA + "license"):
            yield this, license_, ox.NamedNode(content.license)
    yield this, ns.VOID + "uriSpace", ox.Literal(ns.BASE)
    for vocabulary in (ns.RLS, ns.SKOS, ns.DCTERMS, ns.PROV, ns.BIBO):
        yield this, ns.VOID + "vocabulary", ox.NamedNode(vocabulary)
    yield this, ns.VOID + "entities", _integer(len(content.entities))
    classes = {"Entity": content.entities, "Claim": content.claims, "Source": content.sources, "Evidence": content.evidence}
    for name, things in classes.items():
        part = f"{this}#{name}"
        yield this, ns.VOID + "classPartition", ox.NamedNode(part)
        yield part, ns.VOID + "class", ox.NamedNode(ns.RLS + name)
        yield part, ns.VOID + "entities", _integer(len(things))
    for predicate in Predicate:
        part = f"{this}#{predicate.value}"
        yield this, ns.VOID + "propertyPartition", ox.NamedNode(part)
        yield part, ns.VOID + "property", ox.NamedNode(predicate.iri)
        yield part, ns.VOID + "triples", _integer(sum(claim.predicate is predicate for claim in content.claims))


def summary(content: Content) -> str:
    """Return one sentence that says what the dataset holds."""
    return (
        f"{len(content.claims):,} claims between {len(content.entities):,} entities, scored by {len(content.evidence):,} "
        f"evidence items from {len(content.sources):,} sources."
    )


def _integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(ns.XSD + "integer"))
