"""Look things up by name in a graph that lies elsewhere: fetch what a name may mean, and let a small graph of it answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from rlsgraph.errors import UnknownNameError
from rlsgraph.graph import parts
from rlsgraph.graph.catalogue import Catalogue
from rlsgraph.graph.lookups import Lookups
from rlsgraph.graph.parts import Part
from rlsgraph.model.names import nearest_names, parse_claim, parse_direction, parse_level, parse_predicate
from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Evidence, Expectation, Hypothesis, Source
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Predicate
from rlsgraph.triples.query_engine import QueryEngine

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.model.weighing.kinship import ClaimKey

_T = TypeVar("_T")
_PARTS_KEPT = 16
SMALL = 100_000
"""A graph of so many triples is fetched whole where a name is unknown, to say what comes nearest."""


class LargeCatalogue(Catalogue, ABC):
    """The lookups of a `LargeGraph`: a catalogue that fetches what it is asked for; it keeps the last few parts."""

    def __init__(self, engine: QueryEngine) -> None:
        # Not the parent's: the store, and all that is read from it, is fetched only when a question needs the whole.
        self._engine = engine
        self._lookups = Lookups(engine)
        self._parts: dict[Hashable, KnowledgeGraph] = {}

    def __len__(self) -> int:
        """Return the number of claims."""
        return parts.count(self._engine, "?c a rls:Claim")

    @cached_property
    def _is_small(self) -> bool:
        return parts.count(self._engine, "?s ?p ?o", most=SMALL + 1) <= SMALL

    @abstractmethod
    def _make_part(self, gather: Callable[[Part], None]) -> KnowledgeGraph:
        """Return the graph of what `gather` puts into a new part."""

    def _part(self, key: Hashable, gather: Callable[[Part], None]) -> KnowledgeGraph:
        """Return the graph of what `gather` puts into a part; the same key, the same part."""
        if key not in self._parts:
            while len(self._parts) >= _PARTS_KEPT:
                del self._parts[next(iter(self._parts))]
            self._parts[key] = self._make_part(gather)
        return self._parts[key]

    def _found(self, ask: Callable[[str], _T], ask_whole: Callable[[str], _T], name: str) -> _T:
        """Ask a part; where it does not know a name, a small graph is asked whole, since it says what comes nearest."""
        try:
            return ask(name)
        except UnknownNameError:
            if not self._is_small:
                raise
            return ask_whole(name)

    # --- single things ------------------------------------------------------------------------------------------------

    def entity(self, name: str) -> Entity:
        """Return the entity that goes by a label, synonym, CURIE or IRI, in any case."""

        def gather(part: Part) -> None:
            part.add_entities(self._lookups.entities(name) or self._lookups.entities_like(name))

        return self._found(self._part(("entity", name), gather).entity, super().entity, name)

    def complete_entity(self, beginning: str) -> list[str]:
        """Return the labels of entities that begin with what was typed."""
        part = self._part(("with", beginning), lambda part: part.add_entities(self._lookups.entities_with(beginning)))
        return part.complete_entity(beginning)

    def source(self, name: str) -> Source:
        """Return the source of an id, IRI, DOI, PMID or PMCID."""
        part = self._part(("source", name), lambda part: part.add_sources(self._lookups.sources(name)))
        return self._found(part.source, super().source, name)

    def evidence_item(self, name: str) -> Evidence:
        """Return the evidence item of an identifier, CURIE or IRI, e.g. `gut-001`."""
        part = self._part(("item", name), lambda part: part.add_evidence(self._lookups.evidence(name)))
        return self._found(part.evidence_item, super().evidence_item, name)

    def hypothesis(self, name: str) -> Hypothesis:
        """Return the hypothesis of a label, id, CURIE or IRI, in any case."""
        return self._hypotheses_part.hypothesis(name)

    @property
    def _hypotheses_part(self) -> KnowledgeGraph:
        return self._part("hypotheses", Part.add_hypotheses)

    def _named_claim(self, name: str) -> Claim:
        part = self._part(("claim", name), lambda part: part.add_statements(self._lookups.claims(name)))
        return self._found(lambda name: self._claim_in(part, name), super()._named_claim, name)

    def _claim_in(self, part: KnowledgeGraph, name: str) -> Claim:
        try:
            return part._named_claim(name)
        except UnknownNameError:
            said = parse_claim(name, self.entity)
            if said is None:
                raise
            return self._claim_between(*said)

    def _claim_between(self, subject: Entity, predicate: Predicate, object_: Entity) -> Claim:
        return self._pair_part(subject.iri, object_.iri)._claim_between(subject, predicate, object_)

    def _claim_iri(self, key: ClaimKey) -> str | None:
        return self._pair_part(key[0], key[2])._claim_iri(key)

    def _pair_part(self, subject: str, object_: str) -> KnowledgeGraph:
        pair = (ox.NamedNode(subject), ox.NamedNode(object_))

        def gather(part: Part) -> None:
            part.add_entities(pair)
            part.add_claims_between([pair])

        return self._part(("pair", subject, object_), gather)

    # --- lists --------------------------------------------------------------------------------------------------------

    def _list(self, kind: str, pattern: str = "") -> KnowledgeGraph:
        return self._part((kind, pattern), lambda part: part.add_kind(kind, pattern))

    def entities(self, *, group: str | None = None) -> tuple[Entity, ...]:
        """Return the entities, sorted by IRI; `group` keeps those of one group, e.g. `gut`."""
        pattern = "" if group is None else f"?thing rls:group {self._group_term(group)}"
        return self._list("Entity", pattern).entities()

    def sources(self) -> tuple[Source, ...]:
        """Return the sources, sorted by IRI."""
        return self._list("Source").sources()

    def evidence(self, *, source: str | None = None, direction: Direction | str | None = None) -> tuple[Evidence, ...]:
        """Return the evidence items, sorted by IRI; those of one source or one direction where asked."""
        side = parse_direction(direction)
        iri = None if source is None else self.source(source).iri
        patterns = [
            "" if iri is None else f"?thing dcterms:source <{iri}> .",
            "" if side is None else f"?thing rls:direction <{side.iri}> .",
        ]
        return self._list("Evidence", " ".join(patterns)).evidence(source=iri, direction=side)

    def links(self) -> tuple[DefinitionalLink, ...]:
        """Return the definitional links, sorted by IRI."""
        return self._list("DefinitionalLink").links()

    def expectations(self) -> tuple[Expectation, ...]:
        """Return the known observations that mechanisms should reproduce, sorted by IRI."""
        return self._list("Expectation").expectations()

    def claims(
        self,
        *,
        subject: str | None = None,
        predicate: Predicate | str | None = None,
        object: str | None = None,  # noqa: A002  # the word of the model
        level: ConfidenceLevel | str | None = None,
        group: str | None = None,
    ) -> tuple[Claim, ...]:
        """Return the claims that fit every filter, sorted by IRI; `group` fits a claim's subject or object."""
        wanted = {
            "rdf:subject": None if subject is None else self.entity(subject).iri,
            "rdf:object": None if object is None else self.entity(object).iri,
            "rdf:predicate": None if predicate is None else parse_predicate(predicate).iri,
            "rls:confidenceLevel": None if level is None else parse_level(level).iri,
        }
        fits = [f"?thing {term} <{iri}> ." for term, iri in wanted.items() if iri is not None and self._is_asserted(term)]
        if group is not None:
            fits.append(f"?thing rdf:subject|rdf:object ?end . ?end rls:group {self._group_term(group)} .")
        if not fits:
            return super().claims(level=level)
        found = self._list("Claim", " ".join(fits))
        if not len(found):  # a part without claims does not know the entities by name
            return ()
        return found.claims(
            subject=wanted["rdf:subject"], predicate=predicate, object=wanted["rdf:object"], level=level, group=group
        )

    @abstractmethod
    def _is_asserted(self, term: str) -> bool:
        """Whether a property is where the engine is as it is in this graph, so that the engine can filter by it."""

    def _group_term(self, name: str) -> str:
        found = self._lookups.groups()
        if name.casefold() not in found:
            raise UnknownNameError("group", name, nearest_names(name, {g: g for g in found}) or tuple(sorted(found)))
        return found[name.casefold()]
