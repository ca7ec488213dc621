"""Say in RDF what is asserted of a thing: each property in the one form that the shapes ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import LinkKind, MatchRelation, Term

if TYPE_CHECKING:
    from rlsgraph.model.things import Entity


class Form(Enum):
    """What stands behind a property: a thing or term by IRI, or a literal of a type."""

    THING = auto()
    ENGLISH = auto()
    TEXT = auto()
    WHOLE = auto()
    DECIMAL = auto()
    DOUBLE = auto()
    BOOLEAN = auto()
    YEAR = auto()


_PROPERTIES: dict[Form, tuple[str, ...]] = {
    Form.THING: (
        *("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rls:hasEvidence", "dcterms:source", "rdfs:seeAlso"),
        *("rls:direction", "rls:result", "rls:studyDesign", "rls:pooledDesign", "rls:comparator", "rls:blinding"),
        *("rls:outcomeRank", "rls:populationFit", "rls:outcomeFit", "rls:directness", "rls:measure", "rls:favours"),
        *("rls:textRead", "rls:category", "rls:group", "rls:sameStudyAs", "rls:quoteRole", "rls:supersedes"),
        *(f"skos:{relation.value}" for relation in MatchRelation),
        *("rls:likelySameStudyAs", "rls:pools", "rls:likelyPools"),
    ),
    Form.ENGLISH: (
        *("skos:prefLabel", "skos:altLabel", "skos:definition", "skos:editorialNote", "rls:finding", "rls:limitations"),
        *("rls:quote", "rls:population", "rls:directnessNote", "rls:workedOut", "rls:reason"),
    ),
    Form.TEXT: (
        *("dcterms:identifier", "dcterms:title", "bibo:doi", "bibo:pmid", "rls:pmcid", "rls:registration", "rls:firstAuthor"),
        *("rls:journal", "rls:erratum", "rls:preprintOf", "rls:species", "rls:effect", "rls:unit", "rls:locator"),
        "rls:researchGroup",
    ),
    Form.WHOLE: ("rls:sampleSize", "rls:studyCount"),
    Form.DECIMAL: ("rls:estimate", "rls:intervalLow", "rls:intervalHigh"),
    Form.DOUBLE: ("rls:pValue",),
    Form.BOOLEAN: ("rls:isBound", "rls:sampleSizeIsApproximate", "rls:titleIsDescriptive", "rls:retracted"),
    Form.YEAR: ("dcterms:issued",),
}
FORMS: Mapping[str, Form] = {name: form for form, names in _PROPERTIES.items() for name in names}
"""The form of each property that a curator states, by its CURIE; `ontology/shapes.ttl` asks for the same."""


def say(thing: str, said: Mapping[str, Any]) -> Iterator[ox.Triple]:
    """Yield what is said of a thing: values by the CURIE of their property, several in a tuple or list, empty ones left out.

    Raises `DataError` where RDF cannot hold a value, such as an address with a blank.

    >>> [str(triple.object) for triple in say("https://w3id.org/rlsgraph/evidence/e1", {"rls:pValue": 0.03, "rls:unit": ""})]
    ['"0.03"^^<http://www.w3.org/2001/XMLSchema#double>']
    """
    node = ox.NamedNode(thing)
    for name, values in said.items():
        predicate = ox.NamedNode(ns.expand(name))
        for value in values if isinstance(values, list | tuple) else (values,):
            if value is not None and value != "":
                try:
                    term = _term(FORMS[name], value)
                except ValueError as error:  # a blank in an address, half a character
                    raise DataError(f"{name} cannot be {value!r}: {error}", thing=thing, predicate=predicate.value) from error
                yield ox.Triple(node, predicate, term)


def _term(form: Form, value: Any) -> ox.NamedNode | ox.Literal:
    match form:
        case Form.THING:
            return ox.NamedNode(value.iri if isinstance(value, Term | LinkKind) else str(value))
        case Form.ENGLISH:
            return ox.Literal(str(value), language="en")
        case Form.WHOLE:
            return ox.Literal(int(value))
        case Form.DECIMAL:
            digits = format(Decimal(str(value)), "f")
            return _typed(digits if "." in digits else f"{digits}.0", "decimal")
        case Form.DOUBLE:
            return ox.Literal(float(value))
        case Form.BOOLEAN:
            return ox.Literal(bool(value))
        case Form.YEAR:
            return _typed(str(value), "gYear")
    return ox.Literal(str(value))


def _typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(ns.XSD + datatype))


def say_claim(claim: str, subject: str, predicate: Term, object_: str, *, evidence: str = "") -> Iterator[ox.Triple]:
    """Yield what makes a claim, and that an evidence item bears on it."""
    kinds = (ns.RLS + "Claim", ns.RDF + "Statement")
    parts: dict[str, Any] = {"rdf:type": kinds, "rdf:subject": subject, "rdf:predicate": predicate, "rdf:object": object_}
    return say(claim, {**parts, "rls:hasEvidence": evidence})


def say_evidence(item: str, source: str, said: Mapping[str, Any]) -> Iterator[ox.Triple]:
    """Yield what makes an evidence item: its source, its identifier (that of its IRI) and what the source says."""
    named = {"rdf:type": ns.RLS + "Evidence", "dcterms:identifier": ns.slug_of(item), "dcterms:source": source}
    return say(item, {**named, **said})


def say_source(source: str, said: Mapping[str, Any]) -> Iterator[ox.Triple]:
    """Yield what makes a source."""
    return say(source, {"rdf:type": ns.RLS + "Source", **said})


def say_entity(entity: Entity, more: Mapping[str, Any] | None = None) -> Iterator[ox.Triple]:
    """Yield what makes an entity, and what more is said of it."""
    said = {
        "rdf:type": ns.RLS + "Entity",
        "skos:prefLabel": entity.label,
        "skos:altLabel": entity.synonyms,
        "rls:category": entity.category,
        "rls:group": entity.group,
        "skos:definition": entity.definition,
    }
    return say(entity.iri, said | dict(more or {}))
