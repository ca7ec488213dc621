"""The rules about what supersedes what, which shapes cannot say: no circles, and no hypothesis that takes a superseded step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rlsgraph.curation.report import Offence
from rlsgraph.curation.term_graph import TermGraph, show_term
from rlsgraph.model import namespaces as ns

_SUPERSEDES, _CLAIMS = ns.RLS + "supersedes", ns.RLS + "claims"


def _newer(graph: TermGraph) -> dict[Any, list[Any]]:
    """Return what supersedes each superseded thing."""
    newer: dict[Any, list[Any]] = defaultdict(list)
    for thing in graph.having(_SUPERSEDES):
        for old in graph.values(thing, _SUPERSEDES):
            newer[old].append(thing)
    return newer


def find_superseding_circles(graph: TermGraph) -> Iterator[Offence]:
    """Yield each thing that supersedes what supersedes it, directly or through others."""
    newer = _newer(graph)
    for thing in newer:
        reached, waiting = set(), list(newer[thing])
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting += newer.get(one, ())
        if thing in reached:
            yield Offence(thing, f"is superseded by {show_term(newer[thing][0])}, which it supersedes in turn", _SUPERSEDES)


def find_superseded_steps(graph: TermGraph) -> Iterator[Offence]:
    """Yield each hypothesis whose list names a superseded claim."""
    newer = _newer(graph)
    for hypothesis in graph.having(_CLAIMS) if newer else ():
        for cell in graph.values(hypothesis, _CLAIMS):
            for claim in graph.members(cell):
                if claim in newer:
                    words = f"takes the step {show_term(claim)}, which {show_term(newer[claim][0])} supersedes"
                    yield Offence(hypothesis, words, _CLAIMS, claim)
