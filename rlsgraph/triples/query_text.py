"""Read the text of a query: its names, the graphs that it asks for, the words that would lead out of the store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pyoxigraph as ox

from rlsgraph.errors import QueryRefusedError
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.query_depth import refuse_deep_nesting
from rlsgraph.triples.query_tokens import TOKEN, declared_prefixes, may_hold_a_comparison

MAX_QUERY_CHARS = 1_000_000

# These are compiled where a query needs them, and most do not (benchmarks/startup.py).
_DOTTED_NAME = r"([\w-]*):([\w-]+(?:\.[\w-]+){2,})(\.*)"
_PLAIN_NAME = r"([\w.-]*):((?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)*(?:\.(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)+)*)(\.*)"
_SERVICE = "SERVICE would send part of the query to another server"
_LETTERS = "(?ia)service"
ESCAPED = r"(?ia)(?<=s)\\u00[46]5(?=rvice)"
"""What a letter became in the text that the engine gets …"""

ESCAPE_CHARS = 5
"""… and by how much that is longer."""

_SECOND_LETTER = "(?ia)(?<=s)e(?=rvice)"
_IN_VARIABLES = r"[?$]\w+"
_SILENT = "(?ia)silent"


def refuse_outside_access(text: str) -> None:
    """Raise `QueryRefusedError` where a query would leave this graph, or is longer or nested deeper than the limit."""
    safe = without_service(text)
    if safe is not text and not _parses(safe):
        refuse_hidden_service(text)


def without_service(text: str) -> str:
    """Return a query in which no engine can find the keyword SERVICE; raise `QueryRefusedError` where it is meant.

    An engine may part a text in other places than this module does: `FILTER(?a<2)#>` holds a comparison and a comment, or
    else an IRI. So the seven letters are in no text that an engine gets, but directly behind the `?` or `$` of a variable,
    where no reading of the grammar begins a word. In strings, IRIs and comments one letter is escaped: that means the same in
    all three, and is an error anywhere else. A prefixed name is spelt out as its IRI, which would mean another thing inside a
    string; so it is refused where an IRI of the text might be read as a comparison, after which strings and names change
    places.
    """
    if len(text) > MAX_QUERY_CHARS:
        raise QueryRefusedError(f"the query is longer than {MAX_QUERY_CHARS:,} characters")
    refuse_deep_nesting(text)
    lower = text.lower()
    if "service" not in lower and "load" not in lower:
        return text
    bases, is_ambiguous = declared_prefixes(text), may_hold_a_comparison(text)

    def disarm(token: re.Match[str]) -> str:
        written = token[0]
        if written.upper() == "LOAD":
            raise QueryRefusedError(f"line {_line(token)}: LOAD would fetch a file; this graph is read-only")
        if not re.search(_LETTERS, written) or token.lastgroup == "variable":
            return written
        if token.lastgroup in ("iri", "string", "comment"):
            return _escaped(written)
        if token["base"] is not None and not re.search(_LETTERS, token["prefix"]):
            return _escaped(written)
        spelt_out = _without_declaration(token) if token["base"] is not None else _spelt_out(written, _PLAIN_NAME, bases)
        if is_ambiguous:
            raise QueryRefusedError(
                f"line {_line(token)}: {_SERVICE}; write the name {written} as an IRI in full, and a blank behind each `<` that "
                "compares"
            )
        if spelt_out == written:
            remedy = f"; if {written} is a name, write its IRI in full" if token["name"] else ""
            raise QueryRefusedError(f"line {_line(token)}: {_SERVICE}{remedy}")
        return _escaped(spelt_out)

    safe = TOKEN.sub(disarm, text)
    if re.search(_LETTERS, re.sub(_IN_VARIABLES, "", safe)):
        raise QueryRefusedError(_SERVICE)
    return safe


def refuse_hidden_service(text: str) -> None:
    """Raise `QueryRefusedError` where a text that does not parse without the keyword SERVICE would parse with it.

    GRAPH stands in its place, which the grammar allows there too, and which stays at home.
    """
    if re.search(_LETTERS, text) and _parses(re.sub(_SILENT, "", re.sub(_LETTERS, "GRAPH", text))):
        raise QueryRefusedError(f"{_SERVICE}; write a blank behind each `<` that compares")


def spell_out_names(text: str) -> str:
    """Return a query with IRIs in place of prefixed names that have two dots or more (pyoxigraph cannot read them)."""
    bases = declared_prefixes(text)
    if may_hold_a_comparison(text):
        return text
    return TOKEN.sub(lambda token: _spelt_out(token[0], _DOTTED_NAME, bases), text)


def graphs_named_in(text: str) -> Iterator[str]:
    """Yield the IRI of each graph that a query names after FROM or FROM NAMED, resolved against its base."""
    if "from" not in text.lower():
        return
    bases = declared_prefixes(text)
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


def _parses(text: str) -> bool:
    """Say whether the engine can read a query that holds no SERVICE."""
    try:
        ox.Store().query(text, base_iri=ns.BASE, prefixes=ns.PREFIXES)
    except SyntaxError:
        return False
    except (OSError, ValueError, RuntimeError):  # it asks for a function that is not here
        return True
    return True


def _escaped(written: str) -> str:
    return re.sub(_SECOND_LETTER, lambda letter: f"\\u{ord(letter[0]):04x}", written)


def _without_declaration(token: re.Match[str]) -> str:
    """Return the line ends of a prefix declaration: each name that has the prefix is spelt out, so it is needed no more."""
    return "".join(sign if sign in "\r\n" else " " for sign in token[0])


def _spelt_out(written: str, names: str, bases: dict[str, str]) -> str:
    """Return the IRI of a prefixed name of that form whose prefix is known; anything else as it is written."""
    name = re.fullmatch(names, written)
    if name is None or name[1] not in bases:
        return written
    local = re.sub(r"\\(.)", r"\1", name[2])
    return f"<{bases[name[1]]}{local}>{name[3]}"


def _line(token: re.Match[str]) -> int:
    return token.string.count("\n", 0, token.start()) + 1
