"""Add up what reaches a claim: its own kinds of evidence, each with its ceiling, and what relatives lend (docs/confidence.md)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rlsgraph.model.study_terms import EvidenceKind
from rlsgraph.model.things import Confidence
from rlsgraph.model.weighing.levels import level_of
from rlsgraph.model.weighing.once import PEOPLE_KINDS, Line, OwnEvidence
from rlsgraph.model.weighing.profile import Profile, Proxy


class Relation(IntEnum):
    """How a lender is related to the claim that it lends to, in the order in which lenders come: the most telling first."""

    SIGNED = 0
    MEMBER = 1
    CLASS = 2
    ASSOCIATION = 3

    @property
    def words(self) -> str:
        """The relation in words."""
        return ("a signed claim on the same pair", "a member of the class", "the class", "an association on the same pair")[self]


@dataclass(frozen=True, slots=True)
class Lender:
    """A claim (by IRI) that is related to another, with its own evidence."""

    iri: str
    relation: Relation
    is_causal: bool
    own: OwnEvidence


@dataclass(frozen=True, slots=True)
class KindSum:
    """The lines of a kind: their sum, and what the kind tells of the claim: for, against and (slope) of a little more."""

    kind: EvidenceKind
    before: float
    after: float
    support: float
    dispute: float
    slope: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Lending:
    """What one claim lends to another: the sum over its kinds of the studies that still count, and what that tells here."""

    lender: str
    relation: Relation
    before: float
    after: float
    lines: tuple[Line, ...]
    known: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole sum behind a claim's score; `confidence` is its end."""

    kinds: tuple[KindSum, ...]
    lendings: tuple[Lending, ...]
    lent_before: float
    lent: float
    confidence: Confidence


def sum_kinds(lines: Sequence[Line], profile: Profile, *, is_causal: bool) -> tuple[KindSum, ...]:
    """Return each kind with lines, in the order of `EvidenceKind`."""
    by_kind: dict[EvidenceKind, list[Line]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    if len(by_kind) > 1:
        by_kind = {kind: by_kind[kind] for kind in EvidenceKind if kind in by_kind}
    return tuple([_sum_kind(kind, found, profile, is_causal=is_causal) for kind, found in by_kind.items()])


def _sum_kind(kind: EvidenceKind, lines: Sequence[Line], profile: Profile, *, is_causal: bool) -> KindSum:
    assumed = profile.kinds[kind]
    proxy = assumed.of_cause if is_causal else assumed.of_association
    weights = [line.weight for line in lines]
    pro = math.fsum([weight for weight in weights if weight > 0])
    con = math.fsum([weight for weight in weights if weight < 0])
    before = pro + con
    after = proxy.tell(before)
    support, dispute = _both_sides(after, proxy.tell(pro), proxy.tell(con))
    return KindSum(kind, before, after, support, dispute, proxy.slope(before), tuple(lines))


def _both_sides(together: float, pro: float, con: float) -> tuple[float, float]:
    """Share a bounded sum out to its two sides: what each adds, on average over which of them is heard first.

    `pro` (at least 0) and `con` (at most 0) are what each side tells alone; support − dispute is what they tell together.
    """
    support = (pro + together - con) / 2
    return support, support - together


def make_ledger(own: OwnEvidence, lenders: Iterable[Lender], profile: Profile, *, is_causal: bool, prior: float) -> Ledger:
    """Return the sum of a claim's own evidence and of what its relatives lend; lenders may come in any order."""
    kinds = sum_kinds(own.lines, profile, is_causal=is_causal)
    lendings = _lend(own, sorted(lenders, key=lambda lender: (lender.relation, lender.iri)), profile)
    lent_before = lent = support = dispute = 0.0
    if lendings:
        lent_before = math.fsum(lending.after for lending in lendings)
        lent_for = _lent_side(own, kinds, lendings, profile, is_causal=is_causal, sign=1)
        lent_against = _lent_side(own, kinds, lendings, profile, is_causal=is_causal, sign=-1)
        most = profile.most_lent
        lent = _bounded(lent_for + lent_against, most)
        support, dispute = _both_sides(lent, _bounded(lent_for, most), _bounded(lent_against, most))
    support += math.fsum([kind.support for kind in kinds])
    dispute += math.fsum([kind.dispute for kind in kinds])
    variance = profile.prior_sd**2 + (profile.relative_error * lent) ** 2
    for kind in kinds:
        variance += kind.slope**2 * math.fsum([(profile.relative_error * line.weight) ** 2 for line in kind.lines])
    logit = math.log(prior / (1 - prior)) + support - dispute
    confidence = _confidence(own, lendings, profile, logit, math.sqrt(variance), prior, max(support, 0.0), max(dispute, 0.0))
    return Ledger(kinds, lendings, lent_before, lent, confidence)


def _lent_side(
    own: OwnEvidence, kinds: Sequence[KindSum], lendings: Sequence[Lending], profile: Profile, *, is_causal: bool, sign: int
) -> float:
    """Return what the lenders of one side (sign 1: for, −1: against) lend together.

    Claims of the same sentence about kin lend no more than the same studies would tell if they stood at the claim itself, so
    that no ceiling of a kind is passed by way of a relative.
    """
    side = [lending for lending in lendings if lending.after * sign > 0]
    kin = [lending for lending in side if lending.relation is not Relation.ASSOCIATION]
    lent = math.fsum(lending.after for lending in side)
    if not kin:
        return lent
    here = math.fsum(kind.after for kind in kinds)
    lines = [*own.lines, *(line for lending in kin for line in lending.lines)]
    gain = max((math.fsum(kind.after for kind in sum_kinds(lines, profile, is_causal=is_causal)) - here) * sign, 0.0) * sign
    excess = math.fsum(lending.after for lending in kin) - gain
    return lent - excess if excess * sign > 0 else lent


def _bounded(value: float, most: float) -> float:
    return min(max(value, -most), most)


def _lend(own: OwnEvidence, lenders: Sequence[Lender], profile: Profile) -> tuple[Lending, ...]:
    """Return what each lender lends, a study once over all of them: the first that has it lends it."""
    if not lenders:
        return ()
    known = own.studies
    found: list[Lending] = []
    signed = [_lending(lender, known, profile) for lender in lenders if lender.relation is Relation.SIGNED]
    if signed:
        larger = max(signed, key=lambda lending: lending.after)  # the first of equals
        found += [lending if lending is larger else _silent(lending, "the other signed claim says more") for lending in signed]
        known |= {line.study for line in larger.lines}
    for lender in lenders:
        if lender.relation is not Relation.SIGNED:
            found.append(_lending(lender, known, profile))
            known |= {line.study for line in found[-1].lines}
    return tuple(found)


def _lending(lender: Lender, known: frozenset[str], profile: Profile) -> Lending:
    lines = tuple(line for line in lender.own.lines if line.study not in known)
    shared = tuple(sorted({line.study for line in lender.own.lines} & known))
    before = math.fsum(kind.after for kind in sum_kinds(lines, profile, is_causal=lender.is_causal))
    if lender.relation is Relation.SIGNED:
        if before < 0:
            lending = Lending(lender.iri, lender.relation, before, 0.0, lines, shared)
            return _silent(lending, "evidence against a sign is none against an effect")
        return Lending(lender.iri, lender.relation, before, before, lines, shared)
    return Lending(lender.iri, lender.relation, before, _proxy(lender.relation, profile).tell(before), lines, shared)


def _silent(lending: Lending, reason: str) -> Lending:
    return Lending(lending.lender, lending.relation, lending.before, 0.0, (), lending.known, reason)


def _proxy(relation: Relation, profile: Profile) -> Proxy:
    return {
        Relation.MEMBER: profile.by_member,
        Relation.CLASS: profile.by_class,
        Relation.ASSOCIATION: profile.by_association,
    }[relation]


def _confidence(
    own: OwnEvidence,
    lendings: Sequence[Lending],
    profile: Profile,
    logit: float,
    logit_sd: float,
    prior: float,
    support: float,
    dispute: float,
) -> Confidence:
    score = probability(logit)
    reach = profile.interval_z * logit_sd
    lines = [*own.lines, *(line for lending in lendings if lending.after for line in lending.lines)] if lendings else own.lines
    heavy = [line for line in lines if abs(line.weight) >= profile.line_weight and line.kind in PEOPLE_KINDS]
    lines_for = len({line.study for line in heavy if line.weight > 0})
    lines_against = len({line.study for line in heavy if line.weight < 0})
    is_heard = any(line.kind is not EvidenceKind.OPINION for line in lines)
    in_people = own.in_people or any(line.kind in PEOPLE_KINDS for line in lines)
    return Confidence(
        score=score,
        low=probability(logit - reach),
        high=probability(logit + reach),
        logit=logit,
        logit_sd=logit_sd,
        prior=prior,
        support_weight=support,
        dispute_weight=dispute,
        level=level_of(score, lines_for, lines_against, prior, profile),
        lines_for=lines_for,
        lines_against=lines_against,
        is_contested=min(support, dispute) >= profile.contested_weight,
        is_untested=not own.has_data,
        is_single_study=len({line.study for line in lines if line.kind is not EvidenceKind.OPINION}) == 1,
        is_not_in_people=(own.has_data or is_heard) and not in_people,
        is_only_lent=not own.lines and any(lending.after for lending in lendings),
    )


def probability(logit: float) -> float:
    """Return 1 / (1 + e^-x)."""
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    small = math.exp(logit)
    return small / (1 + small)
