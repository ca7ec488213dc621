"""Read the text of a query: its names, the graphs that it asks for, the words that would lead out of the store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from rlsgraph.errors import QueryRefusedError
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.query_tokens import TOKEN

MAX_QUERY_CHARS = 1_000_000

_DOTTED_NAME = re.compile(r"([\w-]*):([\w-]+(?:\.[\w-]+){2,})(\.*)")
_PLAIN_NAME = re.compile(r"([\w.-]*):([\w:-]*(?:\.[\w:-]+)*)(\.*)")
_SERVICE = "SERVICE would send part of the query to another server"


def refuse_outside_access(text: str) -> None:
    """Raise `QueryRefusedError` where a query would leave this graph, or is longer than the limit."""
    without_service(text)


def without_service(text: str) -> str:
    """Return a query in which no engine can find the keyword SERVICE; raise `QueryRefusedError` where it is meant.

    An engine may part a text in other places than this module does: `FILTER(?a<2)#>` holds a comparison and a comment, or
    else an IRI. So the letters stay only in variables, IRIs and prefix declarations, after which no `{` can follow; in
    strings one letter is escaped, which is an error outside of a string; comments with them go, prefixed names are spelt out.
    """
    if len(text) > MAX_QUERY_CHARS:
        raise QueryRefusedError(f"the query is longer than {MAX_QUERY_CHARS:,} characters")
    lower = text.lower()
    if "service" not in lower and "load" not in lower:
        return text
    bases = _bases(text)

    def disarm(token: re.Match[str]) -> str:
        written = token[0]
        if written.upper() == "LOAD":
            raise QueryRefusedError(f"line {_line(token)}: LOAD would fetch a file; this graph is read-only")
        if "service" not in written.lower() or token.lastgroup in ("iri", "variable", "base"):
            return written
        if token["comment"]:
            return "#"
        if token["string"]:
            return re.sub("(?i)(?<=s)e(?=rvice)", lambda letter: f"\\u{ord(letter[0]):04x}", written)
        spelt_out = _spelt_out(written, _PLAIN_NAME, bases)
        if spelt_out == written:
            remedy = f"; if {written} is a name, write its IRI in full" if token["name"] else ""
            raise QueryRefusedError(f"line {_line(token)}: {_SERVICE}{remedy}")
        return spelt_out

    return TOKEN.sub(disarm, text)


def spell_out_names(text: str) -> str:
    """Return a query with IRIs in place of prefixed names that have two dots or more (pyoxigraph cannot read them)."""
    bases = _bases(text)
    return TOKEN.sub(lambda token: _spelt_out(token[0], _DOTTED_NAME, bases), text)


def graphs_named_in(text: str) -> Iterator[str]:
    """Yield the IRI of each graph that a query names after FROM or FROM NAMED, resolved against its base."""
    if "from" not in text.lower():
        return
    bases = _bases(text)
    base, last = ns.BASE, ""
    for token in TOKEN.finditer(text):
        word, written = (token["word"] or "").upper(), token[0]
        if word == "NAMED" or token["comment"] or token["other"]:
            continue
        if last == "BASE":
            base = urljoin(base, written[1:-1])
        elif last == "FROM":
            prefix, _, local = written.partition(":")
            yield urljoin(base, written[1:-1] if token["iri"] else bases.get(prefix, prefix + ":") + local)
        last = word


def _bases(text: str) -> dict[str, str]:
    """Return the IRI that each prefix stands for."""
    declared = {token["prefix"]: token["base"] for token in TOKEN.finditer(text) if token["prefix"] is not None}
    return {**ns.PREFIXES, **declared}


def _spelt_out(written: str, names: re.Pattern[str], bases: dict[str, str]) -> str:
    """Return the IRI of a prefixed name of that form whose prefix is known; anything else as it is written."""
    name = names.fullmatch(written)
    return f"<{bases[name[1]]}{name[2]}>{name[3]}" if name and name[1] in bases else written


def _line(token: re.Match[str]) -> int:
    return token.string.count("\n", 0, token.start()) + 1
