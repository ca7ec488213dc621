"""The rules that shapes cannot say, each a function of the graph: names, unknown terms, what stands twice or in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from rlsgraph.curation.link_rules import find_link_circles, find_opposite_kinds, links_of
from rlsgraph.curation.report import Offence, Severity
from rlsgraph.curation.superseding_rules import find_superseded_steps, find_superseding_circles
from rlsgraph.curation.term_graph import TermGraph, show_term, text_of
from rlsgraph.curation.term_rules import find_unknown_classes, find_unknown_properties, find_untyped, find_wrong_namespaces
from rlsgraph.errors import DataError
from rlsgraph.graph.known_terms import known_terms
from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import normal_name
from rlsgraph.model.node import Node
from rlsgraph.model.study_reading import read_facts
from rlsgraph.model.vocabulary import StudyDesign

_SUBJECT, _PREDICATE, _OBJECT = (ns.RDF + name for name in ("subject", "predicate", "object"))
_LABEL, _SYNONYM, _IDENTIFIER = ns.SKOS + "prefLabel", ns.SKOS + "altLabel", ns.DCTERMS + "identifier"
_CLAIMS = ns.RLS + "claims"
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
class Rule:
    """A rule by name, with what to do where it is broken, and what breaks it in a graph."""

    name: str
    severity: Severity
    remedy: str
    find: Callable[[TermGraph], Iterator[Offence]]


def _find_shared_labels(graph: TermGraph) -> Iterator[Offence]:
    for kind in ("Entity", "Hypothesis"):
        holders: dict[str, dict[Any, None]] = defaultdict(dict)
        for thing in graph.instances(ns.RLS + kind):
            for label in graph.values(thing, _LABEL):
                holders[normal_name(text_of(label))][thing] = None
        for thing in graph.instances(ns.RLS + kind):
            for predicate in (_LABEL, _SYNONYM):
                for label in graph.values(thing, predicate):
                    others = [text_of(one) for one in holders.get(normal_name(text_of(label)), ()) if one != thing]
                    if others:
                        said = f"{ns.compress(predicate)} {show_term(label)}"
                        yield Offence(thing, f"{said} is the label of {_list(others)} too", predicate, label)


def _list(iris: Iterable[str]) -> str:
    return " and ".join(sorted(map(ns.compress, iris)))


def _find_misnamed(graph: TermGraph) -> Iterator[Offence]:
    known = known_terms()
    for kind, base in (("Claim", ns.CLAIM), ("DefinitionalLink", ns.LINK), ("Expectation", ns.EXPECTATION)):
        for thing in graph.instances(ns.RLS + kind):
            parts = [graph.values(thing, predicate) for predicate in (_SUBJECT, _PREDICATE, _OBJECT)]
            is_whole = all(len(values) == 1 and isinstance(values[0], ox.NamedNode) for values in parts)
            is_own = is_whole and all(values[0].value.startswith(ns.ENTITY) for values in (parts[0], parts[2]))
            if is_own and known.unknown_property(parts[1][0].value) is None:
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


def _find_broken_lists(graph: TermGraph) -> Iterator[Offence]:
    for hypothesis in graph.having(_CLAIMS):
        for cell in graph.values(hypothesis, _CLAIMS):
            if problem := _problem_of_list(graph, cell):
                yield Offence(hypothesis, f"rls:claims {problem}", _CLAIMS)


def _problem_of_list(graph: TermGraph, cell: Any) -> str:
    seen = set()
    while cell != ox.NamedNode(ns.RDF + "nil"):
        if cell in seen:
            return "is a list that never ends"
        seen.add(cell)
        rest = graph.values(cell, ns.RDF + "rest")
        if len(graph.values(cell, ns.RDF + "first")) != 1 or len(rest) != 1:
            return "is not a list whose every part has one member and one part that follows"
        (cell,) = rest
        if isinstance(cell, ox.Literal):
            return f"is a list that ends in the text {show_term(cell)}"
    return ""


def _find_unsized(graph: TermGraph) -> Iterator[Offence]:
    for thing in graph.instances(ns.RLS + "Evidence"):
        designs = [value for value in graph.values(thing, _DESIGN) if text_of(value) in _IN_PEOPLE]
        if designs and not graph.values(thing, _SIZE):
            yield Offence(thing, f"rls:sampleSize is missing from a study in people ({show_term(designs[0])})", _DESIGN)


def _find_guidelines(graph: TermGraph) -> Iterator[Offence]:
    for thing in graph.instances(ns.RLS + "Evidence"):
        if any(text_of(value) == StudyDesign.GUIDELINE.iri for value in graph.values(thing, _DESIGN)):
            yield Offence(thing, "a guideline stands as evidence", _DESIGN)


def _reached(start: Any, above: dict[Any, dict[Any, Any]]) -> set[Any]:
    reached, waiting = {start}, [start]
    while waiting:
        for other in above.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _find_broken_routes(graph: TermGraph) -> Iterator[Offence]:
    """Yield the hypotheses that no way along their own claims and any links leads through; a link leads both ways."""
    links: dict[Any, dict[Any, Any]] = defaultdict(dict)
    for objects_of in links_of(graph).values():
        for subject, objects in objects_of.items():
            links[subject] |= objects
            for object_, link in objects.items():
                links[object_][subject] = link
    for hypothesis in graph.instances(ns.RLS + "Hypothesis"):
        starts, ends = graph.values(hypothesis, ns.RLS + "start"), graph.values(hypothesis, ns.RLS + "end")
        claims = [claim for cell in graph.values(hypothesis, _CLAIMS) for claim in graph.members(cell)]
        ways = {thing: dict(objects) for thing, objects in links.items()}
        for claim in claims:
            for subject in graph.values(claim, _SUBJECT):
                ways.setdefault(subject, {}).update(dict.fromkeys(graph.values(claim, _OBJECT), claim))
        if starts and ends and claims and not any(end in _reached(start, ways) for start in starts for end in ends):
            words = f"no way along its claims and links leads from {show_term(starts[0])} to {show_term(ends[0])}"
            yield Offence(hypothesis, words, _CLAIMS)


UNREADABLE = "UnreadableEvidence"

RULES = (
    Rule(
        "UnknownProperty",
        Severity.WARNING,
        "Correct the spelling and the case of the property: what an unknown one says is not read.",
        find_unknown_properties,
    ),
    Rule(
        "UnknownClass",
        Severity.WARNING,
        "Correct the spelling and the case of the class, such as rls:Claim: what is typed otherwise is not read.",
        find_unknown_classes,
    ),
    Rule(
        "WrongNamespace",
        Severity.WARNING,
        "Correct the namespace, letter by letter: terms are https://w3id.org/rlsgraph/ontology#…, things https://w3id.org/rlsgraph/….",
        find_wrong_namespaces,
    ),
    Rule(
        "Untyped",
        Severity.WARNING,
        "Say what the thing is, such as `a rls:Evidence`: without a type it is not read.",
        find_untyped,
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
        "BrokenList",
        Severity.ERROR,
        "Write the claims of the hypothesis as one closed list, in order: rls:claims ( claim:… claim:… ).",
        _find_broken_lists,
    ),
    Rule(
        "BrokenRoute",
        Severity.ERROR,
        "Order the claims so that they lead from the start to the end of the hypothesis, or add the missing link.",
        _find_broken_routes,
    ),
    Rule(
        "KindOfCircle",
        Severity.ERROR,
        "Remove one of the links: of two things one at most is a kind or a part of the other.",
        find_link_circles,
    ),
    Rule(
        "OppositeKind",
        Severity.ERROR,
        "Remove one of the links: what is a kind or a part of something is not its opposite, and nothing is its own.",
        find_opposite_kinds,
    ),
    Rule(
        "SupersedingCircle",
        Severity.ERROR,
        "Keep the one that stands now, and say rls:supersedes of what it took the place of alone.",
        find_superseding_circles,
    ),
    Rule(
        "SupersededStep",
        Severity.ERROR,
        "Put the claim that stands now in its place: a hypothesis takes no superseded step.",
        find_superseded_steps,
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
