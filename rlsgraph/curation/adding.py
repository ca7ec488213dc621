"""Add a paper to a folder of data: its source, the study's bearing on a claim, and what is new; all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from rlsgraph.curation.check import check
from rlsgraph.curation.report import Severity
from rlsgraph.errors import CurationError, UnknownNameError
from rlsgraph.formats.turtle import format_turtle
from rlsgraph.graph.loading import load
from rlsgraph.graph.what_if import SupposedEvidence, parse_supposed_evidence, study_triples
from rlsgraph.model import namespaces as ns
from rlsgraph.model.identifiers import Identifier, IdentifierKind, read_identifier
from rlsgraph.model.names import claim_iri, slugify
from rlsgraph.model.things import Entity, Source
from rlsgraph.reasoning.comparison import ClaimChange, changed_claims
from rlsgraph.triples.resources import turtle_files
from rlsgraph.triples.writing import write_file

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

NEARLY_EQUAL = 0.9
"""Titles that are so alike (of 1, difflib's ratio) are pointed out as one paper."""
_LOCK = ".rlsgraph.lock"


@dataclass(frozen=True, slots=True)
class Paper:
    """What is said of the document; identifiers as they are written anywhere, an empty text where unknown."""

    title: str
    first_author: str = ""
    year: str = ""
    journal: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the paper says of the claim beside the study's figures."""

    finding: str = ""
    limitations: str = ""
    quote: str = ""
    locator: str = ""
    species: tuple[str, ...] = ()


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
    new_entities: Sequence[Entity] = (),
    is_another_paper: bool = False,
    is_dry_run: bool = False,
) -> Addition:
    """Add what a paper says of a claim to the Turtle files of a folder, and return what came of it.

    `study` is written as for `--with`: `SUBJECT PREDICATE OBJECT: FINDING, DESIGN, n=NUMBER …`. `new_entities` are those that it
    names and the folder does not know yet. A paper that is there already, by identifier, is not added again; one whose title is
    nearly that of another is refused, unless `is_another_paper`. Raises `CurationError` where the result would break a rule;
    then, and in a dry run, nothing is written. Two at once wait for each other.
    """
    with _held(folder):
        before = load(folder)
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
        source = known.iri if known else _free(ns.SOURCE, _source_name(paper), {each.iri for each in before.sources()})
        item = _free(ns.EVIDENCE, ns.slug_of(source), {each.iri for each in before.evidence()})
        claim, is_new_claim = _claim_of(before, said)
        triples = [*study_triples(said, claim=claim, item=item, source=source, finding=reading.finding)]
        about_source = ox.NamedNode(source)
        files = _changed_files(
            folder,
            [*(each for each in triples if each.subject != about_source), *_reading_triples(item, reading)],
            () if known else _paper_triples(source, paper),
            claim,
            made.values(),
        )
        moved = _moved_in_copy(folder, files, before)
        if not is_dry_run:
            for path, text in files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_file(path, text.encode())
        return Addition(claim, item, source, is_new_claim, known is None, tuple(made), tuple(files), moved)


def _moved_in_copy(folder: Path, files: dict[Path, str], before: KnowledgeGraph) -> tuple[ClaimChange, ...]:
    """Check the folder as it would be, in a copy of it, and return the claims that move there."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "data"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".*"))
        for path, text in files.items():
            target = copy / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        for finding in check(copy).findings:
            if finding.severity is Severity.ERROR:
                thing = ns.compress(finding.thing)
                raise CurationError(f"nothing was written: {thing}: {finding.problem}. {finding.remedy}")
        return changed_claims(before.claims(), load(copy).claims())


def _known_source(kg: KnowledgeGraph, paper: Paper, *, is_another_paper: bool) -> Source | None:
    """Return the source that has an identifier of the paper; refuse one whose title is nearly the same."""
    mine = set(_identifiers(paper.doi, paper.pmid, paper.pmcid))
    title = paper.title.casefold()
    for source in kg.sources():
        if mine & set(_identifiers(source.doi, source.pmid, source.pmcid)):
            return source
    if not is_another_paper:
        for source in kg.sources():
            if SequenceMatcher(None, title, source.title.casefold()).ratio() >= NEARLY_EQUAL:
                raise CurationError(
                    f"{ns.compress(source.iri)} has nearly this title ({source.title!r}); give an identifier that both have, "
                    "or say that it is another paper"
                )
    return None


def _identifiers(doi: str, pmid: str, pmcid: str) -> Iterator[Identifier]:
    for text, kind in ((doi, IdentifierKind.DOI), (pmid, IdentifierKind.PMID), (pmcid, IdentifierKind.PMCID)):
        if text:
            found = read_identifier(text, kind)
            if found is None or found.kind is not kind:
                raise CurationError(f"{text!r} is no {kind.value}; write it as it stands in the paper or in its address")
            yield found


def _source_name(paper: Paper) -> str:
    """Return a name as those of the shipped sources: author and year, and the first words of the title."""
    author = slugify(paper.first_author.rpartition(" ")[0] or paper.first_author).replace("-", "")
    words = slugify(paper.title).split("-")[:3]
    return "-".join(filter(None, (f"{author}{paper.year}", *words))) or "source"


def _free(base: str, name: str, taken: set[str]) -> str:
    """Return an IRI that nothing has yet."""
    iri, number = base + name, 2
    while iri in taken:
        iri, number = f"{base}{name}-{number}", number + 1
    return iri


def _claim_of(kg: KnowledgeGraph, said: SupposedEvidence) -> tuple[str, bool]:
    """Return the IRI of the claim that a study bears on, and whether it is new."""
    try:
        return kg.claim(said.subject, said.predicate, said.object).iri, False
    except UnknownNameError:
        return claim_iri(said.subject.iri, said.predicate, said.object.iri), True


def _changed_files(
    folder: Path,
    study: Iterable[ox.Triple],
    paper: Iterable[ox.Triple],
    claim: str,
    entities: Iterable[Entity],
) -> dict[Path, str]:
    """Return the new text of each file that changes, in canonical form: a claim stays where it stands."""
    texts = {path: path.read_text("utf-8-sig") for path in turtle_files(folder)}
    home = next((path for path, text in texts.items() if _describes(text, claim)), None)
    subject = ns.slug_of(claim).partition(".")[0] or "claims"
    additions = {
        home or folder / "claims" / f"{subject}.ttl": list(study),
        folder / "sources.ttl": list(paper),
        folder / "entities.ttl": [triple for entity in entities for triple in _entity_triples(entity)],
    }
    return {path: _extended(texts.get(path, ""), triples, path) for path, triples in additions.items() if triples}


def _describes(text: str, iri: str) -> bool:
    return any(quad.subject == ox.NamedNode(iri) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


def _extended(text: str, triples: Iterable[ox.Triple], path: Path) -> str:
    added = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
    return format_turtle(f"{text}\n{added}", path=path)


def _entity_triples(entity: Entity) -> Iterator[ox.Triple]:
    node = ox.NamedNode(entity.iri)
    yield ox.Triple(node, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.RLS + "Entity"))
    yield ox.Triple(node, ox.NamedNode(ns.SKOS + "prefLabel"), ox.Literal(entity.label, language="en"))
    for name, value in (("category", entity.category), ("group", entity.group)):
        yield ox.Triple(node, ox.NamedNode(ns.RLS + name), ox.NamedNode(value))
    yield ox.Triple(node, ox.NamedNode(ns.SKOS + "definition"), ox.Literal(entity.definition, language="en"))


def _reading_triples(item: str, reading: Reading) -> Iterator[ox.Triple]:
    english = {"limitations": reading.limitations, "quote": reading.quote}
    said = [(name, ox.Literal(text, language="en")) for name, text in english.items() if text]
    said += [("locator", ox.Literal(reading.locator))] if reading.locator else []
    said += [("species", ox.Literal(name)) for name in reading.species]
    for name, value in said:
        yield ox.Triple(ox.NamedNode(item), ox.NamedNode(ns.RLS + name), value)


def _paper_triples(source: str, paper: Paper) -> Iterator[ox.Triple]:
    node = ox.NamedNode(source)
    yield ox.Triple(node, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.RLS + "Source"))
    yield ox.Triple(node, ox.NamedNode(ns.DCTERMS + "title"), ox.Literal(paper.title))
    plain = {ns.RLS + "firstAuthor": paper.first_author, ns.RLS + "journal": paper.journal}
    kinds = {IdentifierKind.DOI: ns.BIBO + "doi", IdentifierKind.PMID: ns.BIBO + "pmid", IdentifierKind.PMCID: ns.RLS + "pmcid"}
    plain |= {kinds[found.kind]: found.value for found in _identifiers(paper.doi, paper.pmid, paper.pmcid)}
    for predicate, text in plain.items():
        if text:
            yield ox.Triple(node, ox.NamedNode(predicate), ox.Literal(text))
    if paper.year:
        year = ox.Literal(paper.year, datatype=ox.NamedNode(ns.XSD + "gYear"))
        yield ox.Triple(node, ox.NamedNode(ns.DCTERMS + "issued"), year)
    if paper.url:
        yield ox.Triple(node, ox.NamedNode(ns.RDFS + "seeAlso"), ox.NamedNode(paper.url))


def new_entity(label: str, group: str, category: str, definition: str) -> Entity:
    """Return an entity to add; `group` is a word such as `gut`, `category` a Biolink class such as `Disease`."""
    group_iri = f"{ns.RLS}{group.strip().capitalize()}Group"
    return Entity(
        ns.ENTITY + slugify(label), label, definition, category=ns.BIOLINK + category.removeprefix("biolink:"), group=group_iri
    )


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the one right to change a folder, waiting for whoever has it."""
    from filelock import FileLock

    if not folder.is_dir():
        raise CurationError(f"{folder} is no folder of data; `rlsgraph init {folder}` makes one")
    with FileLock(folder / _LOCK):
        yield
