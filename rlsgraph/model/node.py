"""Read the values of one thing by their types: one home for what can be read, one message for what cannot."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns

_T = TypeVar("_T")
_Term = TypeVar("_Term", bound=Enum)

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_LONGEST_NUMBER = 40
_WHOLE = re.compile(r"\+?[0-9]+")


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
        return self.error(f"{ns.compress(self.iri)}: {ns.compress(predicate)} {says}")

    def texts(self, predicate: str) -> tuple[str, ...]:
        """Return all values as text, sorted."""
        return tuple(sorted(str(getattr(value, "value", value)) for value in self.values.get(predicate, ())))

    def text(self, predicate: str) -> str:
        """Return the first value as text; empty where there is none."""
        return self.texts(predicate)[0] if self.values.get(predicate) else ""

    def need(self, predicate: str) -> str:
        """Return the one value as text."""
        found = self.values.get(predicate, ())
        if len(found) != 1:
            raise self.error(f"{ns.compress(self.iri)} must have one {ns.compress(predicate)}, and has {len(found)}")
        return str(getattr(found[0], "value", found[0]))

    def boolean(self, predicate: str) -> bool:
        """Return true or false (also written 1 or 0); false where nothing is said."""
        if predicate not in self:
            return False
        text = self.need(predicate)
        if text not in _BOOLEANS:
            raise self.refuse(predicate, f"must be true or false, not {_shown(text)}")
        return _BOOLEANS[text]

    def number(self, predicate: str, low: float = -math.inf, high: float = math.inf) -> float:
        """Return a finite number from `low` to `high`."""
        text = self.need(predicate)
        try:
            value = float(text) if len(text) <= _LONGEST_NUMBER and "_" not in text else math.nan
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.refuse(predicate, f"must be a finite number, not {_shown(text)}")
        if not low <= value <= high:
            bounds = f"at least {low:g}" if high == math.inf else f"from {low:g} to {high:g}"
            raise self.refuse(predicate, f"must be {bounds}, not {_shown(text)}")
        return value

    def maybe_number(self, predicate: str, low: float = -math.inf, high: float = math.inf) -> float | None:
        """Return a number, see `number`; None where there is none."""
        return self.number(predicate, low, high) if predicate in self else None

    def maybe_whole(self, predicate: str, low: int = 0, high: int = 10**12) -> int | None:
        """Return a whole number from `low` to `high`; None where there is none."""
        if predicate not in self:
            return None
        text = self.need(predicate)
        if not _WHOLE.fullmatch(text) or len(text) > _LONGEST_NUMBER:
            raise self.refuse(predicate, f"must be a whole number, not {_shown(text)}")
        if not low <= int(text) <= high:
            raise self.refuse(predicate, f"must be from {low} to {high}, not {_shown(text)}")
        return int(text)

    def maybe_year(self, predicate: str) -> int | None:
        """Return a year of four digits; None where there is none."""
        return self.maybe_whole(predicate, 1000, 9999)

    def term(self, predicate: str, terms: type[_Term]) -> _Term:
        """Return the member of a closed set whose IRI the one value is."""
        return self._member(predicate, self.need(predicate), terms)

    def maybe_term(self, predicate: str, terms: type[_Term]) -> _Term | None:
        """Return a member of a closed set; None where there is none."""
        return self.term(predicate, terms) if self.values.get(predicate) else None

    def all_terms(self, predicate: str, terms: type[_Term]) -> tuple[_Term, ...]:
        """Return the members of a closed set whose IRIs the values are."""
        return tuple(self._member(predicate, iri, terms) for iri in self.texts(predicate))

    def _member(self, predicate: str, iri: str, terms: type[_Term]) -> _Term:
        members = _members(terms)
        if iri not in members:
            known = ", ".join(map(ns.compress, members))
            raise self.refuse(predicate, f"cannot be {_shown(ns.compress(iri))}; it must be one of {known}")
        return members[iri]  # type: ignore[no-any-return]  # a cache forgets the type

    def one_of(self, predicate: str, things: Mapping[str, _T]) -> _T:
        """Return the thing that the one value names."""
        return self._known(predicate, self.need(predicate), things)

    def all_of(self, predicate: str, things: Mapping[str, _T]) -> tuple[_T, ...]:
        """Return the things that the values name."""
        return tuple(self._known(predicate, iri, things) for iri in self.texts(predicate))

    def _known(self, predicate: str, iri: str, things: Mapping[str, _T]) -> _T:
        try:
            return things[iri]
        except KeyError:
            raise self.refuse(predicate, f"is {ns.compress(iri)}, which is described nowhere") from None


@cache
def _members(terms: type[Enum]) -> dict[str, Any]:
    return {term.iri: term for term in terms}  # type: ignore[attr-defined]  # every closed set of the model has IRIs


def read_nodes(triples: Iterable[tuple[Any, Any, Any, Any]]) -> dict[str, Node]:
    """Return every thing of a store, by IRI."""
    nodes: dict[str, Node] = {}
    for subject, predicate, object_, _ in triples:
        name = str(getattr(subject, "value", subject))
        node = nodes.get(name)
        if node is None:
            node = nodes[name] = Node(name)
        node.values[predicate.value].append(object_)
    return nodes


def _shown(text: str, limit: int = 60) -> str:
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")
