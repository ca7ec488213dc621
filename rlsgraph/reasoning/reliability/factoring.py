"""Decide a program's event exactly, from the start onwards: factoring on the steps at the edge of what is reached."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from operator import or_

from rlsgraph.reasoning.reliability.causal_graph import CERTAIN
from rlsgraph.reasoning.reliability.decisions import Decisions
from rlsgraph.reasoning.reliability.program import ALWAYS, NEVER, BudgetSpentError, Program, Term


def decide_by_factoring(program: Program, place: int = 0, *, budget: int) -> Decisions:
    """Return the decisions of one of the program's outputs; raise BudgetSpentError where they cost more than the budget.

    A slot happens if slot 1 can be reached over terms whose variables hold, so the question is one of reachability. As in
    the factoring of network reliability (Page and Perry 1989) one undecided step out of what is reached is decided both
    ways at a time; what is left to decide then depends only on the slots still to be reached that lead to the end, the
    undecided steps into them, and the decided variables that they share. Equal remainders are decided once.
    Each slot looked at counts against the budget.
    """
    factoring = _Factoring(program, budget)
    root = factoring.decide_from(program.outputs[place])
    return Decisions.gather(factoring.nodes, root)


_Pending = tuple[Term, ...]

_REACHED: _Pending = ((ALWAYS, CERTAIN),)


class _Factoring:
    """Hold the decided remainders; sets of slots and of variables are bit masks, variables numbered as they are met."""

    def __init__(self, program: Program, budget: int) -> None:
        self._left = budget
        self.nodes: list[tuple[int, int, int]] = [(0, NEVER, NEVER), (0, ALWAYS, ALWAYS)]
        self._names = sorted({variable for terms in program.terms for _, variable in terms} - {CERTAIN})
        bit = {variable: place for place, variable in enumerate(self._names)}
        bit[CERTAIN] = CERTAIN
        self._terms = [tuple((source, bit[variable]) for source, variable in terms) for terms in program.terms]
        self._users: list[list[Term]] = [[] for _ in self._terms]
        for slot, terms in enumerate(self._terms):
            for source, place in terms:
                self._users[source].append((slot, place))
        self._covers = _cover_masks(len(self._terms), program.chains)
        self._all = (1 << len(self._terms)) - 1
        self._nearness = self._count_steps(program.outputs)
        self._known: dict[tuple[int, _Pending, int, int], int] = {}

    def decide_from(self, output: int) -> int:
        """Return the node of the event that the output happens."""
        if output in (NEVER, ALWAYS):
            return output
        return self._decide(*self._advance(0, ((output, CERTAIN),), 0, 0))

    def _decide(self, passed: int, pending: _Pending, holding: int, failed: int) -> int:
        """Return the node of the event that some pending step leads to the end."""
        if pending == _REACHED:
            return ALWAYS
        pending, open_slots, holding, failed = self._reduce(passed, pending, holding, failed)
        if not pending:
            return NEVER
        key = (open_slots, pending, holding, failed)
        node = self._known.get(key)
        if node is not None:
            return node
        place = min((self._nearness[slot], slot, place) for slot, place in pending)[2]
        passed = self._all & ~open_slots
        others = tuple(term for term in pending if term[1] != place)
        low = self._decide(passed, others, holding, failed | 1 << place)
        high = self._decide(*self._advance(passed, pending, holding | 1 << place, failed))
        if low == high:
            node = low
        else:
            node = len(self.nodes)
            self.nodes.append((self._names[place], low, high))
        self._known[key] = node
        return node

    def _advance(self, passed: int, pending: _Pending, holding: int, failed: int) -> tuple[int, _Pending, int, int]:
        """Walk on over the steps that hold; the new pending steps are `_REACHED` where they lead to the end."""
        waiting = [slot for slot, place in pending if place == CERTAIN or holding >> place & 1]
        undecided = {term for term in pending if term[1] != CERTAIN and not holding >> term[1] & 1}
        while waiting:
            slot = waiting.pop()
            if slot == ALWAYS:
                return passed, _REACHED, holding, failed
            if passed >> slot & 1:
                continue
            passed |= self._covers[slot]
            for source, place in self._terms[slot]:
                if place == CERTAIN or holding >> place & 1:
                    waiting.append(source)
                elif not failed >> place & 1:
                    undecided.add((source, place))
        return passed, tuple(sorted(undecided)), holding, failed

    def _reduce(self, passed: int, pending: _Pending, holding: int, failed: int) -> tuple[_Pending, int, int, int]:
        """Keep of the pending steps, slots and decided variables what can still matter."""
        leading, waiting = 1 << ALWAYS, [ALWAYS]
        looked_at = 1
        while waiting:
            for slot, place in self._users[waiting.pop()]:
                if not (leading | passed) >> slot & 1 and (place == CERTAIN or not failed >> place & 1):
                    leading |= 1 << slot
                    waiting.append(slot)
                    looked_at += 1
        pending = tuple(term for term in pending if leading >> term[0] & 1)
        waiting = list({slot for slot, _ in pending})
        open_slots = reduce(or_, (1 << slot for slot in waiting), 0)
        met, lost = 0, []
        while waiting:
            looked_at += 1
            for source, place in self._terms[waiting.pop()]:
                if not leading >> source & 1:
                    continue
                if place != CERTAIN:
                    if failed >> place & 1:
                        lost.append((source, place))
                        continue
                    met |= 1 << place
                if not open_slots >> source & 1:
                    open_slots |= 1 << source
                    waiting.append(source)
        missed = reduce(or_, (1 << place for source, place in lost if open_slots >> source & 1), 0)
        self._left -= looked_at
        if self._left < 0:
            raise BudgetSpentError
        return pending, open_slots, holding & met, failed & missed

    def _count_steps(self, outputs: tuple[int, ...]) -> list[int]:
        """Return each slot's least number of steps from an output, which orders the decisions."""
        steps = [len(self._terms)] * len(self._terms)
        frontier, count = list(outputs), 0
        while frontier:
            frontier = [slot for slot in dict.fromkeys(frontier) if steps[slot] > count]
            for slot in frontier:
                steps[slot] = count
            frontier = [source for slot in frontier for source, _ in self._terms[slot]]
            count += 1
        return steps


def _cover_masks(count: int, chains: tuple[tuple[int, ...], ...]) -> list[int]:
    """Return for each slot, as a bit mask, the slots that need not be looked at once it is: itself and those before it.

    A slot in several chains is left out: where all that a node does is lead on for certain, it shares the slot of the node
    behind, and the way to that one may begin at the very slot that would cover it.
    """
    shared = {slot for slot, times in Counter(slot for chain in chains for slot in set(chain)).items() if times > 1}
    covers = [1 << slot for slot in range(count)]
    for chain in chains:
        before = 0
        for slot in chain:
            covers[slot] |= before
            before |= 1 << slot if slot > ALWAYS and slot not in shared else 0
    return covers
