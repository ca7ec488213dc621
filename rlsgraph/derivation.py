"""Derive what no file states: the score of each claim, its level and flags, plain triples and reifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from rlsgraph import namespaces as ns
from rlsgraph.confidence import ClaimKey, Item, Profile, add_up, lend, lenders, total
from rlsgraph.errors import DataError, ProfileError
from rlsgraph.model import Confidence
from rlsgraph.store import load_bytes, read_store
from rlsgraph.vocabulary import ConfidenceLevel, Direction, Predicate, StudyDesign

_T = TypeVar("_T")
_PREDICATES = {member.iri: member for member in Predicate}
_DIRECTIONS = {member.iri: member for member in Direction}
_DESIGNS = {member.iri: member for member in StudyDesign}

_PROFILE_NUMBERS = {
    "prior_weight": "priorWeight",
    "prior_mean": "priorMean",
    "interval_mass": "intervalMass",
    "unknown_size_factor": "unknownSizeFactor",
    "full_size_log10": "fullSizeLog10",
    "association_share": "associationShare",
    "contested_weight": "contestedWeight",
    "contested_share": "contestedShare",
    "refuted_weight": "refutedWeight",
    "refuted_ratio": "refutedRatio",
    "emerging_from": "emergingFrom",
    "supported_from": "supportedFrom",
    "established_from": "establishedFrom",
}


def read_profile(paths: Sequence[Path]) -> Profile:
    """Read a confidence profile from files, see `find_profile`."""
    return find_profile(read_store(paths), where=", ".join(map(str, paths)))


def find_profile(store: ox.Store, *, where: str) -> Profile:
    """Return the one confidence profile in a store: its numbers and the weights of the study designs.

    Raises `ProfileError` where a number is missing, stands twice, or makes no sense; `where` says what the store holds.
    """
    found = list(store.query("SELECT ?p WHERE { ?p a rls:ConfidenceProfile }", prefixes=ns.PREFIXES))  # type: ignore[arg-type]
    if len(found) != 1:
        raise ProfileError(f"expected one rls:ConfidenceProfile in {where}, found {len(found)}")
    node = found[0]["p"]
    numbers = {name: _number(store, node, ns.RLS + local) for name, local in _PROFILE_NUMBERS.items()}
    weights = {d: _number(store, ox.NamedNode(d.iri), ns.RLS + "weight") for d in StudyDesign}
    pooling = frozenset(
        design
        for design in StudyDesign
        for quad in store.quads_for_pattern(ox.NamedNode(design.iri), ox.NamedNode(ns.RLS + "poolsStudies"), None)
        if getattr(quad.object, "value", "") in ("true", "1")
    )
    return Profile(weights=weights, pooling=pooling, **numbers)


def _number(store: ox.Store, node: Any, predicate: str) -> float:
    values = [quad.object for quad in store.quads_for_pattern(node, ox.NamedNode(predicate), None)]
    if len(values) != 1:
        raise ProfileError(f"{ns.compress(node.value)} must have one {ns.compress(predicate)}, and has {len(values)}")
    try:
        return float(getattr(values[0], "value", "nothing"))
    except ValueError:
        raise ProfileError(f"{ns.compress(node.value)}: {ns.compress(predicate)} is not a number: {values[0]}") from None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as the derivation sees it: its ends, and the items that bear on it."""

    iri: str
    key: ClaimKey
    items: list[Item]


_DERIVED = (
    *(ns.RLS + name for name in ("score", "scoreLow", "scoreHigh", "supportWeight", "disputeWeight", "alpha", "beta")),
    *(ns.RLS + name for name in ("confidenceLevel", "contested", "untested", "polarity")),
    ns.RDF + "reifies",
    *_PREDICATES,
)
"""The properties that only the derivation gives; what a file says of them is never believed."""


def copy_asserted(store: ox.Store) -> ox.Store:
    """Return a new store in memory with all but the derived triples."""
    derived = {ox.NamedNode(iri) for iri in _DERIVED}
    copy = ox.Store()
    copy.bulk_extend(quad for quad in store if quad.predicate not in derived)
    return copy


def derive(store: ox.Store, profile: Profile) -> None:
    """Add every derived triple to a store, in place of any that it holds already."""
    for iri in _DERIVED:
        for quad in list(store.quads_for_pattern(None, ox.NamedNode(iri), None)):
            store.remove(quad)
    claims = read_claim_rows(store, profile)
    confidences = score_claims(claims.values(), profile)
    lines = [_claim_lines(row, confidences[iri]) for iri, row in claims.items()]
    lines += _link_lines(store)
    load_bytes(store, "".join(lines).encode(), ox.RdfFormat.N_TRIPLES)


def read_claim_rows(store: ox.Store, profile: Profile) -> dict[str, ClaimRow]:
    """Return every claim with its weighed items, by IRI; one pass over each property, so linear in the graph."""
    studies = read_studies(store)
    retracted = {source for source, values in _values(store, ns.RLS + "retracted").items() if values[0].value in ("true", "1")}
    subjects, predicates, objects = (_values(store, ns.RDF + name) for name in ("subject", "predicate", "object"))
    evidence = _values(store, ns.RLS + "hasEvidence")
    directions, designs = _values(store, ns.RLS + "direction"), _values(store, ns.RLS + "studyDesign")
    sources, sizes = _values(store, ns.DCTERMS + "source"), _values(store, ns.RLS + "sampleSize")
    weights: dict[tuple[str, int | None], float] = {}

    def item(iri: str) -> Item:
        source = _only(sources, iri, "dcterms:source").value
        design = _only(designs, iri, "rls:studyDesign")
        kind = (str(getattr(design, "value", design)), _sample_size(sizes, iri))
        if kind not in weights:
            weights[kind] = profile.weigh(_member(_DESIGNS, design, iri, "rls:studyDesign"), kind[1])
        side = _member(_DIRECTIONS, _only(directions, iri, "rls:direction"), iri, "rls:direction")
        return Item(side, weights[kind], studies.get(source, source), source in retracted)

    claims = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.RLS + "Claim")):
        iri = str(getattr(quad.subject, "value", quad.subject))
        predicate = _member(_PREDICATES, _only(predicates, iri, "rdf:predicate"), iri, "rdf:predicate")
        key = (_only(subjects, iri, "rdf:subject").value, predicate, _only(objects, iri, "rdf:object").value)
        claims[iri] = ClaimRow(iri, key, [item(term.value) for term in evidence.get(iri, ())])
    return claims


def _values(store: ox.Store, predicate: str) -> dict[str, list[Any]]:
    """Return all objects of a property by the value of their subject."""
    values: dict[str, list[Any]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
        values.setdefault(quad.subject.value, []).append(quad.object)  # type: ignore[union-attr]  # no triple is a subject
    return values


def _only(values: Mapping[str, list[Any]], iri: str, name: str) -> Any:
    found = values.get(iri, [])
    if len(found) != 1:
        raise DataError(f"{ns.compress(iri)} must have one {name}, and has {len(found)}")
    return found[0]


def _sample_size(sizes: Mapping[str, list[Any]], evidence: str) -> int | None:
    if evidence not in sizes:
        return None
    text = _only(sizes, evidence, "rls:sampleSize").value
    if not text.isdecimal():
        raise DataError(f"{ns.compress(evidence)}: rls:sampleSize must be a whole number, not {text!r}")
    return int(text)


def _member(members: Mapping[str, _T], term: Any, iri: str, name: str) -> _T:
    found = members.get(str(getattr(term, "value", term)))
    if found is None:
        known = ", ".join(ns.compress(member) for member in members)
        raise DataError(f"{ns.compress(iri)}: {name} is {ns.compress(term.value)}; it must be one of {known}")
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


def score_claims(rows: Iterable[ClaimRow], profile: Profile) -> dict[str, Confidence]:
    """Return the confidence of every claim, lent weight included, by IRI."""
    claims = list(rows)
    by_key: dict[ClaimKey, str] = {}
    for row in claims:
        if row.key in by_key:
            raise DataError(
                f"{ns.compress(row.iri)} and {ns.compress(by_key[row.key])} say the same: keep one and give it all the evidence"
            )
        by_key[row.key] = row.iri
    own = {row.iri: add_up(row.items) for row in claims}
    totals = [
        total(own[row.iri], [lend(iri, kind, own[iri], profile) for iri, kind in lenders(row.key, by_key.get)]) for row in claims
    ]
    return dict(zip((row.iri for row in claims), profile.confidences(totals), strict=True))


_LEVEL_IRIS = {level: level.iri for level in ConfidenceLevel}
_PREDICATE_IRIS = {predicate: (predicate.iri, int(predicate.polarity)) for predicate in Predicate}
_DOUBLE, _BOOLEAN = f"^^<{ns.XSD}double>", f"^^<{ns.XSD}boolean>"


def _claim_lines(row: ClaimRow, confidence: Confidence) -> str:
    subject, predicate, object_ = row.key
    predicate_iri, polarity = _PREDICATE_IRIS[predicate]
    contested = "true" if confidence.is_contested else "false"
    is_untested = confidence.level is ConfidenceLevel.SPECULATIVE and all(item.is_retracted for item in row.items)
    untested = "true" if is_untested else "false"
    plain = f"<{subject}> <{predicate_iri}> <{object_}>"
    head = f"<{row.iri}> <{ns.RLS}"
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
        f"<{row.iri}> <{ns.RDF}reifies> <<( {plain} )>> .\n"
        + ("" if confidence.level is ConfidenceLevel.REFUTED else f"{plain} .\n")
    )


def _link_lines(store: ox.Store) -> Iterator[str]:
    """Yield the plain triple of each definitional link, both ways where it is symmetric."""
    query = "SELECT ?s ?p ?o WHERE { ?l a rls:DefinitionalLink ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    for subject, predicate, object_ in store.query(query, prefixes=ns.PREFIXES):  # type: ignore[union-attr]  # a SELECT has rows
        yield f"{subject} {predicate} {object_} .\n"
        if predicate.value == ns.RLS + "oppositeOf":
            yield f"{object_} {predicate} {subject} .\n"
