"""`rlsgraph explain`."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import GraphChoice, claim_arguments, format_option, graph_options, what_if_options
from rlsgraph.cli.output import every_flag, interval, number, print_answer, print_json, print_table, printable
from rlsgraph.cli.streams import write_text
from rlsgraph.errors import UnknownNameError
from rlsgraph.model.decimals import probability

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.model.weighing.explanation import Explanation
    from rlsgraph.model.weighing.once import Line


WIDTH = 100
"""Columns of what is printed; only a long name may stand out."""


@click.command("explain")
@claim_arguments("CLAIM|HYPOTHESIS|SUBJECT")
@what_if_options
@graph_options
@format_option("table", "json", "ttl")
def command(subject: str, predicate: str | None, object_: str | None, graph: GraphChoice, format_name: str) -> None:
    """Explain where a claim's score comes from, item by item; or where a hypothesis's place comes from.

    Name the claim by subject, predicate and object, or by its id alone. `--format ttl` gives the derivation in PROV-O. Of a
    hypothesis: what could anchor it and what does, how each step is read, its joint probability, its neighbours in the order.

    \b
    Examples:
      rlsgraph explain "gut dysbiosis" increases "systemic inflammation"
      rlsgraph explain gut-dysbiosis.increases.systemic-inflammation --format ttl
      rlsgraph explain "iron absorption"
    """
    kg = graph.open()
    try:
        claim = kg.claim(subject, predicate, object_)
    except UnknownNameError as no_claim:
        if predicate is not None:
            raise
        _explain_hypothesis(kg, subject, no_claim, format_name)
        return
    explanation = kg.explain(claim)
    if format_name == "json":
        from rlsgraph.formats.plain import explanation_dict  # a table needs none of it (benchmarks/startup.py)

        print_json(explanation_dict(explanation))
    elif format_name == "ttl":
        from rlsgraph.formats.provenance import explanation_turtle

        write_text(explanation_turtle(explanation))
    else:
        _print_explanation(explanation)
        _say_added(kg, explanation)


def _say_added(kg: KnowledgeGraph, explanation: Explanation) -> None:
    """Tell when each item was added, and by whom, where the files say so."""
    from rlsgraph.graph.additions import find_additions

    names = {item.evidence.iri: item.evidence.identifier for item in explanation.items}
    for added in find_additions(kg, names):
        _say(f"{names[added.thing]}: added {added}")


def _explain_hypothesis(kg: KnowledgeGraph, name: str, no_claim: UnknownNameError, format_name: str) -> None:
    """Explain a hypothesis; a name that is neither that nor a claim raises `UnknownNameError` with what is near in both."""
    from rlsgraph.cli.hypothesis_account import print_account
    from rlsgraph.formats.answers import hypotheses_table
    from rlsgraph.formats.plain import account_dict

    try:
        account = kg.explain_hypothesis(name)
    except UnknownNameError as error:
        raise UnknownNameError("claim or hypothesis", name, (*no_claim.nearest[:2], *error.nearest[:2])) from None
    if format_name == "json":
        print_json(account_dict(account))
    elif format_name == "ttl":
        print_answer(hypotheses_table((account.ranked,)), format_name)
    else:
        print_account(account)


def _print_explanation(explanation: Explanation) -> None:
    claim, confidence = explanation.claim, explanation.ledger.confidence
    note = every_flag(claim)
    _say(
        f"{claim}: {claim.level.label} {number(claim.score)} ({interval(claim.low, claim.high)})" + (f", {note}" if note else "")
    )
    _print_items(explanation)
    _print_sums(explanation)
    odds = "−" if confidence.logit < 0 else "+"
    click.echo(f"prior {confidence.prior:g}: ln odds {_logit(confidence.prior):.3f}")
    click.echo(f"for + {confidence.support_weight:.3f} (× {math.exp(confidence.support_weight):.3g}), own and lent")
    click.echo(f"against − {confidence.dispute_weight:.3f} (÷ {math.exp(confidence.dispute_weight):.3g}), own and lent")
    click.echo(f"ln odds = {odds}{abs(confidence.logit):.3f}, so the score is {probability(confidence.score, 3)}")
    ends = f"{probability(confidence.low, 3)} to {probability(confidence.high, 3)}"
    click.echo(f"interval = central {explanation.profile.interval_mass:.0%}, ln odds ± {confidence.logit_sd:.3f} (sd): {ends}")
    click.echo(f"independent lines in people: {confidence.lines_for} for, {confidence.lines_against} against, own and lent")
    _say(f"level = {claim.level.label}: {explanation.level_reason}")


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _print_items(explanation: Explanation) -> None:
    if not explanation.items:
        click.echo("No evidence item bears on this claim.")
        return
    print_table(
        ("item", "kind", "n", "π", "u", "v", "α", "factor", "weight", "counts"),
        [
            (
                item.evidence.identifier,
                item.factor.kind.label.removesuffix(" kind") if item.factor.kind else "none",
                "" if item.evidence.sample_size is None else str(item.evidence.sample_size),
                *(_short(part) for part in (item.factor.power, item.factor.bias, item.factor.insensitivity, item.factor.alpha)),
                f"{item.factor.factor:.3g}",
                f"{item.factor.weight:+.2f}" if item.factor.weight else "0",
                "yes" if item.counted else "no",
            )
            for item in explanation.items
        ],
        right=("n", "π", "u", "v", "α", "factor", "weight"),
    )
    for item in explanation.items:
        study = f"{item.evidence.design.label}, {item.evidence.source.citation}"
        says = f"{item.evidence.identifier}: {item.factor.result.label}; {study}"
        left = f"leaves {item.factor.weight:+.2f} of {math.log(item.factor.factor):+.2f}"
        indirect = f"; indirect: {', '.join(item.factor.indirect)}, which {left}" if item.factor.indirect else ""
        _say(says + indirect + (f"; not counted: {item.reason}" if item.reason else ""))


def _say(text: str) -> None:
    """Print a sentence of any length in lines that fit beside each other with the tables."""
    click.echo(textwrap.fill(printable(text), WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False))


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}" if value >= 0.01 else f"{value:.4f}" if value >= 0.001 else f"{value:.2g}"


def _print_sums(explanation: Explanation) -> None:
    ledger = explanation.ledger
    if ledger.kinds:
        _print_weights(
            ("kind", "studies", "sum", "after its ceiling"),
            [(found.kind.label.removesuffix(" kind"), found.lines, found.before, found.after) for found in ledger.kinds],
        )
    if ledger.lendings:
        _print_weights(
            ("lent by", "studies", "sum", "lent"),
            [
                (f"{place}: {lending.relation.words}", lending.lines, lending.before, lending.after)
                for place, lending in enumerate(ledger.lendings, 1)
            ],
        )
        for place, lending in enumerate(ledger.lendings, 1):
            name = lending.lender.rsplit("/", 1)[-1]
            _say(f"{place}: {name}")
            if lending.reason:
                _say(f"{place} lends nothing: {lending.reason}")
            if lending.known:
                studies = ", ".join(study.rsplit("/", 1)[-1] for study in lending.known)
                _say(f"{place}: counted already, and not lent again: {studies}")
        bounds = f"at most ± {explanation.profile.most_lent:g}, and no more than the same studies would tell here"
        cut = "" if math.isclose(ledger.lent, ledger.lent_before, abs_tol=5e-4) else f", cut to {ledger.lent:+.3f}"
        click.echo(f"lent in all {ledger.lent_before:+.3f}{cut} ({bounds})")


def _print_weights(columns: tuple[str, str, str, str], rows: Sequence[tuple[str, Sequence[Line], float, float]]) -> None:
    shown = [(name, str(len({line.study for line in lines})), f"{a:+.3f}", f"{b:+.3f}") for name, lines, a, b in rows]
    print_table(columns, shown, right=columns[1:])
