"""Place every entity for the view of everything: columns by group, from those that mostly act to those mostly acted on."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rlsgraph.explorer.drawing import key_of
from rlsgraph.model.things import Claim, DefinitionalLink, Entity

MOST_CLAIMS, MOST_ENTITIES = 1_200, 500
"""A larger graph is drawn by its strongest claims; the page says how many it leaves out."""
_COLUMN, _ROW, _HEAD, _MARGIN = 190, 62, 90, 40
_ASPECT = 1.25
_LEAST_ROWS = 8


def lay_out_everything(
    entities: Iterable[Entity], claims: Sequence[Claim], links: Sequence[DefinitionalLink], group_word: Mapping[str, str]
) -> dict[str, Any]:
    """Return places by entity, heads of columns, the size, the links, and the claims drawn (None: all).

    `group_word` gives an entity's group by its IRI. Groups stand by (claims out - claims in) / (claims out + claims in),
    causes first; within one, entities by label.
    """
    chosen = _strongest(claims)
    drawn = {end.iri for claim in chosen for end in (claim.subject, claim.object)}
    is_whole = len(chosen) == len(claims)
    kept = [entity for entity in entities if is_whole or entity.iri in drawn]
    inside = {entity.iri for entity in kept}
    columns: dict[str, list[Entity]] = defaultdict(list)
    for entity in kept:
        columns[group_word[entity.iri]].append(entity)
    order = _causal_order(chosen, group_word)
    rows = max(_LEAST_ROWS, math.ceil(math.sqrt(len(kept) * _COLUMN / _ROW / _ASPECT)))
    places: dict[str, list[int]] = {}
    heads: list[list[Any]] = []
    column = 0
    for index, group in enumerate(sorted(columns, key=lambda group: (order.get(group, 1.0), group))):
        members = sorted(columns[group], key=lambda entity: (entity.label.casefold(), entity.iri))
        heads.append([group or "no group", _MARGIN + column * _COLUMN + _COLUMN // 2, _HEAD // 4 + index % 2 * (_HEAD // 2)])
        for number, entity in enumerate(members):
            at, row = divmod(number, rows)
            places[key_of(entity.iri)] = [_MARGIN + (column + at) * _COLUMN + _COLUMN // 2, _HEAD + row * _ROW + _ROW // 2]
        column += -(-len(members) // rows)
    return {
        "places": places,
        "heads": heads,
        "size": [max(column, 1) * _COLUMN + 2 * _MARGIN, _HEAD + rows * _ROW],
        "claims": None if is_whole else [key_of(claim.iri) for claim in chosen],
        "links": [key_of(link.iri) for link in links if {link.subject.iri, link.object.iri} <= inside],
    }


def _strongest(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with the highest scores, as many as there is room for, by IRI."""
    chosen: list[Claim] = []
    ends: set[str] = set()
    for claim in sorted(claims, key=lambda claim: (-claim.score, claim.iri)):
        both = {claim.subject.iri, claim.object.iri}
        if len(chosen) < MOST_CLAIMS and len(ends | both) <= MOST_ENTITIES:
            ends |= both
            chosen.append(claim)
    return sorted(chosen)


def _causal_order(claims: Iterable[Claim], group_word: Mapping[str, str]) -> dict[str, float]:
    out: Counter[str] = Counter()
    into: Counter[str] = Counter()
    for claim in claims:
        start, end = group_word[claim.subject.iri], group_word[claim.object.iri]
        if claim.predicate.is_causal and start != end:
            out[start] += 1
            into[end] += 1
    return {group: (into[group] - out[group]) / (into[group] + out[group]) for group in sorted({*out, *into})}
