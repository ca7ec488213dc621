"""Run the server: open the graph, start the workers, answer until told to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import uvicorn

from rlsgraph.endpoint.app import HealthRoute, make_app
from rlsgraph.endpoint.http.asgi import App
from rlsgraph.endpoint.http.connection import LimitedConnection
from rlsgraph.endpoint.http.log import LibraryHandler, Log
from rlsgraph.endpoint.pages.routes import page_routes
from rlsgraph.endpoint.query_route import QueryRoute
from rlsgraph.endpoint.settings import Settings
from rlsgraph.endpoint.workers.pool import Pool
from rlsgraph.endpoint.workers.worker import WorkerSettings, open_graph, worker_environment
from rlsgraph.errors import RlsGraphError
from rlsgraph.triples.disk import open_place

_KEEP_ALIVE_SECONDS = 30
_LAST_SECONDS = 2
"""What a response gets to reach its client after the grace time, before it is cut."""


class AddressError(RlsGraphError):
    """Say why a server cannot listen at an address."""

    exit_code = 2


def run_server(settings: Settings, *, place: Path | None = None, on_ready: Callable[[str, int], None]) -> None:
    """Serve the store in `place` (none: the shipped graph) until SIGTERM or SIGINT, then finish what runs.

    `on_ready` is told the server's address and the number of claims. Raises `AddressError` where it cannot listen.
    """
    with _listen(settings.host, settings.port) as listener, asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(settings, listener, place, on_ready))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, kind)
    except OSError as error:
        raise AddressError(f"cannot listen at {host}: {error.strerror or error}") from error
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        hint = "; choose another with --port" if port else ""
        raise AddressError(f"cannot listen at {host}, port {port}: {error.strerror or error}{hint}") from error
    return listener


def _address(listener: socket.socket) -> str:
    host, port, *_ = listener.getsockname()
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


async def _serve(settings: Settings, listener: socket.socket, place: Path | None, on_ready: Callable[[str, int], None]) -> None:
    log = Log(sys.stderr.buffer)
    handler = LibraryHandler(log)
    logging.getLogger("uvicorn.error").addHandler(handler)
    where = str(place) if place is not None else None
    generation = open_place(place).generation if place is not None else None
    pool = Pool(
        WorkerSettings(where, generation, settings.memory, settings.max_rows, settings.max_bytes).command(),
        worker_environment(),
        size=settings.workers,
        timeout=settings.timeout,
        max_waiting=settings.max_waiting,
        report=log.write,
    )
    try:
        kg = open_graph(where, generation)  # first, so that workers find the scored graph in the cache
        await pool.start()
        health = HealthRoute(pool, len(kg))
        app = make_app(QueryRoute(pool, settings, log), health, page_routes(kg), settings=settings, log=log)
        gc.freeze()  # the graph stays: without this the collector would halt all requests to walk it (benchmarks/endpoint.py)
        server = _Server(_config(app, settings), pool, settings.grace, partial(on_ready, _address(listener), len(kg)))
        await server.serve(sockets=[listener])
    finally:
        await pool.stop()
        logging.getLogger("uvicorn.error").removeHandler(handler)
        log.flush()


def _config(app: App, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=partial(LimitedConnection, max_url=settings.max_url),  # type: ignore[arg-type]  # called as a class is
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=round(settings.grace) + _LAST_SECONDS,
    )


class _Server(uvicorn.Server):
    """uvicorn's server, which stops with status 0, and takes the workers along when the grace time is over."""

    def __init__(self, config: uvicorn.Config, pool: Pool, grace: float, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._pool, self._grace, self._on_ready = pool, grace, on_ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        former = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        timer = asyncio.get_running_loop().call_later(self._grace, self._pool.refuse_all)
        await super().shutdown(sockets)
        timer.cancel()
