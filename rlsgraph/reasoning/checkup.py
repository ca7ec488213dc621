"""Look a graph over for what is weak: claims without evidence, single studies, animal work, orphans, retractions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rlsgraph.model import Claim, DefinitionalLink, Entity, Source
from rlsgraph.reasoning.comparison import ClaimChange, HypothesisChange
from rlsgraph.reasoning.contradictions import Contradiction, ContradictionKind
from rlsgraph.records import Records


class FindingKind(StrEnum):
    """Name what a check looks for, in the order in which it is told."""

    RETRACTED_SOURCE = "retracted source"
    NO_EVIDENCE = "no evidence"
    SINGLE_STUDY = "single study"
    NOT_IN_PEOPLE = "animal or cell work only"
    SIGN_CONFLICT = "sign conflict"
    ORPHAN_ENTITY = "orphan entity"
    BRACKETED_TITLE = "bracketed title"


@dataclass(frozen=True, slots=True)
class Finding:
    """One weak place: the thing, its name, and what is weak about it."""

    kind: FindingKind
    thing: Claim | Source | Entity
    label: str
    detail: str = ""


@dataclass(frozen=True)
class RetractionSweep:
    """The sources that a list of retracted work names, and the claims and hypotheses that move without them."""

    hits: tuple[Finding, ...]
    claims: tuple[ClaimChange, ...]
    hypotheses: tuple[HypothesisChange, ...]


def check_up(records: Records, study_of: Mapping[str, str], contradictions: Iterable[Contradiction]) -> tuple[Finding, ...]:
    """Return all weak places by kind, then by IRI; `study_of` gives the study of a source that shares one."""
    found = [
        *_sources(records.sources.values()),
        *(finding for claim in records.claims.values() for finding in _claim(claim, study_of)),
        *_conflicts(contradictions),
        *_orphans(records),
    ]
    order = list(FindingKind)
    return tuple(sorted(found, key=lambda finding: (order.index(finding.kind), finding.thing.iri)))


def _sources(sources: Iterable[Source]) -> Iterator[Finding]:
    for source in sources:
        if source.retracted:
            yield Finding(FindingKind.RETRACTED_SOURCE, source, source.citation, "its evidence adds nothing")
        if source.title_is_descriptive:
            yield Finding(FindingKind.BRACKETED_TITLE, source, source.citation, source.title)


def _claim(claim: Claim, study_of: Mapping[str, str]) -> Iterator[Finding]:
    standing = [item for item in claim.evidence if not item.source.retracted]
    if not standing:
        detail = "only retracted work bears on it" if claim.evidence else "nothing bears on it"
        yield Finding(FindingKind.NO_EVIDENCE, claim, str(claim), detail)
        return
    studies = [item for item in standing if item.design.is_study]
    names = {study_of.get(item.source.iri, item.source.iri): item.source.citation for item in studies}
    if len(names) == 1:
        yield Finding(FindingKind.SINGLE_STUDY, claim, str(claim), next(iter(names.values())))
    if studies and not any("human" in item.species for item in studies):
        species = sorted({name for item in studies for name in item.species})
        yield Finding(FindingKind.NOT_IN_PEOPLE, claim, str(claim), ", ".join(species))


def _conflicts(contradictions: Iterable[Contradiction]) -> Iterator[Finding]:
    for contradiction in contradictions:
        if contradiction.kind is not ContradictionKind.OPPOSED_PATHS:
            claim = contradiction.claims[0]
            yield Finding(FindingKind.SIGN_CONFLICT, claim, contradiction.kind.value, str(contradiction))


def _orphans(records: Records) -> Iterator[Finding]:
    ties: list[Claim | DefinitionalLink] = [*records.claims.values(), *records.links.values()]
    used = {end.iri for tie in ties for end in (tie.subject, tie.object)}
    for entity in records.entities.values():
        if entity.iri not in used:
            yield Finding(FindingKind.ORPHAN_ENTITY, entity, entity.label, "no claim or link names it")


_DOI = re.compile(r"10\.\d{4,9}/[^\s,;\"'<>]+", re.IGNORECASE)
_PMID = re.compile(
    r"(?:^\s*|\bpmid:?\s*)(\d{1,9})\s*$|\bpmid:?\s*(\d{1,9})\b|(?:^|[\s,;\"/])(\d{6,9})(?=$|[\s,;\"/])", re.IGNORECASE
)


def find_listed(sources: Iterable[Source], listing: str) -> tuple[Finding, ...]:
    """Return the sources whose DOI or PMID stands in a list: one a line, or a table with them in any column.

    A PMID is a number that stands alone on its line, follows the word PMID, or has six digits or more. Lines that begin
    with # are comments.
    """
    lines = [line for line in listing.splitlines() if not line.lstrip().startswith("#")]
    dois = {found.rstrip(".)").casefold() for line in lines for found in _DOI.findall(line)}
    pmids = {digits for line in lines for found in _PMID.findall(_DOI.sub(" ", line)) for digits in found if digits}
    return tuple(
        Finding(FindingKind.RETRACTED_SOURCE, source, source.citation, source.title)
        for source in sources
        if source.doi.casefold() in dois or source.pmid in pmids
    )
