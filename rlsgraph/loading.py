"""Load a graph: read its files, score its claims, keep the shipped one in the cache."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from rlsgraph import namespaces as ns
from rlsgraph import resources
from rlsgraph.cache import cached_store
from rlsgraph.errors import DataError
from rlsgraph.knowledge_graph import KnowledgeGraph
from rlsgraph.store import load_file, read_store
from rlsgraph.version import __version__


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
    return KnowledgeGraph(store, numbers, is_shipped=not paths)


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
