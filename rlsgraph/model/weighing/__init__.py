"""The arithmetic of confidence: from what a study found to the probability that a claim holds (docs/confidence.md)."""
