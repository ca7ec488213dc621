"""Say what a graph is asked through: a source answers a few questions, each with the part of the graph that it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rlsgraph.graph.contents import Contents
    from rlsgraph.graph.what_if import Edit
    from rlsgraph.model.things import Claim, Entity, Evidence
    from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Predicate
    from rlsgraph.model.weighing.profile import Profile
    from rlsgraph.triples.sparql import Answer, Dataset


class Kind(StrEnum):
    """The kinds of things that are listed or looked up by name; the value is the class of the ontology."""

    ENTITY = "Entity"
    SOURCE = "Source"
    EVIDENCE = "Evidence"
    CLAIM = "Claim"
    LINK = "DefinitionalLink"
    EXPECTATION = "Expectation"
    SUPERSEDED_EVIDENCE = "SupersededEvidence"
    SUPERSEDED_CLAIM = "SupersededClaim"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; None leaves a property open. Things are named by IRI, a group in lower case."""

    subject: str | None = None
    predicate: Predicate | None = None
    object: str | None = None
    level: ConfidenceLevel | None = None
    group: str | None = None
    source: str | None = None
    direction: Direction | None = None

    def fits_claim(self, claim: Claim) -> bool:
        """Whether a claim has what is asked of it; a group fits its subject or object."""
        return (
            self.subject in (None, claim.subject.iri)
            and self.object in (None, claim.object.iri)
            and self.predicate in (None, claim.predicate)
            and self.level in (None, claim.level)
            and self.group in (None, claim.subject.group, claim.object.group)
        )

    def fits_evidence(self, item: Evidence) -> bool:
        """Whether an evidence item has the source and the direction that are asked for."""
        return self.source in (None, item.source.iri) and self.direction in (None, item.direction)


EVERYTHING = Filter()
"""The filter that leaves all open."""


class GraphSource(Protocol):
    """Where a graph is, and the questions that it can be asked.

    An answer holds at least what the question is about, scored, and may hold more: a graph in memory gives itself. Only
    `whole` promises everything, and may be dear; whoever needs everything says so by calling it.
    """

    name: str
    """Where the graph is, for messages and versions: a folder or an address; empty for one in memory."""

    profile_files: tuple[Path, ...]
    """The files of the confidence profile; none where it is kept with the graph."""

    edits: tuple[Edit, ...]
    """What is supposed of the graph, in order."""

    @property
    def origin(self) -> object:
        """What the edits are made to: two sources of one origin differ by their edits alone."""

    @property
    def profile(self) -> Profile:
        """The numbers behind the scores."""

    def describe(self) -> str:
        """Say in a few words how large the graph is, and where; what is supposed is not counted."""

    def count(self) -> int:
        """Return the number of claims."""

    def groups(self) -> Mapping[str, str]:
        """Return the groups of entities by name in lower case, e.g. `gut`, with how the source itself writes them."""

    def named(self, kind: Kind, name: str) -> Contents:
        """Return what a name may mean among the things of a kind; where nothing goes by it, what comes near it."""

    def beginning_with(self, text: str) -> Contents:
        """Return entities whose label begins with a text, or contains it."""

    def listed(self, kind: Kind, wanted: Filter = EVERYTHING) -> Contents:
        """Return all things of a kind that fit the filter."""

    def hypotheses(self) -> Contents:
        """Return every hypothesis, with all that its routes and their scores depend on."""

    def pair(self, one: str, other: str) -> Contents:
        """Return every claim between two entities (by IRI), whichever way round it is written."""

    def claim(self, iri: str) -> Contents:
        """Return one claim and all that its score depends on: its evidence, their studies, the claims that lend to it."""

    def walks(self, start: Entity, end: Entity, max_steps: int) -> Contents:
        """Return what some walk of at most so many steps from start to end uses: scores and entities, maybe no evidence.

        It is for reckoning: no claim of it may be given to a caller, see `told`.
        """

    def between(self, start: Entity, end: Entity, max_steps: int) -> Contents:
        """Return the same with its evidence, and all that its scores depend on."""

    def told(self, statements: Sequence[str]) -> Contents:
        """Return claims and links (by IRI) with their evidence and sources."""

    def joined(self, start: Entity, end: Entity) -> Contents:
        """Return what the shortest walks use, however long; where there are none, those that use associations."""

    def touched(self, edits: Sequence[Edit]) -> tuple[Claim, ...]:
        """Return every claim whose score these edits may change."""

    def small(self) -> Contents | None:
        """Return the whole graph where that costs little; None where it does not."""

    def whole(self) -> Contents:
        """Return everything; raises `TooLargeError` where that is too much to hold."""

    def kept(self, kind: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` works out of the whole graph and nothing else; from an earlier time, where it was kept."""

    def answer(self, text: str, *, functions: Mapping[str, Callable[..., Any]], dataset: Dataset | None = None) -> Answer:
        """Answer a SPARQL query where the triples are."""

    def with_edits(self, edits: Sequence[Edit]) -> GraphSource:
        """Return the source of the graph as it would be with these edits, beside those made already."""
