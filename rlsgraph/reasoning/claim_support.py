"""Say how probable it is that some causal path between two entities holds, with the interval that the evidence leaves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from rlsgraph.errors import SameEntityError, UnknownNameError
from rlsgraph.model.shown import Shown, ShownRows
from rlsgraph.model.things import Entity
from rlsgraph.reasoning.question import Question
from rlsgraph.reasoning.reliability.estimates import Estimate, Method, Part
from rlsgraph.reasoning.reliability.sampler import Progress
from rlsgraph.reasoning.reliability.support import SAMPLES, SEED, SupportFunction, compile_support
from rlsgraph.reasoning.verdict import Judgement, judge


@dataclass(frozen=True, slots=True)
class PartSupport(Shown):
    """One part of a support: its estimate, the central 90% of it over draws of the claims' probabilities, and its floor.

    The floor is the same part with every claim at its prior: what would be said if nobody had ever studied anything.
    """

    part: Part
    estimate: Estimate
    low: float
    high: float
    floor: float
    has_sampled_interval: bool = False

    @property
    def evidence_factor(self) -> float | None:
        """What evidence has done to the odds: odds of support ÷ odds of floor; None where no such path is thinkable."""
        if self.value == self.floor:
            return 1.0 if self.floor > 0 else None
        if self.floor in (0.0, 1.0) or self.value == 1.0:
            return math.inf if self.value > self.floor else 0.0
        return self.value / (1 - self.value) * (1 - self.floor) / self.floor

    @property
    def value(self) -> float:
        """The probability that such a path holds, at the claims' scores."""
        return self.estimate.value

    @property
    def how(self) -> str:
        """How it was found, e.g. `exact` or `Monte Carlo, 100,000 samples, s.e. 0.002, seed 7`."""
        found = how_found(self.estimate)
        return f"{found}; interval sampled" if found == "exact" and self.has_sampled_interval else found


@dataclass(frozen=True, slots=True)
class Support(ShownRows):
    """The probability that at least one causal path of at most `max_steps` steps holds between two entities.

    Overall, and apart for paths that raise, that lower, and whose direction is open. The last three are no parts of a
    whole: a raising and a lowering path may both hold. `tested_only` tells that claims without data of their own were left
    out, in the floor too.
    """

    start: Entity
    end: Entity
    max_steps: int | None
    overall: PartSupport
    raising: PartSupport
    lowering: PartSupport
    unknown: PartSupport
    tested_only: bool = False
    is_by_definition: bool = False

    def __str__(self) -> str:
        return f"{self.start.label} to {self.end.label}: {self.overall.value:.2f}, {self.judgement}"

    def __iter__(self) -> Iterator[PartSupport]:
        return iter((self.overall, self.raising, self.lowering, self.unknown))

    @property
    def judgement(self) -> Judgement:
        """Which way it points, or why it does not say."""
        return judge(self.raising, self.lowering, self.unknown, is_by_definition=self.is_by_definition)

    def get(self, part: Part | str) -> PartSupport:
        """Return one of the four by its name."""
        wanted = parse_part(part)
        return next(found for found in self if found.part is wanted)


def parse_part(name: Part | str) -> Part:
    """Return the part of a support of that name; raise UnknownNameError where there is none."""
    try:
        return Part(name)
    except ValueError:
        raise UnknownNameError("part of a support", name, tuple(part.value for part in Part)) from None


def how_found(estimate: Estimate) -> str:
    """Return in words how an estimate was found, e.g. `exact` or `Monte Carlo, 100,000 samples, s.e. 0.002, seed 7`."""
    if estimate.method is Method.EXACT:
        return "exact"
    found = f"Monte Carlo, {estimate.samples:,} samples, s.e. {estimate.standard_error:.2g}, seed {estimate.seed}"
    return f"{found}, {estimate.undecided:.1%} undecided" if estimate.undecided else found


def compile_question(
    question: Question, *, seed: int = SEED, samples: int = SAMPLES, progress: Progress | None = None
) -> SupportFunction:
    """Return the support of a question as a function of its variables; the same entity twice is refused."""
    if question.start == question.end:
        raise SameEntityError(question.start.label)
    return compile_support(
        question.graph,
        question.first,
        question.last,
        max_steps=question.max_steps,
        seed=seed,
        samples=samples,
        progress=progress,
    )


def find_support(question: Question, *, seed: int = SEED, samples: int = SAMPLES, progress: Progress | None = None) -> Support:
    """Return the support between two entities, with intervals and floors: compiled once, for scores and priors alike."""
    function = compile_question(question, seed=seed, samples=samples, progress=progress)
    estimates, floors = function.values([function.probabilities, question.priors[function.variables]])
    intervals = function.intervals(question.means, question.sds)
    overall, raising, lowering, unknown = (
        PartSupport(part, estimates.get(part), *intervals[part], floors.get(part).value, function.samples_draws(part))
        for part in Part
    )
    return Support(
        question.start,
        question.end,
        question.max_steps,
        overall,
        raising,
        lowering,
        unknown,
        tested_only=question.tested_only,
        is_by_definition=question.is_by_definition,
    )
