"""Name the study that would be the next step for a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rlsgraph.model.records import Records
from rlsgraph.model.things import Claim, Evidence
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign

_INTERVENING = (
    StudyDesign.RANDOMISED_CONTROLLED_TRIAL,
    StudyDesign.NON_RANDOMISED_TRIAL,
    StudyDesign.MENDELIAN_RANDOMISATION,
    StudyDesign.META_ANALYSIS,
    StudyDesign.SYSTEMATIC_REVIEW,
)
"""Designs that test a cause, or pool (on a causal claim) studies that do."""

_INHERITED = ("biolink:SequenceVariant", "biolink:Genotype", "biolink:GenomicBackgroundExposure")

_ASSOCIATION_OF = {
    Predicate.INCREASES: Predicate.POSITIVELY_ASSOCIATED_WITH,
    Predicate.DECREASES: Predicate.NEGATIVELY_ASSOCIATED_WITH,
}

SIZES = {
    StudyDesign.RANDOMISED_CONTROLLED_TRIAL: 100,
    StudyDesign.COHORT: 1000,
    StudyDesign.MENDELIAN_RANDOMISATION: 10_000,
}
"""How many people the next study is supposed to have: what the larger studies of each design in the ledger have."""


@dataclass(frozen=True, slots=True)
class NextStudy:
    """The design of the study that would be the next step for a claim, and why that one."""

    design: StudyDesign
    reason: str

    @property
    def size(self) -> int:
        """How many people it is supposed to have."""
        return SIZES[self.design]

    def __str__(self) -> str:
        return f"{self.design.label}, n={self.size}"


After = Callable[[Claim, NextStudy], tuple[float, float]]
"""Give a claim's score after a positive study, and after one that finds no effect."""


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


def next_study(claim: Claim, lent: Sequence[Evidence] = ()) -> NextStudy:
    """Return the next step for a claim: none yet, then observation in people, then a trial, then a repetition of it.

    `lent` is the evidence of associations and signed claims on the same two entities. Inherited factors cannot be assigned
    by lot, so a mendelian randomisation stands in for the trial.
    """
    studies = [item for item in (*claim.evidence, *lent) if item.design.is_study and not item.source.retracted]
    in_people = [item for item in studies if "human" in item.species]
    if not studies:
        return NextStudy(StudyDesign.COHORT, "no study of it yet")
    if not in_people:
        return NextStudy(StudyDesign.COHORT, "studied in animals or cells only")
    is_inherited = claim.subject.category in _INHERITED
    design = StudyDesign.MENDELIAN_RANDOMISATION if is_inherited else StudyDesign.RANDOMISED_CONTROLLED_TRIAL
    tried = [item for item in in_people if item.design in _INTERVENING]
    if not tried:
        return NextStudy(design, "observed in people, cause not tested")
    if claim.is_contested:
        return NextStudy(design, "studies disagree: a larger one")
    if all(item.direction is Direction.INCONCLUSIVE for item in tried):
        return NextStudy(design, "tested without a clear result")
    if len({item.source.iri for item in tried}) == 1:
        return NextStudy(design, "tested once: to be repeated by others")
    return NextStudy(design, "tested more than once: to narrow what is left open")
