"""Turn claims and their evidence into plain values for the page: what is recorded, and what the library found.

The sum behind a score is not among them: the page works it out from what the items say (`weighing_data`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer import drawing, weighing_data
from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.hypothesis_data import number, without_empty
from rlsgraph.explorer.words import claim_flags, count_in_words, flag_words
from rlsgraph.model.things import Claim, Evidence
from rlsgraph.reasoning.standing import is_in_people

if TYPE_CHECKING:
    from rlsgraph.graph.contents import Contents
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

Data = dict[str, Any]

_UNSAID = frozenset(("NotStated", "NotApplicable"))


def claims_data(kg: KnowledgeGraph) -> dict[str, Data]:
    """Return every claim by its name in the page."""
    contents, words = kg.graph_source.whole(), flag_words(kg.profile)
    return {key_of(claim.iri): _claim(claim, contents, words) for claim in kg.claims()}


def _claim(claim: Claim, contents: Contents, words: Mapping[str, str]) -> Data:
    confidence = claim.confidence
    return without_empty(
        subject=key_of(claim.subject.iri),
        predicate=claim.predicate.value,
        object=key_of(claim.object.iri),
        score=round(claim.score, 9),
        low=number(claim.low),
        high=number(claim.high),
        level=claim.level.label,
        pattern=drawing.pattern_of(claim),
        flags=claim_flags(claim, words),
        counts=count_in_words((item, contents.studies.of(item.source.iri)) for item in claim.evidence),
        prior=confidence.prior,
        logit=number(confidence.logit),
        logit_sd=number(confidence.logit_sd),
        support=number(confidence.support_weight),
        dispute=number(confidence.dispute_weight),
        lines=[confidence.lines_for, confidence.lines_against],
        kin=weighing_data.kin(claim, contents.records, contents.kinship),
        items=[_item(item) for item in claim.evidence],
    )


def _item(evidence: Evidence) -> Data:
    name = key_of(evidence.iri)
    return without_empty(
        id=evidence.identifier,
        name=name if name != evidence.identifier else "",
        source=key_of(evidence.source.iri),
        species=", ".join(evidence.species),
        population=evidence.population,
        effect=evidence.effect,
        finding=evidence.finding,
        limitations=evidence.limitations,
        locator=evidence.locator,
        bound=evidence.p_is_bound,
        favours=evidence.favours.value.lower() if evidence.favours else "",
        people=is_in_people(evidence),
        made=conditions_of(evidence),
        **weighing_data.facts(evidence),
    )


def conditions_of(evidence: Evidence) -> list[str]:
    """Return in words what is stated of how a study was done, and its numbers depend on."""
    stated = [evidence.blinding, evidence.comparator, evidence.outcome_rank]
    words = [term.label for term in stated if term is not None and term.value not in _UNSAID]
    if evidence.pooled_design is None:
        return words
    return [f"pools {evidence.study_count or 'an unknown number'} ({evidence.pooled_design.label})", *words]
