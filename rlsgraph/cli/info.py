"""`rlsgraph info`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from rlsgraph.cli.options import GraphChoice, format_option, graph_options
from rlsgraph.cli.output import print_json, print_table

if TYPE_CHECKING:
    from rlsgraph.knowledge_graph import KnowledgeGraph


def summary(kg: KnowledgeGraph) -> dict[str, Any]:
    """Return the counts of what the graph holds."""
    from rlsgraph.vocabulary import ConfidenceLevel, Direction

    claims, evidence = kg.claims(), kg.evidence()
    levels = Counter(claim.level for claim in claims)
    directions = Counter(item.direction for item in evidence)
    return {
        "version": kg.version,
        "entities": len(kg.entities()),
        "claims": len(claims),
        "evidence items": len(evidence),
        "sources": len(kg.sources()),
        "definitional links": len(kg.links()),
        "hypotheses": len(kg.hypotheses()),
        "claims by level": {level.label: levels[level] for level in reversed(list(ConfidenceLevel))},
        "contested claims": sum(claim.is_contested for claim in claims),
        "untested claims": sum(claim.is_untested for claim in claims),
        "retracted sources": sum(source.retracted for source in kg.sources()),
        "evidence by direction": {direction.label: directions[direction] for direction in Direction},
    }


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
