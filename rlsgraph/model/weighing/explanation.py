"""Show the whole sum behind a claim's score: the ledger that gave it, with the items and claims that it is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rlsgraph.model.records import Records
from rlsgraph.model.shown import Shown, ShownRows
from rlsgraph.model.superseded import SupersededClaim
from rlsgraph.model.things import Claim, Evidence, Source
from rlsgraph.model.vocabulary import LinkKind
from rlsgraph.model.weighing.item import STUDY_FIELDS, ItemFactor, StudyFacts, weigh
from rlsgraph.model.weighing.kinship import Kinship, find_lenders
from rlsgraph.model.weighing.ledger import KindSum, Ledger, Lender, Relation, make_ledger, sum_kinds
from rlsgraph.model.weighing.levels import why_level
from rlsgraph.model.weighing.once import ClaimItem, CountedItem, OwnEvidence, count_once, sum_once
from rlsgraph.model.weighing.profile import Profile
from rlsgraph.model.weighing.studies import Studies, find_studies


@dataclass(frozen=True, slots=True)
class WeighedItem(Shown):
    """One evidence item in a claim's sum; `reason` says why an item that does not count does not."""

    evidence: Evidence
    study: str
    factor: ItemFactor
    counted: bool
    reason: str

    @property
    def weight(self) -> float:
        """The natural logarithm of its Bayes factor, once the indirectness is taken off."""
        return self.factor.weight


@dataclass(frozen=True, slots=True)
class RelatedClaim:
    """A claim that may lend, and how it is related."""

    claim: Claim
    relation: Relation


@dataclass(frozen=True)
class Explanation(ShownRows):
    """The whole sum behind a claim's score, item by item."""

    claim: Claim
    profile: Profile
    studies: Studies
    related: tuple[RelatedClaim, ...]
    group: str
    """The group of the claim's subject."""

    @cached_property
    def items(self) -> tuple[WeighedItem, ...]:
        """The claim's own items, heaviest first, each with its numbers and whether it counts; superseded ones last."""
        by_iri = {item.iri: item for item in self.claim.evidence}
        counted = (
            WeighedItem(by_iri[item.name], item.study, item.factor, item.counts, item.reason)
            for item in self._count(self.claim)[0]
        )
        return (*counted, *map(self._superseded, self.claim.superseded))

    def _superseded(self, item: Evidence) -> WeighedItem:
        found = claim_item(item, self.studies, self.profile)
        newer = ", ".join(sorted(iri.rsplit("/", 1)[-1] for iri in item.superseded_by))
        return WeighedItem(item, found.study, found.factor, counted=False, reason=f"superseded by {newer}")

    @cached_property
    def ledger(self) -> Ledger:
        """The sum, computed by the same steps as the score in the graph."""
        return self._sum()

    def lender(self, iri: str) -> RelatedClaim:
        """Return the related claim of an IRI."""
        return next(related for related in self.related if related.claim.iri == iri)

    @property
    def level_reason(self) -> str:
        """Why the claim has its confidence level, in words."""
        found = self.ledger.confidence
        return why_level(found.level, found.score, found.prior, self.profile)

    def score_without(self, item: Evidence) -> float:
        """Return the score if one item, of this claim or of one that lends to it, were not there."""
        return self.ledger_without({item.iri}).confidence.score

    def score_with(self, study: StudyFacts) -> float:
        """Return the score if one further study, independent of all others, bore on the claim."""
        return self._sum(further=(study,)).confidence.score

    def ledger_without(self, left_out: Collection[str]) -> Ledger:
        """Return the sum if some items (IRIs), of this claim or of those that lend to it, were not there."""
        return self._sum(left_out=left_out)

    def own_without(self, left_out: Iterable[Evidence]) -> tuple[KindSum, ...]:
        """Return the kinds of the claim's own evidence if these items were not there."""
        own = self._count(self.claim, left_out={item.iri for item in left_out})[1]
        return sum_kinds(own.lines, self.profile, is_causal=self.claim.predicate.is_causal)

    def _sum(self, *, left_out: Collection[str] = (), further: Sequence[StudyFacts] = ()) -> Ledger:
        causal = self.claim.predicate.is_causal
        lenders = self._find_lenders(left_out) if left_out else self._lenders
        own = self._count(self.claim, left_out=left_out, further=further)[1]
        prior = self.profile.prior(is_causal=causal, group=self.group)
        return make_ledger(own, lenders, self.profile, is_causal=causal, prior=prior)

    @cached_property
    def _lenders(self) -> list[Lender]:
        """What lends to the claim: the same for each further study (benchmarks/startup.py)."""
        return self._find_lenders(())

    def _find_lenders(self, left_out: Collection[str]) -> list[Lender]:
        return [
            Lender(related.claim.iri, related.relation, related.claim.predicate.is_causal, own)
            for related in self.related
            if (own := self._count(related.claim, left_out=left_out)[1]).lines
        ]

    def _count(
        self, claim: Claim, *, left_out: Collection[str] = (), further: Sequence[StudyFacts] = ()
    ) -> tuple[tuple[CountedItem, ...], OwnEvidence]:
        items = [item for item in self._weighed[claim.iri] if item.name not in left_out]
        for number, study in enumerate(further, 1):
            name = f"further study {number}"
            items.append(ClaimItem(name, name, weigh(study, self.profile), is_retracted=False))
        return count_once(items, self.studies)

    @cached_property
    def _weighed(self) -> Mapping[str, tuple[ClaimItem, ...]]:
        """The items of the claim and of those that lend to it, each weighed once."""
        claims = (self.claim, *(related.claim for related in self.related))
        return {c.iri: tuple(claim_item(item, self.studies, self.profile) for item in c.evidence) for c in claims}


def claim_item(item: Evidence, studies: Studies, profile: Profile) -> ClaimItem:
    """Return an evidence item as the sums want it."""
    facts = StudyFacts(**{name: getattr(item, name) for name in STUDY_FIELDS})
    return ClaimItem(item.iri, studies.of(item.source.iri), weigh(facts, profile), item.source.retracted)


def score_alone(claim: SupersededClaim, studies: Studies, profile: Profile) -> Claim:
    """Return a superseded claim with the numbers that its own evidence gives it; nothing is lent to it."""
    own = sum_once((claim_item(item, studies, profile) for item in claim.evidence), studies)
    causal = claim.predicate.is_causal
    prior = profile.prior(is_causal=causal, group=claim.subject.group)
    found = make_ledger(own, [], profile, is_causal=causal, prior=prior).confidence
    ends = (claim.iri, claim.subject, claim.predicate, claim.object)
    return Claim(*ends, claim.evidence, found, superseded_by=claim.superseded_by)


def studies_of(sources: Iterable[Source]) -> Studies:
    """Return which sources report one study, and what reviews pool."""
    known = list(sources)
    return find_studies(
        ((source.iri, other) for source in known for other in (*source.same_study_as, *source.likely_same_study_as)),
        (named for source in known for named in source.identifiers),
        {source.iri: source.registrations for source in known if source.registrations},
        ((source.iri, other) for source in known for other in (*source.pools, *source.likely_pools)),
    )


def kinship_of(records: Records) -> Kinship:
    """Return which entities are kinds of which."""
    links = records.links.values()
    return Kinship.of((link.subject.iri, link.object.iri) for link in links if link.kind is LinkKind.BROADER)


def explain(iri: str, records: Records, studies: Studies, kinship: Kinship, profile: Profile) -> Explanation:
    """Return the whole sum behind the score of the claim of an IRI."""
    claim = records.claims[iri]
    key = (claim.subject.iri, claim.predicate, claim.object.iri)
    related = tuple(
        RelatedClaim(records.claims[lender], relation)
        for relation, _, lender in find_lenders(key, kinship, records.iri_by_key.get)
    )
    cited = (item.source.iri for one in (claim, *(kin.claim for kin in related)) for item in one.evidence)
    return Explanation(claim, profile, studies.among(cited), related, claim.subject.group)
