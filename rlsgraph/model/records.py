"""Read the model's values out of a store that holds asserted and derived triples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.confidence import ClaimKey
from rlsgraph.model.things import (
    Claim,
    Confidence,
    DefinitionalLink,
    Entity,
    Evidence,
    Expectation,
    Hypothesis,
    Match,
    Source,
)
from rlsgraph.model.vocabulary import (
    ConfidenceLevel,
    Direction,
    ExpectationOutcome,
    HypothesisStatus,
    LinkKind,
    MatchRelation,
    Predicate,
    StudyDesign,
    TextRead,
)

_T = TypeVar("_T")
_Term = TypeVar(
    "_Term",
    Predicate,
    Direction,
    StudyDesign,
    TextRead,
    ConfidenceLevel,
    HypothesisStatus,
    LinkKind,
    ExpectationOutcome,
)


@dataclass(frozen=True)
class Records:
    """Everything that a graph holds, by IRI, each mapping sorted by IRI."""

    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    evidence: Mapping[str, Evidence]
    claims: Mapping[str, Claim]
    links: Mapping[str, DefinitionalLink]
    hypotheses: Mapping[str, Hypothesis]
    expectations: Mapping[str, Expectation]

    @cached_property
    def iri_by_key(self) -> Mapping[ClaimKey, str]:
        """The claim of each subject, predicate and object."""
        return {(claim.subject.iri, claim.predicate, claim.object.iri): iri for iri, claim in self.claims.items()}


def read_records(store: ox.Store) -> Records:
    """Return every value in the store; raises `DataError` where a thing lacks what the model needs."""
    nodes: dict[str, _Node] = {}
    for subject, predicate, object_, _ in store:
        name = str(getattr(subject, "value", subject))
        node = nodes.get(name)
        if node is None:
            node = nodes[name] = _Node(name)
        node.values[predicate.value].append(object_)
    labels = {iri: node.text(ns.RDFS + "label") for iri, node in nodes.items() if ns.RDFS + "label" in node.values}
    by_type: dict[str, list[_Node]] = defaultdict(list)
    for iri in sorted(nodes):
        for kind in nodes[iri].values.get(ns.RDF + "type", ()):
            by_type[kind.value].append(nodes[iri])

    def build(kind: str, make: Callable[[_Node], _T]) -> dict[str, _T]:
        return {node.iri: make(node) for node in by_type[ns.RLS + kind]}

    entities = build("Entity", lambda node: _entity(node, labels))
    studies = _both_ways(by_type[ns.RLS + "Source"])
    sources = build("Source", lambda node: _source(node, studies))
    evidence = build("Evidence", lambda node: _evidence(node, sources))
    claims = build("Claim", lambda node: _claim(node, entities, evidence))
    links = build("DefinitionalLink", lambda node: _link(node, entities))
    hypotheses = build("Hypothesis", lambda node: _hypothesis(node, nodes, entities, claims, sources))
    expectations = build("Expectation", lambda node: _expectation(node, entities, sources))
    return Records(entities, sources, evidence, claims, links, hypotheses, expectations)


class _Node:
    """One subject's triples: values by predicate."""

    __slots__ = ("iri", "values")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.values: dict[str, list[Any]] = defaultdict(list)

    def texts(self, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(str(getattr(value, "value", value)) for value in self.values.get(predicate, ())))

    def text(self, predicate: str) -> str:
        return next(iter(self.texts(predicate)), "")

    def need(self, predicate: str) -> str:
        texts = self.texts(predicate)
        if len(texts) != 1:
            raise DataError(f"{ns.compress(self.iri)} must have one {ns.compress(predicate)}, and has {len(texts)}")
        return texts[0]

    def is_true(self, predicate: str) -> bool:
        return self.text(predicate) in ("true", "1")

    def number(self, predicate: str) -> float:
        text = self.need(predicate)
        try:
            return float(text)
        except ValueError:
            raise DataError(f"{ns.compress(self.iri)}: {ns.compress(predicate)} must be a number, not {text!r}") from None

    def integer(self, predicate: str) -> int | None:
        return int(self.number(predicate)) if predicate in self.values else None

    def term(self, predicate: str, terms: Iterable[_Term]) -> _Term:
        iri = self.need(predicate)
        for term in terms:
            if term.iri == iri:
                return term
        raise DataError(f"{ns.compress(self.iri)}: {ns.compress(predicate)} cannot be {ns.compress(iri)}")

    def one_of(self, predicate: str, things: Mapping[str, _T]) -> _T:
        return self._known(predicate, self.need(predicate), things)

    def all_of(self, predicate: str, things: Mapping[str, _T]) -> tuple[_T, ...]:
        return tuple(self._known(predicate, iri, things) for iri in self.texts(predicate))

    def _known(self, predicate: str, iri: str, things: Mapping[str, _T]) -> _T:
        try:
            return things[iri]
        except KeyError:
            raise DataError(
                f"{ns.compress(self.iri)}: {ns.compress(predicate)} is {ns.compress(iri)}, which is described nowhere"
            ) from None


def _entity(node: _Node, labels: Mapping[str, str]) -> Entity:
    matches = tuple(Match(relation, iri, labels.get(iri, "")) for relation in MatchRelation for iri in node.texts(relation.iri))
    return Entity(
        iri=node.iri,
        label=node.need(ns.SKOS + "prefLabel"),
        definition=node.text(ns.SKOS + "definition"),
        synonyms=node.texts(ns.SKOS + "altLabel"),
        category=ns.compress(node.text(ns.RLS + "category")),
        group=node.text(ns.RLS + "group").removeprefix(ns.RLS).removesuffix("Group").lower(),
        matches=matches,
    )


def _both_ways(sources: Iterable[_Node]) -> Mapping[str, set[str]]:
    """rls:sameStudyAs is symmetric, and written once."""
    same: dict[str, set[str]] = defaultdict(set)
    for node in sources:
        for other in node.texts(ns.RLS + "sameStudyAs"):
            same[node.iri].add(other)
            same[other].add(node.iri)
    return same


def _source(node: _Node, studies: Mapping[str, set[str]]) -> Source:
    return Source(
        iri=node.iri,
        title=node.need(ns.DCTERMS + "title"),
        first_author=node.text(ns.RLS + "firstAuthor"),
        year=node.integer(ns.DCTERMS + "issued"),
        journal=node.text(ns.RLS + "journal"),
        doi=node.text(ns.BIBO + "doi"),
        pmid=node.text(ns.BIBO + "pmid"),
        pmcid=node.text(ns.RLS + "pmcid"),
        url=node.text(ns.RDFS + "seeAlso"),
        file_name=node.text(ns.RLS + "fileName"),
        title_is_descriptive=node.is_true(ns.RLS + "titleIsDescriptive"),
        retracted=node.is_true(ns.RLS + "retracted"),
        same_study_as=tuple(sorted(studies.get(node.iri, ()))),
    )


def _evidence(node: _Node, sources: Mapping[str, Source]) -> Evidence:
    text_read = ns.RLS + "textRead"
    return Evidence(
        iri=node.iri,
        identifier=node.need(ns.DCTERMS + "identifier"),
        direction=node.term(ns.RLS + "direction", Direction),
        design=node.term(ns.RLS + "studyDesign", StudyDesign),
        source=node.one_of(ns.DCTERMS + "source", sources),
        sample_size=node.integer(ns.RLS + "sampleSize"),
        species=node.texts(ns.RLS + "species"),
        population=node.text(ns.RLS + "population"),
        effect=node.text(ns.RLS + "effect"),
        finding=node.text(ns.RLS + "finding"),
        limitations=node.text(ns.RLS + "limitations"),
        locator=node.text(ns.RLS + "locator"),
        text_read=node.term(text_read, TextRead) if text_read in node.values else None,
    )


def _claim(node: _Node, entities: Mapping[str, Entity], evidence: Mapping[str, Evidence]) -> Claim:
    confidence = Confidence(
        support_weight=node.number(ns.RLS + "supportWeight"),
        dispute_weight=node.number(ns.RLS + "disputeWeight"),
        alpha=node.number(ns.RLS + "alpha"),
        beta=node.number(ns.RLS + "beta"),
        score=node.number(ns.RLS + "score"),
        low=node.number(ns.RLS + "scoreLow"),
        high=node.number(ns.RLS + "scoreHigh"),
        level=node.term(ns.RLS + "confidenceLevel", ConfidenceLevel),
        is_contested=node.is_true(ns.RLS + "contested"),
    )
    return Claim(
        iri=node.iri,
        subject=node.one_of(ns.RDF + "subject", entities),
        predicate=node.term(ns.RDF + "predicate", Predicate),
        object=node.one_of(ns.RDF + "object", entities),
        evidence=node.all_of(ns.RLS + "hasEvidence", evidence),
        confidence=confidence,
    )


def _link(node: _Node, entities: Mapping[str, Entity]) -> DefinitionalLink:
    return DefinitionalLink(
        iri=node.iri,
        subject=node.one_of(ns.RDF + "subject", entities),
        kind=node.term(ns.RDF + "predicate", LinkKind),
        object=node.one_of(ns.RDF + "object", entities),
        reason=node.text(ns.RLS + "reason"),
    )


def _hypothesis(
    node: _Node,
    nodes: Mapping[str, _Node],
    entities: Mapping[str, Entity],
    claims: Mapping[str, Claim],
    sources: Mapping[str, Source],
) -> Hypothesis:
    ordered = []
    cell = node.need(ns.RLS + "claims")
    seen: set[str] = set()
    while cell != ns.RDF + "nil":
        if (listed := _list_cell(nodes, cell)) is None or cell in seen:
            raise DataError(f"{ns.compress(node.iri)}: rls:claims must be a closed list of claims")
        seen.add(cell)
        ordered.append(listed.one_of(ns.RDF + "first", claims))
        cell = listed.need(ns.RDF + "rest")
    return Hypothesis(
        iri=node.iri,
        label=node.need(ns.SKOS + "prefLabel"),
        definition=node.text(ns.SKOS + "definition"),
        starts=node.all_of(ns.RLS + "start", entities),
        end=node.one_of(ns.RLS + "end", entities),
        claims=tuple(ordered),
        status=node.term(ns.RLS + "status", HypothesisStatus),
        source=node.one_of(ns.DCTERMS + "source", sources),
        locator=node.text(ns.RLS + "locator"),
        rivals=node.texts(ns.RLS + "rivalOf"),
    )


def _expectation(node: _Node, entities: Mapping[str, Entity], sources: Mapping[str, Source]) -> Expectation:
    recorded = ns.RLS + "recordedOutcome"
    return Expectation(
        iri=node.iri,
        subject=node.one_of(ns.RDF + "subject", entities),
        predicate=node.term(ns.RDF + "predicate", Predicate),
        object=node.one_of(ns.RDF + "object", entities),
        observation=node.text(ns.RLS + "observation"),
        sources=node.all_of(ns.DCTERMS + "source", sources),
        locator=node.text(ns.RLS + "locator"),
        recorded=node.term(recorded, ExpectationOutcome) if recorded in node.values else None,
    )


def _list_cell(nodes: Mapping[str, _Node], name: str) -> _Node | None:
    node = nodes.get(name)
    return node if node is not None and ns.RDF + "first" in node.values else None
