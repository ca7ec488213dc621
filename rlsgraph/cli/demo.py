"""`rlsgraph demo`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import GraphChoice, graph_options
from rlsgraph.cli.output import factor, number, printable
from rlsgraph.model.things import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

_MOST_HYPOTHESES = 14
"""The demo fits a screen of 30 lines and 100 columns; `rlsgraph hypotheses` shows the rest, with the steps in words."""


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
    ranked = kg.hypotheses()
    _print_hypotheses(ranked)
    question = _question(kg, ranked)
    if question is not None:
        _print_question(kg, *question)
    write_file(Path(out), kg.to_html().encode())
    click.echo(f"Wrote {out}: open it in a browser, no network needed. Try next:")
    for line in _next_commands(kg, question, graph):
        click.echo(f"  {printable(line)}")
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


def _print_question(kg: KnowledgeGraph, start: str, end: str) -> None:
    found = kg.support(start, end)
    overall = found.overall
    value, floor, odds = number(overall.value), number(overall.floor), factor(overall.evidence_factor)
    click.echo(f"\nDoes {printable(start)} lead to {printable(end)}? Some path holds with probability {value}; with no study at")
    click.echo(f"all it would be {floor} (the floor): evidence has made the odds {odds}.")
    click.echo(f"Verdict: {found.judgement}.\n")


def _question(kg: KnowledgeGraph, ranked: Sequence[RankedHypothesis]) -> tuple[str, str] | None:
    """Return what the demo asks: the question that the graph was made to ask, else that of the first hypothesis."""
    if kg.about.question is not None:
        start, end = kg.about.question
        return start.label, end.label
    return next(((r.hypothesis.starts[0].label, r.hypothesis.end.label) for r in ranked), None)


def _next_commands(kg: KnowledgeGraph, question: tuple[str, str] | None, graph: GraphChoice) -> Iterator[str]:
    """Yield commands to go on with, about what is in the graph."""
    options = [("base", graph.base), *(("data", path) for path in graph.data)]
    data = "".join(f" --{name} {shlex.quote(value)}" for name, value in options if value)
    if question is None:
        yield f"rlsgraph claims{data}"
        return
    start, end = (shlex.quote(name) for name in question)
    path = next(iter(kg.paths(*question, limit=1)), None)
    step = next((step for step in path.steps if isinstance(step, Claim)), None) if path else None
    if step is not None:
        subject, object_ = shlex.quote(step.subject.label), shlex.quote(step.object.label)
        yield f"rlsgraph explain {subject} {step.predicate.value} {object_}{data}"
    yield f"rlsgraph paths {start} {end}{data}"
    yield f"rlsgraph gaps {start} {end}{data}"
