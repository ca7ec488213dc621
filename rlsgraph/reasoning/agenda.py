"""Rank claims by how much the next study of each could settle of a support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from rlsgraph.model.records import Records
from rlsgraph.model.shown import Shown, ShownRows
from rlsgraph.model.things import Claim, Entity
from rlsgraph.reasoning.claim_support import compile_question, parse_part
from rlsgraph.reasoning.next_study import Explain, NextStudy, next_study, related_claims, scores_after
from rlsgraph.reasoning.question import Question
from rlsgraph.reasoning.reliability.estimates import Estimate, Part
from rlsgraph.reasoning.reliability.gaps import Gap, find_gaps
from rlsgraph.reasoning.reliability.sampler import Progress


@dataclass(frozen=True, slots=True)
class ResearchGap(Shown):
    """What the next study of one claim could do to the support between two entities.

    `gap` has the numbers; `score_if_positive` and `score_if_null` are the claim's score after either outcome. `share` is the
    expected fall as a share of the whole variance of the support. `tested_fall` is the expected fall in the variance of what
    rests on claims with data, and on this one; `worth` is what claims are ranked by.
    """

    claim: Claim
    gap: Gap
    score_if_positive: float
    score_if_null: float
    share: float
    tested_fall: float
    worth: float
    next_study: NextStudy


@dataclass(frozen=True, slots=True)
class Agenda(ShownRows):
    """The claims that a support between two entities rests on, the most worthwhile to study first.

    `variance` is that of the part of the support that was asked about, over 2,000 draws of all the claims' probabilities.
    """

    start: Entity
    end: Entity
    max_steps: int | None
    part: Part
    estimate: Estimate
    variance: float
    gaps: tuple[ResearchGap, ...]


def find_agenda(
    question: Question,
    records: Records,
    explain: Explain,
    *,
    part: Part | str = Part.OVERALL,
    progress: Progress | None = None,
) -> Agenda:
    """Return the research agenda of a question: empty of gaps where no path joins its ends.

    A claim's worth is the mean of two shares: of all the claims' expected falls in the variance of the support, and of all
    their expected falls in the variance of what is left of it when, of the claims without data, only that one is walked. So
    the many untested claims, each as wide as the prior, do not crowd out the claims on which the answer turns.
    """
    part = parse_part(part)
    function = compile_question(question, progress=progress)
    estimate = function.estimates((part,))[part]
    variance = float(function.draws(question.means, question.sds, parts=(part,))[0].var())
    walked = {v.iri: v for v in question.variables if isinstance(v, Claim) and v.iri in _walked(question)}
    sums = {iri: explain(iri) for iri in walked}
    studies = {
        iri: next_study(claim, sums[iri].profile.next_sizes, tuple(related_claims(claim, records)))
        for iri, claim in walked.items()
    }
    outcomes = {iri: scores_after(walked[iri], study, sums[iri]) for iri, study in studies.items()}
    tested = np.array([_tested_score(question, variable) for variable in function.variables])
    own, of_tested = function.gradients(part, [function.probabilities, tested])
    slopes = dict(zip(function.variable_ids, of_tested.tolist(), strict=True))
    gaps = [gap for gap in find_gaps(function, outcomes, part=part, value=estimate.value, slopes=own) if gap.importance > 0]
    found = [
        ResearchGap(
            claim=walked[gap.variable_id],
            gap=gap,
            score_if_positive=outcomes[gap.variable_id][0],
            score_if_null=outcomes[gap.variable_id][1],
            share=gap.expected_fall / variance if variance > 0 else 0.0,
            tested_fall=gap.expected_fall * (slopes[gap.variable_id] / gap.importance) ** 2,
            worth=0.0,
            next_study=studies[gap.variable_id],
        )
        for gap in gaps
    ]
    ranked = sorted(_with_worth(found), key=lambda gap: (-gap.worth, -gap.gap.expected_fall, gap.claim.iri))
    return Agenda(question.start, question.end, question.max_steps, part, estimate, variance, tuple(ranked))


def _with_worth(gaps: list[ResearchGap]) -> Iterator[ResearchGap]:
    falls, tested_falls = sum(gap.gap.expected_fall for gap in gaps), sum(gap.tested_fall for gap in gaps)
    for gap in gaps:
        share = gap.gap.expected_fall / falls if falls else 0.0
        yield replace(gap, worth=(share + gap.tested_fall / tested_falls) / 2 if tested_falls else share)


def _walked(question: Question) -> set[str]:
    walked = zip(question.graph.variable_ids, question.graph.probabilities, strict=True)
    return {iri for iri, probability in walked if probability > 0}


def _tested_score(question: Question, variable: int) -> float:
    """Return a variable's probability where claims without data are not walked."""
    known = question.variables[variable]
    return 0.0 if isinstance(known, Claim) and known.is_untested else float(question.graph.probabilities[variable])
