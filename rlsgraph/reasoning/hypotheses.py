"""Follow a hypothesis's claims from its start to its end, and rank hypotheses by what anchors them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rlsgraph.errors import NoRouteError
from rlsgraph.model.shown import Shown
from rlsgraph.model.things import Claim, Entity, Hypothesis
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, HypothesisStatus, Polarity
from rlsgraph.reasoning.causal_path import CausalPath
from rlsgraph.reasoning.claim_graph import ClaimGraph
from rlsgraph.reasoning.standing import Standing, find_standing


@dataclass(frozen=True)
class RankedHypothesis(Shown):
    """A hypothesis with its routes, those of highest joint probability first, and how the best one stands.

    `place` is its rank from 1; None where it is mere context, or its claims do not connect (it then has no standing either).
    """

    hypothesis: Hypothesis
    paths: tuple[CausalPath, ...]
    standing: Standing | None
    place: int | None = None

    def __str__(self) -> str:
        place = "unranked" if self.place is None else f"place {self.place}"
        return f"{self.hypothesis.label} ({place})"

    @property
    def best(self) -> CausalPath:
        """The route with the highest joint probability; raises `NoRouteError` where there is none."""
        if not self.paths:
            raise NoRouteError(self.hypothesis.label)
        return self.paths[0]

    @property
    def joint_probability(self) -> float:
        """The best route's joint probability."""
        return self.best.joint_probability

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

    def count(self, direction: Direction) -> int:
        """Return how many evidence items of that direction bear on the best route's claims."""
        return self.best.count(direction)


def rank_hypotheses(hypotheses: Iterable[Hypothesis], claims: ClaimGraph) -> tuple[RankedHypothesis, ...]:
    """Return the hypotheses with their routes, in the order of their standing.

    Then come those that are mere context, and last those whose claims do not connect; neither has a place.
    """
    found = []
    for hypothesis in hypotheses:
        paths = hypothesis_paths(hypothesis, claims)
        found.append(RankedHypothesis(hypothesis, paths, find_standing(paths[0], hypothesis.end, claims) if paths else None))
    found.sort(key=lambda r: (not r.paths, _is_context(r), r.standing.rank_key if r.standing else (), r.hypothesis.iri))
    placed = [r for r in found if r.paths and not _is_context(r)]
    places = {r.hypothesis.iri: place for place, r in enumerate(placed, 1)}
    return tuple(RankedHypothesis(r.hypothesis, r.paths, r.standing, places.get(r.hypothesis.iri)) for r in found)


def _is_context(ranked: RankedHypothesis) -> bool:
    return ranked.hypothesis.status is HypothesisStatus.CONTEXT


@dataclass(frozen=True)
class NamedRoute(Shown):
    """A route of a hypothesis, and its rank among the best paths between its ends; None where it is not one of them.

    A hypothesis keeps a route through a claim that is refuted, which no path walks.
    """

    hypothesis: Hypothesis
    path: CausalPath
    rank: int | None

    def __str__(self) -> str:
        return f"{self.hypothesis.label}: {self.path}"


def find_named_routes(
    ranked: Iterable[RankedHypothesis], paths: Iterable[CausalPath], start: Entity, end: Entity
) -> tuple[NamedRoute, ...]:
    """Return the hypotheses' routes from start to end by score; `paths` are the best ones between the two, best first."""
    ranks = {path.key: rank for rank, path in enumerate(paths, 1)}
    routes = [
        NamedRoute(r.hypothesis, path, ranks.get(path.key))
        for r in ranked
        for path in r.paths
        if (path.entities[0], path.entities[-1]) == (start, end)
    ]
    return tuple(sorted(routes, key=lambda route: (route.path.rank_key, route.hypothesis.iri)))


def hypothesis_paths(hypothesis: Hypothesis, claims: ClaimGraph) -> tuple[CausalPath, ...]:
    """Return every route from a start to the end over the hypothesis's own claims and all links, best first.

    The rules are those of every question. Of routes with the same claims only the best is kept: how two claims are joined by
    definition is no rival route.
    """
    own = claims.of_claims(hypothesis.claims)
    routes = [
        path for start in hypothesis.starts if start != hypothesis.end for path in own.ask(start, hypothesis.end).every_path()
    ]
    best = {path.key: path for path in sorted(routes, key=lambda path: path.rank_key, reverse=True)}
    return tuple(sorted(best.values(), key=lambda path: path.rank_key))
