"""Write pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def plain(text: str) -> str:
    """Return a text in one line that Markdown and HTML show as it is.

    >>> plain("a < b | `c`")
    'a &lt; b \\\\| `c`'
    """
    return escape(" ".join(text.split()), quote=False).replace("|", "\\|").replace("*", "\\*")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are Markdown already.

    >>> print(table(("a", "b"), [("1", "2")]))
    | a | b |
    | --- | --- |
    | 1 | 2 |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
