"""Turn a knowledge graph into the plain values that the page reads: every claim and entity, each hypothesis drawn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rlsgraph.explorer import drawing
from rlsgraph.explorer.claim_data import Data, claims_data, rounded, without_empty
from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.everything import lay_out_everything
from rlsgraph.model import namespaces as ns
from rlsgraph.model.things import DefinitionalLink, Entity, Source, slug_of
from rlsgraph.model.vocabulary import Predicate
from rlsgraph.reasoning.claim_graph import INHERITANCE

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

SUPPORT_STEPS = 5
"""Paths of so many steps are counted in the supports that the page carries: more would take longer than all the rest of it."""

_PLACES = {
    "DOI": "https://doi.org/",
    "PubMed": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMC": "https://pmc.ncbi.nlm.nih.gov/articles/",
}
"""What each kind of link to a source begins with: said once, since there are hundreds of each."""


def page_data(kg: KnowledgeGraph) -> Data:
    """Return what the page needs, as values that JSON knows."""
    claims, entities = kg.claims(), kg.entities()
    return {
        "version": kg.version,
        "base": ns.BASE,
        "counts": {
            "entities": len(entities),
            "claims": len(claims),
            "evidence": len(kg.evidence()),
            "sources": len(kg.sources()),
        },
        "options": drawing.options(),
        "looks": drawing.looks((*claims, *kg.links())),
        "patterns": drawing.patterns(),
        "widths": drawing.widths(),
        "profile": _profile(kg),
        "predicates": {p.value: {"verb": p.verb, "polarity": int(p.polarity), "causal": p.is_causal} for p in Predicate},
        "places": _PLACES,
        "vocabularies": ns.CURIE_BASES,
        "entities": {key_of(entity.iri): _entity(entity) for entity in entities},
        "sources": {key_of(source.iri): _source(source) for source in kg.sources()},
        "links": {key_of(link.iri): _link(link) for link in kg.links()},
        **claims_data(kg, claims),
        "hypotheses": [_hypothesis(ranked) for ranked in kg.hypotheses()],
        "supports": _supports(kg),
        "inheritance": INHERITANCE,
        "everything": lay_out_everything(entities, claims, kg.links(), {entity.iri: group_word(entity) for entity in entities}),
    }


def _profile(kg: KnowledgeGraph) -> Data:
    """Return the numbers of the confidence profile that the page names."""
    profile = kg.profile
    return {
        "mass": profile.interval_mass,
        "thresholds": sorted(rule.score for rule in profile.levels.values()),
        "most_lent": profile.most_lent,
    }


def _entity(entity: Entity) -> Data:
    return without_empty(
        label=entity.label,
        definition=entity.definition,
        synonyms=list(entity.synonyms),
        category=in_words(entity.category),
        group=group_word(entity),
        matches=[[match.relation.value, match.curie, match.label] for match in entity.matches],
    )


def group_word(entity: Entity) -> str:
    """Return the entity's group as a word, e.g. `gut`; empty where it has none."""
    return in_words(entity.group).removesuffix(" group")


def in_words(iri: str) -> str:
    """Return the local name of an IRI or CURIE in lower-case words."""
    local = slug_of(iri).split(":")[-1]
    return "".join(f" {c.lower()}" if c.isupper() else c for c in local).strip()


def _source(source: Source) -> Data:
    return without_empty(
        citation=source.citation,
        author=source.first_author,
        title=source.title,
        descriptive=source.title_is_descriptive,
        journal=source.journal,
        year=source.year,
        retracted=source.retracted,
        links=[[name, address.removeprefix(_PLACES.get(name, ""))] for name, address in source.links],
    )


def _link(link: DefinitionalLink) -> Data:
    return {
        "subject": key_of(link.subject.iri),
        "kind": link.kind.value,
        "verb": link.kind.verb,
        "object": key_of(link.object.iri),
        "polarity": int(link.kind.polarity),
        "reason": link.reason,
    }


def _hypothesis(ranked: RankedHypothesis) -> Data:
    hypothesis = ranked.hypothesis
    legs, left_out = drawing.choose_legs(ranked)
    picture = drawing.draw(legs)
    seats = {node["id"]: (node["x"], node["y"]) for node in picture["nodes"]}
    return without_empty(
        id=key_of(hypothesis.iri),
        label=hypothesis.label,
        definition=hypothesis.definition,
        status=hypothesis.status.label,
        source=key_of(hypothesis.source.iri),
        locator=hypothesis.locator,
        rivals=[key_of(rival) for rival in hypothesis.rivals],
        starts=[key_of(start.iri) for start in hypothesis.starts],
        end=key_of(hypothesis.end.iri),
        paths=len(ranked.paths),
        steps=sorted((drawing.step_id(leg.step) for leg in legs), key=seats.__getitem__),
        left_out=left_out,
        drawing=picture,
        **(_standing(ranked) if ranked.standing else {}),
    )


def _standing(ranked: RankedHypothesis) -> Data:
    """Return what a hypothesis is ranked by, and the joint probability of its best route."""
    standing = ranked.standing
    assert standing is not None
    weakest = standing.weakest
    return {
        "place": ranked.place,
        "joint": rounded(ranked.joint_probability),
        "low": rounded(ranked.low),
        "high": rounded(ranked.high),
        "polarity": int(ranked.polarity),
        "anchor": key_of(standing.anchor.iri) if standing.anchor else "",
        "weakest": key_of(weakest.step.iri),
        "weakest_read": key_of(weakest.read.iri) if weakest.is_association else "",
        "in_people": [sum(reading.is_in_people for reading in standing.readings), len(standing.readings)],
        "opposed": len(standing.contradictions),
        "newest": standing.newest,
    }


def _supports(kg: KnowledgeGraph) -> list[Data]:
    """Return for the ends of each hypothesis what the evidence makes of the question as a whole, within few steps."""
    pairs = sorted({(start.iri, r.hypothesis.end.iri) for r in kg.hypotheses() for start in r.hypothesis.starts})
    found = []
    for start, end in pairs:
        if start == end:
            continue
        support = kg.support(start, end, max_steps=SUPPORT_STEPS, samples=10_000)
        found.append(
            {
                "start": key_of(start),
                "end": key_of(end),
                "steps": SUPPORT_STEPS,
                "verdict": support.judgement.verdict.value,
                "reason": support.judgement.reason.value,
                "parts": [
                    [part.part.value, rounded(part.value), rounded(part.floor), _factor(part.evidence_factor)] for part in support
                ],
            }
        )
    return found


def _factor(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else rounded(value)
