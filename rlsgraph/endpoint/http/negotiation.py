"""Choose the media type of an answer by what the client accepts (RFC 9110, 12.5.1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rlsgraph.triples.formats import ASK_FORMATS, GRAPH_FORMATS, RESULT_FORMATS, media_type_of

_OTHER_NAMES = {"json": ("application/json",), "xml": ("application/xml", "text/xml")}
"""Media types that mean a format of rows beside its own: what browsers and simple clients ask for."""

RESULT_TYPES: dict[str, str] = {
    media_type: name
    for name, format_ in RESULT_FORMATS.items()
    for media_type in (media_type_of(format_), *_OTHER_NAMES.get(name, ()))
}
"""Media types of rows, in order of preference, with the format that each means."""

GRAPH_TYPES: dict[str, str] = {media_type_of(format_): name for name, format_ in GRAPH_FORMATS.items()}
"""Media types of triples, in order of preference."""

_ASK_TYPES = tuple(media for media, name in RESULT_TYPES.items() if name in ASK_FORMATS)


class Offer(NamedTuple):
    """A format, and the value of Content-Type that goes with it."""

    format_name: str
    content_type: str


class Choice(NamedTuple):
    """What a client takes best for rows, for yes or no, and for triples; None where it takes nothing that there is."""

    rows: Offer | None
    ask: Offer | None
    graph: Offer | None

    @property
    def names(self) -> tuple[str | None, str | None, str | None]:
        """The names of the formats."""
        rows, ask, graph = (offer.format_name if offer else None for offer in self)
        return rows, ask, graph


@lru_cache(maxsize=256)
def choose_formats(accept: str) -> Choice:
    """Return the best format for each kind of answer."""
    return Choice(_offer(accept, tuple(RESULT_TYPES)), _offer(accept, _ASK_TYPES), _offer(accept, tuple(GRAPH_TYPES)))


def _offer(accept: str, media_types: Sequence[str]) -> Offer | None:
    best = best_media_type(accept, media_types)
    if best is None:
        return None
    format_name = RESULT_TYPES.get(best) or GRAPH_TYPES[best]
    return Offer(format_name, f"{best}; charset=utf-8" if _needs_charset(best) else best)


def _needs_charset(media_type: str) -> bool:
    """Say whether the encoding must be stated: of text, but of XML, which states its own."""
    return media_type.startswith("text/") and media_type != "text/xml"


def best_media_type(accept: str, offers: Sequence[str]) -> str | None:
    """Return the offer with the highest quality, the first of several; None where the client takes none of them.

    No Accept header (an empty text) takes anything; so does one of which nothing can be read.
    """
    ranges = _parse_accept(accept) or {"*/*": 1.0}
    best = max(offers, key=lambda offer: _quality(offer, ranges), default=None)
    return best if best is not None and _quality(best, ranges) > 0 else None


def _quality(media_type: str, ranges: dict[str, float]) -> float:
    """Return the quality of the most specific range that fits."""
    for fitting in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        if fitting in ranges:
            return ranges[fitting]
    return 0.0


def _parse_accept(accept: str) -> dict[str, float]:
    """Return the quality of each media range; parameters other than q do not tell the offers here apart."""
    ranges: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        if media_range.count("/") != 1:
            continue
        written = next((value.strip() for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "q"), "1")
        try:
            quality = float(written)
        except ValueError:
            continue
        if math.isfinite(quality):
            ranges[media_range] = max(ranges.get(media_range, 0.0), min(1.0, max(0.0, quality)))
    return ranges
