"""Read the model's values out of a store that holds asserted and derived triples."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.model.node import Node, read_nodes
from rlsgraph.model.study_reading import read_facts
from rlsgraph.model.study_terms import Favours, QuoteRole
from rlsgraph.model.superseded import SupersededClaim
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
    ExpectationOutcome,
    HypothesisStatus,
    LinkKind,
    MatchRelation,
    Predicate,
)
from rlsgraph.model.weighing.kinship import ClaimKey
from rlsgraph.model.weighing.studies import find_papers, spread_retractions


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
    superseded_evidence: Mapping[str, Evidence] = field(default_factory=dict)
    superseded_claims: Mapping[str, SupersededClaim] = field(default_factory=dict)

    @cached_property
    def iri_by_key(self) -> Mapping[ClaimKey, str]:
        """The claim of each subject, predicate and object."""
        return {(claim.subject.iri, claim.predicate, claim.object.iri): iri for iri, claim in self.claims.items()}


def read_records(store: ox.Store) -> Records:
    """Return every value in the store; raises `DataError` where a thing lacks what the model needs."""
    nodes = read_nodes(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    labels = {iri: node.first_text(ns.RDFS + "label") for iri, node in nodes.items() if ns.RDFS + "label" in node.values}
    by_type: dict[str, list[Node]] = defaultdict(list)
    for iri in sorted(nodes):
        for kind in nodes[iri].values.get(ns.RDF + "type", ()):
            by_type[kind.value].append(nodes[iri])
    same, likely = (_both_ways(by_type[ns.RLS + "Source"], ns.RLS + name) for name in ("sameStudyAs", "likelySameStudyAs"))
    known = KnownThings(nodes, {}, labels, same, likely)
    for kind, read in READERS.items():
        found = {node.iri: read(node, known) for node in by_type[ns.RLS + kind]}
        known.things[kind] = _with_retractions(found) if kind == "Source" else found
    return Records(**{_FIELDS[kind]: things for kind, things in known.things.items()})


@dataclass(frozen=True)
class KnownThings:
    """What reading a thing needs to know of others: their nodes, the things by kind and IRI, outside labels, kindred sources."""

    nodes: Mapping[str, Node]
    things: dict[str, Mapping[str, Any]]
    labels: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, set[str]] = field(default_factory=dict)
    likely: Mapping[str, set[str]] = field(default_factory=dict)


def _entity(node: Node, labels: Mapping[str, str]) -> Entity:
    matches = tuple(Match(relation, iri, labels.get(iri, "")) for relation in MatchRelation for iri in node.texts(relation.iri))
    return Entity(
        iri=node.iri,
        label=node.label(ns.SKOS + "prefLabel"),
        definition=node.text(ns.SKOS + "definition"),
        synonyms=tuple(sorted({*node.texts(ns.SKOS + "altLabel"), *node.other_texts(ns.SKOS + "prefLabel")})),
        category=ns.compress(node.text(ns.RLS + "category")),
        group=ns.group_name(node.text(ns.RLS + "group")),
        matches=matches,
    )


def _both_ways(sources: Iterable[Node], relation: str) -> Mapping[str, set[str]]:
    """Return a relation from both of its ends: it is symmetric, and written once."""
    same: dict[str, set[str]] = defaultdict(set)
    for node in sources:
        for other in node.texts(relation):
            same[node.iri].add(other)
            same[other].add(node.iri)
    return same


def _with_retractions(sources: dict[str, Source]) -> dict[str, Source]:
    """Return the sources; each whose paper another one says to be retracted is retracted too."""
    said = [source.iri for source in sources.values() if source.retracted]
    papers = find_papers(named for source in sources.values() for named in source.identifiers) if said else {}
    gone = spread_retractions(said, papers)
    return {iri: replace(source, retracted=True) if iri in gone else source for iri, source in sources.items()}


def _source(node: Node, studies: Mapping[str, set[str]], likely_studies: Mapping[str, set[str]]) -> Source:
    return Source(
        iri=node.iri,
        title=node.label(ns.DCTERMS + "title"),
        first_author=node.text(ns.RLS + "firstAuthor"),
        year=node.maybe_year(ns.DCTERMS + "issued"),
        journal=node.text(ns.RLS + "journal"),
        doi=node.text(ns.BIBO + "doi"),
        pmid=node.text(ns.BIBO + "pmid"),
        pmcid=node.text(ns.RLS + "pmcid"),
        url=node.first_text(ns.RDFS + "seeAlso"),
        file_name=node.text(ns.RLS + "fileName"),
        title_is_descriptive=node.boolean(ns.RLS + "titleIsDescriptive"),
        retracted=node.boolean(ns.RLS + "retracted"),
        erratum=node.text(ns.RLS + "erratum"),
        registrations=node.texts(ns.RLS + "registration"),
        same_study_as=tuple(sorted(studies.get(node.iri, ()))),
        likely_same_study_as=tuple(sorted(likely_studies.get(node.iri, ()))),
        pools=node.texts(ns.RLS + "pools"),
        likely_pools=node.texts(ns.RLS + "likelyPools"),
        research_groups=node.texts(ns.RLS + "researchGroup"),
    )


def _evidence(node: Node, sources: Mapping[str, Source]) -> Evidence:
    facts = read_facts(node)
    return Evidence(
        iri=node.iri,
        identifier=node.need(ns.DCTERMS + "identifier"),
        source=node.one_of(ns.DCTERMS + "source", sources),
        species=node.texts(ns.RLS + "species"),
        population=node.text(ns.RLS + "population"),
        effect=node.text(ns.RLS + "effect"),
        finding=node.text(ns.RLS + "finding"),
        limitations=node.text(ns.RLS + "limitations"),
        locator=node.text(ns.RLS + "locator"),
        directness_note=node.text(ns.RLS + "directnessNote"),
        p_is_bound=node.boolean(ns.RLS + "isBound"),
        favours=node.maybe_term(ns.RLS + "favours", Favours),
        quote=node.text(ns.RLS + "quote"),
        quote_role=node.maybe_term(ns.RLS + "quoteRole", QuoteRole),
        superseded_by=node.texts(ns.RLS + "supersededBy"),
        **facts.fields(),
    )


def read_claim_parts(node: Node, known: KnownThings) -> dict[str, Any]:
    """Return what files say of a claim; all else of it is derived."""
    entities = known.things["Entity"]
    return {
        "subject": node.one_of(ns.RDF + "subject", entities),
        "predicate": node.term(ns.RDF + "predicate", Predicate),
        "object": node.one_of(ns.RDF + "object", entities),
        "evidence": node.all_of(ns.RLS + "hasEvidence", known.things["Evidence"]),
        "superseded": node.all_of(ns.RLS + "supersededEvidence", known.things["SupersededEvidence"]),
    }


def _superseded_claim(node: Node, known: KnownThings) -> SupersededClaim:
    """Return a superseded claim with the items that were its evidence when it was set aside: those not superseded before."""
    said = read_claim_parts(node, known)
    items = tuple(item for item in said.pop("superseded") if item is None or not item.superseded_by)
    return SupersededClaim(node.iri, **{**said, "evidence": items}, superseded_by=node.texts(ns.RLS + "supersededBy"))


def _claim(node: Node, known: KnownThings) -> Claim:
    def number(name: str, low: float = 0.0, high: float = 1.0) -> float:
        return node.number(ns.RLS + name, low, high)

    def lines(name: str) -> int:
        return node.maybe_whole(ns.RLS + name) or 0

    confidence = Confidence(
        score=number("score"),
        low=number("scoreLow"),
        high=number("scoreHigh"),
        logit=number("logit", -math.inf, math.inf),
        logit_sd=number("logitSd", 0.0, math.inf),
        prior=number("prior"),
        support_weight=number("supportWeight", 0.0, math.inf),
        dispute_weight=number("disputeWeight", 0.0, math.inf),
        level=node.term(ns.RLS + "confidenceLevel", ConfidenceLevel),
        lines_for=lines("linesFor"),
        lines_against=lines("linesAgainst"),
        is_contested=node.boolean(ns.RLS + "contested"),
        is_untested=node.boolean(ns.RLS + "untested"),
        is_single_study=node.boolean(ns.RLS + "singleStudy"),
        is_not_in_people=node.boolean(ns.RLS + "notInPeople"),
        is_only_lent=node.boolean(ns.RLS + "onlyLent"),
    )
    return Claim(iri=node.iri, confidence=confidence, **read_claim_parts(node, known))


def _link(node: Node, entities: Mapping[str, Entity]) -> DefinitionalLink:
    return DefinitionalLink(
        iri=node.iri,
        subject=node.one_of(ns.RDF + "subject", entities),
        kind=node.term(ns.RDF + "predicate", LinkKind),
        object=node.one_of(ns.RDF + "object", entities),
        reason=node.text(ns.RLS + "reason"),
    )


def _hypothesis(node: Node, known: KnownThings) -> Hypothesis:
    entities = known.things["Entity"]
    ordered = []
    cell = node.thing(ns.RLS + "claims")
    seen: set[str] = set()
    while cell != ns.RDF + "nil":
        if (listed := _list_cell(known.nodes, cell)) is None or cell in seen:
            raise node.refuse(ns.RLS + "claims", "must be a closed list of claims")
        seen.add(cell)
        member = Node(node.iri, listed.values)  # an error names the hypothesis, as a cell of a list has no name
        ordered.append(member.one_of(ns.RDF + "first", known.things["Claim"]))
        cell = member.thing(ns.RDF + "rest")
    return Hypothesis(
        iri=node.iri,
        label=node.label(ns.SKOS + "prefLabel"),
        definition=node.text(ns.SKOS + "definition"),
        starts=node.all_of(ns.RLS + "start", entities),
        end=node.one_of(ns.RLS + "end", entities),
        claims=tuple(ordered),
        status=node.term(ns.RLS + "status", HypothesisStatus),
        source=node.one_of(ns.DCTERMS + "source", known.things["Source"]),
        locator=node.text(ns.RLS + "locator"),
        rivals=node.texts(ns.RLS + "rivalOf"),
    )


def _expectation(node: Node, entities: Mapping[str, Entity], sources: Mapping[str, Source]) -> Expectation:
    return Expectation(
        iri=node.iri,
        subject=node.one_of(ns.RDF + "subject", entities),
        predicate=node.term(ns.RDF + "predicate", Predicate),
        object=node.one_of(ns.RDF + "object", entities),
        observation=node.text(ns.RLS + "observation"),
        sources=node.all_of(ns.DCTERMS + "source", sources),
        locator=node.text(ns.RLS + "locator"),
        recorded=node.maybe_term(ns.RLS + "recordedOutcome", ExpectationOutcome),
    )


def _list_cell(nodes: Mapping[str, Node], name: str) -> Node | None:
    node = nodes.get(name)
    return node if node is not None and ns.RDF + "first" in node.values else None


READERS: dict[str, Callable[[Node, KnownThings], Any]] = {
    "Entity": lambda node, known: _entity(node, known.labels),
    "Source": lambda node, known: _source(node, known.same, known.likely),
    "Evidence": lambda node, known: _evidence(node, known.things["Source"]),
    "SupersededEvidence": lambda node, known: _evidence(node, known.things["Source"]),
    "Claim": lambda node, known: _claim(node, known),
    "DefinitionalLink": lambda node, known: _link(node, known.things["Entity"]),
    "Hypothesis": lambda node, known: _hypothesis(node, known),
    "Expectation": lambda node, known: _expectation(node, known.things["Entity"], known.things["Source"]),
    "SupersededClaim": lambda node, known: _superseded_claim(node, known),
}
"""How a thing of each class is read: first what others name."""

_FIELDS = {
    "Entity": "entities",
    "Source": "sources",
    "Evidence": "evidence",
    "SupersededEvidence": "superseded_evidence",
    "Claim": "claims",
    "DefinitionalLink": "links",
    "Hypothesis": "hypotheses",
    "Expectation": "expectations",
    "SupersededClaim": "superseded_claims",
}
"""The field of `Records` that holds the things of each class."""
