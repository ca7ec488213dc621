"""Answer one query after the other from standard input: the main loop of a worker process.

The server ends a worker whose query takes too long, which is the only way to stop one. So a worker holds nothing of its own:
it reads the graph, and writes nothing.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.endpoint.answers import AnswerLimits, Graph, reply_to
from rlsgraph.endpoint.frames import READY, Reply, read_request, write_reply
from rlsgraph.endpoint.settings import MEBIBYTE
from rlsgraph.knowledge_graph import KnowledgeGraph

IN_MEMORY_TRIPLES = 500_000
"""A graph of at most so many triples is copied from disk to memory, where a query takes a third of the time."""

_PR_SET_PDEATHSIG = 1
_WATCH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker is told at its start; `place` is the folder of a built store (none: the shipped graph)."""

    place: str | None
    memory: int
    max_rows: int
    max_bytes: int

    def command(self) -> tuple[str, ...]:
        """Return the command that starts a worker; nothing in the current folder is ever imported."""
        return (sys.executable, "-P", "-m", "rlsgraph.endpoint.worker", json.dumps(asdict(self)))


def worker_environment() -> dict[str, str]:
    """Return the environment in which a worker finds the modules that this process finds."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def open_graph(place: str | None) -> KnowledgeGraph:
    """Open a built store, or the shipped graph; a small one is held in memory."""
    from rlsgraph import loading

    kg = loading.load() if place is None else loading.open(place)
    if type(kg) is not KnowledgeGraph or len(kg._store) > IN_MEMORY_TRIPLES:
        return kg
    memory = ox.Store()
    memory.bulk_extend(kg._store)
    return kg._with_store(memory, changes=kg.changes)


def main() -> None:
    """Run a worker with the settings on the command line, until the server closes the pipe."""
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to all processes of a group or service: the server decides
        signal.signal(number, signal.SIG_IGN)
    _end_with_the_server()
    settings = WorkerSettings(**json.loads(sys.argv[1]))
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed by mistake must not get between the frames
    graph: Graph = open_graph(settings.place)
    _limit_memory(settings.memory)
    write_reply(sink, Reply(READY, b""))
    limits = AnswerLimits(settings.max_rows, settings.max_bytes)
    while (request := read_request(source)) is not None:
        write_reply(sink, reply_to(request, graph, limits))


def _end_with_the_server() -> None:
    """See to it that this process ends when the server is gone, even in the middle of a query."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    server = os.getppid()

    def watch() -> None:
        while os.getppid() == server:
            time.sleep(_WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit_memory(mebibytes: int) -> None:
    """Let this process take so much memory beyond what it holds now, where the system can see to it.

    Past it an allocation fails, and the engine ends the process.
    """
    if sys.platform != "linux":
        return
    import resource

    held = int(Path("/proc/self/statm").read_text("ascii").split()[5]) * resource.getpagesize()
    limit = held + mebibytes * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
