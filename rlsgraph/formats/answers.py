"""Write the answers of the reasoning as tables of rows: paths, support, gaps, contradictions, comparisons, verdicts, findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rlsgraph.formats.tables import Row, Table, table_of
from rlsgraph.model.things import Claim, Hypothesis
from rlsgraph.model.vocabulary import Direction

if TYPE_CHECKING:
    from rlsgraph.reasoning.agenda import Agenda
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.checkup import Finding, RetractionSweep
    from rlsgraph.reasoning.claim_support import Support
    from rlsgraph.reasoning.comparison import ClaimChange, HypothesisChange, Movement, RivalComparison
    from rlsgraph.reasoning.contradictions import Contradiction
    from rlsgraph.reasoning.expectations import Verdict
    from rlsgraph.reasoning.hypotheses import NamedRoute, RankedHypothesis
    from rlsgraph.reasoning.standing import Standing

_EVIDENCE = ("supports", "disputes", "inconclusive")
_NUMBERS = ("score", "low", "high", "level")
_JOINT = ("joint_probability", "low", "high")
_PATH = (
    "place", "hypothesis", "start", "end", "polarity", *_JOINT, "weakest", "weakest_level", "untested_steps", "assumptions",
    *_EVIDENCE, "claims", "steps", "statement",
)  # fmt: skip


def paths_table(paths: Iterable[CausalPath], named: Iterable[NamedRoute] = ()) -> Table:
    """Return paths by place; then the hypotheses' routes that are not among them, by their rank where that is known."""
    kept, routes = list(paths), {route.path.key: route for route in named}
    rows = [_path_row(path, place, _hypothesis_of(routes, path)) for place, path in enumerate(kept, 1)]
    shown = {path.key for path in kept}
    rows += [_path_row(route.path, route.rank, route.hypothesis) for key, route in routes.items() if key not in shown]
    return table_of("CausalPath", _PATH, rows)


def _hypothesis_of(routes: dict[tuple[str, ...], NamedRoute], path: CausalPath) -> Hypothesis | None:
    return routes[path.key].hypothesis if path.key in routes else None


def _path_row(path: CausalPath, place: int | None, hypothesis: Hypothesis | None) -> Row:
    return {
        "place": place,
        "hypothesis": hypothesis,
        "start": path.entities[0],
        "end": path.entities[-1],
        "polarity": path.polarity,
        "joint_probability": path.joint_probability,
        "low": path.low,
        "high": path.high,
        "weakest": path.weakest,
        "weakest_level": path.weakest.level,
        "untested_steps": len(path.untested),
        "assumptions": len(path.assumptions),
        **_counts(path),
        "claims": path.claims,
        "steps": path.ties,
        "statement": path.route,
    }


def _numbers(claim: Claim) -> dict[str, Any]:
    return {"score": claim.score, "low": claim.low, "high": claim.high, "level": claim.level}


def _counts(weighed: Claim | CausalPath) -> dict[str, int]:
    return {name: weighed.count(direction) for name, direction in zip(_EVIDENCE, Direction, strict=True)}


_STANDING = ("anchor", "anchor_level", "weakest_read", "in_people", "contradictions", "newest")
"""Beside these, `weakest_level` is then that of the weakest step as it is read."""


def hypotheses_table(ranked: Iterable[RankedHypothesis]) -> Table:
    """Return each hypothesis with its standing and its best route; one whose claims do not connect has a name alone."""
    rows = [
        {**_path_row(r.best, r.place, r.hypothesis), **_standing(r.standing)}
        if r.standing is not None
        else {"place": r.place, "hypothesis": r.hypothesis}
        for r in ranked
    ]
    return table_of("CausalPath", (*_PATH, *_STANDING), rows)


def _standing(standing: Standing) -> Row:
    return {
        "anchor": standing.anchor,
        "anchor_level": None if standing.anchor is None else standing.anchor.level,
        "weakest_read": standing.weakest.read,
        "weakest_level": standing.weakest.read.level,
        "in_people": standing.in_people,
        "contradictions": len(standing.contradictions),
        "newest": standing.newest,
    }


def support_table(support: Support) -> Table:
    """Return a row a part: overall, raising, lowering, direction open."""
    columns = (
        "start", "end", "max_steps", "tested_only", "part", "probability", "low", "high", "floor", "evidence_factor", "verdict",
        "verdict_reason", "method", "samples", "standard_error", "seed",
    )  # fmt: skip
    judgement = support.judgement
    rows = [
        {
            "start": support.start,
            "end": support.end,
            "max_steps": support.max_steps,
            "tested_only": support.tested_only,
            "part": part.part,
            "probability": part.value,
            "low": part.low,
            "high": part.high,
            "floor": part.floor,
            "evidence_factor": part.evidence_factor,
            "verdict": judgement.verdict,
            "verdict_reason": judgement.reason,
            "method": part.estimate.method,
            "samples": part.estimate.samples,
            "standard_error": part.estimate.standard_error,
            "seed": part.estimate.seed,
        }
        for part in support
    ]
    return table_of("Support", columns, rows)


def gaps_table(agenda: Agenda) -> Table:
    """Return a row a claim, the most worthwhile to study first."""
    columns = (
        "place", "claim", "statement", "worth", "importance", "expected_fall", "share", "tested_fall", "chance",
        "score_if_positive", "score_if_null", "if_positive", "if_null", *_NUMBERS, *_EVIDENCE, "next_design", "next_size",
        "next_reason", "start", "end", "part", "max_steps", "method", "standard_error",
    )  # fmt: skip
    rows = [
        {
            "place": place,
            "claim": gap.claim,
            "statement": str(gap.claim),
            "worth": gap.worth,
            "importance": gap.gap.importance,
            "expected_fall": gap.gap.expected_fall,
            "share": gap.share,
            "tested_fall": gap.tested_fall,
            "chance": gap.gap.chance,
            "score_if_positive": gap.score_if_positive,
            "score_if_null": gap.score_if_null,
            "if_positive": gap.gap.if_positive,
            "if_null": gap.gap.if_null,
            **_numbers(gap.claim),
            **_counts(gap.claim),
            "next_design": gap.next_study.design,
            "next_size": gap.next_study.size,
            "next_reason": gap.next_study.reason,
            "start": agenda.start,
            "end": agenda.end,
            "part": agenda.part,
            "max_steps": agenda.max_steps,
            "method": agenda.estimate.method,
            "standard_error": agenda.estimate.standard_error,
        }
        for place, gap in enumerate(agenda.gaps, 1)
    ]
    return table_of("ResearchGap", columns, rows)


def contradictions_table(contradictions: Iterable[Contradiction]) -> Table:
    """Return a row a contradiction: `claims` raise, and `opposed` lower; a contested claim stands alone."""
    columns = ("kind", "start", "end", "strength", "claims", "opposed", "statement")
    rows = [
        {
            "kind": c.kind,
            "start": c.start,
            "end": c.end,
            "strength": c.strength,
            "claims": c.paths[0].claims if c.paths else c.claims[:1],
            "opposed": (c.paths[1].claims if c.paths else c.claims[1:]) or None,
            "statement": str(c),
        }
        for c in contradictions
    ]
    return table_of("Contradiction", columns, rows)


def verdicts_table(verdicts: Iterable[Verdict]) -> Table:
    """Return a row an expectation, with the path that decided."""
    columns = (
        "expectation", "statement", "outcome", "recorded", "turned", "polarity", "score", "right_if_shuffled", "assumptions",
        "claims", "detail",
    )  # fmt: skip
    rows = [
        {
            "expectation": v.expectation,
            "statement": str(v.expectation),
            "outcome": v.outcome,
            "recorded": v.expectation.recorded,
            "turned": v.has_turned,
            "polarity": v.path.polarity if v.path else None,
            "score": v.path.joint_probability if v.path else None,
            "right_if_shuffled": v.shuffled,
            "assumptions": len(v.path.assumptions) if v.path else None,
            "claims": v.path.claims if v.path else None,
            "detail": v.path.says if v.path else None,
        }
        for v in verdicts
    ]
    return table_of("Verdict", columns, rows)


def findings_table(findings: Iterable[Finding]) -> Table:
    """Return a row a weak place."""
    rows = [{"kind": f.kind, "about": f.thing, "statement": f.label, "detail": f.detail} for f in findings]
    return table_of("Finding", ("kind", "about", "statement", "detail"), rows)


_CHANGE = (
    "kind", "part", "about", "claims", "statement", "before", "after", "low_before", "high_before", "low_after", "high_after",
    "level_before", "level_after", "place_before", "place_after", "method",
)  # fmt: skip


def movement_table(movement: Movement) -> Table:
    """Return a row for each part of the support, and for each path, claim and hypothesis that moved."""
    rows: list[Row] = [
        {
            "kind": "support",
            "part": was.part,
            "before": was.value,
            "after": now.value,
            "low_before": was.low,
            "high_before": was.high,
            "low_after": now.low,
            "high_after": now.high,
            "method": now.estimate.method,
        }
        for was, now in zip(movement.before, movement.after, strict=True)
    ]
    rows += [
        {
            "kind": "path",
            "claims": change.path.claims,
            "statement": change.path.route,
            "before": change.before.path.joint_probability if change.before else None,
            "after": change.after.path.joint_probability if change.after else None,
            "place_before": change.before.rank if change.before else None,
            "place_after": change.after.rank if change.after else None,
        }
        for change in movement.paths
    ]
    return table_of("Change", _CHANGE, [*rows, *_changes(movement.claims, movement.hypotheses)])


def sweep_table(sweep: RetractionSweep) -> Table:
    """Return a row for each source that is hit, then for each claim and hypothesis that moves without them."""
    hits: list[Row] = [{"kind": f.kind, "about": f.thing, "statement": f.detail} for f in sweep.hits]
    return table_of("Change", _CHANGE, [*hits, *_changes(sweep.claims, sweep.hypotheses)])


def _changes(claims: Iterable[ClaimChange], hypotheses: Iterable[HypothesisChange]) -> list[Row]:
    """Return a row for each claim and hypothesis that moved; what was not, or is no more, has no number there.

    The numbers of a hypothesis are joint probabilities, which have no level.
    """
    rows: list[Row] = [
        {
            "kind": "claim",
            "about": change.claim,
            "statement": str(change.claim),
            "before": change.before.score if change.before else None,
            "after": change.after.score if change.after else None,
            "level_before": change.before.level if change.before else None,
            "level_after": change.after.level if change.after else None,
        }
        for change in claims
    ]
    rows += [
        {
            "kind": "hypothesis",
            "about": was.hypothesis,
            "statement": was.hypothesis.label,
            "before": was.joint_probability if was.paths else None,
            "after": now.joint_probability if now.paths else None,
        }
        for was, now in ((change.before, change.after) for change in hypotheses)
    ]
    return rows


def rivals_table(comparison: RivalComparison) -> Table:
    """Return a row for each claim by where it stands, then for each evidence item that tells the two apart."""
    one, other = comparison.one.hypothesis, comparison.other.hypothesis
    groups: list[tuple[str, Hypothesis | None, tuple[Claim, ...]]] = [
        ("shared claim", None, comparison.shared),
        ("claim of one", one, comparison.only_one),
        ("claim of one", other, comparison.only_other),
    ]
    rows: list[Row] = [
        {"kind": kind, "hypothesis": holder, "claim": claim, "statement": str(claim), **_numbers(claim)}
        for kind, holder, claims in groups
        for claim in claims
    ]
    rows += [{"kind": "opposed claims", "claims": pair, "statement": " / ".join(map(str, pair))} for pair in comparison.opposed]
    rows += [
        {
            "kind": "discriminating evidence",
            "evidence": found.influence.evidence,
            "claim": found.influence.claim,
            "via": found.influence.via,
            "shift": found.shift,
            "favours": one if found.shift > 0 else other,
            "statement": found.influence.evidence.finding,
        }
        for found in comparison.discriminating
    ]
    columns = ("kind", "hypothesis", "claim", "claims", *_NUMBERS, "evidence", "via", "shift", "favours", "statement")
    return table_of("Difference", columns, rows)
