"""Ask the pages of a graph within the process, without a server."""

import httpx
from starlette.applications import Starlette

from rlsgraph.endpoint.pages.routes import page_routes
from tests.helpers.patience import run_apart

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def asker(kg):
    """Return a function that asks the pages of a graph, without following redirects."""
    app = Starlette(routes=page_routes(kg))

    def ask(path, accept=BROWSER, **headers):
        async def get():
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.get(path, headers={"accept": accept, **headers})

        return run_apart(get())

    return ask
