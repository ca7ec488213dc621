"""Show how far long work has got, where there is a terminal to show it on."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE_SECONDS = 0.5
"""Work that ends sooner shows no bar."""


@contextmanager
def show_progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that is told how much is done, and of how much (0: unknown); None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(what)
    try:
        yield bar.update
    finally:
        bar.stop()


@contextmanager
def show_waiting(what: str) -> Iterator[None]:
    """Show that something goes on, where standard error is a terminal and there is something to say."""
    if not what or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextmanager
def stop_at_once() -> Iterator[None]:
    """Let Ctrl-C end the process at once: the query engine would notice it only when the query is done.

    For work that only reads; the exit status is that of a process ended by the signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


class _Bar:
    """A progress bar that appears when the work has lasted a while."""

    def __init__(self, what: str) -> None:
        self._what, self._begin = what, time.monotonic()
        self._shown: tuple[Progress, TaskID] | None = None

    def update(self, done: int, total: int) -> None:
        if self._shown is None:
            if time.monotonic() - self._begin < PATIENCE_SECONDS:
                return
            from rich.console import Console
            from rich.progress import MofNCompleteColumn, Progress

            progress = Progress(
                *Progress.get_default_columns(), MofNCompleteColumn(), console=Console(stderr=True), transient=True
            )
            self._shown = (progress, progress.add_task(self._what, total=total or None))
            progress.start()
        progress, task = self._shown
        progress.update(task, completed=done)

    def stop(self) -> None:
        if self._shown is not None:
            self._shown[0].stop()
