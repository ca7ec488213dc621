"""`rlsgraph log`."""

from __future__ import annotations

import click

from rlsgraph.cli.options import GraphChoice, format_option, graph_options
from rlsgraph.cli.output import print_csv, print_json, print_table
from rlsgraph.model.namespaces import compress


@click.command("log")
@click.argument("thing", required=False)
@click.option("--by", default="", help="Only what this person added: part of a name, or an ORCID.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="How many, the newest first; 0 for all.")
@graph_options
@format_option("table", "json", "csv")
def command(thing: str | None, by: str, limit: int, graph: GraphChoice, format_name: str) -> None:
    """Tell who added what and when, the newest first.

    `rlsgraph add` writes it beside what it adds (prov:generatedAtTime, prov:wasAttributedTo). THING narrows it to a claim with
    its evidence, to an evidence item, a source or an entity. How a score came about year by year is told by `history`. Exit code
    1 where the files say nothing of it.

    \b
    Examples:
      rlsgraph log --data mine/
      rlsgraph log sleep-loss.increases.migraine-attack --data mine/
      rlsgraph log --data mine/ --by Doe --format csv
    """
    from rlsgraph.cli.show import find_thing
    from rlsgraph.graph.additions import find_additions
    from rlsgraph.model.things import Claim

    kg = graph.open()
    things = None
    if thing is not None:
        found = find_thing(kg, thing)
        items = (*found.evidence, *found.superseded) if isinstance(found, Claim) else ()
        things = {found.iri, *(item.iri for item in items)}
    told = [one for one in find_additions(kg, things) if by.casefold() in one.by.casefold()]
    shown = [{"when": one.when, "by": one.by, "thing": one.thing} for one in told[: limit or None]]
    if format_name == "json":
        print_json(shown)
    elif format_name == "csv":
        print_csv(shown, ("when", "by", "thing"))
    elif shown:
        print_table(("when", "by", "thing"), [(one["when"], one["by"], compress(one["thing"])) for one in shown])
    click.echo(f"{len(shown)} of {len(told)}", err=True)
    if not told:
        raise click.exceptions.Exit(1)
