"""Measure whole processes against their bounds, side by side: each pair is run in turn, many times, in one go."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

ROUNDS = 25
PYTHON = sys.executable
QUERY = "SELECT ?o ?x { entity:gut-dysbiosis rls:increases ?o {| rls:score ?x |} }"
ENDS = ["gut dysbiosis", "RLS symptoms"]
CLAIM = ["gut dysbiosis", "increases", "systemic inflammation"]
NUMPY = [PYTHON, "-c", "import click, pyoxigraph, numpy"]
PAIRS = {
    "rlsgraph --help": ([PYTHON, "-m", "rlsgraph", "--help"], [PYTHON, "-c", "import click"], 2.0),
    "rlsgraph query": ([PYTHON, "-m", "rlsgraph", "query", QUERY], [PYTHON, "-c", "import click, pyoxigraph"], 3.0),
    "rlsgraph paths": ([PYTHON, "-m", "rlsgraph", "paths", *ENDS], NUMPY, 3.5),
    "rlsgraph hypotheses": ([PYTHON, "-m", "rlsgraph", "hypotheses"], NUMPY, 3.5),
    "rlsgraph explain": ([PYTHON, "-m", "rlsgraph", "explain", *CLAIM], NUMPY, 3.5),
    "rlsgraph gaps": ([PYTHON, "-m", "rlsgraph", "gaps", *ENDS], NUMPY, 3.5),
    "rlsgraph support": ([PYTHON, "-m", "rlsgraph", "support", *ENDS], NUMPY, 5.0),
    "rlsgraph export - --format html": ([PYTHON, "-m", "rlsgraph", "export", "-", "--format", "html"], NUMPY, 6.0),
}


def seconds(command: list[str]) -> float:
    """Return how long one run of a command takes."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)
    return time.perf_counter() - begin


def main() -> None:
    """Print a row for each pair: medians, ratio, bound."""
    print("| what | median | beside it | median | ratio | bound |\n|---|---|---|---|---|---|")
    failed = False
    for name, (ours, theirs, bound) in PAIRS.items():
        seconds(ours), seconds(theirs)
        times = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
        mine, other = (statistics.median(column) for column in zip(*times, strict=True))
        failed |= mine / other > bound
        beside = f'`python -c "{theirs[-1]}"`'
        print(f"| `{name}` | {mine * 1000:.0f} ms | {beside} | {other * 1000:.0f} ms | {mine / other:.2f} | ≤ {bound:g} |")
    sys.exit(failed)


if __name__ == "__main__":
    main()
