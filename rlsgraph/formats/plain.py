"""Turn the model's values into plain dictionaries, for JSON."""

from __future__ import annotations

from typing import Any

from rlsgraph.formats.graph import claim_row
from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Evidence, Hypothesis, Source
from rlsgraph.model.vocabulary import Term
from rlsgraph.model.weighing.explanation import Explanation, WeighedItem
from rlsgraph.reasoning.absence import Absence
from rlsgraph.reasoning.causal_path import CausalPath, Inheritance, Step
from rlsgraph.reasoning.hypotheses import RankedHypothesis
from rlsgraph.reasoning.hypothesis_account import HypothesisAccount
from rlsgraph.reasoning.standing import Standing


def entity_dict(entity: Entity) -> dict[str, Any]:
    """Return an entity with its names and matches."""
    return {
        "iri": entity.iri,
        "label": entity.label,
        "definition": entity.definition,
        "synonyms": list(entity.synonyms),
        "category": entity.category,
        "group": entity.group,
        "matches": [{"relation": m.relation.value, "curie": m.curie, "iri": m.iri, "label": m.label} for m in entity.matches],
    }


def source_dict(source: Source) -> dict[str, Any]:
    """Return a source; what it does not show is empty or null."""
    return {
        "iri": source.iri,
        "title": source.title,
        "title_is_descriptive": source.title_is_descriptive,
        "first_author": source.first_author,
        "year": source.year,
        "journal": source.journal,
        "doi": source.doi,
        "pmid": source.pmid,
        "pmcid": source.pmcid,
        "url": source.url,
        "file_name": source.file_name,
        "retracted": source.retracted,
        "erratum": source.erratum,
        "registrations": list(source.registrations),
        "same_study_as": list(source.same_study_as),
        "likely_same_study_as": list(source.likely_same_study_as),
        "pools": list(source.pools),
        "likely_pools": list(source.likely_pools),
        "research_groups": list(source.research_groups),
    }


def _label(term: Term | None) -> str:
    return "" if term is None else term.label


def evidence_dict(item: Evidence) -> dict[str, Any]:
    """Return an evidence item, its source by IRI."""
    return {
        "iri": item.iri,
        "id": item.identifier,
        "direction": item.direction.label,
        "result": _label(item.result),
        "design": item.design.label,
        "pooled_design": _label(item.pooled_design),
        "study_count": item.study_count,
        "comparator": _label(item.comparator),
        "blinding": _label(item.blinding),
        "outcome_rank": _label(item.outcome_rank),
        "population_fit": _label(item.population_fit),
        "outcome_fit": _label(item.outcome_fit),
        "directness": _label(item.directness),
        "directness_note": item.directness_note,
        "sample_size": item.sample_size,
        "measure": _label(item.measure),
        "estimate": item.estimate,
        "interval": None if item.interval is None else list(item.interval),
        "p_value": item.p_value,
        "p_is_bound": item.p_is_bound,
        "unit": item.unit,
        "favours": _label(item.favours),
        "species": list(item.species),
        "population": item.population,
        "effect": item.effect,
        "quote": item.quote,
        "quote_role": _label(item.quote_role),
        "finding": item.finding,
        "limitations": item.limitations,
        "locator": item.locator,
        "text_read": _label(item.text_read),
        "source": item.source.iri,
        "citation": item.source.citation,
        "superseded_by": list(item.superseded_by),
    }


def claim_dict(claim: Claim) -> dict[str, Any]:
    """Return a claim with its numbers and its evidence."""
    return {
        **claim_row(claim),
        "evidence": [evidence_dict(item) for item in claim.evidence],
        "superseded": [evidence_dict(item) for item in claim.superseded],
        "superseded_by": list(claim.superseded_by),
    }


def absence_dict(absence: Absence | None) -> dict[str, Any] | None:
    """Return why there is no path; None where there is one."""
    return None if absence is None else {"reason": absence.reason.value, "steps": absence.steps, "says": str(absence)}


def link_dict(link: DefinitionalLink) -> dict[str, Any]:
    """Return a definitional link with its reason."""
    return {
        "link": link.iri,
        "subject": link.subject.label,
        "predicate": link.kind.value,
        "object": link.object.label,
        "reason": link.reason,
    }


def hypothesis_dict(hypothesis: Hypothesis) -> dict[str, Any]:
    """Return a hypothesis, its claims by IRI in order."""
    return {
        "iri": hypothesis.iri,
        "label": hypothesis.label,
        "definition": hypothesis.definition,
        "starts": [entity.label for entity in hypothesis.starts],
        "end": hypothesis.end.label,
        "status": hypothesis.status.label,
        "claims": [claim.iri for claim in hypothesis.claims],
        "source": hypothesis.source.iri,
        "locator": hypothesis.locator,
        "rivals": list(hypothesis.rivals),
    }


def path_dict(path: CausalPath) -> dict[str, Any]:
    """Return a route with its numbers and steps."""
    return {
        "joint_probability": path.joint_probability,
        "low": path.low,
        "high": path.high,
        "polarity": int(path.polarity),
        "weakest": path.weakest.iri,
        "weakest_level": path.weakest.level.label,
        "untested_steps": len(path.untested),
        "assumptions": len(path.assumptions),
        "entities": [entity.label for entity in path.entities],
        "steps": [_step_dict(step) for step in path.steps],
    }


def _step_dict(step: Step) -> dict[str, Any]:
    if isinstance(step, Claim):
        return claim_row(step)
    if isinstance(step, Inheritance):
        return {**link_dict(step.link), "assumed_with_probability": step.probability}
    return link_dict(step)


def ranked_dict(ranked: RankedHypothesis) -> dict[str, Any]:
    """Return a hypothesis with its place, its standing and its routes, best first."""
    return {
        **hypothesis_dict(ranked.hypothesis),
        "place": ranked.place,
        "standing": None if ranked.standing is None else standing_dict(ranked.standing),
        "paths": [path_dict(path) for path in ranked.paths],
    }


def standing_dict(standing: Standing) -> dict[str, Any]:
    """Return what a hypothesis is ranked by: its anchor, each step as it is read, and what speaks against it."""
    return {
        "anchor": None if standing.anchor is None else claim_row(standing.anchor),
        "weakest": standing.weakest.step.iri,
        "in_people": standing.in_people,
        "newest": standing.newest,
        "contradictions": [claim.iri for claim in standing.contradictions],
        "steps": [
            {
                "claim": reading.step.iri,
                "read_from": claim_row(reading.read),
                "by_association": reading.is_association,
                "in_people": reading.is_in_people,
            }
            for reading in standing.readings
        ],
    }


def account_dict(account: HypothesisAccount) -> dict[str, Any]:
    """Return where a hypothesis's place comes from: beside what ranks it, all ties, the factors and the neighbours."""
    factors = [
        {"assumed": str(factor), "probability": factor.probability}
        if isinstance(factor, Inheritance)
        else {"claim": factor.iri, "probability": factor.score}
        for factor in account.factors
    ]
    return {
        **ranked_dict(account.ranked),
        "places": account.places,
        "ties": [{"of": tie.entity.label, **claim_row(tie.claim)} for tie in account.ties],
        "joint_probability": account.ranked.joint_probability if account.ranked.paths else None,
        "factors": factors,
        "neighbours": [{"place": near.place, "hypothesis": near.hypothesis.label} for near in account.neighbours],
    }


def explanation_dict(explanation: Explanation) -> dict[str, Any]:
    """Return the whole ledger behind a score; weights are natural logarithms of Bayes factors."""
    ledger = explanation.ledger
    return {
        **claim_row(explanation.claim),
        "level_reason": explanation.level_reason,
        "items": [{**evidence_dict(item.evidence), **_weighed(item)} for item in explanation.items],
        "kinds": [
            {"kind": found.kind.label, "sum": found.before, "after_ceiling": found.after}
            | {"support": found.support, "dispute": found.dispute, "studies": [line.study for line in found.lines]}
            for found in ledger.kinds
        ],
        "lent": [
            {"from": lending.lender, "relation": lending.relation.words, "sum": lending.before, "lent": lending.after}
            | {"studies": [line.study for line in lending.lines], "known_already": list(lending.known), "reason": lending.reason}
            for lending in ledger.lendings
        ],
        "lent_before_bound": ledger.lent_before,
        "lent_in_all": ledger.lent,
    }


def _weighed(item: WeighedItem) -> dict[str, Any]:
    factor = item.factor
    return {
        "study": item.study,
        "kind": factor.kind.label if factor.kind else "",
        "power": factor.power,
        "bias": factor.bias,
        "insensitivity": factor.insensitivity,
        "alpha": factor.alpha,
        "factor": factor.factor,
        "indirect": list(factor.indirect),
        "weight": factor.weight,
        "counted": item.counted,
        "reason": item.reason,
    }
