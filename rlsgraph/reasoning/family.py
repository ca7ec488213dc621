"""Tell which entities are the end of a question from another side: its opposites, its wholes, their parts and kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from rlsgraph.model.things import DefinitionalLink
from rlsgraph.model.vocabulary import LinkKind


class Links:
    """Hold definitional links by the entities (IRIs) that they join."""

    def __init__(self, links: Iterable[DefinitionalLink]) -> None:
        self._links = tuple(links)

    @cached_property
    def up(self) -> Mapping[str, list[tuple[DefinitionalLink, str]]]:
        """For each entity the links that hold of it, and what they lead to: its wholes, its classes, its opposites."""
        return self._grouped(lambda link: [(link.subject.iri, link.object.iri)])

    @cached_property
    def _down(self) -> Mapping[str, list[tuple[DefinitionalLink, str]]]:
        return self._grouped(lambda link: [(link.object.iri, link.subject.iri)])

    def _grouped(
        self, ends: Callable[[DefinitionalLink], list[tuple[str, str]]]
    ) -> Mapping[str, list[tuple[DefinitionalLink, str]]]:
        found: dict[str, list[tuple[DefinitionalLink, str]]] = defaultdict(list)
        for link in self._links:
            pairs = ends(link)
            for here, there in [*pairs, *(pair[::-1] for pair in pairs if link.kind is LinkKind.OPPOSITE_OF)]:
                found[here].append((link, there))
        return dict(found)

    def above(self, entity: str) -> frozenset[str]:
        """Return what an entity leads to by definition, itself among it."""
        return frozenset(_spread([entity], lambda here: self._step(self.up, here, *LinkKind)))

    def family(self, entity: str) -> frozenset[str]:
        """Return an entity's wholes and opposites, and the parts, kinds and opposites of all these; itself among them.

        They are the same matter seen from another side. Its own classes are not: they hold of other things too.
        """
        wholes = _spread([entity], lambda here: self._step(self.up, here, LinkKind.PART_OF, LinkKind.OPPOSITE_OF))
        return frozenset(_spread(wholes, lambda here: self._step(self._down, here, *LinkKind)))

    def parts(self, entity: str) -> frozenset[str]:
        """Return an entity's parts, and the parts of these; without itself."""
        return frozenset(_spread([entity], lambda here: self._step(self._down, here, LinkKind.PART_OF))) - {entity}

    @staticmethod
    def _step(links: Mapping[str, list[tuple[DefinitionalLink, str]]], here: str, *kinds: LinkKind) -> Iterator[str]:
        return (there for link, there in links.get(here, ()) if link.kind in kinds)


def _spread(first: Iterable[str], onward: Callable[[str], Iterable[str]]) -> set[str]:
    """Return all that is reached from some entities, these among them."""
    reached = set(first)
    waiting = list(reached)
    while waiting:
        found = {there for there in onward(waiting.pop()) if there not in reached}
        reached |= found
        waiting.extend(found)
    return reached
