"""Find by name in a graph that lies elsewhere: which things a name may mean, before any of them is fetched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.model.identifiers import read_identifier
from rlsgraph.model.names import MAX_NAME_CHARS, is_iri, normal_name, slugify
from rlsgraph.model.namespaces import group_name
from rlsgraph.triples.query_engine import QueryEngine

SUGGESTIONS = 200
"""So many names are looked at for those nearest to one that is unknown."""

_MOST_RUNS = 8


class Lookups:
    """Turn names into the IRIs of what they may mean; who knows the rules of precedence then chooses among them."""

    def __init__(self, engine: QueryEngine) -> None:
        self._engine = engine

    def entities(self, name: str) -> list[Any]:
        """Return the entities that go by a label, synonym, CURIE or IRI, in any case."""
        words = " ".join(name.split())
        iris = [*_iris(words), *(() if is_iri(words) else _named(ns.ENTITY, slugify(words)))]
        found = self._of_class("Entity", iris)
        if iris:
            matched = f"?thing skos:exactMatch|skos:closeMatch ?term VALUES ?term {{ {' '.join(map(str, iris))} }}"
            found += self._select("Entity", matched)
        if is_iri(words):
            return found
        texts = dict.fromkeys((words.casefold(), words.lower(), normal_name(name)))
        listed = ", ".join(str(ox.Literal(text)) for text in texts)
        by_label = self._select("Entity", f"?thing skos:prefLabel|skos:altLabel ?name FILTER(LCASE(STR(?name)) IN ({listed}))")
        found += by_label + self._with_local_name("Entity", words)
        return found or self._spelt_otherwise(name)

    def _spelt_otherwise(self, name: str) -> list[Any]:
        """Return the entities whose label has all runs of plain letters of a name: the rest may be encoded in another way."""
        runs = re.findall(r"[a-z0-9]{2,}", unicodedata.normalize("NFD", normal_name(name)))
        if not runs:
            return []
        fits = " && ".join(f'CONTAINS(LCASE(STR(?name)), "{run}")' for run in dict.fromkeys(runs[:_MOST_RUNS]))
        return self._select("Entity", f"?thing skos:prefLabel|skos:altLabel ?name FILTER({fits})")

    def entities_like(self, name: str) -> list[Any]:
        """Return some entities whose label has a word that begins as one of the name's words does."""
        words = re.findall(r"\w{3,}", name[:MAX_NAME_CHARS].casefold())
        return self._labelled(*(word[:4] for word in words[:8])) if words else []

    def entities_with(self, text: str) -> list[Any]:
        """Return some entities whose label contains a text, in any case."""
        return self._labelled(text[:MAX_NAME_CHARS].casefold())

    def _labelled(self, *texts: str) -> list[Any]:
        fits = " || ".join(f"CONTAINS(LCASE(STR(?name)), {ox.Literal(text)})" for text in texts)
        return self._select("Entity", f"?thing skos:prefLabel ?name FILTER({fits})", SUGGESTIONS)

    def sources(self, name: str) -> list[Any]:
        """Return the sources of an id, IRI, DOI, PMID or PMCID."""
        known = self._by_id("Source", name, ns.SOURCE, name.strip().casefold())
        identifier = read_identifier(name)
        if identifier is None:
            return known
        wanted = ox.Literal(identifier.value.casefold())
        return known + self._select("Source", f"?thing bibo:doi|bibo:pmid|rls:pmcid ?id FILTER(LCASE(STR(?id)) = {wanted})")

    def claims(self, name: str) -> list[Any]:
        """Return the claims of an id, CURIE or IRI."""
        return self._by_id("Claim", name, ns.CLAIM, name.strip())

    def evidence(self, name: str) -> list[Any]:
        """Return the evidence items of an identifier, CURIE or IRI."""
        found: list[Any] = []
        for kind in ("Evidence", "SupersededEvidence"):
            found += self._by_id(kind, name, ns.EVIDENCE, name.strip())
            found += self._select(kind, f"?thing dcterms:identifier {ox.Literal(name.strip())}")
        return found

    def _by_id(self, kind: str, name: str, base: str, local: str) -> list[Any]:
        asked = name.strip()
        if is_iri(asked):
            return self._of_class(kind, _iris(asked))
        return self._of_class(kind, [*_iris(asked), *_named(base, local)]) + self._with_local_name(kind, asked)

    def _with_local_name(self, kind: str, name: str) -> list[Any]:
        """Return the things of other namespaces than this project's whose local name, in any case, is this."""
        if not name or len(name) > MAX_NAME_CHARS or re.search(r"\s", name):
            return []
        ends = " || ".join(f"STRENDS(LCASE(STR(?thing)), {ox.Literal(mark + name.lower())})" for mark in "/#")
        return self._select(kind, f"FILTER(!STRSTARTS(STR(?thing), {ox.Literal(ns.BASE)}) && ({ends}))")

    def groups(self) -> dict[str, str]:
        """Return the groups of entities as SPARQL writes them, by name, e.g. `gut`."""
        rows = self._engine.select("SELECT DISTINCT ?group WHERE { ?entity a rls:Entity ; rls:group ?group }")
        return {group_name(group.value): str(group) for (group,) in rows}

    def _of_class(self, kind: str, iris: Iterable[Any]) -> list[Any]:
        listed = " ".join(dict.fromkeys(map(str, iris)))
        return self._select(kind, f"VALUES ?thing {{ {listed} }}") if listed else []

    def _select(self, kind: str, pattern: str, limit: int = 1_000) -> list[Any]:
        rows = self._engine.select(f"SELECT DISTINCT ?thing WHERE {{ ?thing a rls:{kind} . {pattern} }} LIMIT {limit}")
        return [thing for (thing,) in rows]


def _iris(name: str) -> Iterator[ox.NamedNode]:
    """Yield the IRIs that a name may be, or abbreviate; the prefix and the rest of a CURIE in any case."""
    if is_iri(name):
        yield from _nodes(name)
        return
    prefix, colon, local = name.partition(":")
    if colon:
        for bases in (ns.CURIE_BASES, ns.PREFIXES):
            for known, base in bases.items():
                if known.casefold() == prefix.casefold():
                    yield from _nodes(*(base + form for form in dict.fromkeys((local, local.lower(), local.upper()))))


def _named(base: str, local: str) -> list[ox.NamedNode]:
    return list(_nodes(base + local)) if local else []


def _nodes(*iris: str) -> Iterator[ox.NamedNode]:
    for iri in iris:
        if len(iri) <= MAX_NAME_CHARS and not re.search(r"[\s<>\"{}|^`\\\x00-\x20]", iri):
            try:
                yield ox.NamedNode(iri)
            except ValueError:  # no IRI
                continue
