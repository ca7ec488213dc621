"""Ask whether the mechanisms reproduce what is known to happen: each observation's sign, by a path of two claims or more."""

from __future__ import annotations

from dataclasses import dataclass

from rlsgraph.model.shown import Shown
from rlsgraph.model.things import Expectation
from rlsgraph.model.vocabulary import ExpectationOutcome, Polarity
from rlsgraph.reasoning.causal_path import CausalPath
from rlsgraph.reasoning.claim_graph import ClaimGraph
from rlsgraph.reasoning.contradictions import best_by_sign
from rlsgraph.reasoning.reliability.defaults import MIN_SCORE

LEAST_CLAIMS = 2
"""A path of one claim restates the observation; a mechanism says by way of what."""


@dataclass(frozen=True)
class Verdict(Shown):
    """What the graph makes of one expectation.

    `path` is the best path with a sign (the wrong one where that is the outcome), None where there is none. `shuffled` is the
    share of graphs with shuffled signs in which that path has the right one (see `chance`); a random sign is right in half.
    """

    expectation: Expectation
    outcome: ExpectationOutcome
    path: CausalPath | None
    shuffled: float | None = None

    def __str__(self) -> str:
        return f"{self.expectation}: {self.outcome.label}"

    @property
    def has_right_sign(self) -> bool:
        """Whether there is a path, and it has the observed sign, however weak it is."""
        return self.outcome in (ExpectationOutcome.REPRODUCED, ExpectationOutcome.TOO_WEAK)

    @property
    def has_turned(self) -> bool:
        """Whether the outcome differs from the recorded one."""
        return self.expectation.recorded not in (None, self.outcome)


def check_expectation(claims: ClaimGraph, expectation: Expectation, *, max_steps: int, min_score: float = MIN_SCORE) -> Verdict:
    """Compare the best path of known sign, two claims or more, with the sign that was observed.

    A path of unknown sign neither reproduces nor contradicts. A right sign with a score below `min_score` is too weak.
    """
    best = best_by_sign(claims, expectation.subject, expectation.object, max_steps=max_steps, least_claims=LEAST_CLAIMS)
    signed = [path for polarity, path in best.items() if polarity is not Polarity.UNKNOWN]
    path = min(signed, key=lambda found: found.rank_key, default=None)
    if path is None:
        return Verdict(expectation, ExpectationOutcome.NO_PATH, None)
    if path.polarity is not expectation.predicate.polarity:
        return Verdict(expectation, ExpectationOutcome.WRONG_SIGN, path)
    weak = path.joint_probability < min_score
    return Verdict(expectation, ExpectationOutcome.TOO_WEAK if weak else ExpectationOutcome.REPRODUCED, path)
