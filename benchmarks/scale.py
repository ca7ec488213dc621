"""Measure loading and querying at 100,000 claims against raw pyoxigraph, side by side in one run."""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

import rlsgraph
from rlsgraph import namespaces as ns
from rlsgraph.vocabulary import Direction, Predicate, StudyDesign

SEED = 7
MIX = (
    "SELECT ?o ?x WHERE { ?c rdf:subject entity:e7 ; rdf:predicate rls:increases ; rdf:object ?o ; rls:score ?x }",
    "SELECT ?c WHERE { ?c rls:confidenceLevel rls:Established ; rls:score ?x FILTER(?x > 0.9) } LIMIT 100",
    "SELECT ?b (COUNT(?c) AS ?n) WHERE { entity:e3 rls:increases ?a . ?a rls:increases ?b . ?b rls:decreases ?c } GROUP BY ?b",
    "SELECT ?d (COUNT(*) AS ?n) WHERE { ?e rls:studyDesign ?d } GROUP BY ?d",
)


GROUPS = ("Gut", "Iron", "Brain", "Genetics", "Inflammation", "Outcome")


def synthetic_graph(claims: int, *, complete: bool = False) -> str:
    """Return N-Triples of a seeded graph: a third as many entities, one or two evidence items a claim.

    A complete one can be read into the model's values, and so drawn: its evidence has identifiers, its entities groups.
    """
    pick = random.Random(SEED)
    lines: list[str] = []

    def say(subject: str, predicate: str, object_: str) -> None:
        lines.append(f"<{subject}> <{predicate}> {object_} .\n")

    entities = claims // 3
    for i in range(entities):
        say(f"{ns.ENTITY}e{i}", f"{ns.RDF}type", f"<{ns.RLS}Entity>")
        say(f"{ns.ENTITY}e{i}", f"{ns.SKOS}prefLabel", f'"entity {i}"@en')
        if complete:
            say(f"{ns.ENTITY}e{i}", f"{ns.RLS}group", f"<{ns.RLS}{GROUPS[i % len(GROUPS)]}Group>")
    for i in range(entities):
        say(f"{ns.SOURCE}s{i}", f"{ns.RDF}type", f"<{ns.RLS}Source>")
        say(f"{ns.SOURCE}s{i}", f"{ns.DCTERMS}title", f'"source {i}"')
    seen = set()
    while len(seen) < claims:
        key = (int(entities * pick.random() ** 3), pick.choice(list(Predicate)), int(entities * pick.random() ** 3))
        if key[0] == key[2] or key in seen:
            continue
        seen.add(key)
        node = f"{ns.CLAIM}e{key[0]}.{key[1].value}.e{key[2]}"
        say(node, f"{ns.RDF}type", f"<{ns.RLS}Claim>")
        say(node, f"{ns.RDF}subject", f"<{ns.ENTITY}e{key[0]}>")
        say(node, f"{ns.RDF}predicate", f"<{key[1].iri}>")
        say(node, f"{ns.RDF}object", f"<{ns.ENTITY}e{key[2]}>")
        for number in range(pick.randint(1, 2)):
            item = f"{ns.EVIDENCE}{len(seen)}-{number}"
            say(node, f"{ns.RLS}hasEvidence", f"<{item}>")
            say(item, f"{ns.RDF}type", f"<{ns.RLS}Evidence>")
            if complete:
                say(item, f"{ns.DCTERMS}identifier", f'"{len(seen)}-{number}"')
            say(item, f"{ns.RLS}direction", f"<{pick.choice(list(Direction)).iri}>")
            say(item, f"{ns.RLS}studyDesign", f"<{pick.choice(list(StudyDesign)).iri}>")
            say(item, f"{ns.DCTERMS}source", f"<{ns.SOURCE}s{pick.randrange(entities)}>")
            say(item, f"{ns.RLS}sampleSize", f'"{pick.randint(5, 5000)}"^^<{ns.XSD}integer>')
    return "".join(lines)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    """Print a row for each bound."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    os.environ["RLSGRAPH_CACHE"] = ""
    text = synthetic_graph(claims)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nt"
        path.write_text(text)
        begin = time.perf_counter()
        kg = rlsgraph.load(path)
        ours = time.perf_counter() - begin
        raw = ox.Store()
        theirs = seconds(lambda: raw.load(path=str(path), format=ox.RdfFormat.N_TRIPLES))
    scored = kg._store  # the bound is on what the library adds to the engine, over the same data
    ours_rate, raw_rate = len(scored) / ours, len(raw) / theirs
    print("| what | ours | beside it | ratio | bound |\n|---|---|---|---|---|")
    print(
        f"| load {claims:,} claims, scores included ({len(scored):,} triples in the end) | {ours_rate:,.0f} triples/s "
        f"| pyoxigraph, asserted alone ({len(raw):,}): {raw_rate:,.0f} triples/s | {ours_rate / raw_rate:.2f} | ≥ 0.5 |"
    )
    pairs = []
    for _ in range(7):
        mine = seconds(lambda: [list(kg.query(query)) for query in MIX])
        pairs.append((mine, seconds(lambda: [list(scored.query(query, prefixes=ns.PREFIXES)) for query in MIX])))
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"| query mix | {mine * 1000:.0f} ms | pyoxigraph: {other * 1000:.0f} ms | {mine / other:.2f} | ≤ 1.1 |")


if __name__ == "__main__":
    main()
