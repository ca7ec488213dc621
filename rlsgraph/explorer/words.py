"""Say numbers and hypotheses in words: the same on the page, the served pages and the figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rlsgraph.model.decimals import probability
from rlsgraph.model.namespaces import slug_of
from rlsgraph.model.study_terms import EvidenceKind
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Polarity

if TYPE_CHECKING:
    from rlsgraph.model.things import Claim, Entity, Evidence
    from rlsgraph.model.weighing.profile import Profile
    from rlsgraph.reasoning.causal_path import CausalPath

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

OUTCOMES = {
    Polarity.RAISES: "would raise {}",
    Polarity.LOWERS: "would lower {}",
    Polarity.UNKNOWN: "would change {}; whether up or down is open",
}


KIND_WORDS = {
    EvidenceKind.TRIAL: "randomised trials",
    EvidenceKind.GENE: "gene studies",
    EvidenceKind.COHORT: "cohorts",
    EvidenceKind.OBSERVATION: "other observation",
    EvidenceKind.OPEN: "open treatment, cases",
    EvidenceKind.ANIMAL: "animals",
    EvidenceKind.CELLS: "cells",
    EvidenceKind.OPINION: "opinion",
}
"""Each kind of evidence as a reader calls it: what it rests on."""


def joint_in_words(path: CausalPath) -> str:
    """Return the joint probability of a path with its interval; it is not a claim's score, and has no level."""
    low, high = probability(path.low), probability(path.high)
    return f"joint probability {probability(path.joint_probability)}, 90% interval {low} to {high}"


def factor_text(weight: float) -> str:
    """Return a weight of evidence (natural logarithm) as the factor by which it multiplies the odds.

    >>> factor_text(0.0), factor_text(1.0), factor_text(-1.0)
    ('× 1', '× 2.72', '× 0.368')
    """
    return f"× {three_digits(math.exp(weight))}"


def three_digits(value: float) -> str:
    """Return a number in three digits that tell, and no powers of ten.

    >>> three_digits(0.12345), three_digits(1.0), three_digits(2453.9)
    ('0.123', '1', '2454')
    """
    return f"{value:.0f}" if value >= 1000 else f"{value:.3g}"


def plain_number(value: float) -> str:
    """Return a number as it is recorded, in six digits at most, without a needless point; a tiny one as a power of ten.

    >>> plain_number(120.0), plain_number(0.0312), plain_number(0.00000135)
    ('120', '0.0312', '1.35e-6')
    """
    if 0 < abs(value) < 1e-4:
        digits, power = f"{value:.5e}".split("e")
        return f"{digits.rstrip('0').rstrip('.')}e{int(power)}"
    return repr(float(f"{value:.6g}")).removesuffix(".0")


def in_words(iri: str) -> str:
    """Return the local name of an IRI or CURIE in lower-case words.

    >>> in_words("biolink:SequenceVariant")
    'sequence variant'
    """
    local = slug_of(iri).split(":")[-1]
    return "".join(f" {c.lower()}" if c.isupper() else c for c in local).strip()


def level_meanings(profile: Profile) -> dict[str, str]:
    """Return what each level means, by its word, the highest first: said by the profile, and by nothing else."""
    meanings = {}
    for level in (ConfidenceLevel.ESTABLISHED, ConfidenceLevel.SUPPORTED, ConfidenceLevel.EMERGING):
        rule = profile.levels[level]
        lines = f", and at least {rule.lines} independent studies in people for it" if rule.lines else ""
        meanings[level.label] = f"score {rule.score:g} or more{lines}"
    return meanings | {
        ConfidenceLevel.SPECULATIVE.label: "none of the other levels",
        ConfidenceLevel.DOUBTFUL.label: f"score below {profile.doubtful_share:g} × the prior",
        ConfidenceLevel.REFUTED.label: (
            f"score below {profile.refuted_share:g} × the prior, and at least {profile.refuted_lines} independent studies "
            "in people against it"
        ),
    }


def either(entities: Sequence[Entity]) -> str:
    """Return labels as `a, b or c`."""
    *others, last = [entity.label for entity in entities]
    return f"{', '.join(others)} or {last}" if others else last


def flag_words(profile: Profile) -> dict[str, str]:
    """Return what each flag of a claim means, by its name: everything about a claim that its score does not say."""
    least = f"{math.exp(profile.contested_weight):.1f}"
    return {
        "contested": f"contested: evidence moves the odds by × {least} or more to either side",
        "untested": "untested: no study with data of its own bears on it",
        "only-lent": "only lent: no item of its own counts; related claims alone move it from its prior",
        "single": "single study: all data behind the score, its own or lent, come from one study",
        "not-human": "not in people: there are data, and none are of people",
        "retracted": "retracted source: what it says is shown, and adds nothing to the score",
    }


def claim_flags(claim: Claim, words: Mapping[str, str]) -> list[list[str]]:
    """Return name and words (see `flag_words`) of each flag that a claim has."""
    confidence = claim.confidence
    holds = {
        "contested": confidence.is_contested,
        "untested": confidence.is_untested,
        "only-lent": confidence.is_only_lent,
        "single": confidence.is_single_study,
        "not-human": confidence.is_not_in_people,
        "retracted": any(item.source.retracted for item in claim.evidence),
    }
    return [[name, words[name]] for name in words if holds[name]]


def count_in_words(items: Iterable[tuple[Evidence, str]]) -> str:
    """Return how many studies and opinions bear on a claim, given its items with their studies: `two studies for, one against`.

    A study counts once for each direction, however many items come from it; a review, guideline or hypothesis is no study.
    """
    seen: dict[tuple[Direction, bool], set[str]] = {}
    for item, study in items:
        seen.setdefault((item.direction, item.design.is_study), set()).add(study)
    sides = []
    for direction, word in zip(Direction, ("for", "against", "inconclusive"), strict=True):
        kinds = (
            _count(len(seen.get((direction, True), ())), "study", "studies"),
            _count(len(seen.get((direction, False), ())), "review or opinion", "reviews or opinions"),
        )
        if any(kinds):
            sides.append(f"{' and '.join(kind for kind in kinds if kind)} {word}")
    return ", ".join(sides) or "no evidence yet"


def _count(number: int, one: str, many: str) -> str:
    if number == 0:
        return ""
    return f"{_NUMBERS[number] if number < len(_NUMBERS) else number} {one if number == 1 else many}"
