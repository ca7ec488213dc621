"""Tables of claims and hypotheses that several commands print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rlsgraph.cli.output import bar, flags, for_and_against, interval, number, print_table

if TYPE_CHECKING:
    from rlsgraph.model import Claim
    from rlsgraph.reasoning.hypotheses import CausalPath, RankedHypothesis


def print_claims(claims: Iterable[Claim], *, title: str | None = None) -> None:
    """Print claims with their numbers, best score first."""
    print_table(
        ("subject", "", "object", "score", "90% interval", "level", "for / against / open", "note"),
        [
            (
                claim.subject.label,
                f"{claim.polarity.mark} {claim.predicate.verb}",
                claim.object.label,
                number(claim.score),
                interval(claim.low, claim.high),
                claim.level.label,
                for_and_against(claim),
                flags(claim),
            )
            for claim in sorted(claims, key=lambda claim: (-claim.score, claim.iri))
        ],
        right=("score",),
        title=title,
    )


def print_hypotheses(ranked: Iterable[RankedHypothesis]) -> None:
    """Print hypotheses with score, interval, level and weakest step, in the order given."""
    print_table(
        ("hypothesis", "sign", "score", "", "90% interval", "level", "weakest step", "its score"),
        [
            (
                r.hypothesis.label,
                f"{r.polarity.mark} {r.polarity.word}",
                number(r.score),
                bar(r.score),
                interval(r.low, r.high),
                r.level.label,
                str(r.weakest),
                number(r.weakest.score),
            )
            if r.paths
            else (r.hypothesis.label, "", "", "", "", "", "its claims do not connect", "")
            for r in ranked
        ],
        right=("score", "its score"),
    )


def print_path(path: CausalPath, *, title: str) -> None:
    """Print one route step by step; the weakest step is marked."""
    from rlsgraph.model import Claim

    rows = []
    for step in path.steps:
        if isinstance(step, Claim):
            note = ", ".join(filter(None, ("◀ weakest" if step is path.weakest else "", flags(step))))
            cells = (number(step.score), interval(step.low, step.high), step.level.label, for_and_against(step), note)
            rows.append((step.polarity.mark, str(step), *cells))
        else:
            rows.append((step.kind.polarity.mark, str(step), "", "", "by definition", "", step.reason))
    print_table(
        ("", "step", "score", "90% interval", "level", "for / against / open", "note"), rows, right=("score",), title=title
    )
