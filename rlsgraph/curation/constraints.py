"""What a shape can ask of values (SHACL Core, as far as the project's shapes use it), and how a breach is said in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from rlsgraph.curation.term_graph import TermGraph, is_well_typed, number_of, show_term, text_of
from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns

Breach = tuple[Any, str]
"""A value that breaks a rule (None where it is the number of values that does), and what is wrong in words."""

Constraint = Callable[[TermGraph, Any, list[Any]], Iterator[Breach]]
"""Yields the breaches of a thing, given the values that a shape's path leads to."""


def at_least(count: int) -> Constraint:
    """Ask for a number of values."""

    def check(_graph: TermGraph, _thing: Any, values: list[Any]) -> Iterator[Breach]:
        if len(values) < count:
            yield None, "is missing"

    return check


def at_most(count: int) -> Constraint:
    """Allow no more than a number of values."""

    def check(_graph: TermGraph, _thing: Any, values: list[Any]) -> Iterator[Breach]:
        if len(values) > count:
            yield None, f"is given {len(values)} times" if count else "does not belong here"

    return check


def each(is_right: Callable[[TermGraph, Any], bool], words: Callable[[Any], str]) -> Constraint:
    """Ask the same of each value by itself."""

    def check(graph: TermGraph, _thing: Any, values: list[Any]) -> Iterator[Breach]:
        return ((value, words(value)) for value in values if not is_right(graph, value))

    return check


def of_class(kind: str) -> Constraint:
    """Ask for things of a type."""
    name = ns.compress(kind)

    def words(value: Any) -> str:
        if isinstance(value, ox.Literal):
            return f"is the text {show_term(value)}, where the IRI of an {name} is asked for"
        return f"is {show_term(value)}, which is not described as an {name}"

    return each(lambda graph, value: graph.is_a(value, kind), words)


def among(terms: Iterable[Any]) -> Constraint:
    """Ask for one of a closed set of terms."""
    known = frozenset(terms)
    return each(lambda _, value: value in known, lambda value: f"is {show_term(value)}, which is not a term of its list")


def of_datatype(datatype: str) -> Constraint:
    """Ask for well-written literals of a datatype."""
    name = ns.compress(datatype)
    return each(
        lambda _, value: is_well_typed(value, datatype), lambda value: f"is {show_term(value)}, which is not written as {name}"
    )


def of_kind(kind: str) -> Constraint:
    """Ask for IRIs (the one kind of node that the shapes ask for)."""
    if not kind.endswith("#IRI"):
        raise DataError(f"a shape asks for a kind of node that is not known here: {kind}")
    return each(lambda _, value: isinstance(value, ox.NamedNode), lambda value: f"is {show_term(value)}, which is no IRI")


def in_language(languages: Iterable[str]) -> Constraint:
    """Ask for texts in one of some languages."""
    wanted = tuple(language.lower() for language in languages)

    def is_right(_: TermGraph, value: Any) -> bool:
        said = (value.language or "").lower() if isinstance(value, ox.Literal) else ""
        return any(said == one or said.startswith(f"{one}-") for one in wanted)

    return each(is_right, lambda value: f"is {show_term(value)}, which is not marked as @{wanted[0]}")


def like(pattern: str) -> Constraint:
    """Ask for texts in which a pattern is found."""
    wanted = re.compile(pattern, re.ASCII)
    blank = "is empty" if pattern == r"\S" else None
    return each(
        lambda _, value: not isinstance(value, ox.BlankNode) and wanted.search(text_of(value)) is not None,
        lambda value: blank or f"is {show_term(value)}, which has another form",
    )


def no_longer_than(length: int) -> Constraint:
    """Ask for texts of at most a number of characters."""
    return each(
        lambda _, value: not isinstance(value, ox.BlankNode) and len(text_of(value)) <= length,
        lambda value: f"has {len(text_of(value))} characters, more than {length}",
    )


_BOUNDS: dict[str, tuple[Callable[[float, float], bool], str]] = {
    "minInclusive": (lambda value, bound: value >= bound, "below"),
    "minExclusive": (lambda value, bound: value > bound, "not above"),
    "maxInclusive": (lambda value, bound: value <= bound, "above"),
    "maxExclusive": (lambda value, bound: value < bound, "not below"),
}
BOUNDS = tuple(_BOUNDS)


def bounded(kind: str, bound: Any) -> Constraint:
    """Ask for numbers within a bound."""
    is_within, words = _BOUNDS[kind]
    limit = float(bound.value)

    def is_right(_: TermGraph, value: Any) -> bool:
        number = number_of(value)
        return number is not None and is_within(number, limit)

    return each(is_right, lambda value: f"is {show_term(value)}, which is {words} {limit:g}")


def disjoint_from(predicate: str) -> Constraint:
    """Ask for values that another property does not have."""
    name = ns.compress(predicate)

    def check(graph: TermGraph, thing: Any, values: list[Any]) -> Iterator[Breach]:
        others = graph.values(thing, predicate)
        return ((value, f"is {show_term(value)}, and so is {name}") for value in values if value in others)

    return check


def less_than(predicate: str, *, or_equal: bool) -> Constraint:
    """Ask for numbers below those of another property."""
    name = ns.compress(predicate)

    def is_right(value: Any, other: Any) -> bool:
        low, high = number_of(value), number_of(other)
        return low is not None and high is not None and (low < high or (or_equal and low == high))

    def check(graph: TermGraph, thing: Any, values: list[Any]) -> Iterator[Breach]:
        for value in values:
            for other in graph.values(thing, predicate):
                if not is_right(value, other):
                    yield value, f"is {show_term(value)}, which is not below {name} ({show_term(other)})"

    return check


def having(wanted: Any) -> Constraint:
    """Ask for a certain value among the values."""

    def check(_graph: TermGraph, _thing: Any, values: list[Any]) -> Iterator[Breach]:
        if wanted not in values:
            yield None, f"lacks {show_term(wanted)}"

    return check
