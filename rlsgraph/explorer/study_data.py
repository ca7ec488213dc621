"""Tell the page by what rule the next study of a claim is named, so that it can name it anew under a change (`standing.js`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rlsgraph.explorer.words import in_words
from rlsgraph.model.vocabulary import StudyDesign
from rlsgraph.reasoning.next_study import INHERITED, INTERVENING, OBSERVING, TESTING, TESTING_INHERITED, NextReason

if TYPE_CHECKING:
    from rlsgraph.model.weighing.profile import Profile


def rules(profile: Profile) -> dict[str, Any]:
    """Return the designs, sizes, reasons and kinds of entities that the rule tells apart, by the words that the page has."""
    return {
        "studies": [design.label for design in StudyDesign if design.is_study],
        "intervening": [design.label for design in INTERVENING],
        "inherited": [in_words(category) for category in INHERITED],
        "observing": OBSERVING.label,
        "testing": TESTING.label,
        "testing_inherited": TESTING_INHERITED.label,
        "sizes": {design.label: size for design, size in profile.next_sizes.items()},
        "reasons": {reason.name: reason.value for reason in NextReason},
    }
