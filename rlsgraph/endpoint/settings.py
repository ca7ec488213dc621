"""Hold what a server is told at its start: where it listens, and the limits that keep it answering."""

from __future__ import annotations

import os
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


def default_workers() -> int:
    """Return how many workers suit this machine: one for each core, and two at least, so that one slow query blocks nobody."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        cores = os.cpu_count() or 2
    return max(2, cores)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where a server listens, and its limits."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    timeout: float = 30
    """Seconds that a query may run; also how long a request waits for a worker."""
    grace: float = 10
    """Seconds that running requests get to finish when the server is told to stop."""
    memory: int = 1024
    """MiB that a query may take beyond the graph (on Linux)."""
    cache: int = 64
    """MiB of answers that are kept for queries that come again; 0: none."""
    max_rows: int = 1_000_000
    max_bytes: int = 64 * MEBIBYTE
    max_query: int = 100_000
    """Characters of a query."""
    max_body: int = MEBIBYTE
    max_url: int = 65_536
    max_waiting: int = 256
    """Requests that wait for a worker."""
    allowed_hosts: tuple[str, ...] = ()
    """Names, beside those of this machine's loopback and `host`, that a request may call the server by; `*`: any."""
    cors: tuple[str, ...] = ()
    """Origins, e.g. `https://example.org`, whose pages may ask; `*`: any."""
