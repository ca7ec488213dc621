"""Add a paper to a folder of data: its source, the study's bearing on a claim, and what is new; all of it or nothing."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rlsgraph.curation.attribution import Person, say_added, say_person
from rlsgraph.curation.check import check
from rlsgraph.curation.folder import (
    ENTITIES,
    PEOPLE,
    SOURCES,
    changed_files,
    copy_with,
    held,
    home_of_claim,
    homes_of_claims,
    write_files,
)
from rlsgraph.curation.papers import Library, Paper
from rlsgraph.curation.report import Severity
from rlsgraph.errors import CurationError, UnknownNameError
from rlsgraph.graph.known_terms import known_terms
from rlsgraph.graph.loading import load
from rlsgraph.graph.what_if import parse_supposed_evidence, study_facts
from rlsgraph.model import namespaces as ns
from rlsgraph.model.assertions import say_claim, say_entity, say_evidence, say_source
from rlsgraph.model.names import claim_iri, slugify
from rlsgraph.model.study_terms import QuoteRole
from rlsgraph.model.things import Entity
from rlsgraph.model.vocabulary import Predicate
from rlsgraph.reasoning.comparison import ClaimChange, changed_claims
from rlsgraph.triples.folders import find_unread, rdf_files
from rlsgraph.triples.resources import turtle_files

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Reading:
    """What the paper says of the claim beside the study's figures."""

    finding: str = ""
    limitations: str = ""
    quote: str = ""
    locator: str = ""
    species: tuple[str, ...] = ()
    quote_role: QuoteRole | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """What is asserted of the item, by the CURIE of the property."""
        return {
            "rls:finding": self.finding,
            "rls:limitations": self.limitations,
            "rls:quote": self.quote,
            "rls:quoteRole": self.quote_role,
            "rls:locator": self.locator,
            "rls:species": self.species,
        }


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added: the claim, the evidence item and the source by IRI, the files that changed, and the scores that moved."""

    claim: str
    evidence: str
    source: str
    is_new_claim: bool
    is_new_source: bool
    new_entities: tuple[str, ...]
    files: tuple[Path, ...]
    moved: tuple[ClaimChange, ...]


def add_paper(
    folder: Path,
    study: str,
    paper: Paper,
    reading: Reading = Reading(),  # frozen
    *,
    base: str | Path | None = None,
    new_entities: Sequence[Entity] = (),
    is_another_paper: bool = False,
    is_dry_run: bool = False,
    supersedes: Sequence[str] = (),
    by: Person | None = None,
    when: datetime | None = None,
) -> Addition:
    """Add what a paper says of a claim to the Turtle files of a folder, and return what came of it.

    `study` is written as for `--with`: `SUBJECT PREDICATE OBJECT: FINDING, DESIGN, n=NUMBER …`. `base` is the
    graph that the folder stands on, see `rlsgraph.load`; nothing is written there. `new_entities` are those that the study names
    and the graph does not know yet. A paper that is there already, by identifier, is not added again; one whose title is
    nearly that of another is refused, unless `is_another_paper`. Raises `CurationError` where the result would break a rule;
    then, and in a dry run, nothing is written. Two at once wait for each other. What is new says when it was added (now, unless
    `when` says otherwise) and `by` whom, where that is known. `supersedes` names items whose place the new one takes.
    """
    with held(folder):
        before = load_folder(folder, base)
        offered = {each.label: each for each in new_entities}
        made: dict[str, Entity] = {}

        def entity(name: str) -> Entity:
            try:
                return before.entity(name)
            except UnknownNameError:
                if name not in offered:
                    raise
                return made.setdefault(name, offered[name])

        said = parse_supposed_evidence(study, entity)
        known = _known_source(before, paper, is_another_paper=is_another_paper)
        source = known or free_iri(ns.SOURCE, paper.name, {each.iri for each in before.sources()})
        item = free_iri(ns.EVIDENCE, ns.slug_of(source), {each.iri for each in before.evidence(superseded=True)})
        claim, is_new_claim = claim_between(before, said.subject, said.predicate, said.object)
        old = [before.evidence_item(name).iri for name in supersedes]
        new = (item, *((claim,) if is_new_claim else ()))
        home = home_of_claim(folder, claim, said.subject.group, homes_of_claims(folder, [claim]))
        files = changed_files(
            {
                home: [
                    *say_claim(claim, said.subject.iri, said.predicate, said.object.iri, evidence=item),
                    *say_evidence(item, source, study_facts(said) | reading.facts | {"rls:supersedes": old}),
                    *say_added(new, by, when),
                ],
                folder / SOURCES: [] if known else [*say_source(source, paper.facts), *say_added([source], by, when)],
                folder / ENTITIES: [
                    *(triple for each in made.values() for triple in say_entity(each)),
                    *say_added((each.iri for each in made.values()), by, when),
                ],
                folder / PEOPLE: list(say_person(by)),
            }
        )
        with copy_with(folder, files) as copy:
            for finding in check(copy, base=base).findings:
                if finding.severity is Severity.ERROR:
                    thing = ns.compress(finding.thing)
                    raise CurationError(f"nothing was written: {thing}: {finding.problem}. {finding.remedy}")
            moved = changed_claims(before.claims(), load(copy, base=base).claims())
        if not is_dry_run:
            write_files(folder, files)
        return Addition(claim, item, source, is_new_claim, known is None, tuple(made), tuple(files), moved)


def load_folder(folder: Path, base: str | Path | None) -> KnowledgeGraph:
    """Return the graph of a folder and of what it stands on, beside which it may be empty yet; alone, it must be begun first."""
    if base is None and not rdf_files(folder) and not find_unread([folder]):
        remedy = "`rlsgraph init` begins a graph in a folder of its own, and --base names one to stand on, such as --base shipped"
        raise CurationError(f"there is nothing in {folder} yet: {remedy}")
    return load(*(() if base is not None and not turtle_files(folder) else (folder,)), base=base)


def _known_source(kg: KnowledgeGraph, paper: Paper, *, is_another_paper: bool) -> str | None:
    """Return the source that has an identifier of the paper; refuse one whose title is nearly the same."""
    library = Library(kg.sources())
    for found in library.with_identifier(paper.identifiers):
        return found
    for found, title in () if is_another_paper else library.with_nearly_the_title(paper.title):
        raise CurationError(
            f"{ns.compress(found)} has nearly this title ({title!r}); give an identifier that both have, "
            "or say that it is another paper"
        )
    return None


def iris_named(base: str, name: str) -> Iterator[str]:
    """Yield the IRIs that a thing of that name may have, in order."""
    yield base + name
    yield from (f"{base}{name}-{number}" for number in count(2))


def free_iri(base: str, name: str, taken: Container[str]) -> str:
    """Return an IRI that nothing has yet."""
    return next(iri for iri in iris_named(base, name) if iri not in taken)


def claim_between(kg: KnowledgeGraph, subject: Entity, predicate: Predicate, object_: Entity) -> tuple[str, bool]:
    """Return the IRI of the claim between two entities, and whether it is new."""
    try:
        return kg.claim(subject, predicate, object_).iri, False
    except UnknownNameError:
        iri = claim_iri(subject.iri, predicate, object_.iri)
        for old in kg.claims(superseded=True):
            if old.iri == iri:
                newer = " and ".join(map(ns.compress, old.superseded_by))
                raise CurationError(f"{ns.compress(iri)} is superseded by {newer}: say it of that") from None
        return iri, True


def new_entity(label: str, group: str, category: str, definition: str) -> Entity:
    """Return an entity to add; `group` is a word such as `gut`, `category` a Biolink class such as `Disease`."""
    common = f"{ns.RLS}{group.strip().capitalize()}Group"
    group_iri = common if common in known_terms().all else ns.GROUP + slugify(group)
    return Entity(
        ns.ENTITY + slugify(label), label, definition, category=ns.BIOLINK + category.removeprefix("biolink:"), group=group_iri
    )
