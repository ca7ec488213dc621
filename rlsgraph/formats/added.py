"""Take formats that other packages add by entry points, beside the project's own: each under a name of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from typing import Protocol, TypeVar

from rlsgraph.errors import FormatError


class Named(Protocol):
    """What has a name."""

    @property
    def name(self) -> str:
        """The name that it goes by."""


NamedT = TypeVar("NamedT", bound=Named)


def with_added(own: Iterable[NamedT], kind: type[NamedT], group: str) -> Mapping[str, NamedT]:
    """Return each format by its name: the own ones, then those that a group of entry points adds; no name twice."""
    known = {each.name: each for each in own}
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        added = entry.load()
        if not isinstance(added, kind):
            raise FormatError(f"the entry point {entry.name} of {group} is {added!r}; it must be a {kind.__name__}")
        if added.name in known:
            raise FormatError(f"the entry point {entry.name} of {group} adds {added.name!r}, which is known already")
        known[added.name] = added
    return known
