"""Change what a graph asserts: retract a source, take a claim out, suppose a study. The scores are then derived anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from rlsgraph.errors import WhatIfError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import parse_claim, parse_design, parse_direction
from rlsgraph.model.things import Entity
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign

_FORM = "SUBJECT PREDICATE OBJECT: DIRECTION, DESIGN, n=NUMBER"
_EXAMPLE = "gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120"
_TRUE = ox.Literal("true", datatype=ox.NamedNode(ns.XSD + "boolean"))


@dataclass(frozen=True, slots=True)
class SupposedEvidence:
    """A study that nobody has done: what it would say of which claim. The size may be left out."""

    subject: Entity
    predicate: Predicate
    object: Entity
    direction: Direction
    design: StudyDesign
    sample_size: int | None = None

    def __post_init__(self) -> None:
        if self.subject == self.object:
            raise WhatIfError(str(self), "subject and object are the same entity")
        if self.sample_size is not None and self.sample_size < 1:
            raise WhatIfError(str(self), f"the size is {self.sample_size}; give at least 1, e.g. n=120, or leave it out")

    def __str__(self) -> str:
        size = "" if self.sample_size is None else f", n={self.sample_size}"
        return (
            f"{self.subject.label} {self.predicate.value} {self.object.label}: {self.direction.label}, {self.design.label}{size}"
        )


def parse_supposed_evidence(text: str, entity: Callable[[str], Entity]) -> SupposedEvidence:
    """Read `SUBJECT PREDICATE OBJECT: DIRECTION, DESIGN, n=NUMBER`; `entity` finds an entity by name.

    Raises `WhatIfError` where the text has another form, `UnknownNameError` where a name is unknown.
    """
    says, colon, study = text.rpartition(":")
    words = [word.strip() for word in study.split(",")]
    if not colon or len(words) not in (2, 3):
        raise WhatIfError(text, f"write it as {_FORM!r}, e.g. {_EXAMPLE!r}")
    size = None
    if len(words) == 3:
        number = re.fullmatch(r"n\s*=\s*(\d{1,9})", words[2], re.IGNORECASE)
        if not number:
            raise WhatIfError(text, f"the size is {words[2]!r}; write it as n=120, or leave it out")
        size = int(number[1])
    direction = parse_direction(words[0])
    assert direction is not None
    found = parse_claim(says, entity)
    if found is None:
        known = ", ".join(str(predicate.value) for predicate in Predicate)
        raise WhatIfError(text, f"it names no predicate between two entities ({known})")
    return SupposedEvidence(*found, direction, parse_design(words[1]), size)


class Edit(Protocol):
    """A change of what a store asserts. The store may hold part of a graph: what is not there is left alone."""

    def apply(self, store: ox.Store) -> None:
        """Change the store."""


@dataclass(frozen=True, slots=True)
class Retraction:
    """A source (by IRI) is retracted: its evidence stays to be seen, and adds nothing."""

    source: str

    def apply(self, store: ox.Store) -> None:
        """Mark the source."""
        node, retracted = ox.NamedNode(self.source), ox.NamedNode(ns.RLS + "retracted")
        if next(store.quads_for_pattern(node, None, None), None) is None:
            return
        for quad in list(store.quads_for_pattern(node, retracted, None)):
            store.remove(quad)
        store.add(ox.Quad(node, retracted, _TRUE))


@dataclass(frozen=True, slots=True)
class ClaimRemoval:
    """A claim (by IRI) is not made."""

    claim: str

    def apply(self, store: ox.Store) -> None:
        """Remove the claim, the evidence that bears on nothing else, and its place in each hypothesis's list."""
        _take_out_claim(store, self.claim)


@dataclass(frozen=True, slots=True)
class Supposition:
    """A study that was not done bears on a claim (by IRI), which is added where it is not there yet."""

    evidence: SupposedEvidence
    claim: str

    def apply(self, store: ox.Store) -> None:
        """Add the study, from a source of its own."""
        _suppose(store, self.evidence, claim_iri=self.claim)


def _take_out_claim(store: ox.Store, claim: str) -> None:
    node, bears = ox.NamedNode(claim), ox.NamedNode(ns.RLS + "hasEvidence")
    first, rest = ox.NamedNode(ns.RDF + "first"), ox.NamedNode(ns.RDF + "rest")
    for cell in [quad.subject for quad in store.quads_for_pattern(None, first, node)]:
        (after,) = (quad.object for quad in store.quads_for_pattern(cell, rest, None))
        for before in list(store.quads_for_pattern(None, None, cell)):
            store.remove(before)
            store.add(ox.Quad(before.subject, before.predicate, after))
        _remove_subject(store, cell)
    items = [quad.object for quad in store.quads_for_pattern(node, bears, None) if isinstance(quad.object, ox.NamedNode)]
    _remove_subject(store, node)
    for item in items:
        if next(store.quads_for_pattern(None, bears, item), None) is None:
            _remove_subject(store, item)


def _remove_subject(store: ox.Store, node: ox.NamedNode | ox.BlankNode | ox.Triple) -> None:
    for quad in list(store.quads_for_pattern(node, None, None)):
        store.remove(quad)


def _suppose(store: ox.Store, evidence: SupposedEvidence, *, claim_iri: str) -> None:
    number = 1
    while next(store.quads_for_pattern(ox.NamedNode(f"{ns.EVIDENCE}what-if-{number}"), None, None), None) is not None:
        number += 1
    name = f"what-if-{number}"
    claim, item, source = (ox.NamedNode(iri) for iri in (claim_iri, ns.EVIDENCE + name, ns.SOURCE + name))

    def say(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        store.add(ox.Quad(subject, ox.NamedNode(ns.expand(predicate)), value))

    say(claim, "rdf:type", ox.NamedNode(ns.RLS + "Claim"))
    say(claim, "rdf:type", ox.NamedNode(ns.RDF + "Statement"))
    say(claim, "rdf:subject", ox.NamedNode(evidence.subject.iri))
    say(claim, "rdf:predicate", ox.NamedNode(evidence.predicate.iri))
    say(claim, "rdf:object", ox.NamedNode(evidence.object.iri))
    say(claim, "rls:hasEvidence", item)
    say(item, "rdf:type", ox.NamedNode(ns.RLS + "Evidence"))
    say(item, "dcterms:identifier", ox.Literal(name))
    say(item, "rls:direction", ox.NamedNode(evidence.direction.iri))
    say(item, "rls:studyDesign", ox.NamedNode(evidence.design.iri))
    say(item, "rls:finding", ox.Literal(f"supposed: {evidence}", language="en"))
    say(item, "dcterms:source", source)
    if evidence.sample_size is not None:
        say(item, "rls:sampleSize", ox.Literal(evidence.sample_size))
    say(source, "rdf:type", ox.NamedNode(ns.RLS + "Source"))
    say(source, "dcterms:title", ox.Literal("[a supposed study]"))
    say(source, "rls:titleIsDescriptive", _TRUE)
