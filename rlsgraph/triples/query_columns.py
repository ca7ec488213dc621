"""Give `SELECT *` its columns in the order in which the query names them: engines have orders of their own."""

from __future__ import annotations

from collections.abc import Sequence

from rlsgraph.triples.query_tokens import TOKEN, may_hold_a_comparison

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def name_columns(text: str, variables: Sequence[str]) -> str:
    """Return a query that names its columns in place of `*`; the same text where it does so, or the order is right already.

    `variables` are those that the engine would give.
    """
    star = _find_star(text) if "*" in text else None
    if star is None or may_hold_a_comparison(text):
        return text
    named = dict.fromkeys(token["variable"][1:] for token in TOKEN.finditer(text, star + 1) if token["variable"])
    ordered = [name for name in named if name in set(variables)]
    if len(ordered) != len(variables) or ordered == list(variables):
        return text
    return f"{text[:star]} {' '.join(f'?{name}' for name in ordered)} {text[star + 1 :]}"


def _find_star(text: str) -> int | None:
    """Return where the `*` of the query itself stands; None where it names its columns, or is no SELECT."""
    has_begun = False
    for token in TOKEN.finditer(text):
        word = (token["word"] or "").upper()
        if not has_begun:
            if word in _FORMS and word != "SELECT":
                return None
            has_begun = word == "SELECT"
        elif not token["comment"] and word not in ("DISTINCT", "REDUCED"):
            return token.start() if token[0] == "*" else None
    return None
