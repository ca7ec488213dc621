"""Pass requests and replies between the server and a worker: frames with their length in front, in order."""

from __future__ import annotations

import json
import select
import struct
import sys
import time
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from io import FileIO
from typing import Any, BinaryIO, NamedTuple

_LENGTH = struct.Struct("!I")
_HEAD = struct.Struct("!IcBI")
_READ_BYTES = 64 * 1024
_LOOK_SECONDS = 0.01
"""Requests are taken back from behind a query that runs much longer than this; so a look in between is time enough."""

READY, ANSWER, PROBLEM, FORGOTTEN = b"r", b"a", b"p", b"f"

FORGET = _LENGTH.pack(0)
"""The frame with which the server takes back the requests that a worker has not begun; it answers how many (in `rows`)."""


class Request(NamedTuple):
    """A query for a worker; `formats` are those of rows, of yes or no, and of triples, where the client takes one."""

    query: str
    formats: tuple[str | None, str | None, str | None]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Reply(NamedTuple):
    """What a worker says: that it is ready, an answer (of which kind, with how many rows), or a problem as JSON."""

    kind: bytes
    body: bytes = b""
    answer_kind: int = 0
    rows: int = 0


def pack_request(request: Request) -> bytes:
    """Return a request as a frame: its options in a line of JSON, and the query."""
    query = request.query.encode()
    options = _pack_options(request.formats, request.default_graphs, request.named_graphs)
    return b"".join((_LENGTH.pack(len(options) + len(query)), options, query))


@lru_cache(maxsize=256)
def _pack_options(*options: tuple[str | None, ...]) -> bytes:
    return json.dumps(options).encode() + b"\n"


def _unpack_request(body: bytes) -> Request:
    options, _, query = body.partition(b"\n")
    formats, defaults, named = _unpack_options(options)
    return Request(query.decode(), formats, defaults, named)


@lru_cache(maxsize=256)
def _unpack_options(options: bytes) -> tuple[Any, ...]:
    return tuple(tuple(option) for option in json.loads(options))


class RequestReader:
    """The worker's end of the pipe: all that has come is read first, so that no request that is taken back is begun."""

    def __init__(self, pipe: FileIO) -> None:
        self._pipe = pipe
        # Made once: to make a large one each time costs more than to read into it (benchmarks/endpoint.py).
        self._buffer = bytearray(_READ_BYTES)
        self._pieces = bytearray()
        self._requests: deque[bytes] = deque()
        self._forgotten: int | None = None
        self._looked = 0.0

    def read(self) -> Request | Reply | None:
        """Return the next request, or the reply that is due to `FORGET`; None where the server has closed the pipe."""
        while self._is_empty() or self._has_more():
            size = self._pipe.readinto(self._buffer)
            if not size:
                return None
            self._take(memoryview(self._buffer)[:size])
        if self._forgotten is not None:
            reply, self._forgotten = Reply(FORGOTTEN, rows=self._forgotten), None
            return reply
        return _unpack_request(self._requests.popleft())

    def _has_more(self) -> bool:
        """Say whether the pipe holds something, where some time has passed since this was known.

        Windows cannot say; there the server sends one request at a time.
        """
        now = time.monotonic()
        if sys.platform == "win32" or now - self._looked < _LOOK_SECONDS:
            return False
        self._looked = now
        return bool(select.select([self._pipe], [], [], 0)[0])

    def _is_empty(self) -> bool:
        return not self._requests and self._forgotten is None

    def _take(self, data: memoryview) -> None:
        self._pieces += data
        start = 0
        while len(self._pieces) - start >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._pieces, start)
            end = start + _LENGTH.size + length
            if end > len(self._pieces):
                break
            if length == 0:
                self._forgotten = (self._forgotten or 0) + len(self._requests)
                self._requests.clear()
            else:
                self._requests.append(bytes(memoryview(self._pieces)[start + _LENGTH.size : end]))
            start = end
        del self._pieces[:start]


def write_reply(sink: BinaryIO, reply: Reply) -> None:
    """Write a reply as a frame."""
    sink.write(_HEAD.pack(len(reply.body), reply.kind, reply.answer_kind, reply.rows) + reply.body)
    sink.flush()


class ReplyReader:
    """Put replies together from the pieces in which a pipe delivers them."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def feed(self, data: bytes) -> Iterator[Reply]:
        """Take a piece; yield the replies that it completes."""
        self._pieces += data
        start = 0
        while len(self._pieces) - start >= _HEAD.size:
            length, kind, answer_kind, rows = _HEAD.unpack_from(self._pieces, start)
            end = start + _HEAD.size + length
            if end > len(self._pieces):
                break
            yield Reply(kind, bytes(memoryview(self._pieces)[start + _HEAD.size : end]), answer_kind, rows)
            start = end
        del self._pieces[:start]
