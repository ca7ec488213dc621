"""Say what a graph's files hold that is not read, so that nothing is left out without a word."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.errors import DataWarning
from rlsgraph.graph.known_terms import UnknownTerm, known_terms
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.folders import tell_unread

_SHOWN = 3
"""So many things are named in a warning; the rest are counted."""

_TYPED_BY_HAND = ("score", "scoreLow", "scoreHigh", "confidenceLevel")
_ALWAYS_DERIVED = ns.RLS + "logitSd"
"""Stands beside each derived score: a score without it was typed, and not written by this package."""

_UNCITED = "SELECT ?e WHERE { ?e a rls:Evidence FILTER NOT EXISTS { ?c rls:hasEvidence ?e } } ORDER BY ?e"


def warn_of_skipped(store: ox.Store, dropped: Iterable[str] = ()) -> None:
    """Warn of what a store holds that will not be read, and of properties that were `dropped` on the way into it.

    Ask before anything is derived.
    """
    for words in find_skipped(store, dropped):
        warnings.warn(f"{words} (`rlsgraph check` says where)", DataWarning, stacklevel=4)


def warn_of_unread(paths: Iterable[str | Path]) -> None:
    """Warn of the files below folders that look like data and are in no format that is read."""
    folders = [path for path in map(Path, paths) if path.is_dir()]
    if words := tell_unread(folders, more="`rlsgraph check` says of each what to do"):
        warnings.warn(words, DataWarning, stacklevel=3)


def find_skipped(store: ox.Store, dropped: Iterable[str] = ()) -> Iterator[str]:
    """Yield a sentence for each kind of thing in a store that will not be read."""
    known = known_terms()
    properties = {*_mentioned(store, "SELECT DISTINCT ?x WHERE { ?s ?x ?o }"), *dropped}
    classes = _mentioned(store, "SELECT DISTINCT ?x WHERE { ?s a ?x }")
    for iri in sorted(properties):
        if unknown := known.unknown_property(iri):
            yield f"{_name(unknown)} is no known property, so what it says is not read{unknown.hint}"
    for iri in sorted(classes):
        if unknown := known.unknown_class(iri):
            yield f"{_name(unknown)} is no known class, so what is typed so is not read{unknown.hint}"
    typed = [name for name in _TYPED_BY_HAND if ns.RLS + name in properties and _ALWAYS_DERIVED not in properties]
    if typed:
        yield f"{', '.join(f'rls:{name}' for name in typed)} in the files is not read: it is worked out from the evidence"
    uncited = [row[0] for row in store.query(_UNCITED, prefixes=ns.PREFIXES, use_default_graph_as_union=True)]  # type: ignore[union-attr]  # a SELECT has rows
    if uncited:
        few = ", ".join(ns.compress(str(getattr(item, "value", item))) for item in uncited[:_SHOWN])
        more = f" and {len(uncited) - _SHOWN} more" if len(uncited) > _SHOWN else ""
        yield f"no claim names the evidence {few}{more}, so no score counts it"


def _mentioned(store: ox.Store, query: str) -> set[str]:
    rows = store.query(query, prefixes=ns.PREFIXES, use_default_graph_as_union=True)
    return {row[0].value for row in rows if isinstance(row[0], ox.NamedNode)}  # type: ignore[union-attr]


def _name(unknown: UnknownTerm) -> str:
    return f"<{unknown.iri}>" if unknown.is_namespace else ns.compress(unknown.iri)
