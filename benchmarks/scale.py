"""Measure loading and querying at 100,000 claims against raw pyoxigraph, side by side in one run."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from synthetic import synthetic_graph

import rlsgraph
from rlsgraph.model import namespaces as ns

MIX = (
    "SELECT ?o ?x WHERE { ?c rdf:subject entity:e7 ; rdf:predicate rls:increases ; rdf:object ?o ; rls:score ?x }",
    "SELECT ?c WHERE { ?c rls:confidenceLevel rls:Established ; rls:score ?x FILTER(?x > 0.9) } LIMIT 100",
    "SELECT ?b (COUNT(?c) AS ?n) WHERE { entity:e3 rls:increases ?a . ?a rls:increases ?b . ?b rls:decreases ?c } GROUP BY ?b",
    "SELECT ?d (COUNT(*) AS ?n) WHERE { ?e rls:studyDesign ?d } GROUP BY ?d",
)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def in_turn(times: int, ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of two pieces of work that are done in turn."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(times)]
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    return mine, other


def load_raw(path: Path) -> ox.Store:
    """Load a file with the engine alone."""
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.N_TRIPLES)
    return store


def main() -> None:
    """Print a row for each bound."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    os.environ["RLSGRAPH_CACHE"] = ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nt"
        path.write_text("".join(synthetic_graph(claims)))
        kg, raw = rlsgraph.load(path), load_raw(path)
        ours, theirs = in_turn(3, lambda: rlsgraph.load(path), lambda: load_raw(path))
    scored = kg.graph_source.whole().store  # the bound is on what the library adds to the engine, over the same data
    ours_rate, raw_rate = len(scored) / ours, len(raw) / theirs
    print("| what | ours | beside it | ratio | bound |\n|---|---|---|---|---|")
    print(
        f"| load {claims:,} claims, scores included ({len(scored):,} triples in the end) | {ours_rate:,.0f} triples/s "
        f"| pyoxigraph, asserted alone ({len(raw):,}): {raw_rate:,.0f} triples/s | {ours_rate / raw_rate:.2f} | ≥ 0.5 |"
    )
    mine, other = in_turn(
        7,
        lambda: [list(kg.query(query)) for query in MIX],
        lambda: [list(scored.query(query, prefixes=ns.PREFIXES)) for query in MIX],
    )
    print(f"| query mix | {mine * 1000:.0f} ms | pyoxigraph: {other * 1000:.0f} ms | {mine / other:.2f} | ≤ 1.1 |")


if __name__ == "__main__":
    main()
