"""Change what a graph asserts: retract a source, take a claim out, suppose a study. The scores are then derived anew."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import pyoxigraph as ox

from rlsgraph.errors import UnknownNameError, WhatIfError
from rlsgraph.graph.intake import ASIDE_CLASSES, ASIDE_EVIDENCE, HAS_EVIDENCE
from rlsgraph.model import namespaces as ns
from rlsgraph.model.assertions import say_claim, say_evidence, say_source
from rlsgraph.model.literals import year_of
from rlsgraph.model.study_terms import Blinding, Comparator, EffectMeasure, Result
from rlsgraph.model.term_names import (
    parse_blinding,
    parse_claim,
    parse_comparator,
    parse_design,
    parse_direction,
    parse_measure,
    parse_result,
)
from rlsgraph.model.things import Entity
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign

_FORM = "SUBJECT PREDICATE OBJECT: FINDING, DESIGN, n=NUMBER"
_DETAILS = "n, p, comparator, blinding, measure, estimate, interval (LOW..HIGH) and unit, e.g. measure=OR, interval=1.2..2.5"
_EXAMPLE = "gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120"
_NO_YEAR = 10_000
"""Later than every year that can be asked for."""

_EVIDENCE = ox.NamedNode(ns.RLS + "Evidence")
_TRUE = ox.Literal("true", datatype=ox.NamedNode(ns.XSD + "boolean"))


@dataclass(frozen=True, slots=True)
class SupposedEvidence:
    """A study that nobody has done: what it would say of which claim. All but direction and design may be left out.

    `interval` is the 95% interval on the scale of `measure` (and, for a difference, of `unit`).
    """

    subject: Entity
    predicate: Predicate
    object: Entity
    direction: Direction
    design: StudyDesign
    sample_size: int | None = None
    result: Result | None = None
    comparator: Comparator | None = None
    blinding: Blinding | None = None
    p_value: float | None = None
    measure: EffectMeasure | None = None
    estimate: float | None = None
    interval: tuple[float, float] | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        if self.subject == self.object:
            raise WhatIfError(str(self), "subject and object are the same entity")
        if self.sample_size is not None and self.sample_size < 1:
            raise WhatIfError(str(self), f"the size is {self.sample_size}; give at least 1, e.g. n=120, or leave it out")
        if self.p_value is not None and not 0 <= self.p_value <= 1:
            raise WhatIfError(str(self), f"p is {self.p_value:g}; give a number from 0 to 1, or leave it out")
        numbers = [number for number in (self.estimate, *(self.interval or ())) if number is not None]
        if not all(map(math.isfinite, numbers)) or (self.interval is not None and self.interval[0] > self.interval[1]):
            raise WhatIfError(str(self), "estimate and interval must be finite numbers, the interval's lower end first")
        if numbers and self.measure is None:
            raise WhatIfError(str(self), "an estimate or interval needs a measure, e.g. measure=OR")
        least, largest = (-math.inf, math.inf) if self.measure is None else self.measure.bounds
        if any(not least <= number <= largest for number in numbers):
            bounds = f"at least {least:g}" if largest == math.inf else f"from {least:g} to {largest:g}"
            raise WhatIfError(str(self), f"estimate and interval of this measure must be {bounds}")

    def __str__(self) -> str:
        parts = {
            "n": self.sample_size,
            "p": None if self.p_value is None else f"{self.p_value:g}",
            "comparator": self.comparator and self.comparator.label,
            "blinding": self.blinding and self.blinding.label,
            "measure": self.measure and self.measure.label,
            "estimate": None if self.estimate is None else f"{self.estimate:g}",
            "interval": None if self.interval is None else f"{self.interval[0]:g}..{self.interval[1]:g}",
            "unit": self.unit or None,
        }
        said = "".join(f", {name}={value}" for name, value in parts.items() if value is not None)
        finding = self.direction if self.result is None else self.result
        return f"{self.subject.label} {self.predicate.value} {self.object.label}: {finding.label}, {self.design.label}{said}"


DIRECTIONS = {
    Result.AS_CLAIMED: Direction.SUPPORTS,
    Result.OPPOSITE: Direction.DISPUTES,
    Result.NO_EFFECT_FOUND: Direction.DISPUTES,
    Result.MIXED: Direction.INCONCLUSIVE,
    Result.NO_COMPARISON: Direction.INCONCLUSIVE,
}
"""The direction of what a supposed study found."""


def parse_supposed_evidence(text: str, entity: Callable[[str], Entity]) -> SupposedEvidence:
    """Read `SUBJECT PREDICATE OBJECT: FINDING, DESIGN, n=NUMBER …`; `entity` finds an entity by name.

    FINDING is a direction (supports) or a result (no effect found). What may follow: n, p, comparator, blinding, measure,
    estimate, interval (LOW..HIGH), unit. Raises `WhatIfError` where the text has another form, `UnknownNameError` where a
    name is unknown.
    """
    says, colon, study = text.rpartition(":")
    words = [word.strip() for word in study.split(",")]
    if not colon or len(words) < 2:
        raise WhatIfError(text, f"write it as {_FORM!r}, e.g. {_EXAMPLE!r}")
    said: dict[str, Any] = {}
    for word in words[2:]:
        said.update(_detail(word, text))
    direction, result = _finding(words[0])
    found = parse_claim(says, entity)
    if found is None:
        known = ", ".join(str(predicate.value) for predicate in Predicate)
        raise WhatIfError(text, f"it names no predicate between two entities ({known})")
    return SupposedEvidence(*found, direction, parse_design(words[1]), result=result, **said)


def _finding(word: str) -> tuple[Direction, Result | None]:
    """Return the direction that a word names, or the result with its direction."""
    try:
        direction = parse_direction(word)
    except UnknownNameError as error:
        try:
            result = parse_result(word)
        except UnknownNameError:
            raise error from None
        return DIRECTIONS[result], result
    assert direction is not None
    return direction, None


def _detail(word: str, text: str) -> dict[str, Any]:
    """Return what `NAME=VALUE` says of a study, by the name of the field."""
    name, equals, value = (part.strip() for part in word.partition("="))
    try:
        match name.casefold() if equals else "":
            case "n" if re.fullmatch(r"\d{1,9}", value):
                return {"sample_size": int(value)}
            case "p":
                return {"p_value": float(value)}
            case "estimate":
                return {"estimate": float(value)}
            case "interval":
                low, high = value.split("..")
                return {"interval": (float(low), float(high))}
            case "comparator":
                return {"comparator": parse_comparator(value)}
            case "blinding":
                return {"blinding": parse_blinding(value)}
            case "measure":
                return {"measure": parse_measure(value)}
            case "unit":
                return {"unit": value}
    except ValueError:
        pass
    if name.casefold() == "n" or not equals:
        raise WhatIfError(text, f"the size is {word!r}; write it as n=120, or leave it out")
    raise WhatIfError(text, f"{word!r} cannot be read; known are {_DETAILS}")


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


@dataclass(frozen=True, slots=True)
class Cut:
    """What sources after a year say is not known, nor what those without a year say; sources and claims stay."""

    year: int

    def apply(self, store: ox.Store) -> None:
        """Remove the evidence of these sources."""
        cites, issued = ox.NamedNode(ns.DCTERMS + "source"), ox.NamedNode(ns.DCTERMS + "issued")
        dated = store.quads_for_pattern(None, issued, None)
        known = {quad.subject for quad in dated if (year_of(quad.object) or _NO_YEAR) <= self.year}
        for item in {quad.subject for quad in store.quads_for_pattern(None, cites, None) if quad.object not in known}:
            kinds = {quad.object for quad in store.quads_for_pattern(item, ox.NamedNode(ns.RDF + "type"), None)}
            if not kinds & {_EVIDENCE, ASIDE_CLASSES[_EVIDENCE]}:
                continue
            for bears in (HAS_EVIDENCE, ASIDE_EVIDENCE):
                for quad in list(store.quads_for_pattern(None, bears, item)):
                    store.remove(quad)
            _remove_subject(store, item)


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
    item, source = ns.EVIDENCE + f"what-if-{number}", ns.SOURCE + f"what-if-{number}"
    for triple in study_triples(evidence, claim=claim_iri, item=item, source=source, finding=f"supposed: {evidence}"):
        store.add(ox.Quad(*triple))
    for predicate, value in (("dcterms:title", ox.Literal("[a supposed study]")), ("rls:titleIsDescriptive", _TRUE)):
        store.add(ox.Quad(ox.NamedNode(source), ox.NamedNode(ns.expand(predicate)), value))


def study_triples(evidence: SupposedEvidence, *, claim: str, item: str, source: str, finding: str = "") -> Iterator[ox.Triple]:
    """Yield what says that a study bears on a claim; claim, item and source are IRIs."""
    yield from say_claim(claim, evidence.subject.iri, evidence.predicate, evidence.object.iri, evidence=item)
    yield from say_evidence(item, source, {**study_facts(evidence), "rls:finding": finding})
    yield from say_source(source, {})


def study_facts(evidence: SupposedEvidence) -> dict[str, Any]:
    """Return what a study found and how, by the CURIE of the property."""
    low, high = evidence.interval or (None, None)
    return {
        "rls:direction": evidence.direction,
        "rls:studyDesign": evidence.design,
        "rls:result": evidence.result,
        "rls:comparator": evidence.comparator,
        "rls:blinding": evidence.blinding,
        "rls:measure": evidence.measure,
        "rls:sampleSize": evidence.sample_size,
        "rls:pValue": evidence.p_value,
        "rls:estimate": evidence.estimate,
        "rls:intervalLow": low,
        "rls:intervalHigh": high,
        "rls:unit": evidence.unit,
    }
