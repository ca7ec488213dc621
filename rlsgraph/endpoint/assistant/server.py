"""Serve the questions of `tools`, and SPARQL within limits, over the Model Context Protocol on standard input and output."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rlsgraph.endpoint.assistant.brief import brief
from rlsgraph.endpoint.assistant.tools import MOST, WHAT_A_SCORE_IS, Tools
from rlsgraph.endpoint.settings import MEBIBYTE
from rlsgraph.endpoint.workers.frames import ANSWER, Request, pack_request
from rlsgraph.endpoint.workers.jobs import QueryTimeoutError, UnavailableError, WorkerDiedError
from rlsgraph.endpoint.workers.pool import Pool
from rlsgraph.endpoint.workers.worker import WorkerSettings, worker_environment
from rlsgraph.errors import MissingPackageError, QueryError, RlsGraphError
from rlsgraph.triples.disk import open_place
from rlsgraph.version import __version__

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

QUERY_SECONDS = 20.0
QUERY_MEMORY = 512
"""MiB that a query may take."""
INSTRUCTIONS = (
    "A knowledge graph of hypothesised mechanisms of disease, each claim scored by its evidence. Name entities by label. Quote "
    f"scores with their interval, cite the sources that an answer names, and keep its note. {WHAT_A_SCORE_IS}"
)
_TOOLS = (
    "find_entity",
    "claims_about",
    "claim",
    "evidence",
    "paths",
    "support",
    "gaps",
    "contradictions",
    "hypotheses",
    "compare",
)


def run_assistant(kg: KnowledgeGraph, place: Path | None) -> None:
    """Serve until the client closes standard input; `place` is the built store that the graph is of, None for the shipped one."""
    make_server(kg, place).run("stdio")


def make_server(kg: KnowledgeGraph, place: Path | None) -> MCPServer[Any]:
    """Return the server. Raises `MissingPackageError` where the package `mcp` is not installed."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise MissingPackageError("rlsgraph mcp", "mcp") from error

    pools: list[Pool] = []

    @asynccontextmanager
    async def with_pool(_: object) -> AsyncIterator[None]:
        try:
            yield
        finally:
            for pool in pools:
                await pool.stop()

    async def sparql(query: str) -> dict[str, Any]:
        """Answer a SPARQL query (SELECT or ASK); at most 50 rows, 20 seconds. Prefixes rls:, entity:, claim: … are known."""
        if not pools:
            pools.append(_pool(place))
            await pools[0].start()
        return await _ask(pools[0], query)

    tools = Tools(kg)
    server = MCPServer("rlsgraph", version=__version__, instructions=INSTRUCTIONS, lifespan=with_pool, log_level="ERROR")
    read_only = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for question in (*(getattr(tools, name) for name in _TOOLS), sparql):
        server.add_tool(_told(question), annotations=read_only)
    return server


def _told(question: Callable[..., Any]) -> Callable[..., Any]:
    """Let errors of this package reach the assistant as what they say."""
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(question)
    async def asked(*args: Any, **options: Any) -> dict[str, Any]:
        try:
            answer = question(*args, **options)
            found: dict[str, Any] = await answer if inspect.isawaitable(answer) else answer
        except RlsGraphError as error:
            raise ToolError(str(error)) from error
        return brief(found)

    return asked


def _pool(place: Path | None) -> Pool:
    generation = open_place(place).generation if place is not None else None
    where = str(place) if place is not None else None
    command = WorkerSettings(where, generation, QUERY_MEMORY, MOST, MEBIBYTE).command()
    return Pool(command, worker_environment(), size=1, timeout=QUERY_SECONDS, max_waiting=8, report=lambda **_: None)


async def _ask(pool: Pool, query: str) -> dict[str, Any]:
    try:
        reply = await pool.submit(pack_request(Request(query, ("json", "json", None)))).reply
    except QueryTimeoutError as error:
        raise QueryError(f"the query was stopped after {QUERY_SECONDS:g} s; ask for less, e.g. with LIMIT") from error
    except (UnavailableError, WorkerDiedError) as error:
        raise QueryError(str(error)) from error
    if reply.kind != ANSWER:
        raise QueryError(str(json.loads(reply.body).get("detail", "the query was refused")))
    return {"result": json.loads(reply.body), "note": WHAT_A_SCORE_IS}
