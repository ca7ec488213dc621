"""Keep worker processes, give each one query at a time, and end the one whose query takes too long."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rlsgraph.endpoint.frames import READY, Reply
from rlsgraph.endpoint.process import WorkerProcess
from rlsgraph.errors import RlsGraphError

_RESPAWN_SECONDS = 1.0


class WorkerStartError(RlsGraphError):
    """Say why a worker cannot start."""


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
    """A request on its way through the pool; `reply` becomes the worker's reply, or one of the errors above."""

    frame: bytes
    reply: asyncio.Future[Reply]
    worker: WorkerProcess | None = None
    timer: asyncio.TimerHandle | None = None

    def settle(self, outcome: Reply | Exception) -> None:
        """Stop the clock and end the wait, unless it has ended."""
        if self.timer is not None:
            self.timer.cancel()
        if self.reply.done():
            return
        if isinstance(outcome, Exception):
            self.reply.set_exception(outcome)
        else:
            self.reply.set_result(outcome)


class Pool:
    """`size` workers, and a spare one that stands ready, so that to replace a worker costs no wait."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        size: int,
        timeout: float,
        max_waiting: int,
        report: Callable[..., None],
    ) -> None:
        self._command, self._environment = command, environment
        self._size, self._timeout, self._max_waiting, self._report = size, timeout, max_waiting, report
        self._loop = asyncio.get_running_loop()
        self._processes: set[WorkerProcess] = set()  # all that run, ready or not
        self._serving: dict[WorkerProcess, Job | None] = {}
        self._idle: list[WorkerProcess] = []
        self._spares: list[WorkerProcess] = []
        self._waiting: deque[Job] = deque()
        self._starts: set[asyncio.Task[None]] = set()
        self._started: asyncio.Future[None] = self._loop.create_future()
        self._is_stopping = False

    @property
    def alive(self) -> int:
        """How many workers serve."""
        return len(self._serving)

    @property
    def busy(self) -> int:
        """How many workers have a query."""
        return len(self._serving) - len(self._idle)

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return len(self._waiting)

    async def start(self) -> None:
        """Start all workers and wait until they are ready; raise `WorkerStartError` where one cannot be."""
        for _ in range(self._size + 1):
            self._spawn()
        await self._started

    def refuse_all(self) -> None:
        """Tell everybody who waits for a reply that there will be none, and take no more requests."""
        self._is_stopping = True
        for job in [*self._waiting, *filter(None, self._serving.values())]:
            job.settle(UnavailableError("the server is stopping"))
        self._waiting.clear()

    async def stop(self) -> None:
        """End all workers."""
        self.refuse_all()
        await asyncio.gather(*self._starts, return_exceptions=True)
        for worker in list(self._processes):
            worker.kill()
        await asyncio.gather(*(worker.ended.wait() for worker in list(self._processes)))

    def submit(self, frame: bytes) -> Job:
        """Give a request to a worker, now or when one is free; raise `UnavailableError` where too many wait."""
        if self._is_stopping:
            raise UnavailableError("the server is stopping")
        job = Job(frame, self._loop.create_future())
        if self._idle:
            self._begin(self._idle.pop(), job)
        elif len(self._waiting) >= self._max_waiting:
            raise UnavailableError(f"{self._max_waiting:,} requests wait for a worker already; ask again in a moment")
        else:
            self._waiting.append(job)
            too_long = UnavailableError(f"all workers were busy for {self._timeout:g} s; ask again in a moment")
            job.timer = self._loop.call_later(self._timeout, self.end, job, too_long)
        return job

    def end(self, job: Job, reason: Exception) -> None:
        """End a job before its time: take it out of the queue, or end the worker that runs it."""
        if job.reply.done():
            return
        job.settle(reason)
        if job.worker is None:
            self._waiting.remove(job)
        else:
            self._report(event="worker ended", reason=type(reason).__name__, pid=job.worker.pid)
            job.worker.kill()
            self._replace(job.worker)

    def _begin(self, worker: WorkerProcess, job: Job) -> None:
        if job.timer is not None:
            job.timer.cancel()
        job.worker, self._serving[worker] = worker, job
        job.timer = self._loop.call_later(self._timeout, self.end, job, QueryTimeoutError())
        worker.send(job.frame)

    def _serve_next(self, worker: WorkerProcess) -> None:
        """Give a free worker the request that has waited longest."""
        self._serving[worker] = None
        if self._waiting:
            self._begin(worker, self._waiting.popleft())
        else:
            self._idle.append(worker)

    def _enlist(self, worker: WorkerProcess) -> None:
        """Let a ready worker serve where one is missing, else stand by."""
        if len(self._serving) < self._size:
            self._serve_next(worker)
        else:
            self._spares.append(worker)
        if self._spares and not self._started.done():
            self._started.set_result(None)

    def _replace(self, worker: WorkerProcess) -> None:
        """Let the spare worker take the place of one that ends, and start another spare one."""
        if worker in self._idle:
            self._idle.remove(worker)
        if worker in self._spares:
            self._spares.remove(worker)
        self._serving.pop(worker, None)
        if self._spares and len(self._serving) < self._size:
            self._serve_next(self._spares.pop())
        self._spawn()

    # --- processes ------------------------------------------------------------------------------------------------------

    def _spawn(self) -> None:
        if self._is_stopping:
            return
        task = self._loop.create_task(self._start_worker())
        self._starts.add(task)
        task.add_done_callback(self._starts.discard)

    async def _start_worker(self) -> None:
        try:
            worker = await WorkerProcess.start(
                self._command, environment=self._environment, on_reply=self._hear, on_end=self._bury
            )
        except OSError as error:
            self._fail_to_start(str(error))
        else:
            self._processes.add(worker)

    def _fail_to_start(self, reason: str) -> None:
        """Report it; what fails at first ends the server, what fails later is tried again."""
        if not self._started.done():
            self._started.set_exception(WorkerStartError(f"a worker cannot start: {reason}"))
            return
        self._report(event="worker cannot start", reason=reason)
        self._loop.call_later(_RESPAWN_SECONDS, self._spawn)

    def _hear(self, worker: WorkerProcess, reply: Reply) -> None:
        if reply.kind == READY:
            self._enlist(worker)
            return
        job = self._serving.get(worker)
        if job is not None and not job.reply.done():
            job.settle(reply)
            self._serve_next(worker)

    def _bury(self, worker: WorkerProcess) -> None:
        """Take note that a process is gone, as it should or by itself."""
        self._processes.discard(worker)
        if self._is_stopping or worker.was_killed:
            return
        reason = f"{worker.describe_end()} {worker.last_words}".strip()
        if worker not in self._serving and worker not in self._spares:
            self._fail_to_start(reason)
            return
        self._report(event="worker died", reason=reason, pid=worker.pid)
        job = self._serving.get(worker)
        if job is not None:
            job.settle(WorkerDiedError(reason))
        self._replace(worker)
