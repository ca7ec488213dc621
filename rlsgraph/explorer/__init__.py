"""Make the interactive page: one HTML file that opens from disk with no network."""

from __future__ import annotations

from rlsgraph.explorer.page import render_page

__all__ = ["render_page"]
