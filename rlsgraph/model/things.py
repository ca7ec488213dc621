"""Hold the values that the graph is made of: frozen, typed, compared by what they say."""

from __future__ import annotations

from dataclasses import dataclass

from rlsgraph.model import namespaces as ns
from rlsgraph.model.identifiers import IdentifierKind
from rlsgraph.model.shown import Shown
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
from rlsgraph.model.vocabulary import (
    ConfidenceLevel,
    Direction,
    ExpectationOutcome,
    HypothesisStatus,
    LinkKind,
    MatchRelation,
    Polarity,
    Predicate,
    StudyDesign,
    TextRead,
)


@dataclass(frozen=True, slots=True)
class Match:
    """An outside term that an entity corresponds to; `label` is empty where none is known."""

    relation: MatchRelation
    iri: str
    label: str = ""

    @property
    def curie(self) -> str:
        """The term's CURIE, e.g. `MONDO:0005391`."""
        return ns.compress(self.iri)


@dataclass(frozen=True, slots=True)
class Entity(Shown):
    """A quantity, state, disease, symptom, substance, gene variant, exposure or intervention."""

    iri: str
    label: str
    definition: str = ""
    synonyms: tuple[str, ...] = ()
    category: str = ""
    group: str = ""
    matches: tuple[Match, ...] = ()

    def __lt__(self, other: Entity) -> bool:
        return self.iri < other.iri


@dataclass(frozen=True, slots=True)
class Source(Shown):
    """A document: article, guideline, conference abstract, or the project's source document.

    The relations to other sources are IRIs; those called likely were judged from titles and numbers, not seen stated.
    """

    iri: str
    title: str
    first_author: str = ""
    year: int | None = None
    journal: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    file_name: str = ""
    title_is_descriptive: bool = False
    retracted: bool = False
    erratum: str = ""
    registrations: tuple[str, ...] = ()
    same_study_as: tuple[str, ...] = ()
    likely_same_study_as: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()
    likely_pools: tuple[str, ...] = ()
    research_groups: tuple[str, ...] = ()

    def __lt__(self, other: Source) -> bool:
        return self.iri < other.iri

    @property
    def identifiers(self) -> tuple[tuple[str, IdentifierKind, str], ...]:
        """Its IRI with each identifier of the document that it has: kind and value."""
        values = {IdentifierKind.DOI: self.doi, IdentifierKind.PMID: self.pmid, IdentifierKind.PMCID: self.pmcid}
        return tuple((self.iri, kind, value) for kind, value in values.items() if value)

    @property
    def citation(self) -> str:
        """A short name for tables, e.g. `Weinstock 2011`."""
        title = self.title.strip("[]").partition(":")[0]
        name = self.first_author or (title if len(title) <= 40 else title[:39].rstrip() + "…")
        return f"{name} {self.year}" if self.year else name

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Name and https address of each place where the document can be opened."""
        places = (
            ("DOI", f"https://doi.org/{self.doi}" if self.doi else ""),
            ("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else ""),
            ("PMC", f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmcid}/" if self.pmcid else ""),
            ("Web page", self.url),
        )
        return tuple((name, address) for name, address in places if address)


@dataclass(frozen=True, slots=True)
class Evidence(Shown):
    """One source's bearing on one claim. What is None or empty was not assessed, or is not shown by the text that was read.

    `sample_size` counts those analysed in this comparison, `study_count` the studies that a review pools, `pooled_design` is
    what those are; `interval` is the 95% interval of `estimate`, on the scale of `measure`; `p_is_bound` means "below
    `p_value`". `superseded_by` are the items (IRIs) that took its place: then it adds nothing.
    """

    iri: str
    identifier: str
    direction: Direction
    design: StudyDesign
    source: Source
    result: Result | None = None
    sample_size: int | None = None
    species: tuple[str, ...] = ()
    population: str = ""
    effect: str = ""
    finding: str = ""
    limitations: str = ""
    locator: str = ""
    text_read: TextRead | None = None
    pooled_design: StudyDesign | None = None
    study_count: int | None = None
    comparator: Comparator | None = None
    blinding: Blinding | None = None
    outcome_rank: OutcomeRank | None = None
    population_fit: PopulationFit | None = None
    outcome_fit: OutcomeFit | None = None
    directness: Directness | None = None
    directness_note: str = ""
    measure: EffectMeasure | None = None
    estimate: float | None = None
    interval: tuple[float, float] | None = None
    p_value: float | None = None
    p_is_bound: bool = False
    unit: str = ""
    favours: Favours | None = None
    quote: str = ""
    quote_role: QuoteRole | None = None
    superseded_by: tuple[str, ...] = ()

    def __lt__(self, other: Evidence) -> bool:
        return self.iri < other.iri


@dataclass(frozen=True, slots=True)
class Confidence(Shown):
    """What the evidence makes of a claim (docs/confidence.md).

    `score` is the probability that the claim holds, given what is recorded; `logit` its log odds and `logit_sd` their standard
    deviation: draws of the probability are 1 / (1 + exp(-(logit + logit_sd × z))), z standard normal, and `low` and `high` are
    their 5% and 95% points. `support_weight` and `dispute_weight` (natural logarithms of Bayes factors, both at least 0, lent
    weight included) lead from `prior` to it: logit = ln(prior / (1 - prior)) + support_weight - dispute_weight.
    `lines_for` and `lines_against` count independent studies in people that weigh enough.
    """

    score: float
    low: float
    high: float
    logit: float
    logit_sd: float
    prior: float
    support_weight: float
    dispute_weight: float
    level: ConfidenceLevel
    lines_for: int
    lines_against: int
    is_contested: bool
    is_untested: bool
    is_single_study: bool
    is_not_in_people: bool
    is_only_lent: bool


@dataclass(frozen=True, slots=True)
class Claim(Shown):
    """A hypothesis about the world; `superseded` are items that others took the place of, and that are counted nowhere.

    `superseded_by` are claims (IRIs) that took its place: then its numbers are those of its own evidence, and it is in no path.
    """

    iri: str
    subject: Entity
    predicate: Predicate
    object: Entity
    evidence: tuple[Evidence, ...]
    confidence: Confidence
    superseded: tuple[Evidence, ...] = ()
    superseded_by: tuple[str, ...] = ()

    def __lt__(self, other: Claim) -> bool:
        return self.iri < other.iri

    def __str__(self) -> str:
        return f"{self.subject.label} {self.predicate.verb} {self.object.label}"

    @property
    def polarity(self) -> Polarity:
        """The sign of its predicate."""
        return self.predicate.polarity

    @property
    def score(self) -> float:
        """The probability that it holds, given what is recorded."""
        return self.confidence.score

    @property
    def low(self) -> float:
        """The lower end of its interval."""
        return self.confidence.low

    @property
    def high(self) -> float:
        """The upper end of its interval."""
        return self.confidence.high

    @property
    def level(self) -> ConfidenceLevel:
        """Its confidence level."""
        return self.confidence.level

    @property
    def is_contested(self) -> bool:
        """Whether weighty evidence stands on both sides."""
        return self.confidence.is_contested

    @property
    def is_untested(self) -> bool:
        """Whether no study with data of its own bears on it, or none that has not been retracted."""
        return self.confidence.is_untested

    def count(self, direction: Direction) -> int:
        """Return how many of its evidence items have that direction."""
        return sum(item.direction is direction for item in self.evidence)


@dataclass(frozen=True, slots=True)
class DefinitionalLink(Shown):
    """A link that holds by definition, with the judgement behind it in one line."""

    iri: str
    subject: Entity
    kind: LinkKind
    object: Entity
    reason: str = ""

    def __lt__(self, other: DefinitionalLink) -> bool:
        return self.iri < other.iri

    def __str__(self) -> str:
        return f"{self.subject.label} {self.kind.verb} {self.object.label}"


@dataclass(frozen=True, slots=True)
class Hypothesis(Shown):
    """A named mechanism: ordered claims that lead from a start (or several) to an end."""

    iri: str
    label: str
    definition: str
    starts: tuple[Entity, ...]
    end: Entity
    claims: tuple[Claim, ...]
    status: HypothesisStatus
    source: Source
    locator: str = ""
    rivals: tuple[str, ...] = ()

    def __lt__(self, other: Hypothesis) -> bool:
        return self.iri < other.iri


@dataclass(frozen=True, slots=True)
class Expectation(Shown):
    """A known observation whose sign a mechanism should reproduce.

    `recorded` is the outcome as of the last release, so that one that turns is seen; None where none was recorded.
    """

    iri: str
    subject: Entity
    predicate: Predicate
    object: Entity
    observation: str
    sources: tuple[Source, ...]
    locator: str = ""
    recorded: ExpectationOutcome | None = None

    def __lt__(self, other: Expectation) -> bool:
        return self.iri < other.iri

    def __str__(self) -> str:
        return f"{self.subject.label} {self.predicate.verb} {self.object.label}"
