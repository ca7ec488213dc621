"""The rules that shapes cannot say, each a function of the graph: names, unknown terms, what stands twice or in a circle."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from rlsgraph.curation.report import Severity
from rlsgraph.curation.term_graph import TYPE, TermGraph, show_term, text_of
from rlsgraph.errors import DataError
from rlsgraph.graph.known_terms import UnknownTerm, known_terms, thing_in_another_namespace
from rlsgraph.model import namespaces as ns
from rlsgraph.model.node import Node
from rlsgraph.model.study_reading import read_facts
from rlsgraph.model.vocabulary import LinkKind, StudyDesign

_SUBJECT, _PREDICATE, _OBJECT = (ns.RDF + name for name in ("subject", "predicate", "object"))
_LABEL, _SYNONYM, _IDENTIFIER = ns.SKOS + "prefLabel", ns.SKOS + "altLabel", ns.DCTERMS + "identifier"
_DESIGN, _SIZE = ns.RLS + "studyDesign", ns.RLS + "sampleSize"
_IN_PEOPLE = frozenset(
    ns.RLS + name
    for name in (
        *("RandomisedControlledTrial", "NonRandomisedTrial", "Cohort", "CaseControl", "CrossSectional", "CaseSeries", "GWAS"),
        *("Neuroimaging", "CSFStudy", "Autopsy"),
    )
)
"""Designs of single studies, of which a text says how many people they had."""


@dataclass(frozen=True, slots=True)
class Offence:
    """What breaks a rule: the thing, what is wrong in plain words, and by which property and value."""

    thing: Any
    problem: str
    predicate: str = ""
    value: Any = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by name, with what to do where it is broken, and what breaks it in a graph."""

    name: str
    severity: Severity
    remedy: str
    find: Callable[[TermGraph], Iterator[Offence]]


def _find_unknown_properties(graph: TermGraph) -> Iterator[Offence]:
    known = known_terms()
    for thing in graph.subjects():
        for predicate in graph.said_of(thing):
            unknown = known.unknown_property(predicate)
            if unknown and not unknown.is_namespace:
                yield Offence(thing, f"{ns.compress(predicate)} is no known property{unknown.hint}", predicate)


def _find_unknown_classes(graph: TermGraph) -> Iterator[Offence]:
    for thing, kind, unknown in _types(graph):
        if not unknown.is_namespace:
            yield Offence(thing, f"{ns.compress(kind.value)} is no known class{unknown.hint}", TYPE, kind)


def _types(graph: TermGraph) -> Iterator[tuple[Any, ox.NamedNode, UnknownTerm]]:
    known = known_terms()
    for thing in graph.subjects():
        for kind in graph.values(thing, TYPE):
            if isinstance(kind, ox.NamedNode) and (unknown := known.unknown_class(kind.value)):
                yield thing, kind, unknown


def _find_wrong_namespaces(graph: TermGraph) -> Iterator[Offence]:
    known = known_terms()
    for thing in graph.subjects():
        if isinstance(thing, ox.NamedNode) and (meant := thing_in_another_namespace(thing.value)):
            yield Offence(thing, f"its IRI is in another namespace; did you mean {meant}?")
        for predicate in graph.said_of(thing):
            if (unknown := known.unknown_property(predicate)) and unknown.is_namespace:
                yield Offence(thing, f"<{predicate}> is in another namespace{unknown.hint}", predicate)
    for thing, kind, unknown in _types(graph):
        if unknown.is_namespace:
            yield Offence(thing, f"{kind} is in another namespace{unknown.hint}", TYPE, kind)


_OWNERS = (*(ns.RLS + name for name in ("hasEvidence", "direction", "finding", "category", "claims", "reason")), _SUBJECT)


def _find_untyped(graph: TermGraph) -> Iterator[Offence]:
    for thing in graph.subjects():
        said = graph.said_of(thing)
        if TYPE not in said and (used := next((name for name in _OWNERS if name in said), "")):
            yield Offence(thing, f"has {ns.compress(used)}, but no type says what it is", used)


def _find_shared_labels(graph: TermGraph) -> Iterator[Offence]:
    for kind in ("Entity", "Hypothesis"):
        holders: dict[str, dict[Any, None]] = defaultdict(dict)
        for thing in graph.instances(ns.RLS + kind):
            for label in graph.values(thing, _LABEL):
                holders[_plain(text_of(label))][thing] = None
        for thing in graph.instances(ns.RLS + kind):
            for predicate in (_LABEL, _SYNONYM):
                for label in graph.values(thing, predicate):
                    others = [text_of(one) for one in holders.get(_plain(text_of(label)), ()) if one != thing]
                    if others:
                        said = f"{ns.compress(predicate)} {show_term(label)}"
                        yield Offence(thing, f"{said} is the label of {_list(others)} too", predicate, label)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _list(iris: Iterable[str]) -> str:
    return " and ".join(sorted(map(ns.compress, iris)))


def _find_misnamed(graph: TermGraph) -> Iterator[Offence]:
    known = known_terms()
    for kind, base in (("Claim", ns.CLAIM), ("DefinitionalLink", ns.LINK), ("Expectation", ns.EXPECTATION)):
        for thing in graph.instances(ns.RLS + kind):
            parts = [graph.values(thing, predicate) for predicate in (_SUBJECT, _PREDICATE, _OBJECT)]
            is_whole = all(len(values) == 1 and isinstance(values[0], ox.NamedNode) for values in parts)
            if is_whole and known.unknown_property(parts[1][0].value) is None:
                meant = base + ".".join(ns.slug_of(values[0].value) for values in parts)
                yield from _misnamed(thing, base, meant, "subject, predicate and object")
    for thing in graph.instances(ns.RLS + "Evidence"):
        identifiers = graph.values(thing, _IDENTIFIER)
        if len(identifiers) == 1:
            yield from _misnamed(thing, ns.EVIDENCE, ns.EVIDENCE + text_of(identifiers[0]), "identifier")


def _misnamed(thing: Any, base: str, meant: str, what: str) -> Iterator[Offence]:
    if isinstance(thing, ox.NamedNode) and thing.value.startswith(base) and thing.value != meant:
        yield Offence(thing, f"its IRI does not match its {what}, which make it {ns.compress(meant)}")


def _find_twice(graph: TermGraph) -> Iterator[Offence]:
    for kind, predicates in (("Claim", (_SUBJECT, _PREDICATE, _OBJECT)), ("Evidence", (_IDENTIFIER,))):
        first: dict[tuple[Any, ...], Any] = {}
        for thing in graph.instances(ns.RLS + kind):
            key = tuple(tuple(graph.values(thing, predicate)) for predicate in predicates)
            if all(key) and first.setdefault(key, thing) != thing:
                said = " ".join(show_term(values[0]) for values in key)
                yield Offence(thing, f"says {said}, as {ns.compress(text_of(first[key]))} does", predicates[0])


def _find_unreadable(graph: TermGraph) -> Iterator[Offence]:
    for thing in graph.instances(ns.RLS + "Evidence"):
        said = graph.said_of(thing)
        try:
            read_facts(Node(text_of(thing), said))
        except DataError as error:
            name, problem = error.reason.removeprefix(f"{ns.compress(text_of(thing))}: ").split(" ", 1)
            known = [predicate for predicate in said if ns.compress(predicate) == name]
            yield Offence(thing, f"{name} {problem}", known[0] if known else "")


def _find_unsized(graph: TermGraph) -> Iterator[Offence]:
    for thing in graph.instances(ns.RLS + "Evidence"):
        designs = [value for value in graph.values(thing, _DESIGN) if text_of(value) in _IN_PEOPLE]
        if designs and not graph.values(thing, _SIZE):
            yield Offence(thing, f"rls:sampleSize is missing from a study in people ({show_term(designs[0])})", _DESIGN)


def _find_guidelines(graph: TermGraph) -> Iterator[Offence]:
    for thing in graph.instances(ns.RLS + "Evidence"):
        if any(text_of(value) == StudyDesign.GUIDELINE.iri for value in graph.values(thing, _DESIGN)):
            yield Offence(thing, "a guideline stands as evidence", _DESIGN)


def _links(graph: TermGraph) -> dict[str, dict[Any, dict[Any, Any]]]:
    """Return the definitional links: by kind, subject and object."""
    found: dict[str, dict[Any, dict[Any, Any]]] = defaultdict(lambda: defaultdict(dict))
    for link in graph.instances(ns.RLS + "DefinitionalLink"):
        for kind in graph.values(link, _PREDICATE):
            for subject in graph.values(link, _SUBJECT):
                for object_ in graph.values(link, _OBJECT):
                    found[text_of(kind)][subject][object_] = link
    return found


def _find_circles(graph: TermGraph) -> Iterator[Offence]:
    links = _links(graph)
    above: dict[Any, dict[Any, Any]] = defaultdict(dict)
    for kind in (LinkKind.BROADER, LinkKind.PART_OF):
        for subject, objects in links[kind.iri].items():
            above[subject] |= objects
    for subject, objects in above.items():
        for object_, link in objects.items():
            if subject != object_ and subject in _reached(object_, above):
                yield Offence(link, f"{show_term(object_)} is in turn a kind or part of {show_term(subject)}", _OBJECT, object_)


def _reached(start: Any, above: dict[Any, dict[Any, Any]]) -> set[Any]:
    reached, waiting = {start}, [start]
    while waiting:
        for other in above.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _find_opposite_kinds(graph: TermGraph) -> Iterator[Offence]:
    links = _links(graph)
    opposites = links[LinkKind.OPPOSITE_OF.iri]
    for kind in (LinkKind.BROADER, LinkKind.PART_OF):
        for subject, objects in links[kind.iri].items():
            for object_, link in objects.items():
                if object_ in opposites.get(subject, ()) or subject in opposites.get(object_, ()):
                    yield Offence(link, f"{show_term(subject)} is the opposite of {show_term(object_)} too", _OBJECT, object_)


UNREADABLE = "UnreadableEvidence"

RULES = (
    Rule(
        "UnknownProperty",
        Severity.WARNING,
        "Correct the spelling and the case of the property: what an unknown one says is not read.",
        _find_unknown_properties,
    ),
    Rule(
        "UnknownClass",
        Severity.WARNING,
        "Correct the spelling and the case of the class, such as rls:Claim: what is typed otherwise is not read.",
        _find_unknown_classes,
    ),
    Rule(
        "WrongNamespace",
        Severity.WARNING,
        "Correct the namespace, letter by letter: terms are https://w3id.org/rlsgraph/ontology#…, things https://w3id.org/rlsgraph/….",
        _find_wrong_namespaces,
    ),
    Rule(
        "Untyped",
        Severity.WARNING,
        "Say what the thing is, such as `a rls:Evidence`: without a type it is not read.",
        _find_untyped,
    ),
    Rule(
        "SharedLabel",
        Severity.WARNING,
        "Give each thing a label and synonyms of its own: by a shared name neither can be asked for.",
        _find_shared_labels,
    ),
    Rule(
        "MisnamedThing",
        Severity.WARNING,
        "Name the thing after what it says, as claim:<subject>.<predicate>.<object>, or correct what it says.",
        _find_misnamed,
    ),
    Rule(
        "SaidTwice",
        Severity.ERROR,
        "Keep one of the two: give it all the evidence, or give each item an identifier of its own.",
        _find_twice,
    ),
    Rule(
        UNREADABLE,
        Severity.ERROR,
        "Correct the item so that direction, result and figures go together: docs/model.md has what each may be.",
        _find_unreadable,
    ),
    Rule(
        "KindOfCircle",
        Severity.ERROR,
        "Remove one of the links: of two things one at most is a kind or a part of the other.",
        _find_circles,
    ),
    Rule(
        "OppositeKind",
        Severity.ERROR,
        "Remove one of the two links: what is a kind or a part of something is not its opposite.",
        _find_opposite_kinds,
    ),
    Rule(
        "SampleSizeMissing",
        Severity.NOTE,
        "Give the number of people where the text shows it; where it does not, leave the item as it is.",
        _find_unsized,
    ),
    Rule(
        "GuidelineAsEvidence",
        Severity.NOTE,
        "Name the studies that the guideline rests on: a guideline is a yardstick, and adds nothing to a score.",
        _find_guidelines,
    ),
)
"""In the order of severity and of what a first look should find."""
