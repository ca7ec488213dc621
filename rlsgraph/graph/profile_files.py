"""Find the file of the confidence profile, and name what it is made of; who only opens a graph need not read it."""

from __future__ import annotations

from pathlib import Path

from rlsgraph.triples import resources

PROFILE_CLASSES = (
    *("ConfidenceProfile", "Constant", "DesignAssumption", "PooledBias", "BiasMultiplier", "KindAssumption"),
    *("IndirectnessAssumption", "LendingAssumption", "SmallestEffect", "GroupPrior", "LevelRule"),
)
"""The classes (local names) whose things make up a profile."""


def profile_files(profile: str | Path | None) -> tuple[Path, ...]:
    """Return the files of a confidence profile, the shipped one's where none is named."""
    return (resources.ontology_file("profile.ttl") if profile is None else resources.path_of(profile),)
