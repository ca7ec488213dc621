"""`rlsgraph hypotheses`."""

from __future__ import annotations

import click

from rlsgraph.cli.options import ChoiceName, format_option, graph_options, open_graph
from rlsgraph.cli.output import print_csv, print_json, printable
from rlsgraph.cli.tables import print_hypotheses, print_path

_COLUMNS = ("hypothesis", "polarity", "score", "low", "high", "level", "weakest", "weakest_score", "status", "routes")


def _labels() -> list[str]:
    from rlsgraph.knowledge_graph import load

    return [ranked.hypothesis.label for ranked in load().hypotheses()]


@click.command("hypotheses")
@click.argument("name", required=False, type=ChoiceName("hypothesis", _labels))
@graph_options
@format_option("table", "json", "csv")
def command(name: str | None, data: tuple[str, ...], profile: str | None, format_name: str) -> None:
    """Rank the hypotheses by the score of their best route; with NAME, show its routes step by step.

    A route's score is the product of its claims' scores; its level is that of its weakest step.

    \b
    Examples:
      rlsgraph hypotheses
      rlsgraph hypotheses "iron absorption"
      rlsgraph hypotheses --format csv
    """
    from rlsgraph.formats.plain import ranked_dict

    kg = open_graph(data, profile)
    ranked = kg.hypotheses()
    if name is not None:
        wanted = kg.hypothesis(name)
        ranked = tuple(r for r in ranked if r.hypothesis == wanted)
    if format_name == "json":
        print_json([ranked_dict(r) for r in ranked])
    elif format_name == "csv":
        rows = [
            {
                "hypothesis": r.hypothesis.label,
                "polarity": int(r.polarity),
                "score": r.score,
                "low": r.low,
                "high": r.high,
                "level": r.level.label,
                "weakest": r.weakest.iri,
                "weakest_score": r.weakest.score,
                "status": r.hypothesis.status.label,
                "routes": len(r.paths),
            }
            for r in ranked
            if r.paths
        ]
        print_csv(rows, _COLUMNS)
    else:
        print_hypotheses(ranked)
        for r in ranked if name is not None else ():
            click.echo(printable(f"{r.hypothesis.definition} ({r.hypothesis.source.citation}, {r.hypothesis.locator})"))
            for path in r.paths:
                print_path(path, title=f"{path.entities[0].label} → {path.entities[-1].label}, score {path.score:.2f}")
