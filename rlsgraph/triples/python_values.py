"""Read RDF terms as plain Python values."""

from __future__ import annotations

import math
import re
from typing import Any

from rlsgraph.model import namespaces as ns

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_WHOLE_NUMBERS = frozenset(
    (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_LONGEST_WHOLE = 1000
"""Longer ones stay text: Python itself refuses to read a number of more than some thousand digits."""
_DECIMAL = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_FLOATING = _DECIMAL + r"(?:[eE][+-]?[0-9]+)?"
_NUMBERS = {"decimal": _DECIMAL, "double": _FLOATING, "float": _FLOATING}
_NOT_FINITE = {"INF": math.inf, "+INF": math.inf, "-INF": -math.inf, "NaN": math.nan}


def to_python(term: Any) -> str | int | float | bool:
    """Return an RDF term as the Python value that it stands for.

    IRIs, other literals, and those that are no value of their type (`"n/a"^^xsd:double`) become text.
    """
    kind = getattr(getattr(term, "datatype", None), "value", "").removeprefix(ns.XSD)
    text = str(getattr(term, "value", term))
    if kind == "boolean":
        return _BOOLEANS.get(text, text)
    if kind in _WHOLE_NUMBERS:
        return int(text) if len(text) <= _LONGEST_WHOLE and re.fullmatch(r"[+-]?[0-9]+", text) else text
    if kind in ("double", "float") and text in _NOT_FINITE:
        return _NOT_FINITE[text]
    number = _NUMBERS.get(kind)
    return float(text) if number and re.fullmatch(number, text) else text
