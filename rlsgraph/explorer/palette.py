"""Hold the colours of the page on white, for what is drawn without its style sheet."""

from __future__ import annotations

from rlsgraph.model.vocabulary import Polarity

INK, SOFT, BOX_LINE, WHITE = "#1c2125", "#545d64", "#9aa1a6", "#ffffff"
TONES = {Polarity.RAISES: "#d55e00", Polarity.LOWERS: "#0072b2", Polarity.UNKNOWN: "#6b7278"}
NO_GROUP = "#eceeef"
GROUPS = {
    "gut": "#dcefd2", "iron": "#f3ddd6", "neurotransmitter": "#e3def5", "inflammation": "#f9dfe3", "brain": "#d9e6f7",
    "genetics": "#d5efec", "intervention": "#f8efc9", "exposure": "#ece4d6", "comorbidity": "#e6e6e6", "outcome": "#dff0f8",
    "symptom": "#f4e0f1", "metabolism": "#eaf0cc", "circadian": "#dcdff0", "biomarker": "#d6f0df",
}  # fmt: skip
"""The light colours of explorer.css; a test holds the two together."""
