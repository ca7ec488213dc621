"""Read KGX: tables of nodes and edges (`NAME_nodes.tsv`, `NAME_edges.tsv`), or the same as JSON Lines.

A sign comes from `object_direction_qualifier`, from a correlation's predicate, or not at all: `biolink:causes` says that
something happens, not that more of the one is more of the other, and becomes a claim of open direction.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from rlsgraph.errors import DataError, UnknownNameError
from rlsgraph.formats.reading.draft import Draft
from rlsgraph.model import namespaces as ns
from rlsgraph.model.term_names import parse_design
from rlsgraph.model.vocabulary import Direction, LinkKind, Predicate, StudyDesign
from rlsgraph.triples.bounds import read_text_file

Record = Mapping[str, Any]

CORRELATIONS = {
    "biolink:positively_correlated_with": Predicate.POSITIVELY_ASSOCIATED_WITH,
    "biolink:negatively_correlated_with": Predicate.NEGATIVELY_ASSOCIATED_WITH,
}
CAUSES = ("biolink:affects", "biolink:causes", "biolink:contributes_to", "biolink:regulates")
SIGNS = {
    "increased": Predicate.INCREASES,
    "upregulated": Predicate.INCREASES,
    "decreased": Predicate.DECREASES,
    "downregulated": Predicate.DECREASES,
}
LINKS = {
    "biolink:subclass_of": LinkKind.BROADER,
    "biolink:part_of": LinkKind.PART_OF,
    "biolink:opposite_of": LinkKind.OPPOSITE_OF,
}
_SIDES = {"supporting": Direction.SUPPORTS, "disputing": Direction.DISPUTES, "inconclusive": Direction.INCONCLUSIVE}


def read(path: Path) -> Draft:
    """Return what the two files of a name say; `path` is one of them, or the name without `_nodes` and `_edges`."""
    nodes_path, edges_path = _pair(path)
    nodes = {str(node["id"]): node for node in _records(nodes_path, "id")}
    draft = Draft()
    for number, edge in enumerate(_records(edges_path, "subject", "predicate", "object")):
        _add(draft, nodes, edge, str(edge.get("id") or f"{edges_path.stem}-{number}"))
    return draft


def _pair(path: Path) -> tuple[Path, Path]:
    name = path.name
    for ending in (".tsv", ".jsonl"):
        stem = name.removesuffix(ending).removesuffix("_nodes").removesuffix("_edges")
        nodes, edges = path.with_name(f"{stem}_nodes{ending}"), path.with_name(f"{stem}_edges{ending}")
        if nodes.is_file() and edges.is_file():
            return nodes, edges
    raise DataError("KGX is two files, NAME_nodes.tsv and NAME_edges.tsv (or .jsonl); they are not there", path=path)


def _records(path: Path, *needed: str) -> Iterator[Record]:
    try:
        lines = StringIO(read_text_file(path), newline="")
        if path.suffix == ".tsv":
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            found: list[Record] = [{name: value for name, value in row.items() if value} for row in rows]
        else:
            found = [json.loads(line) for line in lines if line.strip()]
    except (ValueError, csv.Error, RecursionError) as error:
        raise DataError(f"no KGX: {error}", path=path) from error
    for number, record in enumerate(found, 1):
        missing = [name for name in needed if not isinstance(record, dict) or not record.get(name)]
        if missing:
            raise DataError(f"record {number} has no {missing[0]}", path=path)
        yield record


def _add(draft: Draft, nodes: Mapping[str, Record], edge: Record, key: str) -> None:
    predicate = str(edge["predicate"])
    ends = str(edge["subject"]), str(edge["object"])
    if not set(ends) <= set(nodes):
        draft.lost["edges whose end is not among the nodes"] += 1
        return
    if predicate in LINKS:
        draft.link(_entity(draft, nodes, ends[0]), LINKS[predicate], _entity(draft, nodes, ends[1]), f"{predicate} in KGX")
        return
    meant = CORRELATIONS.get(predicate)
    if meant is None and predicate in CAUSES:
        meant = SIGNS.get(str(edge.get("object_direction_qualifier", "")), Predicate.AFFECTS)
    if meant is None:
        draft.lost[f"edges with the predicate {predicate}"] += 1
        return
    claim = draft.claim(_entity(draft, nodes, ends[0]), meant, _entity(draft, nodes, ends[1]))
    if claim is not None:
        _add_evidence(draft, nodes, edge, claim, key)


def _entity(draft: Draft, nodes: Mapping[str, Record], identifier: str) -> str:
    node = nodes[identifier]
    category = next(iter(_values(node, "category")), "").removeprefix("biolink:")
    prefix, _, local = identifier.partition(":")
    exact = ns.CURIE_BASES[prefix] + local if prefix in ns.CURIE_BASES else ""
    label = str(node.get("name") or identifier)
    return draft.entity(
        identifier,
        label,
        definition=str(node.get("description") or ""),
        category=category,
        synonyms=_values(node, "synonym"),
        exact=exact,
    )


def _add_evidence(draft: Draft, nodes: Mapping[str, Record], edge: Record, claim: str, key: str) -> None:
    """Add the study results of an edge, each on its side; of an edge without, its publications."""
    sides = {name: direction for side, direction in _SIDES.items() for name in _values(edge, side)}
    studies = _values(edge, "has_supporting_studies")
    is_negated = str(edge.get("negated", "")).lower() == "true"
    on_its_side = Direction.DISPUTES if is_negated else Direction.SUPPORTS
    for name in studies:
        study = nodes.get(name, {})
        publication = next(iter(_values(study, "xref")), name)
        draft.evidence(
            name.rpartition(":")[2] or name,
            claim,
            _source(draft, publication),
            sides.get(name, on_its_side),
            _design(study),
            text=str(study.get("description") or ""),
            sample_size=_size(study),
        )
    for number, publication in enumerate(() if studies else _values(edge, "publications")):
        draft.evidence(f"{key} {number}", claim, _source(draft, publication), on_its_side, StudyDesign.UNKNOWN)


def _source(draft: Draft, curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return draft.source(
        curie.replace(":", "-"),
        pmid=local if prefix == "PMID" else "",
        doi=local if prefix.lower() == "doi" else "",
        pmcid=f"PMC{local.removeprefix('PMC')}" if prefix in ("PMC", "PMCID") else "",
        url=curie if prefix in ("http", "https") else "",
    )


def _design(study: Record) -> StudyDesign:
    for name in _values(study, "study_method_types"):
        try:
            return parse_design(name)
        except UnknownNameError:
            continue
    return StudyDesign.UNKNOWN


def _size(study: Record) -> int | None:
    text = str(study.get("study_size") or "")
    return int(text) if text.isdecimal() and text.isascii() and int(text[:9]) > 0 else None


def _values(record: Record, name: str) -> list[str]:
    """Return the values of a field: a list in JSON, parted by bars in a table."""
    value = record.get(name)
    if isinstance(value, list):
        return [str(each) for each in value]
    return [each for each in str(value or "").split("|") if each]
