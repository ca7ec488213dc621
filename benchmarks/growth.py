"""Measure `rlsgraph build` as the graph grows: time, peak memory and size on disk, from 10,000 to 1,000,000 claims.

Takes about twenty minutes and 10 GB of disk (TMPDIR says where); other sizes: python benchmarks/growth.py CLAIMS…
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from synthetic import synthetic_graph

from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.triples.disk import open_place

SIZES = (10_000, 100_000, 1_000_000)
MAX_GIGABYTES = 4
MAX_GROWTH = 1.2
ONE_HOP = "SELECT ?o ?x { ?c rdf:subject entity:e7 ; rdf:predicate rls:increases ; rdf:object ?o ; rls:score ?x }"


@dataclass(frozen=True)
class Build:
    """What one build took, as a whole process, and what it made."""

    claims: int
    triples: int
    seconds: float
    processor_seconds: float
    peak_bytes: int
    input_bytes: int
    store_bytes: int
    open_seconds: float
    query_seconds: float


def measure(claims: int, folder: Path) -> Build:
    """Write a graph of so many claims to a file, and build a store from it."""
    file, place = folder / "graph.nt", folder / "store"
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(synthetic_graph(claims, complete=True))
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "rlsgraph", "build", place, file])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    assert status == 0
    begin = time.perf_counter()
    stored = open_place(place)
    opened = time.perf_counter()
    assert list(stored.store.query(ONE_HOP, prefixes=PREFIXES))
    asked = time.perf_counter()
    assert stored.facts.claims == claims
    return Build(
        claims=claims,
        triples=stored.facts.triples,
        seconds=seconds,
        processor_seconds=usage.ru_utime + usage.ru_stime,
        peak_bytes=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        input_bytes=file.stat().st_size,
        store_bytes=stored.facts.bytes,
        open_seconds=opened - begin,
        query_seconds=asked - opened,
    )


def main() -> None:
    """Print a row for each size, and how the time grows from the last but one to the last."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    print("| claims | triples | time | processor time | peak memory | input | store | opened in | one-hop query |", flush=True)
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    builds = []
    for claims in sizes:
        with tempfile.TemporaryDirectory(prefix="growth-") as folder:
            done = measure(claims, Path(folder))
        builds.append(done)
        print(
            f"| {done.claims:,} | {done.triples:,} | {done.seconds:,.1f} s | {done.processor_seconds:,.1f} s "
            f"| {done.peak_bytes / 1e9:.2f} GB | {done.input_bytes / 1e9:.2f} GB | {done.store_bytes / 1e9:.2f} GB "
            f"| {done.open_seconds * 1000:.0f} ms | {done.query_seconds * 1000:.0f} ms |",
            flush=True,
        )
    peak = max(build.peak_bytes for build in builds) / 1e9
    print(f"\npeak memory: {peak:.2f} GB (bound: {MAX_GIGABYTES} GB)")
    if len(builds) > 1:
        before, last = builds[-2:]
        growth = math.log(last.processor_seconds / before.processor_seconds) / math.log(last.claims / before.claims)
        print(f"processor time grows as claims^{growth:.2f} from {before.claims:,} to {last.claims:,} (bound: {MAX_GROWTH})")


if __name__ == "__main__":
    main()
