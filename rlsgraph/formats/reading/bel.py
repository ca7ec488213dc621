"""Read BEL graphs in the node-link JSON that PyBEL writes.

A signed relation becomes a claim, its quoted text an evidence item. `association` has no sign and `causesNoChange` is a measured
negative: it disputes what the graph claims between the same two terms, and `affects` where it claims nothing. What modifies a
term (activity, degradation, translocation) makes another entity of it: no sign is inferred from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rlsgraph.errors import DataError
from rlsgraph.formats.reading.draft import Draft
from rlsgraph.model.study_terms import Result
from rlsgraph.model.vocabulary import Direction, LinkKind, Predicate, StudyDesign
from rlsgraph.triples.bounds import read_text_file

Record = Mapping[str, Any]

RELATIONS = {
    "increases": Predicate.INCREASES,
    "directlyIncreases": Predicate.INCREASES,
    "decreases": Predicate.DECREASES,
    "directlyDecreases": Predicate.DECREASES,
    "regulates": Predicate.AFFECTS,
    "positiveCorrelation": Predicate.POSITIVELY_ASSOCIATED_WITH,
    "negativeCorrelation": Predicate.NEGATIVELY_ASSOCIATED_WITH,
}
NO_CHANGE = "causesNoChange"
KIND_OF = "isA"
CATEGORIES = {
    "Protein": "Protein",
    "Gene": "Gene",
    "RNA": "Transcript",
    "miRNA": "MicroRNA",
    "Abundance": "ChemicalEntity",
    "Complex": "MacromolecularComplex",
    "BiologicalProcess": "BiologicalProcess",
    "Pathology": "Disease",
}
PEOPLE = "9606"


def read(path: Path) -> Draft:
    """Return what a file, or each `.json` file of a folder, says."""
    draft = Draft()
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        _read_graph(file, draft)
    return draft


def _read_graph(path: Path, draft: Draft) -> None:
    try:
        graph = json.loads(read_text_file(path))
        nodes, links = graph["nodes"], graph["links"]
        statements = [(_statement(nodes, link), link) for link in links]
        for (ends, relation), link in sorted(statements, key=lambda statement: statement[0][1] == NO_CHANGE):
            _add(draft, ends, relation, link, path.name)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise DataError(f"no BEL graph in node-link JSON: {type(error).__name__} {error}", path=path) from error


End = tuple[str, str]
"""A term: its name in BEL, and its function."""


def _statement(nodes: list[Record], link: Record) -> tuple[tuple[End, End], str]:
    """Return the two terms of a statement, and its relation."""
    source, target = nodes[link["source"]], nodes[link["target"]]
    return (_end(source, link.get("source_modifier")), _end(target, link.get("target_modifier"))), str(link["relation"])


def _end(node: Record, modifier: Record | None) -> End:
    name = str(node.get("bel") or node["id"])
    acts = str((modifier or {}).get("modifier") or "")
    return (f"{acts.lower()} of {name}", "") if acts else (name, str(node.get("function", "")))


def _add(draft: Draft, ends: tuple[End, End], relation: str, link: Record, file: str) -> None:
    """Add a statement to a draft, or count why it is left out; measured negatives come last, when all claims are known."""
    if relation == KIND_OF:
        draft.link(_entity(draft, ends[0]), LinkKind.BROADER, _entity(draft, ends[1]), "isA in the BEL graph")
        return
    predicate = RELATIONS.get(relation)
    if predicate is None and relation != NO_CHANGE:
        draft.lost[f"relation {relation}"] += 1
        return
    if not link.get("citation"):
        draft.lost["statements without citation"] += 1
        return
    subject, object_ = (_entity(draft, end) for end in ends)
    disputed = [each for each in _SIGNED if draft.has_claim(subject, each, object_)] or [Predicate.AFFECTS]
    for number, each in enumerate([predicate] if predicate else disputed):
        claim = draft.claim(subject, each, object_)
        if claim is not None:
            key = f"{file} {link.get('key') or link.get('line')}{f' {number}' if number else ''}"
            _add_evidence(draft, claim, key, link, is_negative=predicate is None)


_SIGNED = (Predicate.INCREASES, Predicate.DECREASES)


def _entity(draft: Draft, end: End) -> str:
    name, function = end
    return draft.entity(name, name, category=CATEGORIES.get(function, ""))


def _add_evidence(draft: Draft, claim: str, key: str, link: Record, *, is_negative: bool) -> None:
    species = sorted(set(_annotated(link, "Species")))
    draft.evidence(
        key,
        claim,
        _source(draft, link["citation"]),
        Direction.DISPUTES if is_negative else Direction.SUPPORTS,
        _design(link, species),
        result=Result.NO_EFFECT_FOUND if is_negative else None,
        text=str(link.get("evidence") or ""),
        species=("NCBITaxon:" + each for each in species),
        locator=f"line {link['line']} of the BEL document" if "line" in link else "",
    )


def _source(draft: Draft, citation: Record) -> str:
    kind, identifier = str(citation.get("namespace", citation.get("db", ""))).lower(), str(citation.get("identifier", ""))
    return draft.source(
        f"{kind}-{identifier}",
        str(citation.get("name") or ""),
        first_author=str(citation.get("first") or ""),
        year=str(citation.get("date") or "")[:4],
        journal=str(citation.get("journal") or ""),
        pmid=identifier if kind == "pubmed" else "",
        doi=identifier if kind == "doi" else "",
    )


def _design(link: Record, species: list[str]) -> StudyDesign:
    """Return the design as far as the annotations tell it: a review, cells, animals; else it is not stated."""
    if "review" in str(link["citation"].get("article_type", "")).lower():
        return StudyDesign.NARRATIVE_REVIEW
    if any(True for name in ("CellLine", "Cell_Line") for _ in _annotated(link, name)):
        return StudyDesign.IN_VITRO
    return StudyDesign.ANIMAL_STUDY if species and PEOPLE not in species else StudyDesign.UNKNOWN


def _annotated(link: Record, name: str) -> Iterator[str]:
    for value in (link.get("annotations") or {}).get(name, ()):
        yield str(value["identifier"] if isinstance(value, Mapping) else value)
