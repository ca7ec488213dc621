"""Say an answer briefly, since an assistant reads all of it: few digits, and nothing of what is not so or not known."""

from __future__ import annotations

from typing import Any

DIGITS = 4
"""Digits that a number keeps."""


def brief(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with all of its parts, and in them only what is said.

    >>> brief({"claims": [{"score": 0.123456, "polarity": 0, "contested": False, "unit": "", "p": None}], "left_out": 0})
    {'claims': [{'score': 0.1235, 'polarity': 0}], 'left_out': 0}
    """
    return {name: _short(value) for name, value in answer.items()}


def _short(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {name: _short(part) for name, part in value.items() if not _is_nothing(part)}
    if isinstance(value, list | tuple):
        return [_short(part) for part in value]
    return value


def _is_nothing(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, str | list | tuple | dict) and not value)
