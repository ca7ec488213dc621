"""Measure commands on a store on disk, as whole processes, side by side with the imports that they cannot do without.

Processor time, since a store is read by the processor; the second run counts, as the first fills the disk's cache. Another
size, or a store of your own and two of its entities: python benchmarks/on_disk.py [CLAIMS | STORE START END]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from synthetic import synthetic_graph

CLAIMS, ROUNDS, BOUND = 19_000, 3, 5.0
ENDS = ("entity 3", "entity 40")
BESIDE = "import click, pyoxigraph, numpy"


def processor_seconds(command: list[str]) -> float:
    """Return the processor time of one run of a command."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime


def measure(store: Path, start: str, end: str) -> bool:
    """Print a row for each command; return whether all are within the bound."""
    commands = (
        ["paths", start, end],
        ["paths", start, end, "--max-steps", "4"],
        ["support", start, end, "--max-steps", "3"],
        ["claims", "--subject", start],
    )
    print("| what | median | beside it | median | ratio | bound |\n|---|---|---|---|---|---|")
    within = True
    for words in commands:
        ours = [sys.executable, "-m", "rlsgraph", *words, "--data", str(store)]
        theirs = [sys.executable, "-c", BESIDE]
        processor_seconds(ours), processor_seconds(theirs)
        times = [(processor_seconds(ours), processor_seconds(theirs)) for _ in range(ROUNDS)]
        mine, other = (statistics.median(column) for column in zip(*times, strict=True))
        within &= mine / other <= BOUND
        shown = " ".join(f'"{word}"' if " " in word else word for word in words)
        print(
            f'| `rlsgraph {shown}` | {mine:.2f} s | `python -c "{BESIDE}"` | {other:.2f} s | {mine / other:.1f} | ≤ {BOUND:g} |'
        )
    return within


def main() -> None:
    """Measure a store that is named, or one of a seeded graph."""
    if len(sys.argv) == 4:
        sys.exit(not measure(Path(sys.argv[1]), *sys.argv[2:]))
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    with tempfile.TemporaryDirectory(prefix="on-disk-") as folder:
        file, store = Path(folder) / "graph.nt", Path(folder) / "store"
        with file.open("w", encoding="utf-8") as stream:
            stream.writelines(synthetic_graph(claims, complete=True))
        subprocess.run([sys.executable, "-m", "rlsgraph", "build", store, file], check=True)
        sys.exit(not measure(store, *ENDS))


if __name__ == "__main__":
    main()
