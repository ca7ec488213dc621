"""List the formats that are read from other tools once: choices, help and documents come from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rlsgraph.formats.reading import bel, dismech, kgx, nanopubs, physiomap
from rlsgraph.formats.reading.draft import Draft


@dataclass(frozen=True, slots=True)
class Reading:
    """A format that is read: what it is, what of it is kept, and the function that reads a file or folder."""

    name: str
    summary: str
    keeps: str
    read: Callable[[Path], Draft]


READINGS: dict[str, Reading] = {
    each.name: each
    for each in (
        Reading(
            "bel", "BEL graphs in PyBEL's node-link JSON (a file or folder)", "signed relations, quotes, no change", bel.read
        ),
        Reading("kgx", "KGX tables or JSON Lines (NAME_nodes, NAME_edges)", "causes, correlations, studies", kgx.read),
        Reading("dismech", "DisMech's disease records in YAML (a file or folder)", "steps and edges, without sign", dismech.read),
        Reading("physiomap", "PhysioMap in Turtle", "signed causal relations", physiomap.read),
        Reading("nanopub", "nanopublications of this tool in TriG", "claims and evidence, not its figures", nanopubs.read),
    )
}
