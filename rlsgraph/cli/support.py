"""`rlsgraph support`."""

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
from rlsgraph.cli.output import bar, counted, factor, interval, print_answer, print_table
from rlsgraph.cli.progress import show_progress
from rlsgraph.model.decimals import probability
from rlsgraph.reasoning.reliability.defaults import SAMPLES, SEED

if TYPE_CHECKING:
    from rlsgraph.reasoning.claim_support import Support

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
@click.option("--tested-only", is_flag=True, help="Leave out claims that no study with data of its own bears on.")
@what_if_options
@graph_options
@format_option()
def command(
    start: str,
    end: str,
    max_steps: int,
    samples: int,
    seed: int,
    tested_only: bool,
    graph: GraphChoice,
    format_name: str,
) -> None:
    """Say how probable it is that at least one causal path from START to END holds, each claim with a probability of its score.

    Overall, and apart for paths that raise, that lower, and whose direction is open. Beside each stands its floor (the same
    with every claim at its prior, as if nobody had ever studied anything) and the factor by which evidence has moved its
    odds; below, a verdict, which abstains where evidence does not point one way. Exact where it can be, else Monte Carlo with
    a stated error. Claims are taken as independent. Exit code 1, and why, where there is no path.

    \b
    Examples:
      rlsgraph support "gut dysbiosis" "RLS symptoms"
      rlsgraph support "iron deficiency" "RLS symptom severity" --max-steps 4 --format json
      rlsgraph support "gut dysbiosis" "RLS symptoms" --tested-only
      rlsgraph support probiotic "RLS symptoms" \\
          --with "probiotic decreases RLS symptom severity: disputes, randomised controlled trial, n=120"
    """
    kg = graph.open()
    with show_progress("sampling worlds") as progress:
        found = kg.support(
            start, end, max_steps=max_steps, tested_only=tested_only, samples=samples, seed=seed, progress=progress
        )
    if format_name == "table":
        _print_support(found)
    else:
        from rlsgraph.formats.answers import support_table  # a table needs none of it (benchmarks/startup.py)

        print_answer(support_table(found), format_name)
    absence = None if found.overall.value else kg.why_no_path(start, end, max_steps=max_steps)
    if found.is_by_definition:
        click.echo("The one leads to the other by definition, whatever the claims say.", err=True)
    elif not found.overall.value:
        why = absence or "no claim between the two has data of its own"
        click.echo(f"No causal path of at most {counted(max_steps, 'step')}: {why}.", err=True)
        raise click.exceptions.Exit(1)


def _print_support(found: Support) -> None:
    steps = "" if found.max_steps is None else f", paths of at most {counted(found.max_steps, 'step')}"
    print_table(
        ("", "probability", "", "90% interval", "floor", "evidence", "found by"),
        [
            (
                _WORDS[part.part],
                probability(part.value, 3),
                bar(part.value),
                interval(part.low, part.high),
                probability(part.floor, 3),
                factor(part.evidence_factor),
                part.how,
            )
            for part in found
        ],
        right=("probability", "floor", "evidence"),
        title=f"{found.start.label} → {found.end.label}{steps}{', tested claims only' if found.tested_only else ''}",
    )
    click.echo(
        f"Verdict: {found.judgement}.\n"
        "Floor: the same with every claim at its prior. Evidence: what studies have done to the odds.\n"
        "Claims are taken as independent; a raising and a lowering path may both hold."
    )
