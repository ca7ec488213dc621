"""Decide an event of an acyclic program exactly, from the end backwards: ordered binary decision diagrams."""

from __future__ import annotations

from collections.abc import Sequence

from rlsgraph.reasoning.reliability.causal_graph import CERTAIN
from rlsgraph.reasoning.reliability.decisions import Decisions
from rlsgraph.reasoning.reliability.program import ALWAYS, NEVER, BudgetSpentError, Program


def decide_by_diagram(program: Program, place: int = 0, *, budget: int, order: Sequence[int] | None = None) -> Decisions:
    """Return the decisions of one of the program's outputs; raise BudgetSpentError where they cost more than the budget.

    Variables are tested in the given order, or else in that of `order_variables`. Each slot's diagram is built from those
    of its terms (Bryant 1986), and `budget` bounds the number of pairs of nodes that are joined.
    """
    output = program.outputs[place]
    tested = _order_variables(program, output) if order is None else list(order)
    diagram = _Diagram(tested, budget)
    level_of = {variable: level for level, variable in enumerate(tested)}
    events = {NEVER: NEVER, ALWAYS: ALWAYS}
    for slot in program.slots_behind(output):
        event = NEVER
        terms = program.terms[slot]
        for source, variable in sorted(terms, key=lambda term: (-level_of.get(term[1], len(tested)), term)):
            holds = events[source] if variable == CERTAIN else diagram.conjoin(level_of[variable], events[source])
            event = diagram.disjoin(event, holds)
        events[slot] = event
    rows = [(tested[level] if level < len(tested) else 0, low, high) for level, low, high in diagram.nodes]
    return Decisions.gather(rows, events[output])


def _order_variables(program: Program, output: int) -> list[int]:
    """Return the variables in the order in which a walk down from the output leaves them behind, depth first.

    So the steps of one route stand together, those near the end first (after Malik and others 1988): on graphs of
    mechanisms the diagrams come out many times smaller than by distance from the start.
    """
    order: dict[int, None] = {}
    seen = {NEVER, ALWAYS, output}
    trail = [(sorted(program.terms[output]), CERTAIN)]
    while trail:
        terms, variable = trail[-1]
        if not terms:
            trail.pop()
            if variable != CERTAIN:
                order.setdefault(variable)
            continue
        source, variable = terms.pop()
        if source not in seen:
            seen.add(source)
            trail.append((sorted(program.terms[source]), variable))
        elif variable != CERTAIN:
            order.setdefault(variable)
    return list(order)


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
