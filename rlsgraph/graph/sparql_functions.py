"""Give SPARQL the numbers of the causal graph, e.g. `rls:support(?a, ?b)`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rlsgraph.errors import SameEntityError, UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.reasoning.reliability.defaults import MAX_STEPS as MAX_STEPS

if TYPE_CHECKING:
    from rlsgraph.graph.source import GraphSource
    from rlsgraph.model.things import Entity
    from rlsgraph.reasoning.claim_graph import ClaimGraph

_Measure = Callable[["ClaimGraph", "Entity", "Entity"], float]


def sparql_functions(
    find_entity: Callable[[str], Entity],
    source: GraphSource,
    *,
    progress: Callable[[int, int], None] | None,
) -> dict[str, Callable[..., Any]]:
    """Return the functions by IRI; each takes two entities (IRIs, or names as text) and gives an xsd:double.

    `rls:support`, `rls:raising` and `rls:lowering` are probabilities that some path holds, and one of that sign does;
    `rls:floor` is `rls:support` with every claim at its prior; `rls:bestPathScore` is the best path's joint probability.
    Support, floor and best path are 1 where the one leads to the other by definition. A name that is no entity, or one entity
    twice, is an error in SPARQL's sense: the expression has no value; a name of several entities ends the query with
    `AmbiguousNameError`. Each pair is computed once; `progress` is told how many there have been (of how many, 0 for unknown).
    """

    def find(term: Any) -> Entity:
        found = find_entity(term.value)
        if not isinstance(term, ox.Literal) and term.value not in (found.iri, *(match.iri for match in found.matches)):
            raise UnknownNameError("entity", term.value)  # an IRI or a blank node is no name of another thing
        return found

    def claim_graph(start: Entity, end: Entity) -> ClaimGraph:
        return (source.small() or source.walks(start, end, MAX_STEPS)).claim_graph

    def function(measure: _Measure) -> Callable[..., ox.Literal | None]:
        known: dict[tuple[str, str], ox.Literal] = {}

        def call(start: Any, end: Any) -> ox.Literal | None:
            key = (str(start), str(end))
            if key not in known:
                if progress is not None:
                    progress(len(known), 0)
                try:
                    ends = (find(start), find(end))
                    known[key] = ox.Literal(measure(claim_graph(*ends), *ends))
                except (UnknownNameError, SameEntityError):
                    return None
            return known[key]

        return call

    measures: dict[str, _Measure] = {
        "support": partial(_part, part="overall"),
        "raising": partial(_part, part="raising"),
        "lowering": partial(_part, part="lowering"),
        "floor": _floor,
        "bestPathScore": _best_path,
    }
    return {ns.RLS + name: function(measure) for name, measure in measures.items()}


def _part(claims: ClaimGraph, start: Entity, end: Entity, *, part: str) -> float:
    from rlsgraph.reasoning.claim_support import compile_question, parse_part

    wanted = parse_part(part)
    return compile_question(claims.ask(start, end, max_steps=MAX_STEPS)).estimates((wanted,))[wanted].value


def _floor(claims: ClaimGraph, start: Entity, end: Entity) -> float:
    from rlsgraph.reasoning.claim_support import compile_question, parse_part

    question, overall = claims.ask(start, end, max_steps=MAX_STEPS), parse_part("overall")
    function = compile_question(question)
    return function.estimates((overall,), question.priors[function.variables])[overall].value


def _best_path(claims: ClaimGraph, start: Entity, end: Entity) -> float:
    from rlsgraph.reasoning.reliability.paths import best_paths

    if start == end:
        raise SameEntityError(start.label)
    question = claims.ask(start, end, max_steps=MAX_STEPS)
    best = best_paths(question.graph, question.first, question.last, limit=1, max_steps=MAX_STEPS)
    return best[0].score if best else 0.0
