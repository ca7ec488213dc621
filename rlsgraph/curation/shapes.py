"""Read the SHACL shapes of the ontology, and check things by them: far quicker than a general engine, and held equal to one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path as File
from typing import Any

import pyoxigraph as ox

from rlsgraph.curation import constraints as ask
from rlsgraph.curation.paths import SH, Path, read_list, read_path
from rlsgraph.curation.term_graph import TYPE, TermGraph
from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.files import load_file

_MAKERS: dict[str, Callable[[TermGraph, Any], ask.Constraint]] = {
    "minCount": lambda _, value: ask.at_least(int(value.value)),
    "maxCount": lambda _, value: ask.at_most(int(value.value)),
    "class": lambda _, value: ask.of_class(value.value),
    "in": lambda shapes, value: ask.among(read_list(shapes, value)),
    "datatype": lambda _, value: ask.of_datatype(value.value),
    "nodeKind": lambda _, value: ask.of_kind(value.value),
    "languageIn": lambda shapes, value: ask.in_language(item.value for item in read_list(shapes, value)),
    "pattern": lambda _, value: ask.like(value.value),
    "maxLength": lambda _, value: ask.no_longer_than(int(value.value)),
    "disjoint": lambda _, value: ask.disjoint_from(value.value),
    "lessThan": lambda _, value: ask.less_than(value.value, or_equal=False),
    "lessThanOrEquals": lambda _, value: ask.less_than(value.value, or_equal=True),
    "hasValue": lambda _, value: ask.having(value),
    "node": lambda shapes, value: _conforming(_read_shape(shapes, value), wanted=True),
    "not": lambda shapes, value: _conforming(_read_shape(shapes, value), wanted=False),
    **{name: lambda _, value, name=name: ask.bounded(name, value) for name in ask.BOUNDS},  # type: ignore[misc]
}
"""How each constraint of SHACL Core that the shapes use is made from its value."""

_ABOUT_SHAPES = {"path", "property", "message", "targetClass", "targetSubjectsOf"}


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: what it asks of a thing, or of the values that its path leads to from there."""

    rule: str
    message: str
    path: Path | None
    constraints: tuple[ask.Constraint, ...]
    parts: tuple[Shape, ...]
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]

    def targets(self, graph: TermGraph) -> list[Any]:
        """Return the things that the shape is about."""
        found = [thing for kind in self.classes for thing in graph.instances(kind)]
        found += [thing for predicate in self.subjects_of for thing in graph.having(predicate)]
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a thing breaks: by which path and value, and what is wrong in plain words."""

    shape: Shape
    thing: Any
    path: Path | None
    value: Any
    words: str


@cache
def read_shapes(path: File) -> tuple[Shape, ...]:
    """Return the shapes of a file that say what they are about."""
    store = ox.Store()
    load_file(store, path)
    graph = TermGraph()
    graph.add(store, path)
    named = [_read_shape(graph, term) for kind in ("NodeShape", "PropertyShape") for term in graph.instances(SH + kind)]
    return tuple(shape for shape in named if shape.classes or shape.subjects_of)


def rules_of(shapes: tuple[Shape, ...]) -> dict[str, Shape]:
    """Return the shapes that have a message, and so are rules, by name; those within others too."""
    found: dict[str, Shape] = {}
    waiting = list(shapes)
    while waiting:
        shape = waiting.pop()
        waiting += shape.parts
        if shape.rule and shape.message:
            found[shape.rule] = shape
    return dict(sorted(found.items()))


def find_breaches(shapes: tuple[Shape, ...], graph: TermGraph) -> Iterator[Breach]:
    """Yield every rule that a thing breaks."""
    for shape in shapes:
        for thing in shape.targets(graph):
            yield from _breaches(shape, graph, thing)


def _breaches(shape: Shape, graph: TermGraph, thing: Any) -> Iterator[Breach]:
    values = [thing] if shape.path is None else shape.path.follow(graph, thing)
    for constraint in shape.constraints:
        for value, words in constraint(graph, thing, values):
            path = None if shape.path is None else shape.path if value is not None else shape.path.present(graph, thing)
            yield Breach(shape, thing, path, value, words)
    for part in shape.parts:
        for value in values:
            yield from _breaches(part, graph, value)


def _conforming(shape: Shape, *, wanted: bool) -> ask.Constraint:
    """Ask that each value keeps a shape, or that none does."""
    return ask.each(
        lambda graph, value: (next(_breaches(shape, graph, value), None) is None) == wanted, lambda _: "has another form"
    )


def _read_shape(shapes: TermGraph, term: Any) -> Shape:
    said = {name: values for name, values in shapes.said_of(term).items() if name != TYPE}
    unknown = [name for name in said if not name.startswith(SH) or name.removeprefix(SH) not in _MAKERS.keys() | _ABOUT_SHAPES]
    if unknown:
        raise DataError(f"the shape {term} asks by {', '.join(unknown)}, which is not known here")
    paths = said.get(SH + "path", [])
    messages = said.get(SH + "message", [])
    return Shape(
        rule=term.value.removeprefix(ns.RLS) if isinstance(term, ox.NamedNode) else "",
        message=messages[0].value if messages else "",
        path=read_path(shapes, paths[0]) if paths else None,
        constraints=tuple(
            _MAKERS[name](shapes, value)
            for name in (full.removeprefix(SH) for full in said)
            if name in _MAKERS
            for value in said[SH + name]
        ),
        parts=tuple(_read_shape(shapes, part) for part in said.get(SH + "property", [])),
        classes=tuple(value.value for value in said.get(SH + "targetClass", [])),
        subjects_of=tuple(value.value for value in said.get(SH + "targetSubjectsOf", [])),
    )
