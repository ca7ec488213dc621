"""Follow a query on its way through the pool: waiting, or in the line of a worker."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from rlsgraph.endpoint.workers.frames import FORGET, Reply
from rlsgraph.endpoint.workers.process import WorkerProcess


class QueryTimeoutError(Exception):
    """Say that a query ran longer than it may."""


class UnavailableError(Exception):
    """Say why no worker takes a query now."""


class WorkerDiedError(Exception):
    """Say that a worker ended over a query: as a rule because it took too much memory."""


class AbandonedError(Exception):
    """Say that nobody waits for the answer any more."""


@dataclass(slots=True, eq=False)
class Job:
    """A query; `reply` becomes the worker's reply, or one of the errors above."""

    frame: bytes
    reply: asyncio.Future[Reply]
    line: Line | None = None
    """Where it stands; none while it waits for a place."""
    timer: asyncio.TimerHandle | None = None
    """Ends the wait for a place."""

    def settle(self, outcome: Reply | Exception) -> None:
        """End the wait for a reply, unless it has ended."""
        self.stop_timer()
        if self.reply.done():
            return
        if isinstance(outcome, Exception):
            self.reply.set_exception(outcome)
        else:
            self.reply.set_result(outcome)

    def stop_timer(self) -> None:
        """Stop the clock."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


@dataclass(slots=True, eq=False)
class Line:
    """A worker and what it was sent: it runs the first, the others follow at once; None stands for one taken back."""

    worker: WorkerProcess
    jobs: deque[Job | None] = field(default_factory=deque)
    timer: asyncio.TimerHandle | None = None
    """Watches the first."""
    is_slow: bool = False

    def add(self, job: Job) -> None:
        """Send a job to the worker."""
        job.stop_timer()
        job.line = self
        self.jobs.append(job)
        self.worker.send(job.frame)

    def withdraw(self) -> list[Job]:
        """Take back those that the worker has not begun, and return them."""
        followers = [job for job in list(self.jobs)[1:] if job is not None]
        if followers:
            self.jobs = deque([self.jobs[0], *(None for _ in range(len(self.jobs) - 1))])
            self.worker.send(FORGET)
        return followers

    def stop_timer(self) -> None:
        """Stop the clock."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
