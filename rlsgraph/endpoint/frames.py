"""Pass requests and replies between the server and a worker: frames with their length in front."""

from __future__ import annotations

import json
import struct
from typing import BinaryIO, NamedTuple

_LENGTH = struct.Struct("!I")
_HEAD = struct.Struct("!IcBI")

READY, ANSWER, PROBLEM = b"r", b"a", b"p"


class Request(NamedTuple):
    """A query for a worker; `formats` are those of rows, of yes or no, and of triples, where the client takes one."""

    query: str
    formats: tuple[str | None, str | None, str | None]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Reply(NamedTuple):
    """What a worker says: that it is ready, an answer (of which kind, with how many rows), or a problem as JSON."""

    kind: bytes
    body: bytes
    answer_kind: int = 0
    rows: int = 0


def pack_request(request: Request) -> bytes:
    """Return a request as a frame."""
    body = json.dumps(request).encode()
    return _LENGTH.pack(len(body)) + body


def read_request(source: BinaryIO) -> Request | None:
    """Return the next request; None where the server has closed the pipe."""
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    body = source.read(_LENGTH.unpack(head)[0])
    query, formats, defaults, named = json.loads(body)
    return Request(query, tuple(formats), tuple(defaults), tuple(named))


def write_reply(sink: BinaryIO, reply: Reply) -> None:
    """Write a reply as a frame."""
    sink.write(_HEAD.pack(len(reply.body), reply.kind, reply.answer_kind, reply.rows) + reply.body)
    sink.flush()


class ReplyReader:
    """Put replies together from the pieces in which a pipe delivers them."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def feed(self, data: bytes) -> Reply | None:
        """Take a piece; return the reply that it completes (a worker sends one, then waits)."""
        self._pieces += data
        if len(self._pieces) < _HEAD.size:
            return None
        length, kind, answer_kind, rows = _HEAD.unpack_from(self._pieces)
        if len(self._pieces) < _HEAD.size + length:
            return None
        body = bytes(memoryview(self._pieces)[_HEAD.size :])
        self._pieces = bytearray()
        return Reply(kind, body, answer_kind, rows)
