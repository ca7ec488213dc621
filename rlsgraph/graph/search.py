"""Find what lies between two entities of a large graph, fetching no more of it than the search must see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from rlsgraph.errors import TooLargeError
from rlsgraph.graph.parts import select_keys
from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import LinkKind, Predicate
from rlsgraph.triples.query_engine import QueryEngine

MAX_STATEMENTS = 200_000
"""No search looks at more claims and links than this."""

_KINDS = {ns.RLS + "Claim", ns.RLS + "DefinitionalLink"}
_ONE_WAY = frozenset({*(p.iri for p in Predicate if p.is_causal), LinkKind.BROADER.iri, LinkKind.PART_OF.iri})
_ASSOCIATIONS = frozenset(p.iri for p in Predicate if not p.is_causal)


@dataclass(frozen=True, slots=True)
class Walked:
    """A claim or link as it is walked, and the entities that it leads from and to; a supposed claim has no IRI yet."""

    iri: Any
    tail: Any
    head: Any


class Search:
    """Grow from both ends of a question, the smaller side first, until every walk that is short enough has been seen.

    A walk of at most n steps has its first f within f steps of the start, and the others within n − f steps of the end: it
    is enough to look f steps ahead and n − f back. `supposed` are pairs of entities (as terms) that a what-if joins; it may
    also raise what is refuted. Refuted claims (a floor counts them in), and associations (both ways), are walked only where
    asked for.
    """

    def __init__(
        self,
        engine: QueryEngine,
        start: str,
        end: str,
        *,
        supposed: Iterable[tuple[Any, Any]] = (),
        with_associations: bool = False,
        with_refuted: bool = False,
    ) -> None:
        self._engine = engine
        self._two_ways = frozenset({LinkKind.OPPOSITE_OF.iri, *(_ASSOCIATIONS if with_associations else ())})
        self._start, self._end = ox.NamedNode(start), ox.NamedNode(end)
        self._supposed = [Walked(None, tail, head) for tail, head in supposed]
        self._seen: set[Walked] = set()
        self._ahead, self._back = {self._start}, {self._end}
        self._known_ahead, self._known_back = {self._start}, {self._end}
        self._steps = 0
        self._unless = "" if with_refuted else "FILTER NOT EXISTS { ?c rls:confidenceLevel rls:Refuted }"

    def within(self, max_steps: int) -> list[Walked]:
        """Return what some walk of at most so many steps uses, in the order of the IRIs."""
        while self._steps < max_steps and not self._is_done:
            self._grow()
        leaving, entering = defaultdict(list), defaultdict(list)
        for walked in self._seen:
            leaving[walked.tail].append(walked.head)
            entering[walked.head].append(walked.tail)
        hops_in, hops_out = _hops(self._start, leaving, max_steps), _hops(self._end, entering, max_steps)
        far = max_steps + 1
        kept = [w for w in self._seen if hops_in.get(w.tail, far) + 1 + hops_out.get(w.head, far) <= max_steps]
        return sorted(kept, key=lambda w: (str(w.iri), str(w.tail)))

    def shortest(self) -> list[Walked]:
        """Return what the shortest walks use, however long; empty where none leads from start to end."""
        steps = 0
        while not self._is_done:
            steps += 1
            found = self.within(steps)
            if found:
                return found
        return self.within(self._steps)

    @property
    def _is_done(self) -> bool:
        """Whether one side has been seen to its end, so that no walk is left unseen."""
        return not self._ahead or not self._back

    def _grow(self) -> None:
        self._steps += 1
        if len(self._ahead) <= len(self._back):
            self._ahead = {w.head for w in self._look(self._ahead, ahead=True)} - self._known_ahead
            self._known_ahead |= self._ahead
        else:
            self._back = {w.tail for w in self._look(self._back, ahead=False)} - self._known_back
            self._known_back |= self._back

    def _look(self, entities: set[Any], *, ahead: bool) -> Iterator[Walked]:
        """Yield what leaves (or enters) these entities, and remember it."""
        for walked in [*self._asserted(entities, ahead=ahead), *self._supposed]:
            if (walked.tail if ahead else walked.head) in entities:
                self._seen.add(walked)
                yield walked
        if len(self._seen) > MAX_STATEMENTS:
            raise TooLargeError(
                f"{self._engine.name}: more than {MAX_STATEMENTS:,} claims lie within {self._steps} steps of the two entities; "
                f"allow fewer (max_steps): {self._steps - 1} are within bounds"
            )

    def _asserted(self, entities: set[Any], *, ahead: bool) -> Iterator[Walked]:
        here, there = ("?s", "?o") if ahead else ("?o", "?s")
        keys = sorted(map(str, entities))
        one_way = (_ONE_WAY | self._two_ways, here, False)
        backwards = (self._two_ways, there, True)
        for predicates, key, is_turned in (one_way, backwards):
            listed = ", ".join(f"<{iri}>" for iri in sorted(predicates))
            pattern = f"?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; a ?kind FILTER(?p IN ({listed})) {self._unless}"
            for iri, subject, object_, kind in select_keys(self._engine, "?c ?s ?o ?kind", pattern, key, keys):
                if kind.value in _KINDS:
                    yield Walked(iri, object_, subject) if is_turned else Walked(iri, subject, object_)


def _hops(origin: Any, onward: Mapping[Any, list[Any]], most: int) -> dict[Any, int]:
    """Return each node's least number of steps from the origin, where that is at most `most`."""
    hops, frontier = {origin: 0}, [origin]
    for step in range(1, most + 1):
        found = dict.fromkeys(head for node in frontier for head in onward.get(node, ()) if head not in hops)
        frontier = list(found)
        hops.update(dict.fromkeys(frontier, step))
    return hops
