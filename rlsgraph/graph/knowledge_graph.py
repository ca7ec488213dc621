"""The graph: ask it, reason over it, suppose what is not, give it to other tools. `rlsgraph.load()` makes one.

It looks up by name as a `Catalogue` and answers by reasoning as a `Reasoner`; here it is queried, supposed about and written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, SupportsIndex, cast

from rlsgraph.errors import WhatIfError
from rlsgraph.graph.memory_source import MemorySource
from rlsgraph.graph.query_terms import read_question, warn_of_unknown_terms
from rlsgraph.graph.reasoner import Reasoner
from rlsgraph.graph.source import GraphSource
from rlsgraph.graph.sparql_functions import MAX_STEPS, sparql_functions
from rlsgraph.model.late import Shown, View, output
from rlsgraph.model.names import Name, list_names, name_of
from rlsgraph.model.namespaces import RLS, slug_of
from rlsgraph.reasoning.reliability.defaults import SEED
from rlsgraph.triples.sparql import Answer, Dataset
from rlsgraph.version import describe

if TYPE_CHECKING:
    import networkx
    import pyvis.network
    import rdflib

    from rlsgraph.graph.what_if import Edit, SupposedEvidence
    from rlsgraph.model.things import Claim
    from rlsgraph.reasoning.calibration import Calibration
    from rlsgraph.reasoning.checkup import RetractionSweep
    from rlsgraph.reasoning.comparison import Movement
    from rlsgraph.reasoning.reliability.sampler import Progress


class KnowledgeGraph(Reasoner):
    """A scored graph, wherever it is. It never changes: a what-if gives another graph.

    In the examples, `kg = rlsgraph.load()`.
    """

    def __init__(self, source: GraphSource, *, version: str = "", changes: tuple[str, ...] = ()) -> None:
        super().__init__(source)
        self._version = version or describe(is_shipped=False)
        self.changes = changes
        """What was supposed to make this graph out of the loaded one, in words, in order; empty for the loaded one."""

    def __repr__(self) -> str:
        return f"<rlsgraph.KnowledgeGraph: {'; '.join((self.graph_source.describe(), *self.changes))}>"

    @property
    def version(self) -> str:
        """The version of the software and of the data that the scores come from, e.g. `0.4.0 (data 2026-11-30)`.

        >>> kg.version.startswith(rlsgraph.__version__)
        True
        """
        return f"{self._version}{', with changes' if self.changes else ''}"

    def in_memory(self) -> KnowledgeGraph:
        """Return this graph read whole, for many questions about everything; itself where it is in memory already.

        >>> kg.in_memory() is kg
        True
        """
        if isinstance(self.graph_source, MemorySource):
            return self
        source = MemorySource(
            self.graph_source.whole(), self.graph_source.profile_files, profile=lambda: self.graph_source.profile
        )
        return KnowledgeGraph(source, version=self._version, changes=self.changes)

    def query(self, text: str, *, dataset: Dataset | None = None, progress: Progress | None = None) -> Answer:
        """Answer a SPARQL query, or the stored question of a name, where the triples are; the project's prefixes are known.

        `rls:support(?a, ?b)`, `rls:raising`, `rls:lowering`, `rls:floor` and `rls:bestPathScore` give the support from one
        entity to another (IRIs, or names as text) within 8 steps, and what belongs to it; `progress` is told how many pairs
        are done. An endpoint answers them only if it brings them itself. `dataset` says which named graphs the query sees.

        >>> bool(kg.query("ASK { entity:gut-dysbiosis rls:increases entity:systemic-inflammation }"))
        True
        """
        text = read_question(text)
        functions = sparql_functions(self.entity, self.graph_source, progress=progress)
        warn_of_unknown_terms(text, lambda iri: iri in functions or self._holds(iri), self.entity)
        return self.graph_source.answer(text, functions=functions, dataset=dataset)

    def query_text(self, text: str, *, dataset: Dataset | None = None) -> Answer:
        """Answer a SPARQL query as `query` does, but take no text for a name, and warn of nothing: what a server is asked.

        >>> bool(kg.query_text("ASK {}"))
        True
        """
        functions = sparql_functions(self.entity, self.graph_source, progress=None)
        return self.graph_source.answer(text, functions=functions, dataset=dataset)

    def _holds(self, iri: str) -> bool:
        """Say whether a graph in memory uses a term; one elsewhere is not asked, and taken to have the things that are named."""
        return self.graph_source.uses(iri) if isinstance(self.graph_source, MemorySource) else not iri.startswith(RLS)

    def retraction_sweep(self, listing: str | bytes) -> RetractionSweep:
        """Return which sources a list of PMIDs, PMCIDs and DOIs of retracted work hits, and what moves without them.

        It reads the whole graph.

        >>> source = kg.source("reijnders2016-effects-microbiota")
        >>> [hit.thing == source for hit in kg.retraction_sweep(source.doi).hits]
        [True]
        """
        from rlsgraph.model.identifiers import IdentifierKind
        from rlsgraph.reasoning import checkup, comparison, retraction_list

        listed = retraction_list.read_identifiers(listing.encode() if isinstance(listing, str) else listing)
        hits = checkup.find_listed(self.sources(), listed)
        counted = Counter(identifier.kind for identifier in listed)
        after = self.without(source=[hit.thing.iri for hit in hits]) if hits else self
        return checkup.RetractionSweep(
            counted[IdentifierKind.DOI],
            counted[IdentifierKind.PMID],
            counted[IdentifierKind.PMCID],
            hits,
            comparison.changed_claims(self.claims(), after.claims()),
            comparison.changed_hypotheses(self.hypotheses(), after.hypotheses()),
        )

    def calibrate(self, gradings: str | Path | None = None, *, seed: int = SEED) -> Calibration:
        """Return how the scores agree with gradings (a JSON file, see docs/confidence.md) and with studies left out.

        Gradings are never evidence. A graded claim that the graph lacks counts with its prior.

        >>> kg.calibrate().pairs
        ()
        """
        from rlsgraph.graph.calibrating import calibrate_graph

        return calibrate_graph(self, None if gradings is None else Path(gradings), seed=seed)

    # --- what if ------------------------------------------------------------------------------------------------------

    def without(self, *, source: Name | Iterable[Name] = (), claim: Name | Iterable[Name] = ()) -> KnowledgeGraph:
        """Return the graph as it would be had these sources been retracted, and these claims never been made.

        What is retracted is the paper: every record of it that shares a DOI, PMID or PMCID.

        >>> len(kg.without(claim="gut dysbiosis increases systemic inflammation")) == len(kg) - 1
        True
        """
        from rlsgraph.graph.what_if import ClaimRemoval, Retraction

        papers = [self.records_of(name) for name in list_names(source)]
        sources = list({record.iri: record for paper in papers for record in paper}.values())
        claims = [self.claim(name) for name in list_names(claim)]
        edits: list[Edit] = [*(Retraction(found.iri) for found in sources), *(ClaimRemoval(found.iri) for found in claims)]
        words = [f"without source {slug_of(s.iri)} ({s.citation})" for s in sources]
        return self._changed(edits, [*words, *(f"without the claim that {c}" for c in claims)])

    def as_of(self, year: int) -> KnowledgeGraph:
        """Return the graph as it would have been at the end of a year: as if no later source said anything.

        Sources without a year (the project's source document is one) are left out too: nobody can tell when they spoke. A study
        that was supposed has no year either, so suppose it after this. What is retracted now is retracted in every year.

        >>> kg.as_of(2010).changes[0].startswith("as of 2010 (")
        True
        """
        from rlsgraph.graph.what_if import Cut

        if not (isinstance(year, SupportsIndex) and 1000 <= year <= 9999):
            raise WhatIfError(f"as of {year}", "give a year of four digits, e.g. 2010")
        later, undated = self._sources_after(year)
        undated_ones = f"{undated} undated one{'' if undated == 1 else 's'}"
        words = f"as of {year} ({later} later source{'' if later == 1 else 's'} and {undated_ones} left out)"
        return self._changed([Cut(year)], [words])

    def _sources_after(self, year: int) -> tuple[int, int]:
        """Count the sources with evidence that are later than a year, and those without a year."""
        cited = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?e a rls:Evidence ; dcterms:source ?s ."
        questions = (
            f'{cited} ?s dcterms:issued ?year FILTER(SUBSTR(STR(?year), 1, 4) > "{year}") }}',
            f"{cited} FILTER NOT EXISTS {{ ?s dcterms:issued ?year }} }}",
        )
        later, undated = (int(self.query(question).to_dicts()[0]["n"]) for question in questions)
        return later, undated

    def with_evidence(self, *supposed: str | SupposedEvidence) -> KnowledgeGraph:
        """Return the graph as it would be with these studies, each as independent of all others.

        A study is a text such as `gut dysbiosis increases systemic inflammation: supports, randomised controlled trial,
        n=120`. A claim that is not in the graph yet is added. Raises `WhatIfError` where a text has another form.

        >>> study = "gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120"
        >>> kg.with_evidence(study).changes
        ('with gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120',)
        """
        from rlsgraph.graph.what_if import Supposition, parse_supposed_evidence
        from rlsgraph.model.names import claim_iri

        studies = [parse_supposed_evidence(text, self.entity) if isinstance(text, str) else text for text in supposed]
        keys = [(study.subject.iri, study.predicate, study.object.iri) for study in studies]
        known = [self.graph_source.pair(key[0], key[2]).records.iri_by_key.get(key) for key in keys]
        edits = [Supposition(study, iri or claim_iri(*key)) for study, iri, key in zip(studies, known, keys, strict=True)]
        return self._changed(edits, [f"with {study}" for study in studies])

    def _changed(self, edits: Sequence[Edit], words: Iterable[str]) -> KnowledgeGraph:
        source = self.graph_source.with_edits(edits)
        return KnowledgeGraph(source, version=self._version, changes=(*self.changes, *words))

    def what_moved(
        self, before: KnowledgeGraph, start: Name, end: Name, *, max_steps: int = MAX_STEPS, limit: int = 10
    ) -> Movement:
        """Return what moved between another graph and this one: support, the best paths, claims and hypotheses.

        >>> kg.what_moved(kg, "gut dysbiosis", "RLS symptoms", max_steps=3).claims
        ()
        """
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
        """Return the claims of another graph and of this one: all that may differ among them, at least."""
        mine, theirs = self.graph_source, before.graph_source
        if theirs.origin is not mine.origin:
            return before.claims(), self.claims()
        edits = (*theirs.edits, *mine.edits)
        return theirs.touched(edits), mine.touched(edits)

    # --- outputs: the work is done in `rlsgraph.outputs` --------------------------------------------------------------

    def dump(self, format_name: str) -> bytes:
        """Return all triples, asserted and derived, in an RDF format: `ttl`, `nt`, `jsonld`, `trig`, `ttl12`.

        >>> kg.dump("nt").count(b"\\n") > len(kg)
        True
        """
        return cast("bytes", output("dump")(self, format_name))

    def to_rdflib(self) -> rdflib.Graph:
        """Return an rdflib graph with all triples but the reifiers: rdflib cannot hold RDF 1.2 triple terms.

        >>> len(kg.to_rdflib()) > len(kg)
        True
        """
        return cast("rdflib.Graph", output("to_rdflib")(self))

    def to_networkx(self, *, causal_only: bool = False) -> networkx.MultiDiGraph:
        """Return a networkx graph: entities as nodes, claims and definitional links as edges (keys are their IRIs).

        >>> kg.to_networkx().number_of_nodes() == len(kg.entities())
        True
        """
        return output("to_networkx")(self, causal_only=causal_only)

    def to_pyvis(
        self, *, hypothesis: str | None = None, between: tuple[str, str] | None = None, around: str | None = None
    ) -> pyvis.network.Network:
        """Return a pyvis network of a hypothesis (the first, if none is named), between two entities, or around one.

        Every node has its place, so nothing is simulated: `network.show("network.html", notebook=False)` draws it.

        >>> kg.to_pyvis(around="SIBO").nodes[0]["kind"]
        'entity'
        """
        return output("to_pyvis")(self, hypothesis=hypothesis, between=between, around=around)

    def to_html(self, *, title: str | None = None, view: View | None = None) -> str:
        """Return the interactive page as one self-contained HTML text, opening on a view (see `explorer.views`).

        >>> kg.to_html()[:15]
        '<!doctype html>'
        """
        return cast("str", output("to_html")(self, title=title, view=view))

    def to_figure(self, format_name: str, *, title: str | None = None, view: View | None = None) -> bytes:
        """Return a still figure as `svg`, `png` or `pdf`: of a view, or of the best hypothesis.

        >>> b"<svg" in kg.to_figure("svg")
        True
        """
        return cast("bytes", output("to_figure")(self, format_name, title=title, view=view))

    def show(
        self,
        *,
        hypothesis: Name | None = None,
        between: tuple[Name, Name] | None = None,
        around: Name | None = None,
        compare: tuple[Name, Name] | None = None,
        title: str | None = None,
        as_of: int | None = None,
    ) -> Shown:
        """Return the page as a notebook shows it: of a hypothesis, between two entities, around one, two hypotheses compared.

        `title` names it; `as_of` shows the graph as if no source after that year existed.

        >>> "<iframe" in kg.show(around="SIBO")._repr_html_()
        True
        """
        one = {"hypothesis": hypothesis, "around": around}
        two = {"between": between, "compare": compare}
        named = {key: None if name is None else name_of(name) for key, name in one.items()}
        pairs = {key: None if pair is None else (name_of(pair[0]), name_of(pair[1])) for key, pair in two.items()}
        return cast("Shown", output("show")(self, **named, **pairs, title=title, as_of=as_of))

    def _repr_html_(self) -> str:
        return cast("str", output("graph_summary")(self))


LargeGraph = KnowledgeGraph
"""The former name of a graph on disk or behind an endpoint; any graph is a `KnowledgeGraph` now. Deprecated."""
