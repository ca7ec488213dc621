"""Propose the evidence items of a table, with the claims that they bear on."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from rlsgraph.curation.adding import claim_between
from rlsgraph.curation.tables.asserted import digest, facts_of
from rlsgraph.curation.tables.columns import COLUMNS, Kind
from rlsgraph.curation.tables.entries import Entry
from rlsgraph.curation.tables.proposed import Proposed, RowError, local_id, shown, tell_differences
from rlsgraph.curation.tables.report import Outcome
from rlsgraph.curation.tables.source_rows import PAPER_KEYS, Sources
from rlsgraph.errors import CurationError
from rlsgraph.graph.what_if import DIRECTIONS
from rlsgraph.model import namespaces as ns
from rlsgraph.model.assertions import FORMS, say_claim, say_evidence

_NOT_SAID_OF_ITEM = {"id", "subject", "predicate", "object", "source", "p"}


def propose_evidence(proposed: Proposed, entries: list[Entry], sources: Sources) -> None:
    """Add evidence items, with the claims that they bear on and the papers that they come from."""
    items: dict[str, list[str]] = defaultdict(list)
    for claim, said in list(proposed.asserted.said.items()):
        items[claim] += [value for name, value in said if name == ns.RLS + "hasEvidence"]
    for entry in entries:
        try:
            _evidence(proposed, entry, sources, items)
        except RowError as error:
            proposed.refuse(entry, error)


def find_unknown_entities(proposed: Proposed, entry: Entry) -> None:
    """Tell of names that nothing has in an entry that cannot be read whole, so that all its faults are known at once."""
    for key in {"subject", "object"} & entry.values.keys() if entry.kind is Kind.EVIDENCE else ():
        try:
            proposed.entity(entry, key)
        except RowError as error:
            proposed.refuse(entry, error)


def _evidence(proposed: Proposed, entry: Entry, sources: Sources, items: dict[str, list[str]]) -> None:
    values = entry.values
    subject, object_ = proposed.entity(entry, "subject"), proposed.entity(entry, "object")
    if subject.iri == object_.iri:
        raise RowError("object", "is the subject itself", "name two different entities")
    facts = _facts(entry)
    source, _, note = sources.take(entry, values.get("source", ""), "source")
    predicate = values["predicate"]
    try:
        claim, _ = claim_between(proposed.before, subject, predicate, object_)
    except CurationError as error:
        raise RowError("subject", str(error), "correct subject, predicate or object") from error
    is_new_claim = claim not in proposed.asserted
    anonymous = list(say_evidence(ns.EVIDENCE, source, facts))
    if "id" in values:
        item = local_id(values["id"], ns.EVIDENCE, "id")
    else:
        alike = (each for each in items[claim] if proposed.asserted.is_alike(each, anonymous))
        item = next(alike, f"{ns.EVIDENCE}{ns.slug_of(source)}-{digest(facts_of(anonymous), claim)}")
    triples = list(say_evidence(item, source, facts))
    if item in proposed.asserted:
        _refuse_another(proposed, item, triples, is_of_claim=item in items[claim])
        proposed.report(entry, Outcome.THERE, item, note, proposed.place_of(item).removeprefix(", "), claim=claim)
        return
    beside = [each for each in items[claim] if (ns.DCTERMS + "source", source) in proposed.asserted.said[each]]
    if beside:
        note = "; ".join(
            filter(None, (note, f"stands beside {shown(beside[0])} of the same paper: of each sign the heavier counts"))
        )
    items[claim].append(item)
    stated = say_claim(claim, subject.iri, predicate, object_.iri, evidence=item)
    proposed.add(proposed.home_of_claim(claim, subject.group), [*stated, *triples], item, claim, entry=entry)
    proposed.report(entry, Outcome.NEW_CLAIM if is_new_claim else Outcome.NEW_ITEM, item, note, claim=claim)


def _facts(entry: Entry) -> dict[str, Any]:
    """Return what an entry says of its item, by the CURIE of the property; that something is not so is left unsaid."""
    keys = [column for column in COLUMNS[Kind.EVIDENCE] if column.key not in {*_NOT_SAID_OF_ITEM, *PAPER_KEYS}]
    facts = {column.curie: entry.values[column.key] for column in keys if column.key in entry.values and column.curie in FORMS}
    if "rls:direction" not in facts:
        if "rls:result" not in facts:
            raise RowError("result", "is missing, and so is the direction", "say what was found: as claimed, no effect found …")
        facts["rls:direction"] = DIRECTIONS[facts["rls:result"]]
    if "p" in entry.values:
        facts["rls:pValue"], is_bound = entry.values["p"]
        facts["rls:isBound"] = is_bound or facts.get("rls:isBound", False)
    return {name: value for name, value in facts.items() if value is not False}


def _refuse_another(proposed: Proposed, item: str, triples: list[Any], *, is_of_claim: bool) -> None:
    """Refuse an item whose id another has."""
    where = proposed.place_of(item)
    if not is_of_claim:
        raise RowError("id", f"is the id of an item of another claim{where}", "leave the id empty, or give another")
    differences = proposed.asserted.differences(item, triples)
    if differences:
        first = differences[0]
        words = f"is the id of an item that says otherwise{where}: {tell_differences(Kind.EVIDENCE, differences)}"
        there = f"there stands {shown(first.there)}" if first.there else "there stands nothing"
        remedy = (
            f"{there}, here {shown(first.now)}: leave the id empty if it is another finding, or correct the one that is wrong"
        )
        raise RowError("id", words, remedy)
