"""`rlsgraph claims`."""

from __future__ import annotations

import click

from rlsgraph.cli.options import (
    ChoiceName,
    EntityName,
    GraphChoice,
    format_option,
    graph_options,
    predicate_names,
    what_if_options,
)
from rlsgraph.cli.output import counted, print_csv, print_json
from rlsgraph.cli.tables import print_claims


def _level_names() -> list[str]:
    from rlsgraph.model.vocabulary import ConfidenceLevel

    return [level.label for level in ConfidenceLevel]


@click.command("claims")
@click.option("--subject", type=EntityName(), help="Only claims about this entity.")
@click.option("--predicate", type=ChoiceName("predicate", predicate_names), help="Only this predicate, e.g. increases.")
@click.option("--object", "object_", type=EntityName(), help="Only claims on what happens to this entity.")
@click.option("--level", type=ChoiceName("level", _level_names), help="Only this confidence level, e.g. supported.")
@click.option("--group", help="Only claims that touch this group, e.g. gut.")
@click.option("--contested", is_flag=True, help="Only contested claims.")
@click.option("--untested", is_flag=True, help="Only untested claims.")
@click.option("--superseded", is_flag=True, help="Also claims that others took the place of.")
@what_if_options
@graph_options
@format_option("table", "json", "csv")
def command(
    subject: str | None,
    predicate: str | None,
    object_: str | None,
    level: str | None,
    group: str | None,
    contested: bool,
    untested: bool,
    superseded: bool,
    graph: GraphChoice,
    format_name: str,
) -> None:
    """List claims with score, 90% interval, level and evidence, best first.

    Entities go by label, synonym, CURIE or IRI. A claim that another took the place of (rls:supersedes) is left out; with
    --superseded it stands there too, weighed by its own evidence alone, and says by what. Exit code 1 where no claim fits.

    \b
    Examples:
      rlsgraph claims --subject "gut dysbiosis"
      rlsgraph claims --object "RLS symptom severity" --level supported
      rlsgraph claims --contested --format csv
      rlsgraph claims --group iron --superseded
    """
    from rlsgraph.formats.graph import CLAIM_COLUMNS, claim_row
    from rlsgraph.formats.plain import claim_dict

    kg = graph.open()
    asked = kg.claims(subject=subject, predicate=predicate, object=object_, level=level, group=group, superseded=superseded)
    found = [claim for claim in asked if (claim.is_contested or not contested) and (claim.is_untested or not untested)]
    if format_name == "json":
        print_json([claim_dict(claim) for claim in found])
    elif format_name == "csv":
        more = ("superseded_by",) if superseded else ()
        print_csv([{**claim_row(claim), "superseded_by": " ".join(claim.superseded_by)} for claim in found], CLAIM_COLUMNS + more)
    elif found:
        print_claims(found)
    click.echo(f"{len(found)} of {counted(len(kg), 'claim')}", err=True)
    if not found:
        raise click.exceptions.Exit(1)
