"""Say how often chance would do as well as the mechanisms: by a random sign, and in graphs whose claims have shuffled signs."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rlsgraph.model.shown import Shown
from rlsgraph.model.vocabulary import ExpectationOutcome
from rlsgraph.reasoning.causal_path import CausalPath
from rlsgraph.reasoning.expectations import Verdict
from rlsgraph.reasoning.reliability.defaults import MIN_SCORE

SHUFFLES = 200
SEED = 7


@dataclass(frozen=True, slots=True)
class Tally:
    """How many observations came out so, how many do in a shuffled graph on average, and in what share of these as many."""

    seen: int
    mean: float
    as_many: float


@dataclass(frozen=True, slots=True)
class Chance(Shown):
    """What chance makes of observations that some path of known sign speaks about.

    `right` counts those of the right sign, however weak the path; `reproduced` those that are strong enough too.
    `as_many_by_random_sign` is the binomial chance of as many right signs, each with a probability of one half.
    """

    with_path: int
    right: Tally
    reproduced: Tally
    shuffles: int
    seed: int

    @property
    def by_random_sign(self) -> float:
        """How many right signs are to be expected if each sign is drawn with a probability of one half."""
        return self.with_path / 2

    @property
    def as_many_by_random_sign(self) -> float:
        """How probable as many right signs then are."""
        ways = sum(math.comb(self.with_path, right) for right in range(self.right.seen, self.with_path + 1))
        return float(ways / 2**self.with_path)


def with_chance(verdicts: Iterable[Verdict], *, shuffles: int = SHUFFLES, seed: int = SEED) -> tuple[Verdict, ...]:
    """Return verdicts, each with the share of shuffled graphs in which its path has the right sign."""
    kept = tuple(verdicts)
    hits: dict[str, int] = {}
    for right in _shuffled(kept, shuffles, seed):
        for iri, is_right in right.items():
            hits[iri] = hits.get(iri, 0) + is_right
    found = {iri: count / shuffles for iri, count in hits.items()}
    return tuple(replace(verdict, shuffled=found.get(verdict.expectation.iri)) for verdict in kept)


def find_chance(
    verdicts: Iterable[Verdict], *, min_score: float = MIN_SCORE, shuffles: int = SHUFFLES, seed: int = SEED
) -> Chance:
    """Return what chance makes of all observations together."""
    kept = tuple(verdicts)
    strong = {v.expectation.iri for v in kept if v.path and v.path.joint_probability >= min_score}
    rights = [{iri for iri, is_right in right.items() if is_right} for right in _shuffled(kept, shuffles, seed)]
    reproduced = [v for v in kept if v.outcome is ExpectationOutcome.REPRODUCED]
    return Chance(
        sum(v.path is not None for v in kept),
        _tally(sum(v.has_right_sign for v in kept), [len(right) for right in rights]),
        _tally(len(reproduced), [len(right & strong) for right in rights]),
        shuffles,
        seed,
    )


def _tally(seen: int, shuffled: Sequence[int]) -> Tally:
    return Tally(seen, sum(shuffled) / len(shuffled), sum(found >= seen for found in shuffled) / len(shuffled))


def _shuffled(verdicts: Sequence[Verdict], shuffles: int, seed: int) -> Iterator[Mapping[str, bool]]:
    """Yield, for each shuffle, which observations their paths give the right sign.

    The signs of all claims on the paths are dealt anew among these claims; routes, scores and links stay. So a shuffled graph
    has as many raising claims as the real one, and observations that share a claim stay tied.
    """
    paths = {v.expectation.iri: (v.path, int(v.expectation.predicate.polarity)) for v in verdicts if v.path is not None}
    signs = {claim.iri: int(claim.polarity) for path, _ in paths.values() for claim in path.claims}
    names, dealt = sorted(signs), [signs[iri] for iri in sorted(signs)]
    by_links = {iri: _sign(path, signs) * int(path.polarity) for iri, (path, _) in paths.items()}
    draw = random.Random(seed)  # noqa: S311  # no secret hangs on it
    for _ in range(shuffles):
        draw.shuffle(dealt)
        new = dict(zip(names, dealt, strict=True))
        yield {iri: _sign(path, new) * by_links[iri] == wanted for iri, (path, wanted) in paths.items()}


def _sign(path: CausalPath, signs: Mapping[str, int]) -> int:
    return math.prod(signs[claim.iri] for claim in path.claims)
