"""Hold the closed sets of the model: a misspelt term fails at once, and each member knows its IRI and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, IntEnum
from functools import total_ordering

from rlsgraph.model import namespaces as ns


class Polarity(IntEnum):
    """The sign of an effect; along a path the signs multiply, and unknown absorbs."""

    RAISES = 1
    LOWERS = -1
    UNKNOWN = 0

    def __mul__(self, other: object) -> Polarity:
        return Polarity(int(self) * int(other)) if isinstance(other, Polarity) else NotImplemented

    @property
    def mark(self) -> str:
        """A sign for tables: ▲ raises, ▼ lowers, ? open."""
        return {1: "▲", -1: "▼", 0: "?"}[self.value]

    @property
    def word(self) -> str:
        """The word beside the sign."""
        return {1: "raises", -1: "lowers", 0: "affects"}[self.value]


def compose(polarities: Iterable[Polarity]) -> Polarity:
    """Return the product of signs; unknown absorbs, and nothing at all is +1."""
    sign = Polarity.RAISES
    for polarity in polarities:
        sign = sign * polarity
    return sign


class Term(Enum):
    """A closed set whose members are terms of the ontology: the value is the local name."""

    __hash__ = object.__hash__  # there is one of each member, and looking its name up costs a weighing more (benchmarks/scale.py)

    @property
    def iri(self) -> str:
        """The term's IRI in the ontology."""
        return ns.RLS + str(self.value)

    @property
    def label(self) -> str:
        """The term in words, e.g. `randomised controlled trial`."""
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(self.value))
        return " ".join(word if word.isupper() else word.lower() for word in words.split())


class Predicate(Term):
    """What a claim says of its subject and its object."""

    INCREASES = "increases"
    DECREASES = "decreases"
    AFFECTS = "affects"
    POSITIVELY_ASSOCIATED_WITH = "positivelyAssociatedWith"
    NEGATIVELY_ASSOCIATED_WITH = "negativelyAssociatedWith"

    @property
    def polarity(self) -> Polarity:
        """The sign: +1, −1, or 0 where the source leaves it open."""
        return _POLARITIES[self]

    @property
    def is_causal(self) -> bool:
        """Whether a path may walk it (associations are never walked as causes)."""
        return self in _CAUSAL

    @property
    def verb(self) -> str:
        """The words that stand between subject and object in a sentence."""
        return _VERBS[self]


_CAUSAL = frozenset({Predicate.INCREASES, Predicate.DECREASES, Predicate.AFFECTS})
_POLARITIES = {
    Predicate.INCREASES: Polarity.RAISES,
    Predicate.DECREASES: Polarity.LOWERS,
    Predicate.AFFECTS: Polarity.UNKNOWN,
    Predicate.POSITIVELY_ASSOCIATED_WITH: Polarity.RAISES,
    Predicate.NEGATIVELY_ASSOCIATED_WITH: Polarity.LOWERS,
}
_VERBS = {
    Predicate.INCREASES: "raises",
    Predicate.DECREASES: "lowers",
    Predicate.AFFECTS: "affects",
    Predicate.POSITIVELY_ASSOCIATED_WITH: "goes with more",
    Predicate.NEGATIVELY_ASSOCIATED_WITH: "goes with less",
}


class LinkKind(Enum):
    """A definitional link: true by what its two entities mean, so it needs no evidence."""

    BROADER = "broader"
    PART_OF = "partOf"
    OPPOSITE_OF = "oppositeOf"

    @property
    def iri(self) -> str:
        """The IRI of the plain triple's predicate."""
        return (ns.SKOS if self is LinkKind.BROADER else ns.RLS) + self.value

    @property
    def polarity(self) -> Polarity:
        """A rise in the narrower, or in a part, is a rise in the broader, or in the whole; in one, a fall in its opposite."""
        return Polarity.LOWERS if self is LinkKind.OPPOSITE_OF else Polarity.RAISES

    @property
    def verb(self) -> str:
        """The words that stand between subject and object in a sentence."""
        return _LINK_VERBS[self]


_LINK_VERBS = {
    LinkKind.BROADER: "is a kind of",
    LinkKind.PART_OF: "is part of",
    LinkKind.OPPOSITE_OF: "is the opposite of",
}


class Direction(Term):
    """How an evidence item bears on its claim."""

    SUPPORTS = "Supports"
    DISPUTES = "Disputes"
    INCONCLUSIVE = "Inconclusive"


class StudyDesign(Term):
    """The kind of study that an evidence item comes from; what is assumed of it is in the confidence profile."""

    META_ANALYSIS = "MetaAnalysis"
    SYSTEMATIC_REVIEW = "SystematicReview"
    RANDOMISED_CONTROLLED_TRIAL = "RandomisedControlledTrial"
    GUIDELINE = "Guideline"
    GWAS = "GWAS"
    MENDELIAN_RANDOMISATION = "MendelianRandomisation"
    COHORT = "Cohort"
    CASE_CONTROL = "CaseControl"
    AUTOPSY = "Autopsy"
    CROSS_SECTIONAL = "CrossSectional"
    NEUROIMAGING = "Neuroimaging"
    CSF_STUDY = "CSFStudy"
    NON_RANDOMISED_TRIAL = "NonRandomisedTrial"
    ANIMAL_STUDY = "AnimalStudy"
    IN_VITRO = "InVitro"
    CASE_SERIES = "CaseSeries"
    NARRATIVE_REVIEW = "NarrativeReview"
    CASE_REPORT = "CaseReport"
    EXPERT_HYPOTHESIS = "ExpertHypothesis"
    UNKNOWN = "UnknownDesign"

    @property
    def label(self) -> str:
        """The design in the field's words."""
        return _DESIGN_LABELS.get(self, super().label)

    @property
    def is_study(self) -> bool:
        """Whether it is known to report observations, rather than opinion on those of others."""
        return self not in (
            StudyDesign.UNKNOWN,
            StudyDesign.EXPERT_HYPOTHESIS,
            StudyDesign.NARRATIVE_REVIEW,
            StudyDesign.GUIDELINE,
        )


_DESIGN_LABELS = {
    StudyDesign.META_ANALYSIS: "meta-analysis",
    StudyDesign.CASE_CONTROL: "case-control",
    StudyDesign.CROSS_SECTIONAL: "cross-sectional",
    StudyDesign.CSF_STUDY: "CSF study",
    StudyDesign.NON_RANDOMISED_TRIAL: "non-randomised trial",
}


class TextRead(Term):
    """The text that an evidence item was read in."""

    ABSTRACT = "Abstract"
    FULL_TEXT = "FullText"
    EXCERPT = "Excerpt"
    SECONDARY_PAGE = "SecondaryPage"
    NEWS_REPORT = "NewsReport"


@total_ordering
class ConfidenceLevel(Term):
    """The name of a score on the ordered scale, lowest first."""

    REFUTED = "Refuted"
    DOUBTFUL = "Doubtful"
    SPECULATIVE = "Speculative"
    EMERGING = "Emerging"
    SUPPORTED = "Supported"
    ESTABLISHED = "Established"

    @property
    def rank(self) -> int:
        """Its place on the scale, from 0 (refuted) to 5 (established)."""
        return list(ConfidenceLevel).index(self)

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, ConfidenceLevel) else NotImplemented


class HypothesisStatus(Term):
    """How far a hypothesis has got, apart from what its evidence says; `CONTEXT` is a truism that stands apart, unranked."""

    CONTEXT = "Context"
    PROPOSED = "Proposed"
    UNDER_STUDY = "UnderStudy"
    ABANDONED = "Abandoned"


class ExpectationOutcome(Term):
    """What the causal graph makes of a known observation that a mechanism should reproduce."""

    REPRODUCED = "Reproduced"
    WRONG_SIGN = "WrongSign"
    TOO_WEAK = "TooWeak"
    NO_PATH = "NoPath"


class MatchRelation(Term):
    """How an entity relates to a term of another vocabulary, by the SKOS mapping properties."""

    EXACT = "exactMatch"
    CLOSE = "closeMatch"
    BROAD = "broadMatch"
    NARROW = "narrowMatch"
    RELATED = "relatedMatch"

    @property
    def iri(self) -> str:
        """The SKOS property."""
        return ns.SKOS + self.value
