"""The graph: load it, ask it, reason over it, suppose what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.graph.outputs import Outputs
from rlsgraph.graph.sparql_functions import MAX_STEPS, sparql_functions
from rlsgraph.model.things import Claim, Entity, claim_iri, slug_of
from rlsgraph.triples.sparql import Answer, Dataset, run_query
from rlsgraph.version import describe

if TYPE_CHECKING:
    from rlsgraph.graph.what_if import Edit, SupposedEvidence
    from rlsgraph.model.weighing.explanation import Explanation
    from rlsgraph.model.weighing.kinship import Kinship
    from rlsgraph.model.weighing.profile import Profile
    from rlsgraph.model.weighing.studies import Studies
    from rlsgraph.reasoning.absence import Absence
    from rlsgraph.reasoning.agenda import Agenda
    from rlsgraph.reasoning.calibration import Calibration
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.checkup import Finding, RetractionSweep
    from rlsgraph.reasoning.claim_graph import ClaimGraph
    from rlsgraph.reasoning.claim_support import Support
    from rlsgraph.reasoning.comparison import Movement, RivalComparison
    from rlsgraph.reasoning.contradictions import Contradiction
    from rlsgraph.reasoning.expectations import Verdict
    from rlsgraph.reasoning.hypotheses import NamedRoute, RankedHypothesis
    from rlsgraph.reasoning.reliability.estimates import Part
    from rlsgraph.reasoning.reliability.sampler import Progress


class KnowledgeGraph(Outputs):
    """A loaded, scored graph. It never changes: a what-if gives another graph."""

    def __init__(
        self,
        store: ox.Store,
        profile_files: tuple[Path, ...],
        *,
        changes: tuple[str, ...] = (),
        version: str = "",
        read_profile: Callable[[], Profile] | None = None,
    ) -> None:
        super().__init__(store)
        self._profile_files = profile_files
        self._read_profile = read_profile
        self._version = version or describe(is_shipped=False)
        self.changes = changes
        """What was supposed to make this graph out of the loaded one, in words, in order; empty for the loaded one."""

    def __repr__(self) -> str:
        changed = f", {'; '.join(self.changes)}" if self.changes else ""
        return f"<rlsgraph.KnowledgeGraph: {len(self)} claims{changed}>"

    @cached_property
    def profile(self) -> Profile:
        """The numbers behind the scores."""
        from rlsgraph.graph.profile_files import read_profile

        if self._read_profile is not None:
            return self._read_profile()
        return read_profile(self._profile_files)

    @property
    def version(self) -> str:
        """The version of the software and of the data that the scores come from, e.g. `0.3.0 (data 2026-11-25)`."""
        return f"{self._version}{', with changes' if self.changes else ''}"

    def query(self, text: str, *, dataset: Dataset | None = None, progress: Progress | None = None) -> Answer:
        """Answer a SPARQL query; `rls:`, `entity:`, `claim:`, `skos:` and the project's other prefixes are known.

        `rls:support(?a, ?b)` and `rls:bestPathScore(?a, ?b)` give the overall support and the best path's score from
        one entity to another (IRIs, or names as text), within 8 steps; `progress` is told how many pairs are done.
        `dataset` says which named graphs the query sees.
        """
        functions = sparql_functions(self.entity, lambda *_: self._claim_graph, progress=progress)
        return run_query(self._store, text, functions=functions, dataset=dataset)

    def explain(self, claim: Claim) -> Explanation:
        """Return the whole sum behind a claim's score, item by item."""
        return self._explain(claim.iri)

    def _explain(self, iri: str) -> Explanation:
        from rlsgraph.model.weighing.explanation import explain

        return explain(iri, self._records, self._studies, self._kinship, self.profile)

    @cached_property
    def _studies(self) -> Studies:
        from rlsgraph.model.weighing.explanation import studies_of

        return studies_of(self._records.sources.values())

    @cached_property
    def _kinship(self) -> Kinship:
        from rlsgraph.model.weighing.explanation import kinship_of

        return kinship_of(self._records)

    # --- reasoning ----------------------------------------------------------------------------------------------------

    @cached_property
    def _claim_graph(self) -> ClaimGraph:
        from rlsgraph.reasoning.claim_graph import ClaimGraph

        return ClaimGraph.build(self._records)

    def _ends(self, start: str, end: str) -> tuple[Entity, Entity]:
        return self.entity(start), self.entity(end)

    @cached_property
    def _ranking(self) -> tuple[RankedHypothesis, ...]:
        from rlsgraph.reasoning.hypotheses import rank_hypotheses

        return rank_hypotheses(self._records.hypotheses.values(), self.links())

    def hypotheses(self) -> tuple[RankedHypothesis, ...]:
        """Return the hypotheses with their routes, the best-scored first."""
        return self._ranking

    def paths(self, start: str, end: str, *, limit: int = 10, max_steps: int = MAX_STEPS) -> tuple[CausalPath, ...]:
        """Return the best simple causal paths by the product of their scores, best first; ties by length, then by IRIs.

        A refuted claim is not walked, nor is an association; a definitional link is a step that always holds.
        """
        return self._claim_graph.find_paths(*self._ends(start, end), limit=limit, max_steps=max_steps)

    def named_routes(self, start: str, end: str, *, max_steps: int = MAX_STEPS) -> tuple[NamedRoute, ...]:
        """Return the hypotheses' routes between two entities, each with its rank among the thousand best paths."""
        from rlsgraph.reasoning.hypotheses import find_named_routes

        paths = self.paths(start, end, limit=1000, max_steps=max_steps)
        return find_named_routes(self.hypotheses(), paths, *self._ends(start, end))

    def why_no_path(self, start: str, end: str, *, max_steps: int = MAX_STEPS) -> Absence | None:
        """Return why no causal path leads from one entity to another; None where one does."""
        return self._claim_graph.why_no_path(*self._ends(start, end), max_steps=max_steps)

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
        """Return the probability that at least one causal path holds: overall, raising, lowering, of open direction.

        Exact where it can be, else a Monte Carlo estimate with its standard error and seed; with the 90% interval that the
        claims' posteriors leave. Claims are taken as independent. `progress` is told how many samples are done, and of how
        many. Raises `SameEntityError` where start and end are one entity.
        """
        from rlsgraph.reasoning.claim_support import find_support

        return find_support(
            self._claim_graph, *self._ends(start, end), max_steps=max_steps, seed=seed, samples=samples, progress=progress
        )

    def gaps(
        self,
        start: str,
        end: str,
        *,
        max_steps: int = MAX_STEPS,
        weight: float = 2.5,
        part: Part | str = "overall",
        progress: Progress | None = None,
    ) -> Agenda:
        """Return the research agenda: the claims whose study would settle most of the support between two entities.

        Ranked by the expected fall in the support's variance if evidence of the given weight (a trial's) were added.
        """
        from rlsgraph.reasoning.agenda import find_agenda

        return find_agenda(
            self._claim_graph,
            *self._ends(start, end),
            max_steps=max_steps,
            profile=self.profile,
            weight=weight,
            part=part,
            progress=progress,
        )

    def contradictions(
        self, start: str | None = None, end: str | None = None, *, max_steps: int = MAX_STEPS
    ) -> tuple[Contradiction, ...]:
        """Return contested claims, opposed claims, and opposed paths.

        With two entities, those between them: claims that some path of at most `max_steps` steps uses, and the two paths.
        Else all claims, and the paths between the ends of each hypothesis.
        """
        from rlsgraph.reasoning.contradictions import contradictions_between, find_contradictions

        if (start is None) != (end is None):
            raise ValueError("name both a start and an end, or neither")
        if start is not None and end is not None:
            return contradictions_between(self._claim_graph, *self._ends(start, end), max_steps=max_steps)
        ends = sorted({(first, h.end) for h in self._records.hypotheses.values() for first in h.starts})
        return find_contradictions(self._claim_graph, ends, max_steps=max_steps)

    def expect(self, *, max_steps: int = MAX_STEPS, min_score: float = 0.05) -> tuple[Verdict, ...]:
        """Return for each known observation whether the mechanisms reproduce its sign, by a path of two claims or more."""
        from rlsgraph.reasoning.expectations import check_expectation

        graph = self._claim_graph
        return tuple(check_expectation(graph, e, max_steps=max_steps, min_score=min_score) for e in self.expectations())

    def doctor(self) -> tuple[Finding, ...]:
        """Return what is weak: claims without evidence, single studies, animal work alone, sign conflicts, orphans, titles."""
        from rlsgraph.reasoning.checkup import check_up
        from rlsgraph.reasoning.contradictions import find_contradictions

        return check_up(self._records, self._studies.joined, find_contradictions(self._claim_graph, (), max_steps=MAX_STEPS))

    def retraction_sweep(self, listing: str | bytes) -> RetractionSweep:
        """Return which sources a list of PMIDs and DOIs of retracted work hits, and what moves without them."""
        from rlsgraph.reasoning import checkup, comparison

        dois, pmids = checkup.read_identifiers(listing.encode() if isinstance(listing, str) else listing)
        hits = checkup.find_listed(self.sources(), dois, pmids)
        after = self.without(source=[hit.thing.iri for hit in hits]) if hits else self
        return checkup.RetractionSweep(
            len(dois),
            len(pmids),
            hits,
            comparison.changed_claims(self.claims(), after.claims()),
            comparison.changed_hypotheses(self.hypotheses(), after.hypotheses()),
        )

    def compare(self, hypothesis: str, rival: str) -> RivalComparison:
        """Return what two hypotheses share, where they part, and which evidence tells them apart."""
        from rlsgraph.reasoning.comparison import compare_rivals

        ranked = {r.hypothesis.iri: r for r in self.hypotheses()}
        return compare_rivals(ranked[self.hypothesis(hypothesis).iri], ranked[self.hypothesis(rival).iri], self._explain)

    def calibrate(self, gradings: str | Path | None = None, *, seed: int = 7) -> Calibration:
        """Return how the scores agree with gradings (a JSON file, see docs/confidence.md) and with studies left out.

        Gradings are never evidence. A graded claim that the graph lacks counts with its prior.
        """
        from rlsgraph.graph.calibrating import calibrate_graph

        return calibrate_graph(self, None if gradings is None else Path(gradings), seed=seed)

    # --- what if ------------------------------------------------------------------------------------------------------

    def without(self, *, source: str | Iterable[str] = (), claim: str | Iterable[str] = ()) -> KnowledgeGraph:
        """Return the graph as it would be had these sources been retracted, and these claims never been made."""
        from rlsgraph.graph.what_if import ClaimRemoval, Retraction

        sources = [self.source(name) for name in _names(source)]
        claims = [self.claim(name) for name in _names(claim)]
        edits: list[Edit] = [*(Retraction(found.iri) for found in sources), *(ClaimRemoval(found.iri) for found in claims)]
        words = [f"without source {slug_of(s.iri)} ({s.citation})" for s in sources]
        return self._changed(edits, [*words, *(f"without the claim that {c}" for c in claims)])

    def with_evidence(self, *supposed: str | SupposedEvidence) -> KnowledgeGraph:
        """Return the graph as it would be with these studies, each as independent of all others.

        A study is a text such as `gut dysbiosis increases systemic inflammation: supports, randomised controlled trial,
        n=120`. A claim that is not in the graph yet is added. Raises `WhatIfError` where a text has another form.
        """
        from rlsgraph.graph.what_if import Supposition, parse_supposed_evidence

        studies = [parse_supposed_evidence(text, self.entity) if isinstance(text, str) else text for text in supposed]
        keys = [(study.subject.iri, study.predicate, study.object.iri) for study in studies]
        edits = [Supposition(study, self._claim_iri(key) or claim_iri(*key)) for study, key in zip(studies, keys, strict=True)]
        return self._changed(edits, [f"with {study}" for study in studies])

    def _changed(self, edits: Sequence[Edit], words: Iterable[str]) -> KnowledgeGraph:
        return self._with_store(edited(self._store, edits, self.profile), changes=(*self.changes, *words))

    def _with_store(self, store: ox.Store, *, changes: tuple[str, ...]) -> KnowledgeGraph:
        return KnowledgeGraph(store, self._profile_files, changes=changes, version=self._version, read_profile=self._read_profile)

    def what_moved(
        self, before: KnowledgeGraph, start: str, end: str, *, max_steps: int = MAX_STEPS, limit: int = 10
    ) -> Movement:
        """Return what moved between another graph and this one: support, the best paths, claims and hypotheses."""
        from rlsgraph.reasoning import comparison

        return comparison.Movement(
            self.changes[len(before.changes) :] if self.changes[: len(before.changes)] == before.changes else self.changes,
            before.support(start, end, max_steps=max_steps),
            self.support(start, end, max_steps=max_steps),
            comparison.changed_paths(*(kg.paths(start, end, max_steps=max_steps, limit=limit) for kg in (before, self))),
            comparison.changed_claims(*self._claims_to_compare(before)),
            comparison.changed_hypotheses(before.hypotheses(), self.hypotheses()),
        )

    def _claims_to_compare(self, before: KnowledgeGraph) -> tuple[Sequence[Claim], Sequence[Claim]]:
        """Return the claims of another graph and of this one, all that may differ among them."""
        return before.claims(), self.claims()


def edited(store: ox.Store, edits: Iterable[Edit], profile: Profile) -> ox.Store:
    """Return a store with what another one asserts, some edits, and everything derived anew."""
    from rlsgraph.graph.derivation import copy_asserted, derive

    copy = copy_asserted(store)
    for edit in edits:
        edit.apply(copy)
    derive(copy, profile)
    return copy


def _names(names: str | Iterable[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)
