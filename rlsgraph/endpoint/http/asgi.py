"""Name the types of ASGI, and send whole answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]
Fields = Mapping[bytes, bytes]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CHUNK_BYTES = 256 * 1024
"""A larger body goes in pieces of this size."""


def header_fields(headers: Sequence[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return the headers of a request by name; the values of one that comes several times are joined, as RFC 9110 says."""
    fields = dict(headers)
    if len(fields) < len(headers):
        fields = {name: b", ".join(value for other, value in headers if other == name) for name in fields}
    return fields


async def send_bytes(
    send: Send, body: bytes, media_type: str, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> None:
    """Answer with a body; a large one goes in pieces, each when the client has taken most of the one before."""
    fields = [(b"content-type", media_type.encode()), (b"content-length", b"%d" % len(body))]
    if headers:
        fields += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    if len(body) <= CHUNK_BYTES:
        await send({"type": "http.response.body", "body": body})
        return
    view = memoryview(body)
    for start in range(0, len(body), CHUNK_BYTES):
        piece = bytes(view[start : start + CHUNK_BYTES])
        await send({"type": "http.response.body", "body": piece, "more_body": start + CHUNK_BYTES < len(body)})
