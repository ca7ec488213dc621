"""Read the confidence profile: the constants in its Turtle, each checked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from rlsgraph.errors import ProfileError
from rlsgraph.graph.intake import DEFAULT, take_in_store
from rlsgraph.graph.profile_files import PROFILE_CLASSES
from rlsgraph.model import namespaces as ns
from rlsgraph.model.namespaces import group_name
from rlsgraph.model.node import Node, read_nodes
from rlsgraph.model.study_terms import (
    Blinding,
    Comparator,
    Directness,
    EffectMeasure,
    EvidenceKind,
    OutcomeFit,
    OutcomeRank,
    PopulationFit,
)
from rlsgraph.model.vocabulary import ConfidenceLevel, StudyDesign, TextRead
from rlsgraph.model.weighing.profile import (
    BiasMultiplier,
    DesignAssumption,
    Indirectness,
    KindAssumption,
    LevelRule,
    Profile,
    Proxy,
    SmallestEffect,
)
from rlsgraph.triples.files import read_store

_TINY = 1e-12
_CONSTANTS = {
    "PooledBiasFloor": (_TINY, 0.999),
    "LargestBias": (_TINY, 0.999),
    "SmallestP": (_TINY, 0.5),
    "LargestP": (_TINY, 0.5),
    "LeastPower": (_TINY, 0.999),
    "MostPower": (_TINY, 1.0),
    "NullPowerSizeKnown": (_TINY, 1.0),
    "NullPowerSizeUnknown": (_TINY, 1.0),
    "StandardisedEffect": (_TINY, 100.0),
    "UnknownSize": (1.0, 1e9),
    "ArgumentFactor": (1.0, 100.0),
    "MostLent": (0.0, 100.0),
    "PriorOfCause": (_TINY, 0.999),
    "PriorOfAssociation": (_TINY, 0.999),
    "PriorSd": (0.0, 100.0),
    "RelativeError": (0.0, 100.0),
    "IntervalMass": (0.01, 0.9999),
    "DoubtfulShare": (_TINY, 1.0),
    "RefutedShare": (_TINY, 1.0),
    "RefutedLines": (0.0, 1e6),
    "LineWeight": (0.0, 100.0),
    "ContestedWeight": (_TINY, 100.0),
    "Inheritance": (_TINY, 0.999),
    "NextTrialSize": (1.0, 1e9),
    "NextCohortSize": (1.0, 1e9),
    "NextMendelianSize": (1.0, 1e9),
}
"""The range of each single constant: `rls:Constant-` before the name, and in `Profile` the name in lower case."""

_WHOLE = ("unknown_size", "refuted_lines", "next_trial_size", "next_cohort_size", "next_mendelian_size")

_Term = TypeVar("_Term", bound=Enum)


def read_profile(paths: Sequence[Path]) -> Profile:
    """Read a confidence profile from files, see `find_profile`."""
    store = read_store(paths)
    take_in_store(store)
    where = ", ".join(map(str, paths))
    try:
        return find_profile(store, where=where)
    except ProfileError as error:
        raise error if where in str(error) else ProfileError(f"{where}: {error}") from error


def find_profile(store: ox.Store, *, where: str) -> Profile:
    """Return the one confidence profile in a store; `where` says what the store holds.

    Raises `ProfileError` where a constant is missing, stands twice, is unknown, or makes no sense.
    """
    nodes = _read_parts(store)
    if len(nodes["ConfidenceProfile"]) != 1:
        raise ProfileError(f"expected one rls:ConfidenceProfile in {where}, found {len(nodes['ConfidenceProfile'])}")
    constants = _constants(nodes["Constant"])
    return Profile(
        designs={
            node.term(_rls("studyDesign"), StudyDesign): _design(node)
            for node in _distinct(nodes["DesignAssumption"], "studyDesign")
        },
        kinds={
            node.term(_rls("evidenceKind"), EvidenceKind): _kind(node)
            for node in _distinct(nodes["KindAssumption"], "evidenceKind")
        },
        multipliers=tuple(map(_multiplier, nodes["BiasMultiplier"])),
        indirectness=tuple(map(_indirectness, nodes["IndirectnessAssumption"])),
        smallest_effects=tuple(map(_smallest_effect, nodes["SmallestEffect"])),
        pooled_bias=_pooled_bias(_distinct(nodes["PooledBias"], "studyCount")),
        **{name: int(constants.pop(name)) for name in _WHOLE},
        by_association=_lending(nodes["LendingAssumption"], "Association"),
        by_member=_lending(nodes["LendingAssumption"], "Member"),
        by_class=_lending(nodes["LendingAssumption"], "Class"),
        prior_by_group={
            group_name(node.need(_rls("group"))): node.number(_rls("value"), _TINY, 0.999)
            for node in _distinct(nodes["GroupPrior"], "group")
        },
        levels=_levels(_distinct(nodes["LevelRule"], "confidenceLevel")),
        **constants,
    )


def _rls(name: str) -> str:
    return ns.RLS + name


def _read_parts(store: ox.Store) -> dict[str, list[Node]]:
    """Return the things of each class of a profile, by IRI."""
    parts: dict[str, list[Node]] = {}
    for name in PROFILE_CLASSES:
        found = store.quads_for_pattern(None, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(_rls(name)), DEFAULT)
        iris = {quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode | ox.BlankNode)}
        read = read_nodes(tuple(quad) for iri in iris for quad in store.quads_for_pattern(iri, None, None, DEFAULT))
        for node in read.values():
            node.error = ProfileError
        parts[name] = [read[iri] for iri in sorted(read)]
    return parts


def _distinct(nodes: Iterable[Node], key: str) -> list[Node]:
    """Return the nodes; refuse two that are about the same."""
    seen: dict[str, Node] = {}
    for node in nodes:
        first = seen.setdefault(node.need(_rls(key)), node)
        if first is not node:
            raise node.refuse(_rls(key), f"is {ns.compress(node.need(_rls(key)))}, as in {ns.compress(first.iri)}; keep one")
    return list(seen.values())


def _constants(nodes: Iterable[Node]) -> dict[str, Any]:
    found = {node.iri.removeprefix(_rls("Constant-")): node for node in nodes}
    if missing := [name for name in _CONSTANTS if name not in found]:
        raise ProfileError(f"the profile lacks {', '.join(f'rls:Constant-{name}' for name in missing)}")
    if unknown := [ns.compress(node.iri) for name, node in found.items() if name not in _CONSTANTS]:
        raise ProfileError(f"the profile has constants that nothing uses: {', '.join(unknown)}")
    values = {name: found[name].number(_rls("value"), *bounds) for name, bounds in _CONSTANTS.items()}
    return {"".join(f"_{c.lower()}" if c.isupper() else c for c in name)[1:]: value for name, value in values.items()}


def _rate(node: Node, name: str) -> float:
    return node.number(_rls(name), _TINY, 1 - _TINY)


def _proxy(node: Node, prefix: str = "") -> Proxy:
    hit, false_alarm = (f"{prefix}{name}" for name in ("HitRate", "FalseAlarmRate")) if prefix else ("hitRate", "falseAlarmRate")
    if not _rate(node, false_alarm) < _rate(node, hit):
        raise node.refuse(_rls(hit), f"must be above {ns.compress(_rls(false_alarm))} ({_rate(node, false_alarm):g})")
    return Proxy(_rate(node, hit), _rate(node, false_alarm))


def _design(node: Node) -> DesignAssumption:
    return DesignAssumption(
        bias=_rate(node, "bias"),
        kind=node.maybe_term(_rls("evidenceKind"), EvidenceKind),
        power=node.maybe_number(_rls("assumedPower"), _TINY, 1.0),
        size=node.maybe_whole(_rls("assumedSize"), 1, 10**9),
    )


def _kind(node: Node) -> KindAssumption:
    return KindAssumption(node.number(_rls("insensitivity"), 0.0, 0.999), _proxy(node, "cause"), _proxy(node, "association"))


def _values(node: Node, *terms: tuple[str, type[_Term]]) -> frozenset[_Term]:
    found = frozenset(value for name, kind in terms for value in node.all_terms(_rls(name), kind))
    if not found:
        raise ProfileError(
            f"{ns.compress(node.iri)} must say for which {' or '.join(f'rls:{name}' for name, _ in terms)} it holds"
        )
    return found


def _multiplier(node: Node) -> BiasMultiplier:
    values = _values(
        node, ("blinding", Blinding), ("comparator", Comparator), ("outcomeRank", OutcomeRank), ("textRead", TextRead)
    )
    design = node.maybe_term(_rls("studyDesign"), StudyDesign)
    return BiasMultiplier(node.number(_rls("oddsMultiplier"), 1.0, 1000.0), values, design)


def _indirectness(node: Node) -> Indirectness:
    values = _values(node, ("populationFit", PopulationFit), ("outcomeFit", OutcomeFit), ("directness", Directness))
    kind = node.maybe_term(_rls("evidenceKind"), EvidenceKind)
    return Indirectness(node.need(ns.SKOS + "prefLabel"), _proxy(node), values, kind)


def _smallest_effect(node: Node) -> SmallestEffect:
    is_ratio = node.boolean(_rls("isRatio"))
    value = node.number(_rls("smallestEffect"), 1.0 + _TINY if is_ratio else _TINY, 1e6)
    measure = node.term(_rls("measure"), EffectMeasure)
    return SmallestEffect(measure, math.log(value) if is_ratio else value, is_ratio, node.text(_rls("unit")))


def _pooled_bias(nodes: Iterable[Node]) -> tuple[tuple[int, float], ...]:
    steps = [(node.maybe_whole(_rls("studyCount"), 1) or 1, _rate(node, "bias")) for node in nodes]
    return tuple(sorted(steps, reverse=True))


def _lending(nodes: Iterable[Node], name: str) -> Proxy:
    for node in nodes:
        if node.iri == _rls(f"LentBy-{name}"):
            return _proxy(node)
    raise ProfileError(f"the profile lacks rls:LentBy-{name}")


def _levels(nodes: Iterable[Node]) -> dict[ConfidenceLevel, LevelRule]:
    levels = {
        node.term(_rls("confidenceLevel"), ConfidenceLevel): LevelRule(
            node.number(_rls("value"), _TINY, 1 - _TINY), node.maybe_whole(_rls("linesNeeded"), 0, 10**6) or 0
        )
        for node in nodes
    }
    wanted = {ConfidenceLevel.EMERGING, ConfidenceLevel.SUPPORTED, ConfidenceLevel.ESTABLISHED}
    if set(levels) != wanted:
        names = ", ".join(f"rls:{level.value}" for level in sorted(wanted))
        raise ProfileError(f"the profile must have one rls:LevelRule for each of {names}")
    return levels
