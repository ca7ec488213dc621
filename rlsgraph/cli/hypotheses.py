"""`rlsgraph hypotheses`."""

from __future__ import annotations

import click

from rlsgraph.cli.options import ChoiceName, GraphChoice, format_option, graph_options, what_if_options
from rlsgraph.cli.output import print_answer, print_json, printable
from rlsgraph.cli.tables import path_title, print_hypotheses, print_path


def _labels() -> list[str]:
    from rlsgraph.graph.loading import load

    return [ranked.hypothesis.label for ranked in load().hypotheses()]


@click.command("hypotheses")
@click.argument("name", required=False, type=ChoiceName("hypothesis", _labels))
@what_if_options
@graph_options
@format_option()
def command(
    name: str | None,
    graph: GraphChoice,
    format_name: str,
) -> None:
    """Rank the hypotheses by what anchors them; with NAME, show its routes step by step.

    The anchor is the best tie of an entity on the route to the end of the hypothesis, or to what belongs to it, seen in people
    and not the effect of a treatment. Order: level of the anchor, level of the weakest step, share of steps seen in people.
    What is mere context has no place. The joint probability (the product of the scores) falls with every step, so it ranks
    nothing.

    \b
    Examples:
      rlsgraph hypotheses
      rlsgraph hypotheses "iron absorption"
      rlsgraph hypotheses --without reijnders2016-effects-microbiota
      rlsgraph hypotheses --format csv
    """
    from rlsgraph.model.shown import Listing

    kg = graph.open()
    ranked = kg.hypotheses()
    if name is not None:
        wanted = kg.hypothesis(name)
        ranked = Listing.of(ranked.what, (r for r in ranked if r.hypothesis == wanted))
    if format_name == "json":
        from rlsgraph.formats.nested import hypotheses_json  # a table needs none of it (benchmarks/startup.py)

        print_json(hypotheses_json(ranked))
    elif format_name != "table":
        from rlsgraph.formats.answers import hypotheses_table

        print_answer(hypotheses_table(ranked), format_name)
    else:
        print_hypotheses(ranked)
        for r in ranked if name is not None else ():
            origin = ", ".join(filter(None, (r.hypothesis.source.citation, r.hypothesis.locator)))
            click.echo(printable(f"{r.hypothesis.definition} ({origin})".strip()))
            for path in r.paths:
                print_path(path, title=path_title(path, name=f"{path.entities[0].label} → {path.entities[-1].label}"))
