"""Hold a scored graph, or part of one: its triples, the model's values in them, and what is reckoned from those, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.errors import AmbiguousNameError, UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.name_index import EntityIndex, Level, NameIndex
from rlsgraph.model.names import HasIri, is_iri, normal_name, slugify
from rlsgraph.triples.collector import collector_held
from rlsgraph.triples.spoilt import spoilt_as_data_error

if TYPE_CHECKING:
    from rlsgraph.graph.what_if import Edit
    from rlsgraph.model.identifiers import Identifier
    from rlsgraph.model.records import Records
    from rlsgraph.model.things import Claim, Entity, Evidence, Hypothesis, Source
    from rlsgraph.model.vocabulary import Predicate
    from rlsgraph.model.weighing.explanation import Explanation
    from rlsgraph.model.weighing.kinship import Kinship
    from rlsgraph.model.weighing.profile import Profile
    from rlsgraph.model.weighing.studies import Studies
    from rlsgraph.reasoning.causal_path import CausalPath, Step
    from rlsgraph.reasoning.claim_graph import ClaimGraph
    from rlsgraph.reasoning.hypotheses import RankedHypothesis


class Contents:
    """What a store holds, read from it when first asked for: values by IRI and by name, the causal graph, the ranking.

    `read` gives the values where they need not be read from the triples, `profile` the numbers that reasoning goes by; the
    source that holds the whole gives its own where none is given.
    """

    def __init__(
        self,
        store: ox.Store,
        *,
        read: Callable[[], Records] | None = None,
        profile: Callable[[], Profile] | None = None,
    ) -> None:
        self.store = store
        self._read = read
        self.read_profile = profile

    @cached_property
    def records(self) -> Records:
        """The model's values, by IRI."""
        from rlsgraph.model.records import read_records

        with spoilt_as_data_error(), collector_held():
            return read_records(self.store) if self._read is None else self._read()

    def read(self) -> None:
        """Read the values now; raises `DataError` where one cannot be read."""
        _ = self.records

    @cached_property
    def studies(self) -> Studies:
        """Which sources report one study, and what reviews pool."""
        from rlsgraph.model.weighing.explanation import studies_of

        return studies_of(self.records.sources.values())

    @cached_property
    def kinship(self) -> Kinship:
        """Which entities are kinds of which."""
        from rlsgraph.model.weighing.explanation import kinship_of

        return kinship_of(self.records)

    @cached_property
    def claim_graph(self) -> ClaimGraph:
        """The causal graph of the claims and links."""
        from rlsgraph.reasoning.claim_graph import ClaimGraph

        return ClaimGraph.build(self.records, self._read_inheritance)

    def _read_inheritance(self) -> float:
        assert self.read_profile is not None, "contents that are asked to reason have a profile"
        return self.read_profile().inheritance

    @cached_property
    def ranking(self) -> tuple[RankedHypothesis, ...]:
        """The hypotheses with their routes, the best anchored first; those that are mere context last."""
        from rlsgraph.reasoning.hypotheses import rank_hypotheses

        return rank_hypotheses(self.records.hypotheses.values(), self.claim_graph)

    @cached_property
    def entities_by_name(self) -> EntityIndex:
        """The entities by all their names."""
        return EntityIndex(self.records.entities.values())

    def explain(self, iri: str, profile: Profile) -> Explanation:
        """Return the whole sum behind a claim's score; all that lends to it must be here."""
        from rlsgraph.model.weighing.explanation import explain

        return explain(iri, self.records, self.studies, self.kinship, profile)

    def tell(self, paths: Iterable[CausalPath]) -> tuple[CausalPath, ...]:
        """Return paths with the steps and entities as they are here, evidence and all."""
        from rlsgraph.reasoning.causal_path import Inheritance

        records = self.records

        def told(step: Step) -> Step:
            if isinstance(step, Inheritance):
                return Inheritance(records.links[step.iri], step.probability)
            return records.claims[step.iri] if step.iri in records.claims else records.links[step.iri]

        return tuple(
            replace(path, entities=tuple(records.entities[e.iri] for e in path.entities), steps=tuple(map(told, path.steps)))
            for path in paths
        )

    # --- by name ------------------------------------------------------------------------------------------------------

    def entity(self, name: str) -> Entity:
        """Return the entity that goes by a label, synonym, CURIE or IRI, in any case."""
        return self.entities_by_name.get(name)

    @cached_property
    def _sources_by_name(self) -> NameIndex[Source]:
        return NameIndex(
            "source",
            self.records.sources.values(),
            [_ids],
            words=lambda source: ns.local_name(source.iri),
            normal=normal_name,
        )

    def source(self, name: str) -> Source:
        """Return the source of an id, IRI, DOI, PMID or PMCID."""
        found = self.sources(name)
        if len(found) > 1:
            raise AmbiguousNameError("source", name, tuple((source.title, source.iri) for source in found))
        return found[0]

    def sources(self, name: str) -> tuple[Source, ...]:
        """Return the source of an id or IRI, or every record of the paper of a DOI, PMID or PMCID; one at least."""
        from rlsgraph.model.identifiers import read_identifier  # a query needs it not (benchmarks/startup.py)

        index = self._sources_by_name
        if found := index.find(name):
            return found
        identifier = read_identifier(name)
        records = self._sources_by_identifier.get(identifier, ()) if identifier is not None else ()
        if not records:
            raise UnknownNameError("source", name, index.nearest(name))
        return tuple(records)

    @cached_property
    def _sources_by_identifier(self) -> Mapping[Identifier, list[Source]]:
        from rlsgraph.model.identifiers import read_identifier

        found: dict[Identifier, list[Source]] = {}
        for source in sorted(self.records.sources.values()):
            for _, kind, value in source.identifiers:
                if (identifier := read_identifier(value, kind)) is not None:
                    found.setdefault(identifier, []).append(source)
        return found

    def same_paper(self, source: Source) -> tuple[Source, ...]:
        """Return every record of a source's paper: itself, and those that share its DOI, PMID or PMCID."""
        paper = self._papers.get(source.iri)
        shared = [iri for iri, other in self._papers.items() if other == paper] if paper is not None else [source.iri]
        return tuple(self.records.sources[iri] for iri in sorted(shared))

    @cached_property
    def _papers(self) -> Mapping[str, str]:
        from rlsgraph.model.weighing.studies import find_papers

        return find_papers(named for source in self.records.sources.values() for named in source.identifiers)

    def evidence_item(self, name: str) -> Evidence:
        """Return the evidence item of an identifier, CURIE or IRI."""
        return self._evidence_by_name.get(name)

    @cached_property
    def _evidence_by_name(self) -> NameIndex[Evidence]:
        items = [*self.records.evidence.values(), *self.records.superseded_evidence.values()]
        levels: list[Level[Evidence]] = [lambda item: (item.identifier,), _ids]
        return NameIndex("evidence item", items, levels, words=lambda item: item.identifier, normal=str.strip)

    def claim(self, name: str) -> Claim:
        """Return the claim of an id, CURIE or IRI; words are not taken apart here."""
        return self._claims_by_name.get(name)

    @cached_property
    def _claims_by_name(self) -> NameIndex[Claim]:
        claims = self.records.claims.values()
        return NameIndex("claim", claims, [_ids], words=lambda claim: ns.local_name(claim.iri), normal=str.strip)

    def claim_between(self, subject: Entity, predicate: Predicate, object_: Entity) -> Claim:
        """Return the claim of a subject, predicate and object; an unknown one raises with those that are near."""
        found = self.records.iri_by_key.get((subject.iri, predicate, object_.iri))
        if found is not None:
            return self.records.claims[found]
        claims = self.records.claims.values()
        near = [c for c in claims if {c.subject, c.object} == {subject, object_}] or [c for c in claims if c.subject == subject]
        asked = f"{subject.label} {predicate.value} {object_.label}"
        raise UnknownNameError("claim", asked, tuple(f"{c.subject.label} {c.predicate.value} {c.object.label}" for c in near[:3]))

    def hypothesis(self, name: str) -> Hypothesis:
        """Return the hypothesis of a label, id, CURIE or IRI, in any case."""
        index = self._hypotheses_by_name
        if not is_iri(name.strip()) and not index.find(name) and (found := index.find(slugify(name))):
            return found[0]
        return index.get(name)

    @cached_property
    def _hypotheses_by_name(self) -> NameIndex[Hypothesis]:
        every = self.records.hypotheses.values()
        levels: list[Level[Hypothesis]] = [lambda each: (each.label,), _ids]
        return NameIndex("hypothesis", every, levels, words=lambda each: each.label, normal=normal_name)


def _ids(thing: HasIri) -> tuple[str, str]:
    """Return what a thing goes by that comes from its IRI: the CURIE, and the local name."""
    return ns.compress(thing.iri), ns.local_name(thing.iri)


def edited(store: ox.Store, edits: Iterable[Edit], profile: Profile) -> ox.Store:
    """Return a store with what another one asserts, some edits, and everything derived anew."""
    from rlsgraph.graph.derivation import copy_asserted, derive

    with collector_held():
        copy = copy_asserted(store)
        for edit in edits:
            edit.apply(copy)
        derive(copy, profile)
    return copy
