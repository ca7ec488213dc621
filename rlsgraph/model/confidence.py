"""Turn evidence into a number that can be explained: weights, evidence lines, the Beta posterior, the level.

The formulas are those of `docs/confidence.md`; every constant comes from a `Profile`, which is read from Turtle.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rlsgraph.errors import ProfileError
from rlsgraph.model.things import Claim, Confidence, Evidence
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Polarity, Predicate, StudyDesign


@dataclass(frozen=True, slots=True)
class Profile:
    """The numbers behind every score; the meaning of each is given beside its term in the ontology."""

    weights: Mapping[StudyDesign, float]
    pooling: frozenset[StudyDesign]
    prior_weight: float
    prior_mean: float
    interval_mass: float
    unknown_size_factor: float
    full_size_log10: float
    association_share: float
    contested_weight: float
    contested_share: float
    refuted_weight: float
    refuted_ratio: float
    emerging_from: float
    supported_from: float
    established_from: float

    def __post_init__(self) -> None:
        missing = [design.label for design in StudyDesign if design not in self.weights]
        if missing:
            raise ProfileError(f"the profile gives no weight for: {', '.join(missing)}")
        if any(weight <= 0 for weight in self.weights.values()):
            raise ProfileError("every design weight must be above 0")
        if not (0 < self.prior_mean < 1 and self.prior_weight > 0 and 0 < self.interval_mass < 1 and self.full_size_log10 > 0):
            raise ProfileError("prior mean and interval mass must lie between 0 and 1, prior weight and full size above 0")
        if not 0 < self.emerging_from < self.supported_from < self.established_from < 1:
            raise ProfileError("the thresholds of the levels must rise between 0 and 1")

    def size_factor(self, design: StudyDesign, sample_size: int | None) -> float:
        """Return min(1, log10(n) / 2) for n people or animals; a constant for an unknown n; 1 for designs that pool."""
        if design in self.pooling:
            return 1.0
        if sample_size is None:
            return self.unknown_size_factor
        return min(1.0, math.log10(max(sample_size, 1)) / self.full_size_log10)

    def weigh(self, design: StudyDesign, sample_size: int | None) -> float:
        """Return the weight of one evidence item: design weight × size factor."""
        return self.weights[design] * self.size_factor(design, sample_size)

    def posterior(self, support: float, dispute: float) -> tuple[float, float]:
        """Return alpha and beta of the Beta posterior for weights S and R."""
        prior_alpha = self.prior_weight * self.prior_mean
        return prior_alpha + support, (self.prior_weight - prior_alpha) + dispute

    def level(self, support: float, dispute: float) -> ConfidenceLevel:
        """Return the confidence level for weights S and R."""
        if dispute >= self.refuted_weight and dispute >= self.refuted_ratio * support:
            return ConfidenceLevel.REFUTED
        if dispute > support:
            return ConfidenceLevel.DOUBTFUL
        alpha, beta = self.posterior(support, dispute)
        score = alpha / (alpha + beta)
        if score < self.emerging_from:
            return ConfidenceLevel.SPECULATIVE
        if score < self.supported_from:
            return ConfidenceLevel.EMERGING
        return ConfidenceLevel.SUPPORTED if score < self.established_from else ConfidenceLevel.ESTABLISHED

    def is_contested(self, support: float, dispute: float) -> bool:
        """Return whether both sides weigh enough to call the claim contested."""
        smaller = min(support, dispute)
        return smaller >= self.contested_weight and smaller / (support + dispute) >= self.contested_share

    def confidences(self, weights: Sequence[tuple[float, float]]) -> list[Confidence]:
        """Return the confidence for each pair (S, R); all intervals are computed at once."""
        distinct = sorted(set(weights))
        posteriors = [self.posterior(*pair) for pair in distinct]
        intervals = _central_intervals(posteriors, self.interval_mass)
        known = {
            (support, dispute): Confidence(
                support_weight=support,
                dispute_weight=dispute,
                alpha=alpha,
                beta=beta,
                score=alpha / (alpha + beta),
                low=low,
                high=high,
                level=self.level(support, dispute),
                is_contested=self.is_contested(support, dispute),
            )
            for (support, dispute), (alpha, beta), (low, high) in zip(distinct, posteriors, intervals, strict=True)
        }
        return [known[pair] for pair in weights]


def _central_intervals(posteriors: Sequence[tuple[float, float]], mass: float) -> list[tuple[float, float]]:
    """Return the central interval of each Beta(alpha, beta)."""
    from scipy.special import betaincinv  # takes half a second to import, and a cached graph needs none of it

    tail = (1 - mass) / 2
    alphas, betas = [a for a, _ in posteriors], [b for _, b in posteriors]
    lows, highs = betaincinv(alphas, betas, tail), betaincinv(alphas, betas, 1 - tail)
    return [(float(low), float(high)) for low, high in zip(lows, highs, strict=True)]


@dataclass(frozen=True, slots=True)
class Item:
    """What the arithmetic needs to know of an evidence item."""

    direction: Direction
    weight: float
    study: str
    is_retracted: bool = False

    @property
    def counts(self) -> bool:
        """Whether it can add anything: inconclusive and retracted items add nothing."""
        return self.direction is not Direction.INCONCLUSIVE and not self.is_retracted


def add_up(items: Iterable[Item]) -> tuple[float, float]:
    """Return S and R: of each study and direction the heaviest item counts whole, the others not at all."""
    heaviest: dict[tuple[Direction, str], float] = {}
    for item in items:
        if item.counts:
            line = (item.direction, item.study)
            heaviest[line] = max(item.weight, heaviest.get(line, 0.0))
    return tuple(  # type: ignore[return-value]  # two directions, two sums
        math.fsum(weight for (side, _), weight in heaviest.items() if side is direction)
        for direction in (Direction.SUPPORTS, Direction.DISPUTES)
    )


@dataclass(frozen=True, slots=True)
class Lending:
    """Weight that one claim lends to another between the same two entities."""

    lender: str
    reason: str
    support: float
    dispute: float


_CAUSAL_OF = {
    Predicate.POSITIVELY_ASSOCIATED_WITH: Predicate.INCREASES,
    Predicate.NEGATIVELY_ASSOCIATED_WITH: Predicate.DECREASES,
}
_ASSOCIATION_OF = {causal: association for association, causal in _CAUSAL_OF.items()}

ClaimKey = tuple[str, Predicate, str]
"""Subject IRI, predicate, object IRI."""


def lenders(key: ClaimKey, iri_of: Callable[[ClaimKey], str | None]) -> list[tuple[str, bool]]:
    """Return the claims (IRI, whether an association) that lend to the claim `key`, in order.

    Associations have no direction, so one lends to the causal claim of its sign whichever way round it is written.
    """
    subject, predicate, object_ = key
    candidates: list[tuple[ClaimKey, bool]] = []
    if predicate in _ASSOCIATION_OF:
        association = _ASSOCIATION_OF[predicate]
        candidates = [((subject, association, object_), True), ((object_, association, subject), True)]
    elif predicate is Predicate.AFFECTS:
        candidates = [((subject, Predicate.INCREASES, object_), False), ((subject, Predicate.DECREASES, object_), False)]
    found = ((iri_of(candidate), is_association) for candidate, is_association in candidates)
    return [(iri, is_association) for iri, is_association in found if iri is not None]


def lend(lender: str, is_association: bool, own: tuple[float, float], profile: Profile) -> Lending:
    """Return what a claim with own weights (S, R) lends: a share of both as an association, else its whole S."""
    support, dispute = own
    if is_association:
        share = profile.association_share
        return Lending(
            lender, f"an association between the same two lends {share:g} of its weights", share * support, share * dispute
        )
    return Lending(lender, "a claim with a sign entails this one, so it lends its whole support", support, 0.0)


def total(own: tuple[float, float], lendings: Iterable[Lending]) -> tuple[float, float]:
    """Return S and R of a claim: its own weights and what others lend."""
    lent = list(lendings)
    return (
        math.fsum([own[0], *(lending.support for lending in lent)]),
        math.fsum([own[1], *(lending.dispute for lending in lent)]),
    )


@dataclass(frozen=True, slots=True)
class WeighedItem:
    """One evidence item in a claim's sum; `reason` says why an item that does not count does not."""

    evidence: Evidence
    study: str
    design_weight: float
    size_factor: float
    counted: bool
    reason: str = ""

    @property
    def weight(self) -> float:
        """Design weight × size factor."""
        return self.design_weight * self.size_factor


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole sum behind a claim's score, item by item."""

    claim: Claim
    profile: Profile
    items: tuple[WeighedItem, ...]
    lendings: tuple[Lending, ...] = field(default=())

    @property
    def prior(self) -> tuple[float, float]:
        """Alpha and beta before any evidence."""
        return self.profile.posterior(0.0, 0.0)

    def subtotal(self, direction: Direction) -> float:
        """Return the sum of the claim's own counted items of one direction."""
        return math.fsum(item.weight for item in self.items if item.counted and item.evidence.direction is direction)

    @property
    def own(self) -> tuple[float, float]:
        """The claim's own S and R, without what others lend."""
        return self.subtotal(Direction.SUPPORTS), self.subtotal(Direction.DISPUTES)

    @property
    def level_reason(self) -> str:
        """Why the claim has its confidence level, in words."""
        profile = self.profile
        return {
            ConfidenceLevel.REFUTED: f"R is at least {profile.refuted_weight:g} and at least {profile.refuted_ratio:g} × S",
            ConfidenceLevel.DOUBTFUL: "R is larger than S",
            ConfidenceLevel.SPECULATIVE: f"the score is below {profile.emerging_from:g}",
            ConfidenceLevel.EMERGING: f"the score is at least {profile.emerging_from:g} and below {profile.supported_from:g}",
            ConfidenceLevel.SUPPORTED: f"the score is at least {profile.supported_from:g} and below {profile.established_from:g}",
            ConfidenceLevel.ESTABLISHED: f"the score is at least {profile.established_from:g}",
        }[self.claim.level]

    def own_without(self, left_out: Evidence) -> tuple[float, float]:
        """Return the claim's own S and R if one item were not there; another of the same study may then count."""
        return add_up(
            Item(item.evidence.direction, item.weight, item.study, item.evidence.source.retracted)
            for item in self.items
            if item.evidence != left_out
        )


def weigh_items(evidence: Sequence[Evidence], study_of: Mapping[str, str], profile: Profile) -> tuple[WeighedItem, ...]:
    """Return each item with its weight and whether it counts, in the order: for, against, inconclusive; heaviest first.

    `study_of` maps a source's IRI to the study that it reports; a source that is not in it is a study of its own.
    """
    order = list(Direction)
    ranked = sorted(evidence, key=lambda e: (order.index(e.direction), -profile.weigh(e.design, e.sample_size), e.iri))
    taken: dict[tuple[Direction, str], str] = {}
    weighed = []
    for item in ranked:
        study = study_of.get(item.source.iri, item.source.iri)
        line = (item.direction, study)
        if item.source.retracted:
            reason = "its source is retracted"
        elif item.direction is Direction.INCONCLUSIVE:
            reason = "inconclusive: shown, adds nothing"
        elif line in taken:
            reason = f"same study as {taken[line]}, which counts already"
        else:
            reason = ""
            taken[line] = item.identifier
        factor = profile.size_factor(item.design, item.sample_size)
        weighed.append(WeighedItem(item, study, profile.weights[item.design], factor, not reason, reason))
    return tuple(weighed)


def compose(polarities: Iterable[Polarity]) -> Polarity:
    """Return the product of signs; unknown absorbs, and nothing at all is +1."""
    sign = Polarity.RAISES
    for polarity in polarities:
        sign = sign * polarity
    return sign
