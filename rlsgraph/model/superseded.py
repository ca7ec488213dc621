"""Hold a claim that others took the place of: kept as it was asserted."""

from __future__ import annotations

from dataclasses import dataclass

from rlsgraph.model.shown import Shown
from rlsgraph.model.things import Entity, Evidence
from rlsgraph.model.vocabulary import Predicate


@dataclass(frozen=True, slots=True)
class SupersededClaim(Shown):
    """A claim that others (by IRI) took the place of, as it was asserted: it has no score of its own in the graph."""

    iri: str
    subject: Entity
    predicate: Predicate
    object: Entity
    evidence: tuple[Evidence, ...]
    superseded_by: tuple[str, ...]

    def __lt__(self, other: SupersededClaim) -> bool:
        return self.iri < other.iri

    def __str__(self) -> str:
        return f"{self.subject.label} {self.predicate.verb} {self.object.label}"
