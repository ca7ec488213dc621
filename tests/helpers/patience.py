"""Wait for things to happen, however busy the machine is: no test passes or fails by the clock.

What must happen is waited for, `PATIENCE` seconds at most, which is only there so that a broken program does not hold up the
tests for ever. What must not happen is followed by something that does, and looked for then.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

PATIENCE = 300.0
"""Seconds: far longer than anything here takes on a machine that is twenty times as busy as it should be."""


def until(condition: Callable[[], object]) -> None:
    """Wait until something is so, and fail where it never is."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "what was waited for never came"
        time.sleep(0.02)


def run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: while the browser of the session is open, this one has a running event loop."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()
