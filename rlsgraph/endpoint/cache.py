"""Keep the answers of queries that come again: the graph never changes while it is served."""

from __future__ import annotations

import re
from collections import OrderedDict

from rlsgraph.endpoint.workers.frames import Reply, Request

MAX_ANSWER_BYTES = 1024 * 1024

# What makes a query answer otherwise the next time, and escapes, behind which such a word may hide.
_CHANGING = re.compile(r"now|rand|uuid|bnode|\\u", re.IGNORECASE)


class AnswerCache:
    """The answers that were asked for last, as many as fit."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._replies: OrderedDict[Request, Reply] = OrderedDict()

    def find(self, request: Request) -> Reply | None:
        """Return the answer to a request, where it is kept."""
        reply = self._replies.get(request)
        if reply is not None:
            self._replies.move_to_end(request)
        return reply

    def keep(self, request: Request, reply: Reply) -> None:
        """Keep an answer, unless it is large, or another time it would be another one."""
        size = _size(request, reply)
        if size > min(MAX_ANSWER_BYTES, self._max_bytes) or request in self._replies or _CHANGING.search(request.query):
            return
        self._replies[request] = reply
        self._bytes += size
        while self._bytes > self._max_bytes:
            self._bytes -= _size(*self._replies.popitem(last=False))


def _size(request: Request, reply: Reply) -> int:
    return len(request.query) + len(reply.body)
