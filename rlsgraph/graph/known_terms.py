"""Know the terms of the ontology and of the vocabularies beside it, and say of any other what it was perhaps meant to be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache

from rlsgraph.model import namespaces as ns
from rlsgraph.triples import resources
from rlsgraph.triples.files import read_store

_FILES = ("rlsgraph.ttl", "schemes.ttl", "profile.ttl", "shapes.ttl")
_OUTSIDE = (ns.RDF, ns.RDFS, ns.OWL, ns.SKOS, ns.DCTERMS, ns.BIBO, ns.PROV, ns.XSD)
_ALIKE = 0.9
"""So like a known namespace must another be to be taken for it misspelt."""
_NEAR = 0.7


_USED_IN_DATA = frozenset({ns.PROV + "wasDerivedFrom"})
"""What the shipped data use and the ontology does not name: to ask rdflib takes a tenth of a check (benchmarks/checking.py)."""


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A term that is not known, and the known one that comes nearest (empty where none does)."""

    iri: str
    nearest: str
    is_namespace: bool = False
    """Whether its namespace is the fault: http for https, say."""

    @property
    def hint(self) -> str:
        """What it was perhaps meant to be, to stand behind a sentence."""
        return f"; did you mean {ns.compress(self.nearest)}?" if self.nearest else ""


@dataclass(frozen=True, slots=True)
class KnownTerms:
    """Properties, classes and other terms that the ontology declares or uses."""

    properties: frozenset[str]
    classes: frozenset[str]
    all: frozenset[str]

    def unknown_property(self, iri: str) -> UnknownTerm | None:
        """Return what is wrong with a property that no ontology here knows; None for a known one, and for one of others."""
        return None if iri in self.properties else _unknown(iri, self.properties)

    def unknown_class(self, iri: str) -> UnknownTerm | None:
        """Return what is wrong with a class, see `unknown_property`."""
        return None if iri in self.classes else _unknown(iri, self.classes)

    def unknown_term(self, iri: str) -> UnknownTerm | None:
        """Return what is wrong with any term, see `unknown_property`."""
        return None if iri in self.all else _unknown(iri, self.all)


@cache
def known_terms() -> KnownTerms:
    """Return the terms of the ontology that comes with the package."""
    properties, classes, every = set(), set(), set()
    outside_properties = set()
    for quad in read_store([resources.ontology_file(name) for name in _FILES]):
        subject, predicate, object_ = (getattr(term, "value", "") for term in (quad.subject, quad.predicate, quad.object))
        outside_properties.add(predicate)
        every |= {term for term in (subject, predicate, object_) if term.startswith((ns.RLS, *_OUTSIDE))}
        if predicate != ns.RDF + "type":
            continue
        classes.add(object_)
        if object_ in (ns.OWL + "Class", ns.RDFS + "Class"):
            classes.add(subject)
        elif object_.startswith(ns.OWL) and object_.endswith("Property"):
            properties.add(subject)
    properties |= _USED_IN_DATA | {term for term in every | outside_properties if not term.startswith(ns.RLS) and _is_lower(term)}
    classes |= {term for term in every if not term.startswith(ns.RLS) and not _is_lower(term)}
    return KnownTerms(frozenset(properties), frozenset(classes), frozenset(every))


def thing_in_another_namespace(iri: str) -> str:
    """Return what a thing's IRI was meant to be where its namespace is misspelt, as by http for https; else empty."""
    base = _alike(_space(iri), ns.THINGS)
    return base + ns.slug_of(iri) if base and not iri.startswith(base) else ""


def _is_lower(iri: str) -> bool:
    return ns.slug_of(iri)[:1].islower()


def _unknown(iri: str, known: Iterable[str]) -> UnknownTerm | None:
    bases = (ns.RLS, *_OUTSIDE)
    base = next((base for base in bases if iri.startswith(base)), "")
    local = iri.removeprefix(base) if base else ns.slug_of(iri)
    if not base:
        meant = _alike(_space(iri), bases)
        if not meant:
            return None  # a vocabulary of someone else's, of which nothing is known here
        return UnknownTerm(iri, _nearest(local, meant, known) or meant + local, is_namespace=True)
    if base != ns.RLS and _is_known_elsewhere(iri, base):
        return None
    nearest = _nearest(local, base, known)
    return UnknownTerm(iri, nearest) if nearest or base != ns.BIBO else None  # of BIBO only misspellings can be told


def _nearest(local: str, base: str, known: Iterable[str]) -> str:
    """Return the known term whose name comes nearest in any case; one of the same namespace before others."""
    names = {iri: ns.slug_of(iri) for iri in known if not iri.startswith(ns.BASE) or iri.startswith(ns.RLS)}
    for fitting in (base, ""):
        by_name: dict[str, list[str]] = defaultdict(list)
        for iri, name in sorted(names.items()):
            if iri.startswith(fitting):
                by_name[name.casefold()].append(iri)
        found = get_close_matches(local.casefold(), by_name, n=1, cutoff=_NEAR if fitting else 0.85)
        if found:
            return max(by_name[found[0]], key=lambda iri: names[iri][:1].isupper() == local[:1].isupper())
    return ""


def _space(iri: str) -> str:
    return iri[: len(iri) - len(ns.slug_of(iri))]


@lru_cache(maxsize=1000)
def _alike(namespace: str, bases: tuple[str, ...]) -> str:
    """Return the base that a namespace is taken for: one that differs in scheme, case, last mark, or a letter or two."""
    space = _bare(namespace)
    if not space:
        return ""
    likeness = {base: _likeness(space, _bare(base)) for base in bases}
    best = max(likeness, key=lambda base: likeness[base])
    return best if likeness[best] >= _ALIKE else ""


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other).ratio() if abs(len(one) - len(other)) < 4 else 0.0


def _bare(namespace: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", namespace.casefold()).rstrip("#/")


def _is_known_elsewhere(iri: str, base: str) -> bool:
    """Tell whether a vocabulary of the web has a term that the project does not use."""
    from rdflib import namespace  # takes a moment, and is asked of few terms

    spaces = {ns.RDF: namespace.RDF, ns.RDFS: namespace.RDFS, ns.OWL: namespace.OWL, ns.SKOS: namespace.SKOS}
    spaces |= {ns.DCTERMS: namespace.DCTERMS, ns.PROV: namespace.PROV, ns.XSD: namespace.XSD}
    return base in spaces and iri.removeprefix(base) in spaces[base]
