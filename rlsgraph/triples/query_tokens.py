"""Part the text of a query into tokens, in one pass: what refuses a query and what reshapes one see the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Whatever may contain a keyword's letters without meaning it comes before bare words.
TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | \b(?i:PREFIX)\s+(?P<prefix>[\w.-]*):\s*<(?P<base>[^<>"{}|^`\\\x00-\x20]*)>
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>\"{3}(?:\\.|\"{0,2}[^\"\\])*\"{3} | '{3}(?:\\.|'{0,2}[^'\\])*'{3}
          | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*')
      | (?P<variable>[?$]\w+)
      | (?P<name>[\w.-]*:[\w.:%\\-]*)
      | (?P<word>[\w.-]+)
      | (?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)
"""One token, its kind the name of the group; a whole `PREFIX a: <b>` is one, with the groups `prefix` and `base`."""


def iter_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each token begins, and the token; comments are left out, and a PREFIX declaration comes as its three parts."""
    for token in TOKEN.finditer(text):
        if token["base"] is not None:
            yield token.start(), token[0][: len("PREFIX")]
            yield token.start("prefix"), f"{token['prefix']}:"
            yield token.start("base") - 1, f"<{token['base']}>"
        elif not token["comment"]:
            yield token.start(), token[0]
