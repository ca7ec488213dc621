"""Serve /sparql: hand a query to a worker, and its answer to the client."""

from __future__ import annotations

import asyncio
import json

from rlsgraph.endpoint.cache import AnswerCache
from rlsgraph.endpoint.description import describe_service
from rlsgraph.endpoint.http.asgi import CHUNK_BYTES, Receive, Scope, Send, send_bytes
from rlsgraph.endpoint.http.log import Log, describe_query
from rlsgraph.endpoint.http.negotiation import GRAPH_TYPES, best_media_type, choose_formats
from rlsgraph.endpoint.http.problems import Problem
from rlsgraph.endpoint.http.protocol import header, read_sparql_request
from rlsgraph.endpoint.settings import MEBIBYTE, Settings
from rlsgraph.endpoint.workers.frames import ANSWER, Reply, Request, pack_request
from rlsgraph.endpoint.workers.jobs import AbandonedError, Job, QueryTimeoutError, UnavailableError, WorkerDiedError
from rlsgraph.endpoint.workers.pool import Pool

_WATCH_AFTER = 0.1
"""Seconds after which a running query is worth noticing that its client has gone."""

_SEND_SECONDS = 120.0
_LARGE_ANSWERS_HELD = 4
"""So many answers of the largest size may be on their way to clients; slow ones must not fill the memory."""

_RETRY = {"retry-after": "2"}
_VARY = {"vary": "Accept"}


class QueryRoute:
    """The address of the SPARQL 1.1 Protocol."""

    def __init__(self, pool: Pool, settings: Settings, log: Log) -> None:
        self._pool, self._settings, self._log = pool, settings, log
        self._cache = AnswerCache(settings.cache * MEBIBYTE)
        self._bytes_held = 0
        self._watchers: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accept = header(scope, b"accept")
        if scope["method"] in ("GET", "HEAD") and not scope["query_string"]:
            await _describe(scope, accept, send)
            return
        asked = await read_sparql_request(scope, receive, self._settings)
        log_fields = scope["log"]
        log_fields.update(describe_query(asked.query))
        choice = choose_formats(accept)
        request = Request(asked.query, choice.names, asked.default_graphs, asked.named_graphs)
        reply = self._cache.find(request)
        if reply is not None:
            log_fields["cache"] = True
        else:
            try:
                reply = await self._ask(request, receive)
            except AbandonedError:
                log_fields["client"] = "gone"
                return
            if reply.kind != ANSWER:
                raise self._problem(reply)
            self._cache.keep(request, reply)
        log_fields["rows"] = reply.rows
        offer = choice[reply.answer_kind]
        assert offer is not None  # the worker answers in a format that was chosen
        await self._send(send, reply.body, offer.content_type)

    async def _ask(self, request: Request, receive: Receive) -> Reply:
        """Return the worker's reply; whatever befalls the query instead becomes a `Problem`."""
        timeout = f"{self._settings.timeout:g} s"
        try:
            if self._bytes_held > _LARGE_ANSWERS_HELD * self._settings.max_bytes:
                raise UnavailableError("too many large answers are on their way to their clients; ask again in a moment")
            job = self._pool.submit(pack_request(request))
            watch = asyncio.get_running_loop().call_later(_WATCH_AFTER, self._watch, receive, job)
            try:
                return await job.reply
            finally:
                watch.cancel()
        except QueryTimeoutError:
            raise Problem(503, f"the query was stopped after {timeout}; ask for less, e.g. with LIMIT") from None
        except UnavailableError as error:
            raise Problem(503, str(error), headers=_RETRY) from None
        except WorkerDiedError as error:
            cause = f"it needs more than {self._settings.memory:,} MiB of memory, or is nested too deeply"
            raise Problem(503, f"the query ended the process that ran it ({error}): probably {cause}") from None

    def _watch(self, receive: Receive, job: Job) -> None:
        """End the query when its client goes."""

        async def wait_for_the_end() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            self._pool.end(job, AbandonedError())

        task = asyncio.get_running_loop().create_task(wait_for_the_end())
        self._watchers.add(task)
        task.add_done_callback(self._watchers.discard)

    def _problem(self, reply: Reply) -> Problem:
        about = json.loads(reply.body)
        trace = about["members"].pop("traceback", None)
        if trace:
            self._log.write(event="unexpected error in a worker", traceback=trace)
        return Problem(about["status"], about["detail"], **about["members"])

    async def _send(self, send: Send, body: bytes, content_type: str) -> None:
        if len(body) <= CHUNK_BYTES:
            await send_bytes(send, body, content_type, headers=_VARY)
            return
        self._bytes_held += len(body)
        try:
            async with asyncio.timeout(_SEND_SECONDS):
                await send_bytes(send, body, content_type, headers=_VARY)
        finally:
            self._bytes_held -= len(body)


async def _describe(scope: Scope, accept: str, send: Send) -> None:
    media_type = best_media_type(accept, tuple(GRAPH_TYPES))
    if media_type is None:
        raise Problem(406, f"the description of this service comes as {', '.join(GRAPH_TYPES)}")
    address = f"{scope['scheme']}://{header(scope, b'host')}{scope['path']}"
    await send_bytes(send, describe_service(address, GRAPH_TYPES[media_type]), media_type, headers=_VARY)
