"""Answer one query after the other from standard input: the main loop of a worker process.

The server ends a worker whose query takes too long, which is the only way to stop one. So a worker holds nothing of its own:
it reads the graph, and writes nothing.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from dataclasses import asdict, dataclass
from io import FileIO
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.endpoint.settings import MEBIBYTE
from rlsgraph.endpoint.workers.answers import AnswerLimits, Graph, reply_to
from rlsgraph.endpoint.workers.confinement import end_with_the_server, limit_memory, refuse_sockets
from rlsgraph.endpoint.workers.frames import READY, Reply, RequestReader, write_reply
from rlsgraph.errors import RlsGraphError
from rlsgraph.graph.contents import Contents
from rlsgraph.graph.knowledge_graph import KnowledgeGraph
from rlsgraph.graph.memory_source import MemorySource
from rlsgraph.triples.disk import open_place
from rlsgraph.triples.spoilt import spoilt_as_data_error

IN_MEMORY_TRIPLES = 500_000
"""A graph of at most so many triples is copied from disk to memory, where a query takes a third of the time
(benchmarks/endpoint.py)."""

# The engine makes and drops hundreds of small blocks for a query, and glibc keeps seven of a size at hand: a query takes a third
# longer with so few (benchmarks/endpoint.py). Other C libraries do not read this.
_TUNABLES = "glibc.malloc.tcache_count=2000"


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker is told at its start; `place` is the folder of a built store (none: the shipped graph).

    All workers read one `generation` of it, whatever is built meanwhile.
    """

    place: str | None
    generation: str | None
    memory: int
    max_rows: int
    max_bytes: int

    def command(self) -> tuple[str, ...]:
        """Return the command that starts a worker; nothing in the current folder is ever imported."""
        return (sys.executable, "-P", "-m", "rlsgraph.endpoint.workers.worker", json.dumps(asdict(self)))


def worker_environment() -> dict[str, str]:
    """Return the environment in which a worker finds the modules that this process finds."""
    tunables = filter(None, (os.environ.get("GLIBC_TUNABLES"), _TUNABLES))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "GLIBC_TUNABLES": ":".join(tunables)}


def open_graph(place: str | None, generation: str | None) -> KnowledgeGraph:
    """Open a generation of a built store, or the shipped graph; a small one is held in memory."""
    from rlsgraph.graph import loading

    if place is None:
        kg = loading.load()
    else:
        stored = open_place(Path(place), generation=generation)
        kg = loading.read_stored(stored, name=place, is_large=stored.facts.triples > IN_MEMORY_TRIPLES)
    if not isinstance(kg.graph_source, MemorySource):
        return kg
    memory = ox.Store()
    with spoilt_as_data_error():
        memory.bulk_extend(kg.graph_source.whole().store)
    return KnowledgeGraph(MemorySource(Contents(memory), kg.graph_source.profile_files), version=kg.version)


def main() -> None:
    """Run a worker with the settings on the command line, until the server closes the pipe."""
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to all processes of a group or service: the server decides
        signal.signal(number, signal.SIG_IGN)
    end_with_the_server()
    refuse_sockets()
    settings = WorkerSettings(**json.loads(sys.argv[1]))
    source, sink = RequestReader(FileIO(0, closefd=False)), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed by mistake must not get between the frames
    try:
        graph: Graph = open_graph(settings.place, settings.generation)
    except RlsGraphError as error:
        sys.exit(str(error))
    gc.freeze()  # the graph stays: the collector need not look at it again (benchmarks/endpoint.py)
    limit_memory(settings.memory * MEBIBYTE)
    write_reply(sink, Reply(READY))
    limits = AnswerLimits(settings.max_rows, settings.max_bytes)
    while (request := source.read()) is not None:
        write_reply(sink, request if isinstance(request, Reply) else reply_to(request, graph, limits))


if __name__ == "__main__":
    main()
