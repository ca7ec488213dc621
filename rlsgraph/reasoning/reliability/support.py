"""Give the probability that at least one causal path holds between two nodes: overall, and by the sign of the path."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

import numpy as np

from rlsgraph.reasoning.reliability.causal_graph import CERTAIN, CausalGraph, Floats, Ints
from rlsgraph.reasoning.reliability.components import Components, find_components
from rlsgraph.reasoning.reliability.decisions import Decisions
from rlsgraph.reasoning.reliability.defaults import SAMPLES as SAMPLES
from rlsgraph.reasoning.reliability.defaults import SEED as SEED
from rlsgraph.reasoning.reliability.diagram import decide_by_diagram
from rlsgraph.reasoning.reliability.draws import logit_normal_draws
from rlsgraph.reasoning.reliability.estimates import Estimate, Method, Part, SupportResult
from rlsgraph.reasoning.reliability.factoring import decide_by_factoring
from rlsgraph.reasoning.reliability.program import (
    ALWAYS,
    NEVER,
    BudgetSpentError,
    Program,
    node_program,
    signed_program,
    step_program,
)
from rlsgraph.reasoning.reliability.region import Region, cut_region
from rlsgraph.reasoning.reliability.runs import find_runs
from rlsgraph.reasoning.reliability.sampler import Progress, Sampler, Share

BUDGET = 100_000
DRAWS = 2_000
SAMPLED_DRAWS = 500

MOST_EXACT_VARIABLES = 400
"""More variables are not decided exactly: the recursion goes as deep as there are variables."""

MOST_TERMS = 30_000

MOST_NODES_FOR_MANY = 40_000
"""Larger decisions give single values alone; the thousands that an interval needs are estimated."""

_MANY_MESHES = 130
"""Of 180 questions about the shipped graph with fewer meshes most were decided within the budget, of those with more none."""

_MOST_FACTORED_SLOTS = 2_000
_MOST_NUMBERS = 2_000_000_000


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

    >>> from rlsgraph.reasoning.reliability.causal_graph import Edge
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
    progress: Progress | None = None,
) -> SupportFunction:
    """Return the support between two nodes as a function of the variables' probabilities.

    A path is simple, has at most `max_steps` steps (certain ones count), and holds if all its variables do. Variables are
    independent. Each of the four probabilities is exact if it can be decided within `budget` counted operations for each
    method tried (operations, not seconds, so the same graph is always answered in the same way), else a Monte Carlo
    estimate. The choice depends on the graph's shape alone, never on the probabilities. Each is decided by a binary
    decision diagram; the overall one, where that grows too large and steps cannot bind, by factoring. Samples are fewer
    than asked for where there would be more than 2 * 10^9 random numbers to draw. `progress` is told how many samples are
    done, and of how many.
    """
    if samples < 1:
        raise ValueError(f"samples is {samples}; it must be at least 1")
    first, last = graph.get_ends(start, end)
    region = cut_region(graph, first, last, max_steps=max_steps)
    named = np.sort(region.variables[region.variables != CERTAIN])
    used = named[find_runs(named)]
    numbers = np.searchsorted(used, region.variables).astype(np.int32)
    region = replace(region, variables=np.where(region.variables == CERTAIN, CERTAIN, numbers).astype(np.int32))
    parts = find_components(region)
    return SupportFunction(graph, used, region, parts, seed=seed, samples=samples, budget=budget, progress=progress)


class SupportFunction:
    """Evaluate support for any probabilities of the variables it depends on, in the order of `variables`.

    It is linear in each of them. `variables` are indices into the graph's, `variable_ids` their ids. Each part is decided
    when it is first asked for.
    """

    def __init__(
        self,
        graph: CausalGraph,
        variables: Ints,
        region: Region,
        parts: Components,
        *,
        seed: int,
        samples: int,
        budget: int,
        progress: Progress | None,
    ) -> None:
        self.variables = variables
        self.variable_ids = tuple(graph.variable_ids[variable] for variable in variables)
        self.probabilities = graph.probabilities[variables]
        self._region, self._parts, self._budget, self._progress = region, parts, budget, progress
        self._seed, self._samples = seed, min(samples, max(1, _MOST_NUMBERS // max(1, len(variables))))
        self._known: dict[Part, Decisions | None] = {}

    @property
    def methods(self) -> Mapping[Part, Method]:
        """How each probability is found."""
        return {part: Method.MONTE_CARLO if self._decisions(part) is None else Method.EXACT for part in Part}

    def value(self, probabilities: Floats | None = None) -> SupportResult:
        """Return the support for the graph's own probabilities or for others."""
        (result,) = self.values([self._check(probabilities)])
        return result

    def values(self, rows: Sequence[Floats]) -> list[SupportResult]:
        """Return the support for each of some rows of probabilities; what is sampled is looked at in the same worlds."""
        return [SupportResult(*estimates.values()) for estimates in self._estimates(tuple(Part), rows)]

    def estimates(self, parts: Sequence[Part], probabilities: Floats | None = None) -> dict[Part, Estimate]:
        """Return some parts of the support, in the order asked for."""
        (estimates,) = self._estimates(parts, [self._check(probabilities)])
        return estimates

    def _estimates(self, parts: Sequence[Part], rows: Sequence[Floats]) -> list[dict[Part, Estimate]]:
        decided = {part: decisions for part in parts if (decisions := self._decisions(part)) is not None}
        sampled = [part for part in parts if part not in decided]
        shares = self._sampler.shares(rows, sampled) if sampled else [{} for _ in rows]
        return [
            {
                part: Estimate(decided[part].value(row), 0.0, Method.EXACT, 0, self._seed)
                if part in decided
                else self._estimate(share[part])
                for part in parts
            }
            for row, share in zip(rows, shares, strict=True)
        ]

    def value_many(self, probabilities: Floats, *, parts: Sequence[Part] = tuple(Part)) -> Floats:
        """Return the support for each row of probabilities: a row for each part, a column for each of theirs.

        A part that is sampled, or whose decisions are too many to go through so often, is estimated over the same 4,096
        worlds for each row.
        """
        rows: dict[Part, Floats] = {}
        for part in parts:
            decisions = self._decisions(part)
            if decisions is not None and not self.samples_draws(part):
                rows[part] = decisions.value_many(probabilities)
        sampled = [part for part in parts if part not in rows]
        if sampled:
            rows |= dict(zip(sampled, self._sampler.shares_many(probabilities, sampled), strict=True))
        return np.array([rows[part] for part in parts])

    def samples_draws(self, part: Part) -> bool:
        """Tell whether the many values of a part are estimated over drawn worlds, even if one value is exact."""
        decisions = self._decisions(part)
        return decisions is None or len(decisions.low) > MOST_NODES_FOR_MANY

    def gradient(self, part: Part = Part.OVERALL, probabilities: Floats | None = None) -> Floats:
        """Return d support / d p of each variable (Birnbaum importance): support if it holds, less support if it fails."""
        (slopes,) = self.gradients(part, [self._check(probabilities)])
        return slopes

    def gradients(self, part: Part, rows: Sequence[Floats]) -> list[Floats]:
        """Return the gradient at each of some rows of probabilities; what is sampled is looked at in the same worlds."""
        decisions = self._decisions(part)
        if decisions is not None:
            return [decisions.gradient(row) for row in rows]
        return self._sampler.slopes(rows, part)

    def draws(
        self,
        means: Sequence[float] | Floats,
        sds: Sequence[float] | Floats,
        *,
        draws: int = DRAWS,
        parts: Sequence[Part] = tuple(Part),
    ) -> Floats:
        """Return support for draws of the probabilities, their log odds normal; `means` and `sds` are by the graph's variables.

        There is a row for each part and a column for each draw, fewer where worlds have to be drawn for each. A variable's
        draws depend on its id and the seed alone.
        """
        if any(self.samples_draws(part) for part in parts):
            draws = min(draws, SAMPLED_DRAWS)
        mean, sd = (np.asarray(numbers, dtype=np.float64)[self.variables] for numbers in (means, sds))
        return self.value_many(logit_normal_draws(self.variable_ids, mean, sd, draws=draws, seed=self._seed), parts=parts)

    def intervals(
        self,
        means: Sequence[float] | Floats,
        sds: Sequence[float] | Floats,
        *,
        draws: int = DRAWS,
        mass: float = 0.9,
        parts: Sequence[Part] = tuple(Part),
    ) -> Mapping[Part, tuple[float, float]]:
        """Return for each part the central interval of support over such draws."""
        values = self.draws(means, sds, draws=draws, parts=parts)
        ends = np.quantile(values, [(1 - mass) / 2, (1 + mass) / 2], axis=1)
        return {part: (float(low), float(high)) for part, (low, high) in zip(parts, ends.T, strict=True)}

    def _decisions(self, part: Part) -> Decisions | None:
        """Return the decisions of a part, or None where it has to be sampled."""
        if part not in self._known:
            self._known[part] = self._decide(part)
        return self._known[part]

    def _decide(self, part: Part) -> Decisions | None:
        """Try each way to decide a part; each attempt has the budget to itself."""
        for attempt in self._attempts(part) if len(self.variables) <= MOST_EXACT_VARIABLES else ():
            try:
                return attempt()
            except BudgetSpentError:
                continue
        return None if self._sampler.is_possible(part) else _NEVER_HAPPENS

    def _attempts(self, part: Part) -> Iterator[Callable[[], Decisions]]:
        """Yield ways to decide a part: by diagram; the overall event by factoring over nodes too.

        That is right where neither the number of steps nor a place in several roles can bind.
        """
        if part is not Part.OVERALL:
            if self._signed_program is not None:
                yield partial(self._decide_by_diagram, self._signed_program, _SIGNED.index(part))
            return
        region, parts = self._region, self._parts
        yield lambda: self._decide_by_diagram(step_program(region, parts, limit=MOST_TERMS))
        is_free = parts.walks_are_paths and region.max_steps >= parts.longest[region.start]
        if is_free and len(region.nodes) <= _MOST_FACTORED_SLOTS:
            yield lambda: decide_by_factoring(node_program(region, parts), budget=self._budget)

    def _decide_by_diagram(self, program: Program, place: int = 0) -> Decisions:
        """Decide an output by diagram, with a twentieth of the budget where that will hardly do: it grows with the meshes."""
        budget = self._budget if program.count_meshes(program.outputs[place]) <= _MANY_MESHES else self._budget // 20
        return decide_by_diagram(program, place, budget=budget)

    @cached_property
    def _signed_program(self) -> Program | None:
        try:
            return signed_program(self._region, self._parts, limit=MOST_TERMS)
        except BudgetSpentError:
            return None

    @cached_property
    def _sampler(self) -> Sampler:
        return Sampler(
            self._region, self._parts, self.variable_ids,
            seed=self._seed, samples=self._samples, limit=MOST_TERMS, progress=self._progress,
        )  # fmt: skip

    def _check(self, probabilities: Floats | None) -> Floats:
        if probabilities is None:
            return self.probabilities
        if len(probabilities) != len(self.variables):
            raise ValueError(f"{len(probabilities)} probabilities given for {len(self.variables)} variables")
        return np.asarray(probabilities, dtype=np.float64)

    def _estimate(self, share: Share) -> Estimate:
        value, undecided = share.happens + share.undecided / 2, share.undecided
        nearly = (value * self._samples + 1) / (self._samples + 2)  # never 0 or 1, so that no estimate claims to be exact
        error = math.hypot(math.sqrt(nearly * (1 - nearly) / self._samples), undecided / 2)
        return Estimate(value, error, Method.MONTE_CARLO, self._samples, self._seed, undecided)


_NEVER_HAPPENS = Decisions.gather([(0, NEVER, NEVER), (0, ALWAYS, ALWAYS)], NEVER)
_SIGNED = (Part.RAISING, Part.LOWERING, Part.UNKNOWN)
