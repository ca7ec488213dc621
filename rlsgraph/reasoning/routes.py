"""Turn claims and definitional links into a causal graph, and its paths back into claims and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rlsgraph.model import Claim, DefinitionalLink, Entity
from rlsgraph.reasoning.causal_graph import CausalGraph, Edge
from rlsgraph.reasoning.hypotheses import CausalPath, Step
from rlsgraph.reasoning.paths import best_paths
from rlsgraph.records import Records
from rlsgraph.vocabulary import ConfidenceLevel, LinkKind

_BACKWARDS = "#backwards"


def build_causal_graph(claims: Iterable[Claim], links: Iterable[DefinitionalLink]) -> CausalGraph:
    """Return the graph of every causal claim that is not refuted (probability: its score) and every link (probability 1)."""
    return CausalGraph.from_edges([*_claim_edges(claims), *_link_edges(links)])


def _claim_edges(claims: Iterable[Claim]) -> Iterator[Edge]:
    for claim in claims:
        if claim.predicate.is_causal and claim.level is not ConfidenceLevel.REFUTED:
            yield Edge(claim.iri, claim.subject.iri, claim.object.iri, int(claim.polarity), claim.score, claim.iri)


def _link_edges(links: Iterable[DefinitionalLink]) -> Iterator[Edge]:
    for link in links:
        yield Edge(link.iri, link.subject.iri, link.object.iri, int(link.kind.polarity))
        if link.kind is LinkKind.OPPOSITE_OF:
            yield Edge(link.iri + _BACKWARDS, link.object.iri, link.subject.iri, int(link.kind.polarity))


def find_paths(
    graph: CausalGraph, records: Records, start: Entity, end: Entity, *, limit: int, max_steps: int
) -> tuple[CausalPath, ...]:
    """Return the best paths between two entities; empty where none leads from one to the other."""
    if start == end or not {start.iri, end.iri} <= set(graph.node_ids):
        return ()
    found = []
    for path in best_paths(graph, start.iri, end.iri, limit=limit, max_steps=max_steps):
        steps = tuple(_step(graph.edge_ids[i], records) for i in path.edges)
        if any(isinstance(step, Claim) for step in steps):
            nodes = (start.iri, *(graph.node_ids[graph.heads[i]] for i in path.edges))
            found.append(CausalPath(tuple(records.entities[iri] for iri in nodes), steps))
    return tuple(found)


def _step(iri: str, records: Records) -> Step:
    name = iri.removesuffix(_BACKWARDS)
    return records.claims[name] if name in records.claims else records.links[name]
