"""Look things up in a graph by name: entities, sources, evidence, claims, hypotheses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.errors import UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import EntityIndex, nearest_names, parse_claim, parse_direction, parse_level, parse_predicate, slugify
from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Evidence, Expectation, Hypothesis, Source, slug_of
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Predicate

if TYPE_CHECKING:
    from rlsgraph.model.records import Records
    from rlsgraph.model.weighing.kinship import ClaimKey


class Catalogue:
    """What a store holds, by name; read from it when first asked for."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def __len__(self) -> int:
        """Return the number of claims."""
        return len(self._records.claims)

    @cached_property
    def _records(self) -> Records:
        from rlsgraph.model.records import read_records

        return read_records(self._store)

    @cached_property
    def _index(self) -> EntityIndex:
        return EntityIndex(self._records.entities.values())

    def entities(self, *, group: str | None = None) -> tuple[Entity, ...]:
        """Return the entities, sorted by IRI; `group` keeps those of one group, e.g. `gut`."""
        return tuple(e for e in self._records.entities.values() if group is None or e.group == self._group(group))

    def entity(self, name: str) -> Entity:
        """Return the entity that goes by a label, synonym, CURIE or IRI, in any case."""
        return self._index.get(name)

    def complete_entity(self, beginning: str) -> list[str]:
        """Return the labels of entities that begin with what was typed."""
        return self._index.complete(beginning)

    def sources(self) -> tuple[Source, ...]:
        """Return the sources, sorted by IRI."""
        return tuple(self._records.sources.values())

    @cached_property
    def _sources_by_name(self) -> Mapping[str, Source]:
        return {
            key.casefold(): source
            for source in self._records.sources.values()
            for key in (source.iri, slug_of(source.iri), ns.compress(source.iri), source.doi, source.pmid, source.pmcid)
            if key
        }

    def source(self, name: str) -> Source:
        """Return the source of an id, IRI, DOI, PMID or PMCID."""
        known = self._sources_by_name
        key = name.strip().casefold().removeprefix("https://doi.org/").removeprefix("doi:").removeprefix("pmid:")
        if key not in known:
            raise UnknownNameError("source", name, nearest_names(key, {k: slug_of(s.iri) for k, s in known.items()}))
        return known[key]

    def evidence(self, *, source: str | None = None, direction: Direction | str | None = None) -> tuple[Evidence, ...]:
        """Return the evidence items, sorted by IRI; those of one source or one direction where asked."""
        iri = None if source is None else self.source(source).iri
        side = parse_direction(direction)
        return tuple(
            item
            for item in self._records.evidence.values()
            if (iri is None or item.source.iri == iri) and (side is None or item.direction is side)
        )

    def evidence_item(self, name: str) -> Evidence:
        """Return the evidence item of an identifier, CURIE or IRI, e.g. `gut-001`."""
        iri = ns.EVIDENCE + slug_of(name.removeprefix("evidence:").strip())
        if iri not in self._records.evidence:
            known = {item.identifier.casefold(): item.identifier for item in self._records.evidence.values()}
            raise UnknownNameError("evidence item", name, nearest_names(name, known))
        return self._records.evidence[iri]

    def links(self) -> tuple[DefinitionalLink, ...]:
        """Return the definitional links, sorted by IRI."""
        return tuple(self._records.links.values())

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
        wanted_subject = None if subject is None else self.entity(subject).iri
        wanted_object = None if object is None else self.entity(object).iri
        wanted_predicate = None if predicate is None else parse_predicate(predicate)
        wanted_level = None if level is None else parse_level(level)
        wanted_group = None if group is None else self._group(group)
        return tuple(
            claim
            for claim in self._records.claims.values()
            if wanted_subject in (None, claim.subject.iri)
            and wanted_object in (None, claim.object.iri)
            and wanted_predicate in (None, claim.predicate)
            and wanted_level in (None, claim.level)
            and wanted_group in (None, claim.subject.group, claim.object.group)
        )

    def claim(self, subject: str, predicate: Predicate | str | None = None, object: str | None = None) -> Claim:  # noqa: A002
        """Return one claim: by subject, predicate and object, or by its id, CURIE, IRI or words alone."""
        if predicate is None or object is None:
            return self._named_claim(subject)
        return self._claim_between(self.entity(subject), parse_predicate(predicate), self.entity(object))

    def _named_claim(self, name: str) -> Claim:
        iri = ns.CLAIM + slug_of(name.removeprefix("claim:").strip())
        if iri in self._records.claims:
            return self._records.claims[iri]
        said = parse_claim(name, self.entity)
        if said is not None:
            return self._claim_between(*said)
        known = {slug_of(key).casefold(): slug_of(key) for key in self._records.claims}
        raise UnknownNameError("claim", name, nearest_names(name, known))

    def _claim_between(self, subject: Entity, predicate: Predicate, object_: Entity) -> Claim:
        found = self._claim_iri((subject.iri, predicate, object_.iri))
        if found is not None:
            return self._records.claims[found]
        claims = self._records.claims.values()
        near = [c for c in claims if {c.subject, c.object} == {subject, object_}] or [c for c in claims if c.subject == subject]
        asked = f"{subject.label} {predicate.value} {object_.label}"
        raise UnknownNameError("claim", asked, tuple(f"{c.subject.label} {c.predicate.value} {c.object.label}" for c in near[:3]))

    def _claim_iri(self, key: ClaimKey) -> str | None:
        """Return the claim of a subject, predicate and object, if there is one."""
        return self._records.iri_by_key.get(key)

    def hypothesis(self, name: str) -> Hypothesis:
        """Return the hypothesis of a label, id, CURIE or IRI, in any case."""
        known = self._hypotheses_by_name
        asked = name.strip()
        found = known.get(asked.casefold()) or known.get(slugify(slug_of(asked.removeprefix("hypothesis:"))))
        if found is None:
            labels = {h.label.casefold(): h.label for h in self._records.hypotheses.values()}
            raise UnknownNameError("hypothesis", name, nearest_names(name, labels))
        return found

    @cached_property
    def _hypotheses_by_name(self) -> Mapping[str, Hypothesis]:
        """Hypotheses by slug, CURIE, IRI and label in lower case; a label wins over another one's slug."""
        every = self._records.hypotheses.values()
        by_id = {key.casefold(): h for h in every for key in (slug_of(h.iri), ns.compress(h.iri), h.iri)}
        return by_id | {h.label.casefold(): h for h in every}

    def expectations(self) -> tuple[Expectation, ...]:
        """Return the known observations that mechanisms should reproduce, sorted by IRI."""
        return tuple(self._records.expectations.values())

    def _group(self, name: str) -> str:
        groups = sorted({entity.group for entity in self._records.entities.values()})
        if name.casefold() not in groups:
            raise UnknownNameError("group", name, nearest_names(name, {g: g for g in groups}) or tuple(groups))
        return name.casefold()
