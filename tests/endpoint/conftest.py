import json
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest


def is_alive(pid: int) -> bool:
    """Say whether a process runs (one that has ended may wait for its parent to take note)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Served:
    """A server in a process of its own, as users start it."""

    def __init__(self, *options: str, environment: dict[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "rlsgraph", "serve", "--port", "0", *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
        )
        self.log_lines: list[str] = []
        self._reader = threading.Thread(target=self._read_log, daemon=True)  # an unread pipe would fill, and stop the server
        self._reader.start()
        line = self.process.stdout.readline()
        assert "http://" in line, "\n".join(self.log_lines)
        self.url = re.search(r"http://\S+/", line)[0].rstrip("/")

    def _read_log(self) -> None:
        self.log_lines.extend(iter(self.process.stderr.readline, ""))

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def events(self) -> list[dict]:
        """Return what the log says after the server's end."""
        self._reader.join(5)
        return [json.loads(line) for line in self.log_lines]

    def workers(self) -> list[int]:
        """Return the process numbers of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in children if is_alive(int(pid))]

    def stop(self, how: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()


@contextmanager
def serving(*options: str, **more):
    server = Served(*options, **more)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def endpoint(cache_folder):
    """The address of a server over the shipped graph, with its usual limits: `http://127.0.0.1:PORT`."""
    with serving() as server:
        yield server.url
