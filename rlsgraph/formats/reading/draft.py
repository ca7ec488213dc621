"""Gather what was read from a file of another tool, count what could not be kept, and write it as Turtle."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import claim_iri, slugify
from rlsgraph.model.study_terms import Result
from rlsgraph.model.vocabulary import Direction, LinkKind, Predicate, StudyDesign, Term

MOST_QUOTED = 300
"""The longest quote that the model takes, in characters; a longer text is kept as the finding."""
_LONGEST_SLUG = 80
_YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
_HALVES = re.compile("[\ud800-\udfff]")


class Draft:
    """A graph in the making: things are named by the keys that the file has for them, and each is added once.

    `kept` counts what was added by kind, `lost` what was left out by reason.
    """

    def __init__(self) -> None:
        self.kept: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self._triples: dict[ox.Triple, None] = {}
        self._iris: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def entity(
        self, key: str, label: str, *, definition: str = "", category: str = "", synonyms: Iterable[str] = (), exact: str = ""
    ) -> str:
        """Add an entity, unless its key is known, and return its IRI."""
        label = label if label.strip() else f"[{key.strip() or 'no name'}]"
        iri, is_new = self._name("entity", ns.ENTITY, key, label)
        if is_new:
            self._say(iri, ns.RDF + "type", ox.NamedNode(ns.RLS + "Entity"))
            self._text(iri, ns.SKOS + "prefLabel", label)
            self._text(iri, ns.SKOS + "definition", definition)
            for synonym in synonyms:
                if synonym != label:
                    self._text(iri, ns.SKOS + "altLabel", synonym)
            if category:
                self._address(iri, ns.RLS + "category", ns.BIOLINK + category)
            if exact:
                self._address(iri, ns.SKOS + "exactMatch", exact)
        return iri

    def source(
        self,
        key: str,
        title: str = "",
        *,
        first_author: str = "",
        year: str = "",
        journal: str = "",
        doi: str = "",
        pmid: str = "",
        pmcid: str = "",
        url: str = "",
    ) -> str:
        """Add a source, unless its key is known, and return its IRI; where no title is known, its key stands in brackets."""
        iri, is_new = self._name("source", ns.SOURCE, key, key)
        if is_new:
            self._say(iri, ns.RDF + "type", ox.NamedNode(ns.RLS + "Source"))
            self._say(iri, ns.DCTERMS + "title", ox.Literal(_sound(title or f"[{key}]")))
            if not title:
                self._say(iri, ns.RLS + "titleIsDescriptive", ox.Literal(True))
            if _YEAR.fullmatch(year):
                self._say(iri, ns.DCTERMS + "issued", ox.Literal(year, datatype=ox.NamedNode(ns.XSD + "gYear")))
            elif year:
                self.lost["years that are none"] += 1
            plain = {
                ns.RLS + "firstAuthor": first_author,
                ns.RLS + "journal": journal,
                ns.BIBO + "doi": doi,
                ns.BIBO + "pmid": pmid,
                ns.RLS + "pmcid": pmcid,
            }
            for predicate, value in plain.items():
                if value:
                    self._say(iri, predicate, ox.Literal(_sound(value)))
            if url:
                self._address(iri, ns.RDFS + "seeAlso", url)
        return iri

    def claim(self, subject: str, predicate: Predicate, object_: str) -> str | None:
        """Add a claim between two entities, given by IRI, and return its IRI; one of a thing about itself is left out."""
        if subject == object_:
            self.lost["statements of a thing about itself"] += 1
            return None
        key = f"{subject} {predicate.value} {object_}"
        known = self._iris.get(("claim", key))
        if known is None:
            known = self._iris["claim", key] = claim_iri(subject, predicate, object_)
            self.kept["claim"] += 1
            for kind in (ns.RLS + "Claim", ns.RDF + "Statement"):
                self._say(known, ns.RDF + "type", ox.NamedNode(kind))
            self._say(known, ns.RDF + "subject", ox.NamedNode(subject))
            self._say(known, ns.RDF + "predicate", ox.NamedNode(predicate.iri))
            self._say(known, ns.RDF + "object", ox.NamedNode(object_))
        return known

    def has_claim(self, subject: str, predicate: Predicate, object_: str) -> bool:
        """Tell whether a claim was added."""
        return ("claim", f"{subject} {predicate.value} {object_}") in self._iris

    def evidence(
        self,
        key: str,
        claim: str,
        source: str,
        direction: Direction,
        design: StudyDesign,
        *,
        result: Result | None = None,
        text: str = "",
        species: Iterable[str] = (),
        sample_size: int | None = None,
        locator: str = "",
    ) -> None:
        """Add an evidence item to a claim; `text` is what the file quotes of the source."""
        iri, is_new = self._name("evidence", ns.EVIDENCE, key, key)
        if not is_new:
            self.lost["evidence items with an identifier that came before"] += 1
            return
        self._say(claim, ns.RLS + "hasEvidence", ox.NamedNode(iri))
        self._say(iri, ns.RDF + "type", ox.NamedNode(ns.RLS + "Evidence"))
        self._say(iri, ns.DCTERMS + "identifier", ox.Literal(ns.slug_of(iri)))
        self._say(iri, ns.DCTERMS + "source", ox.NamedNode(source))
        terms: dict[str, Term | None] = {"direction": direction, "studyDesign": design, "result": result}
        for name, term in terms.items():
            if term is not None:
                self._say(iri, ns.RLS + name, ox.NamedNode(term.iri))
        self._text(iri, ns.RLS + ("quote" if len(text) <= MOST_QUOTED else "finding"), text)
        if locator:
            self._say(iri, ns.RLS + "locator", ox.Literal(_sound(locator)))
        for name in species:
            self._say(iri, ns.RLS + "species", ox.Literal(_sound(name)))
        if sample_size is not None:
            self._say(iri, ns.RLS + "sampleSize", ox.Literal(sample_size))

    def link(self, subject: str, kind: LinkKind, object_: str, reason: str) -> None:
        """Add a definitional link between two entities, given by IRI."""
        iri = f"{ns.LINK}{ns.slug_of(subject)}.{kind.value}.{ns.slug_of(object_)}"
        if subject == object_ or ("link", iri) in self._iris:
            return
        self._iris["link", iri] = iri
        self.kept["definitional link"] += 1
        for type_ in (ns.RLS + "DefinitionalLink", ns.RDF + "Statement"):
            self._say(iri, ns.RDF + "type", ox.NamedNode(type_))
        self._say(iri, ns.RDF + "subject", ox.NamedNode(subject))
        self._say(iri, ns.RDF + "predicate", ox.NamedNode(kind.iri))
        self._say(iri, ns.RDF + "object", ox.NamedNode(object_))
        self._text(iri, ns.RLS + "reason", reason)

    def turtle(self) -> str:
        """Return all of it as Turtle, in a fixed order."""
        prefixes = {name: base for name, base in ns.PREFIXES.items() if name not in ("owl", "prov")}
        return (ox.serialize(sorted(self._triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()

    def _name(self, kind: str, base: str, key: str, label: str) -> tuple[str, bool]:
        """Return the IRI of a thing and whether it is new: an own IRI stays, a name that is taken gets a digest."""
        known = self._iris.get((kind, key))
        if known is not None:
            return known, False
        name = slugify(label)[:_LONGEST_SLUG].strip("-")
        iri = key if key.startswith(base) and _is_iri(key) else base + name
        if not name or iri in self._taken:
            iri = f"{base}{name or kind}-{hashlib.sha256(_sound(key).encode()).hexdigest()[:8]}"
        self._iris[kind, key] = iri
        self._taken.add(iri)
        self.kept[kind] += 1
        return iri, True

    def _say(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        self._triples[ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)] = None

    def _address(self, subject: str, predicate: str, iri: str) -> None:
        """Say something by IRI; what is none is left out, and counted."""
        if _is_iri(iri):
            self._say(subject, predicate, ox.NamedNode(iri))
        else:
            self.lost["addresses that are none"] += 1

    def _text(self, subject: str, predicate: str, text: str) -> None:
        if text:
            self._say(subject, predicate, ox.Literal(_sound(text), language="en"))


def _sound(text: str) -> str:
    """Return a text with a mark in place of half characters, which JSON can spell and no RDF can hold."""
    return _HALVES.sub("\ufffd", text)


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:  # UnicodeError too
        return False
    return True
