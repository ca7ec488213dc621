"""Tell who added what and when, where a graph's files say so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rlsgraph.model.namespaces import slug_of

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class AddedThing:
    """A thing (by IRI), when it was added (ISO 8601, empty where not said) and by whom: a name, or an IRI without one."""

    thing: str
    when: str
    by: str

    def __str__(self) -> str:
        said = (self.when.partition("T")[0], f"by {self.by}" if self.by else "")
        return " ".join(filter(None, said))


_QUESTION = """SELECT DISTINCT ?thing ?when ?who ?name {{ {things}
  {{ ?thing prov:generatedAtTime ?when }} UNION
  {{ ?thing prov:wasAttributedTo ?any FILTER NOT EXISTS {{ ?thing prov:generatedAtTime ?other }} }}
  OPTIONAL {{ ?thing prov:wasAttributedTo ?who OPTIONAL {{ ?who rdfs:label ?name }} }} }}"""


def find_additions(kg: KnowledgeGraph, things: Collection[str] | None = None) -> tuple[AddedThing, ...]:
    """Return what was added, the newest first; of some things (IRIs) alone, or of all."""
    if things is not None and not things:
        return ()
    listed = "" if things is None else f"VALUES ?thing {{ {' '.join(f'<{thing}>' for thing in sorted(things))} }}"
    found: dict[tuple[str, str], list[str]] = {}
    for row in kg.query_text(_QUESTION.format(things=listed)):
        when, who, name = ("" if row[part] is None else str(row[part].value) for part in ("when", "who", "name"))
        by = found.setdefault((row["thing"].value, when), [])
        if who:
            by.append(name or (who if "orcid.org" in who else slug_of(who)))
    each = [AddedThing(thing, when, ", ".join(sorted(set(by)))) for (thing, when), by in found.items()]
    return tuple(sorted(sorted(each, key=lambda one: one.thing), key=lambda one: one.when, reverse=True))
