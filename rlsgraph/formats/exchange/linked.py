"""Write the graph in the words of other RDF vocabularies: nanopublications, and SEPIO's assertions with evidence lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from rlsgraph.formats.exchange.content import Content, source_address
from rlsgraph.model import namespaces as ns
from rlsgraph.model.namespaces import slug_of
from rlsgraph.model.things import Claim, Evidence
from rlsgraph.model.vocabulary import Direction

NP = "http://www.nanopub.org/nschema#"
NPX = "http://purl.org/nanopub/x/"
NANOPUB = ns.BASE + "nanopub/"
SEPIO = ns.OBO + "SEPIO_"

_SEPIO_LINES = {
    Direction.SUPPORTS: ("0000007", "0000403"),
    Direction.DISPUTES: ("0000008", "0000404"),
    Direction.INCONCLUSIVE: ("0000009", "0000405"),
}
"""By direction: has supporting / disputing / inconclusive evidence line, and the individual that names the direction."""

Term = ox.NamedNode | ox.Literal
Statement = tuple[str, str, Term]


def nanopubs(content: Content) -> str:
    """Return TriG with a nanopublication for each claim, unsigned (`signing.signed_nanopubs` signs them).

    The assertion is the claim with its score, never the bare triple: what is hypothesised is not stated as a fact. The
    provenance names the evidence and the documents; the publication info the version.
    """
    quads = (nanopub_quads(claim, content, NANOPUB + slug_of(claim.iri), "#") for claim in content.claims)
    return nanopub_trig(chain.from_iterable(quads))


def nanopub_trig(quads: Iterable[ox.Quad]) -> str:
    """Return quads of nanopublications as TriG; each number keeps the digits that it has."""
    prefixes = {**ns.PREFIXES, "np": NP, "npx": NPX}
    return (ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b"").decode()


def nanopub_quads(claim: Claim, content: Content, this: str, separator: str) -> Iterator[ox.Quad]:
    """Yield the nanopublication of a claim; its four graphs go by its own IRI, a separator and a name."""
    assertion, provenance, about = (f"{this}{separator}{name}" for name in ("assertion", "provenance", "pubinfo"))
    said: dict[str, list[Statement]] = {
        f"{this}{separator}Head": [
            (this, ns.RDF + "type", ox.NamedNode(NP + "Nanopublication")),
            (this, NP + "hasAssertion", ox.NamedNode(assertion)),
            (this, NP + "hasProvenance", ox.NamedNode(provenance)),
            (this, NP + "hasPublicationInfo", ox.NamedNode(about)),
        ],
        assertion: _assertion(claim),
        provenance: _provenance(claim, assertion),
        about: [
            (this, ns.RDFS + "label", ox.Literal(str(claim))),
            (this, NPX + "introduces", ox.NamedNode(claim.iri)),
            (this, NPX + "hasNanopubType", ox.NamedNode(ns.RLS + "Claim")),
            (this, ns.DCTERMS + "hasVersion", ox.Literal(content.version)),
        ],
    }
    if content.license:
        said[about].append((this, ns.DCTERMS + "license", ox.NamedNode(content.license)))
    for graph, statements in said.items():
        for subject, predicate, value in statements:
            yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.NamedNode(graph))


def _assertion(claim: Claim) -> list[Statement]:
    said: list[Statement] = [
        (claim.iri, ns.RDF + "type", ox.NamedNode(ns.RLS + "Claim")),
        (claim.iri, ns.RDF + "subject", ox.NamedNode(claim.subject.iri)),
        (claim.iri, ns.RDF + "predicate", ox.NamedNode(claim.predicate.iri)),
        (claim.iri, ns.RDF + "object", ox.NamedNode(claim.object.iri)),
        (claim.iri, ns.RLS + "score", _double(claim.score)),
        (claim.iri, ns.RLS + "scoreLow", _double(claim.low)),
        (claim.iri, ns.RLS + "scoreHigh", _double(claim.high)),
        (claim.iri, ns.RLS + "confidenceLevel", ox.NamedNode(claim.level.iri)),
    ]
    ends: list[Statement] = [
        (end.iri, ns.SKOS + "prefLabel", ox.Literal(end.label, language="en")) for end in {claim.subject, claim.object}
    ]
    return [*said, *sorted(ends, key=lambda statement: statement[0])]


def _provenance(claim: Claim, assertion: str) -> list[Statement]:
    said: list[Statement] = [
        (assertion, ns.PROV + "wasAttributedTo", ox.NamedNode(ns.GRAPH)),
        (claim.iri, ns.PROV + "wasDerivedFrom", ox.NamedNode(ns.GRAPH)),
    ]
    for item in claim.evidence:
        document = ox.NamedNode(source_address(item.source))
        said += [
            (assertion, ns.PROV + "wasDerivedFrom", ox.NamedNode(item.iri)),
            (item.iri, ns.RLS + "direction", ox.NamedNode(item.direction.iri)),
            (item.iri, ns.RLS + "studyDesign", ox.NamedNode(item.design.iri)),
            (item.iri, ns.PROV + "hadPrimarySource", document),
            *([(item.iri, ns.RLS + "finding", ox.Literal(item.finding))] if item.finding else []),
        ]
    return said


def sepio(content: Content) -> str:
    """Return Turtle in which each claim is a SEPIO assertion with its lines of evidence (terms of SEPIO's `sepio.owl`)."""
    statements = chain.from_iterable(_sepio_assertion(claim) for claim in content.claims)
    triples = [ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value) for subject, predicate, value in statements]
    prefixes = {**ns.PREFIXES, "sepio": SEPIO}
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def _sepio_assertion(claim: Claim) -> Iterator[Statement]:
    yield claim.iri, ns.RDF + "type", ox.NamedNode(SEPIO + "0000001")
    yield claim.iri, ns.RDFS + "label", ox.Literal(str(claim))
    yield claim.iri, SEPIO + "0000026", ox.NamedNode(claim.subject.iri)
    yield claim.iri, SEPIO + "0000028", ox.NamedNode(claim.predicate.iri)
    yield claim.iri, SEPIO + "0000027", ox.NamedNode(claim.object.iri)
    yield claim.iri, SEPIO + "0000168", _double(claim.score)
    yield claim.iri, SEPIO + "0000167", ox.NamedNode(claim.level.iri)
    for item in claim.evidence:
        yield from _sepio_line(claim, item)


def _sepio_line(claim: Claim, item: Evidence) -> Iterator[Statement]:
    has_line, direction = _SEPIO_LINES[item.direction]
    yield claim.iri, SEPIO + has_line, ox.NamedNode(item.iri)
    yield item.iri, ns.RDF + "type", ox.NamedNode(SEPIO + "0000002")
    yield item.iri, SEPIO + "0000183", ox.NamedNode(SEPIO + direction)
    yield item.iri, SEPIO + "0000398", ox.NamedNode(item.design.iri)
    yield item.iri, SEPIO + "0000124", ox.NamedNode(source_address(item.source))
    if item.finding:
        yield item.iri, ns.DCTERMS + "description", ox.Literal(item.finding)


def _double(value: float) -> ox.Literal:
    return ox.Literal(repr(value), datatype=ox.NamedNode(ns.XSD + "double"))
