"""Turn the answers of the reasoning into rows, and rows into JSON values, CSV and Turtle."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from rlsgraph.formats.csv_text import to_csv
from rlsgraph.model import namespaces as ns
from rlsgraph.model.decimals import plain
from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Evidence, Expectation, Hypothesis, Source

if TYPE_CHECKING:
    from rdflib.term import Node

Row = Mapping[str, Any]

_THINGS = Claim | DefinitionalLink | Entity | Evidence | Expectation | Hypothesis | Source

TERMS = {
    "place": "place",
    "start": "from",
    "end": "to",
    "max_steps": "maxSteps",
    "part": "supportPart",
    "kind": "kind",
    "statement": "statement",
    "about": "about",
    "detail": "detail",
    "claim": "ofClaim",
    "claims": "ofClaims",
    "steps": "steps",
    "hypothesis": "ofHypothesis",
    "expectation": "ofExpectation",
    "evidence": "ofEvidence",
    "via": "viaClaim",
    "polarity": "polarity",
    "score": "score",
    "low": "scoreLow",
    "high": "scoreHigh",
    "level": "confidenceLevel",
    "probability": "probability",
    "joint_probability": "jointProbability",
    "floor": "floor",
    "evidence_factor": "evidenceFactor",
    "tested_only": "testedOnly",
    "verdict": "verdict",
    "verdict_reason": "verdictReason",
    "anchor": "anchor",
    "anchor_level": "anchorLevel",
    "weakest_read": "weakestRead",
    "weakest_level": "weakestLevel",
    "in_people": "shareInPeople",
    "contradictions": "contradictingClaims",
    "newest": "newestStudy",
    "untested_steps": "untestedSteps",
    "assumptions": "assumptions",
    "weakest": "weakestClaim",
    "supports": "supportingItems",
    "disputes": "disputingItems",
    "inconclusive": "inconclusiveItems",
    "method": "method",
    "samples": "samples",
    "standard_error": "standardError",
    "seed": "seed",
    "importance": "importance",
    "expected_fall": "expectedFall",
    "share": "shareOfVariance",
    "tested_fall": "testedFall",
    "worth": "worth",
    "chance": "chanceOfPositive",
    "score_if_positive": "scoreIfPositive",
    "score_if_null": "scoreIfNull",
    "if_positive": "valueIfPositive",
    "if_null": "valueIfNull",
    "next_size": "nextSize",
    "next_design": "nextDesign",
    "next_reason": "nextReason",
    "strength": "strength",
    "outcome": "outcome",
    "recorded": "recordedOutcome",
    "turned": "turned",
    "right_if_shuffled": "rightIfShuffled",
    "before": "before",
    "after": "after",
    "level_before": "levelBefore",
    "level_after": "levelAfter",
    "low_before": "lowBefore",
    "high_before": "highBefore",
    "low_after": "lowAfter",
    "high_after": "highAfter",
    "place_before": "placeBefore",
    "place_after": "placeAfter",
    "opposed": "opposedClaims",
    "shift": "shift",
    "favours": "favours",
    "year": "ofYear",
    "odds_factor": "oddsFactor",
    "study_factor": "studyFactor",
    "sources": "ofSources",
}
"""The property of the ontology that each column becomes in Turtle."""


@dataclass(frozen=True)
class Table:
    """Rows of one kind: `kind` is a class of the ontology; a row may lack what does not apply to it."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def to_json(self) -> list[dict[str, Any]]:
        """Return the rows as values that JSON knows, each with every column: entities by label, other things by IRI."""
        return [{name: _plain(row.get(name)) for name in self.columns} for row in self.rows]

    def to_csv(self) -> str:
        """Return the rows as CSV with a header; several things in a cell stand apart by a space."""
        return to_csv(self.columns, self.to_json())


_IN_ENGLISH = ("statement", "detail", "next_reason")


def to_turtle(tables: Iterable[Table]) -> str:
    """Return the rows of some tables in canonical Turtle: a node a row, in their order, a property a column."""
    from rdflib import RDF, BNode, Graph, Literal, URIRef
    from rdflib.collection import Collection

    from rlsgraph.formats.turtle import format_graph

    graph = Graph(bind_namespaces="none")
    rows = ((table.kind, row) for table in tables for row in table.rows)
    for number, (kind, row) in enumerate(rows):
        node = BNode(f"row{number:09}")
        graph.add((node, RDF.type, URIRef(ns.RLS + kind)))
        for name, value in row.items():
            if value is None or value == "":
                continue
            if isinstance(value, tuple):
                cell = BNode(f"{node}-{name}") if value else RDF.nil
                Collection(graph, cell, [_term(item) for item in value])
                graph.add((node, URIRef(ns.RLS + TERMS[name]), cell))
            else:
                term = Literal(value, lang="en") if name in _IN_ENGLISH else _term(value)
                graph.add((node, URIRef(ns.RLS + TERMS[name]), term))
    return format_graph(graph)


def _term(value: Any) -> Node:
    from rdflib import XSD, Literal, URIRef

    if isinstance(value, _THINGS) or (isinstance(value, Enum) and hasattr(value, "iri")):
        return URIRef(value.iri)
    if isinstance(value, IntEnum):
        return Literal(int(value), datatype=XSD.integer)
    if isinstance(value, StrEnum):
        return Literal(str(value))
    if isinstance(value, float) and not math.isfinite(value):
        return Literal(plain(value), datatype=XSD.double, normalize=False)
    return Literal(value, datatype=XSD.double) if isinstance(value, float) else Literal(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Entity):
        return value.label
    if isinstance(value, _THINGS):
        return value.iri
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, IntEnum):
        return int(value)
    if isinstance(value, StrEnum):
        return str(value)
    return getattr(value, "label", value) if isinstance(value, Enum) else value


def table_of(kind: str, columns: Sequence[str], rows: Iterable[Row]) -> Table:
    """Return a table; a row that names another column is a mistake in this package."""
    kept = tuple(rows)
    assert all(set(row) <= set(columns) for row in kept), f"a row of {kind} has a column that its table lacks"
    return Table(kind, tuple(columns), kept)
