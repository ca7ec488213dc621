"""`rlsgraph explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import ChoiceName, EntityName, GraphChoice, format_option, graph_options, predicate_names
from rlsgraph.cli.output import flags, interval, number, print_json, print_table, printable

if TYPE_CHECKING:
    from rlsgraph.model.weighing.explanation import Explanation


@click.command("explain")
@click.argument("subject", type=EntityName())
@click.argument("predicate", required=False, type=ChoiceName("predicate", predicate_names))
@click.argument("object_", metavar="[OBJECT]", required=False, type=EntityName())
@graph_options
@format_option("table", "json", "ttl")
def command(subject: str, predicate: str | None, object_: str | None, graph: GraphChoice, format_name: str) -> None:
    """Explain where a claim's score comes from, item by item.

    Name the claim by subject, predicate and object, or by its id alone. `--format ttl` gives the derivation in PROV-O.

    \b
    Examples:
      rlsgraph explain "gut dysbiosis" increases "systemic inflammation"
      rlsgraph explain gut-dysbiosis.increases.systemic-inflammation --format ttl
    """
    from rlsgraph.formats.plain import explanation_dict

    if (predicate is None) != (object_ is None):
        raise click.UsageError("name a claim by subject, predicate and object, or by its id alone")
    kg = graph.open()
    explanation = kg.explain(kg.claim(subject, predicate, object_))
    if format_name == "json":
        print_json(explanation_dict(explanation))
    elif format_name == "ttl":
        from rlsgraph.formats.provenance import explanation_turtle

        click.echo(explanation_turtle(explanation), nl=False)
    else:
        _print_explanation(explanation)


def _print_explanation(explanation: Explanation) -> None:
    from rlsgraph.model.vocabulary import Direction

    claim = explanation.claim
    confidence = claim.confidence
    note = flags(claim)
    click.echo(
        printable(
            f"{claim}: {claim.level.label} {number(claim.score)} ({interval(claim.low, claim.high)})"
            + (f", {note}" if note else "")
        )
    )
    if explanation.items:
        print_table(
            ("item", "direction", "design", "n", "design weight", "× size", "= weight", "counts", "source"),
            [
                (
                    item.evidence.identifier,
                    item.evidence.direction.label,
                    item.evidence.design.label,
                    "" if item.evidence.sample_size is None else str(item.evidence.sample_size),
                    f"{item.design_weight:g}",
                    number(item.size_factor),
                    f"{item.weight:.3f}",
                    "yes" if item.counted else f"no: {item.reason}",
                    item.evidence.source.citation,
                )
                for item in explanation.items
            ],
            right=("n", "design weight", "× size", "= weight"),
        )
    else:
        click.echo("No evidence item bears on this claim.")
    for lent in explanation.lendings:
        click.echo(
            f"lent by {lent.lender.rsplit('/', 1)[-1]}: {lent.support:.3f} for, {lent.dispute:.3f} against ({lent.reason})"
        )
    lent_support = sum(lent.support for lent in explanation.lendings)
    lent_dispute = sum(lent.dispute for lent in explanation.lendings)
    alpha, beta = explanation.prior
    own_support, own_dispute = explanation.subtotal(Direction.SUPPORTS), explanation.subtotal(Direction.DISPUTES)
    click.echo(f"S = {own_support:.3f} own + {lent_support:.3f} lent = {confidence.support_weight:.3f}")
    click.echo(f"R = {own_dispute:.3f} own + {lent_dispute:.3f} lent = {confidence.dispute_weight:.3f}")
    click.echo(f"alpha = {alpha:g} prior + S = {confidence.alpha:.3f}")
    click.echo(f"beta  = {beta:g} prior + R = {confidence.beta:.3f}")
    click.echo(f"score = alpha / (alpha + beta) = {claim.score:.3f}")
    posterior = f"Beta({confidence.alpha:.3f}, {confidence.beta:.3f})"
    click.echo(f"interval = central {explanation.profile.interval_mass:.0%} of {posterior} = {claim.low:.3f} to {claim.high:.3f}")
    click.echo(f"level = {claim.level.label}: {explanation.level_reason}")
