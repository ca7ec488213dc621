"""Hold the constants of the arithmetic: values that say what they are, and that make sense together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rlsgraph.errors import ProfileError
from rlsgraph.model.shown import Shown
from rlsgraph.model.study_terms import POOLING_DESIGNS, EffectMeasure, EvidenceKind
from rlsgraph.model.vocabulary import ConfidenceLevel, StudyDesign, Term


@dataclass(frozen=True, slots=True)
class Proxy:
    """A noisy sign: `hit` is how often it shows where the thing itself holds, `false_alarm` how often where it does not."""

    hit: float
    false_alarm: float

    def __post_init__(self) -> None:
        if not 0 < self.false_alarm < self.hit < 1:
            raise ProfileError(
                f"a proxy must have 0 < false-alarm rate < hit rate < 1, and one has {self.false_alarm:g} and {self.hit:g}"
            )

    def tell(self, weight: float) -> float:
        """Return what a weight of evidence for the sign tells of the thing: ln[(s e^w + 1 − s) / (f e^w + 1 − f)].

        It rises with w, and never leaves ln[(1 − s) / (1 − f)] to ln(s / f).
        """
        if weight == 0.0:
            return 0.0
        if weight > 0:  # in e^-w, so that no weight is too large
            small = math.exp(-weight)
            return math.log((self.hit + (1 - self.hit) * small) / (self.false_alarm + (1 - self.false_alarm) * small))
        small = math.exp(weight)
        return math.log((self.hit * small + 1 - self.hit) / (self.false_alarm * small + 1 - self.false_alarm))

    def slope(self, weight: float) -> float:
        """Return the derivative of `tell`: how much of a small further weight comes through."""
        if weight > 0:
            small = math.exp(-weight)
            hit, false_alarm = (rate / (rate + (1 - rate) * small) for rate in (self.hit, self.false_alarm))
        else:
            small = math.exp(weight)
            hit, false_alarm = (rate * small / (rate * small + 1 - rate) for rate in (self.hit, self.false_alarm))
        return hit - false_alarm


@dataclass(frozen=True, slots=True)
class DesignAssumption:
    """What is taken of a study design: its bias, and its kind (None: that of the pooled studies, or no evidence at all).

    `power` stands in place of one worked out from the size; `size` is taken where the size is unknown.
    """

    bias: float
    kind: EvidenceKind | None = None
    power: float | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class KindAssumption:
    """What is taken of a kind of evidence: how often it misses, and what it may tell of a cause and of an association."""

    insensitivity: float
    of_cause: Proxy
    of_association: Proxy


@dataclass(frozen=True, slots=True)
class BiasMultiplier:
    """The odds of bias are multiplied where an item has one of the values (and, if given, the design)."""

    factor: float
    values: frozenset[Term]
    design: StudyDesign | None = None


@dataclass(frozen=True, slots=True)
class Indirectness:
    """An item with one of the values (and, if given, of that kind) is a noisy sign of what the claim says."""

    name: str
    proxy: Proxy
    values: frozenset[Term]
    kind: EvidenceKind | None = None


@dataclass(frozen=True, slots=True)
class SmallestEffect:
    """The smallest effect of interest on a scale; `unit` is how the unit must begin where a measure has many units."""

    measure: EffectMeasure
    value: float
    is_ratio: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LevelRule:
    """From which score, and from how many independent lines, a claim has a level."""

    score: float
    lines: int


@dataclass(frozen=True)
class Profile(Shown):
    """The constants behind every score; the meaning and the source of each stand beside it in `ontology/profile.ttl`."""

    designs: Mapping[StudyDesign, DesignAssumption]
    kinds: Mapping[EvidenceKind, KindAssumption]
    multipliers: tuple[BiasMultiplier, ...]
    indirectness: tuple[Indirectness, ...]
    smallest_effects: tuple[SmallestEffect, ...]
    pooled_bias: tuple[tuple[int, float], ...]
    """(so many studies or more, bias of their meta-analysis), the most studies first."""
    pooled_bias_floor: float
    largest_bias: float
    smallest_p: float
    largest_p: float
    least_power: float
    most_power: float
    null_power_size_known: float
    null_power_size_unknown: float
    standardised_effect: float
    unknown_size: int
    argument_factor: float
    by_association: Proxy
    by_member: Proxy
    by_class: Proxy
    most_lent: float
    prior_of_cause: float
    prior_of_association: float
    prior_by_group: Mapping[str, float]
    """The prior of a claim whose subject is in a group (by its short name); the highest that fits counts."""
    prior_sd: float
    relative_error: float
    interval_mass: float
    levels: Mapping[ConfidenceLevel, LevelRule]
    doubtful_share: float
    refuted_share: float
    refuted_lines: int
    line_weight: float
    contested_weight: float
    inheritance: float
    """The probability that a kind does what its class does, where nothing is recorded of the kind itself."""
    next_trial_size: int
    next_cohort_size: int
    next_mendelian_size: int

    def __post_init__(self) -> None:
        missing = [d.label for d in StudyDesign if d not in self.designs] + [k.label for k in EvidenceKind if k not in self.kinds]
        if missing:
            raise ProfileError(f"the profile assumes nothing of: {', '.join(missing)}")
        known_kind = set(StudyDesign) - POOLING_DESIGNS - {StudyDesign.GUIDELINE}
        if without := [design.label for design in known_kind if self.designs[design].kind is None]:
            raise ProfileError(f"the profile gives no kind for: {', '.join(sorted(without))}")
        rising = [self.levels[level].score for level in _RISING]
        if not 0 < rising[0] < rising[1] < rising[2] < 1:
            raise ProfileError("the scores from which the levels start must rise between 0 and 1")
        if not self.refuted_share < self.doubtful_share:
            raise ProfileError("the share of the prior below which a claim is refuted must be lower than that for doubtful")
        if not (self.smallest_p < self.largest_p and self.least_power < self.most_power):
            raise ProfileError("the smallest p-value and power must be lower than the largest")

    def prior(self, *, is_causal: bool, group: str) -> float:
        """Return the probability of a claim before any evidence; `group` is its subject's."""
        base = self.prior_of_cause if is_causal else self.prior_of_association
        return max(base, self.prior_by_group.get(group, 0.0))

    @property
    def next_sizes(self) -> Mapping[StudyDesign, int]:
        """How many people the next study of a claim is supposed to have, by its design."""
        return {
            StudyDesign.RANDOMISED_CONTROLLED_TRIAL: self.next_trial_size,
            StudyDesign.COHORT: self.next_cohort_size,
            StudyDesign.MENDELIAN_RANDOMISATION: self.next_mendelian_size,
        }

    @cached_property
    def interval_z(self) -> float:
        """How many standard deviations the interval reaches to each side."""
        low, high, wanted = 0.0, 40.0, (1 + self.interval_mass) / 2
        while high - low > 1e-14 * high:
            middle = (low + high) / 2
            if normal_cdf(middle) < wanted:
                low = middle
            else:
                high = middle
            if middle in (low, high) and (low + high) / 2 in (low, high):
                break
        return (low + high) / 2


_RISING = (ConfidenceLevel.EMERGING, ConfidenceLevel.SUPPORTED, ConfidenceLevel.ESTABLISHED)


def normal_cdf(z: float) -> float:
    """Return the probability that a standard normal variable is below z."""
    return 0.5 * math.erfc(-z / math.sqrt(2))
