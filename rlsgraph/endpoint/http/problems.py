"""Say what went wrong as application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rlsgraph.endpoint.http.asgi import Send, send_bytes
from rlsgraph.errors import remake_error

if TYPE_CHECKING:
    from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):  # noqa: N818 -- the word of RFC 9457
    """A request that cannot be served: its HTTP status, why, and further members of the answer (e.g. `line`)."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.members = status, detail, dict(headers or {}), members

    def __reduce__(self) -> tuple[Any, ...]:
        return remake_error, (type(self), self.args, self.__dict__)

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
