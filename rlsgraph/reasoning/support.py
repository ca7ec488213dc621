"""Give the probability that at least one causal path holds between two nodes: overall, and by the sign of the path."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, partial

import numpy as np

from rlsgraph.reasoning.causal_graph import CERTAIN, CausalGraph, Floats, Ints
from rlsgraph.reasoning.components import Components, find_components
from rlsgraph.reasoning.decisions import Decisions
from rlsgraph.reasoning.diagram import decide_by_diagram
from rlsgraph.reasoning.draws import posterior_draws
from rlsgraph.reasoning.factoring import decide_by_factoring
from rlsgraph.reasoning.program import ALWAYS, NEVER, BudgetSpentError, node_program, signed_program, step_program
from rlsgraph.reasoning.region import Region, cut_region
from rlsgraph.reasoning.sampler import Sampler

SEED = 7
SAMPLES = 100_000
BUDGET = 1_000_000
DRAWS = 2_000

MOST_EXACT_VARIABLES = 400
"""More variables are not decided exactly: the recursion goes as deep as there are variables."""

MOST_TERMS = 30_000
_MOST_FACTORED_SLOTS = 2_000
_MOST_NUMBERS = 2_000_000_000


class Part(StrEnum):
    """Name the event whose probability is meant: some path holds, or some path of one sign."""

    OVERALL = "overall"
    RAISING = "raising"
    LOWERING = "lowering"
    UNKNOWN = "unknown"


_PLACE = {part: place for place, part in enumerate(Part)}


class Method(StrEnum):
    """Name the way a probability was found."""

    EXACT = "exact"
    MONTE_CARLO = "Monte Carlo"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A probability, and how it was found.

    An exact one has standard error 0 and no samples. Otherwise `undecided` is the share of samples in which
    the search for a path of that sign was given up: they count as half, and half of their share is in the standard error.
    """

    value: float
    standard_error: float
    method: Method
    samples: int
    seed: int
    undecided: float = 0.0


@dataclass(frozen=True, slots=True)
class SupportResult:
    """The probability that some path holds, and that some path of sign +1, -1 or 0 does.

    The last three are no parts of a whole: a raising and a lowering path may both hold.
    """

    overall: Estimate
    raising: Estimate
    lowering: Estimate
    unknown: Estimate

    def get(self, part: Part) -> Estimate:
        """Return one of the four by its name."""
        estimate: Estimate = getattr(self, part.value)
        return estimate


def support(
    graph: CausalGraph,
    start: str,
    end: str,
    *,
    max_steps: int | None = None,
    seed: int = SEED,
    samples: int = SAMPLES,
    budget: int = BUDGET,
) -> SupportResult:
    """Return the probability that at least one simple path of at most `max_steps` steps holds, overall and by sign.

    See `compile_support` for the method.

    >>> from rlsgraph.reasoning.causal_graph import Edge
    >>> steps = [("s", "a", 0.6), ("s", "b", 0.6), ("a", "t", 0.6), ("b", "t", 0.6), ("a", "b", 0.5), ("b", "a", 0.5)]
    >>> graph = CausalGraph.from_edges([Edge(a + b, a, b, 1, p, a + b) for a, b, p in steps])
    >>> round(support(graph, "s", "t").overall.value, 9)
    0.648
    """
    return compile_support(graph, start, end, max_steps=max_steps, seed=seed, samples=samples, budget=budget).value()


def compile_support(
    graph: CausalGraph,
    start: str,
    end: str,
    *,
    max_steps: int | None = None,
    seed: int = SEED,
    samples: int = SAMPLES,
    budget: int = BUDGET,
) -> SupportFunction:
    """Return the support between two nodes as a function of the variables' probabilities.

    A path is simple, has at most `max_steps` steps (certain ones count), and holds if all its variables do. Variables are
    independent. Each of the four probabilities is exact if it can be decided within `budget` counted operations for each
    method tried (operations, not seconds, so the same graph is always answered in the same way), else a Monte Carlo
    estimate. The choice depends on the graph's shape alone, never on the probabilities. Each is decided by a binary
    decision diagram or, where that grows too large, by factoring. Samples are fewer than asked for where there
    would be more than 2 * 10^9 random numbers to draw.
    """
    if samples < 1:
        raise ValueError(f"samples is {samples}; it must be at least 1")
    first, last = graph.get_ends(start, end)
    region = cut_region(graph, first, last, max_steps=max_steps)
    used = np.unique(region.variables[region.variables != CERTAIN])
    numbers = np.searchsorted(used, region.variables).astype(np.int32)
    region = replace(region, variables=np.where(region.variables == CERTAIN, CERTAIN, numbers).astype(np.int32))
    return SupportFunction(graph, used, region, find_components(region), seed=seed, samples=samples, budget=budget)


class SupportFunction:
    """Evaluate support for any probabilities of the variables it depends on, in the order of `variables`.

    It is linear in each of them. `variables` are indices into the graph's, `variable_ids` their ids.
    """

    def __init__(
        self, graph: CausalGraph, variables: Ints, region: Region, parts: Components, *, seed: int, samples: int, budget: int
    ) -> None:
        self.variables = variables
        self.variable_ids = tuple(graph.variable_ids[variable] for variable in variables)
        self.probabilities = graph.probabilities[variables]
        self._region, self._parts = region, parts
        self._seed, self._samples = seed, min(samples, max(1, _MOST_NUMBERS // max(1, len(variables))))
        small = len(variables) <= MOST_EXACT_VARIABLES
        self._decided = _decide(region, parts, budget=budget) if small else {}
        if len(self._decided) < len(Part):
            for part, may_happen in zip(Part, self._sampler.possible(), strict=True):
                if not may_happen:
                    self._decided[part] = _NEVER_HAPPENS

    @property
    def methods(self) -> Mapping[Part, Method]:
        """How each probability is found."""
        return {part: Method.EXACT if part in self._decided else Method.MONTE_CARLO for part in Part}

    def value(self, probabilities: Floats | None = None) -> SupportResult:
        """Return the support for the graph's own probabilities or for others."""
        scores = self._check(probabilities)
        estimates = {}
        for part, decisions in self._decided.items():
            estimates[part] = Estimate(decisions.value(scores), 0.0, Method.EXACT, 0, self._seed)
        if len(estimates) < len(Part):
            shares = self._sampler.shares(scores, with_signs=self._needs_signs(tuple(Part)))
            for part, happens, undecided in zip(Part, *(share.tolist() for share in shares), strict=True):
                if part not in estimates:
                    estimates[part] = self._estimate(happens, undecided)
        return SupportResult(*(estimates[part] for part in Part))

    def value_many(self, probabilities: Floats, *, parts: Sequence[Part] = tuple(Part)) -> Floats:
        """Return the support for each row of probabilities: a row for each part, a column for each of theirs."""
        values = np.empty((len(parts), len(probabilities)))
        if any(part not in self._decided for part in parts):
            shares = self._sampler.shares_many(probabilities, with_signs=self._needs_signs(parts))
            values[:] = shares[[_PLACE[part] for part in parts]]
        for row, part in enumerate(parts):
            if part in self._decided:
                values[row] = self._decided[part].value_many(probabilities)
        return values

    def gradient(self, part: Part = Part.OVERALL, probabilities: Floats | None = None) -> Floats:
        """Return d support / d p of each variable (Birnbaum importance): support if it holds, less support if it fails."""
        scores = self._check(probabilities)
        if part in self._decided:
            return self._decided[part].gradient(scores)
        slopes: Floats = self._sampler.slopes(scores, with_signs=self._needs_signs((part,)))[_PLACE[part]]
        return slopes

    def draws(
        self,
        alphas: Sequence[float] | Floats,
        betas: Sequence[float] | Floats,
        *,
        draws: int = DRAWS,
        parts: Sequence[Part] = tuple(Part),
    ) -> Floats:
        """Return support for draws of the probabilities from Beta(alpha, beta), indexed by the graph's variables.

        There is a row for each part and a column for each draw. A variable's draws depend on its id and the seed alone.
        """
        alpha, beta = np.asarray(alphas, dtype=np.float64)[self.variables], np.asarray(betas, dtype=np.float64)[self.variables]
        return self.value_many(posterior_draws(self.variable_ids, alpha, beta, draws=draws, seed=self._seed), parts=parts)

    def intervals(
        self,
        alphas: Sequence[float] | Floats,
        betas: Sequence[float] | Floats,
        *,
        draws: int = DRAWS,
        mass: float = 0.9,
        parts: Sequence[Part] = tuple(Part),
    ) -> Mapping[Part, tuple[float, float]]:
        """Return for each part the central interval of support under the variables' Beta posteriors."""
        values = self.draws(alphas, betas, draws=draws, parts=parts)
        ends = np.quantile(values, [(1 - mass) / 2, (1 + mass) / 2], axis=1)
        return {part: (float(low), float(high)) for part, (low, high) in zip(parts, ends.T, strict=True)}

    def _needs_signs(self, parts: Sequence[Part]) -> bool:
        return any(part not in self._decided and part is not Part.OVERALL for part in parts)

    @cached_property
    def _sampler(self) -> Sampler:
        return Sampler(
            self._region, self._parts, self.variable_ids,
            seed=self._seed, samples=self._samples, limit=MOST_TERMS,
        )  # fmt: skip

    def _check(self, probabilities: Floats | None) -> Floats:
        if probabilities is None:
            return self.probabilities
        if len(probabilities) != len(self.variables):
            raise ValueError(f"{len(probabilities)} probabilities given for {len(self.variables)} variables")
        return np.asarray(probabilities, dtype=np.float64)

    def _estimate(self, happens: float, undecided: float) -> Estimate:
        value = happens + undecided / 2
        nearly = (value * self._samples + 1) / (self._samples + 2)  # never 0 or 1, so that no estimate claims to be exact
        error = math.hypot(math.sqrt(nearly * (1 - nearly) / self._samples), undecided / 2)
        return Estimate(value, error, Method.MONTE_CARLO, self._samples, self._seed, undecided)


_NEVER_HAPPENS = Decisions.gather([(0, NEVER, NEVER), (0, ALWAYS, ALWAYS)], NEVER)
_SIGNED = (Part.RAISING, Part.LOWERING, Part.UNKNOWN)


def _decide(region: Region, parts: Components, *, budget: int) -> dict[Part, Decisions]:
    """Return the decisions of those events that can be decided; each attempt at each event has the budget to itself."""
    decided = {}
    overall = _attempts_at_overall(region, parts, budget=budget)
    for part, attempts in [(Part.OVERALL, overall), *_attempts_at_signs(region, parts, budget=budget)]:
        for attempt in attempts:
            try:
                decided[part] = attempt()
            except BudgetSpentError:
                continue
            break
    return decided


_Attempt = Callable[[], Decisions]


def _attempts_at_overall(region: Region, parts: Components, *, budget: int) -> list[_Attempt]:
    """Return ways to decide the overall event; where the number of steps cannot bind, nodes alone need looking at."""

    def by_nodes() -> Decisions:
        return decide_by_factoring(node_program(region, parts), budget=budget)

    def by_steps() -> Decisions:
        return decide_by_diagram(step_program(region, parts, limit=MOST_TERMS), budget=budget)

    is_free = region.max_steps >= parts.longest[region.start] and len(region.nodes) <= _MOST_FACTORED_SLOTS
    return [by_steps, by_nodes] if is_free else [by_steps]


def _attempts_at_signs(region: Region, parts: Components, *, budget: int) -> list[tuple[Part, list[_Attempt]]]:
    """Return for each sign the ways to decide it; none where its program has too many terms."""
    try:
        program = signed_program(region, parts, limit=MOST_TERMS)
    except BudgetSpentError:
        return []
    methods = [decide_by_diagram, decide_by_factoring] if len(program.terms) <= _MOST_FACTORED_SLOTS else [decide_by_diagram]
    return [(part, [partial(method, program, place, budget=budget) for method in methods]) for place, part in enumerate(_SIGNED)]
