"""Read the values of one thing by their types: one home for what can be read, one message for what cannot."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.literals import (
    boolean_of,
    in_order_of_language,
    is_literal,
    language_of,
    number_of,
    text_of,
    whole_of,
    year_of,
)

_FIRST_YEAR = 1000
_T = TypeVar("_T")
_Term = TypeVar("_Term", bound=Enum)


class Node:
    """One thing's values by property. What cannot be read is an error that names the thing, the property and the value."""

    __slots__ = ("error", "iri", "values")

    def __init__(self, iri: str, values: dict[str, list[Any]] | None = None, *, error: type[Exception] = DataError) -> None:
        self.iri = iri
        self.values: dict[str, list[Any]] = defaultdict(list) if values is None else values
        self.error = error

    def __contains__(self, predicate: str) -> bool:
        return bool(self.values.get(predicate))

    def refuse(self, predicate: str, says: str) -> Exception:
        """Return the error that a property of this thing `says` something wrong."""
        return self._error(f"{ns.compress(self.iri)}: {ns.compress(predicate)} {says}", predicate)

    def _error(self, text: str, predicate: str) -> Exception:
        error = self.error(text)
        if isinstance(error, DataError):
            error.thing, error.predicate = self.iri, predicate
        return error

    # --- text ---------------------------------------------------------------------------------------------------------

    def texts(self, predicate: str) -> tuple[str, ...]:
        """Return all values as text, sorted."""
        return tuple(sorted({text_of(value) for value in self.values.get(predicate, ())}))

    def text(self, predicate: str) -> str:
        """Return the one value as text, of those in several languages the first of `in_order_of_language`; or nothing."""
        found = self.values.get(predicate)
        if not found:
            return ""
        if len(found) == 1:
            return text_of(found[0])
        chosen, *others = in_order_of_language(found)
        for other in others:
            if language_of(other) == language_of(chosen) and text_of(other) != text_of(chosen):
                language = language_of(chosen)
                in_language = f" in the language {language!r}" if language else ""
                values = f"{_shown(text_of(chosen))} and {_shown(text_of(other))}"
                raise self.refuse(predicate, f"has two values{in_language}, {values}; keep one")
        return text_of(chosen)

    def first_text(self, predicate: str) -> str:
        """Return the first value in `in_order_of_language` as text, of however many; empty where there is none."""
        return text_of(in_order_of_language(self.values[predicate])[0]) if predicate in self else ""

    def label(self, predicate: str) -> str:
        """Return the one value as text, see `text`; refuse where there is none."""
        if predicate not in self:
            raise self._error(f"{ns.compress(self.iri)} must have one {ns.compress(predicate)}, and has 0", predicate)
        for value in self.values[predicate]:
            if not is_literal(value):
                raise self.refuse(predicate, f"must be a text, not the thing {_shown(ns.compress(text_of(value)))}")
        text = self.text(predicate)
        if not any(character.isprintable() and not character.isspace() for character in text):
            raise self.refuse(predicate, "is empty; write the words that the thing goes by")
        return text

    def other_texts(self, predicate: str) -> tuple[str, ...]:
        """Return the values that `text` does not return."""
        return tuple(text for text in self.texts(predicate) if text != self.text(predicate))

    def need(self, predicate: str) -> str:
        """Return the one value as text."""
        return text_of(self._only(predicate))

    def _only(self, predicate: str) -> Any:
        found = self.values.get(predicate, ())
        if len(found) != 1:
            text = f"{ns.compress(self.iri)} must have one {ns.compress(predicate)}, and has {len(found)}"
            raise self._error(text, predicate)
        return found[0]

    # --- numbers ------------------------------------------------------------------------------------------------------

    def boolean(self, predicate: str) -> bool:
        """Return true or false (also written 1 or 0); false where nothing is said."""
        if not self.values.get(predicate):
            return False
        value = boolean_of(self._only(predicate))
        if value is None:
            raise self.refuse(predicate, f"must be true or false, not {self._written(predicate)}")
        return value

    def number(self, predicate: str, low: float = -math.inf, high: float = math.inf) -> float:
        """Return a finite number from `low` to `high`."""
        value = number_of(self._only(predicate))
        if value is None:
            raise self.refuse(predicate, f"must be a finite number, not {self._written(predicate)}")
        if not low <= value <= high:
            bounds = f"at least {low:g}" if high == math.inf else f"from {low:g} to {high:g}"
            raise self.refuse(predicate, f"must be {bounds}, not {_shown(self.need(predicate))}")
        return value

    def maybe_number(self, predicate: str, low: float = -math.inf, high: float = math.inf) -> float | None:
        """Return a number, see `number`; None where there is none."""
        return self.number(predicate, low, high) if self.values.get(predicate) else None

    def maybe_whole(self, predicate: str, low: int = 0, high: int = 10**12) -> int | None:
        """Return a whole number from `low` to `high`; None where there is none."""
        if not self.values.get(predicate):
            return None
        value = whole_of(self._only(predicate))
        if value is None:
            raise self.refuse(predicate, f"must be a whole number, not {self._written(predicate)}")
        if not low <= value <= high:
            raise self.refuse(predicate, f"must be from {low} to {high}, not {_shown(self.need(predicate))}")
        return value

    def maybe_count(self, predicate: str) -> int | None:
        """Return how many there were, at least 1; None where nothing is said."""
        return self.maybe_whole(predicate, 1)

    def maybe_year(self, predicate: str) -> int | None:
        """Return the year (of four digits) of a year, month, day or moment; None where there is none."""
        if predicate not in self:
            return None
        value = year_of(self._only(predicate))
        if value is None or value < _FIRST_YEAR:
            example = 'a year of four digits such as "2016"^^xsd:gYear, or a date such as "2016-05-01"^^xsd:date'
            raise self.refuse(predicate, f"must be {example}, not {self._written(predicate)}")
        return value

    def _written(self, predicate: str) -> str:
        """Return the one value as an error shows it when it cannot be read: its text, and its type, which may be why."""
        term = self._only(predicate)
        if not is_literal(term):
            return f"the thing {_shown(ns.compress(text_of(term)))}"
        if term.language is not None:
            return f"{_shown(term.value)}@{term.language}"
        kind = ns.compress(term.datatype.value)
        return _shown(term.value) if kind == "xsd:string" else f"{_shown(term.value)} ({kind})"

    # --- things -------------------------------------------------------------------------------------------------------

    def term(self, predicate: str, terms: type[_Term]) -> _Term:
        """Return the member of a closed set whose IRI the one value is."""
        return self._member(predicate, self._only(predicate), terms)

    def maybe_term(self, predicate: str, terms: type[_Term]) -> _Term | None:
        """Return a member of a closed set; None where there is none."""
        return self.term(predicate, terms) if self.values.get(predicate) else None

    def all_terms(self, predicate: str, terms: type[_Term]) -> tuple[_Term, ...]:
        """Return the members of a closed set whose IRIs the values are."""
        return tuple(self._member(predicate, value, terms) for value in sorted(self.values.get(predicate, ()), key=text_of))

    def _member(self, predicate: str, value: Any, terms: type[_Term]) -> _Term:
        members = _members(terms)
        try:
            return members[value]  # type: ignore[no-any-return]  # a cache forgets the type
        except KeyError:
            known = ", ".join(ns.compress(term.value) for term in members)
            raise self.refuse(predicate, f"cannot be {_shown(ns.compress(text_of(value)))}; it must be one of {known}") from None

    def thing(self, predicate: str) -> str:
        """Return the IRI, or the name of the blank node, that the one value is."""
        value = self._only(predicate)
        if is_literal(value):
            raise self.refuse(predicate, f"must be the IRI of a thing, not the text {_shown(text_of(value))}")
        return text_of(value)

    def one_of(self, predicate: str, things: Mapping[str, _T]) -> _T:
        """Return the thing that the one value names."""
        return self._known(predicate, self._only(predicate), things)

    def all_of(self, predicate: str, things: Mapping[str, _T]) -> tuple[_T, ...]:
        """Return the things that the values name."""
        return tuple(self._known(predicate, value, things) for value in sorted(self.values.get(predicate, ()), key=text_of))

    def _known(self, predicate: str, value: Any, things: Mapping[str, _T]) -> _T:
        if is_literal(value):
            raise self.refuse(predicate, f"must be the IRI of a thing, not the text {_shown(text_of(value))}")
        try:
            return things[text_of(value)]
        except KeyError:
            name = ns.compress(_shorten(text_of(value)))
            raise self.refuse(predicate, f"is {name}, which is described nowhere") from None


@cache
def _members(terms: type[Enum]) -> dict[Any, Any]:
    return {ox.NamedNode(term.iri): term for term in terms}  # type: ignore[attr-defined]  # every closed set of the model has IRIs


def read_nodes(triples: Iterable[Iterable[Any]]) -> dict[str, Node]:
    """Return every thing that some quads describe, by IRI."""
    nodes: dict[str, Node] = {}
    for subject, predicate, object_, _ in triples:
        name = text_of(subject)
        node = nodes.get(name)
        if node is None:
            node = nodes[name] = Node(name)
        node.values[predicate.value].append(object_)
    return nodes


def _shown(text: str) -> str:
    return repr(_shorten(text))


def _shorten(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
