"""Hold a scored graph, or part of one: its triples, the model's values in them, and what is reckoned from those, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.errors import UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import EntityIndex, nearest_names, slugify
from rlsgraph.model.namespaces import slug_of
from rlsgraph.model.vocabulary import Predicate

if TYPE_CHECKING:
    from rlsgraph.graph.what_if import Edit
    from rlsgraph.model.records import Records
    from rlsgraph.model.things import Claim, Entity, Evidence, Hypothesis, Source
    from rlsgraph.model.weighing.explanation import Explanation
    from rlsgraph.model.weighing.kinship import Kinship
    from rlsgraph.model.weighing.profile import Profile
    from rlsgraph.model.weighing.studies import Studies
    from rlsgraph.reasoning.causal_path import CausalPath, Step
    from rlsgraph.reasoning.claim_graph import ClaimGraph
    from rlsgraph.reasoning.hypotheses import RankedHypothesis


class Contents:
    """What a store holds, read from it when first asked for: values by IRI and by name, the causal graph, the ranking.

    `read` gives the values where they need not be read from the triples.
    """

    def __init__(self, store: ox.Store, *, read: Callable[[], Records] | None = None) -> None:
        self.store = store
        self._read = read

    @cached_property
    def records(self) -> Records:
        """The model's values, by IRI."""
        from rlsgraph.model.records import read_records

        return read_records(self.store) if self._read is None else self._read()

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

        return ClaimGraph.build(self.records)

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
    def _sources_by_name(self) -> Mapping[str, Source]:
        return {
            key.casefold(): source
            for source in self.records.sources.values()
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

    def evidence_item(self, name: str) -> Evidence:
        """Return the evidence item of an identifier, CURIE or IRI."""
        iri = ns.EVIDENCE + slug_of(name.removeprefix("evidence:").strip())
        if iri not in self.records.evidence:
            known = {item.identifier.casefold(): item.identifier for item in self.records.evidence.values()}
            raise UnknownNameError("evidence item", name, nearest_names(name, known))
        return self.records.evidence[iri]

    def claim(self, name: str) -> Claim:
        """Return the claim of an id, CURIE or IRI; words are not taken apart here."""
        iri = ns.CLAIM + slug_of(name.removeprefix("claim:").strip())
        if iri not in self.records.claims:
            known = {slug_of(key).casefold(): slug_of(key) for key in self.records.claims}
            raise UnknownNameError("claim", name, nearest_names(name, known))
        return self.records.claims[iri]

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
        known = self._hypotheses_by_name
        asked = name.strip()
        found = known.get(asked.casefold()) or known.get(slugify(slug_of(asked.removeprefix("hypothesis:"))))
        if found is None:
            labels = {h.label.casefold(): h.label for h in self.records.hypotheses.values()}
            raise UnknownNameError("hypothesis", name, nearest_names(name, labels))
        return found

    @cached_property
    def _hypotheses_by_name(self) -> Mapping[str, Hypothesis]:
        """Hypotheses by slug, CURIE, IRI and label in lower case; a label wins over another one's slug."""
        every = self.records.hypotheses.values()
        by_id = {key.casefold(): h for h in every for key in (slug_of(h.iri), ns.compress(h.iri), h.iri)}
        return by_id | {h.label.casefold(): h for h in every}


def edited(store: ox.Store, edits: Iterable[Edit], profile: Profile) -> ox.Store:
    """Return a store with what another one asserts, some edits, and everything derived anew."""
    from rlsgraph.graph.derivation import copy_asserted, derive

    copy = copy_asserted(store)
    for edit in edits:
        edit.apply(copy)
    derive(copy, profile)
    return copy
