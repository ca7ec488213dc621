"""Derive what no file states: the score of each claim, its level and flags, plain triples and reifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.confidence import ClaimKey, Item, Profile, add_up, lend, lenders, total
from rlsgraph.model.things import Confidence
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Predicate, StudyDesign

_T = TypeVar("_T")
_PREDICATES = {member.iri: member for member in Predicate}
_DIRECTIONS = {member.iri: member for member in Direction}
_DESIGNS = {member.iri: member for member in StudyDesign}
_SUBJECT, _PREDICATE, _OBJECT = (ns.RDF + name for name in ("subject", "predicate", "object"))
_EVIDENCE, _DIRECTION, _DESIGN, _SIZE = (ns.RLS + name for name in ("hasEvidence", "direction", "studyDesign", "sampleSize"))
_SOURCE = ns.DCTERMS + "source"

DERIVED = frozenset(
    (
        *(ns.RLS + name for name in ("score", "scoreLow", "scoreHigh", "supportWeight", "disputeWeight", "alpha", "beta")),
        *(ns.RLS + name for name in ("confidenceLevel", "contested", "untested", "polarity")),
        ns.RDF + "reifies",
        *_PREDICATES,
    )
)
"""The properties that only the derivation gives; what a file says of them is never believed."""


def copy_asserted(store: ox.Store) -> ox.Store:
    """Return a new store in memory with all but the derived triples."""
    copy = ox.Store()
    copy.bulk_extend(quad for quad in store if quad.predicate.value not in DERIVED)
    return copy


def derive(store: ox.Store, profile: Profile) -> None:
    """Add every derived triple to a store, in place of any that it holds already."""
    for iri in DERIVED:
        for quad in list(store.quads_for_pattern(None, ox.NamedNode(iri), None)):
            store.remove(quad)
    lines = [*score_lines(read_claim_sums(store, profile), profile), *link_lines(store)]
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)  # of IRIs that were checked as they came


# --- the claims, each by itself -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClaimSum:
    """A claim and what its own items add up to, before others lend to it; `is_bare` where only retracted work bears on it."""

    iri: str
    key: ClaimKey
    support: float
    dispute: float
    is_bare: bool


def read_claim_sums(store: ox.Store, profile: Profile) -> Iterator[ClaimSum]:
    """Yield every claim with the sum of its items; claims are read one by one, so the time is linear and little is held."""
    studies = read_studies(store)
    retracted = {
        quad.subject.value  # type: ignore[union-attr]  # no triple is a subject
        for quad in store.quads_for_pattern(None, ox.NamedNode(ns.RLS + "retracted"), None)
        if getattr(quad.object, "value", "") in ("true", "1")
    }
    weights: dict[tuple[StudyDesign, int | None], float] = {}

    def item(node: Any) -> Item:
        iri, values = str(getattr(node, "value", node)), _read_properties(store, node)
        source = str(_only(values, iri, _SOURCE).value)
        kind = (_member(_DESIGNS, values, iri, _DESIGN), _sample_size(values, iri))
        if kind not in weights:
            weights[kind] = profile.weigh(*kind)
        return Item(
            _member(_DIRECTIONS, values, iri, _DIRECTION), weights[kind], studies.get(source, source), source in retracted
        )

    for quad in store.quads_for_pattern(None, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.RLS + "Claim")):
        if not isinstance(quad.subject, ox.NamedNode):
            raise DataError(f"a claim must have an IRI such as claim:a.increases.b, and one has none: {quad.subject}")
        iri, values = quad.subject.value, _read_properties(store, quad.subject)
        key = (_end(values, iri, _SUBJECT), _member(_PREDICATES, values, iri, _PREDICATE), _end(values, iri, _OBJECT))
        items = [item(node) for node in values.get(_EVIDENCE, ())]
        yield ClaimSum(iri, key, *add_up(items), is_bare=all(found.is_retracted for found in items))


_Values = Mapping[str, list[Any]]
"""The objects of each property of one thing."""


def _read_properties(store: ox.Store, node: Any) -> _Values:
    values: dict[str, list[Any]] = {}
    if isinstance(node, ox.NamedNode | ox.BlankNode):
        for quad in store.quads_for_pattern(node, None, None):
            values.setdefault(quad.predicate.value, []).append(quad.object)
    return values


def _only(values: _Values, iri: str, predicate: str) -> Any:
    found = values.get(predicate, ())
    if len(found) != 1:
        raise DataError(f"{ns.compress(iri)} must have one {ns.compress(predicate)}, and has {len(found)}")
    return found[0]


def _end(values: _Values, iri: str, predicate: str) -> str:
    found = _only(values, iri, predicate)
    if not isinstance(found, ox.NamedNode):
        raise DataError(f"{ns.compress(iri)}: {ns.compress(predicate)} must be an entity's IRI, not {found}")
    return found.value


def _sample_size(values: _Values, evidence: str) -> int | None:
    if _SIZE not in values:
        return None
    text = _only(values, evidence, _SIZE).value
    if not text.isdecimal():
        raise DataError(f"{ns.compress(evidence)}: rls:sampleSize must be a whole number, not {text!r}")
    return int(text)


def _member(members: Mapping[str, _T], values: _Values, iri: str, predicate: str) -> _T:
    term = _only(values, iri, predicate)
    found = members.get(str(getattr(term, "value", term)))
    if found is None:
        known = ", ".join(ns.compress(member) for member in members)
        raise DataError(
            f"{ns.compress(iri)}: {ns.compress(predicate)} is {ns.compress(str(term.value))}; it must be one of {known}"
        )
    return found


def read_studies(store: ox.Store) -> dict[str, str]:
    """Return, for each source joined to another by rls:sameStudyAs, the first IRI of its study."""
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while parent.setdefault(iri, iri) != iri:
            iri = parent[iri]
        return iri

    for quad in store.quads_for_pattern(None, ox.NamedNode(ns.RLS + "sameStudyAs"), None):
        first, second = sorted((root(quad.subject.value), root(quad.object.value)))  # type: ignore[union-attr]
        parent[second] = first
    return {iri: root(iri) for iri in list(parent)}


# --- the claims together --------------------------------------------------------------------------------------------------


def score_lines(sums: Iterable[ClaimSum], profile: Profile) -> Iterator[str]:
    """Yield the derived triples of each claim; whatever lends to one of them must be among them."""
    claims = {claim.iri: claim for claim in sums}
    by_key: dict[ClaimKey, str] = {}
    for claim in claims.values():
        first = by_key.setdefault(claim.key, claim.iri)
        if first != claim.iri:
            raise DataError(
                f"{ns.compress(claim.iri)} and {ns.compress(first)} say the same: keep one and give it all the evidence"
            )
    totals = []
    for claim in claims.values():
        found = [(claims[iri], is_association) for iri, is_association in lenders(claim.key, by_key.get)]
        lent = [lend(lender.iri, kind, (lender.support, lender.dispute), profile) for lender, kind in found]
        totals.append(total((claim.support, claim.dispute), lent))
    yield from map(_claim_lines, claims.values(), profile.confidences(totals))


_LEVEL_IRIS = {level: level.iri for level in ConfidenceLevel}
_PREDICATE_IRIS = {predicate: (predicate.iri, int(predicate.polarity)) for predicate in Predicate}
_DOUBLE, _BOOLEAN = f"^^<{ns.XSD}double>", f"^^<{ns.XSD}boolean>"


def _claim_lines(claim: ClaimSum, confidence: Confidence) -> str:
    subject, predicate, object_ = claim.key
    predicate_iri, polarity = _PREDICATE_IRIS[predicate]
    contested = "true" if confidence.is_contested else "false"
    is_untested = confidence.level is ConfidenceLevel.SPECULATIVE and claim.is_bare
    untested = "true" if is_untested else "false"
    plain = f"<{subject}> <{predicate_iri}> <{object_}>"
    head = f"<{claim.iri}> <{ns.RLS}"
    return (
        f'{head}score> "{confidence.score!r}"{_DOUBLE} .\n'
        f'{head}scoreLow> "{confidence.low!r}"{_DOUBLE} .\n'
        f'{head}scoreHigh> "{confidence.high!r}"{_DOUBLE} .\n'
        f'{head}supportWeight> "{confidence.support_weight!r}"{_DOUBLE} .\n'
        f'{head}disputeWeight> "{confidence.dispute_weight!r}"{_DOUBLE} .\n'
        f'{head}alpha> "{confidence.alpha!r}"{_DOUBLE} .\n'
        f'{head}beta> "{confidence.beta!r}"{_DOUBLE} .\n'
        f"{head}confidenceLevel> <{_LEVEL_IRIS[confidence.level]}> .\n"
        f'{head}contested> "{contested}"{_BOOLEAN} .\n'
        f'{head}untested> "{untested}"{_BOOLEAN} .\n'
        f'{head}polarity> "{polarity}"^^<{ns.XSD}integer> .\n'
        f"<{claim.iri}> <{ns.RDF}reifies> <<( {plain} )>> .\n"
        + ("" if confidence.level is ConfidenceLevel.REFUTED else f"{plain} .\n")
    )


def link_lines(store: ox.Store) -> Iterator[str]:
    """Yield the plain triple of each definitional link, both ways where it is symmetric."""
    query = "SELECT ?s ?p ?o WHERE { ?l a rls:DefinitionalLink ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    for subject, predicate, object_ in store.query(query, prefixes=ns.PREFIXES):  # type: ignore[union-attr]  # a SELECT has rows
        yield f"{subject} {predicate} {object_} .\n"
        if predicate.value == ns.RLS + "oppositeOf":
            yield f"{object_} {predicate} {subject} .\n"
