"""Give the probability that at least one causal path holds between two nodes: overall, and by the sign of the path."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from rlsgraph.reasoning.causal_graph import CERTAIN, CausalGraph, Floats, Ints
from rlsgraph.reasoning.components import Components, find_components
from rlsgraph.reasoning.decisions import Decisions
from rlsgraph.reasoning.diagram import decide_by_diagram
from rlsgraph.reasoning.draws import posterior_draws
from rlsgraph.reasoning.factoring import decide_by_factoring
from rlsgraph.reasoning.program import NEVER, BudgetSpentError, node_program, signed_program
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


class Part(StrEnum):
    """Name the event whose probability is meant: some path holds, or some path of one sign."""

    OVERALL = "overall"
    RAISING = "raising"
    LOWERING = "lowering"
    UNKNOWN = "unknown"


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
    independent. Each of the four probabilities is exact if it can be decided within `budget` counted operations (not
    seconds, so the same graph is always answered in the same way), else a Monte Carlo estimate. The choice depends on the
    graph's shape alone, never on the probabilities. The overall event is decided by factoring; the signed ones
    by binary decision diagrams and, where these grow too large, by factoring.
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
        self._seed, self._samples, self._budget = seed, samples, budget
        small = len(variables) <= MOST_EXACT_VARIABLES
        self._decided = _decide(region, parts, budget=budget) if small else {}
        if len(self._decided) < len(Part):
            for part, may_happen in zip(Part, self._sampler.possible(), strict=True):
                if not may_happen:
                    self._decided[part] = (_NOTHING, NEVER)

    @property
    def methods(self) -> Mapping[Part, Method]:
        """How each probability is found."""
        return {part: Method.EXACT if part in self._decided else Method.MONTE_CARLO for part in Part}

    def value(self, probabilities: Floats | None = None) -> SupportResult:
        """Return the support for the graph's own probabilities or for others."""
        scores = self._check(probabilities)
        estimates = {}
        for part, (decisions, node) in self._decided.items():
            value = float(decisions.values(scores)[node])
            estimates[part] = Estimate(value, 0.0, Method.EXACT, 0, self._seed)
        if len(estimates) < len(Part):
            shares = self._sampler.shares(scores)
            for part, happens, undecided in zip(Part, *(share.tolist() for share in shares), strict=True):
                if part not in estimates:
                    estimates[part] = self._estimate(happens, undecided)
        return SupportResult(*(estimates[part] for part in Part))

    def value_many(self, probabilities: Floats) -> Floats:
        """Return the support for each row of probabilities: a row for each part, a column for each of theirs."""
        values = np.empty((len(Part), len(probabilities)))
        if len(self._decided) < len(Part):
            values[:] = self._sampler.shares_many(probabilities)
        for row, part in enumerate(Part):
            if part in self._decided:
                decisions, node = self._decided[part]
                values[row] = decisions.values_many(probabilities, (node,))[0]
        return values

    def gradient(self, part: Part = Part.OVERALL, probabilities: Floats | None = None) -> Floats:
        """Return d support / d p of each variable (Birnbaum importance): support if it holds, less support if it fails."""
        scores = self._check(probabilities)
        if part in self._decided:
            decisions, node = self._decided[part]
            return decisions.gradient(node, scores)
        slopes: Floats = self._sampler.slopes(scores)[list(Part).index(part)]
        return slopes

    def draws(
        self, alphas: Sequence[float] | Floats, betas: Sequence[float] | Floats, *, draws: int = DRAWS
    ) -> Floats:
        """Return support for draws of the probabilities from Beta(alpha, beta), indexed by the graph's variables.

        There is a row for each part and a column for each draw. A variable's draws depend on its id and the seed alone.
        """
        alpha, beta = np.asarray(alphas, dtype=np.float64)[self.variables], np.asarray(betas, dtype=np.float64)[self.variables]
        return self.value_many(posterior_draws(self.variable_ids, alpha, beta, draws=draws, seed=self._seed))

    def intervals(
        self, alphas: Sequence[float] | Floats, betas: Sequence[float] | Floats, *, draws: int = DRAWS, mass: float = 0.9
    ) -> Mapping[Part, tuple[float, float]]:
        """Return for each part the central interval of support under the variables' Beta posteriors."""
        values = self.draws(alphas, betas, draws=draws)
        ends = np.quantile(values, [(1 - mass) / 2, (1 + mass) / 2], axis=1)
        return {part: (float(low), float(high)) for part, (low, high) in zip(Part, ends.T, strict=True)}

    @cached_property
    def _sampler(self) -> Sampler:
        return Sampler(
            self._region, self._parts, self.variable_ids,
            seed=self._seed, samples=self._samples, limit=MOST_TERMS, budget=self._budget,
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


_Decided = dict[Part, tuple[Decisions, int]]
_NOTHING = Decisions.gather([(0, 0, 0), (0, 1, 1)], {})[0]
_SIGNED_FIRST = (Part.RAISING, Part.LOWERING, Part.UNKNOWN, Part.OVERALL)


def _decide(region: Region, parts: Components, *, budget: int) -> _Decided:
    """Return the decisions of those events that the budget suffices for; it is given anew to each attempt.

    Where the number of steps cannot bind, the overall event is quickest decided by factoring; else as the
    disjunction of the signed ones, whose diagrams are small when few steps are left.
    """
    decided: _Decided = {}

    def add(found: tuple[Decisions, dict[int, int]], meaning: tuple[Part, ...]) -> None:
        decisions, nodes = found
        for place, node in nodes.items():
            decided.setdefault(meaning[place], (decisions, node))

    if region.max_steps >= parts.longest[region.start]:
        add(decide_by_factoring(node_program(region, parts), budget=budget), (Part.OVERALL,))
    try:
        signed = signed_program(region, parts, limit=MOST_TERMS)
        add(decide_by_diagram(signed, _order_variables(region), budget=budget), _SIGNED_FIRST)
        if len(decided) < len(Part) and len(signed.terms) <= _MOST_FACTORED_SLOTS:
            add(decide_by_factoring(signed, budget=budget), _SIGNED_FIRST)
    except BudgetSpentError:
        pass
    return decided


def _order_variables(region: Region) -> list[int]:
    """Return the variables by how near the start they are first used: those of a step next to those of its neighbours."""
    by_nearness = np.lexsort((np.arange(len(region.nodes)), -region.hops_out, region.hops_in))
    rank = np.empty(len(by_nearness), dtype=np.int64)
    rank[by_nearness] = np.arange(len(by_nearness))
    steps = np.lexsort((rank[region.heads], rank[region.tails]))
    return [variable for variable in dict.fromkeys(region.variables[steps].tolist()) if variable != CERTAIN]
