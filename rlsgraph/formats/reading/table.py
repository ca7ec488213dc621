"""List the formats that are read from other tools once: choices, help and documents come from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rlsgraph.formats.reading import bel, dismech, kgx, nanopubs, physiomap
from rlsgraph.formats.reading.draft import Draft


@dataclass(frozen=True, slots=True)
class Reading:
    """A format that is read: what it is, what of it is kept, what reads a file or folder, and how its files end."""

    name: str
    summary: str
    keeps: str
    read: Callable[[Path], Draft]
    endings: tuple[str, ...]


READINGS: dict[str, Reading] = {
    each.name: each
    for each in (
        Reading(
            "bel",
            "BEL graphs in PyBEL's node-link JSON (a file or folder)",
            "signed relations, quotes, no change",
            bel.read,
            (".json",),
        ),
        Reading(
            "kgx",
            "KGX tables or JSON Lines (NAME_nodes, NAME_edges)",
            "causes, correlations, studies",
            kgx.read,
            (".tsv", ".jsonl"),
        ),
        Reading(
            "dismech",
            "DisMech's disease records in YAML (a file or folder)",
            "steps and edges, without sign",
            dismech.read,
            (".yaml", ".yml"),
        ),
        Reading("physiomap", "PhysioMap in Turtle", "signed causal relations", physiomap.read, (".ttl",)),
        Reading(
            "nanopub", "nanopublications of this tool in TriG", "claims and evidence, not its figures", nanopubs.read, (".trig",)
        ),
    )
}


def find_reading(path: Path) -> Reading | None:
    """Return the format of a file by its ending, of a folder by that of its files; None where none is known.

    KGX goes by its names, NAME_nodes and NAME_edges, since other tables end as its own do.

    >>> found = find_reading(Path("graph_edges.tsv"))
    >>> found and found.name, find_reading(Path("table.tsv"))
    ('kgx', None)
    """
    files = [file for file in path.iterdir() if file.is_file()] if path.is_dir() else [path]
    endings = {file.suffix.lower() for file in files}
    is_kgx = path.stem.endswith(("_nodes", "_edges"))
    fitting = [each for each in READINGS.values() if endings & set(each.endings) and (each.name != "kgx" or is_kgx)]
    return fitting[0] if len(fitting) == 1 else None
