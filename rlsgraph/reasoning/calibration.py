"""Measure scores against what others say of the same claims: gradings by experts, and studies that were left out."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from rlsgraph.errors import DataError
from rlsgraph.model.shown import Shown, ShownRows
from rlsgraph.model.things import Evidence
from rlsgraph.model.vocabulary import ConfidenceLevel, Predicate
from rlsgraph.model.weighing.explanation import Explanation
from rlsgraph.triples.bounds import read_text_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STRONG_FROM = 0.75
"""A pair is graded strong from this mean grade on: B or better, where A is 1, B 0.75, C 0.5."""

WEAK_TO = 0.5
"""… and weak up to this one; a pair between the two is not strong, and is left out where strong meets weak (AUC)."""

RESAMPLES = 2_000
CUTS = (2005, 2010, 2015, 2020)


@dataclass(frozen=True, slots=True)
class Grading:
    """What a body of experts says of a claim, named by the ids of subject and object: from 0 (refuted) to 1 (grade A)."""

    subject: str
    predicate: Predicate
    object: str
    grade: float

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate.value} {self.object}"


@dataclass(frozen=True, slots=True)
class GradedPair(Shown):
    """A claim with the mean of its gradings; one that the graph lacks has the prior as score, and no level."""

    name: str
    grade: float
    gradings: int
    score: float
    level: ConfidenceLevel | None

    @property
    def is_strong(self) -> bool:
        """Whether it is graded strong."""
        return self.grade >= STRONG_FROM


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its central 95% bootstrap interval; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """What a level was worth: so many graded pairs had it, and this share of them was graded strong."""

    level: str
    pairs: int
    mean_score: float
    strong: int
    share: Measured


@dataclass(frozen=True, slots=True)
class Prediction:
    """How often evidence leaned the way of studies that it had not seen; `commoner` is the share of the commoner sign."""

    name: str
    cases: int
    right: float | None
    commoner: float | None


@dataclass(frozen=True, slots=True)
class Calibration(ShownRows):
    """The scores of a graph against gradings, and against its own studies."""

    pairs: tuple[GradedPair, ...]
    spearman: Measured
    kendall: Measured
    auc: Measured
    brier: Measured
    levels: tuple[LevelRow, ...]
    predictions: tuple[Prediction, ...]
    seed: int

    @property
    def missing(self) -> int:
        """How many pairs the graph lacks."""
        return sum(pair.level is None for pair in self.pairs)

    def disagreeing(self, most: int = 10) -> tuple[GradedPair, ...]:
        """Return the pairs whose score is furthest from the grade, furthest first."""
        return tuple(sorted(self.pairs, key=lambda pair: (-abs(pair.score - pair.grade), pair.name))[:most])


def read_gradings(path: Path) -> tuple[Grading, ...]:
    """Read gradings: a JSON list of objects with `subject`, `predicate`, `object` (ids) and `numeric` (0 to 1).

    Other members, such as source and grade in words, are left alone. Raises `DataError` where it has another form.
    """
    try:
        rows = json.loads(read_text_file(path))
    except (ValueError, RecursionError) as error:  # nested as deep as no gradings are
        raise DataError(f"cannot be read as JSON: {error}", path=path) from error
    if not isinstance(rows, list):
        raise DataError("gradings are a JSON list of objects", path=path)
    return tuple(_grading(row, number, path) for number, row in enumerate(rows, 1))


def _grading(row: Any, number: int, path: Path) -> Grading:
    predicates = {predicate.value: predicate for predicate in Predicate}
    said = row if isinstance(row, dict) else {}
    grade = said.get("numeric")
    is_number = isinstance(grade, int | float) and not isinstance(grade, bool) and 0 <= grade <= 1
    names = [said.get(name) for name in ("subject", "object")]
    if said.get("predicate") not in predicates or not is_number or not all(isinstance(n, str) and n for n in names):
        wanted = "subject, predicate, object (ids) and numeric (from 0 to 1)"
        raise DataError(f"grading {number} must have {wanted}", path=path)
    return Grading(said["subject"], predicates[said["predicate"]], said["object"], float(said["numeric"]))


def pair_up(
    gradings: Iterable[Grading], score_of: Callable[[Grading], tuple[float, ConfidenceLevel | None]]
) -> tuple[GradedPair, ...]:
    """Return each graded claim once, in order; `score_of` gives score and level, or the prior and None."""
    by_claim: dict[str, list[Grading]] = defaultdict(list)
    for grading in gradings:
        by_claim[str(grading)].append(grading)
    return tuple(
        GradedPair(name, fmean(grading.grade for grading in found), len(found), *score_of(found[0]))
        for name, found in sorted(by_claim.items())
    )


def calibrate(pairs: Sequence[GradedPair], predictions: Iterable[Prediction], *, seed: int) -> Calibration:
    """Return how scores and gradings agree, with bootstrap intervals over the pairs."""
    import numpy as np

    scores = np.array([pair.score for pair in pairs])
    grades = np.array([pair.grade for pair in pairs])
    choices = np.random.default_rng(seed).integers(0, max(len(pairs), 1), (RESAMPLES, len(pairs)))

    def measure(figure: Callable[[NDArray[np.float64], NDArray[np.float64]], float]) -> Measured:
        if not pairs:
            return Measured(None, None, None)
        value = figure(scores, grades)
        again = np.array([figure(scores[some], grades[some]) for some in choices])
        kept = again[np.isfinite(again)]
        low, high = np.percentile(kept, (2.5, 97.5)) if len(kept) else (math.nan, math.nan)
        return Measured(*(float(x) if math.isfinite(x) else None for x in (value, low, high)))

    return Calibration(
        tuple(pairs),
        measure(_spearman),
        measure(_kendall),
        measure(_auc),
        measure(_brier),
        tuple(_level_rows(pairs, seed)),
        tuple(predictions),
        seed,
    )


def _spearman(scores: NDArray[np.float64], grades: NDArray[np.float64]) -> float:
    from scipy.stats import spearmanr

    return math.nan if _is_constant(scores, grades) else float(spearmanr(scores, grades).statistic)


def _kendall(scores: NDArray[np.float64], grades: NDArray[np.float64]) -> float:
    from scipy.stats import kendalltau

    return math.nan if _is_constant(scores, grades) else float(kendalltau(scores, grades).statistic)


def _is_constant(*columns: NDArray[np.float64]) -> bool:
    return any(len(column) < 2 or bool((column == column[0]).all()) for column in columns)


def _auc(scores: NDArray[np.float64], grades: NDArray[np.float64]) -> float:
    """Return the chance that a strong pair has a higher score than a weak one (Mann–Whitney; a tie is half)."""
    strong, weak = scores[grades >= STRONG_FROM], scores[grades <= WEAK_TO]
    if not len(strong) or not len(weak):
        return math.nan
    differences = strong[:, None] - weak[None, :]
    return float(((differences > 0) + 0.5 * (differences == 0)).mean())


def _brier(scores: NDArray[np.float64], grades: NDArray[np.float64]) -> float:
    return float(((scores - (grades >= STRONG_FROM)) ** 2).mean())


def _level_rows(pairs: Sequence[GradedPair], seed: int) -> Iterable[LevelRow]:
    import numpy as np

    for level in (*reversed(ConfidenceLevel), None):
        found = [pair for pair in pairs if pair.level is level]
        if not found:
            continue
        strong = np.array([pair.is_strong for pair in found], dtype=float)
        means = strong[np.random.default_rng(seed).integers(0, len(found), (RESAMPLES, len(found)))].mean(axis=1)
        low, high = np.percentile(means, (2.5, 97.5))
        share = Measured(float(strong.mean()), float(low), float(high))
        name = "not in the graph" if level is None else level.label
        yield LevelRow(name, len(found), fmean(pair.score for pair in found), int(strong.sum()), share)


# --- studies that were left out -------------------------------------------------------------------------------------------


def predict_studies(explanations: Sequence[Explanation]) -> tuple[Prediction, ...]:
    """Return how well the rest predicts a study's sign, each left out in turn, and what came after a year.

    A case is a claim with something on both sides of the cut; the rest leans for a claim where it lifts it above the prior.
    """
    left_out = [case for explanation in explanations for case in _without_each_study(explanation)]
    found = [_prediction("one study left out", left_out)]
    for year in CUTS:
        cases = [case for explanation in explanations if (case := _after(explanation, year)) is not None]
        found.append(_prediction(f"as of {year}, against what came after", cases))
    return tuple(found)


def _prediction(name: str, cases: Sequence[tuple[bool, bool]]) -> Prediction:
    """Return the share of cases (leaned for, was for) that agree."""
    if not cases:
        return Prediction(name, 0, None, None)
    was_for = fmean(was for _, was in cases)
    return Prediction(name, len(cases), fmean(leaned == was for leaned, was in cases), max(was_for, 1 - was_for))


def _without_each_study(explanation: Explanation) -> list[tuple[bool, bool]]:
    by_study: Mapping[str, list[Evidence]] = defaultdict(list)
    weights: dict[str, float] = defaultdict(float)
    for item in explanation.items:
        by_study[item.study].append(item.evidence)
        weights[item.study] += item.weight if item.counted else 0.0
    cases = []
    for study, weight in sorted(weights.items()):
        lean = _lean(explanation, by_study[study])
        if weight and lean:
            cases.append((lean > 0, weight > 0))
    return cases


def _after(explanation: Explanation, year: int) -> tuple[bool, bool] | None:
    late = [item for item in explanation.items if item.evidence.source.year is None or item.evidence.source.year > year]
    weight = math.fsum(item.weight for item in late if item.evidence.source.year is not None and item.counted)
    lean = _lean(explanation, [item.evidence for item in late]) if weight else 0.0
    return (lean > 0, weight > 0) if weight and lean else None


def _lean(explanation: Explanation, left_out: Iterable[Evidence]) -> float:
    """Return how far the own evidence that is left moves the claim from its prior; nothing lent is heard, as it has no year."""
    kinds = explanation.own_without(left_out)
    return math.fsum(kind.after for kind in kinds)
