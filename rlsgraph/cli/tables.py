"""Tables of claims and hypotheses that several commands print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rlsgraph.cli.output import bar, evidence_in_words, flags, for_and_against, interval, number, print_table

if TYPE_CHECKING:
    from rlsgraph.model.things import Claim
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.comparison import ClaimChange, HypothesisChange
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

_EVIDENCE = "for / against / open"


def print_claims(claims: Iterable[Claim], *, title: str | None = None) -> None:
    """Print claims with their numbers, best score first."""
    print_table(
        ("subject", "", "object", "score", "90% interval", "level", _EVIDENCE, "note"),
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
    """Print hypotheses with score, interval, level, evidence and weakest step, in the order given."""
    print_table(
        ("hypothesis", "sign", "score", "", "90% interval", "level", _EVIDENCE, "weakest step", "its score"),
        [
            (
                r.hypothesis.label,
                f"{r.polarity.mark} {r.polarity.word}",
                number(r.score),
                bar(r.score),
                interval(r.low, r.high),
                r.level.label,
                for_and_against(r.best),
                str(r.weakest),
                number(r.weakest.score),
            )
            if r.paths
            else (r.hypothesis.label, "", "", "", "", "", "", "its claims do not connect", "")
            for r in ranked
        ],
        right=("score", "its score"),
    )


def print_path(path: CausalPath, *, title: str) -> None:
    """Print one route step by step; the weakest step is marked."""
    from rlsgraph.model.things import Claim

    rows = []
    for step in path.steps:
        if isinstance(step, Claim):
            note = ", ".join(filter(None, ("◀ weakest" if step is path.weakest else "", flags(step))))
            numbers = (number(step.score), bar(step.score), interval(step.low, step.high))
            rows.append((step.polarity.mark, str(step), *numbers, step.level.label, for_and_against(step), note))
        else:
            rows.append((step.kind.polarity.mark, str(step), "", "", "", "by definition", "", ""))
    print_table(("", "step", "score", "", "90% interval", "level", _EVIDENCE, "note"), rows, right=("score",), title=title)


def path_title(path: CausalPath, *, name: str) -> str:
    """Return a line with a path's name, sign, score, interval, level and evidence."""
    words = f"{name}  {path.polarity.mark} {path.polarity.word}  {bar(path.score)} {number(path.score)}"
    return f"{words} ({interval(path.low, path.high)})  {path.level.label}, evidence {evidence_in_words(path)}"


def print_claim_changes(changes: Iterable[ClaimChange], *, title: str) -> None:
    """Print claims before and after."""
    print_table(
        ("claim", "score before", "after", "level before", "after"),
        [
            (
                str(change.claim),
                number(change.before.score) if change.before else "was not there",
                number(change.after.score) if change.after else "is gone",
                change.before.level.label if change.before else "",
                change.after.level.label if change.after else "",
            )
            for change in changes
        ],
        right=("score before",),
        title=title,
    )


def print_hypothesis_changes(changes: Iterable[HypothesisChange], *, title: str) -> None:
    """Print hypotheses before and after."""
    print_table(
        ("hypothesis", "score before", "after", "level before", "after"),
        [
            (
                was.hypothesis.label,
                number(was.score) if was.paths else "does not connect",
                number(now.score) if now.paths else "does not connect",
                was.level.label if was.paths else "",
                now.level.label if now.paths else "",
            )
            for was, now in ((change.before, change.after) for change in changes)
        ],
        right=("score before",),
        title=title,
    )
