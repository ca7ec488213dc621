"""Find and read the confidence profile: which files hold it, and the numbers in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from rlsgraph.errors import ProfileError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import StudyDesign
from rlsgraph.triples import resources
from rlsgraph.triples.files import read_store

if TYPE_CHECKING:
    from rlsgraph.model.confidence import Profile

_PROFILE_NUMBERS = {
    "prior_weight": "priorWeight",
    "prior_mean": "priorMean",
    "interval_mass": "intervalMass",
    "unknown_size_factor": "unknownSizeFactor",
    "full_size_log10": "fullSizeLog10",
    "association_share": "associationShare",
    "contested_weight": "contestedWeight",
    "contested_share": "contestedShare",
    "refuted_weight": "refutedWeight",
    "refuted_ratio": "refutedRatio",
    "emerging_from": "emergingFrom",
    "supported_from": "supportedFrom",
    "established_from": "establishedFrom",
}


def profile_files(profile: str | Path | None) -> tuple[Path, ...]:
    """Return the files of a confidence profile, the shipped one's where none is named.

    A profile that weighs no design keeps the shipped weights.
    """
    schemes = resources.ontology_file("schemes.ttl")
    if profile is None:
        return (schemes, resources.ontology_file("profile.ttl"))
    path = Path(profile)
    if ns.RLS + "weight" in {quad.predicate.value for quad in read_store([path])}:
        return (path,)
    return (schemes, path)


def read_profile(paths: Sequence[Path]) -> Profile:
    """Read a confidence profile from files, see `find_profile`."""
    return find_profile(read_store(paths), where=", ".join(map(str, paths)))


def find_profile(store: ox.Store, *, where: str) -> Profile:
    """Return the one confidence profile in a store: its numbers and the weights of the study designs.

    Raises `ProfileError` where a number is missing, stands twice, or makes no sense; `where` says what the store holds.
    """
    from rlsgraph.model.confidence import Profile  # who only names the files needs no arithmetic

    found = list(store.query("SELECT ?p WHERE { ?p a rls:ConfidenceProfile }", prefixes=ns.PREFIXES))  # type: ignore[arg-type]
    if len(found) != 1:
        raise ProfileError(f"expected one rls:ConfidenceProfile in {where}, found {len(found)}")
    node = found[0]["p"]
    numbers = {name: _number(store, node, ns.RLS + local) for name, local in _PROFILE_NUMBERS.items()}
    weights = {d: _number(store, ox.NamedNode(d.iri), ns.RLS + "weight") for d in StudyDesign}
    pooling = frozenset(
        design
        for design in StudyDesign
        for quad in store.quads_for_pattern(ox.NamedNode(design.iri), ox.NamedNode(ns.RLS + "poolsStudies"), None)
        if getattr(quad.object, "value", "") in ("true", "1")
    )
    return Profile(weights=weights, pooling=pooling, **numbers)


def _number(store: ox.Store, node: Any, predicate: str) -> float:
    values = [quad.object for quad in store.quads_for_pattern(node, ox.NamedNode(predicate), None)]
    if len(values) != 1:
        raise ProfileError(f"{ns.compress(node.value)} must have one {ns.compress(predicate)}, and has {len(values)}")
    try:
        return float(getattr(values[0], "value", "nothing"))
    except ValueError:
        raise ProfileError(f"{ns.compress(node.value)}: {ns.compress(predicate)} is not a number: {values[0]}") from None
