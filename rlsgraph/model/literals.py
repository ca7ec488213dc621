"""Read what an RDF term stands for: truth, a number, a year, text in a language. What it cannot stand for is None."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Set
from datetime import date
from typing import Any

from rlsgraph.model import namespaces as ns

_WHOLE_TYPES = frozenset(
    ns.XSD + name
    for name in (
        *("string", "integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
_NUMBER_TYPES = _WHOLE_TYPES | {ns.XSD + name for name in ("decimal", "double", "float")}
_BOOLEAN_TYPES = _WHOLE_TYPES | {ns.XSD + "boolean"}
_YEAR_TYPES = _WHOLE_TYPES | {ns.XSD + name for name in ("gYear", "gYearMonth", "date", "dateTime", "dateTimeStamp")}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?:[01][0-9]|2[0-4]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?)?)?)?"
    r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
)
"""The forms of XSD's gYear, gYearMonth, date and dateTime, each with or without a time zone; years of four digits alone."""

_LONGEST_WHOLE = 4_000
"""Python reads whole numbers of no more than 4,300 digits."""


def text_of(term: Any) -> str:
    """Return the text of a literal, or the IRI of what is no literal."""
    return str(getattr(term, "value", term))


def is_literal(term: Any) -> bool:
    """Return whether a term is a literal, and so names no thing."""
    return hasattr(term, "datatype")


def _lexical(term: Any, types: Set[str]) -> str:
    """Return the text of a literal of one of the types; empty for anything else, which no number's text is."""
    datatype = getattr(term, "datatype", None)
    return "" if datatype is None or datatype.value not in types else term.value


def boolean_of(term: Any) -> bool | None:
    """Return true or false, also written 1 or 0."""
    return _BOOLEANS.get(_lexical(term, _BOOLEAN_TYPES))


def number_of(term: Any) -> float | None:
    """Return a finite number."""
    text = _lexical(term, _NUMBER_TYPES)
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    return value if math.isfinite(value) else None


def whole_of(term: Any) -> int | None:
    """Return a whole number of at most 4,000 digits."""
    text = _lexical(term, _WHOLE_TYPES)
    return int(text) if len(text) <= _LONGEST_WHOLE and _WHOLE.fullmatch(text) else None


def year_of(term: Any) -> int | None:
    """Return the year of a year, a month, a day or a moment, whatever its time zone.

    >>> from pyoxigraph import Literal
    >>> year_of(Literal("2016-05")), year_of(Literal("2016Z")), year_of(Literal("2016.5"))
    (2016, 2016, None)
    """
    found = _DATE.fullmatch(_lexical(term, _YEAR_TYPES))
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)).year
    except ValueError:  # no such day
        return None


def in_order_of_language(terms: Iterable[Any]) -> list[Any]:
    """Return texts with those in English first, then those without a language, then the others by the name of the language.

    >>> from pyoxigraph import Literal
    >>> [text_of(t) for t in in_order_of_language([Literal("Eisen", language="de"), Literal("iron", language="en")])]
    ['iron', 'Eisen']
    """
    return sorted(terms, key=_language_rank)


def _language_rank(term: Any) -> tuple[int, str, str]:
    tag = language_of(term)
    rank = 0 if tag == "en" else 1 if tag.startswith("en-") else 2 if not tag else 3
    return rank, tag, text_of(term)


def language_of(term: Any) -> str:
    """Return the language of a text in lower case; empty where it says none."""
    return (getattr(term, "language", None) or "").lower()
