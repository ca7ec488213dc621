"""Write all evidence as one flat table, with identifiers and documents: for spreadsheets and statistics."""

from __future__ import annotations

from rlsgraph.formats.csv_text import to_csv
from rlsgraph.formats.exchange.content import Content
from rlsgraph.model.things import Claim, Evidence, Source
from rlsgraph.model.vocabulary import Term

COLUMNS = (
    "claim", "subject_id", "subject", "predicate", "object_id", "object", "score", "level",
    "evidence", "direction", "result", "design", "sample_size", "species", "measure", "estimate", "low", "high", "p_value",
    "finding", "limitations", "locator", "source", "citation", "year", "doi", "pmid", "pmcid", "url", "retracted",
    "title", "first_author", "journal", "registrations", "erratum", "pooled_design", "studies", "comparator", "blinding",
    "outcome_rank", "population_fit", "outcome_fit", "directness", "directness_note", "population", "p_is_bound", "unit",
    "favours", "effect", "quote", "quote_role", "text_read", "research_groups",
)  # fmt: skip
"""`rlsgraph import` reads a row back; a test holds that it knows each of these."""


def evidence_csv(content: Content) -> str:
    """Return a row for each evidence item, and one without item for each claim that has none."""
    rows: list[dict[str, object]] = []
    for claim in content.claims:
        said = _claim(claim, content)
        rows += [said | _item(item) for item in claim.evidence] or [said]
    return to_csv(COLUMNS, rows)


def _claim(claim: Claim, content: Content) -> dict[str, object]:
    return {
        "claim": claim.iri,
        "subject_id": content.identifiers[claim.subject.iri],
        "subject": claim.subject.label,
        "predicate": claim.predicate.value,
        "object_id": content.identifiers[claim.object.iri],
        "object": claim.object.label,
        "score": claim.score,
        "level": claim.level.label,
    }


def _item(item: Evidence) -> dict[str, object]:
    low, high = item.interval or ("", "")
    return {
        "evidence": item.iri,
        "direction": item.direction.label,
        "result": _label(item.result),
        "design": item.design.label,
        "sample_size": item.sample_size,
        "species": "; ".join(item.species),
        "population": item.population,
        "pooled_design": _label(item.pooled_design),
        "studies": item.study_count,
        "comparator": _label(item.comparator),
        "blinding": _label(item.blinding),
        "outcome_rank": _label(item.outcome_rank),
        "population_fit": _label(item.population_fit),
        "outcome_fit": _label(item.outcome_fit),
        "directness": _label(item.directness),
        "directness_note": item.directness_note,
        "measure": _label(item.measure),
        "estimate": item.estimate,
        "low": low,
        "high": high,
        "p_value": item.p_value,
        "p_is_bound": item.p_is_bound or "",
        "unit": item.unit,
        "favours": _label(item.favours),
        "effect": item.effect,
        "finding": item.finding,
        "limitations": item.limitations,
        "quote": item.quote,
        "quote_role": _label(item.quote_role),
        "locator": item.locator,
        "text_read": _label(item.text_read),
        **_source(item.source),
    }


def _source(source: Source) -> dict[str, object]:
    return {
        "source": source.iri,
        "citation": source.citation,
        "title": source.title,
        "first_author": source.first_author,
        "year": source.year,
        "journal": source.journal,
        "doi": source.doi,
        "pmid": source.pmid,
        "pmcid": source.pmcid,
        "url": source.url,
        "registrations": "; ".join(source.registrations),
        "research_groups": "; ".join(source.research_groups),
        "retracted": source.retracted,
        "erratum": source.erratum,
    }


def _label(term: Term | None) -> str:
    return "" if term is None else term.label
