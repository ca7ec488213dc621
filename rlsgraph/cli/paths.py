"""`rlsgraph paths`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import (
    EntityName,
    GraphChoice,
    format_option,
    graph_options,
    max_steps_option,
    what_if_options,
)
from rlsgraph.cli.output import counted, print_answer, print_json
from rlsgraph.cli.tables import path_title, print_path

if TYPE_CHECKING:
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.hypotheses import NamedRoute


@click.command("paths")
@click.argument("start", type=EntityName())
@click.argument("end", type=EntityName())
@click.option("--limit", type=click.IntRange(1, 1000), default=5, show_default=True, help="How many paths at the most.")
@max_steps_option
@what_if_options
@graph_options
@format_option()
def command(
    start: str,
    end: str,
    limit: int,
    max_steps: int,
    graph: GraphChoice,
    format_name: str,
) -> None:
    """Find the best causal paths from START to END, by joint probability: the product of their claims' scores.

    The routes of named hypotheses between the two follow, wherever they rank. Refuted claims and associations are not
    walked. What is so by definition always holds; that a kind does what its class does is assumed, and shown as such. Exit
    code 1, and why, where there is no path.

    \b
    Examples:
      rlsgraph paths "gut dysbiosis" "RLS symptoms"
      rlsgraph paths "gut dysbiosis" "RLS symptoms" --without reijnders2016-effects-microbiota
      rlsgraph paths probiotic "RLS symptom severity" --limit 3 --format json
    """
    kg = graph.open()
    found = kg.paths(start, end, limit=limit, max_steps=max_steps)
    named = kg.named_routes(start, end, max_steps=max_steps)
    absence = None if found else kg.why_no_path(start, end, max_steps=max_steps)
    if format_name == "json":
        from rlsgraph.formats.nested import paths_json  # a table needs none of it (benchmarks/startup.py)

        print_json(paths_json(found, named, absence))
    elif format_name != "table":
        from rlsgraph.formats.answers import paths_table

        print_answer(paths_table(found, named), format_name)
    else:
        _print_paths(found, named, max_steps)
    if absence is not None:
        ends = f"{kg.entity(start).label} to {kg.entity(end).label}"
        click.echo(f"No causal path of at most {counted(max_steps, 'step')} leads from {ends}: {absence}.", err=True)
        raise click.exceptions.Exit(1)


def _why_unranked(route: NamedRoute, max_steps: int) -> str:
    from rlsgraph.model.vocabulary import ConfidenceLevel

    if route.path.level is ConfidenceLevel.REFUTED:
        return "(a refuted step)"
    return f"({len(route.path.steps)} steps)" if len(route.path.steps) > max_steps else "(beyond the first 1,000)"


def _print_paths(found: tuple[CausalPath, ...], named: tuple[NamedRoute, ...], max_steps: int) -> None:
    from rlsgraph.model.namespaces import slug_of

    names = {route.path.key: route.hypothesis.label for route in named}
    for place, path in enumerate(found, 1):
        label = f"  [{names[path.key]}]" if path.key in names else ""
        print_path(path, title=path_title(path, name=f"{place}.{label}"))
    shown = {path.key for path in found}
    others = [route for route in named if route.path.key not in shown]
    if others:
        click.echo("Named mechanisms between the two that rank lower, or are not ranked:\n")
    for route in others:
        rank = f"{route.rank}." if route.rank is not None else _why_unranked(route, max_steps)
        print_path(route.path, title=path_title(route.path, name=f"{rank}  [{route.hypothesis.label}]"))
    if found:
        weakest = slug_of(found[0].weakest.iri)
        click.echo(f"▲ raises, ▼ lowers, ? direction open. Why a step has its score: rlsgraph explain {weakest}")
