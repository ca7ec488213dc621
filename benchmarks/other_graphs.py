"""Read the graphs of others, score them, ask each a question, and compare BEL's own words of confidence with our scores.

    python benchmarks/other_graphs.py ../shared/corpora

Printed: what was kept and left out, processor seconds, peak memory; and, for BEL, Kendall's tau-b and Spearman's rank
correlation between the mean of the curators' `Confidence` (Low 1 … Very High 4) over a claim's statements and its score.
docs/other-graphs.md holds the figures.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import mean

import rlsgraph
from rlsgraph.formats.reading.bel import RELATIONS
from rlsgraph.formats.reading.table import readings

PLACES = {"bel": "conib", "dismech": "dismech", "physiomap": "physiomap/physiomap.ttl"}
WORDS = {"Low": 1, "Medium": 2, "High": 3, "Very High": 4}


def measure(name: str, path: Path) -> None:
    """Read one corpus and print what came of it; run in a process of its own, for its memory."""
    began = time.process_time()
    draft = readings()[name].read(path)
    read = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.ttl"
        file.write_text(draft.turtle(), "utf-8")
        kg = rlsgraph.load(file)
        claims = kg.claims()
    scored = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {dict(draft.kept)}; left out {sum(draft.lost.values())}: {dict(draft.lost.most_common(6))}")
    print(f"  read {read - began:.2f} s, loaded and scored {scored - read:.2f} s of processor time, peak {peak:.0f} MB")
    scores = [claim.score for claim in claims]
    print(f"  scores {min(scores):.2f} to {max(scores):.2f}, untested {sum(claim.is_untested for claim in claims)}")
    if name == "bel":
        compare_words(kg, path)


def compare_words(kg: rlsgraph.KnowledgeGraph, folder: Path) -> None:
    """Print the rank agreement of the curators' words with the scores."""
    from scipy.stats import kendalltau, spearmanr

    words: dict[str, list[int]] = defaultdict(list)
    for file in sorted(folder.glob("*.json")):
        graph = json.loads(file.read_text("utf-8"))
        for link in graph["links"]:
            said = (link.get("annotations") or {}).get("Confidence")
            ends = [graph["nodes"][link[end]]["bel"] for end in ("source", "target")]
            if said and link["relation"] in RELATIONS and not link.get("source_modifier") and not link.get("target_modifier"):
                key = f"{ends[0]} {RELATIONS[link['relation']].verb} {ends[1]}"
                words[key] += [WORDS[each["identifier"]] for each in said if each["identifier"] in WORDS]
    pairs = [(mean(words[str(claim)]), claim.score) for claim in kg.claims() if words.get(str(claim))]
    graded, scores = zip(*pairs, strict=True)
    tau, rho = kendalltau(graded, scores).statistic, spearmanr(graded, scores).statistic
    print(f"  {len(pairs)} claims with a word: tau-b {tau:.3f}, rho {rho:.3f}")
    for word, number in WORDS.items():
        chosen = [score for grade, score in pairs if round(grade) == number]
        if chosen:
            print(f"    {word}: {len(chosen)} claims, mean score {mean(chosen):.3f}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        for name, place in PLACES.items():
            subprocess.run([sys.executable, __file__, name, str(Path(sys.argv[1]) / place)], check=True)
