"""`rlsgraph info`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from rlsgraph.cli.options import GraphChoice, format_option, graph_options
from rlsgraph.cli.output import print_json, print_table
from rlsgraph.model.namespaces import compress

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph


_KINDS = {
    "entities": "Entity",
    "claims": "Claim",
    "evidence items": "Evidence",
    "sources": "Source",
    "definitional links": "DefinitionalLink",
    "hypotheses": "Hypothesis",
}
_FLAGS = {"contested claims": "contested", "untested claims": "untested", "retracted sources": "retracted"}


def summary(kg: KnowledgeGraph) -> dict[str, Any]:
    """Return the counts of what the graph holds; the engine counts, so a large graph is not fetched."""
    from rlsgraph.model.vocabulary import ConfidenceLevel, Direction

    kinds = _count(kg, "?thing a ?value")
    levels = _count(kg, "?claim rls:confidenceLevel ?value")
    directions = _count(kg, "?item rls:direction ?value")
    flags = _count(kg, f"?thing ?value ?set FILTER(?value IN ({', '.join('rls:' + flag for flag in _FLAGS.values())}) && ?set)")
    return {
        "version": kg.version,
        **{name: kinds["rls:" + kind] for name, kind in _KINDS.items()},
        "claims by level": {level.label: levels["rls:" + level.value] for level in reversed(list(ConfidenceLevel))},
        **{name: flags["rls:" + flag] for name, flag in _FLAGS.items()},
        "evidence by direction": {direction.label: directions["rls:" + direction.value] for direction in Direction},
    }


def _count(kg: KnowledgeGraph, pattern: str) -> Counter[str]:
    """Return how many rows a pattern has for each `?value`, by its CURIE."""
    rows = kg.query(f"SELECT ?value (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?value").to_dicts()
    return Counter({compress(str(row["value"])): int(row["n"]) for row in rows if "value" in row})


@click.command("info")
@graph_options
@format_option("table", "json")
def command(graph: GraphChoice, format_name: str) -> None:
    """Count what the graph holds, by kind and by confidence level.

    \b
    Examples:
      rlsgraph info
      rlsgraph info --data my-graph/ --format json
    """
    counts = summary(graph.open())
    if format_name == "json":
        print_json(counts)
        return
    rows = []
    for name, value in counts.items():
        shown = ", ".join(f"{count} {kind}" for kind, count in value.items()) if isinstance(value, dict) else str(value)
        rows.append((name, shown))
    print_table(("what", "how many"), rows)
