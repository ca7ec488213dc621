"""The source of a graph that lies on disk or behind an endpoint: each question gathers the part that it needs, and no more."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rlsgraph.errors import RlsGraphError
from rlsgraph.graph import parts
from rlsgraph.graph.contents import Contents, edited
from rlsgraph.graph.lookups import Lookups
from rlsgraph.graph.parts import Part
from rlsgraph.graph.search import Search, Walked
from rlsgraph.graph.source import EVERYTHING, Filter, Kind
from rlsgraph.triples.query_engine import QueryEngine
from rlsgraph.triples.sparql import Answer, Dataset, run_query

if TYPE_CHECKING:
    from rlsgraph.graph.walk_index import WalkIndex
    from rlsgraph.graph.what_if import Edit
    from rlsgraph.model.things import Claim, Entity
    from rlsgraph.model.weighing.profile import Profile

SMALL = 100_000
"""A graph of so many triples is fetched whole where a name is unknown, to say what comes nearest."""

_PARTS_KEPT = 16


class PartsSource:
    """A graph that an engine can be asked for, as a `GraphSource`; the last few parts are kept.

    Without profile files, the confidence profile is looked for in the graph itself; one without has the shipped one's scores.
    What is supposed (edits) is made in each part, which is then scored anew. `walks` is a file with the store's walk index.
    A question about everything fetches the whole graph where it has at most 2,000,000 triples, and else raises
    `TooLargeError`.
    """

    def __init__(
        self,
        engine: QueryEngine,
        profile_files: tuple[Path, ...] = (),
        *,
        edits: tuple[Edit, ...] = (),
        walks: Path | None = None,
    ) -> None:
        self.engine = engine
        self.name = engine.name
        self.profile_files = profile_files
        self.edits = edits
        self._walks_file = walks
        self._lookups = Lookups(engine)
        self._parts: dict[Hashable, Contents] = {}

    @property
    def origin(self) -> object:
        """The engine."""
        return self.engine

    def with_edits(self, edits: Sequence[Edit]) -> PartsSource:
        """Return the same graph with these edits too."""
        return PartsSource(self.engine, self.profile_files, edits=(*self.edits, *edits))

    def answer(self, text: str, *, functions: Mapping[str, Callable[..., Any]], dataset: Dataset | None = None) -> Answer:
        """Answer a SPARQL query where the triples are; what is supposed is asked of the whole graph in memory."""
        if self.edits:
            return run_query(self.whole().store, text, functions=functions, dataset=dataset)
        return self.engine.answer(text, functions=functions, dataset=dataset)

    # --- parts --------------------------------------------------------------------------------------------------------

    def _part(self, key: Hashable, gather: Callable[[Part], None]) -> Contents:
        """Return what `gather` puts into a part, as it is with the edits; the same key, the same part."""
        if key not in self._parts:
            while len(self._parts) >= _PARTS_KEPT:
                del self._parts[next(iter(self._parts))]
            part = Part(self.engine)
            gather(part)
            pairs = _pairs(self.edits)
            part.add_entities(entity for pair in pairs for entity in pair)
            part.add_pairs(pairs)
            self._parts[key] = self._supposed(part.store)
        return self._parts[key]

    def _supposed(self, store: ox.Store) -> Contents:
        return Contents(edited(store, self.edits, self.profile) if self.edits else store, profile=self._reasoning_profile)

    def _reasoning_profile(self) -> Profile:
        from rlsgraph.graph.reasoning_profile import or_shipped  # many questions meet no constant

        return or_shipped(lambda: self.profile)

    def small(self) -> Contents | None:
        """Return the whole graph where it has at most `SMALL` triples."""
        return self.whole() if self._is_small else None

    @cached_property
    def _is_small(self) -> bool:
        return parts.count(self.engine, "?s ?p ?o", most=SMALL + 1) <= SMALL

    def whole(self) -> Contents:
        """Return everything: a store in this process as it is, an endpoint's triples fetched."""
        return self._whole

    @cached_property
    def _whole(self) -> Contents:
        return self._supposed(parts.fetch_whole(self.engine))

    def kept(self, kind: str, make: Callable[[], bytes]) -> bytes:
        """Make it: nothing is kept of a graph that another process may change."""
        return make()

    def claim(self, iri: str) -> Contents:
        """Return one claim and all that its score depends on."""
        return self._part((Kind.CLAIM, iri), lambda part: part.add_statements([ox.NamedNode(iri)]))

    def pair(self, one: str, other: str) -> Contents:
        """Return every claim between two entities."""
        ends = (ox.NamedNode(one), ox.NamedNode(other))

        def gather(part: Part) -> None:
            part.add_entities(ends)
            part.add_pairs([ends])

        return self._part(("pair", one, other), gather)

    def walks(self, start: Entity, end: Entity, max_steps: int) -> Contents:
        """Return what some walk of at most so many steps uses; a what-if needs all that its scores depend on."""
        if self.edits:
            return self.between(start, end, max_steps)
        index = self._index
        if index is not None:
            return Contents(ox.Store(), read=lambda: index.walked(start, end, max_steps), profile=self._reasoning_profile)

        def gather(part: Part) -> None:
            part.add_entities([ox.NamedNode(start.iri), ox.NamedNode(end.iri)])
            if start != end:
                walked = self._search(start, end, with_refuted=True).within(max_steps)
                part.add_steps(step.iri for step in walked)
                part.add_links_from(_ends(walked) | {ox.NamedNode(start.iri)})

        return self._part(("walks", start.iri, end.iri, max_steps), gather)

    @cached_property
    def _index(self) -> WalkIndex | None:
        from rlsgraph.graph.walk_index import read_index

        return None if self._walks_file is None else read_index(self._walks_file)

    def told(self, statements: Sequence[str]) -> Contents:
        """Return claims and links with their evidence and sources; in a what-if, with all that their scores depend on."""

        def gather(part: Part) -> None:
            nodes = map(ox.NamedNode, statements)
            if self.edits:
                part.add_statements(nodes)
            else:
                part.add_told(nodes)

        return self._part(("told", *statements), gather)

    def between(self, start: Entity, end: Entity, max_steps: int) -> Contents:
        """Return the same with its evidence, and all that its scores depend on."""

        def gather(part: Part) -> None:
            part.add_entities([ox.NamedNode(start.iri), ox.NamedNode(end.iri)])
            if start != end:
                walked = self._search(start, end, with_refuted=True).within(max_steps)
                part.add_statements(step.iri for step in walked)
                part.add_links_from(_ends(walked) | {ox.NamedNode(start.iri)})

        return self._part(("between", start.iri, end.iri, max_steps), gather)

    def joined(self, start: Entity, end: Entity) -> Contents:
        """Return what the shortest walks use, however long; where there are none, those that use associations."""

        def gather(part: Part) -> None:
            part.add_entities([ox.NamedNode(start.iri), ox.NamedNode(end.iri)])
            for with_associations in (False, True):
                found = self._search(start, end, with_associations=with_associations).shortest()
                part.add_statements(step.iri for step in found)
                part.add_links_from(_ends(found))
                if found:
                    return

        return self._part(("joined", start.iri, end.iri), gather)

    def _search(self, start: Entity, end: Entity, *, with_associations: bool = False, with_refuted: bool = False) -> Search:
        return Search(
            self.engine,
            start.iri,
            end.iri,
            supposed=_pairs(self.edits),
            with_associations=with_associations,
            with_refuted=with_refuted or bool(self.edits),
        )

    def hypotheses(self) -> Contents:
        """Return every hypothesis with its claims and the links that lead on from their entities."""
        return self._part("hypotheses", Part.add_hypotheses)

    def touched(self, edits: Sequence[Edit]) -> tuple[Claim, ...]:
        """Return the claims that cite a source or a late one, are removed or supposed, and all that these may lend to."""
        from rlsgraph.graph.what_if import ClaimRemoval, Cut, Retraction

        def gather(part: Part) -> None:
            cited = "?claim rls:hasEvidence ?item . ?item dcterms:source ?source"
            sources = [f"<{edit.source}>" for edit in edits if isinstance(edit, Retraction)]
            part.add_statements(row[0] for row in parts.select_keys(self.engine, "?claim", cited, "?source", sources))
            part.add_statements(ox.NamedNode(edit.claim) for edit in edits if isinstance(edit, ClaimRemoval))
            for year in {edit.year for edit in edits if isinstance(edit, Cut)}:
                old = f'FILTER NOT EXISTS {{ ?source dcterms:issued ?year FILTER(SUBSTR(STR(?year), 1, 4) <= "{year}") }}'
                part.add_statements(row[0] for row in parts.select_all(self.engine, "?claim ?item", f"{cited} {old}"))
            part.add_pairs(_pairs(edits))

        near = list(self._part(("near", *edits), gather).records.claims)  # these have scores only with all that lends to them
        claims = self._part(("touched", *edits), lambda part: part.add_statements(map(ox.NamedNode, near))).records.claims
        return tuple(claims[iri] for iri in near)

    # --- names and lists ----------------------------------------------------------------------------------------------

    def describe(self) -> str:
        """Say how many claims there are where, as far as that can be asked."""
        try:
            return f"{self._claims} claims at {self.name}"
        except RlsGraphError:  # an endpoint may be away when a graph is shown
            return f"at {self.name}"

    def count(self) -> int:
        """Return the number of claims; a what-if may add or remove some, so it is counted whole."""
        return len(self.whole().records.claims) if self.edits else self._claims

    @cached_property
    def _claims(self) -> int:
        return parts.count(self.engine, "?c a rls:Claim")

    def groups(self) -> Mapping[str, str]:
        """Return the groups of entities as SPARQL writes them, by name."""
        return self._groups

    @cached_property
    def _groups(self) -> Mapping[str, str]:
        return dict(sorted(self._lookups.groups().items()))

    def named(self, kind: Kind, name: str) -> Contents:
        """Return what a name may mean; entities that are named alike where nothing goes by it."""

        def gather(part: Part) -> None:
            if kind is Kind.ENTITY:
                part.add_entities(self._lookups.entities(name) or self._lookups.entities_like(name))
            elif kind is Kind.SOURCE:
                part.add_sources(self._lookups.sources(name))
            elif kind is Kind.EVIDENCE:
                part.add_evidence(self._lookups.evidence(name))
            else:
                part.add_statements(self._lookups.claims(name))

        return self._part(("named", kind, name), gather)

    def beginning_with(self, text: str) -> Contents:
        """Return some entities whose label contains a text."""
        return self._part(("beginning", text), lambda part: part.add_entities(self._lookups.entities_with(text)))

    def listed(self, kind: Kind, wanted: Filter = EVERYTHING) -> Contents:
        """Return all things of a kind that fit what the engine can filter by; every claim is the whole graph.

        A what-if gives other levels, so that the engine cannot filter by those.
        """
        terms = {
            "rdf:subject": wanted.subject,
            "rdf:object": wanted.object,
            "rdf:predicate": wanted.predicate and wanted.predicate.iri,
            "rls:confidenceLevel": wanted.level and not self.edits and kind is Kind.CLAIM and wanted.level.iri,
            "dcterms:source": wanted.source,
            "rls:direction": wanted.direction and wanted.direction.iri,
        }
        fits = [f"?thing {term} <{iri}> ." for term, iri in terms.items() if iri]
        if wanted.group is not None:
            ends = "?thing rdf:subject|rdf:object ?end . ?end" if kind in (Kind.CLAIM, Kind.SUPERSEDED_CLAIM) else "?thing"
            fits.append(f"{ends} rls:group {self._groups[wanted.group]} .")
        if kind is Kind.CLAIM and not fits:
            return self.whole()
        return self._part(("listed", kind, *fits), lambda part: part.add_kind(kind.value, " ".join(fits)))

    @cached_property
    def profile(self) -> Profile:
        """The numbers behind the scores: those of the files, or those that the graph holds beside its claims."""
        from rlsgraph.graph.profile_reading import read_profile
        from rlsgraph.graph.stored_profile import find_stored_profile

        return read_profile(self.profile_files) if self.profile_files else find_stored_profile(self.engine)


def _ends(walked: Iterable[Walked]) -> set[ox.NamedNode]:
    return {entity for step in walked for entity in (step.tail, step.head)}


def _pairs(edits: Sequence[Edit]) -> list[tuple[ox.NamedNode, ox.NamedNode]]:
    """Return the pairs of entities that a supposed study joins."""
    if not edits:
        return []
    from rlsgraph.graph.what_if import Supposition  # a graph as it is supposes nothing

    studies = [edit.evidence for edit in edits if isinstance(edit, Supposition)]
    return [(ox.NamedNode(study.subject.iri), ox.NamedNode(study.object.iri)) for study in studies]
