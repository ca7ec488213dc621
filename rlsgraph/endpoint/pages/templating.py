"""Turn templates into HTML: all text is escaped, and cannot turn the text around it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rlsgraph.endpoint.pages.things import path_of
from rlsgraph.explorer.claim_data import conditions_of
from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.page_data import group_word
from rlsgraph.explorer.words import KIND_WORDS, factor_text, in_words, three_digits
from rlsgraph.model import namespaces as ns
from rlsgraph.model.decimals import probability

if TYPE_CHECKING:
    from jinja2 import Environment

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MOST_CHARS = 160


def render(template: str, **values: Any) -> str:
    """Return the HTML that a template makes of the values."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("rlsgraph.endpoint.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(path_of=path_of, key_of=key_of, group_word=group_word, in_words=in_words, curie=ns.compress)
    environment.globals.update(conditions_of=conditions_of, kind_words=KIND_WORDS)
    environment.filters.update(strip_controls=strip_controls, short=short, part=_part, web=web)
    environment.filters.update(two=probability, three=three_digits, percent="{:.0%}".format)
    environment.filters.update(joint=probability, times=factor_text)
    return environment


def strip_controls(text: str) -> str:
    """Return a text without control characters, and without those that turn the direction of the text around them.

    >>> strip_controls("a\u202eb")
    'a b'
    """
    return _UNSEEN.sub(" ", text)


def short(text: str, limit: int = _MOST_CHARS) -> str:
    """Return a text without control characters, of at most `limit` characters, for titles and lists."""
    shown = strip_controls(text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _part(text: str) -> str:
    """Return a text as one part of an address."""
    return quote(text, safe="")


def web(address: str) -> str:
    """Return an address that a link may lead to: http or https; empty for any other.

    >>> web("javascript:alert(1)")
    ''
    """
    return address if re.match(r"https?://", address, re.IGNORECASE) else ""
