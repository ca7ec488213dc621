"""Say what is written: the entities, claims and links of a graph, or those of a view of it, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rlsgraph.model import namespaces as ns
from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Evidence, Source
from rlsgraph.model.vocabulary import MatchRelation
from rlsgraph.version import describe

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

OWN_PREFIXES: Mapping[str, str] = {
    f"rlsgraph.{base.removeprefix(ns.BASE).strip('/')}": base for base in (ns.ENTITY, ns.CLAIM, ns.EVIDENCE, ns.SOURCE, ns.LINK)
}
"""Prefixes of the graph's own things that still mean something elsewhere: `entity:` alone would not."""

SHIPPED_LICENSE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Content:
    """What is written, in a fixed order. `title` names it, `version` is that of the graph it comes from."""

    title: str
    version: str
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    links: tuple[DefinitionalLink, ...]

    @property
    def license(self) -> str:
        """The licence of the shipped data; empty for a graph of other data, whose licence nobody told."""
        return SHIPPED_LICENSE if self.version.startswith(describe(is_shipped=True)) else ""

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence items of the claims, each once, sorted."""
        return tuple(sorted({item for claim in self.claims for item in claim.evidence}))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the evidence of the claims, each once, sorted."""
        return tuple(sorted({item.source for item in self.evidence}))

    @cached_property
    def identifiers(self) -> Mapping[str, str]:
        """By entity IRI, its CURIE outside: that of its exact match where no other entity has the same, else its own."""
        exact = {entity.iri: exact_curies(entity) for entity in self.entities}
        owners: dict[str, int] = {}
        for curies in exact.values():
            for curie in curies:
                owners[curie] = owners.get(curie, 0) + 1
        return {
            iri: curies[0] if len(curies) == 1 and owners[curies[0]] == 1 else own_curie(iri) for iri, curies in exact.items()
        }


def content_of(kg: KnowledgeGraph, *, claims: Iterable[Claim] | None = None, title: str = "rlsgraph") -> Content:
    """Return what a graph holds; or some of its claims, their entities, and the links between those."""
    if claims is None:
        return Content(title, kg.version, tuple(sorted(kg.entities())), tuple(sorted(kg.claims())), tuple(sorted(kg.links())))
    chosen = tuple(sorted(set(claims)))
    entities = {entity for claim in chosen for entity in (claim.subject, claim.object)}
    links = tuple(sorted(link for link in kg.links() if {link.subject, link.object} <= entities))
    return Content(title, kg.version, tuple(sorted(entities)), chosen, links)


def exact_curies(entity: Entity) -> tuple[str, ...]:
    """Return the CURIEs of an entity's exact matches, sorted."""
    return tuple(sorted(match.curie for match in entity.matches if match.relation is MatchRelation.EXACT))


def own_curie(iri: str) -> str:
    """Return the CURIE of a thing of the graph, e.g. `rlsgraph.entity:gut-dysbiosis`; the IRI of one from elsewhere.

    >>> own_curie("https://w3id.org/rlsgraph/claim/a.increases.b")
    'rlsgraph.claim:a.increases.b'
    """
    for prefix, base in OWN_PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def source_curie(source: Source) -> str:
    """Return the identifier by which others know a document: PMID before DOI before PMC, then its address, then its own IRI."""
    known = (("PMID", source.pmid), ("doi", source.doi), ("PMC", source.pmcid.removeprefix("PMC")))
    return next((f"{prefix}:{local}" for prefix, local in known if local), source.url or source.iri)


def source_address(source: Source) -> str:
    """Return the address at which a document can be opened; its own IRI where none is known."""
    return next((address for _, address in source.links), source.iri)


def on_one_line(text: str) -> str:
    """Return a text without line breaks, tabs and other control characters, for formats in which those end a field."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
