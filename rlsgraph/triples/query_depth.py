"""Bound how deep a query is nested before an engine sees it: engines read and run it by recursion, and end the process."""

from __future__ import annotations

import re
from itertools import islice

from rlsgraph.errors import QueryRefusedError
from rlsgraph.triples.query_tokens import TOKEN, may_hold_a_comparison

MAX_NESTING = 200
"""So many brackets may be open at once; at 8 MiB of stack, pyoxigraph's reader ends at about 830."""

MAX_CHAIN = 1_000
"""So many operators and patterns may stand in one chain, which engines read as nested too; pyoxigraph ends at about 2,500."""

_OPENING = r"[({\[]|<<"
_CHAINING = r"optional|minus|union|filter|bind|values|graph|lateral|exists|not|in"
_LINK = rf"[-+*/|!^&{{]|(?i:{_CHAINING})"
_ENDING_IN_A_LINK = rf"(?i:.*(?:{_CHAINING}))"
_CLOSING = {"(": ")", "{": "}", "[": "]", "<<": ">>"}


def refuse_deep_nesting(text: str) -> None:
    """Raise `QueryRefusedError` where brackets, or chains of operators and patterns, go deeper than the limits.

    A text that is too short for that, as nearly all are, is not taken apart.
    """
    if len(text) <= MAX_NESTING:
        return
    if not _has(_OPENING, text, MAX_NESTING) and (len(text) <= MAX_CHAIN or not _has(_LINK, text, MAX_CHAIN)):
        return
    if may_hold_a_comparison(text):
        raise QueryRefusedError(
            "the query is long, and a `<` in it may begin an IRI or compare; write a blank behind what compares"
        )
    levels: list[tuple[str, int]] = []
    outer = own = 0  # links of the chains around this level, and of its own
    for token in TOKEN.finditer(text):
        own += _links(token)
        sign = _bracket(token)
        if sign in _CLOSING:
            levels.append((sign, own))
            outer, own = outer + own, 0
        elif levels and sign in _CLOSING.values():
            _, own = levels.pop()
            outer -= own
        elif levels and sign in (",", ";") and levels[-1][0] != "{":  # what follows begins a chain of its own
            own = 0
        if len(levels) > MAX_NESTING:
            raise QueryRefusedError(f"line {_line(token)}: the query is nested more than {MAX_NESTING} deep")
        if outer + own > MAX_CHAIN:
            raise QueryRefusedError(
                f"line {_line(token)}: more than {MAX_CHAIN:,} operators or patterns are chained; use VALUES or ask in parts"
            )


def _has(pattern: str, text: str, more_than: int) -> bool:
    return next(islice(re.finditer(pattern, text), more_than, None), None) is not None


def _links(token: re.Match[str]) -> int:
    """Return how many links of a chain a token may be."""
    written = token[0]
    match token.lastgroup:
        case "other":
            return written in "+*/|!&{" or (written == "^" and not _is_doubled(token))
        case "word":  # 1-1-1 comes as one word here, and a keyword may follow a number without a blank
            return written.count("-") + bool(re.fullmatch(_ENDING_IN_A_LINK, written))
        case "name":  # true-1-1:a too, whose prefix is none
            return written.partition(":")[0].count("-")
        case _:
            return 0


def _is_doubled(token: re.Match[str]) -> bool:
    """Say whether a sign is half of two, as in `"1"^^xsd:integer`."""
    return token[0] in (token.string[token.start() - 1 : token.start()], token.string[token.end() : token.end() + 1])


def _bracket(token: re.Match[str]) -> str:
    """Return a token, `<<` and `>>` as one sign."""
    written = token[0]
    return written * 2 if written in ("<", ">") and token.string.startswith(written, token.end()) else written


def _line(token: re.Match[str]) -> int:
    return token.string.count("\n", 0, token.start()) + 1
