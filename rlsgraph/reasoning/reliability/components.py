"""Find the cycles of a region, and whether going round one can change the sign of a walk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rlsgraph.reasoning.reliability.region import Region

Step = tuple[int, int, int, int]
"""A step that leaves a node: edge, head, sign, variable."""


@dataclass(frozen=True, eq=False)
class Components:
    """Hold for each node of a region its strongly connected component, and what that says of the walks through it.

    `longest` bounds the steps of any simple path from the node to the end. `changes_sign` tells whether the component
    has a cycle that is not positive: only there can a walk have a sign that no simple path has, for a walk becomes
    a simple path when its cycles are cut out, and cutting out positive ones leaves its sign as it was.

    Nodes of one place (`nodes_at`) are one thing in several roles. Where a walk comes to a place a second time, in another
    role, its way between may be cut out only if whatever it does next could have been done in the first role.
    `returns_matter` tells of a node that this is not always so: then a walk that comes back may lead where no path does.
    `returns_change_sign` tells the same of walks of a sign, for which the way between must be positive too.
    """

    steps: tuple[tuple[Step, ...], ...]
    component: tuple[int, ...]
    longest: tuple[int, ...]
    changes_sign: tuple[bool, ...]
    places: tuple[int, ...]
    nodes_at: Mapping[int, tuple[int, ...]]
    returns_matter: tuple[bool, ...]
    returns_change_sign: tuple[bool, ...]

    @property
    def walks_are_paths(self) -> bool:
        """Whether the end is reached by a path wherever it is reached by a walk, however long."""
        return not any(self.returns_matter)


def find_components(region: Region) -> Components:
    """Return the components of a region's nodes."""
    count = len(region.nodes)
    leaving: list[list[Step]] = [[] for _ in range(count)]
    columns = (region.tails, region.heads, region.signs, region.variables)
    for edge, (tail, head, sign, variable) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        leaving[tail].append((edge, head, sign, variable))
    steps = tuple(tuple(row) for row in leaving)
    component, longest, changes_sign = [0] * count, [0] * count, [False] * count
    for number, members in enumerate(_strong_components(steps)):
        for node in members:
            component[node] = number
        onward = [longest[head] + 1 for node in members for _, head, _, _ in steps[node] if component[head] != number]
        within = len(members) - 1
        unbalanced = within > 0 and not _is_balanced(members, steps, component)
        for node in members:
            longest[node], changes_sign[node] = within + max(onward, default=0), unbalanced
    places = tuple(region.places.tolist())
    nodes_at = _group_by_place(places)
    matter = tuple(_adds_steps(node, nodes_at[places[node]], steps, signed=False) for node in range(count))
    unbalanced_places = _unbalanced_places(steps, places)
    change = tuple(
        len(nodes_at[place]) > 1 and (place in unbalanced_places or _adds_steps(node, nodes_at[place], steps, signed=True))
        for node, place in enumerate(places)
    )
    return Components(steps, tuple(component), tuple(longest), tuple(changes_sign), places, nodes_at, matter, change)


def _group_by_place(places: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    for node, place in enumerate(places):
        found[place].append(node)
    return {place: tuple(nodes) for place, nodes in found.items()}


def _adds_steps(node: int, roles: Sequence[int], steps: Sequence[Sequence[Step]], *, signed: bool) -> bool:
    """Tell whether another role of a node's place has a step that the node itself has not."""
    own = {(head, variable, sign if signed else 0) for _, head, sign, variable in steps[node]}
    return any((head, variable, sign if signed else 0) not in own for role in roles for _, head, sign, variable in steps[role])


def _unbalanced_places(steps: Sequence[Sequence[Step]], places: Sequence[int]) -> frozenset[int]:
    """Return the places from which a walk may come back to the place with another sign, in whatever role."""
    names = sorted(set(places))
    number = {place: i for i, place in enumerate(names)}
    if len(names) == len(places):  # each node has a place of its own, and no role to come back in
        return frozenset()
    merged: list[set[Step]] = [set() for _ in names]
    for node, leaving in enumerate(steps):
        for _, head, sign, variable in leaving:
            merged[number[places[node]]].add((0, number[places[head]], sign, variable))
    rows = tuple(tuple(sorted(row)) for row in merged)
    found, component = set(), [0] * len(names)
    groups = _strong_components(rows)
    for count, members in enumerate(groups):
        for place in members:
            component[place] = count
    for members in groups:
        if len(members) > 1 and not _is_balanced(members, rows, component):
            found |= {names[place] for place in members}
    return frozenset(found)


def _strong_components(steps: tuple[tuple[Step, ...], ...]) -> list[list[int]]:
    """Return the strongly connected components, each after all that it leads to (Tarjan 1972, without recursion)."""
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_nodes: list[int] = []
    is_open: set[int] = set()
    components: list[list[int]] = []
    for root in range(len(steps)):
        if root in order:
            continue
        trail = [(root, 0)]
        while trail:
            node, position = trail.pop()
            if node not in order:
                order[node] = lowest[node] = len(order)
                open_nodes.append(node)
                is_open.add(node)
            for index in range(position, len(steps[node])):
                head = steps[node][index][1]
                if head not in order:
                    trail.extend(((node, index), (head, 0)))
                    break
                if head in is_open:
                    lowest[node] = min(lowest[node], lowest[head])
            else:
                if lowest[node] == order[node]:
                    members = [open_nodes.pop()]
                    while members[-1] != node:
                        members.append(open_nodes.pop())
                    is_open.difference_update(members)
                    components.append(sorted(members))
    return components


def _is_balanced(members: list[int], steps: tuple[tuple[Step, ...], ...], component: list[int]) -> bool:
    """Tell whether every cycle in a component is positive: whether its nodes split in two camps that only minus joins."""
    number = component[members[0]]
    camp = {members[0]: 1}
    waiting = [members[0]]
    while waiting:
        node = waiting.pop()
        for _, head, sign, _ in steps[node]:
            if component[head] != number:
                continue
            if head not in camp:
                camp[head] = camp[node] * sign
                waiting.append(head)
            if sign == 0 or camp[head] != camp[node] * sign:
                return False
    return True
