"""Say which version this is; packaging reads it here."""

__version__ = "0.4.0"
DATA_DATE = "2026-11-30"


def describe(*, is_shipped: bool) -> str:
    """Return the version of the software and of its data, e.g. `0.4.0 (data 2026-11-30)`; other data have no date here."""
    return f"{__version__} ({f'data {DATA_DATE}' if is_shipped else 'other data than those shipped'})"
