"""Run the server as users start it, and ask it without regard to how busy the machine is."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx

from tests.helpers.patience import PATIENCE, until

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""A query that runs for days."""

request, get, post, options = (
    partial(method, timeout=PATIENCE) for method in (httpx.request, httpx.get, httpx.post, httpx.options)
)
"""As httpx has them, but that the client does not lose patience after five seconds."""


def is_alive(pid: int) -> bool:
    """Say whether a process runs (one that has ended may wait for its parent to take note)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Served:
    """A server in a process of its own; where a test does not limit the time of its queries, nothing here does."""

    def __init__(self, *options: str, environment: dict[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "rlsgraph", "serve", "--port", "0", "--timeout", str(10 * PATIENCE), *options]
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

    def log(self) -> list[str]:
        """Return what came on standard error, after the server's end."""
        self._reader.join(PATIENCE)
        return self.log_lines

    def events(self) -> list[dict]:
        """Return what the log says after the server's end."""
        return [json.loads(line) for line in self.log()]

    def workers(self) -> list[int]:
        """Return the process numbers of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in children if is_alive(int(pid))]

    def health(self) -> dict:
        """Return what the server says of itself."""
        return get(f"{self.url}/healthz").json()

    def stop(self, how: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()


@contextmanager
def serving(*options: str, **more):
    server = Served(*options, **more)
    try:
        yield server
    finally:
        server.stop()


def ask(server: Served, query: str, **more) -> httpx.Response:
    """Put a query to a server."""
    return get(f"{server.url}/sparql", params={"query": query}, **more)


def in_background(server: Served, query: str) -> tuple[list[httpx.Response], threading.Thread]:
    """Ask a query in a thread; return the list that its answer will be put into, and the thread, when it runs or is done."""
    answers: list[httpx.Response] = []

    def run() -> None:
        try:
            answers.append(ask(server, query))
        except httpx.TransportError:
            return  # the server was killed

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    until(lambda: answers or server.health()["busy"])
    return answers, thread


def problem(response: httpx.Response, status: int) -> dict:
    """Assert that a response is a well-formed problem, and return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    about = response.json()
    assert about["status"] == status and about["title"] and about["detail"] and "Traceback" not in response.text
    return about
