"""Find the chains in which the terms of JSON-LD contexts are defined by each other: an engine follows them by recursion."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from mmap import mmap
from typing import Any

_TEXT = re.compile(rb'"((?:[^"\\]|\\.)*+)"(\s*+:)?', re.DOTALL)
_HARMLESS = 1_000
"""So many terms in a chain are no danger yet: pyoxigraph ends with the process at some 5,000."""


def has_long_chains(text: bytes | mmap, most: int) -> bool:
    """Say whether a term of a context is defined by another, and that by another, more than `most` times, or in a circle.

    A chain has no more links than the text has names, and few texts have so many: only those are taken apart.
    """
    names = {found[1] for found in _TEXT.finditer(text) if found[2]}
    if len(names) <= most:
        return False
    try:
        read = json.loads(text[:], strict=False, parse_int=str, object_pairs_hook=_all_said)
    except ValueError:  # the engine says it better, and comes to the end of so few
        return len(names) > _HARMLESS
    return any(_longest(context) > most for context in _contexts(read))


def _all_said(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; of a name that comes twice, all values."""
    said: dict[str, Any] = {}
    for name, value in pairs:
        said[name] = [said[name], value] if name in said else value
    return said


def _contexts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield each object that defines terms, wherever it stands."""
    waiting = [(value, False)]
    while waiting:
        one, is_context = waiting.pop()
        if isinstance(one, dict):
            waiting += ((inner, name == "@context") for name, inner in one.items())
            if is_context:
                yield one
        elif isinstance(one, list):
            waiting += ((inner, is_context) for inner in one)


def _longest(context: Mapping[str, Any]) -> float:
    """Return how many terms stand in the longest chain; without bound where they stand in a circle."""
    needs = {term: {name for name in _names_in(term, said) if name in context and name != term} for term, said in context.items()}
    depth: dict[str, int] = {}
    try:
        for term in TopologicalSorter(needs).static_order():
            depth[term] = 1 + max((depth[name] for name in needs[term]), default=0)
    except CycleError:
        return float("inf")
    return max(depth.values(), default=0)


def _names_in(term: str, said: Any) -> Iterator[str]:
    """Yield the names by which a term may be defined."""
    waiting = [term, said]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            yield one.partition(":")[0]
        elif isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
