"""Compare two graphs (what moved), and two hypotheses (where they part, and what tells them apart)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from rlsgraph.model.shown import Shown, ShownRows
from rlsgraph.model.things import Claim
from rlsgraph.model.vocabulary import Polarity
from rlsgraph.model.weighing.explanation import Explanation
from rlsgraph.reasoning.causal_path import CausalPath
from rlsgraph.reasoning.claim_support import Support
from rlsgraph.reasoning.hypotheses import RankedHypothesis
from rlsgraph.reasoning.influence import Influence, iter_influences


@dataclass(frozen=True)
class ClaimChange(Shown):
    """A claim before and after; None where it was not, or is no more."""

    before: Claim | None
    after: Claim | None

    @property
    def claim(self) -> Claim:
        """The claim as it is now, or else as it was."""
        claim = self.after or self.before
        assert claim is not None
        return claim


@dataclass(frozen=True)
class RankedPath(Shown):
    """A path and its rank among those looked at, from 1."""

    rank: int
    path: CausalPath


@dataclass(frozen=True)
class PathChange(Shown):
    """A path before and after; None where it is not among the best ones looked at."""

    before: RankedPath | None
    after: RankedPath | None

    @property
    def path(self) -> CausalPath:
        """The path as it is now, or else as it was."""
        ranked = self.after or self.before
        assert ranked is not None
        return ranked.path


@dataclass(frozen=True)
class HypothesisChange(Shown):
    """A hypothesis before and after."""

    before: RankedHypothesis
    after: RankedHypothesis


@dataclass(frozen=True)
class Movement(ShownRows):
    """What moved between two graphs: support between two entities, its best paths, and the claims behind them."""

    changes: tuple[str, ...]
    before: Support
    after: Support
    paths: tuple[PathChange, ...]
    claims: tuple[ClaimChange, ...]
    hypotheses: tuple[HypothesisChange, ...]


def changed_claims(before: Iterable[Claim], after: Iterable[Claim]) -> tuple[ClaimChange, ...]:
    """Return the claims whose confidence differs, the furthest moved first."""
    was, now = {claim.iri: claim for claim in before}, {claim.iri: claim for claim in after}
    changes = [
        ClaimChange(was.get(iri), now.get(iri))
        for iri in sorted(was.keys() | now.keys())
        if iri not in was or iri not in now or not _is_alike(astuple(was[iri].confidence), astuple(now[iri].confidence))
    ]
    return tuple(sorted(changes, key=lambda change: (-_distance(change), change.claim.iri)))


def _is_alike(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether values are the same, numbers but for the last digits, which a store elsewhere may round."""
    return len(one) == len(other) and all(
        math.isclose(a, b, rel_tol=1e-12) if isinstance(a, float) and isinstance(b, float) else a == b
        for a, b in zip(one, other, strict=True)
    )


def _distance(change: ClaimChange) -> float:
    return abs((change.after.score if change.after else 0.0) - (change.before.score if change.before else 0.0))


def changed_hypotheses(before: Iterable[RankedHypothesis], after: Iterable[RankedHypothesis]) -> tuple[HypothesisChange, ...]:
    """Return the hypotheses of both sides whose best route differs in claims or in score, in their order before."""
    now = {ranked.hypothesis.iri: ranked for ranked in after}
    pairs = [HypothesisChange(was, now[was.hypothesis.iri]) for was in before if was.hypothesis.iri in now]
    return tuple(change for change in pairs if not _is_alike(_standing(change.before), _standing(change.after)))


def _standing(ranked: RankedHypothesis) -> tuple[object, ...]:
    return (ranked.joint_probability, ranked.level, ranked.best.key) if ranked.paths else ()


def changed_paths(before: Iterable[CausalPath], after: Iterable[CausalPath]) -> tuple[PathChange, ...]:
    """Return the paths of either side whose rank or score differs, by rank after, then before."""
    was, now = _ranked(before), _ranked(after)
    changes = [PathChange(was.get(key), now.get(key)) for key in dict.fromkeys([*now, *was])]
    return tuple(change for change in changes if not _is_alike(_place(change.before), _place(change.after)))


def _ranked(paths: Iterable[CausalPath]) -> Mapping[tuple[str, ...], RankedPath]:
    return {path.key: RankedPath(rank, path) for rank, path in enumerate(paths, 1)}


def _place(ranked: RankedPath | None) -> tuple[float, ...]:
    return () if ranked is None else (ranked.rank, ranked.path.joint_probability)


@dataclass(frozen=True)
class Discriminator(Shown):
    """An evidence item that tells two hypotheses apart.

    `shift` is how far it moves ln(score of the one / score of the other), by all the claims that it bears on: above 0 it
    favours the one, below 0 the other. `influence` is the largest of its parts.
    """

    influence: Influence
    shift: float


@dataclass(frozen=True)
class RivalComparison(ShownRows):
    """Two hypotheses side by side: what they share, where they part, and the evidence that tells them apart.

    `opposed` pairs a claim of the one with a claim of the other that gives the opposite sign to the same two entities.
    """

    one: RankedHypothesis
    other: RankedHypothesis
    shared: tuple[Claim, ...]
    only_one: tuple[Claim, ...]
    only_other: tuple[Claim, ...]
    opposed: tuple[tuple[Claim, Claim], ...]
    discriminating: tuple[Discriminator, ...]

    def __str__(self) -> str:
        return f"{self.one.hypothesis.label} beside {self.other.hypothesis.label}"


def compare_rivals(one: RankedHypothesis, other: RankedHypothesis, explain: Callable[[str], Explanation]) -> RivalComparison:
    """Compare two hypotheses by their claims, and by what each evidence item does to the ratio of their best routes' scores."""
    mine, theirs = one.hypothesis.claims, other.hypothesis.claims
    opposed = tuple(
        (a, b)
        for a in mine
        for b in theirs
        if (a.subject, a.object) == (b.subject, b.object) and a.polarity * b.polarity is Polarity.LOWERS
    )
    moves: dict[str, list[tuple[Influence, float]]] = defaultdict(list)
    for ranked, sign in ((one, 1.0), (other, -1.0)):
        for claim in ranked.best.claims if ranked.paths else ():
            for influence in iter_influences(claim, explain):
                moves[influence.evidence.iri].append((influence, sign * influence.shift))
    sums = [(max(all_, key=lambda move: abs(move[1]))[0], math.fsum(shift for _, shift in all_)) for all_ in moves.values()]
    telling = [Discriminator(influence, shift) for influence, shift in sums if abs(shift) > 1e-9]
    return RivalComparison(
        one,
        other,
        shared=tuple(claim for claim in mine if claim in theirs),
        only_one=tuple(claim for claim in mine if claim not in theirs),
        only_other=tuple(claim for claim in theirs if claim not in mine),
        opposed=opposed,
        discriminating=tuple(sorted(telling, key=lambda d: (-abs(d.shift), d.influence.evidence.iri, d.influence.claim.iri))),
    )
