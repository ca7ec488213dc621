"""Say which version this is; packaging reads it here."""

__version__ = "0.3.0"
DATA_DATE = "2026-11-25"
