"""Turn a knowledge graph into the plain values that the page reads: every claim and entity, each hypothesis drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer import drawing, study_data, weighing_data
from rlsgraph.explorer.claim_data import claims_data
from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.everything import lay_out_everything
from rlsgraph.explorer.hypothesis_data import hypotheses_data, influences_data, number, without_empty
from rlsgraph.explorer.level_worth import LEVEL_WORTH
from rlsgraph.explorer.words import flag_words, in_words, level_meanings
from rlsgraph.model import namespaces as ns
from rlsgraph.model.things import DefinitionalLink, Entity, Source
from rlsgraph.model.vocabulary import Predicate
from rlsgraph.reasoning.causal_path import Inheritance
from rlsgraph.reasoning.verdict import LEAST_FACTOR, TIMES_THE_OTHER
from rlsgraph.version import describe

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.reasoning.claim_support import PartSupport, Support
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

Data = dict[str, Any]

SUPPORT_STEPS = 5
"""Support between the ends of hypotheses counts paths of at most so many steps: exact within a second, and said beside it."""

_PLACES = {
    "DOI": "https://doi.org/",
    "PubMed": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMC": "https://pmc.ncbi.nlm.nih.gov/articles/",
}
"""What each kind of link to a source begins with: said once, since there are hundreds of each."""


def page_data(kg: KnowledgeGraph) -> Data:
    """Return what the page needs, as values that JSON knows."""
    claims, entities, ranked = kg.claims(), kg.entities(), kg.hypotheses()
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
        "looks": drawing.looks((*claims, *kg.links(), *(Inheritance(link, kg.profile.inheritance) for link in kg.links()))),
        "patterns": drawing.patterns(),
        "widths": drawing.widths(),
        "profile": _profile(kg),
        "weighing": weighing_data.constants(kg.profile),
        "next_study": study_data.rules(kg.profile),
        "flag_words": flag_words(kg.profile),
        "worth": LEVEL_WORTH if kg.version == describe(is_shipped=True) else {},
        "inheritance": kg.profile.inheritance,
        "predicates": {p.value: {"verb": p.verb, "polarity": int(p.polarity), "causal": p.is_causal} for p in Predicate},
        "places": _PLACES,
        "vocabularies": ns.CURIE_BASES,
        "entities": {key_of(entity.iri): _entity(entity) for entity in entities},
        "sources": {key_of(source.iri): _source(source) for source in kg.sources()},
        "links": {key_of(link.iri): _link(link) for link in kg.links()},
        "claims": claims_data(kg),
        "studies": weighing_data.studies(kg.graph_source.whole().studies),
        "hypotheses": hypotheses_data(kg),
        "question": [key_of(each.iri) for each in kg.about.question or ()],
        "influences": influences_data(kg),
        "supports": [_support(found) for found in _supports(kg, ranked)],
        "support_steps": SUPPORT_STEPS,
        "verdict": {"times": TIMES_THE_OTHER, "factor": LEAST_FACTOR},
        "everything": lay_out_everything(entities, claims, kg.links(), {entity.iri: group_word(entity) for entity in entities}),
    }


def _profile(kg: KnowledgeGraph) -> Data:
    """Return the numbers of the confidence profile that the page names."""
    profile = kg.profile
    return {
        "mass": profile.interval_mass,
        "levels": level_meanings(profile),
        "thresholds": sorted(rule.score for rule in profile.levels.values()),
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


def _supports(kg: KnowledgeGraph, ranked: Iterable[RankedHypothesis]) -> list[Support]:
    """Return the support between the ends of the graph's question and of each hypothesis, each pair once."""
    pairs = {(start.iri, each.hypothesis.end.iri) for each in ranked for start in each.hypothesis.starts}
    if kg.about.question is not None:
        start, end = kg.about.question
        pairs.add((start.iri, end.iri))
    return [kg.support(start, end, max_steps=SUPPORT_STEPS) for start, end in sorted(pairs) if start != end]


def _support(found: Support) -> Data:
    return {
        "start": key_of(found.start.iri),
        "end": key_of(found.end.iri),
        "verdict": found.judgement.verdict.value,
        "reason": found.judgement.reason.value,
        "how": found.overall.how,
        "parts": {part.part.value: _part(part) for part in found},
    }


def _part(part: PartSupport) -> Data:
    factor = part.evidence_factor
    return {
        "value": number(part.value),
        "low": number(part.low),
        "high": number(part.high),
        "floor": number(part.floor),
        "factor": None if factor is None or math.isinf(factor) else number(factor),
    }
