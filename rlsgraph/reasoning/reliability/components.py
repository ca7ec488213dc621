"""Find the cycles of a region, and whether going round one can change the sign of a walk."""

from __future__ import annotations

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
    """

    steps: tuple[tuple[Step, ...], ...]
    component: tuple[int, ...]
    longest: tuple[int, ...]
    changes_sign: tuple[bool, ...]


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
    return Components(steps, tuple(component), tuple(longest), tuple(changes_sign))


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
