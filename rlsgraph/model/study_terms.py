"""Hold the closed sets that say how a study was done and what it found; each member is a term of the ontology.

Absent means not assessed; `NotStated` means that the text was looked at and does not say.
"""

from __future__ import annotations

import math

from rlsgraph.model.vocabulary import StudyDesign, Term


class Result(Term):
    """What a study found of the claim, apart from how much it weighs."""

    AS_CLAIMED = "AsClaimed"
    OPPOSITE = "Opposite"
    NO_EFFECT_FOUND = "NoEffectFound"
    MIXED = "Mixed"
    NO_COMPARISON = "NoComparison"


class Comparator(Term):
    """What the finding was compared with."""

    PLACEBO = "Placebo"
    SHAM = "Sham"
    NO_TREATMENT = "NoTreatment"
    VEHICLE = "Vehicle"
    WILD_TYPE = "WildType"
    ACTIVE = "ActiveTreatment"
    USUAL_CARE = "UsualCare"
    DOSE = "AnotherDose"
    BEFORE_AFTER = "BeforeAfter"
    HEALTHY_CONTROLS = "HealthyControls"
    OTHER_PATIENTS = "OtherPatients"
    NONE = "NoComparator"
    NOT_STATED = "NotStated"


class Blinding(Term):
    """Who did not know which treatment was given."""

    DOUBLE = "DoubleBlind"
    SINGLE = "SingleBlind"
    OPEN = "OpenLabel"
    NOT_APPLICABLE = "NotApplicable"
    NOT_STATED = "NotStated"


class OutcomeRank(Term):
    """Whether the study was made to measure this outcome."""

    PRIMARY = "PrimaryOutcome"
    SECONDARY = "SecondaryOutcome"
    POST_HOC = "PostHocOrSubgroup"
    NOT_STATED = "NotStated"


class PopulationFit(Term):
    """How those who were studied relate to those whom the claim is about."""

    SAME = "SamePopulation"
    RELATED = "RelatedPopulation"
    OTHER_SPECIES = "OtherSpecies"
    CELLS = "CellsOnly"
    NOT_APPLICABLE = "NotApplicable"


class OutcomeFit(Term):
    """How what was measured relates to the claim's object."""

    SAME = "SameOutcome"
    SURROGATE = "SurrogateOutcome"
    OTHER = "OtherOutcome"


class Directness(Term):
    """Whether the study acted on, or measured, the claim's subject itself."""

    DIRECT = "Direct"
    INFERRED_FROM_INTERVENTION = "InferredFromIntervention"
    STAND_IN_EXPOSURE = "StandInExposure"
    NATURAL_EXPERIMENT = "NaturalExperiment"


class EffectMeasure(Term):
    """The scale of an estimate."""

    ODDS_RATIO = "OddsRatio"
    RISK_RATIO = "RiskRatio"
    HAZARD_RATIO = "HazardRatio"
    MEAN_DIFFERENCE = "MeanDifference"
    MEAN_CHANGE_DIFFERENCE = "MeanChangeDifference"
    STANDARDISED_MEAN_DIFFERENCE = "StandardisedMeanDifference"
    CORRELATION = "CorrelationCoefficient"
    REGRESSION = "RegressionCoefficient"
    PERCENTAGE = "Percentage"
    OTHER = "OtherMeasure"

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the largest value that it can have."""
        if self in RATIOS:
            return 0.0, math.inf
        return (-1.0, 1.0) if self is EffectMeasure.CORRELATION else (-math.inf, math.inf)


RATIOS = frozenset({EffectMeasure.ODDS_RATIO, EffectMeasure.RISK_RATIO, EffectMeasure.HAZARD_RATIO})
"""Measures that are compared with 1, on the log scale."""


class Favours(Term):
    """Which way of the measure is the effect that the claim states."""

    HIGHER = "Higher"
    LOWER = "Lower"


class QuoteRole(Term):
    """What a quote is in its source: what was found there, what was known before, or how it was done."""

    RESULT = "ResultQuote"
    BACKGROUND = "BackgroundQuote"
    METHOD = "MethodQuote"


class EvidenceKind(Term):
    """Studies that share one doubt: what a kind may tell of a claim has a ceiling (see docs/confidence.md)."""

    TRIAL = "TrialKind"
    GENE = "GeneKind"
    COHORT = "CohortKind"
    OBSERVATION = "ObservationKind"
    OPEN = "OpenKind"
    ANIMAL = "AnimalKind"
    CELLS = "CellsKind"
    OPINION = "OpinionKind"


POOLING_DESIGNS = frozenset({StudyDesign.META_ANALYSIS, StudyDesign.SYSTEMATIC_REVIEW})
"""Designs that pool other studies, and so are of the kind of what they pool."""
