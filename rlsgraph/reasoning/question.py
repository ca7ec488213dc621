"""Lay out the causal graph of one question, from a start to an end, as the rules of reasoning have it (docs/reasoning.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Protocol

import numpy as np

from rlsgraph.model.records import Records
from rlsgraph.model.things import Claim, Entity
from rlsgraph.model.vocabulary import ConfidenceLevel, LinkKind
from rlsgraph.reasoning.causal_path import CausalPath, Inheritance, Step
from rlsgraph.reasoning.family import Links
from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge, Floats
from rlsgraph.reasoning.reliability.paths import iter_best_paths

_Effect = tuple[int, str]
"""The sign of a causal claim, and what it is an effect on."""


@dataclass(frozen=True, eq=False)
class Question:
    """Hold the graph between two entities: its variables are claims and links of kinds, by IRI.

    A claim that is refuted stands in it, with probability 0, for the floor has a place for it. `steps` gives the step of
    each edge by its id, `places` the entity of each node.
    """

    start: Entity
    end: Entity
    max_steps: int | None
    graph: CausalGraph
    first: str
    last: str
    steps: Mapping[str, Step]
    places: Mapping[str, Entity]
    is_by_definition: bool
    tested_only: bool

    @cached_property
    def variables(self) -> tuple[Claim | Inheritance, ...]:
        """What each variable of the graph stands for."""
        by_iri = {step.iri: step for step in self.steps.values() if isinstance(step, Claim | Inheritance)}
        return tuple(by_iri[iri] for iri in self.graph.variable_ids)

    @cached_property
    def priors(self) -> Floats:
        """The probability of each variable had nobody ever studied anything."""
        return np.array([_prior(variable, tested_only=self.tested_only) for variable in self.variables])

    @cached_property
    def means(self) -> Floats:
        """The mean log odds of each variable; −∞ for what is not walked."""
        logits = [_logit(variable) for variable in self.variables]
        return np.where(self.graph.probabilities > 0, logits, -np.inf)

    @cached_property
    def sds(self) -> Floats:
        """The standard deviation of each variable's log odds; an assumption has none."""
        return np.array([v.confidence.logit_sd if isinstance(v, Claim) else 0.0 for v in self.variables])

    def iter_paths(self) -> Iterator[CausalPath]:
        """Yield the simple paths, best first: each passes an entity once, and so does one that stands in for its class.

        A path has at least one claim. Of paths with the same claims only the best comes: how two claims are joined by
        definition makes no other path.
        """
        if self.start == self.end:
            return
        seen: set[tuple[str, ...]] = set()
        for path in iter_best_paths(self.graph, self.first, self.last, max_steps=self.max_steps):
            found = self._path(path.edges)
            if found.key and found.key not in seen:
                seen.add(found.key)
                yield found

    def every_path(self) -> tuple[CausalPath, ...]:
        """Return all simple paths, best first, refuted claims walked too: for graphs of a few claims."""
        best: dict[tuple[str, ...], CausalPath] = {}
        for edges in self._walks():
            path = self._path(edges)
            if path.key and (path.key not in best or path.rank_key < best[path.key].rank_key):
                best[path.key] = path
        return tuple(sorted(best.values(), key=lambda path: path.rank_key))

    def _walks(self) -> Iterator[tuple[int, ...]]:
        """Yield every walk from the first node to the last that passes no entity twice, as edges; long ones need no recursion."""
        starts, leaving = self.graph.leaving

        def edges_of(node: int) -> Iterator[int]:
            return iter(leaving[starts[node] : starts[node + 1]].tolist())

        first, last = (self.graph.node_index[node] for node in (self.first, self.last))
        passed, edges, open_edges = [int(self.graph.places[first])], list[int](), [edges_of(first)]
        visited = set(passed)
        while open_edges:
            edge = next(open_edges[-1], None)
            if edge is None:
                open_edges.pop()
                visited.discard(passed.pop())
                del edges[-1:]
                continue
            there = int(self.graph.heads[edge])
            place = int(self.graph.places[there])
            if place in visited:
                continue
            if there == last:
                yield (*edges, edge)
                continue
            visited.add(place)
            passed.append(place)
            edges.append(edge)
            open_edges.append(edges_of(there))

    def _path(self, edges: Sequence[int]) -> CausalPath:
        nodes = (self.first, *(self.graph.node_ids[self.graph.heads[edge]] for edge in edges))
        steps = tuple(self.steps[self.graph.edge_ids[edge]] for edge in edges)
        return CausalPath(tuple(self.places[node] for node in nodes), steps)

    def find_paths(self, limit: int) -> tuple[CausalPath, ...]:
        """Return the best paths; empty where there is none."""
        return tuple(islice(self.iter_paths(), limit))


def _prior(variable: Claim | Inheritance, *, tested_only: bool) -> float:
    if isinstance(variable, Inheritance):
        return variable.probability
    return 0.0 if tested_only and variable.is_untested else variable.confidence.prior


def score_of(claim: Claim, *, tested_only: bool = False) -> float:
    """Return the probability with which a claim is walked: 0 if it is refuted, or untested where only tested ones are."""
    is_left_out = claim.level is ConfidenceLevel.REFUTED or (tested_only and claim.is_untested)
    return 0.0 if is_left_out else claim.score


def _logit(variable: Claim | Inheritance) -> float:
    if isinstance(variable, Claim):
        return variable.confidence.logit
    return float(np.log(variable.probability / (1 - variable.probability)))


@dataclass(frozen=True, slots=True)
class _Place:
    """A node: an entity; or one that stands in for others (`kinds`), which have `taken` effects of their own.

    `sign` is that of a rise in the entity for a rise in the first of its kinds. `is_inside` tells that the path has
    entered the end's family, and goes on by definition alone.
    """

    name: str
    entity: str
    is_inside: bool = False
    kinds: tuple[str, ...] = ()
    taken: frozenset[_Effect] = frozenset()
    sign: int = 1


class Walkable(Protocol):
    """What a layout asks of the claims and links that it walks (a `ClaimGraph`)."""

    @property
    def records(self) -> Records:
        """Where the entities are."""

    @property
    def links(self) -> Links:
        """The definitional links."""

    @property
    def inheritance(self) -> float:
        """The probability that a kind does what its class does."""

    @property
    def claims_from(self) -> Mapping[str, tuple[Claim, ...]]:
        """The causal claims by the IRI of their subject."""

    def effects_of(self, entity: str) -> set[_Effect]:
        """Return the effects that claims give an entity, or its opposite."""

    def hops_to(self, end: str) -> Mapping[str, int]:
        """Return for each entity the least number of steps to an end."""


class Layout:
    """Walk from the start over all that the rules allow, no further than the end can still be reached."""

    def __init__(self, claims: Walkable, start: Entity, end: Entity, *, max_steps: int | None, tested_only: bool) -> None:
        self._claims, self._start, self._end, self._max_steps = claims, start, end, max_steps
        self._tested_only = tested_only
        self._family = claims.links.family(end.iri)
        self._hops_out = claims.hops_to(end.iri)
        self._steps: dict[str, Step] = {}
        self._edges: list[Edge] = []

    def lay_out(self) -> Question:
        """Return the question."""
        is_by_definition = self._start != self._end and self._end.iri in self._claims.links.above(self._start.iri)
        first = self._enter(self._start.iri, is_inside=is_by_definition)
        last = self._enter(self._end.iri, is_inside=True)
        places = {first.name: first, last.name: last}
        frontier, depth = [first], 0
        while frontier and (self._max_steps is None or depth < self._max_steps):
            depth += 1
            reached = [place for here in frontier for place in self._leave(here, depth)]
            frontier = [place for place in dict.fromkeys(reached) if places.setdefault(place.name, place) is place]
        return Question(
            self._start,
            self._end,
            self._max_steps,
            CausalGraph.from_edges(self._edges, nodes=places, places={name: place.entity for name, place in places.items()}),
            first.name,
            last.name,
            self._steps,
            {name: self._claims.records.entities[place.entity] for name, place in places.items()},
            is_by_definition,
            self._tested_only,
        )

    def _enter(self, entity: str, *, is_inside: bool) -> _Place:
        """Return the node of an entity; one of the family has two, before a path has left the start's side of it and after."""
        is_before = entity in self._family and not is_inside
        return _Place(f"{entity} before" if is_before else entity, entity, is_inside)

    def _leave(self, here: _Place, depth: int) -> Iterator[_Place]:
        """Yield the nodes that steps lead to, and keep the steps."""
        moves = self._inside(here) if here.is_inside else (*self._effects(here), *self._onward(here))
        for step, sign, there in moves:
            hops = self._hops_out.get(there.entity)
            if hops is None or (self._max_steps is not None and depth + hops > self._max_steps):
                continue
            name = f"{step.iri} {here.name}" + (" assumed" if isinstance(step, Inheritance) else "")
            self._steps[name] = step
            probability = score_of(step, tested_only=self._tested_only) if isinstance(step, Claim) else 1.0
            if isinstance(step, Inheritance):
                probability = step.probability
            variable = step.iri if isinstance(step, Claim | Inheritance) else None
            self._edges.append(Edge(name, here.name, there.name, sign, probability, variable))
            yield there

    def _inside(self, here: _Place) -> Iterator[tuple[Step, int, _Place]]:
        """Yield the definitional links by which the family leads on to the end."""
        for link, there in self._claims.links.up.get(here.entity, ()):
            if there in self._family:
                yield link, int(link.kind.polarity), self._enter(there, is_inside=True)

    def _effects(self, here: _Place) -> Iterator[tuple[Step, int, _Place]]:
        """Yield the causal claims of an entity; of one that stands in, but those that its kinds have themselves."""
        for claim in self._claims.claims_from.get(here.entity, ()):
            sign = int(claim.polarity)
            if (here.sign * sign, claim.object.iri) not in here.taken:
                yield claim, sign, self._enter(claim.object.iri, is_inside=claim.object.iri in self._family)

    def _onward(self, here: _Place) -> Iterator[tuple[Step, int, _Place]]:
        """Yield the definitional links that a path may take before its last causal step."""
        for link, there in self._claims.links.up.get(here.entity, ()):
            sign = int(link.kind.polarity)
            if there in here.kinds:
                continue
            if link.kind is LinkKind.BROADER:
                yield Inheritance(link, self._claims.inheritance), sign, self._as_class(here, there)
            elif link.kind is LinkKind.OPPOSITE_OF and here.kinds:
                kinds = (*here.kinds, here.entity)
                yield (
                    link,
                    sign,
                    replace(here, name=f"{here.name}, its opposite {there}", entity=there, kinds=kinds, sign=-here.sign),
                )
            else:
                yield link, sign, self._enter(there, is_inside=False)

    def _as_class(self, here: _Place, there: str) -> _Place:
        """Return the node of a kind as its class: it has what effects the class has, but those it has itself."""
        own = frozenset((here.sign * sign, object_) for sign, object_ in self._claims.effects_of(here.entity))
        return replace(
            here, name=f"{here.name} as {there}", entity=there, kinds=(*here.kinds, here.entity), taken=here.taken | own
        )
