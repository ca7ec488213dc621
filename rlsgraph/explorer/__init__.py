"""Make the interactive page (one HTML file that opens from disk with no network) and still figures of its views."""

FIGURE_FORMATS = ("svg", "png", "pdf")
"""What a still figure can be written as."""
