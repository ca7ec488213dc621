"""Start SPARQL servers for the tests, other people's and false ones, on free loopback ports and in temporary folders.

`oxigraph_server` and `virtuoso_server` are fixtures for the session: tests that use one belong on one worker, so mark them
`@pytest.mark.xdist_group("oxigraph")` or `("virtuoso")`.
"""

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from tests.helpers.graphs import pushable
from tests.helpers.patience import PATIENCE

VIRTUOSO_SETTINGS = ("/etc/virtuoso-opensource-7/virtuoso.ini", "/usr/share/virtuoso-opensource-7/virtuoso.ini")
VIRTUOSO_HOME = "/var/lib/virtuoso-opensource-7"
ATTEMPTS = 3


@dataclass(frozen=True)
class SparqlServer:
    """Where a running server is asked, updated, and filled by the Graph Store Protocol."""

    url: str
    update_url: str
    store_url: str
    pid: int


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory) -> Iterator[SparqlServer]:
    """Oxigraph's own server, empty at first."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert program, "Oxigraph's server is missing: pip install --group test"

    def start(folder: Path) -> tuple[list[str], str]:
        address = f"127.0.0.1:{free_port()}"
        return [program, "serve", "--location", str(folder / "data"), "--bind", address], f"http://{address}"

    with running(start, tmp_path_factory, is_ready=lambda base: httpx.get(f"{base}/query").status_code == 200) as (base, pid):
        yield SparqlServer(f"{base}/query", f"{base}/update", f"{base}/store", pid)


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory) -> Iterator[SparqlServer]:
    """Virtuoso as Debian sets it up, with leave for everybody to update; skipped where it is not installed."""
    settings = next((Path(place) for place in VIRTUOSO_SETTINGS if Path(place).is_file()), None)
    if settings is None or not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        pytest.skip("Virtuoso is not installed: run tests/install_virtuoso.sh as root on a system with apt")
    sql_ports = {}

    def start(folder: Path) -> tuple[list[str], str]:
        sql, http = free_port(), free_port()
        base = f"http://127.0.0.1:{http}"
        sql_ports[base] = sql
        text = settings.read_text("utf-8")
        (folder / "virtuoso.ini").write_text(virtuoso_settings(text, folder, sql=sql, http=http), "utf-8")
        return ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"], base

    with running(start, tmp_path_factory, is_ready=lambda base: httpx.get(f"{base}/sparql").status_code == 200) as (base, pid):
        grant = 'GRANT SPARQL_UPDATE TO "SPARQL";'
        command = ["isql-vt", f"127.0.0.1:{sql_ports[base]}", "dba", "dba", f"exec={grant}"]
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
        yield SparqlServer(f"{base}/sparql", f"{base}/sparql", f"{base}/sparql-graph-crud", pid)


SHIPPED = "https://example.org/rls"
"""The graph of a server that holds the shipped graph: pushed once, and changed by no test."""


@pytest.fixture(scope="session")
def oxigraph_filled(kg, oxigraph_server) -> SparqlServer:
    """Oxigraph's server with the shipped graph in it."""
    return filled(oxigraph_server, kg)


@pytest.fixture(scope="session")
def virtuoso_filled(kg, virtuoso_server) -> SparqlServer:
    """Virtuoso with the shipped graph in it."""
    return filled(virtuoso_server, kg)


def filled(server: SparqlServer, kg) -> SparqlServer:
    """Push the shipped graph to a server, and return it."""
    from rlsgraph.push import push

    push(*pushable(kg), server.url, version=kg.version, graph=SHIPPED, store_url=server.store_url)
    return server


def virtuoso_settings(text: str, folder: Path, *, sql: int, http: int) -> str:
    """Return Debian's settings with every path in the folder, loopback ports, and no limit by the clock of a busy machine."""
    text = text.replace(f"{VIRTUOSO_HOME}/db", str(folder)).replace(VIRTUOSO_HOME, str(folder))
    ports = iter((f"127.0.0.1:{sql}", f"127.0.0.1:{http}"))
    text = re.sub(r"^ServerPort\s*=.*$", lambda _: f"ServerPort = {next(ports)}", text, flags=re.MULTILINE)
    text = re.sub(r"^DirsAllowed\s*=.*$", f"DirsAllowed = {folder}", text, flags=re.MULTILINE)
    text = re.sub(r"^MaxQuery(CostEstimation|Execution)Time\s*=.*$", "", text, flags=re.MULTILINE)
    return re.sub(r"^Load\d\s*=.*$", "", text, flags=re.MULTILINE)  # plugins that SPARQL does not need


def free_port() -> int:
    """Return a port of the loopback interface that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(
    start: Callable[[Path], tuple[list[str], str]], folders, *, is_ready: Callable[[str], bool]
) -> Iterator[tuple[str, int]]:
    """Run a server until the tests are done; where another process was quicker to take its port, try again."""
    for attempt in range(ATTEMPTS):
        folder = folders.mktemp("server")
        command, base = start(folder)
        with (folder / "output.txt").open("wb") as output:
            process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        try:
            if _wait(process, base, is_ready):
                yield base, process.pid
                return
        finally:
            _end(process)
            said = (folder / "output.txt").read_text("utf-8", errors="replace")[-2000:]
            shutil.rmtree(folder, ignore_errors=True)
        if attempt == ATTEMPTS - 1:
            pytest.fail(f"{command[0]} did not start:\n{said}")


def _wait(process: subprocess.Popen, base: str, is_ready: Callable[[str], bool]) -> bool:
    """Return whether the server answers before it ends, or time is up."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if is_ready(base):
                return True
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    return False


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def serving(answer):
    """Run a server that answers each request with `answer(request)`: status, headers and body; None where it has answered."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
            heard.append(self)
            said = answer(self)
            if said is None:
                return
            status, headers, body = said
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    heard: list[Handler] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", heard
    finally:
        server.shutdown()
        server.server_close()
