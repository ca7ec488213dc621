"""`rlsgraph support`."""

from __future__ import annotations

import click

from rlsgraph.cli.options import (
    EntityName,
    GraphChoice,
    format_option,
    graph_options,
    max_steps_option,
    what_if_options,
)
from rlsgraph.cli.output import bar, counted, interval, print_answer, print_table
from rlsgraph.cli.progress import show_progress
from rlsgraph.reasoning.reliability.defaults import SAMPLES, SEED

_WORDS = {
    "overall": "any path holds",
    "raising": "▲ a raising path holds",
    "lowering": "▼ a lowering path holds",
    "unknown": "? a path of open direction holds",
}


@click.command("support")
@click.argument("start", type=EntityName())
@click.argument("end", type=EntityName())
@max_steps_option
@click.option(
    "--samples", type=click.IntRange(1, 10_000_000), default=SAMPLES, show_default=True, help="Where it cannot be exact."
)
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help="Of the samples.")
@what_if_options
@graph_options
@format_option()
def command(
    start: str,
    end: str,
    max_steps: int,
    samples: int,
    seed: int,
    graph: GraphChoice,
    format_name: str,
) -> None:
    """Say how probable it is that at least one causal path from START to END holds, each claim with a probability of its score.

    Overall, and apart for paths that raise, that lower, and whose direction is open. Exact where it can be, else Monte
    Carlo with a stated error. Claims are taken as independent. Exit code 1, and why, where there is no path.

    \b
    Examples:
      rlsgraph support "gut dysbiosis" "RLS symptoms"
      rlsgraph support "iron deficiency" "RLS symptom severity" --max-steps 4 --format json
      rlsgraph support probiotic "RLS symptoms" \\
          --with "probiotic decreases RLS symptom severity: disputes, randomised controlled trial, n=120"
    """
    from rlsgraph.formats.answers import support_table

    kg = graph.open()
    with show_progress("sampling worlds") as progress:
        found = kg.support(start, end, max_steps=max_steps, samples=samples, seed=seed, progress=progress)
    if format_name == "table":
        print_table(
            ("", "probability", "", "90% interval", "found by"),
            [
                (_WORDS[part.part], f"{part.value:.3f}", bar(part.value), interval(part.low, part.high), part.how)
                for part in found
            ],
            right=("probability",),
            title=f"{found.start.label} → {found.end.label}, paths of at most {counted(max_steps, 'step')}",
        )
        click.echo("Claims are taken as independent; a raising and a lowering path may both hold.")
    else:
        print_answer(support_table(found), format_name)
    absence = kg.why_no_path(start, end, max_steps=max_steps)
    if absence is not None and absence.is_by_definition:
        click.echo(f"{str(absence).capitalize()}.", err=True)
    elif absence is not None:
        click.echo(f"No causal path of at most {counted(max_steps, 'step')}: {absence}.", err=True)
        raise click.exceptions.Exit(1)
