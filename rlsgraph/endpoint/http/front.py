"""Stand between the network and the routes: refuse whom the guard refuses, answer problems, log every request."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from rlsgraph.endpoint.http.asgi import App, Headers, Message, Receive, Scope, Send, header_fields, send_bytes
from rlsgraph.endpoint.http.guard import Guard, page_headers
from rlsgraph.endpoint.http.log import SHOWN_CHARS, Log
from rlsgraph.endpoint.http.problems import Problem, send_problem
from rlsgraph.endpoint.http.protocol import METHODS, header


class Front:
    """The whole server as one ASGI app.

    Routes find the headers by name in `scope["fields"]`; what they put into `scope["log"]` becomes part of the request's line.
    """

    def __init__(self, routes: App, guard: Guard, log: Log) -> None:
        self._routes, self._guard, self._log = routes, guard, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        extra: dict[str, Any] = {}
        fields = header_fields(scope["headers"])
        scope["log"], scope["fields"] = extra, fields
        answer = _Answer(send, self._guard.headers(fields))
        try:
            await self._serve(scope, receive, answer.send)
        except Problem as problem:
            await send_problem(answer.send, problem, header(scope, b"accept"))
        except asyncio.CancelledError:  # the server stops, and this request has had its time
            if not answer.status:
                await send_problem(answer.send, Problem(503, "the server stops"))
        except Exception as error:  # the edge: a request must never show a traceback, nor end the server
            self._log.failure("unexpected error", error)
            if answer.status:
                raise  # half an answer: the connection must be cut
            await send_problem(answer.send, Problem(500, "an error of this server; its log says more"))
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 2)
            path = scope["path"][:SHOWN_CHARS]
            self._log.write(method=scope["method"], path=path, status=answer.status, ms=milliseconds, bytes=answer.size, **extra)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._guard.refusal(scope["fields"])
        if refusal is not None:
            raise refusal
        if scope["method"] == "OPTIONS":
            await send_bytes(send, b"", "text/plain", status=204, headers={"allow": METHODS})
        else:
            await self._routes(scope, receive, send)


class _Answer:
    """An answer on its way: its status and size, and the headers that it gets beside its own."""

    __slots__ = ("_extra", "_send", "size", "status")

    def __init__(self, send: Send, extra: Headers) -> None:
        self._send, self._extra = send, extra
        self.status = self.size = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"]
            message["headers"] = [*headers, *self._extra, *page_headers(headers)]
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)
