"""Keep worker processes, share queries among them, and end the one whose query takes too long.

A worker is sent several queries at once, so that it need not wait for the server between two. Where one of them turns out
to be slow, those behind it are taken back and given to others.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

from rlsgraph.endpoint.workers.frames import FORGOTTEN, READY, Reply
from rlsgraph.endpoint.workers.jobs import Job, Line, QueryTimeoutError, UnavailableError, WorkerDiedError
from rlsgraph.endpoint.workers.process import WorkerProcess
from rlsgraph.errors import RlsGraphError

_DEPTH = 1 if sys.platform == "win32" else 8
"""How many queries a worker is sent at once: with 8, two cores answer nearly twice as many short queries as with 1
(benchmarks/endpoint.py)."""

_SLOW_SECONDS = 0.1
"""A query that runs longer is slow: nothing waits behind it."""

_ABANDONED_SECONDS = 1.0
_RESPAWN_SECONDS = 1.0


class WorkerStartError(RlsGraphError):
    """Say why a worker cannot start."""


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
        self._lines: dict[WorkerProcess, Line] = {}
        self._spares: list[WorkerProcess] = []
        self._waiting: deque[Job] = deque()
        self._processes: set[WorkerProcess] = set()  # all that run, ready or not
        self._starts: set[asyncio.Task[None]] = set()
        self._started: asyncio.Future[None] = self._loop.create_future()
        self._is_stopping = False

    @property
    def alive(self) -> int:
        """How many workers serve."""
        return len(self._lines)

    @property
    def busy(self) -> int:
        """How many workers have a query."""
        return sum(bool(line.jobs) for line in self._lines.values())

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return len(self._waiting)

    # --- queries --------------------------------------------------------------------------------------------------------

    def submit(self, frame: bytes) -> Job:
        """Give a request to a worker, now or when one has place; raise `UnavailableError` where too many wait."""
        if self._is_stopping:
            raise UnavailableError("the server is stopping")
        job = Job(frame, self._loop.create_future())
        line = None if self._waiting else self._shortest_line()
        if line is not None:
            self._enqueue(line, job)
        elif len(self._waiting) < self._max_waiting:
            self._waiting.append(job)
            self._limit_wait(job)
        else:
            raise self._full()
        return job

    def end(self, job: Job, reason: Exception) -> None:
        """End a job before its time: take it out of the queue, or end the worker that runs it."""
        if job.reply.done():
            return
        job.settle(reason)
        if job.line is None:
            self._waiting.remove(job)
        elif isinstance(reason, QueryTimeoutError):
            self._retire(job.line, reason)
        elif job.line.is_slow and job.line.jobs[0] is job:
            self._retire_soon(job.line)

    def refuse_all(self) -> None:
        """Tell everybody who waits for a reply that there will be none, and take no more requests."""
        self._is_stopping = True
        for job in [*self._waiting, *(job for line in self._lines.values() for job in line.jobs)]:
            if job is not None:
                job.settle(UnavailableError("the server is stopping"))
        self._waiting.clear()

    def _shortest_line(self) -> Line | None:
        """Return the line where a query waits least; none where all are full, or stand behind slow queries."""
        best, length = None, _DEPTH
        for line in self._lines.values():
            if len(line.jobs) < length and not line.is_slow:
                best, length = line, len(line.jobs)
        return best

    def _full(self) -> UnavailableError:
        return UnavailableError(f"{self._max_waiting:,} requests wait for a worker already; ask again in a moment")

    def _limit_wait(self, job: Job) -> None:
        too_long = UnavailableError(f"all workers were busy for {self._timeout:g} s; ask again in a moment")
        job.timer = self._loop.call_later(self._timeout, self.end, job, too_long)

    def _enqueue(self, line: Line, job: Job) -> None:
        line.add(job)
        if len(line.jobs) == 1:
            self._watch(line)

    def _dispatch(self) -> None:
        """Give those who wait the places that there are."""
        while self._waiting and (line := self._shortest_line()) is not None:
            self._enqueue(line, self._waiting.popleft())

    def _requeue(self, jobs: Iterable[Job]) -> None:
        """Put jobs that had a place, and that somebody waits for, in front of those that have none."""
        for job in reversed([job for job in jobs if not job.reply.done()]):
            job.line = None
            self._waiting.appendleft(job)
            self._limit_wait(job)
        self._dispatch()
        while len(self._waiting) > self._max_waiting:
            self._waiting.pop().settle(self._full())

    def _watch(self, line: Line) -> None:
        line.stop_timer()
        line.timer = self._loop.call_later(min(_SLOW_SECONDS, self._timeout), self._on_slow, line)

    def _on_slow(self, line: Line) -> None:
        """Let nothing wait behind a slow query; end one that nobody waits for."""
        job = line.jobs[0]
        line.is_slow = True
        if job is None or job.reply.done():
            self._retire_soon(line)
        else:
            line.timer = self._loop.call_later(self._timeout - _SLOW_SECONDS, self.end, job, QueryTimeoutError())
        self._requeue(line.withdraw())

    def _retire_soon(self, line: Line) -> None:
        """End a worker over a query that nobody waits for, unless it is done in a moment."""
        line.stop_timer()
        line.timer = self._loop.call_later(_ABANDONED_SECONDS, self._retire, line, "nobody waits for the answer")

    # --- workers --------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start all workers and wait until they are ready; raise `WorkerStartError` where one cannot be."""
        for _ in range(self._size + 1):
            self._spawn()
        await self._started

    async def stop(self) -> None:
        """End all workers."""
        self.refuse_all()
        await asyncio.gather(*self._starts, return_exceptions=True)
        for worker in list(self._processes):
            worker.kill()
        await asyncio.gather(*(worker.ended.wait() for worker in list(self._processes)))

    def _spawn(self) -> None:
        if self._is_stopping:
            return
        task = self._loop.create_task(self._start_worker())
        self._starts.add(task)
        task.add_done_callback(self._starts.discard)

    async def _start_worker(self) -> None:
        try:
            worker = await WorkerProcess.start(
                self._command, environment=self._environment, on_reply=self._on_reply, on_exit=self._on_exit
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

    def _on_ready(self, worker: WorkerProcess) -> None:
        """Let a ready worker serve where one is missing, else stand by."""
        if len(self._lines) < self._size:
            self._lines[worker] = Line(worker)
            self._dispatch()
            return
        self._spares.append(worker)
        if not self._started.done():
            self._started.set_result(None)

    def _on_reply(self, worker: WorkerProcess, reply: Reply) -> None:
        if reply.kind == READY:
            self._on_ready(worker)
            return
        line = self._lines.get(worker)
        if line is None:
            return  # it has been given up
        line.stop_timer()
        line.is_slow = False
        ended = [line.jobs.popleft() for _ in range(reply.rows if reply.kind == FORGOTTEN else 1)]
        if line.jobs:
            self._watch(line)
        if reply.kind == FORGOTTEN:
            self._requeue(job for job in ended if job is not None)  # the first, which had not been begun either
        elif ended[0] is not None:
            ended[0].settle(reply)
        if self._waiting:
            self._dispatch()

    def _retire(self, line: Line, reason: object) -> None:
        """End a worker, and let others do what it has not begun."""
        self._report(event="worker ended", reason=str(reason) or type(reason).__name__, pid=line.worker.pid)
        line.worker.kill()
        self._replace(line)

    def _replace(self, line: Line) -> None:
        """Let the spare worker take the place of one that ends, and start another spare one."""
        line.stop_timer()
        del self._lines[line.worker]
        if self._spares:
            worker = self._spares.pop()
            self._lines[worker] = Line(worker)
        self._requeue(job for job in list(line.jobs)[1:] if job is not None)
        self._spawn()

    def _on_exit(self, worker: WorkerProcess) -> None:
        """Take note that a process is gone, as it should be or by itself."""
        self._processes.discard(worker)
        if self._is_stopping or worker.was_killed:
            return
        reason = f"{worker.describe_end()} {worker.error_output}".strip()
        line = self._lines.get(worker)
        if line is None and worker not in self._spares:
            self._fail_to_start(reason)
            return
        self._report(event="worker died", reason=reason, pid=worker.pid)
        if line is None:
            self._spares.remove(worker)
            self._spawn()
            return
        if line.jobs and line.jobs[0] is not None:
            line.jobs[0].settle(WorkerDiedError(worker.describe_end()))
        self._replace(line)
