"""Join claims and definitional links to a causal graph, and turn its paths back into claims and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from rlsgraph.model.records import Records
from rlsgraph.model.things import Claim, DefinitionalLink, Entity
from rlsgraph.model.vocabulary import ConfidenceLevel, LinkKind
from rlsgraph.reasoning.absence import Absence, AbsenceReason
from rlsgraph.reasoning.causal_path import CausalPath, Step
from rlsgraph.reasoning.reliability.causal_graph import CausalGraph, Edge, Floats
from rlsgraph.reasoning.reliability.paths import iter_best_paths
from rlsgraph.reasoning.reliability.region import least_steps

_BACKWARDS = "#backwards"


@dataclass(frozen=True, eq=False)
class ClaimGraph:
    """Hold the causal graph of every causal claim that is not refuted (probability: its score) and every link.

    Its variables are the claims, by IRI; `alphas` and `betas` give their posteriors in the same order. A link always
    holds. Every entity is a node.
    """

    graph: CausalGraph
    alphas: Floats
    betas: Floats
    records: Records

    @classmethod
    def build(cls, records: Records) -> ClaimGraph:
        """Return the causal graph of all that the records hold."""
        claims, links = records.claims.values(), records.links.values()
        graph = CausalGraph.from_edges([*_claim_edges(claims), *_link_edges(links)], nodes=records.entities)
        confidences = [records.claims[iri].confidence for iri in graph.variable_ids]
        alphas, betas = (np.array([getattr(c, name) for c in confidences], dtype=np.float64) for name in ("alpha", "beta"))
        return cls(graph, alphas, betas, records)

    def iter_paths(self, start: Entity, end: Entity, *, max_steps: int | None = None) -> Iterator[CausalPath]:
        """Yield the simple paths between two entities, best first; none where they are the same.

        A path has at least one claim. Of paths with the same claims only the best comes: how two claims are joined by
        definition makes no other path.
        """
        if start == end:
            return
        seen: set[tuple[str, ...]] = set()
        for path in iter_best_paths(self.graph, start.iri, end.iri, max_steps=max_steps):
            steps = tuple(self._step(self.graph.edge_ids[edge]) for edge in path.edges)
            nodes = (start.iri, *(self.graph.node_ids[self.graph.heads[edge]] for edge in path.edges))
            found = CausalPath(tuple(self.records.entities[iri] for iri in nodes), steps)
            if found.key and found.key not in seen:
                seen.add(found.key)
                yield found

    def find_paths(self, start: Entity, end: Entity, *, limit: int, max_steps: int | None) -> tuple[CausalPath, ...]:
        """Return the best paths between two entities; empty where none leads from one to the other."""
        return tuple(islice(self.iter_paths(start, end, max_steps=max_steps), limit))

    def why_no_path(self, start: Entity, end: Entity, *, max_steps: int | None) -> Absence | None:
        """Return why there is no path between two entities, or None where there is one."""
        if start == end:
            return Absence(AbsenceReason.SAME_ENTITY)
        if next(self.iter_paths(start, end, max_steps=max_steps), None) is not None:
            return None
        steps = least_steps(self.graph, start.iri, end.iri)
        if steps is not None and (max_steps is None or steps <= max_steps):
            return Absence(AbsenceReason.ONLY_DEFINITIONS, steps)
        if steps is not None:
            return Absence(AbsenceReason.BEYOND_MAX_STEPS, steps)
        steps = least_steps(_with_associations(self.records), start.iri, end.iri)
        if steps is not None:
            return Absence(AbsenceReason.ONLY_ASSOCIATIONS, steps)
        return Absence(AbsenceReason.NO_CAUSAL_PATH)

    def _step(self, edge_id: str) -> Step:
        iri = edge_id.removesuffix(_BACKWARDS)
        return self.records.claims[iri] if iri in self.records.claims else self.records.links[iri]


def _claim_edges(claims: Iterable[Claim]) -> Iterator[Edge]:
    for claim in claims:
        if claim.predicate.is_causal and claim.level is not ConfidenceLevel.REFUTED:
            yield Edge(claim.iri, claim.subject.iri, claim.object.iri, int(claim.polarity), claim.score, claim.iri)


def _link_edges(links: Iterable[DefinitionalLink]) -> Iterator[Edge]:
    for link in links:
        yield Edge(link.iri, link.subject.iri, link.object.iri, int(link.kind.polarity))
        if link.kind is LinkKind.OPPOSITE_OF:
            yield Edge(link.iri + _BACKWARDS, link.object.iri, link.subject.iri, int(link.kind.polarity))


def _with_associations(records: Records) -> CausalGraph:
    """Return the graph that has associations too (but refuted ones), walked both ways, to tell what lies behind them."""
    edges = [*_claim_edges(records.claims.values()), *_link_edges(records.links.values())]
    for claim in records.claims.values():
        if not claim.predicate.is_causal and claim.level is not ConfidenceLevel.REFUTED:
            ends = (claim.subject.iri, claim.object.iri)
            edges += [Edge(claim.iri, *pair, 0, claim.score, claim.iri) for pair in (ends, ends[::-1])]
    return CausalGraph.from_edges(edges, nodes=records.entities)
