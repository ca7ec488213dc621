"""Read DisMech's disease records in YAML: the steps of a pathophysiology, and what each leads to.

An edge says that one step leads to another, not whether it raises or lowers it, so each becomes a claim of open direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rlsgraph.errors import DataError
from rlsgraph.formats.reading.draft import Draft
from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign
from rlsgraph.triples.bounds import read_text_file

Record = Mapping[str, Any]

DIRECTIONS = {"SUPPORT": Direction.SUPPORTS, "REFUTE": Direction.DISPUTES, "PARTIAL": Direction.INCONCLUSIVE}
"""`NO_EVIDENCE` and `WRONG_STATEMENT` say something of the record, not of the world: such items are left out, and counted."""
DESIGNS = {"MODEL_ORGANISM": StudyDesign.ANIMAL_STUDY, "IN_VITRO": StudyDesign.IN_VITRO}
_OTHER = ("phenotypes", "treatments", "genetic", "environmental", "biochemical", "has_subtypes", "prevalence", "progression")


def read(path: Path) -> Draft:
    """Return what a record, or each `.yaml` file of a folder, says."""
    draft = Draft()
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        record = _load(file)
        _add_record(draft, record, file)
    return draft


def _load(path: Path) -> Record:
    import yaml

    try:
        record = yaml.load(read_text_file(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise DataError(f"no YAML: {' '.join(str(error).split())}", path=path) from error
    if not isinstance(record, Mapping) or not isinstance(record.get("name"), str):
        raise DataError("no disease record: it must be a mapping with a name", path=path)
    return record


def _add_record(draft: Draft, record: Record, path: Path) -> None:
    disease = str(record["name"])
    term = _mapping(_mapping(record.get("disease_term")).get("term"))
    whole = draft.entity(disease, disease, category="Disease", exact=_iri(str(term.get("id", ""))))
    steps = [step for step in _records(record.get("pathophysiology")) if step.get("name")]
    entities = {str(step["name"]): _step(draft, disease, step) for step in steps}
    for step in steps:
        here = entities[str(step["name"])]
        claim = draft.claim(here, Predicate.AFFECTS, whole)
        if claim is not None:
            _add_evidence(draft, claim, step, f"{path.stem} {step['name']}")
        for edge in _records(step.get("downstream")):
            target = str(edge.get("target", ""))
            if target not in entities:
                draft.lost["edges to what is no step of the record"] += 1
                continue
            onward = draft.claim(here, Predicate.AFFECTS, entities[target])
            if onward is not None:
                _add_evidence(draft, onward, edge, f"{path.stem} {step['name']} {target}")
    for name in _OTHER:
        if count := len(list(_records(record.get(name)))):
            draft.lost[f"entries under {name}"] += count


def _step(draft: Draft, disease: str, step: Record) -> str:
    """Return the entity of a step: a step of two diseases is two, since each record describes its own."""
    name = str(step["name"])
    definition = " ".join(str(step.get("description") or "").split())
    return draft.entity(f"{disease}: {name}", f"{name} ({disease})", definition=definition, category="PathologicalProcess")


def _add_evidence(draft: Draft, claim: str, holder: Record, key: str) -> None:
    for number, item in enumerate(_records(holder.get("evidence"))):
        direction = DIRECTIONS.get(str(item.get("supports", "")))
        reference = str(item.get("reference", ""))
        if direction is None or not reference:
            draft.lost[f"evidence items: {item.get('supports') or 'no reference'}"] += 1
            continue
        prefix, _, local = reference.partition(":")
        source = draft.source(
            reference.replace(":", "-"),
            pmid=local if prefix == "PMID" else "",
            doi=local if prefix.upper() == "DOI" else "",
            url=reference if prefix in ("http", "https") else "",
        )
        design = DESIGNS.get(str(item.get("evidence_source", "")), StudyDesign.UNKNOWN)
        text = " ".join(str(item.get("snippet") or "").split())
        draft.evidence(f"{key} {number}", claim, source, direction, design, text=text)


def _iri(curie: str) -> str:
    """Return the IRI of a CURIE in a vocabulary that is known; nothing for others."""
    prefix, _, local = curie.partition(":")
    return ns.CURIE_BASES[prefix] + local if prefix in ns.CURIE_BASES and local else ""


def _records(value: object) -> Iterable[Record]:
    return (each for each in value if isinstance(each, Mapping)) if isinstance(value, list) else ()


def _mapping(value: object) -> Record:
    return value if isinstance(value, Mapping) else {}
