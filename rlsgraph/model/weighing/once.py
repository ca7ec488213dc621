"""Count each study once on a claim: its heaviest item of each sign; a review, or the studies that it pools."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from rlsgraph.model.study_terms import EvidenceKind
from rlsgraph.model.weighing.item import ItemFactor
from rlsgraph.model.weighing.studies import Studies

PEOPLE_KINDS = frozenset(set(EvidenceKind) - {EvidenceKind.ANIMAL, EvidenceKind.CELLS, EvidenceKind.OPINION})
"""Kinds whose studies are of people."""

MOST_REVIEWS = 12
"""So many reviews that share studies are tried in all combinations; of more, the heaviest go first."""


class Line(NamedTuple):
    """What a study says for (weight above 0) or against a claim."""

    study: str
    weight: float
    kind: EvidenceKind


@dataclass(frozen=True, slots=True)
class CountedItem:
    """An item of a claim, whether it counts, and why not where it does not."""

    name: str
    study: str
    factor: ItemFactor
    counts: bool
    reason: str


@dataclass(frozen=True, slots=True)
class OwnEvidence:
    """What a claim's own items come to: a line for each study and sign that counts.

    `aside` are the studies that have a weight here, and do not count because a review, or what it pools, counts for them;
    `has_data` tells that a study with data of its own bears on the claim, `in_people` that one of them is of people.
    """

    lines: tuple[Line, ...] = ()
    aside: frozenset[str] = frozenset()
    has_data: bool = False
    in_people: bool = False

    @property
    def studies(self) -> frozenset[str]:
        """All studies that the claim has heard, so that nobody lends them to it once more."""
        return self.aside | {line.study for line in self.lines}


class ClaimItem(NamedTuple):
    """An item as it comes: a name for it (its IRI), its source's study, its factor, and whether the source is retracted."""

    name: str
    study: str
    factor: ItemFactor
    is_retracted: bool


def count_once(items: Iterable[ClaimItem], studies: Studies) -> tuple[tuple[CountedItem, ...], OwnEvidence]:
    """Return the items in order, heaviest first, each with whether it counts, and what they come to together."""
    ranked, heaviest, left_out = _choose_items(items, studies)
    return tuple(_count(item, heaviest, left_out) for item in ranked), _own_evidence(ranked, heaviest, left_out)


def sum_once(items: Iterable[ClaimItem], studies: Studies) -> OwnEvidence:
    """Return what the items of a claim come to together, without saying of each why it counts (benchmarks/scale.py)."""
    return _own_evidence(*_choose_items(items, studies))


_Heaviest = Mapping[tuple[str, bool], ClaimItem]
_LeftOut = Mapping[str, tuple[str, ...]]


def _choose_items(items: Iterable[ClaimItem], studies: Studies) -> tuple[list[ClaimItem], _Heaviest, _LeftOut]:
    """Return the items, heaviest first, the heaviest of each study and sign, and the studies that pools leave out."""
    ranked = list(items)
    if len(ranked) > 1:
        ranked.sort(key=lambda item: (-abs(item.factor.weight), item.name))
    heaviest: dict[tuple[str, bool], ClaimItem] = {}
    for item in ranked:
        if item.factor.weight and not item.is_retracted:
            heaviest.setdefault((item.study, item.factor.weight > 0), item)
    return ranked, heaviest, _left_out_of_pools(heaviest, studies.pools) if studies.pools and len(heaviest) > 1 else {}


def _own_evidence(ranked: Iterable[ClaimItem], heaviest: _Heaviest, left_out: _LeftOut) -> OwnEvidence:
    lines = tuple(
        Line(study, item.factor.weight, item.factor.kind)
        for (study, _), item in sorted(heaviest.items(), key=lambda entry: entry[0])
        if study not in left_out and item.factor.kind is not None
    )
    data = [item.factor.kind for item in ranked if item.factor.has_data and not item.is_retracted]
    return OwnEvidence(lines, frozenset(left_out), bool(data), not PEOPLE_KINDS.isdisjoint(data))


def _count(item: ClaimItem, heaviest: _Heaviest, left_out: _LeftOut) -> CountedItem:
    weight = item.factor.weight
    if item.is_retracted:
        reason = "its source is retracted"
    elif not weight:
        reason = item.factor.note or "says nothing either way"
    elif (first := heaviest[item.study, weight > 0]) is not item:
        reason = f"same study as {_short(first.name)}, which counts already"
    elif item.study in left_out:
        reason = f"pooled with {', '.join(map(_short, left_out[item.study]))}, which says more"
    else:
        reason = ""
    return CountedItem(item.name, item.study, item.factor, not reason, reason)


def _short(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _left_out_of_pools(heaviest: _Heaviest, pools: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Return the studies that do not count beside a review, or the reviews beside their studies, with those that do.

    Of all choices in which no review stands beside a study that it pools, the one counts that says most (the sum of |weight|).
    Ties go to the choice with more studies, then to the first in the order of IRIs.
    """
    says: dict[str, float] = {}
    for study, is_for in sorted(heaviest):
        says[study] = says.get(study, 0.0) + abs(heaviest[study, is_for].factor.weight)
    beside = {study: {other for other in pools.get(study, ()) if other in says} for study in says}
    rivals: dict[str, set[str]] = {study: set(others) for study, others in beside.items()}
    for study, others in beside.items():
        for other in others:
            rivals[other].add(study)
    left_out: dict[str, tuple[str, ...]] = {}
    for group in _groups(rivals):
        chosen = _choose(group, [study for study in group if beside[study]], rivals, says)
        left_out.update({s: tuple(sorted(rivals[s] & chosen)) for s in group if s not in chosen})
    return left_out


def _groups(rivals: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the studies that rivalry joins, directly or through others; those without a rival are left away."""
    groups, seen = [], set[str]()
    for study in sorted(rivals):
        if study in seen or not rivals[study]:
            continue
        group, waiting = [], [study]
        seen.add(study)
        while waiting:
            group.append(waiting.pop())
            new = rivals[group[-1]] - seen
            seen |= new
            waiting += new
        groups.append(sorted(group))
    return groups


def _choose(
    group: Sequence[str], reviews: Sequence[str], rivals: Mapping[str, set[str]], says: Mapping[str, float]
) -> frozenset[str]:
    """Return the studies of a group that say most without a rival among them: each set of reviews, with all it leaves."""
    plain = [study for study in group if study not in reviews]

    def complete(some: Iterable[str]) -> frozenset[str]:
        taken = set(some)
        return frozenset(taken | {study for study in plain if not rivals[study] & taken})

    def rank(chosen: frozenset[str]) -> tuple[float, int, list[str]]:
        return (-round(math.fsum(says[study] for study in chosen), 12), -len(chosen), sorted(chosen))

    if len(reviews) > MOST_REVIEWS:
        taken: list[str] = []
        for review in sorted(reviews, key=lambda study: (-says[study], study)):
            if not rivals[review] & set(taken) and rank(complete([*taken, review])) < rank(complete(taken)):
                taken.append(review)
        return complete(taken)
    tried = (some for size in range(len(reviews) + 1) for some in combinations(reviews, size))
    return min((complete(some) for some in tried if not any(rivals[study] & set(some) for study in some)), key=rank)
