"""Say what each confidence level of the shipped graph has been worth: how many of the graded claims experts graded strong."""

from __future__ import annotations

LEVEL_WORTH = {
    "established": (15, 16),
    "supported": (7, 8),
    "emerging": (2, 5),
    "speculative": (5, 7),
    "doubtful": (0, 1),
}
"""Graded strong (B or better), of all graded claims of the level: the table of docs/confidence.md, which a test holds this to."""
