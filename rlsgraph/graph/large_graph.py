"""Ask a graph that lies on disk or behind an endpoint: each question fetches the part that it needs, and no more."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.errors import ProfileError
from rlsgraph.graph import parts
from rlsgraph.graph.knowledge_graph import KnowledgeGraph, edited
from rlsgraph.graph.large_catalogue import LargeCatalogue
from rlsgraph.graph.parts import Part
from rlsgraph.graph.search import Search
from rlsgraph.graph.sparql_functions import MAX_STEPS, sparql_functions
from rlsgraph.graph.what_if import ClaimRemoval, Edit, Retraction, Supposition
from rlsgraph.model import namespaces as ns
from rlsgraph.model.things import Claim, Entity, Expectation
from rlsgraph.triples.query_engine import QueryEngine
from rlsgraph.triples.sparql import Answer, Dataset
from rlsgraph.version import describe

if TYPE_CHECKING:
    from rlsgraph.model.confidence import Explanation, Profile
    from rlsgraph.reasoning.absence import Absence
    from rlsgraph.reasoning.agenda import Agenda
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.claim_support import Support
    from rlsgraph.reasoning.contradictions import Contradiction
    from rlsgraph.reasoning.expectations import Verdict
    from rlsgraph.reasoning.hypotheses import RankedHypothesis
    from rlsgraph.reasoning.reliability.estimates import Part as SupportPart
    from rlsgraph.reasoning.reliability.sampler import Progress


_SAMPLE = 50
"""So many claims show whether a graph's scores are those of a profile."""


class LargeGraph(LargeCatalogue, KnowledgeGraph):
    """A graph that is not read into memory: claims, paths, support and gaps fetch what lies between two entities.

    Without profile files, the confidence profile is looked for in the graph itself; one without has the shipped one's scores.

    A question about everything (contradictions everywhere, exports, the doctor) fetches the whole graph where it has at most
    2,000,000 triples, and else raises `TooLargeError`.
    """

    def __init__(
        self,
        engine: QueryEngine,
        profile_files: tuple[Path, ...],
        *,
        version: str = "",
        edits: tuple[Edit, ...] = (),
        changes: tuple[str, ...] = (),
    ) -> None:
        LargeCatalogue.__init__(self, engine)
        self._profile_files = profile_files
        self._read_profile = None if profile_files else self._fetch_profile
        self._version = version or describe(is_shipped=False)
        self._edits = edits
        self.changes = changes

    def __repr__(self) -> str:
        changed = f", {'; '.join(self.changes)}" if self.changes else ""
        return f"<rlsgraph.LargeGraph: {self._engine.name}{changed}>"

    def __len__(self) -> int:
        """Return the number of claims."""
        return len(self._whole) if self._edits else super().__len__()

    @property
    def version(self) -> str:
        """The version of the software and its data, as far as it is known, and where the graph is."""
        return f"{super().version} at {self._engine.name}"

    def query(self, text: str, *, dataset: Dataset | None = None, progress: Progress | None = None) -> Answer:
        """Answer a SPARQL query where the triples are; what is supposed (a what-if) is asked in memory.

        `rls:support` and `rls:bestPathScore` are known to a graph on disk, and to an endpoint only if it brings them itself.
        """
        if self._edits:
            return self._whole.query(text, dataset=dataset, progress=progress)
        functions = sparql_functions(
            self.entity, lambda start, end: self._between(start, end, MAX_STEPS)._claim_graph, progress=progress
        )
        return self._engine.answer(text, functions=functions, dataset=dataset)

    def _fetch_profile(self) -> Profile:
        """Return the profile that the graph holds beside its claims; without one, the shipped one if the scores are its own."""
        from rlsgraph.graph.profile_files import find_profile, profile_files, read_profile

        part = Part(self._engine)
        part.add_profile()
        if next(part.store.quads_for_pattern(None, None, ox.NamedNode(ns.RLS + "ConfidenceProfile")), None) is not None:
            return find_profile(part.store, where=self._engine.name)
        shipped = read_profile(profile_files(None))
        if not self._are_scores_of(shipped):
            raise ProfileError(
                f"{self._engine.name} holds no confidence profile, and its scores are not those of the shipped one; "
                "`rlsgraph push` brings the profile along, or name its file"
            )
        return shipped

    def _are_scores_of(self, profile: Profile) -> bool:
        """Whether a profile gives the scores that a sample of the claims has."""
        part = Part(self._engine)
        found = self._engine.select(f"SELECT ?c WHERE {{ ?c a rls:Claim ; rls:hasEvidence ?e }} LIMIT {_SAMPLE}")
        part.add_statements(row[0] for row in found)
        derived = self._with_store(edited(part.store, (), profile), changes=())
        stored = {claim.iri: claim.score for claim in self._with_store(part.store, changes=()).claims()}
        return all(math.isclose(claim.score, stored[claim.iri], abs_tol=1e-9) for claim in derived.claims())

    # --- parts --------------------------------------------------------------------------------------------------------

    @cached_property
    def _whole(self) -> KnowledgeGraph:
        return self._as_graph(parts.fetch_whole(self._engine))

    @property
    def _store(self) -> ox.Store:  # type: ignore[override]  # the parent is given its store
        return self._whole._store

    @property
    def _self(self) -> KnowledgeGraph:
        return self._whole

    def _as_graph(self, store: ox.Store) -> KnowledgeGraph:
        found = edited(store, self._edits, self.profile) if self._edits else store
        return self._with_store(found, changes=self.changes)

    def _make_part(self, gather: Callable[[Part], None]) -> KnowledgeGraph:
        part = Part(self._engine)
        gather(part)
        pairs = _pairs(self._edits)
        part.add_entities(entity for pair in pairs for entity in pair)
        part.add_claims_between(pairs)
        return self._as_graph(part.store)

    def _is_asserted(self, term: str) -> bool:
        return not (self._edits and term == "rls:confidenceLevel")

    def _between(self, start: Entity, end: Entity, max_steps: int) -> KnowledgeGraph:
        """Return the graph of what some walk of at most so many steps uses."""

        def gather(part: Part) -> None:
            part.add_entities([ox.NamedNode(start.iri), ox.NamedNode(end.iri)])
            if start != end:
                search = self._search(start, end)
                part.add_statements(walked.iri for walked in search.within(max_steps))

        return self._part(("between", start.iri, end.iri, max_steps), gather)

    def _search(self, start: Entity, end: Entity, *, with_associations: bool = False) -> Search:
        return Search(
            self._engine,
            start.iri,
            end.iri,
            supposed=_pairs(self._edits),
            with_associations=with_associations,
            with_refuted=bool(self._edits),
        )

    def _joined(self, start: Entity, end: Entity) -> KnowledgeGraph:
        """Return the graph of the shortest walks, however long; where there are none, of those that use associations."""

        def gather(part: Part) -> None:
            part.add_entities([ox.NamedNode(start.iri), ox.NamedNode(end.iri)])
            for with_associations in (False, True):
                found = self._search(start, end, with_associations=with_associations).shortest()
                part.add_statements(walked.iri for walked in found)
                if found:
                    return

        return self._part(("joined", start.iri, end.iri), gather)

    # --- reasoning ----------------------------------------------------------------------------------------------------

    def _explain(self, iri: str) -> Explanation:
        part = self._part(("claim", iri), lambda part: part.add_statements([ox.NamedNode(iri)]))
        return part._explain(iri)

    @property
    def _ranking(self) -> tuple[RankedHypothesis, ...]:
        return self._hypotheses_part.hypotheses()

    def paths(self, start: str, end: str, *, limit: int = 10, max_steps: int = MAX_STEPS) -> tuple[CausalPath, ...]:
        """Return the best simple causal paths, see `KnowledgeGraph.paths`."""
        ends = self._ends(start, end)
        return self._between(*ends, max_steps).paths(ends[0].iri, ends[1].iri, limit=limit, max_steps=max_steps)

    def why_no_path(self, start: str, end: str, *, max_steps: int = MAX_STEPS) -> Absence | None:
        """Return why no causal path leads from one entity to another; None where one does."""
        from rlsgraph.reasoning.absence import AbsenceReason

        ends = self._ends(start, end)
        names = [entity.iri for entity in ends]
        found = self._between(*ends, max_steps).why_no_path(*names, max_steps=max_steps)
        if found is None or found.reason is not AbsenceReason.NO_CAUSAL_PATH:
            return found
        return self._joined(*ends).why_no_path(*names, max_steps=max_steps)

    def support(
        self,
        start: str,
        end: str,
        *,
        max_steps: int = MAX_STEPS,
        seed: int = 7,
        samples: int = 100_000,
        progress: Progress | None = None,
    ) -> Support:
        """Return the probability that at least one causal path holds, see `KnowledgeGraph.support`."""
        ends = self._ends(start, end)
        return self._between(*ends, max_steps).support(
            ends[0].iri, ends[1].iri, max_steps=max_steps, seed=seed, samples=samples, progress=progress
        )

    def gaps(
        self,
        start: str,
        end: str,
        *,
        max_steps: int = MAX_STEPS,
        weight: float = 2.5,
        part: SupportPart | str = "overall",
        progress: Progress | None = None,
    ) -> Agenda:
        """Return the research agenda, see `KnowledgeGraph.gaps`."""
        ends = self._ends(start, end)
        return self._between(*ends, max_steps).gaps(
            ends[0].iri, ends[1].iri, max_steps=max_steps, weight=weight, part=part, progress=progress
        )

    def contradictions(
        self, start: str | None = None, end: str | None = None, *, max_steps: int = MAX_STEPS
    ) -> tuple[Contradiction, ...]:
        """Return contradictions, see `KnowledgeGraph.contradictions`; without two entities, the whole graph is fetched."""
        if start is None or end is None:
            return super().contradictions(start, end, max_steps=max_steps)
        ends = self._ends(start, end)
        return self._between(*ends, max_steps).contradictions(ends[0].iri, ends[1].iri, max_steps=max_steps)

    def expect(self, *, max_steps: int = MAX_STEPS, min_score: float = 0.05) -> tuple[Verdict, ...]:
        """Return for each known observation whether the mechanisms reproduce its sign, see `KnowledgeGraph.expect`."""
        from rlsgraph.reasoning.expectations import check_expectation

        if self._is_small:
            return super().expect(max_steps=max_steps, min_score=min_score)

        def check(expectation: Expectation) -> Verdict:
            graph = self._between(expectation.subject, expectation.object, max_steps)._claim_graph
            return check_expectation(graph, expectation, max_steps=max_steps, min_score=min_score)

        return tuple(check(expectation) for expectation in self.expectations())

    def _claims_to_compare(self, before: KnowledgeGraph) -> tuple[Sequence[Claim], Sequence[Claim]]:
        if not isinstance(before, LargeGraph) or before._engine is not self._engine:
            return super()._claims_to_compare(before)
        edits = (*before._edits, *self._edits)

        def gather(part: Part) -> None:
            cited = "?claim rls:hasEvidence ?item . ?item dcterms:source ?source"
            sources = [f"<{edit.source}>" for edit in edits if isinstance(edit, Retraction)]
            part.add_statements(row[0] for row in parts.select_keys(self._engine, "?claim", cited, "?source", sources))
            part.add_statements(ox.NamedNode(edit.claim) for edit in edits if isinstance(edit, ClaimRemoval))
            part.add_claims_between(_pairs(edits))

        key = ("touched", edits)
        return before._part(key, gather).claims(), self._part(key, gather).claims()

    def _changed(self, edits: Sequence[Edit], words: Iterable[str]) -> KnowledgeGraph:
        return LargeGraph(
            self._engine,
            self._profile_files,
            version=self._version,
            edits=(*self._edits, *edits),
            changes=(*self.changes, *words),
        )


def _pairs(edits: Iterable[Edit]) -> list[tuple[ox.NamedNode, ox.NamedNode]]:
    """Return the pairs of entities that a supposed study joins."""
    studies = [edit.evidence for edit in edits if isinstance(edit, Supposition)]
    return [(ox.NamedNode(study.subject.iri), ox.NamedNode(study.object.iri)) for study in studies]
