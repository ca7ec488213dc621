"""Write all evidence as one flat table, with identifiers and documents: for spreadsheets and statistics."""

from __future__ import annotations

from rlsgraph.formats.csv_text import to_csv
from rlsgraph.formats.exchange.content import Content
from rlsgraph.model.things import Claim, Evidence

COLUMNS = (
    "claim", "subject_id", "subject", "predicate", "object_id", "object", "score", "level",
    "evidence", "direction", "result", "design", "sample_size", "species", "measure", "estimate", "low", "high", "p_value",
    "finding", "limitations", "locator", "source", "citation", "year", "doi", "pmid", "pmcid", "url", "retracted",
)  # fmt: skip


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
    source = item.source
    return {
        "evidence": item.iri,
        "direction": item.direction.label,
        "result": item.result.label if item.result else "",
        "design": item.design.label,
        "sample_size": item.sample_size,
        "species": "; ".join(item.species),
        "measure": item.measure.label if item.measure else "",
        "estimate": item.estimate,
        "low": low,
        "high": high,
        "p_value": item.p_value,
        "finding": item.finding,
        "limitations": item.limitations,
        "locator": item.locator,
        "source": source.iri,
        "citation": source.citation,
        "year": source.year,
        "doi": source.doi,
        "pmid": source.pmid,
        "pmcid": source.pmcid,
        "url": source.url,
        "retracted": source.retracted,
    }
