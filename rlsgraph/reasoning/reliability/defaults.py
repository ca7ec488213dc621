"""Say once what a search takes where it is told nothing else; imports nothing, so that the options of commands can show it."""

MAX_STEPS = 8
"""Steps that a path may have, unless a caller says otherwise; definitional links count."""

SAMPLES = 100_000
"""Worlds that are drawn where an answer cannot be exact."""

MIN_SCORE = 0.05
"""A joint probability below this is too weak to reproduce an observation."""

SEED = 7
"""Of the draws."""
