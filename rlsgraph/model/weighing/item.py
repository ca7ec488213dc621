"""Weigh one evidence item: from what a study found, and how, to a Bayes factor (docs/confidence.md)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from rlsgraph.model.study_terms import (
    POOLING_DESIGNS,
    RATIOS,
    Blinding,
    Comparator,
    Directness,
    EffectMeasure,
    EvidenceKind,
    OutcomeFit,
    OutcomeRank,
    PopulationFit,
    Result,
)
from rlsgraph.model.vocabulary import Direction, StudyDesign, TextRead
from rlsgraph.model.weighing.profile import Profile, SmallestEffect, normal_cdf

Z95 = 1.959963984540054
"""Half the width of a 95% interval in standard errors, and the two-sided 5% point."""

RESULT_BY_DIRECTION = {
    Direction.SUPPORTS: Result.AS_CLAIMED,
    Direction.DISPUTES: Result.NO_EFFECT_FOUND,
    Direction.INCONCLUSIVE: Result.MIXED,
}


_BLANK = {None}


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What the arithmetic asks of an evidence item; a blank is None. The fields are those of `Evidence`."""

    direction: Direction
    design: StudyDesign
    result: Result | None = None
    sample_size: int | None = None
    pooled_design: StudyDesign | None = None
    study_count: int | None = None
    comparator: Comparator | None = None
    blinding: Blinding | None = None
    outcome_rank: OutcomeRank | None = None
    population_fit: PopulationFit | None = None
    outcome_fit: OutcomeFit | None = None
    directness: Directness | None = None
    text_read: TextRead | None = None
    measure: EffectMeasure | None = None
    unit: str = ""
    estimate: float | None = None
    interval: tuple[float, float] | None = None
    p_value: float | None = None

    def fields(self) -> dict[str, Any]:
        """Return the values by their names, which `Evidence` shares."""
        return {name: getattr(self, name) for name in STUDY_FIELDS}


STUDY_FIELDS = tuple(field.name for field in fields(StudyFacts))


@dataclass(frozen=True, slots=True)
class ItemFactor:
    """How an item weighs: its four numbers, its Bayes factor, and its weight once the indirectness is taken off.

    The numbers are None where the result needs none. `indirect` names what makes it indirect, in the order taken off.
    """

    kind: EvidenceKind | None
    result: Result
    power: float | None
    bias: float | None
    insensitivity: float | None
    alpha: float | None
    factor: float
    indirect: tuple[str, ...]
    weight: float
    note: str = ""
    has_data: bool = True


def weigh(facts: StudyFacts, profile: Profile) -> ItemFactor:
    """Return the Bayes factor and the weight (natural logarithm, after indirectness) of an item."""
    kind = kind_of(facts, profile)
    result = facts.result or RESULT_BY_DIRECTION[facts.direction]
    is_opinion = kind is EvidenceKind.OPINION
    if kind is None:
        return _without_numbers(kind, result, 1.0, "a guideline is a yardstick, not evidence")
    if is_opinion and facts.direction is Direction.SUPPORTS and facts.result in (None, Result.NO_COMPARISON):
        return _without_numbers(kind, Result.NO_COMPARISON, profile.argument_factor, "argues for the claim without data")
    if result is Result.MIXED:
        return _without_numbers(kind, result, 1.0, "mixed: shown, adds nothing", has_data=not is_opinion)
    if result is Result.NO_COMPARISON:
        return _without_numbers(kind, result, 1.0, "no comparison: shown, adds nothing")
    power, bias = power_of(facts, result, profile), bias_of(facts, kind, profile)
    miss = profile.kinds[kind].insensitivity
    found = power + bias * (1 - power)
    if result is Result.NO_EFFECT_FOUND:
        by_chance = profile.largest_p + bias * (1 - profile.largest_p)
        alpha = None
        factor = (1 - (1 - miss) * found) / (1 - (1 - miss) * by_chance)
    else:
        alpha = alpha_of(facts, profile)
        factor = found / (alpha + bias * (1 - alpha))
        if result is Result.OPPOSITE:
            factor = 1 / factor
    weight, indirect = math.log(factor), []
    fits = {facts.population_fit, facts.outcome_fit, facts.directness} - _BLANK
    for case in profile.indirectness if fits else ():
        if case.kind in (None, kind) and not case.values.isdisjoint(fits):
            weight = case.proxy.tell(weight)
            indirect.append(case.name)
    return ItemFactor(kind, result, power, bias, miss, alpha, factor, tuple(indirect), weight, has_data=not is_opinion)


def _without_numbers(
    kind: EvidenceKind | None, result: Result, factor: float, note: str, *, has_data: bool = False
) -> ItemFactor:
    return ItemFactor(kind, result, None, None, None, None, factor, (), math.log(factor), note, has_data)


def kind_of(facts: StudyFacts, profile: Profile) -> EvidenceKind | None:
    """Return the kind of an item: that of its design, or for a design that pools, of what it pools; None for no evidence.

    What pools studies of a design that is not known tells no more than open studies do.
    """
    if facts.design not in POOLING_DESIGNS:
        return profile.designs[facts.design].kind
    pooled = None if facts.pooled_design is None else profile.designs[facts.pooled_design].kind
    return EvidenceKind.OPEN if pooled is None else pooled


def bias_of(facts: StudyFacts, kind: EvidenceKind, profile: Profile) -> float:
    """Return u: the chance that a study like this reports the claimed finding where it should have found none."""
    bias = profile.designs[facts.design].bias
    if facts.design is StudyDesign.META_ANALYSIS:
        for studies, lower in profile.pooled_bias:
            if facts.study_count is not None and facts.study_count >= studies:
                bias = lower
                break
        if kind is not EvidenceKind.TRIAL:
            bias = max(bias, profile.pooled_bias_floor)
    odds = bias / (1 - bias)
    said = {facts.blinding, facts.comparator, facts.outcome_rank, facts.text_read} - _BLANK
    for case in profile.multipliers if said else ():
        if case.design in (None, facts.design) and not case.values.isdisjoint(said):
            odds *= case.factor
    return min(odds / (1 + odds), profile.largest_bias)


def power_of(facts: StudyFacts, result: Result, profile: Profile) -> float:
    """Return π: the chance to see the smallest effect of interest, Φ(δ / SE − 1.96)."""
    effect = None if facts.interval is None else _smallest_effect(facts, profile)
    if effect is not None and (error := _standard_error(facts, is_ratio=effect.is_ratio)) is not None:
        power = normal_cdf(effect.value / error - Z95)
        return min(max(power, profile.least_power), profile.most_power)
    assumed = profile.designs[facts.design]
    if assumed.power is not None:
        power = assumed.power
    else:
        size = facts.sample_size if facts.sample_size is not None else (assumed.size or profile.unknown_size)
        power = normal_cdf(profile.standardised_effect * math.sqrt(size) / 2 - Z95)
    if result is Result.NO_EFFECT_FOUND:
        is_known = facts.sample_size is not None
        power = min(power, profile.null_power_size_known if is_known else profile.null_power_size_unknown)
    return min(max(power, profile.least_power), profile.most_power)


def alpha_of(facts: StudyFacts, profile: Profile) -> float:
    """Return α: the p-value that is reported, or that estimate and interval give, between the profile's bounds."""
    p_value = facts.p_value
    if p_value is None:
        p_value = _p_of_interval(facts)
    if p_value is None:
        return profile.largest_p
    return min(max(p_value, profile.smallest_p), profile.largest_p)


NO_NULL_VALUE = frozenset({None, EffectMeasure.PERCENTAGE, EffectMeasure.OTHER})
"""A percentage may be a bare rate, which no test compares with 0."""


def _p_of_interval(facts: StudyFacts) -> float | None:
    """Return the two-sided p-value of estimate and 95% interval; ratios are compared with 1, differences with 0."""
    if facts.measure in NO_NULL_VALUE or facts.estimate is None:
        return None
    is_ratio = facts.measure in RATIOS
    error = _standard_error(facts, is_ratio=is_ratio)
    if error is None or (is_ratio and facts.estimate <= 0):
        return None
    effect = math.log(facts.estimate) if is_ratio else facts.estimate
    return math.erfc(abs(effect) / error / math.sqrt(2))


def _standard_error(facts: StudyFacts, *, is_ratio: bool) -> float | None:
    """Return the standard error that the 95% interval shows; None where there is none, or none that can be used."""
    if facts.interval is None:
        return None
    low, high = facts.interval
    if is_ratio:
        if low <= 0:
            return None
        low, high = math.log(low), math.log(high)
    return (high - low) / (2 * Z95) if high > low else None


def _smallest_effect(facts: StudyFacts, profile: Profile) -> SmallestEffect | None:
    def fits() -> Iterator[SmallestEffect]:
        unit = facts.unit.casefold()
        for effect in profile.smallest_effects:
            if effect.measure is facts.measure and unit.startswith(effect.unit.casefold()):
                yield effect

    return max(fits(), key=lambda effect: len(effect.unit), default=None)
