"""Say why no causal path leads from one entity to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rlsgraph.model.shown import Shown


class AbsenceReason(StrEnum):
    """Name a reason why there is no path."""

    SAME_ENTITY = "start and end are the same entity"
    NO_CAUSAL_PATH = "no causal path"
    BEYOND_MAX_STEPS = "only beyond max_steps"
    ONLY_ASSOCIATIONS = "only by associations"
    ONLY_DEFINITIONS = "only by definition"


@dataclass(frozen=True, slots=True)
class Absence(Shown):
    """Why there is no path; `steps` is the least number of steps that would lead there, where some would."""

    reason: AbsenceReason
    steps: int | None = None

    @property
    def is_by_definition(self) -> bool:
        """Whether the one leads to the other without any claim."""
        return self.reason is AbsenceReason.ONLY_DEFINITIONS

    def __str__(self) -> str:
        return {
            AbsenceReason.SAME_ENTITY: "start and end are the same entity",
            AbsenceReason.NO_CAUSAL_PATH: "nothing in the graph leads from the one to the other",
            AbsenceReason.BEYOND_MAX_STEPS: f"the shortest path has {self.steps} steps, so allow more (max_steps)",
            AbsenceReason.ONLY_ASSOCIATIONS: "only associations bridge the two, and they are never walked as causes",
            AbsenceReason.ONLY_DEFINITIONS: "the one leads to the other by definition, whatever the claims say",
        }[self.reason]
