"""Run trials in a process of their own, so that a crash or a hang is a finding and not the end."""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fuzz.requests import answer_to, faults_in, is_well, request_of
from tests.helpers.endpoint import Served
from tests.helpers.graphs import ROOT
from tests.helpers.listening import listening

HANG_SECONDS = 90.0
REPORT = "To see one again: python -m tests.fuzz.trials KIND SEED NUMBER FOLDER http://127.0.0.1:9/"


@dataclass(frozen=True)
class Fault:
    """A trial that ended as none may: by a traceback, a signal, no end, or a connection."""

    kind: str
    seed: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.seed} {self.number}: {self.what}"


def run_trials(kind: str, seed: str, first: int, count: int) -> list[Fault]:
    """Run trials of a kind, whatever becomes of their processes, and return what was wrong."""
    faults: list[Fault] = []
    with listening() as listener, tempfile.TemporaryDirectory() as folder:
        at = first
        while at < first + count:
            at = _run_process(kind, seed, (at, first + count - 1), Path(folder), listener.url, faults)
        calls = listener.calls()
        if calls:
            faults.append(Fault(kind, seed, first, f"{calls} connections from one of {count} trials"))
    return faults


def _run_process(kind: str, seed: str, numbers: tuple[int, int], folder: Path, url: str, faults: list[Fault]) -> int:
    """Run trials until all are done or the process ends; return the number of the next."""
    inner = Path(tempfile.mkdtemp(dir=folder))
    command = [sys.executable, "-m", "tests.fuzz.trials", kind, seed, f"{numbers[0]}-{numbers[1]}", str(inner), url]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    begun, is_done = numbers[0], False
    for line in _lines(process):
        told = json.loads(line)
        begun = told.get("begun", begun)
        is_done = is_done or "done" in told
        if "wrong" in told:
            faults.append(Fault(kind, seed, told["wrong"], told["trace"]))
    if process.poll() is None:
        process.kill()
        faults.append(Fault(kind, seed, begun, f"no end after {HANG_SECONDS:g} s"))
    errors = process.communicate()[1].decode(errors="replace")[-400:]
    if is_done:
        return numbers[1] + 1
    if process.returncode > 0 or (process.returncode < 0 and process.returncode != -signal.SIGKILL):
        faults.append(Fault(kind, seed, begun, f"the process ended with {process.returncode}: {errors}"))
    return begun + 1


def _lines(process: subprocess.Popen):
    """Yield the lines of a process until it ends, or says nothing for too long."""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        held, last = b"", time.monotonic()
        while time.monotonic() - last < HANG_SECONDS:
            if not selector.select(timeout=1.0):
                continue
            data = os.read(process.stdout.fileno(), 65536)
            if not data:
                process.wait()
                return
            *lines, held = (held + data).split(b"\n")
            last = time.monotonic()
            yield from lines


def run_requests(seed: str, first: int, count: int) -> list[Fault]:
    """Send requests to one server, and return what was wrong."""
    faults: list[Fault] = []
    with listening() as listener:
        server = Served("--workers", "2", "--timeout", "5", "--host", "127.0.0.1")
        try:
            for number in range(first, first + count):
                answer = answer_to(server.port, request_of(Random(f"{seed} requests {number}"), listener.url))
                faults += [Fault("requests", seed, number, what) for what in faults_in(answer, [])]
            if not is_well(server.port):
                faults.append(Fault("requests", seed, first, f"the server answers no more ({server.process.poll()})"))
        finally:
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(timeout=HANG_SECONDS)
        faults += [Fault("requests", seed, first, what) for what in faults_in(b"", server.log())]
        calls = listener.calls()
        if calls:
            faults.append(Fault("requests", seed, first, f"{calls} connections"))
    return faults
