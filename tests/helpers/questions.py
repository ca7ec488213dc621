"""Questions that every engine must answer alike, and a comparison of answers that allows 1e-9 on numbers."""

from __future__ import annotations

import copy
import dataclasses
import functools
from collections.abc import Callable
from typing import Any

import pytest

from rlsgraph import KnowledgeGraph, UnknownNameError
from tests.helpers.remembering import remembered

START, END = "gut dysbiosis", "RLS symptoms"
RETRACTED = "reijnders2016-effects-microbiota"
TRIAL = "gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120"
LENDS_TO_KIN = "scholz2011-dopamine-agonists"
NEW_CLAIM = "yoga decreases systemic inflammation: supports, cohort, n=50"


def supposing_once(kg: KnowledgeGraph) -> KnowledgeGraph:
    """Return a graph that makes each supposition once, however many questions are asked of it."""
    graph, known = copy.copy(kg), {}
    for name in ("without", "with_evidence"):
        setattr(graph, name, functools.partial(remembered(getattr(KnowledgeGraph, name), known), graph))
    return graph


def unknown_name(kg: KnowledgeGraph) -> str:
    """Return what is said of a name that is unknown."""
    with pytest.raises(UnknownNameError) as error:
        kg.entity("gut disbiosis")
    return str(error.value)


QUESTIONS: dict[str, Callable[[KnowledgeGraph], Any]] = {
    "number of claims": len,
    "what it is about": lambda kg: kg.about,
    "entity by synonym, in any case": lambda kg: kg.entity("sibo"),
    "entity by CURIE, in any case": lambda kg: kg.entity("mondo:0005391"),
    "entity by IRI": lambda kg: kg.entity("https://w3id.org/rlsgraph/entity/gut-dysbiosis"),
    "unknown entity": unknown_name,
    "entities of a group": lambda kg: kg.entities(group="iron"),
    "claim by words": lambda kg: kg.claim("gut dysbiosis increases systemic inflammation"),
    "claim by id": lambda kg: kg.claim("claim:gut-dysbiosis.increases.systemic-inflammation"),
    "claim by its parts": lambda kg: kg.claim("gut dysbiosis", "increases", "systemic inflammation"),
    "explanation": lambda kg: kg.explain(kg.claim("gut dysbiosis increases systemic inflammation")),
    "claims by subject and level": lambda kg: kg.claims(subject=START, level="emerging"),
    "claims by object and predicate": lambda kg: kg.claims(object="RLS symptom severity", predicate="decreases"),
    "claims by group": lambda kg: kg.claims(group="iron"),
    "all claims": lambda kg: kg.claims(),
    "source by DOI": lambda kg: kg.source(kg.source(RETRACTED).doi.upper()),
    "sources": lambda kg: kg.sources(),
    "evidence of a source": lambda kg: kg.evidence(source=RETRACTED),
    "evidence by direction": lambda kg: kg.evidence(direction="disputes"),
    "evidence item": lambda kg: kg.evidence_item("gut-001"),
    "links": lambda kg: kg.links(),
    "expectations": lambda kg: kg.expectations(),
    "paths": lambda kg: kg.paths(START, END),
    "paths of four steps": lambda kg: kg.paths("iron deficiency", END, max_steps=4, limit=50),
    "named routes": lambda kg: kg.named_routes(START, END),
    "support": lambda kg: kg.support(START, END, max_steps=6),
    "gaps": lambda kg: kg.gaps(START, END, max_steps=5),
    "no path, and why": lambda kg: kg.why_no_path(END, START),
    "no path that short": lambda kg: kg.why_no_path(START, END, max_steps=1),
    "no path to oneself": lambda kg: kg.why_no_path(START, START),
    "hypotheses": lambda kg: kg.hypotheses(),
    "hypothesis by label": lambda kg: kg.hypothesis("iron absorption"),
    "rivals": lambda kg: kg.compare("dopamine deficiency", "relative dopamine excess"),
    "contradictions between two": lambda kg: kg.contradictions(START, END, max_steps=5),
    "contradictions": lambda kg: kg.contradictions(),
    "expectations met": lambda kg: kg.expect(),
    "doctor": lambda kg: kg.doctor(),
    "support without a source": lambda kg: kg.without(source=RETRACTED).support(START, END, max_steps=5),
    "paths without a claim": lambda kg: kg.without(claim="gut dysbiosis increases systemic inflammation").paths(START, END),
    "gaps with a trial": lambda kg: kg.with_evidence(TRIAL).gaps(START, END, max_steps=5),
    "paths with a new claim": lambda kg: kg.with_evidence(NEW_CLAIM).paths("yoga", END),
    "what moved": lambda kg: kg.with_evidence(TRIAL).what_moved(kg, START, END, max_steps=4),
    "what moved with kin": lambda kg: kg.without(source=LENDS_TO_KIN).what_moved(kg, START, END, max_steps=3),
    "networkx": lambda kg: sorted(kg.to_networkx().edges(keys=True)),
    "SPARQL": lambda kg: {
        row["c"]: row["x"] for row in kg.query("SELECT ?c ?x { ?c rdf:subject entity:gut-dysbiosis ; rls:score ?x }").to_dicts()
    },
}


def assert_same(found: Any, expected: Any, where: str = "answer") -> None:
    """Compare two answers part by part: numbers to 1e-9, all else exactly."""
    assert type(found) is type(expected), f"{where}: {found!r} is not {expected!r}"
    if isinstance(expected, float):
        assert found == pytest.approx(expected, abs=1e-9), where
    elif dataclasses.is_dataclass(expected):
        for field in dataclasses.fields(expected):
            assert_same(getattr(found, field.name), getattr(expected, field.name), f"{where}.{field.name}")
    elif isinstance(expected, list | tuple):
        assert len(found) == len(expected), f"{where}: {len(found)} instead of {len(expected)}"
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_same(one, other, f"{where}[{number}]")
    elif isinstance(expected, dict):
        assert found.keys() == expected.keys(), where
        for key in expected:
            assert_same(found[key], expected[key], f"{where}[{key!r}]")
    else:
        assert found == expected, where
