"""Read HTTP from a connection, with limits on the head of a request: its size, and the time that it may take."""

from __future__ import annotations

import asyncio
from typing import Any, NoReturn

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from rlsgraph.endpoint.http.problems import MEDIA_TYPE, Problem

MAX_CONNECTIONS = 2000
_HEAD_SECONDS = 20.0
_HEADER_BYTES = 65_536
_JOINED_BYTES = 65_536


class LimitedConnection(HttpToolsProtocol):
    """uvicorn's protocol, which by itself waits for ever, and holds a head of any size."""

    def __init__(self, *arguments: Any, max_url: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._max_url = max_url
        self._head_bytes = 0
        self._timer: asyncio.TimerHandle | None = None
        self._problem: Problem | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(_JoiningTransport(transport, self.loop))  # type: ignore[arg-type]  # as good as one
        if len(self.connections) > MAX_CONNECTIONS:
            self._refuse(Problem(503, "there are too many connections", headers={"retry-after": "5"}))
        else:
            self._timer = self.loop.call_later(_HEAD_SECONDS, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes == 0 or self.transport.is_closing():
            return
        if self.scope is not None and "path" in self.scope:  # more of a body
            self._head_bytes = 0
        elif self._head_bytes > self._max_url + _HEADER_BYTES:
            self._refuse(_headers_too_long())
        elif self._timer is None:
            self._timer = self.loop.call_later(_HEAD_SECONDS, self.transport.close)

    def on_headers_complete(self) -> None:
        if len(self.url) > self._max_url:
            self._stop_parser(Problem(414, f"the address is longer than {self._max_url:,} bytes; send the query by POST"))
        if self._head_bytes > _HEADER_BYTES and sum(len(name) + len(value) for name, value in self.headers) > _HEADER_BYTES:
            self._stop_parser(_headers_too_long())
        self._head_bytes = 0
        self._stop_timer()
        super().on_headers_complete()

    def _stop_parser(self, problem: Problem) -> NoReturn:
        """Let the parser fail, whereupon `send_400_response` is called."""
        self._problem = problem
        raise problem

    def send_400_response(self, msg: str) -> None:
        self._refuse(self._problem or Problem(400, "this is no HTTP request"))

    def _refuse(self, problem: Problem) -> None:
        body = problem.body()
        fields = {**problem.headers, "content-type": MEDIA_TYPE, "content-length": str(len(body)), "connection": "close"}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self.transport.write(STATUS_LINE[problem.status] + head.encode("latin-1") + b"\r\n" + body)
        self.transport.close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class _JoiningTransport:
    """Hand on in one piece what is written in one turn of the event loop: head and body of an answer are then one packet.

    The reason is in benchmarks/endpoint.py.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._pieces: list[bytes] = []
        self.is_closing = transport.is_closing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if len(data) > _JOINED_BYTES:  # at once, so that the transport can say when it is full
            self._flush()
            self._transport.write(data)
            return
        if not self._pieces:
            self._loop.call_soon(self._flush)
        self._pieces.append(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._pieces:
            self._transport.write(b"".join(self._pieces))
            self._pieces.clear()


def _headers_too_long() -> Problem:
    return Problem(431, f"the headers are longer than {_HEADER_BYTES:,} bytes")
