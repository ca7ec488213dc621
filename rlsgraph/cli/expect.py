"""`rlsgraph expect`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import Finite, GraphChoice, format_option, graph_options, max_steps_option, what_if_options
from rlsgraph.cli.output import bar, counted, number, print_answer, print_table
from rlsgraph.cli.progress import show_waiting
from rlsgraph.reasoning.reliability.defaults import MIN_SCORE

if TYPE_CHECKING:
    from rlsgraph.reasoning.chance import Chance


@click.command("expect")
@click.option("--min-score", type=Finite(0, 1), default=MIN_SCORE, show_default=True, help="A lower score is too weak.")
@max_steps_option
@what_if_options
@graph_options
@format_option()
def command(
    min_score: float,
    max_steps: int,
    graph: GraphChoice,
    format_name: str,
) -> None:
    """Check which known observations the mechanisms reproduce, by a causal path of two claims or more.

    An observation is reproduced, has the wrong sign, is too weak, or has no path. Beside it stands how often its path has the
    right sign in 200 graphs whose claims have shuffled signs (a random sign is right in half), and what the path assumes: that
    a kind does what its class does. Exit code 1 where an outcome has turned since it was recorded in the data.

    \b
    Examples:
      rlsgraph expect
      rlsgraph expect --without "systemic iron deficiency increases RLS symptom severity"
      rlsgraph expect --format json
    """
    from rlsgraph.formats.answers import verdicts_table

    kg = graph.open()
    with show_waiting("looking for mechanisms"):
        verdicts = kg.expect(max_steps=max_steps, min_score=min_score)
    if format_name == "table":
        print_table(
            ("observation", "outcome", "score", "", "shuffled", "by the path", "seen in"),
            [
                (
                    f"{v.expectation.predicate.polarity.mark} {v.expectation}",
                    v.outcome.label
                    + (f" (was: {v.expectation.recorded.label})" if v.has_turned and v.expectation.recorded else ""),
                    number(v.path.joint_probability) if v.path else "",
                    bar(v.path.joint_probability) if v.path else "",
                    "" if v.shuffled is None else f"{v.shuffled:.0%}",
                    v.path.says if v.path else "",
                    ", ".join(source.citation for source in v.expectation.sources),
                )
                for v in verdicts
            ],
            right=("score", "shuffled"),
        )
        _print_chance(kg.expect_by_chance(verdicts, min_score=min_score))
    else:
        print_answer(verdicts_table(verdicts), format_name)
    counts = Counter(verdict.outcome.label for verdict in verdicts)
    turned = sum(verdict.has_turned for verdict in verdicts)
    summary = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    click.echo(f"{counted(len(verdicts), 'observation')}: {summary or 'none'}; {turned} turned since recorded", err=True)
    if turned:
        raise click.exceptions.Exit(1)


def _print_chance(chance: Chance) -> None:
    by_sign = f"{chance.by_random_sign:.1f} (as many: {_share(chance.as_many_by_random_sign)})"
    print_table(
        ("", "seen", "by a random sign", "in shuffled graphs"),
        [
            (
                name,
                str(tally.seen),
                random_sign,
                f"{tally.mean:.1f} (as many: {_share(tally.as_many)})",
            )
            for name, tally, random_sign in (
                (f"right sign, of {chance.with_path} with a path", chance.right, by_sign),
                ("reproduced: right sign, and not too weak", chance.reproduced, ""),
            )
        ],
        right=("seen", "by a random sign", "in shuffled graphs"),
        title=f"How many chance would get right ({chance.shuffles} shuffles of the signs, seed {chance.seed})",
    )


def _share(share: float) -> str:
    return f"{share:.1%}" if share >= 0.001 or not share else "< 0.1%"
