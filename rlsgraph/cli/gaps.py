"""`rlsgraph gaps`."""

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
from rlsgraph.cli.output import counted, flags, for_and_against, number, print_answer, print_table
from rlsgraph.cli.progress import show_progress
from rlsgraph.model.decimals import probability

if TYPE_CHECKING:
    from rlsgraph.reasoning.agenda import Agenda


@click.command("gaps")
@click.argument("start", type=EntityName())
@click.argument("end", type=EntityName())
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many claims at the most.")
@click.option(
    "--part",
    type=click.Choice(("overall", "raising", "lowering", "unknown")),
    default="overall",
    show_default=True,
    help="Which support: overall, raising, lowering or unknown direction.",
)
@max_steps_option
@what_if_options
@graph_options
@format_option()
def command(
    start: str,
    end: str,
    limit: int,
    part: str,
    max_steps: int,
    graph: GraphChoice,
    format_name: str,
) -> None:
    """Rank the claims between START and END by how much the next study of each would settle: a research agenda.

    The next study follows from what has been done. It "would settle" the share of the support's variance by which it can be
    expected to shrink it. Importance is support if the claim holds less support if it fails. Half of a claim's rank comes from
    the part of the support that rests on claims with data. Exit code 1 where no path joins the two. csv, json and ttl hold all
    claims.

    \b
    Examples:
      rlsgraph gaps "gut dysbiosis" "RLS symptoms"
      rlsgraph gaps "gut dysbiosis" "RLS symptoms" --part raising --limit 3
      rlsgraph gaps probiotic "RLS symptoms" --format csv > agenda.csv
    """
    kg = graph.open()
    with show_progress("weighing claims") as progress:
        agenda = kg.gaps(start, end, max_steps=max_steps, part=part, progress=progress)
    if format_name != "table":
        from rlsgraph.formats.answers import gaps_table  # a table needs none of it (benchmarks/startup.py)

        print_answer(gaps_table(agenda), format_name)
    elif agenda.gaps:
        _print_agenda(agenda, limit)
    if not agenda.gaps:
        absence = kg.why_no_path(start, end, max_steps=max_steps)
        click.echo(f"No claim to study: {absence or 'no path of that sign'}.", err=True)
        raise click.exceptions.Exit(1)


def _print_agenda(agenda: Agenda, limit: int) -> None:
    print_table(
        (
            "",
            "study this claim",
            "score",
            "for / against / open",
            "importance",
            "would settle",
            "next study",
            "P(positive)",
            "score then",
            "support then",
        ),
        [
            (
                str(place),
                f"{gap.claim.polarity.mark} {gap.claim}" + (f" ({flags(gap.claim)})" if flags(gap.claim) else ""),
                number(gap.claim.score),
                for_and_against(gap.claim),
                number(gap.gap.importance),
                f"{gap.share:.1%}",
                f"{gap.next_study}: {gap.next_study.reason}",
                number(gap.gap.chance),
                f"{number(gap.score_if_positive)} or {number(gap.score_if_null)}",
                f"{number(gap.gap.if_positive)} or {number(gap.gap.if_null)}",
            )
            for place, gap in enumerate(agenda.gaps[:limit], 1)
        ],
        right=("score", "importance", "would settle", "P(positive)"),
        title=_title(agenda),
    )
    left = len(agenda.gaps) - limit
    click.echo(
        "Would settle: the share of the support's variance that the study can be expected to remove.\n"
        "Then: after a positive study, or after one that finds no effect."
        + (f"\n{counted(left, 'more claim')}: --limit {len(agenda.gaps)}." if left > 0 else "")
    )


def _title(agenda: Agenda) -> str:
    from rlsgraph.reasoning.claim_support import how_found

    support = f"{agenda.part} support {probability(agenda.estimate.value, 3)} ({how_found(agenda.estimate)})"
    spread = f"standard deviation over the draws {probability(agenda.variance**0.5, 3)}"
    return f"{agenda.start.label} → {agenda.end.label}: {support}, {spread}"
