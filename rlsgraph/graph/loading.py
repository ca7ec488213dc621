"""Load a graph from files, open one that was built on disk, or connect to one behind an endpoint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.errors import EndpointError
from rlsgraph.graph.contents import Contents
from rlsgraph.graph.knowledge_graph import KnowledgeGraph
from rlsgraph.graph.memory_source import MemorySource
from rlsgraph.graph.places import errors_with_place
from rlsgraph.graph.profile_files import profile_files
from rlsgraph.graph.source import GraphSource
from rlsgraph.model import namespaces as ns
from rlsgraph.triples import resources
from rlsgraph.triples.cache import CachedStore, cached_store, stamp_of_code
from rlsgraph.triples.collector import collector_held
from rlsgraph.version import __version__, describe

if TYPE_CHECKING:
    from rlsgraph.model.records import Records
    from rlsgraph.triples.disk import StoredGraph
    from rlsgraph.triples.query_engine import QueryEngine


READ_AT_ONCE = 300_000
"""A graph of at most so many triples is read into the model's values when it is loaded, so that what cannot be read is refused
there. A larger one is read at the first question: SPARQL alone needs none of it (benchmarks/scale.py)."""


def load(*paths: str | Path, base: str | Path | None = None, profile: str | Path | None = None) -> KnowledgeGraph:
    """Load the shipped graph, or the graph in the given files and folders (RDF in any format, also compressed by gzip).

    `base` is what they stand on: "shipped", or another file or folder; the two are one graph then. `profile` names a Turtle file
    with another confidence profile (its numbers, and weights of study designs).
    Raises `DataError` with file, line and reason where something cannot be read; nothing is half-loaded. Warns (`DataWarning`)
    of what it does not read, such as a misspelt property; `check` says all that is wrong.
    """
    files = resources.graph_files(paths, base)
    is_shipped = files == resources.data_files()
    schemes = resources.ontology_file("schemes.ttl")
    numbers = profile_files(profile)

    def build() -> ox.Store:
        from rlsgraph.graph.derivation import derive  # a cached graph needs no scoring
        from rlsgraph.graph.intake import take_in_store
        from rlsgraph.graph.profile_reading import read_profile
        from rlsgraph.graph.sense import refuse_nonsense
        from rlsgraph.graph.skipped import warn_of_skipped
        from rlsgraph.graph.superseding import set_aside
        from rlsgraph.triples.files import load_file, read_store

        with collector_held():
            store = read_store(files)
            if not is_shipped:  # the shipped files are checked by the tests
                warn_of_skipped(store)
            load_file(store, schemes)
            take_in_store(store)
            set_aside(store)
            scoring = read_profile(numbers)
            derive(store, scoring)
            refuse_nonsense(store, scoring)
        return store

    if paths:
        from rlsgraph.graph.skipped import warn_of_unread

        warn_of_unread(paths)
    if is_shipped and profile is None:
        source = _kept_source(cached_store([*files, schemes, *numbers], version=__version__, build=build), numbers)
    else:
        with errors_with_place(files):
            contents = Contents(build())
            if len(contents.store) <= READ_AT_ONCE:
                contents.read()
        source = MemorySource(contents, numbers)
    return KnowledgeGraph(source, version=describe(is_shipped=is_shipped))


def _kept_source(cached: CachedStore, numbers: tuple[Path, ...]) -> MemorySource:
    """Return the source of a store that is kept; beside it are its records, which are read ten times as quickly, and more."""

    def read() -> Records:
        from rlsgraph.model.records import read_records
        from rlsgraph.model.snapshot import describe_shape, dump_records, parse_records

        return parse_records(cached.kept_beside("records", describe_shape(), lambda: dump_records(read_records(cached.store))))

    def keep(kind: str, make: Callable[[], bytes]) -> bytes:
        return cached.kept_beside(kind, stamp_of_code(), make)

    return MemorySource(Contents(cached.store, read=read), numbers, keep=keep)


def open(place: str | Path, *, is_large: bool | None = None) -> KnowledgeGraph:  # noqa: A001  # as one says of a store
    """Open a graph that `rlsgraph build` (or `building.build`) wrote to a folder; it is read where it lies.

    Each question reads the part that it needs. `is_large=False` reads the whole graph at the first question instead, which
    pays where very many follow. Raises `DataError` where the folder holds no such store.
    """
    from rlsgraph.triples.disk import open_place

    return read_stored(open_place(resources.path_of(place)), name=str(place), is_large=is_large)


def read_stored(stored: StoredGraph, *, name: str, is_large: bool | None = None) -> KnowledgeGraph:
    """Return the graph of a store that is open, see `open`; `name` says where it is."""
    if is_large is False:
        source: GraphSource = MemorySource(Contents(stored.store), stored.profile_files)
    else:
        from rlsgraph.graph.parts_source import PartsSource  # a graph in memory needs none of it
        from rlsgraph.triples.query_engine import StoreEngine

        source = PartsSource(StoreEngine(stored.store, name=name), stored.profile_files, walks=stored.walks)
    return KnowledgeGraph(source, version=stored.facts.version)


def connect(url: str, *, graph: str | None = None, profile: str | Path | None = None, timeout: float = 60.0) -> KnowledgeGraph:
    """Return the graph behind a SPARQL 1.1 endpoint, where `rlsgraph push` put it with its scores.

    One request is made at once, to see that it answers; each question then fetches the part that it needs. `graph` is the
    named graph that holds it (without: the endpoint's default graph); `profile` a confidence profile in place of the one that
    was pushed; `timeout` the seconds that one request may take. Credentials come from the environment, see docs/scaling.md.
    Raises `EndpointError` where the endpoint cannot be reached, or does not answer as SPARQL endpoints do.
    """
    from rlsgraph.graph.parts_source import PartsSource
    from rlsgraph.remote import RemoteEngine

    engine = RemoteEngine(url, graph=graph, timeout=timeout)
    version = f"{_pushed_version(engine) or describe(is_shipped=False)} at {engine.name}"
    return KnowledgeGraph(PartsSource(engine, () if profile is None else profile_files(profile)), version=version)


def _pushed_version(engine: QueryEngine) -> str:
    """Return what the mark of a push says of the version; refuse a graph that holds only part of what is being pushed."""
    mark = f"<{ns.GRAPH}> owl:versionInfo ?version OPTIONAL {{ <{ns.GRAPH}> <{ns.VOID}triples> ?size }}"
    rows = engine.select(f"SELECT ?version ?size WHERE {{ {mark} }}")
    if any(size is None for _, size in rows):
        raise EndpointError(engine.name, "the push that fills this graph has not come to its end; give `rlsgraph push` again")
    return str(rows[0][0].value) if rows else ""
