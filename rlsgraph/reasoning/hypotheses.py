"""Follow a hypothesis's claims from its start to its end, and say how sure the whole route is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from rlsgraph.confidence import compose
from rlsgraph.model import Claim, DefinitionalLink, Entity, Hypothesis
from rlsgraph.vocabulary import ConfidenceLevel, LinkKind, Polarity

Step = Claim | DefinitionalLink

DRAWS = 20_000
SEED = 7


@dataclass(frozen=True)
class CausalPath:
    """One route: steps, and the entities between them (one more than the steps).

    `score` is the product of the claims' scores, taken as independent; `low` and `high` bound the central 90% of the
    product of draws from the claims' posteriors (20,000 draws, seeded by each claim's IRI, so no order changes them).
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
        return product_interval(self.claims)

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
    def rank_key(self) -> tuple[float, int, tuple[str, ...]]:
        """Best first; ties by length, then by IRIs."""
        return (-self.score, len(self.steps), tuple(step.iri for step in self.steps))


@dataclass(frozen=True)
class RankedHypothesis:
    """A hypothesis with its routes, best first; its numbers are those of the best one."""

    hypothesis: Hypothesis
    paths: tuple[CausalPath, ...]

    @property
    def best(self) -> CausalPath:
        """The route with the highest score."""
        return self.paths[0]

    @property
    def score(self) -> float:
        """The best route's score."""
        return self.best.score

    @property
    def low(self) -> float:
        """The lower end of the best route's interval."""
        return self.best.low

    @property
    def high(self) -> float:
        """The upper end of the best route's interval."""
        return self.best.high

    @property
    def polarity(self) -> Polarity:
        """The best route's sign."""
        return self.best.polarity

    @property
    def level(self) -> ConfidenceLevel:
        """The best route's level."""
        return self.best.level

    @property
    def weakest(self) -> Claim:
        """The best route's weakest claim."""
        return self.best.weakest


def rank_hypotheses(hypotheses: Iterable[Hypothesis], links: Sequence[DefinitionalLink]) -> tuple[RankedHypothesis, ...]:
    """Return the hypotheses with their routes, best first; one whose claims do not connect comes last, without routes."""
    ranked = [RankedHypothesis(hypothesis, hypothesis_paths(hypothesis, links)) for hypothesis in hypotheses]
    return tuple(sorted(ranked, key=lambda r: (r.best.rank_key if r.paths else (1.0, 0, ()), r.hypothesis.iri)))


def hypothesis_paths(hypothesis: Hypothesis, links: Sequence[DefinitionalLink]) -> tuple[CausalPath, ...]:
    """Return every route from a start to the end over the hypothesis's own claims and definitional links, best first.

    Of routes with the same claims only the shortest is kept: how two claims are joined by definition is no rival route.
    """
    onward = _adjacency(hypothesis.claims, links)
    shortest: dict[tuple[str, ...], CausalPath] = {}
    for start in hypothesis.starts:
        for path in _walk(start, hypothesis.end, onward, (start,), ()):
            if not path.claims:
                continue
            key = tuple(claim.iri for claim in path.claims)
            if key not in shortest or path.rank_key < shortest[key].rank_key:
                shortest[key] = path
    return tuple(sorted(shortest.values(), key=lambda path: path.rank_key))


def _adjacency(claims: Iterable[Claim], links: Iterable[DefinitionalLink]) -> Mapping[str, list[tuple[Step, Entity]]]:
    onward: dict[str, list[tuple[Step, Entity]]] = defaultdict(list)
    for claim in claims:
        onward[claim.subject.iri].append((claim, claim.object))
    for link in links:
        onward[link.subject.iri].append((link, link.object))
        if link.kind is LinkKind.OPPOSITE_OF:
            onward[link.object.iri].append((link, link.subject))
    return onward


def _walk(
    here: Entity,
    end: Entity,
    onward: Mapping[str, list[tuple[Step, Entity]]],
    visited: tuple[Entity, ...],
    steps: tuple[Step, ...],
) -> Iterable[CausalPath]:
    if here == end:
        yield CausalPath(visited, steps)
        return
    for step, there in onward.get(here.iri, ()):
        if there not in visited:
            yield from _walk(there, end, onward, (*visited, there), (*steps, step))


def product_interval(claims: Sequence[Claim], mass: float = 0.9) -> tuple[float, float]:
    """Return the central interval of the product of independent draws from the claims' Beta posteriors."""
    import numpy as np

    product = np.ones(DRAWS)
    for claim in claims:
        product *= _draws(claim)
    low, high = np.quantile(product, [(1 - mass) / 2, (1 + mass) / 2])
    return float(low), float(high)


def _draws(claim: Claim) -> Any:
    import numpy as np

    digest = blake2b(claim.iri.encode(), digest_size=8).digest()
    generator = np.random.Generator(np.random.PCG64([SEED, int.from_bytes(digest, "big")]))
    return generator.beta(claim.confidence.alpha, claim.confidence.beta, DRAWS)
