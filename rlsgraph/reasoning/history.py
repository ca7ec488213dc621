"""Tell how a claim came to its score: year by year, and which studies moved it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from rlsgraph.model.shown import Shown, ShownRows
from rlsgraph.model.things import Claim, Confidence, Evidence, Source
from rlsgraph.model.weighing.explanation import Explanation

_NOTHING = 1e-9
"""A smaller change of the log odds is rounding."""


class Moment(StrEnum):
    """Name what a turn of a history stands for."""

    PRIOR = "prior"
    YEAR = "year"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Mover(Shown):
    """A study that moved a score, by its reports of that moment, and the claims that they bear on.

    `factor` is what these reports alone do to the odds that stood before. The factors of several studies do not multiply to
    that of their year: a kind of evidence has a ceiling, and a study may count in place of another.
    """

    study: str
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    factor: float

    @property
    def citation(self) -> str:
        """The reports, as they are cited."""
        return "; ".join(source.citation for source in self.sources)


@dataclass(frozen=True, slots=True)
class Turn(Shown):
    """A moment at which a score changed, what it was then, by what factor its odds changed, and the studies that did it."""

    moment: Moment
    year: int | None
    confidence: Confidence
    factor: float
    movers: tuple[Mover, ...]

    @property
    def label(self) -> str:
        """The year; or `prior`, or `undated`."""
        return self.moment.value if self.year is None else str(self.year)


@dataclass(frozen=True, slots=True)
class History(ShownRows):
    """The turns of a claim's score, from its prior on; sources without a year come last, as nobody can tell when they spoke."""

    claim: Claim
    turns: tuple[Turn, ...]

    def lends(self, mover: Mover) -> tuple[Claim, ...]:
        """Return the claims through which a study reached the claim, where it is not by itself."""
        return () if self.claim in mover.claims else mover.claims


def find_history(explanation: Explanation) -> History:
    """Return the turns of the score of an explained claim; what is retracted now counts in no year."""
    history = _Reckoning(explanation)
    return History(explanation.claim, tuple(history.turns()))


class _Reckoning:
    """The items of a claim and of those that lend to it, taken in moment by moment."""

    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._bears_on: dict[str, list[Claim]] = {}
        self._items: dict[str, Evidence] = {}
        for claim in (explanation.claim, *(related.claim for related in explanation.related)):
            for item in claim.evidence:
                self._items[item.iri] = item
                self._bears_on.setdefault(item.iri, []).append(claim)

    def turns(self) -> Iterator[Turn]:
        """Yield the prior, then each moment that changed the score."""
        to_come = set(self._items)
        before = self._confidence(to_come)
        yield Turn(Moment.PRIOR, None, before, 1.0, ())
        for year, new in self._by_year().items():
            not_yet = frozenset(to_come)
            to_come -= new.keys()
            now = self._confidence(to_come)
            if abs(now.logit - before.logit) > _NOTHING:
                moment = Moment.UNDATED if year is None else Moment.YEAR
                movers = tuple(self._movers(new, not_yet, before.logit))
                yield Turn(moment, year, now, math.exp(now.logit - before.logit), movers)
                before = now

    def _confidence(self, left_out: Set[str]) -> Confidence:
        return self._explanation.ledger_without(left_out).confidence

    def _by_year(self) -> Mapping[int | None, dict[str, Evidence]]:
        """Return the items by the year of their source, in order, those without a year last."""
        years = {item.source.year for item in self._items.values()}
        ordered = sorted(years, key=lambda year: (year is None, year or 0))
        return {year: {iri: item for iri, item in self._items.items() if item.source.year == year} for year in ordered}

    def _movers(self, new: Mapping[str, Evidence], not_yet: Set[str], logit: float) -> Iterator[Mover]:
        """Yield the studies among new items that moved the score, the one that moved it most first."""
        by_study: dict[str, list[Evidence]] = {}
        for item in new.values():
            by_study.setdefault(self._explanation.studies.of(item.source.iri), []).append(item)
        found = []
        for study, items in by_study.items():
            moved = self._confidence(not_yet - {item.iri for item in items}).logit - logit
            if abs(moved) > _NOTHING:
                sources = sorted({item.source for item in items})
                claims = sorted({claim for item in items for claim in self._bears_on[item.iri]})
                found.append((moved, Mover(study, tuple(sources), tuple(claims), math.exp(moved))))
        found.sort(key=lambda entry: (-abs(entry[0]), entry[1].study))
        return (mover for _, mover in found)
