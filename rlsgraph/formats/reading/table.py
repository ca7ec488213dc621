"""List the formats that are read from other tools once: choices, help and documents come from here.

Another package adds a format by an entry point of the group `rlsgraph.readings` that names a `Reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rlsgraph.formats.added import with_added
from rlsgraph.formats.reading import bel, dismech, kgx, nanopubs, physiomap
from rlsgraph.formats.reading.draft import Draft

ENTRY_POINTS = "rlsgraph.readings"


@dataclass(frozen=True, slots=True)
class Reading:
    """A format that is read: what it is, what of it is kept, what reads a file or folder, and how its files end.

    `stems` are ends of names, before the ending, without which a file of that ending is another's.
    """

    name: str
    summary: str
    keeps: str
    read: Callable[[Path], Draft]
    endings: tuple[str, ...] = ()
    stems: tuple[str, ...] = ("",)


OWN: tuple[Reading, ...] = (
    Reading(
        "bel",
        "BEL graphs in PyBEL's node-link JSON (a file or folder)",
        "signed relations, quotes, no change",
        bel.read,
        (".json",),
    ),
    Reading(
        "kgx",
        "KGX tables or JSON Lines (one of NAME_nodes and NAME_edges)",
        "causes, correlations, studies",
        kgx.read,
        (".tsv", ".jsonl"),
        ("_nodes", "_edges"),
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
"""The formats of this package, in the order in which they are listed."""


@cache
def readings() -> Mapping[str, Reading]:
    """Return every format that is read, by name: those of this package, then those that others add."""
    return with_added(OWN, Reading, ENTRY_POINTS)


def find_reading(path: Path) -> Reading | None:
    """Return the format of a file by its ending, of a folder by that of its files; None where none is known, or several are.

    KGX goes by its names, NAME_nodes and NAME_edges, since other tables end as its own do.

    >>> found = find_reading(Path("graph_edges.tsv"))
    >>> found and found.name, find_reading(Path("table.tsv"))
    ('kgx', None)
    """
    files = [file for file in path.iterdir() if file.is_file()] if path.is_dir() else [path]
    endings = {file.suffix.lower() for file in files}
    fitting = [each for each in readings().values() if endings & set(each.endings) and path.stem.endswith(each.stems)]
    return fitting[0] if len(fitting) == 1 else None
