"""Know what the files of a folder assert of each thing, and in which file, so that what is new can be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.model.literals import boolean_of, number_of
from rlsgraph.triples.files import load_file
from rlsgraph.triples.folders import rdf_files
from rlsgraph.triples.resources import base_files

_NAMES = (ns.RDF + "type", ns.DCTERMS + "identifier", ns.PROV + "generatedAtTime", ns.PROV + "wasAttributedTo")
"""What says only what a thing is called, and who added it."""
Said = set[tuple[str, str]]


class Difference(NamedTuple):
    """What is said of a thing by a property now, and what the folder says of it; either may be empty."""

    predicate: str
    now: str
    there: str


class Asserted:
    """What is asserted of each thing by IRI: properties with values in one form, however a number is written.

    What the base of the folder asserts counts too, and has no home in the folder.
    """

    def __init__(self, folder: Path, base: str | Path | None = None) -> None:
        self.said: dict[str, Said] = defaultdict(set)
        self.homes: dict[str, Path] = {}
        own = rdf_files(folder)
        for path in (*own, *(each for each in base_files(base) if each not in own)):
            store = ox.Store()
            load_file(store, path)
            triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in store)
            self.take(triples, path if path in own else None)

    def take(self, triples: Iterable[ox.Triple], path: Path | None = None) -> None:
        """Take in what is asserted; `path` is the file that says it."""
        for triple in triples:
            name = str(getattr(triple.subject, "value", triple.subject))
            self.said[name].add((triple.predicate.value, written(triple.object)))
            if path is not None and triple.predicate.value == ns.RDF + "type":
                self.homes.setdefault(name, path)

    def __contains__(self, thing: str) -> bool:
        return thing in self.said

    def differences(self, thing: str, triples: Iterable[ox.Triple]) -> list[Difference]:
        """Return how what is said now differs from what is there; what is there alone is no difference."""
        there = self.said[thing]
        found = []
        for triple in triples:
            name, value = triple.predicate.value, written(triple.object)
            if (name, value) not in there:
                found.append(Difference(name, value, "; ".join(sorted(v for n, v in there if n == name))))
        return found

    def is_alike(self, thing: str, triples: Iterable[ox.Triple]) -> bool:
        """Return whether the same is said of a thing that is there, but for its name."""
        return facts_of(triples) == frozenset(one for one in self.said[thing] if one[0] not in _NAMES)


def facts_of(triples: Iterable[ox.Triple]) -> frozenset[tuple[str, str]]:
    """Return what triples say, but for names."""
    return frozenset((t.predicate.value, written(t.object)) for t in triples if t.predicate.value not in _NAMES)


def digest(facts: Iterable[tuple[str, str]], *more: str) -> str:
    """Return eight digits that stand for facts, in whatever order they are given."""
    return blake2b(repr((sorted(facts), more)).encode(), digest_size=4).hexdigest()


def written(term: Any) -> str:
    """Return a term in one form: 5, 5.0 and 5.0e0 are one number."""
    if not isinstance(term, ox.Literal):
        return str(getattr(term, "value", term))
    datatype = term.datatype.value
    if datatype.startswith(ns.XSD) and datatype.removeprefix(ns.XSD) in ("integer", "decimal", "double", "float"):
        number = number_of(term)
        return term.value if number is None else repr(number)
    if datatype == ns.XSD + "boolean":
        return str(boolean_of(term)).lower()
    return str(term.value)
