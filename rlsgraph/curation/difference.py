"""Tell what differs between two graphs: evidence that came, went or says something else, and claims that moved."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from rlsgraph.model.things import Evidence
from rlsgraph.reasoning.comparison import ClaimChange, changed_claims

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """An evidence item before and after; None where it was not, or is no more."""

    before: Evidence | None
    after: Evidence | None

    @property
    def item(self) -> Evidence:
        """The item as it is now, or else as it was."""
        item = self.after or self.before
        assert item is not None
        return item

    @property
    def words(self) -> str:
        """What became of it: new, gone, superseded, or which of its properties say something else."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        if self.after.superseded_by and not self.before.superseded_by:
            return "superseded"
        changed = [f.name for f in fields(Evidence) if getattr(self.before, f.name) != getattr(self.after, f.name)]
        return f"changed: {', '.join(name.replace('_', ' ') for name in changed)}"


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two graphs; false where nothing does."""

    evidence: tuple[EvidenceChange, ...]
    claims: tuple[ClaimChange, ...]

    def __bool__(self) -> bool:
        return bool(self.evidence or self.claims)


def find_difference(before: KnowledgeGraph, after: KnowledgeGraph) -> Difference:
    """Return what came, went, moved or says something else from one graph to another."""
    was, now = ({item.iri: item for item in kg.evidence(superseded=True)} for kg in (before, after))
    items = [
        EvidenceChange(was.get(iri), now.get(iri)) for iri in sorted(was.keys() | now.keys()) if was.get(iri) != now.get(iri)
    ]
    return Difference(tuple(items), changed_claims(before.claims(), after.claims()))
