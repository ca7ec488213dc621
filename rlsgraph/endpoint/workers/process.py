"""Run one worker process: send it requests, receive its replies, notice its end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from rlsgraph.endpoint.workers.frames import Reply, ReplyReader

_ERROR_OUTPUT_BYTES = 4000


class WorkerProcess(asyncio.SubprocessProtocol):
    """A child process at the other end of two pipes; what it writes to standard error is kept for messages."""

    def __init__(self, *, on_reply: Callable[[WorkerProcess, Reply], None], on_exit: Callable[[WorkerProcess], None]) -> None:
        self._on_reply, self._on_exit = on_reply, on_exit
        self._reader = ReplyReader()
        self._frames: list[bytes] = []
        self._written = b""
        self._process: asyncio.SubprocessTransport | None = None
        self._input: asyncio.WriteTransport | None = None
        self.was_killed = False
        self.ended = asyncio.Event()

    @classmethod
    async def start(
        cls,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        on_reply: Callable[[WorkerProcess, Reply], None],
        on_exit: Callable[[WorkerProcess], None],
    ) -> WorkerProcess:
        """Start a process; `on_reply` is called with each reply, `on_exit` when it has ended."""
        _, worker = await asyncio.get_running_loop().subprocess_exec(
            lambda: cls(on_reply=on_reply, on_exit=on_exit), *command, env=dict(environment)
        )
        return worker

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.get_pid() if self._process else None

    @property
    def error_output(self) -> str:
        """What the process wrote to standard error, at its end."""
        return self._written.decode(errors="replace").strip()

    def describe_end(self) -> str:
        """Return how the process ended, e.g. `ended by SIGKILL`."""
        status = self._process.get_returncode() if self._process else None
        if status is not None and status < 0:
            return f"ended by {signal.Signals(-status).name}"
        return f"ended with status {status}"

    def send(self, frame: bytes) -> None:
        """Send a request, together with the others of this turn of the event loop."""
        if not self._frames:
            asyncio.get_running_loop().call_soon(self._flush)
        self._frames.append(frame)

    def _flush(self) -> None:
        if self._input is not None:
            self._input.write(b"".join(self._frames))
        self._frames.clear()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self.was_killed = True
        if self._process is not None and self._process.get_returncode() is None:
            self._process.kill()

    # --- asyncio.SubprocessProtocol -------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._process = cast("asyncio.SubprocessTransport", transport)
        self._input = cast("asyncio.WriteTransport", self._process.get_pipe_transport(0))

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == 2:
            self._written = (self._written + data)[-_ERROR_OUTPUT_BYTES:]
            return
        for reply in self._reader.feed(data):
            self._on_reply(self, reply)

    def process_exited(self) -> None:
        self.ended.set()
        if self._process is not None:
            self._process.close()
        self._on_exit(self)
