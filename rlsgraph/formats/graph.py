"""Write the graph for network tools: networkx, GraphML, and a flat table of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rlsgraph.formats.csv_text import to_csv
from rlsgraph.model.things import Claim, DefinitionalLink, Entity
from rlsgraph.model.vocabulary import Direction
from rlsgraph.triples.xml_text import fit_for_xml

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx

    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

CLAIM_COLUMNS = (
    "claim", "subject", "predicate", "object", "polarity", "score", "low", "high", "level",
    "contested", "untested", "single_study", "not_in_people", "only_lent", "prior", "support_weight", "dispute_weight",
    "logit", "logit_sd", "lines_for", "lines_against", "supports", "disputes", "inconclusive",
)  # fmt: skip


def claim_row(claim: Claim) -> dict[str, str | int | float | bool]:
    """Return a claim as one flat row, by `CLAIM_COLUMNS`."""
    return {
        "claim": claim.iri,
        "subject": claim.subject.label,
        "predicate": claim.predicate.value,
        "object": claim.object.label,
        "polarity": int(claim.polarity),
        "score": claim.score,
        "low": claim.low,
        "high": claim.high,
        "level": claim.level.label,
        "contested": claim.is_contested,
        "untested": claim.is_untested,
        "single_study": claim.confidence.is_single_study,
        "not_in_people": claim.confidence.is_not_in_people,
        "only_lent": claim.confidence.is_only_lent,
        "prior": claim.confidence.prior,
        "support_weight": claim.confidence.support_weight,
        "dispute_weight": claim.confidence.dispute_weight,
        "logit": claim.confidence.logit,
        "logit_sd": claim.confidence.logit_sd,
        "lines_for": claim.confidence.lines_for,
        "lines_against": claim.confidence.lines_against,
        **{direction.label: claim.count(direction) for direction in Direction},
    }


def claims_csv(claims: Iterable[Claim]) -> str:
    """Return claims as CSV with a header row."""
    return to_csv(CLAIM_COLUMNS, (claim_row(claim) for claim in claims))


def entity_attributes(entity: Entity) -> dict[str, str | int | float | bool]:
    """Return what network tools are told of an entity beside its label."""
    return {"group": entity.group, "category": entity.category}


def claim_attributes(claim: Claim) -> dict[str, str | int | float | bool]:
    """Return what network tools are told of a claim: its row, without the names of its ends."""
    row = {name: value for name, value in claim_row(claim).items() if name not in ("claim", "subject", "object")}
    return {"kind": "claim", "iri": claim.iri, **row}


def link_attributes(link: DefinitionalLink) -> dict[str, str | int | float | bool]:
    """Return what network tools are told of a definitional link."""
    return {"kind": "definition", "iri": link.iri, "predicate": link.kind.value, "polarity": int(link.kind.polarity)}


def to_networkx(kg: KnowledgeGraph, *, causal_only: bool = False) -> networkx.MultiDiGraph:
    """Return a multigraph: nodes and edges are keyed by IRI, attributes are plain values that GraphML can hold."""
    import networkx

    graph = networkx.MultiDiGraph(name="rlsgraph", version=kg.version)
    for entity in kg.entities():
        graph.add_node(entity.iri, label=entity.label, **entity_attributes(entity))
    for claim in kg.claims():
        if claim.predicate.is_causal or not causal_only:
            graph.add_edge(claim.subject.iri, claim.object.iri, key=claim.iri, **claim_attributes(claim))
    for link in kg.links():
        graph.add_edge(link.subject.iri, link.object.iri, key=link.iri, **link_attributes(link))
    return graph


def to_graphml(kg: KnowledgeGraph) -> str:
    """Return the graph as GraphML."""
    import networkx

    text = "\n".join(networkx.generate_graphml(to_networkx(kg), named_key_ids=True)) + "\n"
    return fit_for_xml(text.encode(), "GraphML").decode()
