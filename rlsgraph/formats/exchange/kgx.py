"""Write KGX: nodes and edges in Biolink terms, as tables or JSON Lines.

Biolink 4.4 has no predicate *increases*: the effect's sign is a qualifier of `biolink:affects` (biolink-model 4.4.6,
`qualified predicate`, `object direction qualifier`). `knowledge_level` and `agent_type` are required of each edge.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rlsgraph.formats.exchange.content import Content, exact_curies, on_one_line, own_curie, source_curie
from rlsgraph.model import namespaces as ns
from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Evidence
from rlsgraph.model.vocabulary import ConfidenceLevel, LinkKind, MatchRelation, Predicate

Record = dict[str, Any]

KNOWLEDGE_SOURCE = "infores:rlsgraph"
CAUSAL = {Predicate.INCREASES: "increased", Predicate.DECREASES: "decreased"}
PREDICATES = {
    Predicate.AFFECTS: "biolink:affects",
    Predicate.POSITIVELY_ASSOCIATED_WITH: "biolink:positively_correlated_with",
    Predicate.NEGATIVELY_ASSOCIATED_WITH: "biolink:negatively_correlated_with",
}
LINKS = {
    LinkKind.BROADER: "biolink:subclass_of",
    LinkKind.PART_OF: "biolink:part_of",
    LinkKind.OPPOSITE_OF: "biolink:opposite_of",
}

_RENAMED = {"biolink:Exposure": "biolink:ExposureEvent"}
"""Classes that Biolink 4.4 knows by another name."""

NODE_COLUMNS = (
    "id", "category", "name", "description", "synonym", "equivalent_identifiers", "xref", "iri", "group",
    "study_size", "study_method_types", "provided_by",
)  # fmt: skip
EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "category", "qualified_predicate", "object_direction_qualifier", "negated",
    "knowledge_level", "agent_type", "primary_knowledge_source", "publications", "has_supporting_studies", "evidence_count",
    "has_confidence_score", "has_confidence_level", "iri", "rlsgraph_score", "rlsgraph_score_low", "rlsgraph_score_high",
    "supporting", "disputing", "inconclusive",
)  # fmt: skip


def nodes_tsv(content: Content) -> str:
    """Return the table of nodes."""
    return _table(NODE_COLUMNS, nodes(content))


def edges_tsv(content: Content) -> str:
    """Return the table of edges."""
    return _table(EDGE_COLUMNS, edges(content))


def nodes_jsonl(content: Content) -> str:
    """Return the nodes as JSON Lines."""
    return _lines(nodes(content))


def edges_jsonl(content: Content) -> str:
    """Return the edges as JSON Lines."""
    return _lines(edges(content))


def nodes(content: Content) -> Iterator[Record]:
    """Yield a node for each entity, then one for each study result that an edge names."""
    for entity in content.entities:
        yield _entity_node(entity, content.identifiers[entity.iri])
    yield from (_study_node(item) for item in content.evidence)


def edges(content: Content) -> Iterator[Record]:
    """Yield an edge for each claim, then one for each definitional link."""
    yield from (_claim_edge(claim, content) for claim in content.claims)
    yield from (_link_edge(link, content) for link in content.links)


def _entity_node(entity: Entity, identifier: str) -> Record:
    names = [own_curie(entity.iri), *exact_curies(entity)]
    return _without_empty(
        id=identifier,
        category=[_category(entity)],
        name=entity.label,
        description=entity.definition,
        synonym=list(entity.synonyms),
        equivalent_identifiers=[name for name in names if name != identifier],
        xref=[match.curie for match in entity.matches if match.relation is not MatchRelation.EXACT],
        iri=entity.iri,
        group=entity.group,
        provided_by=[KNOWLEDGE_SOURCE],
    )


def _category(entity: Entity) -> str:
    category = ns.compress(entity.category) if entity.category else "biolink:NamedThing"
    return _RENAMED.get(category, category)


def _study_node(item: Evidence) -> Record:
    return _without_empty(
        id=own_curie(item.iri),
        category=["biolink:Study"],
        name=f"{item.source.citation}: {item.design.label}",
        description=item.finding,
        xref=[source_curie(item.source)],
        iri=item.iri,
        study_size=item.sample_size,
        study_method_types=[item.design.label],
        provided_by=[KNOWLEDGE_SOURCE],
    )


def _claim_edge(claim: Claim, content: Content) -> Record:
    refuted = claim.level is ConfidenceLevel.REFUTED
    direction = CAUSAL.get(claim.predicate)
    counts = {name: [own_curie(item.iri) for item in claim.evidence if item.direction.label == name] for name in _DIRECTIONS}
    return _without_empty(
        id=own_curie(claim.iri),
        subject=content.identifiers[claim.subject.iri],
        predicate=PREDICATES.get(claim.predicate, "biolink:affects"),
        object=content.identifiers[claim.object.iri],
        category=["biolink:Association"],
        qualified_predicate="biolink:causes" if direction else "",
        object_direction_qualifier=direction or "",
        negated=refuted,
        knowledge_level="prediction" if claim.is_untested else "knowledge_assertion",
        agent_type="manual_agent",
        primary_knowledge_source=KNOWLEDGE_SOURCE,
        publications=sorted({source_curie(item.source) for item in claim.evidence}),
        has_supporting_studies=[own_curie(item.iri) for item in claim.evidence],
        evidence_count=len(claim.evidence),
        has_confidence_score=1 - claim.score if refuted else claim.score,
        has_confidence_level=claim.level.label,
        iri=claim.iri,
        rlsgraph_score=claim.score,
        rlsgraph_score_low=claim.low,
        rlsgraph_score_high=claim.high,
        supporting=counts["supports"],
        disputing=counts["disputes"],
        inconclusive=counts["inconclusive"],
    )


_DIRECTIONS = ("supports", "disputes", "inconclusive")


def _link_edge(link: DefinitionalLink, content: Content) -> Record:
    return _without_empty(
        id=own_curie(link.iri),
        subject=content.identifiers[link.subject.iri],
        predicate=LINKS[link.kind],
        object=content.identifiers[link.object.iri],
        category=["biolink:Association"],
        negated=False,
        knowledge_level="knowledge_assertion",
        agent_type="manual_agent",
        primary_knowledge_source=KNOWLEDGE_SOURCE,
        iri=link.iri,
    )


def _without_empty(**values: Any) -> Record:
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def _lines(records: Iterator[Record]) -> str:
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def _table(columns: tuple[str, ...], records: Iterator[Record]) -> str:
    """Return a table in which a bar parts the values of a cell, as KGX reads it; tabs, breaks and bars in texts give way."""
    rows = ["\t".join(columns)]
    rows.extend("\t".join(_cell(record.get(column, "")) for column in columns) for record in records)
    return "\n".join(rows) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(on_one_line(str(each)).replace("|", "/") for each in value)
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float) else on_one_line(str(value))
