"""Read what the arithmetic asks of an evidence item, with its checks: one reading for scores and for records."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from rlsgraph.model import namespaces as ns
from rlsgraph.model.node import Node
from rlsgraph.model.study_terms import (
    Blinding,
    Comparator,
    Directness,
    EffectMeasure,
    OutcomeFit,
    OutcomeRank,
    PopulationFit,
    Result,
)
from rlsgraph.model.vocabulary import Direction, StudyDesign, TextRead
from rlsgraph.model.weighing.item import StudyFacts

_NAMES = (
    *("direction", "result", "studyDesign", "sampleSize", "pooledDesign", "studyCount", "comparator", "blinding", "outcomeRank"),
    *("populationFit", "outcomeFit", "directness", "textRead", "measure", "unit", "estimate", "intervalLow", "intervalHigh"),
    "pValue",
)
FACT_PROPERTIES = tuple(ns.RLS + name for name in _NAMES)
"""The properties of an evidence item that its weight depends on."""

_DIRECTION, _RESULT, _DESIGN, _SIZE, _POOLED, _COUNT, _COMPARATOR, _BLINDING, _RANK = FACT_PROPERTIES[:9]
_POPULATION, _OUTCOME, _DIRECTNESS, _READ, _MEASURE, _UNIT, _ESTIMATE, _LOW, _HIGH, _P = FACT_PROPERTIES[9:]

_RESULTS = {
    Direction.SUPPORTS: {None, Result.AS_CLAIMED, Result.NO_COMPARISON},
    Direction.DISPUTES: {None, Result.NO_EFFECT_FOUND, Result.OPPOSITE},
    Direction.INCONCLUSIVE: {None, Result.MIXED, Result.NO_COMPARISON},
}


_READERS: dict[str, tuple[str, Callable[[Node, str], Any]]] = {
    _SIZE: ("sample_size", Node.maybe_count),
    _POOLED: ("pooled_design", lambda node, name: node.term(name, StudyDesign)),
    _COUNT: ("study_count", Node.maybe_whole),  # a review may find none
    _COMPARATOR: ("comparator", lambda node, name: node.term(name, Comparator)),
    _BLINDING: ("blinding", lambda node, name: node.term(name, Blinding)),
    _RANK: ("outcome_rank", lambda node, name: node.term(name, OutcomeRank)),
    _POPULATION: ("population_fit", lambda node, name: node.term(name, PopulationFit)),
    _OUTCOME: ("outcome_fit", lambda node, name: node.term(name, OutcomeFit)),
    _DIRECTNESS: ("directness", lambda node, name: node.term(name, Directness)),
    _READ: ("text_read", lambda node, name: node.term(name, TextRead)),
    _MEASURE: ("measure", lambda node, name: node.term(name, EffectMeasure)),
    _UNIT: ("unit", Node.text),
    _ESTIMATE: ("estimate", lambda node, name: node.number(name, *_bounds(node))),
    _P: ("p_value", lambda node, name: node.number(name, 0.0, 1.0)),
}
"""The field of each property that is read by itself, and how; a property that is not there leaves a blank."""


def read_facts(node: Node) -> StudyFacts:
    """Return what an evidence item says that its weight depends on; raises `DataError` where it cannot be read."""
    direction, result = node.term(_DIRECTION, Direction), node.maybe_term(_RESULT, Result)
    if result not in _RESULTS[direction]:
        raise node.refuse(_RESULT, f"is {result.label}, which does not go with the direction {direction.label}")  # type: ignore[union-attr]
    fields = {}
    for name in node.values:
        if (reader := _READERS.get(name)) is not None:
            field, read = reader
            fields[field] = read(node, name)
    return StudyFacts(direction, node.term(_DESIGN, StudyDesign), result, interval=_interval(node), **fields)


def _bounds(node: Node) -> tuple[float, float]:
    """Return what the measure of an item allows its figures to be."""
    measure = node.maybe_term(_MEASURE, EffectMeasure)
    return (-math.inf, math.inf) if measure is None else measure.bounds


def _interval(node: Node) -> tuple[float, float] | None:
    if not node.values.get(_LOW) and not node.values.get(_HIGH):
        return None
    low, high = (node.maybe_number(name, *_bounds(node)) for name in (_LOW, _HIGH))
    if low is None or high is None:
        raise node.refuse(_HIGH if high is None else _LOW, "is missing: an interval has two ends")
    if low > high:
        raise node.refuse(_LOW, f"({low:g}) is above {ns.compress(_HIGH)} ({high:g})")
    return low, high
