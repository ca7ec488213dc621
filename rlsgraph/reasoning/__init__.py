"""Reason over the causal graph."""
