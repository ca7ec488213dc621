"""Read a request of the SPARQL 1.1 Protocol: GET, POST of a form, or POST of the query itself."""

from __future__ import annotations

import asyncio
import codecs
import re
from binascii import a2b_qp
from collections.abc import Iterable
from dataclasses import dataclass

from rlsgraph.endpoint.http.asgi import Receive, Scope
from rlsgraph.endpoint.http.problems import Problem
from rlsgraph.endpoint.settings import Settings

METHODS = "GET, HEAD, POST, OPTIONS"

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_BODY_SECONDS = 30.0
_MAX_PARAMETERS = 1000
_LETTERS = bytes(range(32, 127))
_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query, and the graphs that it sees in place of those that it names itself."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def read_sparql_request(scope: Scope, receive: Receive, settings: Settings) -> SparqlRequest:
    """Return what a request asks; raise a `Problem` where it is no query that the protocol knows."""
    method = scope["method"]
    if method in ("GET", "HEAD"):
        return _from_parameters(_parse(scope["query_string"]), settings)
    if method != "POST":
        raise Problem(405, f"{method} is no way to ask; use GET or POST", headers={"allow": METHODS})
    media_type, charset = _content_type(header(scope, b"content-type"))
    if media_type == _UPDATE:
        raise _update_refused()
    if media_type not in (_FORM, _QUERY):
        raise Problem(415, f"a query comes as {_FORM} or {_QUERY}, not as {media_type or 'a body without Content-Type'}")
    coding = header(scope, b"content-encoding").strip().lower()
    if coding not in ("", "identity"):
        refusal = f"a body is read as it is, not as {coding[:40]}; send it without Content-Encoding"
        raise Problem(415, refusal, headers={"accept-encoding": "identity"})
    body = await read_body(scope, receive, limit=settings.max_body)
    if not _is_read_as_utf8(charset, body):
        raise Problem(415, f"a query is read as UTF-8, not as {charset[:40]}")
    parameters = _parse(scope["query_string"])
    parameters += _parse(body) if media_type == _FORM else [("query", _decoded(body))]
    return _from_parameters(parameters, settings)


def header(scope: Scope, name: bytes) -> str:
    """Return a header's value; empty where there is none."""
    value: bytes = scope["fields"].get(name, b"")
    return value.decode("latin-1")


async def read_body(scope: Scope, receive: Receive, *, limit: int) -> bytes:
    """Return the body of a request; raise a `Problem` where it is longer than `limit`, or is sent too slowly."""
    too_long = Problem(413, f"the body is longer than {limit:,} bytes", headers={"connection": "close"})
    declared = header(scope, b"content-length")
    if declared.isdecimal() and int(declared) > limit:
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Problem(400, "the body ends too early")
                body += message.get("body", b"")
                if len(body) > limit:
                    raise too_long
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise Problem(408, f"the body did not come within {_BODY_SECONDS:g} s", headers={"connection": "close"}) from None


def _content_type(value: str) -> tuple[str, str]:
    """Return the media type and the charset of a Content-Type header, in lower case."""
    media_type, *parameters = (part.strip().lower() for part in value.split(";"))
    charsets = [value.strip(' "') for name, _, value in (part.partition("=") for part in parameters) if name.strip() == "charset"]
    return media_type, charsets[0] if charsets else ""


def _is_read_as_utf8(charset: str, body: bytes) -> bool:
    """Say whether a body means the same in UTF-8 as in a charset, by whatever name that goes (`utf8`, `latin1` …).

    Plain ASCII does in every charset that extends it; a form is plain ASCII whatever its client calls it.
    """
    try:
        name = codecs.lookup(charset or "utf-8").name
        return name == "utf-8" or (body.isascii() and _LETTERS.decode(name) == _LETTERS.decode())
    except (LookupError, UnicodeError, ValueError):
        return False


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise Problem(400, f"the query is not UTF-8: byte {error.start} cannot be read") from None


def _parse(parameters: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a form or an address."""
    if _NO_ESCAPE.search(parameters):
        raise Problem(400, "a parameter holds a % that two hex digits do not follow")
    pairs = [part.partition(b"=") for part in parameters.split(b"&") if part]
    if len(pairs) > _MAX_PARAMETERS:
        raise Problem(400, f"there are more than {_MAX_PARAMETERS:,} parameters")
    return [(_unescape(name), _unescape(value)) for name, _, value in pairs]


def _unescape(text: bytes) -> str:
    """Return what a percent-encoded text means.

    It is quoted-printable with another sign, which C reads many times faster than `urllib.parse` does in Python: of a short
    query's time that was a tenth (benchmarks/endpoint.py).
    """
    return _decoded(a2b_qp(text.replace(b"+", b" ").replace(b"=", b"%3D").replace(b"%", b"=")))


def _from_parameters(parameters: Iterable[tuple[str, str]], settings: Settings) -> SparqlRequest:
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _update_refused()
    queries = values.get("query", [])
    if len(queries) != 1:
        raise Problem(400, f"exactly one parameter named query is needed, and there are {len(queries)}")
    if len(queries[0]) > settings.max_query:
        raise Problem(413, f"the query is longer than {settings.max_query:,} characters")
    return SparqlRequest(queries[0], tuple(values.get("default-graph-uri", ())), tuple(values.get("named-graph-uri", ())))


def _update_refused() -> Problem:
    return Problem(403, "this graph is read-only: updates are refused")
