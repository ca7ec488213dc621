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
    """Print hypotheses with their anchor, weakest step and what is seen in people, in the order given."""
    print_table(
        (
            "",
            "hypothesis",
            "sign",
            "anchor: best tie to the end, in people",
            "weakest step",
            "in people",
            "opposed",
            "newest",
            "joint",
        ),
        [_hypothesis_row(r) for r in ranked],
        right=("in people", "opposed", "newest", "joint"),
    )


def _hypothesis_row(ranked: RankedHypothesis) -> tuple[str, ...]:
    standing = ranked.standing
    place = "" if ranked.place is None else str(ranked.place)
    if standing is None:
        return (place, ranked.hypothesis.label, "", "", "its claims do not connect", "", "", "", "")
    anchor, weakest = standing.anchor, standing.weakest
    return (
        place or "–",
        ranked.hypothesis.label,
        f"{ranked.polarity.mark} {ranked.polarity.word}",
        "none" if anchor is None else f"{anchor.level.label} {number(anchor.score)}: {anchor}",
        f"{weakest.read.level.label} {number(weakest.read.score)}: {weakest}",
        f"{standing.in_people:.0%}",
        str(len(standing.contradictions)),
        str(standing.newest or ""),
        number(ranked.joint_probability),
    )


def print_path(path: CausalPath, *, title: str) -> None:
    """Print one route step by step; the weakest step is marked."""
    from rlsgraph.model.things import Claim
    from rlsgraph.reasoning.causal_path import Inheritance, polarity_of

    rows: list[tuple[str, ...]] = []
    for step in path.steps:
        if isinstance(step, Claim):
            note = ", ".join(filter(None, ("◀ weakest" if step is path.weakest else "", flags(step))))
            numbers = (number(step.score), bar(step.score), interval(step.low, step.high))
            rows.append((step.polarity.mark, str(step), *numbers, step.level.label, for_and_against(step), note))
        elif isinstance(step, Inheritance):
            numbers = (number(step.probability), bar(step.probability), "")
            rows.append((polarity_of(step).mark, str(step), *numbers, "assumed", "", ""))
        else:
            rows.append((polarity_of(step).mark, str(step), "", "", "", "by definition", "", ""))
    print_table(("", "step", "score", "", "90% interval", "level", _EVIDENCE, "note"), rows, right=("score",), title=title)


def path_title(path: CausalPath, *, name: str) -> str:
    """Return a line with a path's name, sign, joint probability, interval, weakest step, evidence, and what is untested."""
    numbers = f"joint probability {number(path.joint_probability)} ({interval(path.low, path.high)})"
    parts = [f"weakest step {path.weakest.level.label}", f"evidence {evidence_in_words(path)}"]
    if path.untested:
        parts.append(f"{len(path.untested)} untested")
    if path.assumptions:
        parts.append(f"{len(path.assumptions)} assumed")
    return f"{name}  {path.polarity.mark} {path.polarity.word}  {numbers}  {', '.join(parts)}"


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
        ("hypothesis", "joint before", "after"),
        [
            (
                was.hypothesis.label,
                number(was.joint_probability) if was.paths else "does not connect",
                number(now.joint_probability) if now.paths else "does not connect",
            )
            for was, now in ((change.before, change.after) for change in changes)
        ],
        right=("joint before",),
        title=title,
    )
