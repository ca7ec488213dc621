"""The source of a graph that is held whole in memory (or read whole from a store): it gives itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rlsgraph.graph.contents import Contents, edited
from rlsgraph.graph.source import EVERYTHING, Filter, Kind
from rlsgraph.triples.sparql import Answer, Dataset, run_query

if TYPE_CHECKING:
    from rlsgraph.graph.what_if import Edit
    from rlsgraph.model.things import Claim, Entity
    from rlsgraph.model.weighing.profile import Profile


class MemorySource:
    """A whole graph, as a `GraphSource`: every question is answered by the same contents.

    `profile_files` are the files of its confidence profile, read when first needed, unless `profile` gives the numbers.
    `keep` gives what was worked out of this very graph before, where that is kept; see `kept`.
    """

    name = ""

    def __init__(
        self,
        contents: Contents,
        profile_files: tuple[Path, ...] = (),
        *,
        profile: Callable[[], Profile] | None = None,
        edits: tuple[Edit, ...] = (),
        origin: object = None,
        keep: Callable[[str, Callable[[], bytes]], bytes] | None = None,
    ) -> None:
        self._contents = contents
        if contents.read_profile is None:
            contents.read_profile = lambda: self.profile
        self._read_profile = profile
        self._origin = origin
        self._keep = keep
        self.profile_files = profile_files
        self.edits = edits

    @property
    def origin(self) -> object:
        """The source that the edits were made to."""
        return self._origin or self

    @cached_property
    def profile(self) -> Profile:
        """The numbers behind the scores."""
        from rlsgraph.graph.profile_reading import read_profile

        return self._read_profile() if self._read_profile is not None else read_profile(self.profile_files)

    def describe(self) -> str:
        """Say how many claims there are."""
        return f"{self.count()} claims"

    def count(self) -> int:
        """Return the number of claims."""
        return len(self._contents.records.claims)

    def groups(self) -> Mapping[str, str]:
        """Return the groups of entities, sorted."""
        return {group: group for group in sorted({entity.group for entity in self._contents.records.entities.values()})}

    def named(self, kind: Kind, name: str) -> Contents:
        return self._contents

    def beginning_with(self, text: str) -> Contents:
        return self._contents

    def listed(self, kind: Kind, wanted: Filter = EVERYTHING) -> Contents:
        return self._contents

    def hypotheses(self) -> Contents:
        return self._contents

    def pair(self, one: str, other: str) -> Contents:
        return self._contents

    def claim(self, iri: str) -> Contents:
        return self._contents

    def between(self, start: Entity, end: Entity, max_steps: int) -> Contents:
        return self._contents

    def walks(self, start: Entity, end: Entity, max_steps: int) -> Contents:
        return self._contents

    def told(self, statements: Sequence[str]) -> Contents:
        return self._contents

    def joined(self, start: Entity, end: Entity) -> Contents:
        return self._contents

    def touched(self, edits: Sequence[Edit]) -> tuple[Claim, ...]:
        return tuple(self._contents.records.claims.values())

    def small(self) -> Contents:
        return self._contents

    def whole(self) -> Contents:
        return self._contents

    def kept(self, kind: str, make: Callable[[], bytes]) -> bytes:
        return make() if self._keep is None else self._keep(kind, make)

    def answer(self, text: str, *, functions: Mapping[str, Callable[..., Any]], dataset: Dataset | None = None) -> Answer:
        """Answer a SPARQL query."""
        return run_query(self._contents.store, text, functions=functions, dataset=dataset)

    def uses(self, iri: str) -> bool:
        """Say whether a triple has a term in any place."""
        term = ox.NamedNode(iri)
        places = ((None, term, None), (None, None, term), (term, None, None))
        return any(next(iter(self._contents.store.quads_for_pattern(*place)), None) is not None for place in places)

    def with_edits(self, edits: Sequence[Edit]) -> MemorySource:
        """Return the graph with the edits made, and everything derived anew."""
        return MemorySource(
            Contents(edited(self._contents.store, edits, self.profile)),
            self.profile_files,
            profile=lambda: self.profile,
            edits=(*self.edits, *edits),
            origin=self.origin,
        )
