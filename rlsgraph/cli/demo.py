"""`rlsgraph demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import GraphChoice, graph_options
from rlsgraph.cli.output import factor, number, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

_MOST_HYPOTHESES = 14
"""The demo fits a screen of 30 lines and 100 columns; `rlsgraph hypotheses` shows the rest, with the steps in words."""

_START, _END = "gut dysbiosis", "RLS symptoms"
_NEXT = (
    'rlsgraph explain "gut dysbiosis" increases "systemic inflammation"',
    'rlsgraph paths "gut dysbiosis" "RLS symptoms"',
    'rlsgraph gaps "gut dysbiosis" "RLS symptoms"',
)


@click.command("demo")
@click.option(
    "--out", default="rlsgraph.html", show_default=True, type=click.Path(dir_okay=False), help="Where to write the page."
)
@graph_options
def command(out: str, graph: GraphChoice) -> None:
    """Show the graph at work, and write its page.

    Prints what the graph holds, the hypotheses in order, and one question with its answer.

    \b
    Examples:
      rlsgraph demo
      rlsgraph demo --endpoint http://localhost:8000/sparql
    """
    from rlsgraph.cli.info import summary
    from rlsgraph.triples.writing import write_file

    click.echo("loading the graph and scoring its claims …", err=True)
    kg = graph.open()
    counts = summary(kg)
    click.echo(
        f"rlsgraph {counts['version']}: {counts['entities']} entities, {counts['claims']} claims, "
        f"{counts['evidence items']} evidence items, {counts['sources']} sources\n"
    )
    _print_hypotheses(kg.hypotheses())
    _print_question(kg)
    write_file(Path(out), kg.to_html().encode())
    click.echo(f"Wrote {out}: open it in a browser, no network needed. Try next:")
    for line in _NEXT:
        click.echo(f"  {line}")
    click.echo("A research aid, not medical advice.")


def _print_hypotheses(ranked: Sequence[RankedHypothesis]) -> None:
    click.echo(f"{'':2} {'hypothesis':41} {'anchor in people':16} {'weakest step':16} {'in people':>9} {'joint':>5}")
    for place, r in enumerate(ranked[:_MOST_HYPOTHESES], 1):
        name, standing = printable(r.hypothesis.label), r.standing
        name = name if len(name) <= 41 else name[:40] + "…"
        if standing is None:
            click.echo(f"{place:2} {name:41} its claims do not connect")
            continue
        anchor, weakest = standing.anchor, standing.weakest.read
        tie = "none" if anchor is None else f"{anchor.level.label} {number(anchor.score)}"
        step = f"{weakest.level.label} {number(weakest.score)}"
        people = f"{standing.in_people:.0%}"
        click.echo(f"{place:2} {name:41} {tie:16} {step:16} {people:>9} {number(r.joint_probability):>5}")
    if len(ranked) > _MOST_HYPOTHESES:
        click.echo(f"   and {len(ranked) - _MOST_HYPOTHESES} more: rlsgraph hypotheses")


def _print_question(kg: KnowledgeGraph) -> None:
    """Ask one question; a graph that does not know its two entities is asked nothing."""
    from rlsgraph.errors import UnknownNameError

    try:
        found = kg.support(_START, _END)
    except UnknownNameError:
        return
    overall = found.overall
    value, floor, odds = number(overall.value), number(overall.floor), factor(overall.evidence_factor)
    click.echo(f"\nDoes {_START} lead to {_END}? Some path holds with probability {value}; with no study at")
    click.echo(f"all it would be {floor} (the floor): evidence has made the odds {odds}.")
    click.echo(f"Verdict: {found.judgement}.\n")
