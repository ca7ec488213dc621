"""Choose claims to write: those of a hypothesis, of the best paths between two entities, or around one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlsgraph.errors import EmptyViewError
from rlsgraph.model.things import Claim

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph


def select_claims(
    kg: KnowledgeGraph,
    *,
    hypothesis: str | None = None,
    between: tuple[str, str] | None = None,
    around: str | None = None,
    steps: int = 1,
    min_score: float = 0.0,
) -> tuple[Claim, ...]:
    """Return the claims of a selection, sorted; all claims where nothing is named.

    Raises `EmptyViewError` where none is left.
    """
    if hypothesis is not None:
        chosen = set(kg.hypothesis(hypothesis).claims)
    elif between is not None:
        paths = kg.paths(*between)
        chosen = {step for path in paths for step in path.steps if isinstance(step, Claim)}
    elif around is not None:
        chosen = _around(kg, kg.entity(around).iri, steps)
    else:
        chosen = set(kg.claims())
    kept = tuple(sorted(claim for claim in chosen if claim.score >= min_score))
    if not kept:
        raise EmptyViewError("no claim is left to write")
    return kept


def _around(kg: KnowledgeGraph, centre: str, steps: int) -> set[Claim]:
    claims, near = kg.claims(), {centre}
    chosen: set[Claim] = set()
    for _ in range(steps):
        chosen = {claim for claim in claims if claim.subject.iri in near or claim.object.iri in near}
        near |= {end.iri for claim in chosen for end in (claim.subject, claim.object)}
    return chosen
