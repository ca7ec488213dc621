"""`rlsgraph paths`."""

from __future__ import annotations

import click

from rlsgraph.cli.options import EntityName, format_option, graph_options, open_graph
from rlsgraph.cli.output import number, print_json
from rlsgraph.cli.tables import print_path


@click.command("paths")
@click.argument("start", type=EntityName())
@click.argument("end", type=EntityName())
@click.option("--limit", type=click.IntRange(1, 1000), default=5, show_default=True, help="How many paths at the most.")
@click.option("--max-steps", type=click.IntRange(1, 20), default=8, show_default=True, help="How many steps a path may have.")
@graph_options
@format_option("table", "json")
def command(
    start: str, end: str, limit: int, max_steps: int, data: tuple[str, ...], profile: str | None, format_name: str
) -> None:
    """Find the best causal paths from START to END, by the product of their claims' scores.

    Refuted claims and associations are not walked; definitional links are steps that always hold. Exit code 1 where there
    is no path.

    \b
    Examples:
      rlsgraph paths "gut dysbiosis" "RLS symptoms"
      rlsgraph paths probiotic "RLS symptom severity" --limit 3 --format json
    """
    from rlsgraph.formats.plain import path_dict

    kg = open_graph(data, profile)
    found = kg.paths(start, end, limit=limit, max_steps=max_steps)
    if format_name == "json":
        print_json([path_dict(path) for path in found])
    for rank, path in enumerate(found if format_name == "table" else (), 1):
        print_path(
            path, title=f"{rank}. score {number(path.score)}, {path.polarity.mark} {path.polarity.word}, {path.level.label}"
        )
    if not found:
        ends = f"{kg.entity(start).label} to {kg.entity(end).label}"
        click.echo(f"No causal path of at most {max_steps} steps leads from {ends}.", err=True)
        raise click.exceptions.Exit(1)
