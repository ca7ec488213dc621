"""Hold what files assert as terms by subject and property, with the file that describes each thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns

TYPE = ns.RDF + "type"
_LONGEST_SHOWN = 80

_LEXICAL = {
    name: re.compile(pattern)
    for name, pattern in {
        "integer": r"[+-]?\d+",
        "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
        "double": r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN",
        "boolean": r"true|false|1|0",
        "gYear": r"-?([1-9]\d{3,}|0\d{3})(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00))?",
    }.items()
}
"""How a value of a datatype is written (XSD 1.1 part 2)."""


class TermGraph:
    """Triples by subject and property, in the order in which they were added."""

    def __init__(self) -> None:
        self._said: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._seen: set[tuple[Any, Any, Any]] = set()
        self._typed_in: dict[Any, Path] = {}
        self._named_in: dict[Any, Path] = {}
        self._context: set[Path] = set()
        self._subjects: dict[str, dict[Any, list[Any]]] = {}

    def add(self, quads: Iterable[ox.Quad], path: Path, *, is_context: bool = False) -> None:
        """Add the triples of a file; what is said twice is kept once.

        A file of the context is no home of what another file, added before, says something about.
        """
        if is_context:
            self._context.add(path)
        names: dict[Any, str] = {}  # of properties, which are few
        for subject, property_, object_, _ in quads:
            triple = subject, property_, object_
            if triple in self._seen:
                continue
            self._seen.add(triple)
            predicate = names.get(property_) or names.setdefault(property_, property_.value)
            self._said[subject][predicate].append(object_)
            if is_context and self._named_in.get(subject, path) not in self._context:
                continue
            self._named_in.setdefault(subject, path)
            if predicate == TYPE:
                self._typed_in.setdefault(subject, path)
        self._subjects.clear()

    def subjects(self) -> Iterable[Any]:
        """Return everything of which something is said."""
        return self._said.keys()

    def said_of(self, thing: Any) -> dict[str, list[Any]]:
        """Return what is said of a thing, by property."""
        return self._said.get(thing, {})

    def values(self, thing: Any, predicate: str) -> list[Any]:
        """Return the values of a thing's property."""
        return self._said[thing].get(predicate, []) if thing in self._said else []

    def holders(self, predicate: str, value: Any) -> list[Any]:
        """Return the things whose property has a value."""
        if predicate not in self._subjects:
            found: dict[Any, list[Any]] = defaultdict(list)
            for subject, said in self._said.items():
                for object_ in said.get(predicate, ()):
                    found[object_].append(subject)
            self._subjects[predicate] = found
        return self._subjects[predicate].get(value, [])

    def having(self, predicate: str) -> Iterator[Any]:
        """Yield the things that have a property."""
        return (subject for subject, said in self._said.items() if said.get(predicate))

    def members(self, cell: Any) -> Iterator[Any]:
        """Yield the members of a list, in order, as far as it is one."""
        seen = set()
        while cell not in seen and self.values(cell, ns.RDF + "first"):
            seen.add(cell)
            yield from self.values(cell, ns.RDF + "first")
            cell = next(iter(self.values(cell, ns.RDF + "rest")), None)

    def instances(self, kind: str) -> list[Any]:
        """Return the things of a type."""
        return self.holders(TYPE, ox.NamedNode(kind))

    def is_a(self, thing: Any, kind: str) -> bool:
        """Tell whether a thing has a type."""
        return any(getattr(value, "value", None) == kind for value in self.values(thing, TYPE))

    def file_of(self, thing: Any) -> Path | None:
        """Return the file in which a thing is typed, or else the first that says anything of it."""
        return self._typed_in.get(thing) or self._named_in.get(thing)


def text_of(term: Any) -> str:
    """Return an IRI or a literal's text; `[]` for a thing without an IRI."""
    return "[]" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def show_term(term: Any) -> str:
    """Return a term as Turtle would write it, with the project's prefixes, cut where it is long."""
    if isinstance(term, ox.NamedNode):
        return _cut(ns.compress(term.value))
    if not isinstance(term, ox.Literal):
        return text_of(term) if isinstance(term, ox.BlankNode) else _cut(str(term))
    text = f'"{_cut(term.value)}"'
    if term.language:
        return f"{text}@{term.language}"
    return text if term.datatype.value == ns.XSD + "string" else f"{text}^^{ns.compress(term.datatype.value)}"


def is_well_typed(term: Any, datatype: str) -> bool:
    """Tell whether a term is a literal of a datatype, written as that datatype is."""
    if not isinstance(term, ox.Literal) or term.datatype.value != datatype:
        return False
    lexical = _LEXICAL.get(datatype.removeprefix(ns.XSD))
    return lexical is None or lexical.fullmatch(term.value) is not None


def number_of(term: Any) -> float | None:
    """Return the number that a literal stands for; None where it is none."""
    is_number = any(is_well_typed(term, ns.XSD + name) for name in ("integer", "decimal", "double"))
    return float(term.value) if is_number else None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
