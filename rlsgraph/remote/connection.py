"""Talk HTTP to one address: bounded in time and bytes, patient where it is busy, silent about credentials."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit, urlunsplit
from weakref import WeakSet

from rlsgraph.errors import EndpointError
from rlsgraph.remote.messages import plain_message
from rlsgraph.version import __version__

if TYPE_CHECKING:
    import httpx

AUTH_VARIABLE = "RLSGRAPH_ENDPOINT_AUTH"
"""Names the environment variable with the Authorization header, or with `basic user:password` or `digest user:password`."""

BUSY = frozenset({429, 502, 503, 504})
LONGEST_WAIT = 30.0
MAX_BYTES = 256 * 1024**2
CONNECT_SECONDS = 10.0
_ERROR_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the headers (by names in lower case), and the body, decoded."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class _BrokenError(Exception):
    """Say that a connection could not be made, or broke."""


class Connection:
    """An address with what is kept between requests: credentials and open sockets. Nothing is sent before `send`.

    `timeout` bounds each attempt as a whole, from the first byte sent to the last one read. An attempt is made again, after a
    pause, where the connection broke or the server is busy; so whatever is sent must do no harm when it is done twice.
    """

    def __init__(self, url: str, *, timeout: float, retries: int, max_bytes: int) -> None:
        self.url, self._userinfo = _split_userinfo(url)
        self.name = name_of(self.url)
        self._timeout, self._retries, self._max_bytes = timeout, retries, max_bytes
        self._sockets: WeakSet[socket.socket] = WeakSet()

    def send(self, method: str, *, headers: Mapping[str, str], head_only: bool = False, **content: Any) -> Reply:
        """Return the answer to one request; raises `EndpointError` where there is none, or one that is an error.

        `content` is `params`, `data` and `content` as httpx has them. `head_only` leaves the body of the answer unread.
        """
        for attempt in range(self._retries + 1):
            is_last = attempt == self._retries
            pause = 0.25 * 2**attempt
            try:
                reply = self._try(method, head_only=head_only, headers=headers, **content)
            except _BrokenError as error:
                if is_last:
                    raise self.error(f"cannot be reached: {error}; is the address right, and the server running?") from error
            else:
                if reply.status not in BUSY or is_last:
                    return self._checked(reply)
                pause = max(pause, self._asked_pause(reply))
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def error(self, reason: str, *, status: int | None = None) -> EndpointError:
        """Return an error that names this address, without credentials."""
        return EndpointError(self.name, reason, status=status)

    def _try(self, method: str, *, head_only: bool, **request: Any) -> Reply:
        import httpx

        deadline = _Deadline(self._timeout, self._sockets)
        late = self.error(f"no whole answer within {self._timeout:g} s; ask for less, or allow more time")
        try:
            with deadline, self._client.stream(method, self.url, extensions={"trace": deadline.on_trace}, **request) as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                reply = Reply(response.status_code, headers, b"" if head_only else self._read(response))
        except httpx.ConnectTimeout as error:
            raise _BrokenError(f"no connection within {min(CONNECT_SECONDS, self._timeout):g} s") from error
        except httpx.TransportError as error:
            if deadline.has_passed or isinstance(error, httpx.TimeoutException):
                raise late from error
            raise _BrokenError(str(error) or type(error).__name__) from error
        except httpx.DecodingError as error:
            raise self.error("the answer is compressed in a way that cannot be read") from error
        if deadline.has_passed:  # a body of no stated length ends where its socket is shut
            raise late
        return reply

    def _read(self, response: httpx.Response) -> bytes:
        """Read the body up to the limit; counted after decompression, so that a small bomb stays small."""
        is_error = response.status_code >= 300
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("", "identity", "gzip"):
            raise self.error(f"the answer is compressed as {encoding!r}, which was not asked for")
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if is_error and len(body) > _ERROR_BYTES:
                break
            if len(body) > self._max_bytes:
                raise self.error(f"the answer is larger than {self._max_bytes / 1024**2:g} MiB; ask for less, or in pages")
        return bytes(body)

    def _checked(self, reply: Reply) -> Reply:
        status = reply.status
        if 200 <= status < 300 and status != 206:
            return reply
        if 300 <= status < 400:
            place = name_of(reply.headers.get("location", "another address"))
            raise self.error(f"sends on to {place}; if you trust that address, give it instead", status=status)
        message = plain_message(reply.media_type, reply.body)
        detail = f": {message}" if message else ""
        if status in (401, 403):
            remedy = f"set {AUTH_VARIABLE} to 'basic user:password', 'digest user:password' or an Authorization header"
            raise self.error(f"refuses access ({status}){detail}; {remedy}", status=status)
        if status in BUSY:
            raise self.error(f"is busy or down ({status}), after {self._retries + 1} attempts{detail}", status=status)
        raise self.error(f"answered {status}{detail}", status=status)

    def _asked_pause(self, reply: Reply) -> float:
        """Return the seconds that a busy server asks to wait; raises where that is longer than we would."""
        asked = _seconds(reply.headers.get("retry-after", ""))
        if asked > LONGEST_WAIT:
            raise self.error(f"is busy ({reply.status}) and asks to come back in {asked:,.0f} s", status=reply.status)
        return asked

    def _hide_parameters(self, record: logging.LogRecord) -> bool:
        """Let httpx log this address as it may be shown."""
        if isinstance(record.args, tuple):
            record.args = tuple(self.name if str(part).startswith(self.url) else part for part in record.args)
        return True

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        if "?" in self.url:
            logging.getLogger("httpx").addFilter(self._hide_parameters)
        return httpx.Client(
            timeout=httpx.Timeout(self._timeout, connect=min(CONNECT_SECONDS, self._timeout)),
            follow_redirects=False,
            headers={"User-Agent": f"rlsgraph/{__version__}", "Accept-Encoding": "gzip"},
            auth=self._auth(),
        )

    def _auth(self) -> httpx.Auth | None:
        """Return the credentials of the environment, else those of the address."""
        import httpx

        kind, _, rest = os.environ.get(AUTH_VARIABLE, "").strip().partition(" ")
        user, colon, password = rest.strip().partition(":")
        if colon and kind.lower() == "digest":
            return httpx.DigestAuth(user, password)
        if colon and kind.lower() == "basic":
            return httpx.BasicAuth(user, password)
        if kind:
            return _Authorization(f"{kind} {rest}".strip())
        return httpx.BasicAuth(*self._userinfo) if self._userinfo else None


def _Authorization(value: str) -> httpx.Auth:  # noqa: N802  # stands beside httpx.BasicAuth
    import httpx

    if not value.isascii() or not value.isprintable():
        raise EndpointError(f"${AUTH_VARIABLE}", "an Authorization header has printable ASCII characters only")

    class Authorization(httpx.Auth):
        def auth_flow(self, request: httpx.Request) -> Any:
            request.headers["Authorization"] = value
            yield request

    return Authorization()


class _Deadline:
    """End whatever is going on when time is up, by shutting the sockets: httpx bounds each read, not their sum."""

    def __init__(self, seconds: float, sockets: WeakSet[socket.socket]) -> None:
        self.has_passed = False
        self._sockets = sockets
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def on_trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of the socket of a new connection, as httpx reports it."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            found = info["return_value"].get_extra_info("socket")
            if found is not None:
                self._sockets.add(found)
                if self.has_passed:
                    _shut(found)

    def _pass(self) -> None:
        self.has_passed = True
        for each in list(self._sockets):
            _shut(each)


def _shut(connected: socket.socket) -> None:
    try:
        socket.socket.shutdown(connected, socket.SHUT_RDWR)  # not TLS's own farewell, which would wait for the other side
    except (OSError, ssl.SSLError):
        return  # closed already


def name_of(url: str) -> str:
    """Return an address as it may be shown: without credentials, and without parameters, which may hold a key."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _split_userinfo(url: str) -> tuple[str, tuple[str, str] | None]:
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and url.isprintable()
    except ValueError:  # no port number
        is_usable = False
    if not is_usable:
        raise EndpointError(name_of_unreadable(url), "is no address of an endpoint; one begins with http:// or https://")
    userinfo, at, host = parts.netloc.rpartition("@")
    user, _, password = userinfo.partition(":")
    bare = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    return bare, (unquote(user), unquote(password)) if at else None


def name_of_unreadable(url: str) -> str:
    """Return what can be shown of a text that is no address: what follows any credentials."""
    return repr(url.rpartition("@")[2][:80])


def _seconds(retry_after: str) -> float:
    """Return the seconds that a Retry-After header means: a number, or a date (RFC 9110, 10.2.3); 0 where it is neither."""
    from email.utils import parsedate_to_datetime

    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return 0.0
