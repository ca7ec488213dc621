"""Rank claims by how much a study of each could settle, and name the study that would be the next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rlsgraph.model.confidence import Profile, lenders
from rlsgraph.model.things import Claim, Entity, Evidence
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, StudyDesign
from rlsgraph.reasoning.claim_graph import ClaimGraph
from rlsgraph.reasoning.claim_support import compile_claims, parse_part
from rlsgraph.reasoning.reliability.estimates import Estimate, Part
from rlsgraph.reasoning.reliability.gaps import TRIAL_WEIGHT, Gap, rank_gaps
from rlsgraph.reasoning.reliability.sampler import Progress

_INTERVENING = (
    StudyDesign.RANDOMISED_CONTROLLED_TRIAL,
    StudyDesign.NON_RANDOMISED_TRIAL,
    StudyDesign.MENDELIAN_RANDOMISATION,
    StudyDesign.META_ANALYSIS,
    StudyDesign.SYSTEMATIC_REVIEW,
)
"""Designs that test a cause, or pool (on a causal claim) studies that do."""

_INHERITED = ("biolink:SequenceVariant", "biolink:Genotype", "biolink:GenomicBackgroundExposure")


@dataclass(frozen=True, slots=True)
class NextStudy:
    """The design of the study that would be the next step for a claim, and why that one."""

    design: StudyDesign
    reason: str


@dataclass(frozen=True, slots=True)
class ResearchGap:
    """What one claim's uncertainty means for the support between two entities.

    `gap` has the numbers; `share` is its expected fall as a share of the whole variance of the support.
    """

    claim: Claim
    gap: Gap
    share: float
    next_study: NextStudy


@dataclass(frozen=True, slots=True)
class Agenda:
    """The claims that a support between two entities rests on, the most worthwhile to study first.

    `variance` is that of the part of the support that was asked about, over 2,000 draws from all the claims' posteriors;
    `weight` the weight of evidence that a further study is supposed to bring.
    """

    start: Entity
    end: Entity
    max_steps: int | None
    part: Part
    estimate: Estimate
    variance: float
    weight: float
    gaps: tuple[ResearchGap, ...]


def find_agenda(
    claims: ClaimGraph,
    start: Entity,
    end: Entity,
    *,
    max_steps: int | None,
    profile: Profile,
    weight: float = TRIAL_WEIGHT,
    part: Part | str = Part.OVERALL,
    progress: Progress | None = None,
) -> Agenda:
    """Return the research agenda between two entities: empty of gaps where no path joins them."""
    part = parse_part(part)
    function = compile_claims(claims, start, end, max_steps=max_steps, progress=progress)
    estimate = function.estimates((part,))[part]
    variance = float(function.draws(claims.alphas, claims.betas, parts=(part,))[0].var())
    gaps = [
        ResearchGap(
            claim=claims.records.claims[gap.variable_id],
            gap=_with_refutation(gap, claims.records.claims[gap.variable_id], estimate.value, weight, profile),
            share=gap.expected_fall / variance if variance > 0 else 0.0,
            next_study=next_study(claims.records.claims[gap.variable_id], _lent_evidence(claims, gap.variable_id)),
        )
        for gap in rank_gaps(function, claims.alphas, claims.betas, weight=weight, part=part)
        if gap.importance > 0
    ]
    return Agenda(start, end, max_steps, part, estimate, variance, weight, tuple(gaps))


def _with_refutation(gap: Gap, claim: Claim, value: float, weight: float, profile: Profile) -> Gap:
    """Return the gap with the support that is left if the evidence disputes the claim so much that it is walked no more."""
    weights = claim.confidence
    if profile.level(weights.support_weight, weights.dispute_weight + weight) is not ConfidenceLevel.REFUTED:
        return gap
    return replace(gap, if_disputes=max(0.0, value - gap.importance * claim.score))


def _lent_evidence(claims: ClaimGraph, iri: str) -> tuple[Evidence, ...]:
    """Return the evidence of the claims that lend weight to a claim."""
    claim = claims.records.claims[iri]
    lent = lenders((claim.subject.iri, claim.predicate, claim.object.iri), claims.records.iri_by_key.get)
    return tuple(item for lender, _ in lent for item in claims.records.claims[lender].evidence)


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
