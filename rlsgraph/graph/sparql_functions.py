"""Give SPARQL the numbers of the causal graph: `rls:support(?a, ?b)` and `rls:bestPathScore(?a, ?b)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rlsgraph.errors import SameEntityError, UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.reasoning.reliability.defaults import MAX_STEPS as MAX_STEPS

if TYPE_CHECKING:
    from rlsgraph.model.things import Entity
    from rlsgraph.reasoning.claim_graph import ClaimGraph

_Measure = Callable[["ClaimGraph", "Entity", "Entity"], float]


def sparql_functions(
    find_entity: Callable[[str], Entity],
    claim_graph: Callable[[Entity, Entity], ClaimGraph],
    *,
    progress: Callable[[int, int], None] | None,
) -> dict[str, Callable[..., Any]]:
    """Return the functions by IRI; each takes two entities (IRIs, or names as text) and gives an xsd:double.

    Both are 1 where the one leads to the other by definition. A name that is no entity, or one entity twice, is an error in
    SPARQL's sense: the expression has no value. `claim_graph` gives the graph that holds what lies between two entities. Each
    pair is computed once; `progress` is told how many there have been (of how many, 0 for unknown).
    """

    def function(measure: _Measure) -> Callable[..., ox.Literal | None]:
        known: dict[tuple[str, str], ox.Literal] = {}

        def call(start: Any, end: Any) -> ox.Literal | None:
            key = (start.value, end.value)
            if key not in known:
                if progress is not None:
                    progress(len(known), 0)
                try:
                    ends = (find_entity(start.value), find_entity(end.value))
                    known[key] = ox.Literal(measure(claim_graph(*ends), *ends))
                except (UnknownNameError, SameEntityError):
                    return None
            return known[key]

        return call

    return {ns.RLS + "support": function(_support), ns.RLS + "bestPathScore": function(_best_path_score)}


def _support(claims: ClaimGraph, start: Entity, end: Entity) -> float:
    from rlsgraph.reasoning.claim_support import compile_claims
    from rlsgraph.reasoning.reliability.estimates import Part

    function = compile_claims(claims, start, end, max_steps=MAX_STEPS)
    return function.estimates((Part.OVERALL,))[Part.OVERALL].value


def _best_path_score(claims: ClaimGraph, start: Entity, end: Entity) -> float:
    from rlsgraph.reasoning.reliability.paths import best_paths

    if start == end:
        raise SameEntityError(start.label)
    best = best_paths(claims.graph, start.iri, end.iri, limit=1, max_steps=MAX_STEPS)
    return best[0].score if best else 0.0
