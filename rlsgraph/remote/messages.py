"""Read what a server says of an error, whatever it says it in, as one plain line."""

from __future__ import annotations

import html
import json
import re

_LIMIT = 300
_KEYS = ("exception", "detailedMessage", "detail", "message", "error", "title")
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_ECHO = re.compile(r"\bSPARQL query:", re.IGNORECASE)


def plain_message(media_type: str, body: bytes) -> str:
    """Return the reason that a body gives, in at most 300 characters; empty where there is none.

    >>> plain_message("text/html", b"<h1>No</h1> <p>such&nbsp;page</p>")
    'No such page'
    >>> plain_message("application/json", b'{"exception": "Invalid SPARQL"}')
    'Invalid SPARQL'
    """
    text = body.decode("utf-8", errors="replace")
    if "json" in media_type:
        text = _from_json(text)
    elif "html" in media_type or "xml" in media_type or text.lstrip().startswith("<"):
        text = html.unescape(_TAG.sub(" ", text))
    text = _ECHO.split(text)[0]  # Virtuoso repeats the whole query
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return words if len(words) <= _LIMIT else words[: _LIMIT - 1] + "…"


def _from_json(text: str) -> str:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return text
    found = [said[key] for key in _KEYS if isinstance(said.get(key), str)] if isinstance(said, dict) else []
    return found[0] if found else text
