"""Hold one causal path, and say how sure it is as a whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rlsgraph.model.things import Claim, DefinitionalLink, Entity
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Polarity, compose

Step = Claim | DefinitionalLink

DRAWS = 20_000
INTERVAL_MASS = 0.9


@dataclass(frozen=True)
class CausalPath:
    """One route: steps, and the entities between them (one more than the steps).

    `score` is the product of the claims' scores, taken as independent; `low` and `high` bound the central 90% of the
    product of draws from the claims' posteriors (20,000 draws, seeded by each claim's IRI, so neither order nor company
    changes them).
    """

    entities: tuple[Entity, ...]
    steps: tuple[Step, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The steps that rest on evidence."""
        return tuple(step for step in self.steps if isinstance(step, Claim))

    @property
    def score(self) -> float:
        """The product of the claims' scores."""
        return math.prod(claim.score for claim in self.claims)

    @cached_property
    def interval(self) -> tuple[float, float]:
        """The central 90% of the score."""
        return _product_interval(self.claims)

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self.interval[0]

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self.interval[1]

    @property
    def polarity(self) -> Polarity:
        """The product of the steps' signs."""
        return compose(step.polarity if isinstance(step, Claim) else step.kind.polarity for step in self.steps)

    @property
    def weakest(self) -> Claim:
        """The claim with the lowest score, the first of several."""
        return min(self.claims, key=lambda claim: (claim.score, claim.iri))

    @property
    def level(self) -> ConfidenceLevel:
        """The lowest level among its claims: a route is no surer than its weakest step."""
        return min(claim.level for claim in self.claims)

    @property
    def key(self) -> tuple[str, ...]:
        """The IRIs of its claims: two paths that differ in definitional links alone are one."""
        return tuple(claim.iri for claim in self.claims)

    @property
    def route(self) -> str:
        """The entities in order, e.g. `a → b → c`."""
        return " → ".join(entity.label for entity in self.entities)

    def count(self, direction: Direction) -> int:
        """Return how many evidence items of that direction bear on its claims; one that bears on two counts once."""
        return len({item.iri for claim in self.claims for item in claim.evidence if item.direction is direction})

    @property
    def rank_key(self) -> tuple[float, int, tuple[str, ...]]:
        """Best first; ties by length, then by IRIs."""
        return (-self.score, len(self.steps), tuple(step.iri for step in self.steps))


def _product_interval(claims: Sequence[Claim]) -> tuple[float, float]:
    """Return the central interval of the product of independent draws from the claims' Beta posteriors."""
    import numpy as np

    from rlsgraph.reasoning.reliability.draws import posterior_draws

    alphas, betas = [claim.confidence.alpha for claim in claims], [claim.confidence.beta for claim in claims]
    product = posterior_draws([claim.iri for claim in claims], alphas, betas, draws=DRAWS).prod(axis=1)
    low, high = np.quantile(product, [(1 - INTERVAL_MASS) / 2, (1 + INTERVAL_MASS) / 2])
    return float(low), float(high)
