"""Measure the verdicts of `support` on signed pairs of another graph: precision and coverage, beside the best signed path.

    python benchmarks/verdicts.py ../shared/corpora/physiomap [MAX_STEPS …]

The folder holds PhysioMap's `physiomap.ttl` (signed causal relations, each with a class of evidence) and `pairs-dev.tsv` (a
primary intervention such as `abat_activity -`, a variable, and the direction in which it is known to move). Each relation
becomes a claim with one evidence item. The file does not say design, number or species, so nothing is taken for a trial, and
the item is read in three ways, which differ in one row: what an experiment with a broken gene is worth.

    class of evidence                         read as
    genetic_lof_gof                           strict: case report; cautious: mendelian randomisation; generous: genome-wide study
    mendelian_randomization                   mendelian randomisation
    perturbation, pharmacological             animal study
    curated_mechanistic, mechanistic_model    expert hypothesis

An intervention that names several variables is asked of each, and speaks where all that speak agree. The best signed path is
the first in the order of `paths` whose sign is known; it never abstains where there is one.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

import rlsgraph
from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import Polarity
from rlsgraph.reasoning.verdict import SupportVerdict

PMO = "https://w3id.org/physiomap/ontology#"
PREDICATES = {"+": "increases", "-": "decreases", "?": "affects"}
STRICT = {
    "genetic_lof_gof": "CaseReport",
    "mendelian_randomization": "MendelianRandomisation",
    "perturbation": "AnimalStudy",
    "pharmacological": "AnimalStudy",
    "curated_mechanistic": "ExpertHypothesis",
    "mechanistic_model": "ExpertHypothesis",
}
READINGS = {
    "strict": STRICT,
    "cautious": STRICT | {"genetic_lof_gof": "MendelianRandomisation"},
    "generous": STRICT | {"genetic_lof_gof": "GWAS"},
}
MAX_STEPS = (2, 3, 4)
PATHS_LOOKED_AT = 200
SAMPLES = 10_000
SIGNS = {"+": 1, "-": -1}


@dataclass(frozen=True)
class Pair:
    """What is known: the interventions (variable, sign), the variable that moves, and which way."""

    interventions: tuple[tuple[str, int], ...]
    variable: str
    direction: int


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a table."""
    with path.open(encoding="utf-8") as lines:
        return [
            Pair(
                tuple((name, SIGNS[sign]) for name, sign in (part.split() for part in row["primary_intervention"].split(";"))),
                row["physiomap_variable"],
                SIGNS[row["reference_direction"]],
            )
            for row in csv.DictReader(lines, delimiter="\t")
        ]


def turtle_of(path: Path, designs: Mapping[str, str]) -> Iterator[str]:
    """Yield the claims of a PhysioMap file, each with its evidence, as Turtle."""
    store = ox.Store()
    store.load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    yield from (f"@prefix {name}: <{base}> .\n" for name, base in ns.PREFIXES.items())
    yield 'source:physiomap a rls:Source ; dcterms:title "PhysioMap" .\n'
    for (node,) in store.query(f"SELECT ?v {{ ?v a <{PMO}Variable> }}"):
        name = _name(node)
        yield f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en ; rls:group rls:GutGroup .\n'
    question = f"SELECT ?r ?s ?sign ?o ?e {{ ?r a <{PMO}CausalRelation> ; <{PMO}hasSource> ?s ; <{PMO}sign> ?sign ; "
    question += f"<{PMO}hasTarget> ?o ; <{PMO}causalEvidence> ?e FILTER(?s != ?o) }} ORDER BY ?r"
    for number, (_, subject, sign, object_, evidence) in enumerate(store.query(question)):
        yield _claim(number, _name(subject), PREDICATES[sign.value], _name(object_), designs[evidence.value])


def _name(node: ox.NamedNode) -> str:
    return node.value.rsplit("/", 1)[-1]


def _claim(number: int, subject: str, predicate: str, object_: str, design: str) -> str:
    """Return a claim with an item; each relation is a source of its own, as its paper is not one in the file."""
    return (
        f"<{ns.CLAIM}{subject}.{predicate}.{object_}> a rls:Claim, rdf:Statement ; rdf:subject entity:{subject} ;\n"
        f"  rdf:predicate rls:{predicate} ; rdf:object entity:{object_} ; rls:hasEvidence evidence:r{number} .\n"
        f'evidence:r{number} a rls:Evidence ; dcterms:identifier "r{number}" ; rls:direction rls:Supports ;\n'
        f"  rls:studyDesign rls:{design} ; dcterms:source source:r{number} .\n"
        f'source:r{number} a rls:Source ; dcterms:title "relation {number}" .\n'
    )


def by_verdict(kg: rlsgraph.KnowledgeGraph, max_steps: int) -> tuple[Callable[[str, str], int], Counter[str]]:
    """Return what gives the sign of a verdict (0 for none), and a count of the reasons."""
    reasons: Counter[str] = Counter()

    @cache
    def sign(start: str, end: str) -> int:
        judgement = kg.support(start, end, max_steps=max_steps, samples=SAMPLES).judgement
        reasons[str(judgement)] += 1
        return {SupportVerdict.RAISES: 1, SupportVerdict.LOWERS: -1}.get(judgement.verdict, 0)

    return sign, reasons


def by_best_path(kg: rlsgraph.KnowledgeGraph, max_steps: int) -> Callable[[str, str], int]:
    """Return what gives the sign of the best path of known sign (0 where there is none)."""

    @cache
    def sign(start: str, end: str) -> int:
        claims = kg.graph_source.whole().claim_graph
        question = claims.ask(kg.entity(start), kg.entity(end), max_steps=max_steps)
        paths = islice(question.iter_paths(), PATHS_LOOKED_AT)
        return next((int(path.polarity) for path in paths if path.polarity is not Polarity.UNKNOWN), 0)

    return sign


def measure(pairs: list[Pair], sign: Callable[[str, str], int]) -> tuple[int, int]:
    """Return how many pairs are spoken of, and how many of these rightly."""
    spoken = right = 0
    for pair in pairs:
        ends = [(sign(name, pair.variable) if name != pair.variable else 1) * way for name, way in pair.interventions]
        said = {way for way in ends if way}
        if len(said) == 1:
            spoken += 1
            right += said == {pair.direction}
    return spoken, right


def row(name: str, max_steps: int, spoken: int, right: int, pairs: int) -> str:
    """Return a row of the table."""
    precision = f"{right / spoken:.3f}" if spoken else ""
    return f"| {name} | {max_steps} | {spoken} of {pairs} | {spoken / pairs:.3f} | {right} | {precision} |"


def load(file: Path, designs: Mapping[str, str]) -> rlsgraph.KnowledgeGraph:
    """Return the claims of a PhysioMap file as a graph in memory."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "claims.ttl"
        path.write_text("".join(turtle_of(file, designs)), encoding="utf-8")
        return rlsgraph.load(path)


def main(folder: Path, steps: tuple[int, ...]) -> None:
    """Print precision and coverage of the verdicts, in each reading, and of the best signed path."""
    pairs = read_pairs(folder / "pairs-dev.tsv")
    graphs = {name: load(folder / "physiomap.ttl", designs) for name, designs in READINGS.items()}
    for name, kg in graphs.items():
        scores = Counter(f"{claim.score:.3f}" for claim in kg.claims())
        print(f"{name}: {len(kg)} claims, scores {dict(sorted(scores.items()))}", file=sys.stderr)
    majority = max(Counter(pair.direction for pair in pairs).values())
    print("| what | steps | speaks of | coverage | right | precision |\n|---|---|---|---|---|---|")
    print(row("always the commoner direction", 0, len(pairs), majority, len(pairs)))
    for max_steps in steps:
        for name, kg in graphs.items():
            began = time.perf_counter()
            sign, reasons = by_verdict(kg, max_steps)
            print(row(f"verdict, {name}", max_steps, *measure(pairs, sign), len(pairs)), flush=True)
            took = time.perf_counter() - began
            print(f"{name}, {max_steps} steps, {took:.0f} s: {dict(reasons.most_common())}", file=sys.stderr)
        sign = by_best_path(graphs["generous"], max_steps)
        print(row("best signed path, generous", max_steps, *measure(pairs, sign), len(pairs)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(map(int, sys.argv[2:])) or MAX_STEPS)
