"""Tell in which of many drawn worlds a path holds, 64 worlds to a machine word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial

import numpy as np

from rlsgraph.reasoning.reliability.causal_graph import Ints
from rlsgraph.reasoning.reliability.components import Components
from rlsgraph.reasoning.reliability.draws import ALL_WORLDS, Words
from rlsgraph.reasoning.reliability.program import ALWAYS, NEVER, BudgetSpentError, Program, signed_program, step_program
from rlsgraph.reasoning.reliability.region import Region
from rlsgraph.reasoning.reliability.runs import find_runs

_TERMS_AN_EDGE = 4
"""A step program of more terms than this for each edge takes longer than spreading does."""


class ReachInWorlds:
    """Tell where any path holds: for sure, and perhaps. `holds` has a row a variable, and one for the certain steps.

    By the step program where that is about as small as the region, else by spreading what is reached a step at a time, which
    follows walks. Where some walk reaches the end and no path need do, the program may be as large as `limit`; if it were
    larger, the sure worlds are those of the longest paths whose program is within the limit, the perhaps ones walks.
    """

    def __init__(self, region: Region, parts: Components, *, limit: int) -> None:
        self._spread = _Spread(region.tails, region.heads, region.variables, len(region.nodes), region.max_steps)
        self._region, self._are_walks_paths = region, parts.walks_are_paths
        most = _TERMS_AN_EDGE * len(region.edges) if parts.walks_are_paths else limit
        self._longest = _Longest(partial(step_program, parts=parts, limit=most), region)

    @property
    def size(self) -> int:
        """How many rows of words a run holds."""
        if self._longest.whole is not None:
            return self._longest.whole.size
        spread = 3 * len(self._region.edges)
        return spread if self._are_walks_paths else max(spread, self._longest.size)

    def find(self, holds: Words) -> tuple[Words, Words]:
        """Return the worlds for sure and perhaps, each as one row."""
        if self._longest.whole is not None:
            sure = self._longest.whole.run(holds, (0,))
            return sure, sure
        walks = self.find_walks(holds)
        if self._are_walks_paths:
            return walks, walks
        sure = self._longest.run(holds, (0,))
        return sure, walks | sure

    def find_walks(self, holds: Words) -> Words:
        """Return the worlds where a walk reaches the end, as one row: no path does where no walk does."""
        walks: Words = self._spread.run(self._region.start, holds)[[self._region.end]]
        return walks


class SignsInWorlds:
    """Tell where a simple path of sign +1, -1 and 0 holds: for sure, and perhaps.

    Where the signed program has at most `limit` terms both answers are the same. Else the sure ones are those of the
    longest paths whose program is within the limit, and the perhaps ones are walks, which may repeat nodes. The signs that
    are asked for are named by their places: 0 for +1, 1 for -1, 2 for 0.
    """

    def __init__(self, region: Region, parts: Components, *, limit: int) -> None:
        self._edges = len(region.edges)
        self._longest = _Longest(partial(signed_program, parts=parts, limit=limit), region)
        self._walks = _SignedWalks(region)

    @property
    def size(self) -> int:
        """How many rows of words a run holds."""
        return max(self._longest.size, 0 if self._longest.whole is not None else 9 * self._edges)

    def find(self, holds: Words, places: Sequence[int]) -> tuple[Words, Words]:
        """Return the worlds for sure and perhaps, each with a row for each sign that is asked for."""
        sure = self._longest.run(holds, places)
        return sure, sure if self._longest.whole is not None else self.find_walks(holds)[list(places)] | sure

    def find_walks(self, holds: Words) -> Words:
        """Return the worlds where a walk of each sign holds: no path of a sign does where no walk of it does."""
        return self._walks.run(holds)


class _Longest:
    """Hold the program of all paths, or else of the longest that `write` can write within its limit."""

    def __init__(self, write: Callable[[Region], Program], region: Region) -> None:
        self._write, self._region = write, region

    @cached_property
    def whole(self) -> _RunProgram | None:
        """The program of all paths, if it is within the limit."""
        return self._try_steps(self._region.max_steps)

    @cached_property
    def _found(self) -> _RunProgram | None:
        if self.whole is not None:
            return self.whole
        run = None
        for fewer in range(int(self._region.hops_out[self._region.start]), self._region.max_steps):
            longer = self._try_steps(fewer)
            if longer is None:
                break
            run = longer
        return run

    def _try_steps(self, max_steps: int) -> _RunProgram | None:
        """Return the program for paths of at most so many steps, if it is within the limit."""
        try:
            return _RunProgram(self._write(replace(self._region, max_steps=max_steps)))
        except BudgetSpentError:
            return None

    @property
    def size(self) -> int:
        """How many rows of words a run holds."""
        return 0 if self._found is None else self._found.size

    def run(self, holds: Words, places: Sequence[int]) -> Words:
        """Return where outputs happen, a row each; nowhere where no program is within the limit."""
        if self._found is None:
            return np.zeros((len(places), holds.shape[1]), dtype=np.uint64)
        return self._found.run(holds, places)


class _SignedWalks:
    """Spread over pairs of node and sign so far."""

    def __init__(self, region: Region) -> None:
        count = len(region.nodes)
        places = {1: (0, 1, 2), -1: (1, 0, 2), 0: (2, 2, 2)}
        after = np.array([places[int(sign)] for sign in region.signs], dtype=np.int32).reshape(-1, 3)
        tails = np.concatenate([region.tails + place * count for place in range(3)])
        heads = np.concatenate([region.heads + after[:, place] * count for place in range(3)])
        self._spread = _Spread(tails, heads, np.tile(region.variables, 3), 3 * count, region.max_steps)
        self._start, self._ends = region.start, [region.end + place * count for place in range(3)]

    def run(self, holds: Words) -> Words:
        return self._spread.run(self._start, holds)[self._ends]


class _Spread:
    """Hold steps sorted by head, to spread what is reached with a few array operations a step."""

    def __init__(self, tails: Ints, heads: Ints, variables: Ints, count: int, max_steps: int) -> None:
        order = np.argsort(heads, kind="stable")
        self._tails, self._variables, self._count, self._max_steps = tails[order], variables[order], count, max_steps
        self._starts = find_runs(heads[order])
        self._heads = heads[order][self._starts]

    def run(self, start: int, holds: Words) -> Words:
        reached = np.zeros((self._count, holds.shape[1]), dtype=np.uint64)
        reached[start] = ALL_WORLDS
        if not len(self._tails):
            return reached
        passable, before = holds[self._variables], reached[self._heads]
        for _ in range(self._max_steps):
            arriving = np.bitwise_or.reduceat(reached[self._tails] & passable, self._starts, axis=0) | before
            if np.array_equal(arriving, before):
                break
            reached[self._heads] = before = arriving
        return reached


class _RunProgram:
    """Run a program in many worlds, slot by slot, each after its sources."""

    def __init__(self, program: Program) -> None:
        self._program, self.size = program, len(program.terms)
        self._needed: dict[tuple[int, ...], tuple[int, ...]] = {}

    def run(self, holds: Words, places: Sequence[int]) -> Words:
        """Return the worlds where some of the outputs happen; `holds` has a row a variable, and one for what is certain."""
        outputs = tuple(self._program.outputs[place] for place in places)
        if outputs not in self._needed:
            self._needed[outputs] = self._program.slots_behind(*outputs)
        happens = np.empty((self.size, holds.shape[1]), dtype=np.uint64)
        happens[NEVER], happens[ALWAYS] = 0, ALL_WORLDS
        term = np.empty(holds.shape[1], dtype=np.uint64)
        for slot in self._needed[outputs]:
            (source, variable), *others = self._program.terms[slot]
            here = np.bitwise_and(happens[source], holds[variable], out=happens[slot])
            for source, variable in others:
                np.bitwise_or(here, np.bitwise_and(happens[source], holds[variable], out=term), out=here)
        return happens[list(outputs)]
