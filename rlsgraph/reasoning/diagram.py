"""Decide an acyclic program's events exactly, from the end backwards: ordered binary decision diagrams."""

from __future__ import annotations

from collections.abc import Sequence

from rlsgraph.reasoning.causal_graph import CERTAIN
from rlsgraph.reasoning.decisions import Decisions
from rlsgraph.reasoning.program import ALWAYS, NEVER, BudgetSpentError, Program


def decide_by_diagram(program: Program, order: Sequence[int], *, budget: int) -> tuple[Decisions, dict[int, int]]:
    """Return decisions, and for the place of each output that could be decided within the budget, its node in them.

    Variables are tested in the given order. Each slot's diagram is built from those of its terms (Bryant 1986), and
    `budget` bounds the number of pairs of nodes that are joined.
    """
    diagram = _Diagram(order, budget)
    level_of = {variable: level for level, variable in enumerate(order)}
    events = [NEVER, ALWAYS]
    try:
        for terms in program.terms[2:]:
            event = NEVER
            deepest_first = sorted(terms, key=lambda term: (-level_of.get(term[1], len(order)), term))
            for source, variable in deepest_first:
                holds = events[source] if variable == CERTAIN else diagram.conjoin(level_of[variable], events[source])
                event = diagram.disjoin(event, holds)
            events.append(event)
    except BudgetSpentError:
        pass
    rows = [(order[level] if level < len(order) else 0, low, high) for level, low, high in diagram.nodes]
    return Decisions.gather(rows, {place: events[slot] for place, slot in enumerate(program.outputs) if slot < len(events)})


class _Diagram:
    """Hold reduced nodes (level, low, high); equal events get equal numbers."""

    def __init__(self, order: Sequence[int], budget: int) -> None:
        self.nodes: list[tuple[int, int, int]] = [(len(order), NEVER, NEVER), (len(order), ALWAYS, ALWAYS)]
        self._left = budget
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._disjunctions: dict[tuple[int, int], int] = {}
        self._conjunctions: dict[tuple[int, int], int] = {}

    def disjoin(self, one: int, other: int) -> int:
        """Return the event that either happens."""
        if one == other or other == NEVER:
            return one
        if one == NEVER:
            return other
        if one == ALWAYS or other == ALWAYS:
            return ALWAYS
        key = (one, other) if one < other else (other, one)
        known = self._disjunctions.get(key)
        if known is not None:
            return known
        self._spend()
        level, low, high = self.nodes[one]
        other_level, other_low, other_high = self.nodes[other]
        if level < other_level:
            other_low = other_high = other
        elif other_level < level:
            level, low, high = other_level, one, one
        node = self._node(level, self.disjoin(low, other_low), self.disjoin(high, other_high))
        self._disjunctions[key] = node
        return node

    def conjoin(self, level: int, event: int) -> int:
        """Return the event that the variable at a level holds and the event happens."""
        here, low, high = self.nodes[event]
        if event == NEVER:
            return NEVER
        if here > level:
            return self._node(level, NEVER, event)
        if here == level:
            return self._node(level, NEVER, high)
        key = (level, event)
        known = self._conjunctions.get(key)
        if known is None:
            self._spend()
            known = self._conjunctions[key] = self._node(here, self.conjoin(level, low), self.conjoin(level, high))
        return known

    def _node(self, level: int, low: int, high: int) -> int:
        if low == high:
            return low
        key = (level, low, high)
        node = self._numbers.get(key)
        if node is None:
            node = self._numbers[key] = len(self.nodes)
            self.nodes.append(key)
        return node

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise BudgetSpentError
