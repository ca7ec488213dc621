"""Hold one causal path, and say how sure it is as a whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rlsgraph.model.shown import Shown
from rlsgraph.model.things import Claim, DefinitionalLink, Entity
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Polarity, compose

DRAWS = 20_000
INTERVAL_MASS = 0.9


@dataclass(frozen=True, slots=True)
class Inheritance(Shown):
    """The assumption that a kind does what its class does, with the probability that it is given."""

    link: DefinitionalLink
    probability: float

    @property
    def iri(self) -> str:
        """The IRI of the link, which the assumption hangs on."""
        return self.link.iri

    def __str__(self) -> str:
        return f"{self.link}, and is assumed to do as it does"


Tie = Claim | DefinitionalLink
Step = Tie | Inheritance


@dataclass(frozen=True)
class CausalPath(Shown):
    """One route: steps, and the entities between them (one more than the steps).

    `joint_probability` is the product of the claims' scores and of the assumptions' probabilities, taken as independent;
    `low` and `high` bound the central 90% of the product of draws from the claims' distributions (20,000 draws, seeded by
    each claim's IRI, so neither order nor company changes them).
    """

    entities: tuple[Entity, ...]
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return f"{self.route}, joint probability {self.joint_probability:.2g}"

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The steps that rest on evidence."""
        return tuple(step for step in self.steps if isinstance(step, Claim))

    @property
    def assumptions(self) -> tuple[Inheritance, ...]:
        """The steps by which a kind is assumed to do what its class does; each link once."""
        return tuple(dict.fromkeys(step for step in self.steps if isinstance(step, Inheritance)))

    @property
    def ties(self) -> tuple[Tie, ...]:
        """What each step rests on: a claim, or a link."""
        return tuple(step.link if isinstance(step, Inheritance) else step for step in self.steps)

    @property
    def untested(self) -> tuple[Claim, ...]:
        """The claims that no study with data of its own bears on."""
        return tuple(claim for claim in self.claims if claim.is_untested)

    @property
    def joint_probability(self) -> float:
        """The product of the claims' scores and the assumptions' probabilities."""
        return math.prod(claim.score for claim in self.claims) * self._assumed

    @property
    def _assumed(self) -> float:
        return math.prod(assumption.probability for assumption in self.assumptions)

    @cached_property
    def interval(self) -> tuple[float, float]:
        """The central 90% of the joint probability."""
        low, high = _product_interval(self.claims)
        return low * self._assumed, high * self._assumed

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
        return compose(polarity_of(step) for step in self.steps)

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

    @property
    def says(self) -> str:
        """The route, and what it assumes, in words."""
        return "; ".join((self.route, *(f"assumed: {assumption}" for assumption in self.assumptions)))

    def count(self, direction: Direction) -> int:
        """Return how many evidence items of that direction bear on its claims; one that bears on two counts once."""
        return len({item.iri for claim in self.claims for item in claim.evidence if item.direction is direction})

    @property
    def rank_key(self) -> tuple[float, int, tuple[str, ...]]:
        """Best first; ties by length, then by IRIs."""
        return (-self.joint_probability, len(self.steps), tuple(step.iri for step in self.steps))


def polarity_of(step: Step) -> Polarity:
    """Return the sign of a step."""
    if isinstance(step, Claim):
        return step.polarity
    return (step.link if isinstance(step, Inheritance) else step).kind.polarity


def _product_interval(claims: Sequence[Claim]) -> tuple[float, float]:
    """Return the central interval of the product of independent draws of the claims' probabilities."""
    import numpy as np

    from rlsgraph.reasoning.reliability.draws import logit_normal_draws

    means, sds = [claim.confidence.logit for claim in claims], [claim.confidence.logit_sd for claim in claims]
    product = logit_normal_draws([claim.iri for claim in claims], means, sds, draws=DRAWS).prod(axis=1)
    low, high = np.quantile(product, [(1 - INTERVAL_MASS) / 2, (1 + INTERVAL_MASS) / 2])
    return float(low), float(high)
