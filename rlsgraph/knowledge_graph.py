"""The graph: load it, ask it, look things up in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph import namespaces as ns
from rlsgraph import resources
from rlsgraph.cache import cached_store
from rlsgraph.errors import DataError, UnknownNameError
from rlsgraph.model import Claim, DefinitionalLink, Entity, Evidence, Hypothesis, Source, slug_of, slugify
from rlsgraph.names import EntityIndex, nearest_names, parse_direction, parse_level, parse_predicate
from rlsgraph.sparql import Answer, run_query
from rlsgraph.store import load_file, read_store
from rlsgraph.version import DATA_DATE, __version__
from rlsgraph.vocabulary import ConfidenceLevel, Direction, Predicate

if TYPE_CHECKING:
    import networkx
    import rdflib

    from rlsgraph.confidence import Explanation, Profile
    from rlsgraph.reasoning.causal_graph import CausalGraph
    from rlsgraph.reasoning.hypotheses import CausalPath, RankedHypothesis
    from rlsgraph.records import Records


def load(*paths: str | Path, profile: str | Path | None = None) -> KnowledgeGraph:
    """Load the shipped graph, or the graph in the given files and folders (Turtle below a folder; any RDF as a file).

    `profile` names a Turtle file with another confidence profile (its numbers, and weights of study designs).
    Raises `DataError` with file, line and reason where something cannot be read; nothing is half-loaded.
    """
    files = tuple(_expand(paths)) if paths else resources.data_files()
    schemes = resources.ontology_file("schemes.ttl")
    numbers = (schemes, resources.ontology_file("profile.ttl")) if profile is None else _profile_files(Path(profile), schemes)

    def build() -> ox.Store:
        from rlsgraph.derivation import derive, read_profile  # a cached graph needs no scoring

        store = read_store(files)
        load_file(store, schemes)
        derive(store, read_profile(numbers))
        return store

    shipped = not paths and profile is None
    store = cached_store([*files, *numbers], version=__version__, build=build) if shipped else build()
    return KnowledgeGraph(store, numbers)


def _profile_files(path: Path, schemes: Path) -> tuple[Path, ...]:
    """Return the files of a profile: one that weighs no design keeps the shipped weights."""
    if ns.RLS + "weight" in {quad.predicate.value for quad in read_store([path])}:
        return (path,)
    return (schemes, path)


def _expand(paths: Iterable[str | Path]) -> Iterable[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            files = resources.turtle_files(path)
            if not files:
                raise DataError("there is no Turtle file (.ttl) in this folder", path=path)
            yield from files
        else:
            yield path


class KnowledgeGraph:
    """A loaded, scored graph; it never changes."""

    def __init__(self, store: ox.Store, profile_files: tuple[Path, ...]) -> None:
        self._store = store
        self._profile_files = profile_files

    def __len__(self) -> int:
        """Return the number of claims."""
        return len(self._records.claims)

    def __repr__(self) -> str:
        return f"<rlsgraph.KnowledgeGraph: {len(self)} claims>"

    @cached_property
    def _records(self) -> Records:
        from rlsgraph.records import read_records

        return read_records(self._store)

    @cached_property
    def _index(self) -> EntityIndex:
        return EntityIndex(self._records.entities.values())

    @cached_property
    def profile(self) -> Profile:
        """The numbers behind the scores."""
        from rlsgraph.derivation import read_profile

        return read_profile(self._profile_files)

    @property
    def version(self) -> str:
        """The version of the software and the date of its data, e.g. `0.1.0 (data 2026-11-23)`."""
        return f"{__version__} (data {DATA_DATE})"

    # --- SPARQL -------------------------------------------------------------------------------------------------------

    def query(self, text: str) -> Answer:
        """Answer a SPARQL query; `rls:`, `entity:`, `claim:`, `skos:` and the project's other prefixes are known."""
        return run_query(self._store, text)

    # --- things -------------------------------------------------------------------------------------------------------

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

    def source(self, name: str) -> Source:
        """Return the source of an id, IRI, DOI, PMID or PMCID."""
        sources = self._records.sources.values()
        known = {
            key.casefold(): source
            for source in sources
            for key in (source.iri, slug_of(source.iri), ns.compress(source.iri), source.doi, source.pmid, source.pmcid)
            if key
        }
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

    # --- claims -------------------------------------------------------------------------------------------------------

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
        """Return one claim, by subject, predicate and object, or by its id, CURIE or IRI alone."""
        if predicate is None or object is None:
            iri = ns.CLAIM + slug_of(subject.removeprefix("claim:").strip())
            if iri not in self._records.claims:
                known = {slug_of(key).casefold(): slug_of(key) for key in self._records.claims}
                raise UnknownNameError("claim", subject, nearest_names(subject, known))
            return self._records.claims[iri]
        found = self.claims(subject=subject, predicate=predicate, object=object)
        if not found:
            asked = f"{self.entity(subject).label} {parse_predicate(predicate).value} {self.entity(object).label}"
            between = [
                c for c in self._records.claims.values() if {c.subject, c.object} == {self.entity(subject), self.entity(object)}
            ]
            near = between or self.claims(subject=subject)
            raise UnknownNameError(
                "claim", asked, tuple(f"{c.subject.label} {c.predicate.value} {c.object.label}" for c in near[:3])
            )
        return found[0]

    def explain(self, claim: Claim) -> Explanation:
        """Return the whole sum behind a claim's score, item by item."""
        from rlsgraph.confidence import Explanation, lend, lenders, weigh_items
        from rlsgraph.derivation import read_studies

        studies = read_studies(self._store)
        by_key = {(c.subject.iri, c.predicate, c.object.iri): c.iri for c in self._records.claims.values()}
        lendings = []
        for iri, is_association in lenders((claim.subject.iri, claim.predicate, claim.object.iri), by_key.get):
            own = Explanation(claim, self.profile, weigh_items(self._records.claims[iri].evidence, studies, self.profile))
            sums = (own.subtotal(Direction.SUPPORTS), own.subtotal(Direction.DISPUTES))
            lendings.append(lend(iri, is_association, sums, self.profile))
        return Explanation(claim, self.profile, weigh_items(claim.evidence, studies, self.profile), tuple(lendings))

    # --- hypotheses ---------------------------------------------------------------------------------------------------

    @cached_property
    def _ranking(self) -> tuple[RankedHypothesis, ...]:
        from rlsgraph.reasoning.hypotheses import rank_hypotheses

        return rank_hypotheses(self._records.hypotheses.values(), self.links())

    def hypotheses(self) -> tuple[RankedHypothesis, ...]:
        """Return the hypotheses with their routes, the best-scored first."""
        return self._ranking

    def hypothesis(self, name: str) -> Hypothesis:
        """Return the hypothesis of a label, id, CURIE or IRI, in any case."""
        slug = slugify(slug_of(name.removeprefix("hypothesis:")))
        iri = ns.HYPOTHESIS + slug
        if iri not in self._records.hypotheses:
            known = {h.label.casefold(): h.label for h in self._records.hypotheses.values()}
            raise UnknownNameError("hypothesis", name, nearest_names(name, known))
        return self._records.hypotheses[iri]

    # --- reasoning ----------------------------------------------------------------------------------------------------

    @cached_property
    def _causal_graph(self) -> CausalGraph:
        from rlsgraph.reasoning.routes import build_causal_graph

        return build_causal_graph(self.claims(), self.links())

    def paths(self, start: str, end: str, *, limit: int = 10, max_steps: int = 8) -> tuple[CausalPath, ...]:
        """Return the best simple causal paths by the product of their scores, best first; ties by length, then by IRIs.

        A refuted claim is not walked, nor is an association; a definitional link is a step that always holds.
        """
        from rlsgraph.reasoning.routes import find_paths

        ends = (self.entity(start), self.entity(end))
        return find_paths(self._causal_graph, self._records, *ends, limit=limit, max_steps=max_steps)

    # --- other tools --------------------------------------------------------------------------------------------------

    def dump(self, format_name: str) -> bytes:
        """Return all triples, asserted and derived, in an RDF format (see `formats.rdf.FORMATS`)."""
        from rlsgraph.formats.rdf import dump

        return dump(self._store, format_name)

    def to_rdflib(self) -> rdflib.Graph:
        """Return an rdflib graph with all triples but the reifiers: rdflib cannot hold RDF 1.2 triple terms."""
        from rlsgraph.formats.rdf import to_rdflib

        return to_rdflib(self._store)

    def to_networkx(self, *, causal_only: bool = False) -> networkx.MultiDiGraph:
        """Return a networkx graph: entities as nodes, claims and definitional links as edges (keys are their IRIs)."""
        from rlsgraph.formats.graph import to_networkx

        return to_networkx(self, causal_only=causal_only)

    def to_html(self, *, title: str | None = None) -> str:
        """Return the interactive page as one self-contained HTML text."""
        from rlsgraph.explorer.page import render_page

        return render_page(self, title=title)

    def _group(self, name: str) -> str:
        groups = sorted({entity.group for entity in self._records.entities.values()})
        if name.casefold() not in groups:
            raise UnknownNameError("group", name, nearest_names(name, {g: g for g in groups}) or tuple(groups))
        return name.casefold()
