"""`rlsgraph contradictions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import EntityName, GraphChoice, format_option, graph_options, max_steps_option, what_if_options
from rlsgraph.cli.output import counted, number, print_answer, print_table
from rlsgraph.cli.progress import show_waiting
from rlsgraph.cli.tables import print_claims

if TYPE_CHECKING:
    from rlsgraph.reasoning.contradictions import Contradiction


@click.command("contradictions")
@click.argument("start", required=False, type=EntityName())
@click.argument("end", required=False, type=EntityName())
@max_steps_option
@what_if_options
@graph_options
@format_option()
def command(start: str | None, end: str | None, max_steps: int, graph: GraphChoice, format_name: str) -> None:
    """List contested claims, pairs of claims of opposite sign, and opposed paths between the same two entities.

    With START and END: among the claims on the paths between the two, and of the paths. Else: among all claims, and of the
    paths between the ends of every hypothesis. Exit code 1 where there is no contradiction.

    \b
    Examples:
      rlsgraph contradictions
      rlsgraph contradictions "gut dysbiosis" "RLS symptoms"
      rlsgraph contradictions --format csv > contradictions.csv
    """
    from rlsgraph.formats.answers import contradictions_table

    if (start is None) != (end is None):
        raise click.UsageError("name both START and END, or neither")
    kg = graph.open()
    with show_waiting("looking for opposed paths"):
        found = kg.contradictions(start, end, max_steps=max_steps)
    if format_name == "table":
        _print_contradictions(found)
    else:
        print_answer(contradictions_table(found), format_name)
    if not found:
        click.echo("No contradiction.", err=True)
        raise click.exceptions.Exit(1)


def _print_contradictions(found: tuple[Contradiction, ...]) -> None:
    from rlsgraph.reasoning.contradictions import ContradictionKind

    kinds = {kind: [c for c in found if c.kind is kind] for kind in ContradictionKind}
    contested = kinds[ContradictionKind.CONTESTED_CLAIM]
    if contested:
        print_claims((c.claims[0] for c in contested), title=counted(len(contested), "contested claim"))
    opposed = kinds[ContradictionKind.OPPOSED_CLAIMS]
    if opposed:
        print_claims(
            (claim for c in opposed for claim in c.claims),
            title=counted(len(opposed), "pair of opposed claims", "pairs of opposed claims"),
        )
    paths = kinds[ContradictionKind.OPPOSED_PATHS]
    if paths:
        print_table(
            ("from", "to", "▲ best raising path", "score", "▼ best lowering path", "its score"),
            [
                (c.start.label, c.end.label, up.route, number(up.joint_probability), down.route, number(down.joint_probability))
                for c in paths
                for up, down in [c.paths]
            ],
            right=("score", "its score"),
            title=counted(len(paths), "pair of opposed paths", "pairs of opposed paths"),
        )
