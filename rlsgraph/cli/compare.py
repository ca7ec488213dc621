"""`rlsgraph compare`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import click

from rlsgraph.cli.options import ChoiceName, GraphChoice, format_option, graph_options, max_steps_option, what_if_options
from rlsgraph.cli.output import bar, interval, number, print_answer, print_table
from rlsgraph.cli.progress import show_waiting
from rlsgraph.cli.tables import print_claim_changes, print_claims, print_hypotheses, print_hypothesis_changes
from rlsgraph.errors import UnknownNameError
from rlsgraph.model.decimals import probability

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.reasoning.comparison import Movement, PathChange, RankedPath, RivalComparison


def _names() -> list[str]:
    from rlsgraph.graph.loading import load

    kg = load()
    return [*(ranked.hypothesis.label for ranked in kg.hypotheses()), *(entity.label for entity in kg.entities())]


@click.command("compare")
@click.argument("one", type=ChoiceName("hypothesis or start", _names))
@click.argument("other", type=ChoiceName("hypothesis or end", _names))
@max_steps_option
@what_if_options
@graph_options
@format_option()
def command(
    one: str,
    other: str,
    max_steps: int,
    graph: GraphChoice,
    format_name: str,
) -> None:
    """Compare two hypotheses; or, with --without or --with, the answer from ONE to OTHER before and after.

    For two hypotheses: what they share, where they part, and the evidence that tells them apart, by how far each item moves
    the ratio of their scores. For a what-if between two entities: support, paths, claims and hypotheses that moved. Names
    that are both are taken as entities where something is supposed, else as hypotheses.

    \b
    Examples:
      rlsgraph compare "dopamine deficiency" "relative dopamine excess"
      rlsgraph compare "gut dysbiosis" "RLS symptoms" --without reijnders2016-effects-microbiota
      rlsgraph compare "gut dysbiosis" "RLS symptoms" \\
          --with "gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120"
    """
    from rlsgraph.formats.answers import movement_table, rivals_table

    base = graph.open_base()
    kg = graph.suppose(base)
    are_ends = _are_known(kg.entity, one, other)
    if _are_known(kg.hypothesis, one, other) and not (kg.changes and are_ends):
        comparison = kg.compare(one, other)
        if format_name == "table":
            _print_rivals(comparison)
        else:
            print_answer(rivals_table(comparison), format_name)
        return
    if not are_ends:
        _refuse(kg, one, other)
    if not kg.changes:
        raise click.UsageError("nothing to compare: name two hypotheses, or suppose something with --without or --with")
    with show_waiting("comparing before and after"):
        movement = kg.what_moved(base, one, other, max_steps=max_steps)
    if format_name == "table":
        _print_movement(movement)
    else:
        print_answer(movement_table(movement), format_name)


def _are_known(get: Callable[[str], object], *names: str) -> bool:
    try:
        for name in names:
            get(name)
    except UnknownNameError:
        return False
    return True


def _refuse(kg: KnowledgeGraph, *names: str) -> NoReturn:
    """Say which name is neither a hypothesis nor an entity, and what comes nearest in both; or that the two are mixed."""
    for name in names:
        nearest: list[str] = []
        for get in (kg.hypothesis, kg.entity):
            try:
                get(name)
            except UnknownNameError as error:
                nearest += error.nearest[:2]
            else:
                break
        else:
            raise UnknownNameError("hypothesis or entity", name, tuple(nearest))
    raise click.UsageError(f"{' and '.join(map(repr, names))}: name two hypotheses or two entities, not one of each")


def _print_rivals(comparison: RivalComparison) -> None:
    one, other = comparison.one.hypothesis, comparison.other.hypothesis
    print_hypotheses((comparison.one, comparison.other))
    for title, claims in (
        ("Both rest on", comparison.shared),
        (f"Only {one.label} rests on", comparison.only_one),
        (f"Only {other.label} rests on", comparison.only_other),
    ):
        if claims:
            print_claims(claims, title=title)
    if not comparison.shared:
        click.echo("They share no claim.\n")
    for mine, theirs in comparison.opposed:
        click.echo(f"Opposed: {mine} / {theirs}\n")
    largest = max((abs(found.shift) for found in comparison.discriminating), default=1.0)
    print_table(
        ("favours", "by", "", "item", "design", "n", "finding", "on the claim", "source"),
        [
            (
                (one if found.shift > 0 else other).label,
                f"× {math.exp(abs(found.shift)):.2f}",
                bar(abs(found.shift) / largest),
                found.influence.evidence.identifier,
                found.influence.evidence.design.label,
                str(found.influence.evidence.sample_size or ""),
                found.influence.evidence.finding,
                str(found.influence.via) + ("" if found.influence.via == found.influence.claim else " (lends to the claim)"),
                found.influence.evidence.source.citation,
            )
            for found in comparison.discriminating
        ],
        right=("by", "n"),
        title="Evidence that tells them apart, by how far it moves the ratio of their scores",
    )
    if not comparison.discriminating:
        click.echo("No evidence item moves the one more than the other.")


def _print_movement(movement: Movement) -> None:
    before, after = movement.before, movement.after
    print_table(
        ("support", "before", "90% interval", "after", "90% interval", "moved by", "found by"),
        [
            (
                was.part.value,
                probability(was.value, 3),
                interval(was.low, was.high),
                probability(now.value, 3),
                interval(now.low, now.high),
                f"{now.value - was.value:+.3f}",
                now.how if now.how == was.how else f"{was.how} / {now.how}",
            )
            for was, now in zip(before, after, strict=True)
        ],
        right=("before", "after", "moved by"),
        title=f"{before.start.label} → {before.end.label}",
    )
    if movement.claims:
        print_claim_changes(movement.claims, title="Claims that moved")
    else:
        click.echo("No claim moved.")
    if movement.paths:
        print_table(
            ("path", "sign", "before", "after"),
            [_path_row(change) for change in movement.paths],
            title="Best paths that moved (rank: score)",
        )
    if movement.hypotheses:
        print_hypothesis_changes(movement.hypotheses, title="Hypotheses that moved")


def _path_row(change: PathChange) -> tuple[str, ...]:
    def place(ranked: RankedPath | None) -> str:
        return "not among the best" if ranked is None else f"{ranked.rank}: {number(ranked.path.joint_probability)}"

    sign = f"{change.path.polarity.mark} {change.path.polarity.word}"
    return (change.path.route, sign, place(change.before), place(change.after))
