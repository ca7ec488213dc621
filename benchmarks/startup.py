"""Measure whole processes against their bounds, side by side: each pair is run in turn, many times, in one go.

By processor time, which other work on the machine disturbs least; the time on the clock stands beside it. Python may keep what
it compiles, as an installer does. Some commands alone: python benchmarks/startup.py gaps support
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

ROUNDS = 15
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


ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: list[str]) -> tuple[float, float]:
    """Return how long one run of a command takes: the processor, and on the clock."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} failed")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - begin


def main() -> None:
    """Print a row for each pair: medians, ratio, bound."""
    print("| what | processor | beside it | processor | ratio | on the clock | bound |\n|---|---|---|---|---|---|---|")
    failed = False
    for name, (ours, theirs, bound) in PAIRS.items():
        if sys.argv[1:] and not any(word in name.split() for word in sys.argv[1:]):
            continue
        seconds(ours), seconds(theirs)
        times = [(*seconds(ours), *seconds(theirs)) for _ in range(ROUNDS)]
        mine, my_clock, other, other_clock = (statistics.median(column) for column in zip(*times, strict=True))
        failed |= mine / other > bound
        beside = f'`python -c "{theirs[-1]}"`'
        print(
            f"| `{name}` | {mine * 1000:.0f} ms | {beside} | {other * 1000:.0f} ms | {mine / other:.2f} "
            f"| {my_clock / other_clock:.2f} | ≤ {bound:g} |",
            flush=True,
        )
    sys.exit(failed)


if __name__ == "__main__":
    main()
