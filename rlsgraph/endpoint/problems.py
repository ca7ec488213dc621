"""Say what went wrong as application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rlsgraph.endpoint.asgi import App, Receive, Scope, Send, send_bytes

if TYPE_CHECKING:
    from starlette.responses import Response

    from rlsgraph.endpoint.log import Log

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):  # noqa: N818 -- the word of RFC 9457
    """A request that cannot be served: its HTTP status, why, and further members of the answer (e.g. `line`)."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.members = status, detail, dict(headers or {}), members

    def body(self) -> bytes:
        """Return the problem as JSON."""
        about = {"title": HTTPStatus(self.status).phrase, "status": self.status, "detail": self.detail}
        return json.dumps(about | self.members, ensure_ascii=False).encode()


async def send_problem(send: Send, problem: Problem) -> None:
    """Answer with a problem."""
    await send_bytes(send, problem.body(), MEDIA_TYPE, status=problem.status, headers=problem.headers)


def problem_response(problem: Problem) -> Response:
    """Return a problem as a response for Starlette's routes."""
    from starlette.responses import Response

    return Response(problem.body(), status_code=problem.status, media_type=MEDIA_TYPE, headers=problem.headers)


def answering_problems(app: App, *, log: Log) -> App:
    """Return the app with problems answered; what nobody expected is logged with its traceback, and told without it."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        is_started = False

        async def watched_send(message: Any) -> None:
            nonlocal is_started
            is_started = True
            await send(message)

        try:
            await app(scope, receive, watched_send)
        except Problem as problem:
            await send_problem(send, problem)
        except Exception as error:  # the edge: a request must never show a traceback, nor end the server
            log.failure("unexpected error", error)
            if is_started:
                raise  # half an answer: the connection must be cut
            await send_problem(send, Problem(500, "an error of this server; its log says more"))

    return answering
