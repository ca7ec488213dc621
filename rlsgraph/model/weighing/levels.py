"""Name a score: its level, and why the claim has it."""

from __future__ import annotations

from rlsgraph.model.vocabulary import ConfidenceLevel
from rlsgraph.model.weighing.profile import Profile

LADDER = (ConfidenceLevel.ESTABLISHED, ConfidenceLevel.SUPPORTED, ConfidenceLevel.EMERGING)


def level_of(score: float, lines_for: int, lines_against: int, prior: float, profile: Profile) -> ConfidenceLevel:
    """Return the level of a score, given the independent lines for and against; one that lacks lines is the next lower."""
    if score < profile.doubtful_share * prior:
        is_refuted = score < profile.refuted_share * prior and lines_against >= profile.refuted_lines
        return ConfidenceLevel.REFUTED if is_refuted else ConfidenceLevel.DOUBTFUL
    for level in LADDER:
        rule = profile.levels[level]
        if score >= rule.score and lines_for >= rule.lines:
            return level
    return ConfidenceLevel.SPECULATIVE


def why_level(level: ConfidenceLevel, score: float, prior: float, profile: Profile) -> str:
    """Return why a claim has its level, in words."""
    if level is ConfidenceLevel.REFUTED:
        return f"the score is below {profile.refuted_share:g} × the prior, with {profile.refuted_lines} lines against or more"
    if level is ConfidenceLevel.DOUBTFUL:
        return f"the score is below {profile.doubtful_share:g} × the prior ({profile.doubtful_share * prior:.3f})"
    above = [rank for rank in LADDER if rank > level and score >= profile.levels[rank].score]
    if above:
        rule = profile.levels[above[-1]]
        return f"the score is at least {rule.score:g}, but fewer than {rule.lines} independent lines in people are for it"
    if level is ConfidenceLevel.SPECULATIVE:
        return f"the score is below {profile.levels[ConfidenceLevel.EMERGING].score:g}"
    rule = profile.levels[level]
    lines = f", with {rule.lines} independent lines in people or more" if rule.lines else ""
    return f"the score is at least {rule.score:g}{lines}"
