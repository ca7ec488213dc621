"""Print where a hypothesis's place comes from, for `rlsgraph explain HYPOTHESIS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rlsgraph.cli.output import counted, flags, number, print_table, printable
from rlsgraph.cli.tables import print_hypotheses
from rlsgraph.model.decimals import probability

if TYPE_CHECKING:
    from rlsgraph.model.things import Claim
    from rlsgraph.reasoning.hypotheses import RankedHypothesis
    from rlsgraph.reasoning.hypothesis_account import HypothesisAccount
    from rlsgraph.reasoning.standing import Reading, Standing, Tie

_TIES_SHOWN = 5


def print_account(account: HypothesisAccount) -> None:
    """Print the anchor, the steps, the joint probability and the place in the order."""
    ranked, standing = account.ranked, account.ranked.standing
    click.echo(printable(f"{ranked.hypothesis.label}: {_place(account)}"))
    if standing is None:
        return
    click.echo(printable(f"route: {ranked.best.says}"))
    if len(ranked.paths) > 1:
        click.echo(f"{counted(len(ranked.paths), 'route')}; this one has the highest joint probability")
    _print_ties(account)
    print_table(
        ("", "step", "score", "level", "read from", "in people", "note"),
        [_reading_row(reading, standing) for reading in standing.readings],
        right=("score",),
        title="Steps: the weakest, and the share seen in people, are the next in the order",
    )
    if standing.contradictions:
        click.echo(printable("contradictions: " + "; ".join(map(str, standing.contradictions))))
    _print_product(account)
    if account.neighbours:
        click.echo("order: level of the anchor, level of the weakest step, share in people, score of the anchor, of that step\n")
        print_hypotheses(account.neighbours)


def _place(account: HypothesisAccount) -> str:
    ranked = account.ranked
    if ranked.standing is None:
        return "no place, as its claims do not connect"
    if ranked.place is None:
        return "no place, as it is mere context"
    return f"place {ranked.place} of {account.places}"


def _print_ties(account: HypothesisAccount) -> None:
    if not account.ties:
        click.echo("No anchor: nobody has tied an entity on the route to the end in people, but by a treatment's effect.")
        return
    hidden = len(account.ties) - _TIES_SHOWN
    print_table(
        ("", "tie to the end", "of", "score", "level", "note"),
        [_tie_row(tie, is_anchor=place == 0) for place, tie in enumerate(account.ties[:_TIES_SHOWN])],
        right=("score",),
        title="Anchor: the best tie of an entity on the route to the end or what belongs to it, by level, then score; seen in "
        "people, no treatment's effect, not of the opposite sign" + (f"; {counted(hidden, 'more tie')}" if hidden > 0 else ""),
    )


def _tie_row(tie: Tie, *, is_anchor: bool) -> tuple[str, ...]:
    mark, claim = "◀ anchor" if is_anchor else "", tie.claim
    return (mark, str(claim), tie.entity.label, number(claim.score), claim.level.label, flags(claim))


def _reading_row(reading: Reading, standing: Standing) -> tuple[str, ...]:
    weakest = ["◀ weakest"] if reading is standing.weakest else []
    against = ["contested" if c == reading.step else str(c) for c in standing.contradictions if _is_on(c, reading.step)]
    return (
        reading.step.polarity.mark,
        str(reading.step),
        number(reading.read.score),
        reading.read.level.label,
        f"{reading.read}, as the step has no item of its own" if reading.is_association else "itself",
        "yes" if reading.is_in_people else "no",
        "; ".join((*weakest, *against)),
    )


def _is_on(claim: Claim, step: Claim) -> bool:
    return (claim.subject, claim.object) == (step.subject, step.object)


def _print_product(account: HypothesisAccount) -> None:
    from rlsgraph.model.things import Claim

    ranked: RankedHypothesis = account.ranked
    factors = [probability(f.score, 3) if isinstance(f, Claim) else f"{f.probability:g} (assumed)" for f in account.factors]
    click.echo(
        f"joint probability = {' × '.join(factors)} = {ranked.joint_probability:.3g}: it falls with every step, and ranks nothing"
    )
