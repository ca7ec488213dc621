"""Work out what entries would add to a folder of data: each thing once, by content, and what is wrong with any of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rlsgraph.curation.attribution import Person, say_added, say_person
from rlsgraph.curation.folder import ENTITIES, LINKS, PEOPLE, SOURCES, home_of_claim
from rlsgraph.curation.tables.asserted import Asserted, Difference
from rlsgraph.curation.tables.columns import Kind, heading_of
from rlsgraph.curation.tables.entries import Entry
from rlsgraph.curation.tables.report import Outcome, RowProblem, RowReport
from rlsgraph.errors import AmbiguousNameError, UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.name_index import EntityIndex
from rlsgraph.model.things import Entity

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~-]*(?:\.[A-Za-z0-9_~-]+)*")
_LONGEST_ID = 120


class RowError(ValueError):
    """Say what is wrong with a cell of an entry: the key of its column, the problem and its remedy."""

    def __init__(self, key: str, problem: str, remedy: str) -> None:
        self.key, self.problem, self.remedy = key, problem, remedy
        super().__init__(key, problem, remedy)


class Proposed:
    """What would be added: triples by file, with a report or a problem for each row, and the row of each thing."""

    def __init__(
        self,
        folder: Path,
        before: KnowledgeGraph,
        *,
        base: str | Path | None = None,
        by: Person | None = None,
        when: datetime | None = None,
    ) -> None:
        self.folder, self.before, self.base = folder, before, base
        self._by, self._when = by, when
        self.asserted = Asserted(folder, base)
        self.entities = EntityIndex(before.entities())
        self.additions: dict[Path, list[ox.Triple]] = defaultdict(list)
        self.rows: list[RowReport] = []
        self.problems: list[RowProblem] = []
        self.entries: dict[str, Entry] = {}

    @property
    def files(self) -> dict[Path, list[ox.Triple]]:
        """What is added to which file; where anything is, the file of people has who did it."""
        return {**self.additions, self.folder / PEOPLE: list(say_person(self._by))} if self.additions else {}

    # --- things -------------------------------------------------------------------------------------------------------

    def add(self, path: Path, triples: Iterable[ox.Triple], *things: str, entry: Entry) -> None:
        """Take in triples for a file, which this entry says of things; those that are new say who added them."""
        new = [thing for thing in things if thing not in self.asserted]
        said = [*triples, *say_added(new, self._by, self._when)]
        self.additions[path] += said
        self.asserted.take(said, path)
        for thing in things:
            self.entries.setdefault(thing, entry)

    def report(self, entry: Entry, outcome: Outcome, thing: str, *notes: str, claim: str = "") -> None:
        """Tell what came of a row."""
        note = "; ".join(dict.fromkeys(filter(None, (*entry.notes, *notes))))
        self.rows.append(RowReport(entry.table, entry.number, outcome, thing, claim, note))

    def refuse(self, entry: Entry, error: RowError) -> None:
        """Tell what is wrong with a row."""
        self.problems.append(entry.problem(error.key, error.problem, error.remedy))

    def entity(self, entry: Entry, key: str) -> Entity:
        """Return the entity that a cell names."""
        try:
            return self.entities.get(entry.values[key])
        except UnknownNameError as error:
            nearest = " or ".join(repr(name) for name in error.nearest)
            remedy = f"did you mean {nearest}? A new entity" if nearest else "a new entity"
            raise RowError(key, "names no entity", f"{remedy} needs a row in a table of entities") from error
        except AmbiguousNameError as error:
            raise RowError(key, f"may mean {' or '.join(iri for _, iri in error.meant)}", "give the IRI of one") from error

    def place_of(self, thing: str) -> str:
        """Return where a thing was said in the tables, in words; empty where the folder had it."""
        entry = self.entries.get(thing)
        return "" if entry is None else f", by row {entry.number} of {entry.table}"

    def home_of_claim(self, claim: str, group: str) -> Path:
        """Return the file that a claim stands in, or will."""
        return home_of_claim(self.folder, claim, group, self.asserted.homes)

    @property
    def entities_file(self) -> Path:
        """Where new entities go."""
        return self.folder / ENTITIES

    @property
    def sources_file(self) -> Path:
        """Where new sources go."""
        return self.folder / SOURCES

    @property
    def links_file(self) -> Path:
        """Where new definitional links go."""
        return self.folder / LINKS


def local_id(text: str, base: str, key: str) -> str:
    """Return the IRI of an id, given bare, as a CURIE of this project or as an IRI."""
    prefix = next(name for name, known in ns.PREFIXES.items() if known == base)
    bare = text.removeprefix(base).removeprefix(f"{prefix}:")
    if not _ID.fullmatch(bare) or len(bare) > _LONGEST_ID:
        raise RowError(key, "is no id", "write letters, digits, hyphens and single points, such as gut-031, or leave it empty")
    return base + bare


def tell_differences(kind: Kind, differences: Sequence[Difference]) -> str:
    """Return in words by which columns what is said differs from what is there."""
    headings = dict.fromkeys(heading_of(kind, ns.compress(each.predicate)) for each in differences)
    return ", ".join(headings)


def shown(value: Any) -> str:
    """Return a value as a reader knows it: a term or thing by its CURIE."""
    text = str(value)
    short = ns.compress(text) if text.startswith("http") else text
    return short if len(short) <= 60 else f"{short[:59]}…"
