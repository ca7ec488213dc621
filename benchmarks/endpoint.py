"""Measure the endpoint under load and abuse: beside Oxigraph's own server and rdflib-endpoint, all on loopback, in one run.

Needs Linux, wrk (`apt-get install wrk`) and the groups `test` and `bench`. Takes about five minutes.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox

import rlsgraph
from rlsgraph.model import namespaces as ns

ROUNDS = 5
SECONDS = 3
CONNECTIONS = 16
REQUESTS = 100_000
RUNAWAYS = 50
START_SECONDS = 120

LEAK_MB = 32
"""Growth of the server's processes over all requests that counts as none: caches and arenas of the allocator fill."""

JSON = "application/sparql-results+json"
ONE_HOP = f"SELECT ?o ?x {{ ?c <{ns.RDF}subject> <%s> ; <{ns.RDF}object> ?o ; <{ns.RLS}score> ?x }}"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"

SCRIPT = """
local paths, number, comment = {%s}, 0, "%s"
wrk.headers["Accept"] = "%s"
request = function()
    number = number + 1
    local path = paths[number %% #paths + 1]
    return wrk.format("GET", comment == "" and path or path .. comment .. number)
end
done = function(summary)
    local e = summary.errors
    local errors = e.connect + e.read + e.write + e.timeout + e.status
    io.write(string.format("\\nresult %%d %%d %%d\\n", summary.requests, summary.duration, errors))
end
"""


@dataclass(frozen=True)
class Server:
    """A running SPARQL server."""

    name: str
    query_url: str
    process: subprocess.Popen[bytes]

    def rows(self, query: str) -> int:
        """Return how many rows a query gives."""
        return len(self.ask(query).raise_for_status().json()["results"]["bindings"])

    def ask(self, query: str) -> httpx.Response:
        return httpx.get(self.query_url, params={"query": query}, headers={"accept": JSON}, timeout=60)

    def processes(self) -> list[int]:
        """Return the process and those below it."""
        found = [self.process.pid]
        for pid in found:
            for listing in Path(f"/proc/{pid}/task").glob("*/children"):
                with suppress(OSError):  # it has just ended
                    found += map(int, listing.read_text("ascii").split())
        return found

    def cpu_seconds(self) -> float:
        """Return the processor time that its processes have used."""
        fields = (Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split() for pid in self.processes())
        return sum(int(user) + int(system) for *_, user, system in (f[:13] for f in fields)) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Return the memory that its processes hold, pages that they share counted once."""
        rollups = (Path(f"/proc/{pid}/smaps_rollup").read_text("ascii") for pid in self.processes())
        return sum(int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:")) / 1024


@dataclass(frozen=True)
class Load:
    """What wrk saw."""

    requests: int
    rate: float
    errors: int
    cpu_micros: float
    """Processor time of the server's processes, for each request."""


def main() -> None:
    """Print a row for each bound; leave with 1 where one is missed."""
    if not sys.platform.startswith("linux"):
        sys.exit("this benchmark reads /proc, so it runs on Linux alone")
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: apt-get install wrk")
    print("| what | ours | beside it | ratio | bound |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = [*compare(folder), *endure(folder), *survive(folder)]
    sys.exit(not all(kept))


def compare(folder: Path) -> Iterator[bool]:
    """Compare requests a second, the servers in turn; and the processor time of one, which is the same on a busy machine."""
    kg = rlsgraph.load()
    data = folder / "graph.nt"
    whole = kg.graph_source.whole().store
    triples = [quad.triple for quad in whole if not isinstance(quad.object, ox.Triple)]  # rdflib has no RDF 1.2
    ox.serialize(triples, output=str(data), format=ox.RdfFormat.N_TRIPLES)
    subjects = sorted({claim.subject.iri for claim in kg.claims()})
    queries = [ONE_HOP % subject for subject in subjects]
    with ExitStack() as stack:
        ours = stack.enter_context(rlsgraph_server(folder))
        bounds = {
            stack.enter_context(oxigraph_server(folder, data)): 0.5,
            stack.enter_context(oxigraph_server(folder, data, "--location", str(folder / "store"))): 0.5,
            stack.enter_context(rdflib_server(folder, data)): 20.0,
        }
        servers = [ours, *bounds]
        if len({sum(map(server.rows, queries[:50])) for server in servers}) > 1:
            sys.exit("the servers give different answers, so their speed says nothing")
        one = [ONE_HOP % f"{ns.ENTITY}gut-dysbiosis"]
        loads = {
            f"{len(queries)} queries again and again (answers are kept)": (queries, False),
            f"about {len(queries)} entities, no query twice": (queries, True),
            "about gut dysbiosis, no query twice": (one, True),
        }
        for load, (asked, all_differ) in loads.items():
            runs = [(server, hammer(server, asked, folder, all_differ=all_differ)) for server in servers * ROUNDS]
            rates, micros = (
                {server: statistics.median(of(run) for ran, run in runs if ran is server) for server in servers}
                for of in (lambda run: run.rate, lambda run: run.cpu_micros)
            )
            for server, bound in bounds.items():
                rival, ratio = f"{server.name}: {rates[server]:,.0f} ({micros[server]:,.0f} µs)", rates[ours] / rates[server]
                mine = f"{rates[ours]:,.0f} requests/s ({micros[ours]:,.0f} µs of processor time each)"
                row(f"one hop, {load}", mine, rival, f"{ratio:.2f}", f"≥ {bound:g}")
                yield ratio >= bound
            errors = sum(run.errors for ran, run in runs if ran is ours)
            row(f"one hop, {load}: errors", f"{errors}", "–", "–", "0")
            yield errors == 0


def endure(folder: Path) -> Iterator[bool]:
    """Send many requests; none may fail, and the memory must stay (the answers that are kept fill their room at once)."""
    with rlsgraph_server(folder, "--cache", "8") as server:
        queries = [ONE_HOP % f"{ns.ENTITY}gut-dysbiosis"]
        hammer(server, queries, folder, all_differ=True)
        before, sent, errors = server.megabytes(), 0, 0
        while sent < REQUESTS:
            run = hammer(server, queries, folder, all_differ=True)
            sent, errors = sent + run.requests, errors + run.errors
        grown = server.megabytes() - before
    row(f"{sent:,} requests: errors", f"{errors}", "–", "–", "0")
    row("the same: memory of all processes", f"{before:,.0f} MB {grown:+,.1f} MB", "–", "–", f"≤ {LEAK_MB:+} MB")
    yield errors == 0
    yield grown <= LEAK_MB


def survive(folder: Path) -> Iterator[bool]:
    """Send queries that never end, one after the other; the server must stop each and go on."""
    query = ONE_HOP % f"{ns.ENTITY}gut-dysbiosis"
    with rlsgraph_server(folder, "--timeout", "1") as server:
        rows, before, processes = server.rows(query), server.megabytes(), len(server.processes())
        seen, times, answered = set(server.processes()), [], 0
        for _ in range(RUNAWAYS):
            begin = time.monotonic()
            refused = server.ask(RUNAWAY).status_code == 503
            times.append(time.monotonic() - begin)
            answered += refused and server.rows(query) == rows
            seen.update(server.processes())
        settled = until(lambda: len(server.processes()) == processes)
        grown = server.megabytes() - before
        lost = until(lambda: not [pid for pid in seen - set(server.processes()) if Path(f"/proc/{pid}").exists()])
    gone = until(lambda: not [pid for pid in seen if Path(f"/proc/{pid}").exists()])
    row(f"{RUNAWAYS} runaway queries, --timeout 1: stopped, and the next one answered", f"{answered}", "–", "–", f"{RUNAWAYS}")
    row("the same: slowest refusal", f"{max(times):.2f} s", "–", "–", "≤ 2 s")
    row("the same: memory of all processes", f"{before:,.0f} MB {grown:+,.1f} MB", "–", "–", f"≤ {LEAK_MB:+} MB")
    row("the same: processes left over, during and after", f"{'none' if settled and lost and gone else 'some'}", "–", "–", "none")
    yield answered == RUNAWAYS
    yield max(times) <= 2
    yield grown <= LEAK_MB
    yield settled and lost and gone


def hammer(server: Server, queries: list[str], folder: Path, *, all_differ: bool) -> Load:
    """Send queries in turn, as many as the server takes, for some seconds; a comment makes each another one."""
    path = "/" + server.query_url.split("/", 3)[3]
    paths = ", ".join(f'"{path}?query={quote(query, safe="")}"' for query in queries)
    comment = quote(f" # {time.monotonic_ns()} ") if all_differ else ""
    script = folder / "load.lua"
    script.write_text(SCRIPT % (paths, comment, JSON), "utf-8")
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "10s", "-s", str(script), server.query_url]
    before = server.cpu_seconds()
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    requests, micros, errors = map(int, output.partition("\nresult ")[2].split())
    return Load(requests, requests / micros * 1e6, errors, (server.cpu_seconds() - before) / requests * 1e6)


def rlsgraph_server(folder: Path, *options: str) -> AbstractContextManager[Server]:
    """Run `rlsgraph serve`, which writes its log to a file."""
    return running("rlsgraph", lambda port: [tool("rlsgraph"), "serve", "--port", port, *options], "/sparql", folder)


@contextmanager
def oxigraph_server(folder: Path, data: Path, *options: str) -> Iterator[Server]:
    """Run Oxigraph's own server on some data, in memory or on disk."""
    name = "Oxigraph's server, on disk" if options else "Oxigraph's server, in memory"
    program, headers = tool("oxigraph"), {"content-type": "application/n-triples"}
    with running(name, lambda port: [program, "serve", "--bind", f"127.0.0.1:{port}", *options], "/query", folder) as server:
        address = server.query_url.replace("/query", "/store?default")
        httpx.post(address, content=data.read_bytes(), headers=headers, timeout=60).raise_for_status()
        yield server


def rdflib_server(folder: Path, data: Path) -> AbstractContextManager[Server]:
    """Run rdflib-endpoint on some data."""
    command = [tool("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port"]
    return running("rdflib-endpoint", lambda port: [*command, port, str(data)], "/", folder)


@contextmanager
def running(name: str, command: Callable[[str], list[str]], path: str, folder: Path) -> Iterator[Server]:
    """Run a server on a free loopback port, in a group of its own, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(command(port), stdout=log, stderr=log, cwd=folder)
    server = Server(name, f"http://127.0.0.1:{port}{path}", process)

    def answers() -> bool:
        try:
            return process.poll() is not None or server.ask("ASK {}").is_success
        except httpx.TransportError:
            return False

    try:
        if not until(answers, START_SECONDS) or process.poll() is not None:
            sys.exit(f"{name} did not start: {(folder / f'{port}.log').read_text('utf-8')[-2000:]}")
        yield server
    finally:
        process.terminate()
        process.wait(30)


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Return whether something becomes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def tool(name: str) -> str:
    """Return a program of this environment."""
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        sys.exit(f"{name} is not installed: pip install --group test --group bench")
    return str(path)


def row(*cells: str) -> None:
    """Print one row of the table."""
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
