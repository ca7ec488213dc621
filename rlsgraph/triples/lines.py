"""Find the line on which a file speaks of a thing, and of one of its properties: engines tell it of syntax errors alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from rlsgraph.model import namespaces as ns

_TOKEN = re.compile(
    r"""
    \#[^\n]*
    | (?P<text> \"{3}(?:[^"\\]++|\\.|\"(?!\"\"))*+\"{3}
              | '{3}(?:[^'\\]++|\\.|'(?!''))*+'{3} | "(?:[^"\\\n]++|\\.)*+" | '(?:[^'\\\n]++|\\.)*+' )
    | (?P<iri> <[^<>\s"{}|^`]*> )
    | (?P<mark> [.;,\[\](){}] )
    | (?P<name> (?:[^\s;,\[\](){}<>"'#.\\]++ | \\. | \.(?=[^\s;,\[\](){}<>"'#]) )++ )
    """,
    re.VERBOSE | re.DOTALL,
)
"""The words of Turtle, TriG and N-Triples: a comment, a text, an IRI, a mark, a name or keyword."""

_OPEN, _CLOSED = "[(", "])"


@dataclass(slots=True)
class Lines:
    """The first line on which each subject, and each property of it, stands."""

    text: str
    found: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, thing: str, predicate: str = "") -> int | None:
        """Return the line of a thing's property, or else of the thing; None where the text does not name it."""
        line = self.found.get((thing, predicate)) or self.found.get((thing, ""))
        return line or _first_mention(self.text, thing)


def read_lines(text: str, *, is_turtle: bool) -> Lines:
    """Return where a text names its subjects; only Turtle and its kin are read word by word."""
    lines = Lines(text)
    if is_turtle:
        breaks = [match.start() for match in re.finditer("\n", text)]
        for thing, predicate, place in _mentions(text):
            lines.found.setdefault((thing, predicate), bisect_right(breaks, place) + 1)
    return lines


def _mentions(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each subject, and each property of each subject, with its place in the text."""
    prefixes: dict[str, str] = {}
    subject, role, depth = "", "subject", 0
    declared: list[str] | None = None
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup, match.group()
        if kind is None:
            continue
        if declared is not None:
            declared.append(word)
            if kind == "iri":
                prefixes[declared[0].removesuffix(":")] = word[1:-1]
                declared = None
            continue
        if kind == "mark":
            depth += (word in _OPEN) - (word in _CLOSED)
            if word in "{}" or (word == "." and depth <= 0):
                role, depth = "subject", 0
            elif word == ";" and depth == 0:
                role = "predicate"
            elif word == "[" and depth == 1 and role == "subject":
                subject, role = "", "predicate"
            continue
        if depth > 0:
            continue
        if kind == "name" and role == "subject" and word.lower() in ("@prefix", "prefix", "@base", "base"):
            declared = []
            continue
        if role == "subject" and kind != "text":
            subject, role = _expand(word, prefixes), "predicate"
            yield subject, "", match.start()
        elif role == "predicate" and kind != "text":
            role = "object"
            if subject:
                yield subject, ns.RDF + "type" if word == "a" else _expand(word, prefixes), match.start()


def _expand(word: str, prefixes: dict[str, str]) -> str:
    if word.startswith("<"):
        return word[1:-1]
    prefix, colon, local = word.partition(":")
    if not colon:
        return word
    return prefixes.get(prefix, f"{prefix}:") + (re.sub(r"\\(.)", r"\1", local) if "\\" in local else local)


def _first_mention(text: str, thing: str) -> int | None:
    """Return the line that first holds a thing's IRI, or else the last part of it as a word."""
    if not thing or thing == "[]":
        return None
    place = text.find(thing)
    if place < 0:
        last = re.search(rf"(?<![\w.-]){re.escape(ns.slug_of(thing))}(?![\w-])", text)
        place = last.start() if last else -1
    return None if place < 0 else text.count("\n", 0, place) + 1
