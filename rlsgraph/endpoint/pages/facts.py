"""Gather what the page of a thing tells: its claims, evidence, routes, and where else it is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer.forest import forest
from rlsgraph.explorer.hypothesis_data import own_agenda
from rlsgraph.explorer.waterfall import waterfall
from rlsgraph.explorer.words import claim_flags, count_in_words, flag_words
from rlsgraph.model.things import Claim, Entity, Evidence, Hypothesis, Source
from rlsgraph.model.vocabulary import Direction, Polarity

if TYPE_CHECKING:
    from rlsgraph.endpoint.pages.things import Thing
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.model.weighing.explanation import WeighedItem
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

Facts = dict[str, Any]

MOST_CLAIMS = 200
"""A list shows no more, best score first; the rest is a query away."""

SIDES = {Direction.SUPPORTS: ("●", "For"), Direction.DISPUTES: ("○", "Against"), Direction.INCONCLUSIVE: ("◌", "Inconclusive")}
"""Mark and word of each direction, as the explorer has them."""


@dataclass(frozen=True)
class ClaimList:
    """Claims under a title: those that are shown, best score first, and how many there are."""

    title: str
    claims: tuple[Claim, ...]
    total: int


def facts_of(kg: KnowledgeGraph, thing: Thing) -> Facts:
    """Return what the page of a thing tells; the key `question` is a query that asks for the same."""
    if isinstance(thing, Entity):
        return _entity(kg, thing)
    if isinstance(thing, Claim):
        return _claim(kg, thing)
    if isinstance(thing, Source):
        return _source(kg, thing)
    if isinstance(thing, Evidence):
        return _evidence(kg, thing)
    if isinstance(thing, Hypothesis):
        return _hypothesis(kg, thing)
    return {"question": _description(thing)}


def _entity(kg: KnowledgeGraph, entity: Entity) -> Facts:
    about, onto = kg.claims(subject=entity.iri), kg.claims(object=entity.iri)
    acting = [claim for claim in onto if claim.predicate.is_causal]
    lists = (
        ("Claimed to raise it", [claim for claim in acting if claim.polarity is Polarity.RAISES]),
        ("Claimed to lower it", [claim for claim in acting if claim.polarity is Polarity.LOWERS]),
        ("Claimed to affect it, direction open", [claim for claim in acting if claim.polarity is Polarity.UNKNOWN]),
        ("What it is claimed to do", [claim for claim in about if claim.predicate.is_causal]),
        ("Claimed to go with it", [claim for claim in (*about, *onto) if not claim.predicate.is_causal]),
    )
    return {
        "lists": [_by_score(title, claims) for title, claims in lists if claims],
        "links": [link for link in kg.links() if entity in (link.subject, link.object)],
        "hypotheses": [ranked for ranked in kg.hypotheses() if entity in _entities_of(ranked.hypothesis)],
        "question": (
            f"SELECT ?claim ?score ?level {{\n  VALUES ?entity {{ <{entity.iri}> }}\n"
            "  ?claim a rls:Claim ; (rdf:subject|rdf:object) ?entity ;\n"
            "    rls:score ?score ; rls:confidenceLevel/skos:prefLabel ?level .\n"
            "} ORDER BY DESC(?score)"
        ),
    }


def _by_score(title: str, claims: Sequence[Claim]) -> ClaimList:
    ranked = sorted(claims, key=lambda claim: (-claim.score, claim.iri))
    return ClaimList(title, tuple(ranked[:MOST_CLAIMS]), len(claims))


def _entities_of(hypothesis: Hypothesis) -> set[Entity]:
    ends = {end for claim in hypothesis.claims for end in (claim.subject, claim.object)}
    return ends | {*hypothesis.starts, hypothesis.end}


def _claim(kg: KnowledgeGraph, claim: Claim) -> Facts:
    explanation = kg.explain(claim)
    standing = [item for item in explanation.items if not item.evidence.superseded_by]
    ends = claim.subject.iri, claim.object.iri
    beside = (*kg.claims(subject=ends[0], object=ends[1]), *kg.claims(subject=ends[1], object=ends[0]))
    return {
        "explanation": explanation,
        "lenders": {lending.lender: kg.claim(lending.lender) for lending in explanation.ledger.lendings},
        "flags": claim_flags(claim, flag_words(kg.profile)),
        "scales": forest(standing),
        "fall": waterfall(explanation.ledger, kg.profile),
        "counts": count_in_words((item.evidence, item.study) for item in standing),
        "sides": _sides(explanation.items),
        "beside": _by_score("Also claimed of the two", [other for other in beside if other != claim]),
        "hypotheses": [ranked for ranked in kg.hypotheses() if claim in ranked.hypothesis.claims],
        "question": (
            "SELECT ?item ?direction ?design ?n ?finding ?source {\n"
            f"  <{claim.iri}> rls:hasEvidence ?evidence .\n"
            "  ?evidence dcterms:identifier ?item ; rls:direction/skos:prefLabel ?direction ;\n"
            "    rls:studyDesign/skos:prefLabel ?design ; dcterms:source/dcterms:title ?source .\n"
            "  OPTIONAL { ?evidence rls:sampleSize ?n }\n  OPTIONAL { ?evidence rls:finding ?finding }\n"
            "} ORDER BY ?direction ?item"
        ),
    }


def _sides(items: Iterable[WeighedItem]) -> list[tuple[str, str, list[WeighedItem]]]:
    """Return mark, word and items of each direction that has any."""
    weighed = list(items)
    sides = [(mark, word, [i for i in weighed if i.evidence.direction is side]) for side, (mark, word) in SIDES.items()]
    return [side for side in sides if side[2]]


def _claims_by_item(kg: KnowledgeGraph, pattern: str) -> dict[str, list[Claim]]:
    """Return the claims that evidence items bear on, by the items' IRIs; `pattern` says which `?item` are meant."""
    bears = "?claim a rls:Claim ; rls:hasEvidence|rls:supersededEvidence ?item"
    rows = kg.query_text(f"SELECT DISTINCT ?item ?claim {{ {pattern} {bears} }} ORDER BY ?item ?claim")
    claims: dict[str, list[Claim]] = {}
    for row in rows:
        claims.setdefault(row["item"].value, []).append(kg.claim(row["claim"].value))
    return claims


def _source(kg: KnowledgeGraph, source: Source) -> Facts:
    items = kg.evidence(source=source.iri)
    claims = _claims_by_item(kg, f"?item dcterms:source <{source.iri}> .")
    by_claim: dict[Claim, list[Evidence]] = {}
    for item in items:
        for claim in claims.get(item.iri, ()):
            by_claim.setdefault(claim, []).append(item)
    return {
        "items": items,
        "by_claim": sorted(by_claim.items(), key=lambda pair: (-pair[0].score, pair[0].iri)),
        "hypotheses": [ranked for ranked in kg.hypotheses() if ranked.hypothesis.source == source],
        "question": (
            "SELECT ?claim ?item ?direction ?finding {\n"
            f"  ?evidence dcterms:source <{source.iri}> ; dcterms:identifier ?item ; rls:direction/skos:prefLabel ?direction .\n"
            "  ?claim rls:hasEvidence ?evidence .\n  OPTIONAL { ?evidence rls:finding ?finding }\n"
            "} ORDER BY ?claim ?item"
        ),
    }


def _evidence(kg: KnowledgeGraph, evidence: Evidence) -> Facts:
    claims = _claims_by_item(kg, f"VALUES ?item {{ <{evidence.iri}> }}").get(evidence.iri, [])
    weighed = [(claim, item) for claim in claims for item in kg.explain(claim).items if item.evidence == evidence]
    return {"weighed": weighed, "question": _description(evidence)}


def _hypothesis(kg: KnowledgeGraph, hypothesis: Hypothesis) -> Facts:
    ranked: dict[str, RankedHypothesis] = {ranked.hypothesis.iri: ranked for ranked in kg.hypotheses()}
    own = ranked[hypothesis.iri]
    part = kg.graph_source.hypotheses()
    agenda = own_agenda(own, part.claim_graph, lambda iri: part.explain(iri, kg.profile)) if own.paths else None
    return {
        "agenda": agenda,
        "ranked": own,
        "of": sum(each.place is not None for each in ranked.values()),
        "rivals": [ranked[iri] for iri in hypothesis.rivals if iri in ranked],
        "off_route": [claim for claim in hypothesis.claims if not any(claim in path.claims for path in own.paths)],
        "question": (
            "SELECT ?claim ?score ?level {\n"
            f"  <{hypothesis.iri}> rls:claims/rdf:rest*/rdf:first ?claim .\n"
            "  ?claim rls:score ?score ; rls:confidenceLevel/skos:prefLabel ?level .\n"
            "} ORDER BY ?score"
        ),
    }


def _description(thing: Thing) -> str:
    return f"SELECT ?property ?value {{\n  <{thing.iri}> ?property ?value .\n}} ORDER BY ?property ?value"
