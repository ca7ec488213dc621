"""Name the study that would be the next step for a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rlsgraph.model.records import Records
from rlsgraph.model.study_terms import Result
from rlsgraph.model.things import Claim, Evidence
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign
from rlsgraph.model.weighing.explanation import Explanation
from rlsgraph.model.weighing.item import StudyFacts

INTERVENING = (
    StudyDesign.RANDOMISED_CONTROLLED_TRIAL,
    StudyDesign.NON_RANDOMISED_TRIAL,
    StudyDesign.MENDELIAN_RANDOMISATION,
    StudyDesign.META_ANALYSIS,
    StudyDesign.SYSTEMATIC_REVIEW,
)
"""Designs that test a cause, or pool (on a causal claim) studies that do."""

OBSERVING = StudyDesign.COHORT
TESTING = StudyDesign.RANDOMISED_CONTROLLED_TRIAL
TESTING_INHERITED = StudyDesign.MENDELIAN_RANDOMISATION

INHERITED = ("biolink:SequenceVariant", "biolink:Genotype", "biolink:GenomicBackgroundExposure")
"""Categories of entities that cannot be assigned by lot."""

_ASSOCIATION_OF = {
    Predicate.INCREASES: Predicate.POSITIVELY_ASSOCIATED_WITH,
    Predicate.DECREASES: Predicate.NEGATIVELY_ASSOCIATED_WITH,
}


class NextReason(StrEnum):
    """Why a study would be the next one, in words."""

    UNSTUDIED = "no study of it yet"
    NOT_IN_PEOPLE = "studied in animals or cells only"
    CAUSE_UNTESTED = "observed in people, cause not tested"
    CONTESTED = "studies disagree: a larger one"
    UNCLEAR = "tested without a clear result"
    ONCE = "tested once: to be repeated by others"
    OFTEN = "tested more than once: to narrow what is left open"


@dataclass(frozen=True, slots=True)
class NextStudy:
    """The design of the study that would be the next step for a claim, why that one, and how many people it has."""

    design: StudyDesign
    reason: NextReason
    size: int

    def __str__(self) -> str:
        return f"{self.design.label}, n={self.size}"


Explain = Callable[[str], Explanation]
"""Give the sum behind the score of a claim, by its IRI."""


def scores_after(claim: Claim, study: NextStudy, explanation: Explanation) -> tuple[float, float]:
    """Return a claim's score after the study if it finds what is claimed (p = 0.05), and if it finds no effect.

    Both come from the same sum as the score, with one further study that is independent of all others.
    """

    def after(direction: Direction, result: Result) -> float:
        return explanation.score_with(StudyFacts(direction, study.design, result, study.size))

    positive, null = after(Direction.SUPPORTS, Result.AS_CLAIMED), after(Direction.DISPUTES, Result.NO_EFFECT_FOUND)
    return max(positive, claim.score), min(null, claim.score)  # where a ceiling leaves nothing, the last bits may differ


def related_claims(claim: Claim, records: Records) -> Iterator[Claim]:
    """Yield the associations of a causal claim's sign on its two entities; of `affects`, the signed claims."""
    subject, object_ = claim.subject.iri, claim.object.iri
    keys = [(subject, Predicate.INCREASES, object_), (subject, Predicate.DECREASES, object_)]
    if claim.predicate in _ASSOCIATION_OF:
        association = _ASSOCIATION_OF[claim.predicate]
        keys = [(subject, association, object_), (object_, association, subject)]
    elif claim.predicate is not Predicate.AFFECTS:
        keys = []
    yield from (records.claims[iri] for key in keys if (iri := records.iri_by_key.get(key)) is not None)


def next_study(claim: Claim, sizes: Mapping[StudyDesign, int], related: Sequence[Claim] = ()) -> NextStudy:
    """Return the next step for a claim: none yet, then observation in people, then a trial, then a repetition of it.

    `sizes` are those of the profile. `related` are the associations and signed claims on the same two entities; an
    association tests no cause. Inherited factors cannot be assigned by lot, so a mendelian randomisation stands in for the trial.
    """
    design, reason = _next_step(claim, related)
    return NextStudy(design, reason, sizes[design])


def _next_step(claim: Claim, related: Sequence[Claim]) -> tuple[StudyDesign, NextReason]:
    studies = list(_studies((claim, *related)))
    in_people = [item for item in studies if "human" in item.species]
    if not studies:
        return OBSERVING, NextReason.UNSTUDIED
    if not in_people:
        return OBSERVING, NextReason.NOT_IN_PEOPLE
    is_inherited = claim.subject.category in INHERITED
    design = TESTING_INHERITED if is_inherited else TESTING
    causal = _studies(one for one in (claim, *related) if one.predicate.is_causal)
    tried = [item for item in causal if "human" in item.species and item.design in INTERVENING]
    if not tried:
        return design, NextReason.CAUSE_UNTESTED
    if claim.is_contested:
        return design, NextReason.CONTESTED
    if all(item.direction is Direction.INCONCLUSIVE for item in tried):
        return design, NextReason.UNCLEAR
    if len({item.source.iri for item in tried}) == 1:
        return design, NextReason.ONCE
    return design, NextReason.OFTEN


def _studies(claims: Iterable[Claim]) -> Iterator[Evidence]:
    """Yield the studies with data of their own that bear on claims, but for retracted ones."""
    return (item for claim in claims for item in claim.evidence if item.design.is_study and not item.source.retracted)
