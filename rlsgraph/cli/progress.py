"""Show how far long work has got, where there is a terminal to show it on."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def show_progress(what: str) -> Iterator[Callable[..., None] | None]:
    """Give a function that is told how much is done, of how much (0: unknown), and what, if not what it was before.

    None where there is no terminal.
    """
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


@contextmanager
def end_after(seconds: float | None) -> Iterator[None]:
    """End the process with one line and exit code 3 when the time is over: the query engine cannot be told to stop.

    For work that only reads, and has printed nothing yet. Without a number, there is no limit.
    """
    if seconds is None:
        yield
        return

    def end() -> None:
        message = f"Error: the query is not answered after {seconds:g} s; ask for less (LIMIT, one path), or give more time\n"
        os.write(2, message.encode())
        os._exit(3)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _Bar:
    """A progress bar that runs on its own until it is told how much there is to do."""

    def __init__(self, what: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._what, self._task = what, self._progress.add_task(what, total=None)
        self._progress.start()

    def update(self, done: int, total: int, what: str | None = None) -> None:
        if what is not None and what != self._what:
            self._progress.remove_task(self._task)
            self._what, self._task = what, self._progress.add_task(what, total=None)
        self._progress.update(self._task, completed=done, total=total or None)

    def stop(self) -> None:
        self._progress.stop()
