"""Part the text of a query into tokens, in one pass: what refuses a query and what reshapes one see the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rlsgraph.model import namespaces as ns

# Whatever may contain a keyword's letters without meaning it comes before bare words.
TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | \b(?i:PREFIX)\s+(?P<prefix>[\w.-]*):\s*<(?P<base>(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+)>
      | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
      | (?P<string>\"{3}(?:\\.|\"{0,2}[^\"\\])*\"{3} | '{3}(?:\\.|'{0,2}[^'\\])*'{3}
          | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*')
      | (?P<variable>[?$]\w+)
      | (?P<name>[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*+)
      | (?P<word>[\w.-]+)
      | (?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)
"""One token, its kind the name of the group; a whole `PREFIX a: <b>` is one, with the groups `prefix` and `base`."""


_SCHEME = r"<([A-Za-z][A-Za-z0-9+.-]*):"


def declared_prefixes(text: str) -> dict[str, str]:
    """Return the IRI that each prefix stands for, those of the project among them."""
    if "prefix" not in text.lower():
        return ns.PREFIXES
    declared = {token["prefix"]: token["base"] for token in TOKEN.finditer(text) if token["prefix"] is not None}
    return {**ns.PREFIXES, **declared}


def may_hold_a_comparison(text: str) -> bool:
    """Say whether a `<` that begins an IRI here may be a comparison to an engine, so that strings or comments begin elsewhere.

    An absolute IRI cannot be one: its scheme is no prefix, so nothing is there to compare with. Nor does an IRI without `#`
    and `'` change where anything begins.
    """
    prefixes: dict[str, str] | None = None
    for token in TOKEN.finditer(text):
        iri = token["iri"]
        if iri and ("#" in iri or "'" in iri):
            prefixes = prefixes or declared_prefixes(text)
            scheme = re.match(_SCHEME, iri)
            if scheme is None or scheme[1] in prefixes:
                return True
    return False


def iter_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each token begins, and the token; comments are left out, and a PREFIX declaration comes as its three parts."""
    for token in TOKEN.finditer(text):
        if token["base"] is not None:
            yield token.start(), token[0][: len("PREFIX")]
            yield token.start("prefix"), f"{token['prefix']}:"
            yield token.start("base") - 1, f"<{token['base']}>"
        elif not token["comment"]:
            yield token.start(), token[0]
