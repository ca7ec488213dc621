"""Write "some path holds" as a program of ORs over steps, which exact and sampling evaluators both run.

A program has slots, each an event. Slot 0 never happens, slot 1 always; any other happens if one of its terms does, and a
term happens if its variable holds (or the term is certain) and its source slot happens. Three programs are written:

- `node_program`: a slot a node, "the end can be reached from here". It may run in circles: evaluators treat it as
  reachability. Right for the overall event where `max_steps` cannot bind.
- `step_program`: a slot for a node and a number of steps left. Right for the overall event under `max_steps`, because a
  walk that repeats a node has a shorter walk inside it that does not. A place that could be met again in a role with steps
  of its own must be remembered, as below; where there is such a place the `node_program` is wrong.
- `signed_program`: also the sign still wanted, and the places behind that must not be met again. A walk that repeats a
  node can have a sign that no simple path has (a -> b -> a -> c, with one of the circle's steps negative), so here
  repeats must be kept out. They are harmless, and not kept track of, where all cycles are positive, where the
  path has left the cycles' component, and where too few steps are left to come back and still reach the end; so few
  states remain. Without such bounds the question is as hard as finding a simple path of even length (NP-complete
  in directed graphs: LaPaugh and Papadimitriou 1984), hence the limit on terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rlsgraph.reasoning.reliability.causal_graph import CERTAIN
from rlsgraph.reasoning.reliability.components import Components
from rlsgraph.reasoning.reliability.region import Region

NEVER, ALWAYS = 0, 1

Term = tuple[int, int]
"""A source slot and a variable."""


class BudgetSpentError(Exception):
    """Say that a computation would take more counted operations than it was allowed."""


@dataclass(frozen=True, eq=False)
class Program:
    """Hold the terms of each slot, the slots asked for, and chains of slots.

    In an acyclic program each term's source comes before its slot. In a chain each slot happens wherever one before it
    does, and by the same steps.
    """

    terms: tuple[tuple[Term, ...], ...]
    outputs: tuple[int, ...]
    chains: tuple[tuple[int, ...], ...] = ()

    def slots_behind(self, *outputs: int) -> tuple[int, ...]:
        """Return the slots that outputs of an acyclic program rest on, these among them, sources first; not 0 and 1."""
        needed, waiting = {NEVER, ALWAYS, *outputs}, list(outputs)
        while waiting:
            for source, _ in self.terms[waiting.pop()]:
                if source not in needed:
                    needed.add(source)
                    waiting.append(source)
        return tuple(sorted(needed - {NEVER, ALWAYS}))

    def count_meshes(self, output: int) -> int:
        """Return how many terms could be taken from what an output rests on, each slot keeping one: 0 for a single route."""
        slots = self.slots_behind(output)
        return sum(len(self.terms[slot]) for slot in slots) - len(slots)


class _Slots:
    """Number the distinct slots as they are written; equal slots get one number."""

    def __init__(self) -> None:
        self.terms: list[tuple[Term, ...]] = [(), ()]
        self._numbers: dict[tuple[Term, ...], int] = {}

    def add(self, terms: set[Term]) -> int:
        """Return the number of the slot with these terms."""
        if not terms:
            return NEVER
        if (ALWAYS, CERTAIN) in terms:
            return ALWAYS
        key = tuple(sorted(terms))
        if len(key) == 1 and key[0][1] == CERTAIN:
            return key[0][0]
        if key not in self._numbers:
            self._numbers[key] = len(self.terms)
            self.terms.append(key)
        return self._numbers[key]


def node_program(region: Region, parts: Components) -> Program:
    """Return the program of the overall event, without regard to the number of steps."""
    slot = [node + 2 for node in range(len(region.nodes))]
    slot[region.end] = ALWAYS
    terms: list[tuple[Term, ...]] = [(), ()]
    terms += [tuple(sorted({(slot[head], variable) for _, head, _, variable in steps})) for steps in parts.steps]
    return Program(tuple(terms), (slot[region.start],))


def step_program(region: Region, parts: Components, *, limit: int) -> Program:
    """Return the acyclic program of the overall event; more than `limit` terms raise BudgetSpentError."""
    state_steps = _list_states(region, parts, parts.returns_matter, limit=limit)
    slots = _Slots()
    slot_of: dict[_State, int] = {}
    alike: dict[tuple[object, ...], list[int]] = {}
    for state in sorted(state_steps):
        _, node, barred = state
        terms = {(slot_of[onward], variable) for onward, _, variable in state_steps[state]}
        slot_of[state] = ALWAYS if node == region.end else slots.add({term for term in terms if term[0] != NEVER})
        alike.setdefault((node, barred), []).append(slot_of[state])
    return Program(tuple(slots.terms), (slot_of[max(state_steps)],), tuple(map(tuple, alike.values())))


def signed_program(region: Region, parts: Components, *, limit: int) -> Program:
    """Return the acyclic program of four events: a simple path of sign +1, of sign -1, of sign 0, of any sign.

    More than `limit` terms raise BudgetSpentError.
    """
    tracked = [any(flags) for flags in zip(parts.changes_sign, parts.returns_matter, parts.returns_change_sign, strict=True)]
    state_steps = _list_states(region, parts, tracked, limit=limit)
    slots = _Slots()
    slots_of: dict[_State, tuple[int, int, int]] = {}
    alike: dict[tuple[object, ...], list[int]] = {}
    for state in sorted(state_steps):
        _, node, barred = state
        if node == region.end:
            slots_of[state] = (ALWAYS, NEVER, NEVER)
            continue
        wanted: tuple[set[Term], set[Term], set[Term]] = (set(), set(), set())
        for onward, sign, variable in state_steps[state]:
            for place, source in enumerate(slots_of[onward]):
                if source != NEVER:
                    wanted[place if sign == 1 else 1 - place if sign == -1 and place < 2 else 2].add((source, variable))
        slots_of[state] = (slots.add(wanted[0]), slots.add(wanted[1]), slots.add(wanted[2]))
        for place, slot in enumerate(slots_of[state]):
            alike.setdefault((node, barred, place), []).append(slot)
    signed = slots_of[max(state_steps)]
    some = slots.add({(slot, CERTAIN) for slot in signed if slot != NEVER})
    return Program(tuple(slots.terms), (*signed, some), tuple(map(tuple, alike.values())))


_State = tuple[int, int, tuple[int, ...]]
"""Steps left, node, places behind that must not be met again (rising)."""


def _list_states(
    region: Region, parts: Components, tracked: Sequence[bool], *, limit: int
) -> dict[_State, tuple[tuple[_State, int, int], ...]]:
    """Return for each state that a path from the start can be in: the states one step on, with sign and variable.

    `tracked` tells of each node whether its place is to be kept from being met again. The steps left never count more than a
    simple path could still use, so that states with steps to spare are one. The state of the start is the greatest.
    """
    hops_out = region.hops_out.tolist()
    way_back = _WaysBack(parts, hops_out)
    start: _State = (min(region.max_steps, parts.longest[region.start]), region.start, ())
    onward: dict[_State, tuple[tuple[_State, int, int], ...]] = {}
    by_steps: list[dict[_State, None]] = [{} for _ in range(start[0] + 1)]
    by_steps[start[0]][start] = None
    count = 0
    for here in reversed(by_steps):
        for state in here:
            left, node, barred = state
            found = []
            for _, head, sign, variable in parts.steps[node]:
                after = min(left - 1, parts.longest[head])
                if hops_out[head] > after or parts.places[head] in barred:
                    continue
                passed = (*barred, parts.places[node]) if tracked[node] else barred
                behind = tuple(sorted(place for place in passed if way_back.can_return(head, place, after)))
                next_state: _State = (after, head, behind)
                by_steps[after][next_state] = None
                found.append((next_state, sign, variable))
            onward[state] = tuple(found)
            count += len(found)
            if count > limit:
                raise BudgetSpentError
    return onward


class _WaysBack:
    """Tell whether a path could come back to a place and still reach the end."""

    def __init__(self, parts: Components, hops_out: list[int]) -> None:
        self._parts, self._hops_out = parts, hops_out
        self._entering: list[list[int]] = [[] for _ in parts.steps]
        for tail, steps in enumerate(parts.steps):
            for _, head, _, _ in steps:
                self._entering[head].append(tail)
        self._lengths: dict[int, dict[int, int]] = {}

    def can_return(self, node: int, place: int, left: int) -> bool:
        """Tell whether a place can be met from a node with enough steps left to go on from it to the end."""
        lengths = self._lengths.get(place)
        if lengths is None:
            lengths = self._lengths[place] = self._count_back(place)
        return lengths.get(node, left + 1) <= left

    def _count_back(self, place: int) -> dict[int, int]:
        """Return for each node the least number of steps that lead over the place to the end."""
        lengths: dict[int, int] = {}
        waiting = sorted((self._hops_out[node], node) for node in self._parts.nodes_at[place])
        for steps, node in waiting:
            if steps >= lengths.get(node, steps + 1):
                continue
            lengths[node], frontier = steps, [node]
            while frontier:
                steps += 1
                found = [tail for head in frontier for tail in self._entering[head]]
                frontier = [tail for tail in dict.fromkeys(found) if steps < lengths.get(tail, steps + 1)]
                lengths.update(dict.fromkeys(frontier, steps))
        return lengths
