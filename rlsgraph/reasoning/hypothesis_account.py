"""Say where a hypothesis's place comes from: what could anchor it, its neighbours in the order, what makes its probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rlsgraph.model.shown import ShownRows
from rlsgraph.model.things import Claim, Hypothesis
from rlsgraph.reasoning.causal_path import Inheritance
from rlsgraph.reasoning.claim_graph import ClaimGraph
from rlsgraph.reasoning.hypotheses import RankedHypothesis
from rlsgraph.reasoning.standing import Tie, find_ties


@dataclass(frozen=True, slots=True)
class HypothesisAccount(ShownRows):
    """A hypothesis as it is ranked, the ties that could anchor it (the first one does), and its neighbours in the order.

    `neighbours` are the hypotheses one place above and below, itself between them; empty where it has no place.
    """

    ranked: RankedHypothesis
    ties: tuple[Tie, ...]
    neighbours: tuple[RankedHypothesis, ...]
    places: int

    @property
    def factors(self) -> tuple[Claim | Inheritance, ...]:
        """What the joint probability of the best route is a product of: its claims, and each assumption once."""
        if not self.ranked.paths:
            return ()
        return (*self.ranked.best.claims, *self.ranked.best.assumptions)


def account_for(hypothesis: Hypothesis, ranking: Sequence[RankedHypothesis], claims: ClaimGraph) -> HypothesisAccount:
    """Return where the place of a hypothesis comes from."""
    ranked = next(r for r in ranking if r.hypothesis == hypothesis)
    placed = [r for r in ranking if r.place is not None]
    near = [r for r in placed if ranked.place is not None and r.place is not None and abs(r.place - ranked.place) <= 1]
    ties = find_ties(ranked.best, hypothesis.end, claims) if ranked.paths else ()
    return HypothesisAccount(ranked, ties, tuple(near), len(placed))
