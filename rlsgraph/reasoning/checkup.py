"""Look a graph over for what is weak: claims without evidence, single studies, animal work, orphans, retractions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rlsgraph.model import namespaces as ns
from rlsgraph.model.identifiers import Identifier, read_identifier
from rlsgraph.model.records import Records
from rlsgraph.model.shown import Shown, ShownRows
from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Evidence, Source
from rlsgraph.model.weighing.studies import find_papers
from rlsgraph.reasoning.comparison import ClaimChange, HypothesisChange
from rlsgraph.reasoning.contradictions import Contradiction, ContradictionKind


class FindingKind(StrEnum):
    """Name what a check looks for, in the order in which it is told."""

    RETRACTED_SOURCE = "retracted source"
    SAME_PAPER = "one paper under two sources"
    NO_EVIDENCE = "no evidence"
    OPINION_ONLY = "opinion or review only"
    SINGLE_STUDY = "single study"
    ONE_GROUP = "one research group"
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

    `dois`, `pmids` and `pmcids` are how many the list holds.
    """

    dois: int
    pmids: int
    pmcids: int
    hits: tuple[Finding, ...]
    claims: tuple[ClaimChange, ...]
    hypotheses: tuple[HypothesisChange, ...]


def check_up(records: Records, study_of: Mapping[str, str], contradictions: Iterable[Contradiction]) -> tuple[Finding, ...]:
    """Return all weak places by kind, then by IRI; `study_of` gives the study of a source that shares one."""
    found = [
        *_sources(records.sources.values()),
        *_same_papers(records.sources),
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


def _same_papers(sources: Mapping[str, Source]) -> Iterator[Finding]:
    papers = find_papers(named for source in sources.values() for named in source.identifiers)
    for iri, first in papers.items():
        if iri != first:
            detail = f"the same paper as {ns.compress(first)}, by its identifier: it counts once; keep one source for both"
            yield Finding(FindingKind.SAME_PAPER, sources[iri], sources[iri].citation, detail)


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
    if len(names) > 1 and (groups := _shared_groups(studies)):
        yield Finding(FindingKind.ONE_GROUP, claim, str(claim), f"{len(names)} studies, all of {' and '.join(groups)}")
    if studies and not any("human" in item.species for item in studies):
        species = sorted({name for item in studies for name in item.species})
        yield Finding(FindingKind.NOT_IN_PEOPLE, claim, str(claim), ", ".join(species))


def _shared_groups(studies: Iterable[Evidence]) -> list[str]:
    """Return the research groups that all studies have in common, as the first study writes them; none where one names none."""
    named = [{" ".join(name.split()).casefold(): name for name in item.source.research_groups} for item in studies]
    return sorted(name for key, name in named[0].items() if all(key in others for others in named)) if named else []


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


def find_listed(sources: Iterable[Source], listed: Container[Identifier]) -> tuple[Finding, ...]:
    """Return the sources that go by one of the identifiers."""
    return tuple(
        Finding(FindingKind.RETRACTED_SOURCE, source, source.citation, source.title)
        for source in sources
        if any(read_identifier(value, kind) in listed for _, kind, value in source.identifiers)
    )
