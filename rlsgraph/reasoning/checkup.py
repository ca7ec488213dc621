"""Look a graph over for what is weak: claims without evidence, single studies, animal work, orphans, retractions."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from rlsgraph.errors import DataError
from rlsgraph.model.records import Records
from rlsgraph.model.shown import Shown, ShownRows
from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Source
from rlsgraph.reasoning.comparison import ClaimChange, HypothesisChange
from rlsgraph.reasoning.contradictions import Contradiction, ContradictionKind


class FindingKind(StrEnum):
    """Name what a check looks for, in the order in which it is told."""

    RETRACTED_SOURCE = "retracted source"
    NO_EVIDENCE = "no evidence"
    OPINION_ONLY = "opinion or review only"
    SINGLE_STUDY = "single study"
    NOT_IN_PEOPLE = "animal or cell work only"
    SIGN_CONFLICT = "sign conflict"
    ORPHAN_ENTITY = "orphan entity"
    BRACKETED_TITLE = "bracketed title"


@dataclass(frozen=True, slots=True)
class Finding(Shown):
    """One weak place: the thing, its name, and what is weak about it."""

    kind: FindingKind
    thing: Claim | Source | Entity
    label: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.label}"


@dataclass(frozen=True)
class RetractionSweep(ShownRows):
    """The sources that a list of retracted work names, and the claims and hypotheses that move without them.

    `dois` and `pmids` are how many the list holds.
    """

    dois: int
    pmids: int
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
        is_lent = claim.confidence.support_weight + claim.confidence.dispute_weight > 0
        bare = "no evidence of its own; associations or signed claims lend it weight" if is_lent else "nothing bears on it"
        detail = "only retracted work bears on it" if claim.evidence else bare
        yield Finding(FindingKind.NO_EVIDENCE, claim, str(claim), detail)
        return
    studies = [item for item in standing if item.design.is_study]
    names = {study_of.get(item.source.iri, item.source.iri): item.source.citation for item in studies}
    if not studies:
        designs = sorted({item.design.label for item in standing})
        yield Finding(FindingKind.OPINION_ONLY, claim, str(claim), ", ".join(designs))
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


_TOKEN = re.compile(r"[^\s,;|\"'<>\[\]{}]+")
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(pmid:?)?(\d{1,9})(?:\.0)?", re.IGNORECASE)
_LEAST_DIGITS = 6


def read_identifiers(listing: bytes) -> tuple[frozenset[str], frozenset[str]]:
    """Return the DOIs (in lower case) and PMIDs in a list: one a line, or a table with them in any column.

    A PMID is a number that stands alone on its line, follows the word PMID, or has six digits or more. Lines that begin
    with # are comments. Raises `DataError` where the list is no text, or holds neither.
    """
    dois, pmids = set(), set()
    for line in _decode(listing).splitlines():
        tokens = [] if line.lstrip().startswith("#") else _TOKEN.findall(unquote(line))
        for before, token in zip(["", *tokens], tokens, strict=False):
            doi, number = _DOI.search(token), _NUMBER.fullmatch(token.rstrip("."))
            if doi:
                dois.add(_without_closing(doi[0]).casefold())
            elif number and (
                number[1] or len(tokens) == 1 or before.casefold().startswith("pmid") or len(number[2]) >= _LEAST_DIGITS
            ):
                pmids.add(number[2])
    if not dois and not pmids:
        raise DataError("there is no PMID or DOI in this list")
    return frozenset(dois), frozenset(pmids)


def _decode(listing: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if listing.startswith(mark):
            return listing.decode(encoding, errors="replace")
    if b"\0" in listing:
        raise DataError("this is no text: save the list as text or CSV")
    return listing.decode("utf-8", errors="replace")


def _without_closing(doi: str) -> str:
    """Return a DOI without a full stop or a bracket that closes the text around it."""
    while doi.endswith(".") or (doi.endswith(")") and doi.count(")") > doi.count("(")):
        doi = doi[:-1]
    return doi


def find_listed(sources: Iterable[Source], dois: frozenset[str], pmids: frozenset[str]) -> tuple[Finding, ...]:
    """Return the sources that go by one of the DOIs or PMIDs."""
    return tuple(
        Finding(FindingKind.RETRACTED_SOURCE, source, source.citation, source.title)
        for source in sources
        if source.doi.casefold() in dois or source.pmid in pmids
    )
