"""Put the server's addresses together: /sparql, /healthz, and the pages."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware

from rlsgraph.endpoint.http.asgi import App, Receive, Scope, Send, send_bytes
from rlsgraph.endpoint.http.front import Front
from rlsgraph.endpoint.http.guard import Guard
from rlsgraph.endpoint.http.log import Log
from rlsgraph.endpoint.http.problems import Problem
from rlsgraph.endpoint.query_route import QueryRoute
from rlsgraph.endpoint.settings import Settings
from rlsgraph.endpoint.workers.pool import Pool
from rlsgraph.version import __version__

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

SPARQL_PATH = "/sparql"


def make_app(
    query_route: QueryRoute, health: HealthRoute, page_routes: Sequence[BaseRoute], *, settings: Settings, log: Log
) -> App:
    """Return the whole server as one ASGI app."""
    pages = _Pages(routes=list(page_routes), exception_handlers={HTTPException: _raise_problem})
    routes: dict[str, App] = {SPARQL_PATH: query_route, "/healthz": health}
    routes |= {f"{path}/": route for path, route in routes.items()}  # as many clients write an address

    def routed(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        return routes.get(scope["path"], pages)(scope, receive, send)

    return Front(routed, Guard(settings), log)


class HealthRoute:
    """Say whether queries are answered, by which version, over how many claims."""

    def __init__(self, pool: Pool, claims: int) -> None:
        self._pool, self._claims = pool, claims

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            raise Problem(405, "use GET", headers={"allow": "GET, HEAD"})
        pool = self._pool
        about = {
            "status": "ok" if pool.alive else "no workers",
            "version": __version__,
            "claims": self._claims,
            "workers": pool.alive,
            "busy": pool.busy,
            "waiting": pool.waiting,
        }
        await send_bytes(send, json.dumps(about).encode(), "application/json", status=200 if pool.alive else 503)


class _Pages(Starlette):
    """Starlette without its own answer to errors that nobody expected: `Front` has one."""

    def build_middleware_stack(self) -> Any:
        return ExceptionMiddleware(self.router, handlers=self.exception_handlers)


async def _raise_problem(request: Any, error: Exception) -> Any:
    """Turn Starlette's own refusals, e.g. of an unknown path, into problems."""
    assert isinstance(error, HTTPException)
    detail = f"there is nothing at {request.url.path[:200]}" if error.status_code == 404 else str(error.detail)
    raise Problem(error.status_code, detail, headers=error.headers)
