"""Read the terms of the closed sets by whatever a reader calls them: words, abbreviation, CURIE or IRI; and claims in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from rlsgraph.errors import UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import is_iri, nearest_names, normal_name
from rlsgraph.model.study_terms import Blinding, Comparator, EffectMeasure, Result
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Predicate, StudyDesign, Term

if TYPE_CHECKING:
    from rlsgraph.model.things import Entity

_MOST_WORDS = 300

_T = TypeVar("_T", bound=Term)


def parse_predicate(name: Predicate | str) -> Predicate:
    """Return the predicate of a local name, CURIE, IRI or words such as `positively associated with`."""
    return name if isinstance(name, Predicate) else parse_term(name, Predicate, "predicate")


def parse_claim(text: str, entity: Callable[[str], Entity]) -> tuple[Entity, Predicate, Entity] | None:
    """Read `SUBJECT PREDICATE OBJECT`, split where names of entities stand on both sides of a predicate.

    Returns None where no predicate stands between two words, or the words are too many to be names; raises
    `UnknownNameError` where one does, but not between names.
    """
    words = text.split()
    if len(words) > _MOST_WORDS:  # each place where it might be split is looked up
        return None
    unknown: UnknownNameError | None = None
    for start in range(1, len(words)):
        for end in range(start + 1, min(start + 4, len(words))):
            try:
                predicate = parse_predicate(" ".join(words[start:end]))
            except UnknownNameError:
                continue
            try:
                return entity(" ".join(words[:start])), predicate, entity(" ".join(words[end:]))
            except UnknownNameError as error:
                unknown = error
    if unknown is not None:
        raise unknown
    return None


def parse_level(name: ConfidenceLevel | str) -> ConfidenceLevel:
    """Return the confidence level of a word, CURIE or IRI."""
    return name if isinstance(name, ConfidenceLevel) else parse_term(name, ConfidenceLevel, "confidence level")


def parse_direction(name: Direction | str | None) -> Direction | None:
    """Return the direction of a word, CURIE or IRI; None for None."""
    return name if isinstance(name, Direction | None) else parse_term(name, Direction, "direction")


def parse_design(name: StudyDesign | str) -> StudyDesign:
    """Return the study design of its words, abbreviation (RCT), CURIE or IRI."""
    if isinstance(name, StudyDesign):
        return name
    return parse_term(name, StudyDesign, "study design")


def parse_result(name: str) -> Result:
    """Return the result of its words (`as claimed`, `no effect found` …), CURIE or IRI."""
    return parse_term(name, Result, "result")


def parse_comparator(name: str) -> Comparator:
    """Return the comparator of its words, CURIE or IRI."""
    return parse_term(name, Comparator, "comparator")


def parse_blinding(name: str) -> Blinding:
    """Return the blinding of its words (`double blind`, `open label` …), CURIE or IRI."""
    return parse_term(name, Blinding, "blinding")


def parse_measure(name: str) -> EffectMeasure:
    """Return the measure of its words, abbreviation (OR, SMD …), CURIE or IRI."""
    return parse_term(name, EffectMeasure, "measure")


_SHORT_WORDS: dict[type[Term], dict[str, str]] = {
    EffectMeasure: {
        "or": "OddsRatio",
        "rr": "RiskRatio",
        "hr": "HazardRatio",
        "md": "MeanDifference",
        "r": "CorrelationCoefficient",
        "smd": "StandardisedMeanDifference",
        "beta": "RegressionCoefficient",
        "percent": "Percentage",
    },
    StudyDesign: {
        "rct": "RandomisedControlledTrial",
        "randomized controlled trial": "RandomisedControlledTrial",
        "non-randomized trial": "NonRandomisedTrial",
        "mendelian randomization": "MendelianRandomisation",
    },
}
"""What people write for a term beside its own words and the name of its member."""


def parse_term(name: str, terms: type[_T], kind: str) -> _T:
    """Return the term of a closed set by its words, a short word for it (`double`, `active`, `OR`), CURIE or IRI.

    >>> from rlsgraph.model.study_terms import PopulationFit
    >>> parse_term("other species", PopulationFit, "fit of the population").value
    'OtherSpecies'
    """
    short = {_letters(word): value for word, value in _SHORT_WORDS.get(terms, {}).items()}
    asked = short.get(_letters(name), name).strip()
    if is_iri(asked):
        asked = asked.removeprefix(ns.RLS) if asked in {term.iri for term in terms} else ""
    key = _letters(asked.removeprefix("rls:"))
    words_of = ((term, (term.name, str(term.value), term.label, getattr(term, "verb", ""))) for term in terms)
    known = {_letters(word): term for term, words in words_of for word in words}
    if key not in known or not key:
        words = {str(term.value).casefold(): str(term.value) for term in known.values()}
        raise UnknownNameError(kind, name, nearest_names(name, words) or tuple(words.values()))
    return known[key]


def _letters(text: str) -> str:
    return "".join(c for c in normal_name(text) if c.isalnum())
