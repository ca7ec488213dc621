"""Read what the arithmetic asks of an evidence item, with its checks: one reading for scores and for records."""

from __future__ import annotations

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


def read_facts(node: Node) -> StudyFacts:
    """Return what an evidence item says that its weight depends on; raises `DataError` where it cannot be read."""
    direction, result = node.term(_DIRECTION, Direction), node.maybe_term(_RESULT, Result)
    if result not in _RESULTS[direction]:
        raise node.refuse(_RESULT, f"is {result.label}, which does not go with the direction {direction.label}")  # type: ignore[union-attr]
    return StudyFacts(
        direction=direction,
        design=node.term(_DESIGN, StudyDesign),
        result=result,
        sample_size=node.maybe_whole(_SIZE),
        pooled_design=node.maybe_term(_POOLED, StudyDesign),
        study_count=node.maybe_whole(_COUNT),
        comparator=node.maybe_term(_COMPARATOR, Comparator),
        blinding=node.maybe_term(_BLINDING, Blinding),
        outcome_rank=node.maybe_term(_RANK, OutcomeRank),
        population_fit=node.maybe_term(_POPULATION, PopulationFit),
        outcome_fit=node.maybe_term(_OUTCOME, OutcomeFit),
        directness=node.maybe_term(_DIRECTNESS, Directness),
        text_read=node.maybe_term(_READ, TextRead),
        measure=node.maybe_term(_MEASURE, EffectMeasure),
        unit=node.text(_UNIT),
        estimate=node.maybe_number(_ESTIMATE),
        interval=_interval(node),
        p_value=node.maybe_number(_P, 0.0, 1.0),
    )


def _interval(node: Node) -> tuple[float, float] | None:
    low, high = node.maybe_number(_LOW), node.maybe_number(_HIGH)
    if low is None and high is None:
        return None
    if low is None or high is None:
        raise node.refuse(_HIGH if high is None else _LOW, "is missing: an interval has two ends")
    if low > high:
        raise node.refuse(_LOW, f"({low:g}) is above {ns.compress(_HIGH)} ({high:g})")
    return low, high
