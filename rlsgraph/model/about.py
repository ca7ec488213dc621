"""Say what a graph as a whole is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rlsgraph.model import namespaces as ns

if TYPE_CHECKING:
    from rlsgraph.model.things import Entity

SHIPPED = ns.KNOWLEDGE_BASE + "rls"
"""The knowledge base that comes with the package: a graph that stands on it has another name, which comes first."""


@dataclass(frozen=True, slots=True)
class About:
    """What a graph calls itself, and the question that it was made to ask; empty where it says nothing (`rls:KnowledgeBase`)."""

    title: str = ""
    question: tuple[Entity, Entity] | None = None
    """From which start to which end."""
