"""Say how probable it is that some causal path between two entities holds, with the interval that the evidence leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rlsgraph.errors import SameEntityError, UnknownNameError
from rlsgraph.model.things import Entity
from rlsgraph.reasoning.claim_graph import ClaimGraph
from rlsgraph.reasoning.reliability.estimates import Estimate, Method, Part
from rlsgraph.reasoning.reliability.sampler import Progress
from rlsgraph.reasoning.reliability.support import SAMPLES, SEED, SupportFunction, compile_support


@dataclass(frozen=True, slots=True)
class PartSupport:
    """One part of a support: its estimate, and the central 90% of it over the claims' posteriors."""

    part: Part
    estimate: Estimate
    low: float
    high: float
    has_sampled_interval: bool = False

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
class Support:
    """The probability that at least one causal path of at most `max_steps` steps holds between two entities.

    Overall, and apart for paths that raise, that lower, and whose direction is open. The last three are no parts of a
    whole: a raising and a lowering path may both hold.
    """

    start: Entity
    end: Entity
    max_steps: int | None
    overall: PartSupport
    raising: PartSupport
    lowering: PartSupport
    unknown: PartSupport

    def __iter__(self) -> Iterator[PartSupport]:
        return iter((self.overall, self.raising, self.lowering, self.unknown))

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


def compile_claims(
    claims: ClaimGraph,
    start: Entity,
    end: Entity,
    *,
    max_steps: int | None,
    seed: int = SEED,
    samples: int = SAMPLES,
    progress: Progress | None = None,
) -> SupportFunction:
    """Return the support between two entities as a function of the claims' scores; the same entity twice is refused."""
    if start == end:
        raise SameEntityError(start.label)
    return compile_support(claims.graph, start.iri, end.iri, max_steps=max_steps, seed=seed, samples=samples, progress=progress)


def find_support(
    claims: ClaimGraph,
    start: Entity,
    end: Entity,
    *,
    max_steps: int | None,
    seed: int = SEED,
    samples: int = SAMPLES,
    progress: Progress | None = None,
) -> Support:
    """Return the support between two entities, with intervals."""
    function = compile_claims(claims, start, end, max_steps=max_steps, seed=seed, samples=samples, progress=progress)
    estimates, intervals = function.value(), function.intervals(claims.alphas, claims.betas)
    parts = (PartSupport(part, estimates.get(part), *intervals[part], function.samples_draws(part)) for part in Part)
    return Support(start, end, max_steps, *parts)
