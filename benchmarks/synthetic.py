"""Make a seeded graph of any size, line by line, so that it never has to be held in memory."""

from __future__ import annotations

import random
from collections.abc import Iterator

from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign

SEED = 7
GROUPS = ("Gut", "Iron", "Brain", "Genetics", "Inflammation", "Outcome")


def synthetic_graph(claims: int, *, complete: bool = False) -> Iterator[str]:
    """Yield N-Triples of a seeded graph: a third as many entities, one or two evidence items a claim.

    It is scale-free: the entity at rank r is in about r^(-2/3) of the claims, so the number of entities with k claims falls as
    k^(-2.5). A complete one can be read into the model's values, and so drawn: its evidence has identifiers, its entities groups.
    """
    pick = random.Random(SEED)
    predicates, directions, designs = list(Predicate), list(Direction), list(StudyDesign)
    entities = claims // 3
    for i in range(entities):
        yield _line(f"{ns.ENTITY}e{i}", f"{ns.RDF}type", f"<{ns.RLS}Entity>")
        yield _line(f"{ns.ENTITY}e{i}", f"{ns.SKOS}prefLabel", f'"entity {i}"@en')
        if complete:
            yield _line(f"{ns.ENTITY}e{i}", f"{ns.RLS}group", f"<{ns.RLS}{GROUPS[i % len(GROUPS)]}Group>")
    for i in range(entities):
        yield _line(f"{ns.SOURCE}s{i}", f"{ns.RDF}type", f"<{ns.RLS}Source>")
        yield _line(f"{ns.SOURCE}s{i}", f"{ns.DCTERMS}title", f'"source {i}"')
    seen: set[int] = set()
    while len(seen) < claims:
        subject = int(entities * pick.random() ** 3)
        predicate = pick.choice(predicates)
        object_ = int(entities * pick.random() ** 3)
        key = (subject * len(predicates) + predicates.index(predicate)) * entities + object_
        if subject == object_ or key in seen:
            continue
        seen.add(key)
        node = f"{ns.CLAIM}e{subject}.{predicate.value}.e{object_}"
        yield _line(node, f"{ns.RDF}type", f"<{ns.RLS}Claim>")
        yield _line(node, f"{ns.RDF}subject", f"<{ns.ENTITY}e{subject}>")
        yield _line(node, f"{ns.RDF}predicate", f"<{predicate.iri}>")
        yield _line(node, f"{ns.RDF}object", f"<{ns.ENTITY}e{object_}>")
        for number in range(pick.randint(1, 2)):
            name = f"{len(seen)}-{number}"
            item = ns.EVIDENCE + name
            yield _line(node, f"{ns.RLS}hasEvidence", f"<{item}>")
            yield _line(item, f"{ns.RDF}type", f"<{ns.RLS}Evidence>")
            if complete:
                yield _line(item, f"{ns.DCTERMS}identifier", f'"{name}"')
            yield _line(item, f"{ns.RLS}direction", f"<{pick.choice(directions).iri}>")
            yield _line(item, f"{ns.RLS}studyDesign", f"<{pick.choice(designs).iri}>")
            yield _line(item, f"{ns.DCTERMS}source", f"<{ns.SOURCE}s{pick.randrange(entities)}>")
            yield _line(item, f"{ns.RLS}sampleSize", f'"{pick.randint(5, 5000)}"^^<{ns.XSD}integer>')


def _line(subject: str, predicate: str, object_: str) -> str:
    return f"<{subject}> <{predicate}> {object_} .\n"
