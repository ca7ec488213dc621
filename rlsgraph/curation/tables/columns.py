"""List the columns of tables once: headings, properties, readers, help and choices come from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rlsgraph.curation.tables import cells
from rlsgraph.curation.tables.cells import Reader
from rlsgraph.model.identifiers import IdentifierKind
from rlsgraph.model.names import normal_name
from rlsgraph.model.study_terms import (
    Blinding,
    Comparator,
    Directness,
    EffectMeasure,
    Favours,
    OutcomeFit,
    OutcomeRank,
    PopulationFit,
    QuoteRole,
    Result,
)
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign, Term, TextRead


class Kind(StrEnum):
    """What a row of a table is."""

    EVIDENCE = "evidence"
    ENTITIES = "entities"
    SOURCES = "sources"
    RELATIONS = "relations"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key (as the ledger has it), its heading, the property behind it (`curie`), and how a cell of it is read."""

    key: str
    heading: str
    curie: str
    meaning: str
    read: Reader = cells.words
    example: str = ""
    terms: type[Term] | None = None
    is_needed: bool = False
    also: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """All that its heading may be, as it is compared."""
        return {_letters(name) for name in (self.key, self.heading, self.curie, self.curie.rpartition(":")[2], *self.also)}


def _of(kind: type[Term], key: str, heading: str, name: str, meaning: str, example: str = "", is_needed: bool = False) -> Column:
    """Return a column whose cells are terms of a closed set."""
    return Column(key, heading, name, meaning, cells.term(kind, heading), example, kind, is_needed)


_PAPER = (
    Column("title", "title", "dcterms:title",
        "Title of the paper; one of your own wording stands in [brackets].", example="Sleep and migraine: a cohort"),
    Column("first_author", "first author", "rls:firstAuthor", "Surname and initials.", example="Doe J"),
    Column("year", "year", "dcterms:issued", "Year of publication.", cells.year, "2021"),
    Column("journal", "journal", "rls:journal", "Journal.", example="Headache"),
    Column("doi", "DOI", "bibo:doi", "Bare, or as an address.", cells.identifier(IdentifierKind.DOI), "10.1000/xyz"),
    Column("pmid", "PMID", "bibo:pmid", "PubMed number, bare or as an address.", cells.identifier(IdentifierKind.PMID)),
    Column("pmcid", "PMCID", "rls:pmcid", "PMC number, bare or as an address.", cells.identifier(IdentifierKind.PMCID)),
    Column("url", "web address", "rdfs:seeAlso", "Where it can be read, if it has no identifier.", cells.address),
    Column("registration", "trial registration", "rls:registration",
        "Number of the trial; several parted by semicolons.", cells.several_names, also=("registry", "registrations")),
    Column("research_group", "research group", "rls:researchGroup",
        "Laboratory, senior author or cohort; several parted by semicolons.", cells.several, also=("research groups",)),
    Column("retracted", "retracted", "rls:retracted", "yes where the paper was retracted.", cells.truth),
    Column("erratum", "erratum", "rls:erratum", "Where a correction stands."),
    Column("preprint_of", "preprint of", "rls:preprintOf", "What came of a preprint."),
    Column("note", "where sought", "skos:editorialNote", "For a paper without identifier and address: where you looked for one."),
)  # fmt: skip
_SOURCE = Column("id", "id", "dcterms:identifier",
    "A name for the source, such as doe2021-sleep-migraine; made from author, year and title where empty.")  # fmt: skip

COLUMNS: Mapping[Kind, tuple[Column, ...]] = {
    Kind.EVIDENCE: (
        Column("id", "item id", "dcterms:identifier",
            "Leave it empty: an id is then made from what the row says.", also=("evidence",)),
        Column("subject", "subject", "rdf:subject",
            "What is said to act, or to go together: an entity by label, synonym, CURIE or IRI.",
            example="sleep loss", is_needed=True),
        Column("predicate", "predicate", "rdf:predicate",
            "What the claim says: causal, or only seen together.",
            cells.term(Predicate, "predicate"), "increases", Predicate, is_needed=True),
        Column("object", "object", "rdf:object", "What it acts on.", example="migraine attack", is_needed=True),
        _of(Result, "result", "result", "rls:result", "What the study found of the claim.", "as claimed"),
        _of(Direction, "direction", "direction", "rls:direction",
            "How it bears on the claim; follows from the result where empty."),
        _of(StudyDesign, "design", "design", "rls:studyDesign", "Design of the study.", "cohort", is_needed=True),
        _of(Comparator, "comparator", "comparator", "rls:comparator", "What was compared with.", "healthy controls"),
        _of(Blinding, "blinding", "blinding", "rls:blinding", "Who did not know the treatment.", "not applicable"),
        _of(OutcomeRank, "outcome_rank", "outcome rank", "rls:outcomeRank",
            "Whether the study was made to measure this.", "primary outcome"),
        _of(PopulationFit, "population_fit", "population fit", "rls:populationFit",
            "How those studied relate to those the claim is about.", "same population"),
        _of(OutcomeFit, "outcome_fit", "outcome fit", "rls:outcomeFit",
            "How what was measured relates to the object.", "same outcome"),
        _of(Directness, "directness", "directness", "rls:directness", "Whether the subject itself was acted on or measured."),
        Column("directness_note", "directness note", "rls:directnessNote", "In what way the study was indirect."),
        Column("species", "species", "rls:species", "Species, several parted by semicolons.", cells.several_names, "human"),
        Column("population", "population", "rls:population",
            "Who was studied.", example="adults with migraine, 28 days of diary"),
        Column("n", "sample size", "rls:sampleSize", "How many were analysed in this comparison.", cells.count, "120"),
        Column("n_is_approximate", "size is approximate", "rls:sampleSizeIsApproximate",
            "yes where the size is rounded.", cells.truth),
        _of(StudyDesign, "pooled_design", "pooled design", "rls:pooledDesign", "Of a review: the design of what it pools."),
        Column("studies", "studies pooled", "rls:studyCount", "Of a review: how many studies.", cells.count),
        _of(EffectMeasure, "measure", "measure", "rls:measure", "The scale of the estimate: OR, RR, HR, MD, SMD, r …", "OR"),
        Column("estimate", "estimate", "rls:estimate", "The estimate alone.", cells.number, "1.8"),
        Column("ci_low", "95% from", "rls:intervalLow",
            "Lower end of the 95% interval.", cells.number, "1.2", also=("low", "interval low", "ci low")),
        Column("ci_high", "95% to", "rls:intervalHigh",
            "Upper end of the 95% interval.", cells.number, "2.7", also=("high", "interval high", "ci high")),
        Column("p", "p", "rls:pValue", "The p-value; <0.001 where no more is said.", cells.bounded_p, "0.004", also=("p value",)),
        Column("p_is_bound", "p is a bound", "rls:isBound", "yes where the paper only says that p is smaller.", cells.truth),
        Column("unit", "unit", "rls:unit", "Unit of the estimate.", example="per hour of sleep lost"),
        _of(Favours, "better", "favours", "rls:favours", "Which way of the measure is what the claim says.", "higher"),
        Column("effect", "effect as worded", "rls:effect", "As the paper words it.", example="OR 1.8 (1.2-2.7)"),
        Column("finding", "finding", "rls:finding",
            "What was found, in your own words.", example="Attacks followed short nights.", is_needed=True),
        Column("limitations", "limitations", "rls:limitations",
            "What weakens it, in your own words.", example="Diaries; no blinding."),
        Column("quote", "quote", "rls:quote", "Word for word, at most 300 characters, where the licence allows."),
        _of(QuoteRole, "quote_role", "quote role", "rls:quoteRole", "What the quote is there: a result, background or a method."),
        Column("locator", "where in the paper", "rls:locator", "Where it says so.", example="abstract", is_needed=True),
        _of(TextRead, "read", "text read", "rls:textRead", "What you read.", "abstract"),
        Column("derived", "worked out", "rls:workedOut", "Which figures you worked out, and how.", also=("derived.how",)),
        Column("source", "source", "dcterms:source",
            "The source by id, DOI or PMID, where the graph has it; else the columns that follow.", also=("source id",)),
        *_PAPER,
    ),
    Kind.ENTITIES: (
        Column("slug", "id", "", "The last part of its IRI; made from the label where empty.", also=("entity id",)),
        Column("label", "label", "skos:prefLabel", "Its name.", example="magnesium", is_needed=True),
        Column("definition", "definition", "skos:definition",
            "What it is, in a sentence.", example="A mineral taken by mouth.", is_needed=True),
        Column("category", "category", "rls:category", "Biolink class.", cells.category, "SmallMolecule", is_needed=True),
        Column("group", "group", "rls:group", "The field that it belongs to.", example="intervention", is_needed=True),
        Column("synonyms", "synonyms", "skos:altLabel", "Other names, parted by semicolons.", cells.several, "Mg"),
        Column("exact_match", "exact match", "skos:exactMatch",
            "The same term elsewhere, as a CURIE.", cells.terms_elsewhere, "CHEBI:25107", also=("exact_curie",)),
        Column("close_match", "close match", "skos:closeMatch",
            "Nearly the same terms elsewhere; a label may follow each: HP:0000726=Dementia.",
            cells.terms_elsewhere, also=("close_curies",)),
        Column("close_relations", "how close", "",
            "Of each close match, in their order: close, broad, narrow, related or exact; close where empty.", cells.relations),
        Column("broader", "kind of", "skos:broader", "The entity of which it is a kind, by definition."),
        Column("reason", "why a kind of it", "rls:reason", "Why it is one, by definition; the definition where empty."),
        Column("note", "note", "skos:editorialNote", "What you sought for it elsewhere, where nothing matches."),
    ),
    Kind.SOURCES: (_SOURCE, *_PAPER),
    Kind.RELATIONS: (
        Column("kind", "kind", "", "pools, or sameStudy.", example="pools", is_needed=True),
        Column("review", "review", "rls:pools", "Of pools: the review, by id, DOI or PMID."),
        Column("trial", "trial", "", "Of pools: what it counts."),
        Column("a", "a", "rls:sameStudyAs", "Of sameStudy: the one paper."),
        Column("b", "b", "", "Of sameStudy: the other."),
        Column("certain", "certain", "", "no where it is likely, and was not seen stated.", cells.truth),
    ),
}  # fmt: skip

_LEFT_OUT: Mapping[Kind, frozenset[str]] = {
    Kind.EVIDENCE: frozenset({"claim", "subjectid", "objectid", "score", "level", "citation", "new", "coded"}),
    Kind.ENTITIES: frozenset({"exactlabel", "verifiedin"}),
    Kind.SOURCES: frozenset({"new", "citation"}),
    Kind.RELATIONS: frozenset(),
}
"""Headings that exports and the ledger have, and that say nothing of their own: worked out, or notes on how a row came to be."""
_TELLING: Mapping[Kind, tuple[str, ...]] = {
    Kind.EVIDENCE: ("subject", "predicate", "object"),
    Kind.RELATIONS: ("kind", "certain"),
    Kind.ENTITIES: ("label", "definition"),
    Kind.SOURCES: ("title",),
}
"""Columns that tell the kind of a table, one of which is enough; in the order in which they are asked for."""
_WORKED_OUT = {"derived.ci_low": "ci_low", "derived.ci_high": "ci_high", "derived.estimate": "estimate", "derived.p": "p"}
"""What the ledger has worked out stands where nothing was printed."""


def _letters(heading: str) -> str:
    return "".join(letter for letter in normal_name(heading) if letter.isalnum() or letter in ".%")


def kind_of(headings: Iterable[str]) -> Kind | None:
    """Return what the rows of a table are, by its headings; None where nothing tells.

    >>> kind_of(["Subject", "OBJECT", "my notes"]), kind_of(["x"])
    (<Kind.EVIDENCE: 'evidence'>, None)
    """
    said = {_letters(heading) for heading in headings}
    for kind, keys in _TELLING.items():
        if any(column.names & said for column in COLUMNS[kind] if column.key in keys):
            return kind
    return None


def find_columns(kind: Kind, headings: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Return the key of each heading that is known, and the headings that are not; those that begin with # are left out."""
    by_name = {name: column.key for column in COLUMNS[kind] for name in column.names}
    by_name |= {_letters(name): name for name in _WORKED_OUT} if kind is Kind.EVIDENCE else {}
    by_name |= {_letters(column.key): column.key for column in COLUMNS[kind]}  # a key is the surest name
    known, unknown = {}, []
    for heading in headings:
        letters = _letters(heading)
        if letters in by_name:
            known[heading] = by_name[letters]
        elif not heading.startswith("#") and letters not in _LEFT_OUT[kind]:
            unknown.append(heading)
    return known, unknown


def column_of(kind: Kind, key: str) -> Column:
    """Return the column of a key."""
    key = _WORKED_OUT.get(key, key)
    return next(column for column in COLUMNS[kind] if column.key == key)


def is_worked_out(key: str) -> bool:
    """Return whether a key is of a figure that was worked out, and so stands where nothing was printed."""
    return key in _WORKED_OUT


def heading_of(kind: Kind, name: str) -> str:
    """Return the heading of the column that a property (by CURIE) has; the property where none has."""
    return next((column.heading for column in COLUMNS[kind] if column.curie == name), name)
