"""Measure `rlsgraph check` on the shipped graph as a whole process, and the shapes alone beside pyshacl."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path

from rlsgraph.graph.loading import load
from rlsgraph.triples import resources

ROUNDS = 5
ROOT = Path(__file__).parent.parent
BOUND = 3.0
PYSHACL = """
from pyshacl import validate
from rdflib import Graph
data = Graph()
for path in {files}:
    data.parse(path)
validate(data, shacl_graph=Graph().parse({shapes}), inference="none", inplace=True)
"""


def seconds(command: list[str]) -> float:
    """Return the processor time of one run of a command, which other work on the machine does not lengthen."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a row for each: seconds for 1,000 claims with their evidence."""
    kg = load()
    files = [str(path) for path in (*resources.data_files(), resources.ontology_file("schemes.ttl"))]
    script = PYSHACL.format(files=files, shapes=repr(str(resources.ontology_file("shapes.ttl"))))
    commands = {
        "`rlsgraph check data`, the whole process": [sys.executable, "-m", "rlsgraph", "check", str(ROOT / "data")],
        "pyshacl on the same shapes and files": [sys.executable, "-c", script],
    }
    print(f"{len(kg)} claims, {len(kg.evidence())} evidence items\n")
    print("| what | processor time, median | for 1,000 claims | bound |\n|---|---|---|---|")
    failed = False
    for number, (name, command) in enumerate(commands.items()):
        median = statistics.median(seconds(command) for _ in range(ROUNDS if number == 0 else 1))
        each = 1000 * median / len(kg)
        failed |= number == 0 and each > BOUND
        print(f"| {name} | {median:.2f} s | {each:.2f} s | {f'≤ {BOUND:g} s' if number == 0 else '–'} |")
    sys.exit(failed)


if __name__ == "__main__":
    main()
