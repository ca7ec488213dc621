"""Find things by their names: the surest kind of name first, and never one thing for another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from rlsgraph.errors import AmbiguousNameError, UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import HasIri, is_iri, nearest_names, normal_name

if TYPE_CHECKING:
    from rlsgraph.model.things import Entity
    from rlsgraph.model.vocabulary import MatchRelation

_Thing = TypeVar("_Thing", bound=HasIri)

Level = Callable[[_Thing], Iterable[str]]
"""The names of a thing that are equally sure."""


class NameIndex(Generic[_Thing]):
    """Things by their names, in levels, the surest kind of name first.

    A full IRI is the thing of that IRI or nothing. Any other name means what goes by it on the first level on which something
    does; where several do, it means none of them, and `get` says so.
    """

    def __init__(
        self,
        kind: str,
        things: Iterable[_Thing],
        levels: Sequence[Level[_Thing]],
        *,
        words: Callable[[_Thing], str],
        normal: Callable[[str], str],
    ) -> None:
        self._kind, self._words, self._normal = kind, words, normal
        self.by_iri: dict[str, _Thing] = {thing.iri: thing for thing in sorted(things, key=lambda thing: thing.iri)}
        self._levels: list[dict[str, list[_Thing]]] = []
        for names_of in levels:
            named: dict[str, list[_Thing]] = {}
            for thing in self.by_iri.values():
                for name in {normal(name) for name in names_of(thing) if name}:
                    named.setdefault(name, []).append(thing)
            self._levels.append(named)

    def get(self, name: str) -> _Thing:
        """Return the thing of that name.

        Raises `UnknownNameError` with the nearest names, or `AmbiguousNameError` with all that it may mean.
        """
        found = self.find(name)
        if not found:
            raise UnknownNameError(self._kind, name, self.nearest(name))
        if len(found) > 1:
            raise AmbiguousNameError(self._kind, name, tuple((self._words(thing), thing.iri) for thing in found))
        return found[0]

    def find(self, name: str) -> tuple[_Thing, ...]:
        """Return all that the name may mean; nothing where it is unknown."""
        asked = name.strip()
        if is_iri(asked):
            return (self.by_iri[asked],) if asked in self.by_iri else ()
        key = self._normal(asked)
        return tuple(next((named[key] for named in self._levels if key in named), ()))

    def nearest(self, name: str, count: int = 3) -> tuple[str, ...]:
        """Return the words of the things whose names come nearest, best first."""
        words = {key: self._words(things[0]) for named in reversed(self._levels) for key, things in named.items()}
        return nearest_names(self._normal(name), words, count)


class EntityIndex(NameIndex["Entity"]):
    """Entities by label, id, CURIE, synonym and by the terms that they match, the exact matches first."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        from rlsgraph.model.vocabulary import MatchRelation  # names alone are compared without it (benchmarks/startup.py)

        levels: list[Level[Entity]] = [
            lambda entity: (entity.label,),
            lambda entity: (ns.compress(entity.iri), ns.local_name(entity.iri)),
            lambda entity: entity.synonyms,
            *(partial(_matched, relation=relation) for relation in (MatchRelation.EXACT, MatchRelation.CLOSE)),
        ]
        super().__init__("entity", entities, levels, words=lambda entity: entity.label, normal=normal_name)

    def find(self, name: str) -> tuple[Entity, ...]:
        """Return all that the name may mean: of several labels that differ in case or accents alone, the one as it is written."""
        found = super().find(name)
        if not found and is_iri(name.strip()):  # the IRI of a term that it matches is a name of it
            key = self._normal(name)
            return tuple(next((named[key] for named in self._levels[-2:] if key in named), ()))
        as_written = tuple(entity for entity in found if entity.label == name) if len(found) > 1 else ()
        return as_written or found

    def complete(self, beginning: str) -> list[str]:
        """Return the labels that begin with (or, failing that, contain) what was typed."""
        typed = normal_name(beginning)
        labels = {entity.label: normal_name(entity.label) for entity in self.by_iri.values()}
        starts = [label for label, normal in labels.items() if normal.startswith(typed)]
        return starts or [label for label, normal in labels.items() if typed in normal]


def _matched(entity: Entity, *, relation: MatchRelation) -> Iterator[str]:
    for match in entity.matches:
        if match.relation is relation:
            yield match.iri
            yield match.curie
