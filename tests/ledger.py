"""Read the evidence ledger and the asserted triples in the same words, so that the one can be held against the other."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.model.study_terms import Blinding, Comparator, OutcomeRank, Result
from rlsgraph.model.vocabulary import Direction, StudyDesign, Term
from rlsgraph.triples import resources
from tests.helpers.graphs import LEDGER, ROOT

Facts = dict[str, list[str]]
Row = Mapping[str, Any]
CHECKSUMS = ROOT / "tests" / "ledger_checksums.txt"


def by_label(terms: type[Term], **others: str) -> dict[str, str]:
    return {**{term.label: str(term.value) for term in terms}, **{word.replace("_", " "): name for word, name in others.items()}}


WORDS: dict[str, dict[str, str]] = {
    "direction": by_label(Direction),
    "design": by_label(StudyDesign),
    "pooled_design": by_label(StudyDesign),
    "result": by_label(Result),
    "comparator": {
        **by_label(Comparator, active="ActiveTreatment", dose="AnotherDose", none="NoComparator"),
        "before-after": "BeforeAfter",
    },
    "blinding": by_label(Blinding, double="DoubleBlind", single="SingleBlind", open="OpenLabel"),
    "outcome_rank": by_label(OutcomeRank, primary="PrimaryOutcome", secondary="SecondaryOutcome"),
    "population_fit": {
        "same": "SamePopulation",
        "related": "RelatedPopulation",
        "other species": "OtherSpecies",
        "cells": "CellsOnly",
        "not applicable": "NotApplicable",
    },
    "outcome_fit": {"same": "SameOutcome", "surrogate": "SurrogateOutcome", "other": "OtherOutcome"},
    "measure": {
        "OR": "OddsRatio",
        "RR": "RiskRatio",
        "HR": "HazardRatio",
        "MD": "MeanDifference",
        "mean change difference": "MeanChangeDifference",
        "SMD": "StandardisedMeanDifference",
        "r": "CorrelationCoefficient",
        "beta": "RegressionCoefficient",
        "percent": "Percentage",
        "other": "OtherMeasure",
    },
    "better": {"higher": "Higher", "lower": "Lower"},
    "read": {"abstract": "Abstract", "secondary page": "SecondaryPage", "excerpt": "Excerpt", "full text": "FullText"},
}
"""The ledger's words for the closed sets, and the term of each."""

EVIDENCE = {
    "id": "identifier",
    "source": "source",
    "design": "studyDesign",
    "better": "favours",
    "read": "textRead",
    "n": "sampleSize",
    "n_is_approximate": "sampleSizeIsApproximate",
    "studies": "studyCount",
    "ci_low": "intervalLow",
    "ci_high": "intervalHigh",
    "p": "pValue",
    "p_is_bound": "isBound",
    "directness": "directnessNote",
    "pooled_design": "pooledDesign",
    "outcome_rank": "outcomeRank",
    "population_fit": "populationFit",
    "outcome_fit": "outcomeFit",
    **{name: name for name in ("direction", "result", "comparator", "blinding", "measure", "estimate", "unit", "effect")},
    **{name: name for name in ("species", "population", "finding", "limitations", "locator")},
}
"""The property of each field that an item's own node carries; arithmetic (`derived`) is compared by itself."""

SOURCE = {
    "title": "title",
    "first_author": "firstAuthor",
    "year": "issued",
    "journal": "journal",
    "doi": "doi",
    "pmid": "pmid",
    "pmcid": "pmcid",
    "url": "seeAlso",
    "erratum": "erratum",
    "preprint_of": "preprintOf",
}


def rows(name: str) -> list[Row]:
    """Return the ledger's rows; the tests that call this are skipped where it is not beside the checkout."""
    return [json.loads(line) for line in (LEDGER / f"{name}.jsonl").read_text("utf-8").splitlines()]


def name_of(iri: str) -> str:
    """Return the local name of an IRI of the project, or what a well-known one ends with."""
    for base in (ns.RLS, ns.ENTITY, ns.CLAIM, ns.EVIDENCE, ns.SOURCE, ns.DCTERMS, ns.BIBO, ns.RDFS, ns.SKOS):
        if iri.startswith(base):
            return iri.removeprefix(base)
    return iri


def written(value: Any) -> str:
    """Return a value in one form, whether it comes from JSON or from Turtle: 5, 5.0 and 5.0e0 are one number."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(float(value))
    if isinstance(value, ox.NamedNode):
        return name_of(value.value)
    if isinstance(value, ox.Literal) and value.datatype.value.rpartition("#")[2] in ("integer", "decimal", "double"):
        return repr(float(value.value))
    return str(getattr(value, "value", value))


@cache
def asserted() -> Mapping[str, Facts]:
    """What the shipped files say of each evidence item, source and entity, by its local name; an item names its claim too."""
    found: dict[str, Facts] = defaultdict(lambda: defaultdict(list))
    for path in resources.data_files():
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject, predicate = str(getattr(triple.subject, "value", "")), name_of(triple.predicate.value)
            found[name_of(subject)][predicate].append(written(triple.object))
            if predicate == "hasEvidence":
                found[written(triple.object)]["claim"].append(name_of(subject))
    return {name: {predicate: sorted(values) for predicate, values in facts.items()} for name, facts in found.items()}


def expected(row: Row) -> Facts:
    """Return what an item's node must say, by the ledger's row; what was worked out stands where nothing was printed."""
    worked_out = row.get("derived")
    row = {**(worked_out if isinstance(worked_out, dict) else {}), **row}
    facts = {
        EVIDENCE[field]: [WORDS[field][row[field]] if field in WORDS else written(row[field])]
        for field in EVIDENCE
        if field in row
    }
    facts["species"] = sorted(row["species"].split(", "))
    facts["claim"] = [".".join((row["subject"], row["predicate"], row["object"]))]
    return facts


def chosen(facts: Facts, properties: Iterable[str]) -> Facts:
    return {name: facts[name] for name in sorted(properties) if name in facts}


def fingerprint(facts: Facts) -> str:
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def evidence_line(name: str) -> str:
    """Return the checksum of an evidence item: of its claim and of all that the ledger could say of it."""
    return f"evidence {name} {fingerprint(chosen(asserted()[name], {*EVIDENCE.values(), 'claim', 'workedOut'}))}"


def source_line(name: str, properties: str) -> str:
    """Return the checksum of a source: of those properties alone that the ledger knows, so that others may be found later."""
    return f"source {name} {properties} {fingerprint(chosen(asserted()[name], properties.split('+')))}"


def relation_lines() -> set[str]:
    kinds = ("pools", "likelyPools", "sameStudyAs", "likelySameStudyAs")
    return {
        f"relation {name} {kind} {other}" for name, facts in asserted().items() for kind in kinds for other in facts.get(kind, ())
    }
