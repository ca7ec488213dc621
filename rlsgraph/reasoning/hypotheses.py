"""Follow a hypothesis's claims from its start to its end, and rank hypotheses by their best routes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Hypothesis
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, LinkKind, Polarity
from rlsgraph.reasoning.causal_path import CausalPath, Step


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

    def count(self, direction: Direction) -> int:
        """Return how many evidence items of that direction bear on the best route's claims."""
        return self.best.count(direction)


def rank_hypotheses(hypotheses: Iterable[Hypothesis], links: Sequence[DefinitionalLink]) -> tuple[RankedHypothesis, ...]:
    """Return the hypotheses with their routes, best first; one whose claims do not connect comes last, without routes."""
    ranked = [RankedHypothesis(hypothesis, hypothesis_paths(hypothesis, links)) for hypothesis in hypotheses]
    return tuple(sorted(ranked, key=lambda r: (r.best.rank_key if r.paths else (1.0, 0, ()), r.hypothesis.iri)))


@dataclass(frozen=True)
class NamedRoute:
    """A route of a hypothesis, and its rank among the best paths between its ends; None where it is not one of them.

    A hypothesis keeps a route through a claim that is refuted, which no path walks.
    """

    hypothesis: Hypothesis
    path: CausalPath
    rank: int | None


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
            if path.key not in shortest or path.rank_key < shortest[path.key].rank_key:
                shortest[path.key] = path
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
