"""Find the confidence profile that the scores of a graph on disk or behind an endpoint were made with."""

from __future__ import annotations

import math

import pyoxigraph as ox

from rlsgraph.errors import ProfileError
from rlsgraph.graph.contents import Contents, edited
from rlsgraph.graph.parts import Part
from rlsgraph.graph.profile_files import profile_files
from rlsgraph.graph.profile_reading import find_profile, read_profile
from rlsgraph.model import namespaces as ns
from rlsgraph.model.weighing.profile import Profile
from rlsgraph.triples.query_engine import QueryEngine

_SAMPLE = 50
"""So many claims show whether a graph's scores are those of a profile."""


def find_stored_profile(engine: QueryEngine) -> Profile:
    """Return the profile that a graph holds beside its claims.

    A graph without one has the shipped one if its scores are that one's; else `ProfileError` says what to do.
    """
    part = Part(engine)
    part.add_profile()
    if next(part.store.quads_for_pattern(None, None, ox.NamedNode(ns.RLS + "ConfidenceProfile")), None) is not None:
        return find_profile(part.store, where=engine.name)
    shipped = read_profile(profile_files(None))
    if not _are_scores_of(engine, shipped):
        raise ProfileError(
            f"{engine.name} holds no confidence profile, and its scores are not those of the shipped one; "
            "`rlsgraph push` brings the profile along, or name its file"
        )
    return shipped


def _are_scores_of(engine: QueryEngine, profile: Profile) -> bool:
    """Whether a profile gives the scores that a sample of the claims has."""
    part = Part(engine)
    found = engine.select(f"SELECT ?c WHERE {{ ?c a rls:Claim ; rls:hasEvidence ?e }} LIMIT {_SAMPLE}")
    part.add_statements(row[0] for row in found)
    stored = Contents(part.store).records.claims
    derived = Contents(edited(part.store, (), profile)).records.claims
    return all(math.isclose(claim.score, stored[iri].score, abs_tol=1e-9) for iri, claim in derived.items())
