"""Write answers of paths as JSON: each by the columns of its table, and beside these what no row can hold, such as the steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rlsgraph.formats.answers import hypotheses_table, paths_table
from rlsgraph.formats.plain import absence_dict, path_dict, ranked_dict
from rlsgraph.reasoning.absence import Absence
from rlsgraph.reasoning.causal_path import CausalPath
from rlsgraph.reasoning.hypotheses import NamedRoute, RankedHypothesis


def paths_json(paths: Sequence[CausalPath], named: Sequence[NamedRoute], absence: Absence | None) -> dict[str, Any]:
    """Return the best paths, the routes of named hypotheses wherever they rank, and why there is no path (or None)."""
    rows = paths_table(paths, named).to_json()[: len(paths)]
    return {
        "paths": [{**row, **path_dict(path)} for row, path in zip(rows, paths, strict=True)],
        "named_routes": [_route_json(route) for route in named],
        "absence": absence_dict(absence),
    }


def _route_json(route: NamedRoute) -> dict[str, Any]:
    (row,) = paths_table((), (route,)).to_json()
    return {"label": route.hypothesis.label, **row, **path_dict(route.path)}


def hypotheses_json(ranked: Iterable[RankedHypothesis]) -> list[dict[str, Any]]:
    """Return hypotheses with all their routes; the columns are those of the best route, as in the table."""
    kept = tuple(ranked)
    rows = hypotheses_table(kept).to_json()
    return [{**row, **ranked_dict(one), **_known(row)} for row, one in zip(rows, kept, strict=True)]


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
