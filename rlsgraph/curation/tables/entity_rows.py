"""Propose the entities of a table, and what they are kinds of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rlsgraph.curation.tables.cells import CellError, group_reader
from rlsgraph.curation.tables.columns import Kind
from rlsgraph.curation.tables.entries import Entry
from rlsgraph.curation.tables.proposed import Proposed, RowError, local_id, shown, tell_differences
from rlsgraph.curation.tables.report import Outcome
from rlsgraph.model import namespaces as ns
from rlsgraph.model.assertions import say, say_entity
from rlsgraph.model.name_index import EntityIndex
from rlsgraph.model.names import slugify
from rlsgraph.model.things import Entity
from rlsgraph.model.vocabulary import LinkKind, MatchRelation

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph


def propose_entities(proposed: Proposed, entries: list[Entry]) -> None:
    """Add the entities that are not there, then what they are kinds of: which may be among them."""
    read_group = group_reader(groups_of(proposed.before))
    made: dict[str, Entity] = {}
    for entry in entries:
        try:
            entity = _entity(proposed, entry, made, read_group(entry.values["group"]))
        except CellError as error:
            proposed.refuse(entry, RowError("group", error.problem, error.remedy))
        except RowError as error:
            proposed.refuse(entry, error)
        else:
            made[entity.iri] = entity
    proposed.entities = EntityIndex([*proposed.before.entities(), *made.values()])
    for entry in entries:
        if "broader" in entry.values:
            try:
                _link(proposed, entry, made)
            except RowError as error:
                proposed.refuse(entry, error)


def groups_of(kg: KnowledgeGraph) -> dict[str, str]:
    """Return the IRI of each group that an entity of a graph may have, by its word."""
    rows = kg.query("SELECT ?group WHERE { ?group a rls:Group }")
    return {ns.slug_of(iri).removesuffix("Group").lower(): iri for iri in (str(row["group"].value) for row in rows)}


def _entity_iri(entry: Entry) -> str:
    name = entry.values.get("slug") or slugify(entry.values["label"])
    if not name:
        raise RowError("label", "holds no letter from A to Z of which an id can be made", "give an id")
    return local_id(name, ns.ENTITY, "slug")


def _entity(proposed: Proposed, entry: Entry, made: dict[str, Entity], group: str) -> Entity:
    values = entry.values
    iri = _entity_iri(entry)
    synonyms = tuple(values.get("synonyms", ()))
    entity = Entity(iri, values["label"], values["definition"], synonyms, values["category"], group)
    triples = list(say_entity(entity, {**_matches(entry), "skos:editorialNote": values.get("note")}))
    if iri in proposed.asserted:
        differences = proposed.asserted.differences(iri, triples)
        if differences:
            first = differences[0]
            words = (
                f"{ns.compress(iri)} is there{proposed.place_of(iri)} with another {tell_differences(Kind.ENTITIES, differences)}"
            )
            raise RowError(
                "label", words, f"give an id of its own, or correct it: there stands {shown(first.there) or 'nothing'}"
            )
        proposed.report(entry, Outcome.THERE, iri)
        return entity
    known = {each.iri: each for each in (*proposed.entities.find(entity.label), *made.values()) if each.iri != iri}
    shared = [
        each for each in known.values() if entity.label.casefold() in (each.label.casefold(), *map(str.casefold, each.synonyms))
    ]
    if shared:
        raise RowError("label", f"is a name of {ns.compress(shared[0].iri)} already", "leave the row out, or give another label")
    proposed.add(proposed.entities_file, triples, iri, entry=entry)
    proposed.report(entry, Outcome.NEW_ENTITY, iri)
    return entity


def _matches(entry: Entry) -> dict[str, list[str]]:
    """Return the terms elsewhere by how they relate, as the property says it."""
    close = entry.values.get("close_match", ())
    relations = entry.values.get("close_relations", ()) or (MatchRelation.CLOSE,) * len(close)
    if len(relations) != len(close):
        raise RowError(
            "close_relations", f"has {len(relations)} words for {len(close)} terms", "write one for each, in their order"
        )
    found = {
        f"skos:{relation.value}": [term for term, how in zip(close, relations, strict=True) if how is relation]
        for relation in MatchRelation
    }
    found["skos:exactMatch"] = [*entry.values.get("exact_match", ()), *found["skos:exactMatch"]]
    return found


def _link(proposed: Proposed, entry: Entry, made: Mapping[str, Entity]) -> None:
    narrower, broader = _entity_iri(entry), proposed.entity(entry, "broader").iri
    if narrower == broader:
        raise RowError("broader", "is the entity itself", "name another, or leave it empty")
    iri = f"{ns.LINK}{ns.local_name(narrower)}.{LinkKind.BROADER.value}.{ns.local_name(broader)}"
    if narrower in made and iri not in proposed.asserted:
        kinds = (ns.RLS + "DefinitionalLink", ns.RDF + "Statement")
        parts = {"rdf:type": kinds, "rdf:subject": narrower, "rdf:predicate": LinkKind.BROADER, "rdf:object": broader}
        reason = entry.values.get("reason") or f"By definition: {entry.values['definition']}"
        proposed.add(proposed.links_file, say(iri, {**parts, "rls:reason": reason}), iri, entry=entry)
