"""Read a property path of the shapes (SHACL 2.3.1), follow it through a graph, and write it as SPARQL does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import pyoxigraph as ox

from rlsgraph.curation.term_graph import TermGraph
from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns

SH = "http://www.w3.org/ns/shacl#"
_NIL = ox.NamedNode(ns.RDF + "nil")


class Path(Protocol):
    """A way from a thing to its values."""

    def follow(self, graph: TermGraph, thing: Any) -> list[Any]:
        """Return the values that the path leads to, each once."""

    def present(self, graph: TermGraph, thing: Any) -> Path:
        """Return the part of the path that leads to a value: of several properties, those that are there."""


@dataclass(frozen=True, slots=True)
class Step:
    """A property, or one walked from its value to its owner."""

    predicate: str
    is_inverse: bool = False

    def follow(self, graph: TermGraph, thing: Any) -> list[Any]:
        return graph.holders(self.predicate, thing) if self.is_inverse else graph.values(thing, self.predicate)

    def present(self, graph: TermGraph, thing: Any) -> Path:
        return self

    def __str__(self) -> str:
        return f"{'^' if self.is_inverse else ''}{ns.compress(self.predicate)}"


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of several paths."""

    paths: tuple[Path, ...]

    def follow(self, graph: TermGraph, thing: Any) -> list[Any]:
        return _once(value for path in self.paths for value in path.follow(graph, thing))

    def present(self, graph: TermGraph, thing: Any) -> Path:
        return Choice(tuple(path for path in self.paths if path.follow(graph, thing)) or self.paths)

    def __str__(self) -> str:
        return str(self.paths[0]) if len(self.paths) == 1 else f"({'|'.join(map(str, self.paths))})"


@dataclass(frozen=True, slots=True)
class Chain:
    """Several paths, one after another."""

    paths: tuple[Path, ...]

    def follow(self, graph: TermGraph, thing: Any) -> list[Any]:
        at = [thing]
        for path in self.paths:
            at = _once(value for one in at for value in path.follow(graph, one))
        return at

    def present(self, graph: TermGraph, thing: Any) -> Path:
        return self

    def __str__(self) -> str:
        return "/".join(map(str, self.paths))


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked any number of times: from `least` (0 or 1) on, or at most once."""

    path: Path
    mark: str

    def follow(self, graph: TermGraph, thing: Any) -> list[Any]:
        if self.mark == "?":
            return _once([thing, *self.path.follow(graph, thing)])
        reached = dict.fromkeys([thing] if self.mark == "*" else self.path.follow(graph, thing))
        waiting = list(reached)
        while waiting:
            for value in self.path.follow(graph, waiting.pop()):
                if value not in reached:
                    reached[value] = None
                    waiting.append(value)
        return list(reached)

    def present(self, graph: TermGraph, thing: Any) -> Path:
        return self

    def __str__(self) -> str:
        return f"{self.path}{self.mark}"


def read_path(shapes: TermGraph, term: Any) -> Path:
    """Return the path that a term of the shapes stands for."""
    if isinstance(term, ox.NamedNode):
        return Step(term.value)
    if shapes.values(term, ns.RDF + "first"):
        return Chain(tuple(read_path(shapes, item) for item in read_list(shapes, term)))
    for choices in shapes.values(term, SH + "alternativePath"):
        return Choice(tuple(read_path(shapes, item) for item in read_list(shapes, choices)))
    for inverse in shapes.values(term, SH + "inversePath"):
        return Step(inverse.value, is_inverse=True)
    for name, mark in {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}.items():
        for inner in shapes.values(term, SH + name):
            return Repeat(read_path(shapes, inner), mark)
    raise DataError(f"a shape has a path of a kind that is not known here: {term}")


def read_list(shapes: TermGraph, cell: Any) -> list[Any]:
    """Return the members of a list."""
    members = []
    while cell != _NIL:
        members += shapes.values(cell, ns.RDF + "first")
        (cell,) = shapes.values(cell, ns.RDF + "rest")
    return members


def _once(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))
