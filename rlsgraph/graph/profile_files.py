"""Find the file of the confidence profile, and name what it is made of; who only opens a graph need not read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rlsgraph.errors import ProfileError
from rlsgraph.triples import resources

if TYPE_CHECKING:
    from rlsgraph.model.weighing.profile import Profile

PROFILE_CLASSES = (
    *("ConfidenceProfile", "Constant", "DesignAssumption", "PooledBias", "BiasMultiplier", "KindAssumption"),
    *("IndirectnessAssumption", "LendingAssumption", "SmallestEffect", "GroupPrior", "LevelRule"),
)
"""The classes (local names) whose things make up a profile."""


def profile_files(profile: str | Path | None) -> tuple[Path, ...]:
    """Return the files of a confidence profile, the shipped one's where none is named."""
    return (resources.ontology_file("profile.ttl") if profile is None else resources.path_of(profile),)


def or_shipped(read: Callable[[], Profile]) -> Profile:
    """Return the profile that is read; to reason by, the shipped one for a graph that comes without, whatever its scores are."""
    from rlsgraph.graph.profile_reading import read_profile

    try:
        return read()
    except ProfileError:
        return read_profile(profile_files(None))
