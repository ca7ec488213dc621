"""Fold steps that hold by definition into the name of the entity that they lead from: `RLS risk (part of RLS symptoms)`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rlsgraph.explorer.drawing import Leg, step_id
from rlsgraph.model.things import DefinitionalLink, Entity
from rlsgraph.model.vocabulary import LinkKind

_WORDS = {LinkKind.PART_OF: "part of", LinkKind.BROADER: "a kind of"}
"""A link between opposites turns the sign of what follows, so it stays in sight."""


def fold(legs: Sequence[Leg]) -> tuple[list[Leg], list[str]]:
    """Return the legs without links that can be folded, and the ids of those.

    A link can be where nothing else leaves the entity before it, and nothing else enters the one after it: the two are then
    one box, which stands under the first one's name. The page does the same (`foldLegs`).
    """
    leaving, entering = Counter(leg.start.iri for leg in legs), Counter(leg.end.iri for leg in legs)
    folded = [
        leg
        for leg in legs
        if isinstance(leg.step, DefinitionalLink)
        and leg.step.kind in _WORDS
        and leaving[leg.start.iri] == entering[leg.end.iri] == 1
    ]
    into = {leg.end.iri: leg for leg in folded}
    names: dict[str, Entity] = {}
    for leg in legs:
        for end in (leg.start, leg.end):
            names.setdefault(end.iri, end)

    def root(iri: str) -> str:
        seen = {iri}
        while iri in into and into[iri].start.iri not in seen:
            iri = into[iri].start.iri
            seen.add(iri)
        return iri

    for leg in folded:
        first = names[root(leg.start.iri)]
        assert isinstance(leg.step, DefinitionalLink)
        names[first.iri] = replace(first, label=f"{first.label} ({_WORDS[leg.step.kind]} {leg.end.label})")
    gone = {step_id(leg.step) for leg in folded}
    kept = [Leg(leg.step, names[root(leg.start.iri)], names[root(leg.end.iri)]) for leg in legs if step_id(leg.step) not in gone]
    return (kept, sorted(gone)) if kept else (list(legs), [])
