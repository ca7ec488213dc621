"""Refuse requests that come by another name or from another site's page; add the headers that keep browsers strict."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from rlsgraph.endpoint.http.asgi import Fields, Headers
from rlsgraph.endpoint.http.problems import Problem
from rlsgraph.endpoint.http.protocol import METHODS
from rlsgraph.endpoint.settings import Settings

_WILDCARDS = ("0.0.0.0", "::")  # noqa: S104
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_PAGE_HEADERS = (
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
_PREFLIGHT_SECONDS = b"600"


class Guard:
    """Know who may ask."""

    def __init__(self, settings: Settings) -> None:
        self._hosts = _host_names((*_LOOPBACK, settings.host, *settings.allowed_hosts))
        self._any_host = "*" in settings.allowed_hosts
        self._any_address = settings.host in _WILDCARDS
        self._origins = frozenset(origin.lower() for origin in settings.cors)
        self._headers: Headers = (
            (b"x-content-type-options", b"nosniff"),
            (b"cross-origin-resource-policy", b"cross-origin" if settings.cors else b"same-origin"),
        )

    def headers(self, fields: Fields) -> Headers:
        """Return the headers that every answer to a request gets."""
        if not self._origins:
            return self._headers
        return (*self._headers, (b"vary", b"Origin"), *self._cors_headers(_lower(fields, b"origin")))

    def refusal(self, fields: Fields) -> Problem | None:
        """Return why a request is not served; None where it is."""
        if b"host" not in fields:
            return Problem(400, "a request has a Host header")
        host, origin = _lower(fields, b"host"), _lower(fields, b"origin")
        if not self._is_name_here(_without_port(host)):
            return Problem(421, f"this server does not go by the name {host[:80]!r}; `--allow-host` adds a name")
        if origin and not self._is_welcome(origin) and _host_of(origin) != host:
            return Problem(403, f"pages of {origin[:80]!r} may not ask here; `--cors` allows an origin")
        if not origin and _is_embedding(fields):
            return Problem(403, "another site's page asks without saying which it is")
        return None

    def _is_name_here(self, name: str) -> bool:
        return self._any_host or name in self._hosts or (self._any_address and _is_address(name))

    def _is_welcome(self, origin: str) -> bool:
        return origin in self._origins or "*" in self._origins

    def _cors_headers(self, origin: str) -> Headers:
        if not origin or not self._is_welcome(origin):
            return ()
        return (
            (b"access-control-allow-origin", b"*" if "*" in self._origins else origin.encode("latin-1")),
            (b"access-control-allow-methods", METHODS.encode()),
            (b"access-control-allow-headers", b"accept, content-type"),
            (b"access-control-expose-headers", b"retry-after"),
            (b"access-control-max-age", _PREFLIGHT_SECONDS),
        )


def _host_names(names: Iterable[str]) -> frozenset[str]:
    """Return names as a Host header spells them: IPv6 addresses in brackets."""
    return frozenset(f"[{name}]" if name.count(":") > 1 and not name.startswith("[") else name for name in map(str.lower, names))


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() and not name.endswith(":") else host


def _lower(fields: Fields, name: bytes) -> str:
    return fields.get(name, b"").decode("latin-1").lower()


def _host_of(origin: str) -> str:
    """Return host and port of an origin; empty where it is none, e.g. `null` or `http://[`."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    """Say whether a host is a number: no page can make a browser take one for its own name."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _is_embedding(fields: Fields) -> bool:
    """Say whether a browser fetches this for a page of another site: no link that a reader follows, and no Origin to judge."""
    return fields.get(b"sec-fetch-site") in (b"cross-site", b"same-site") and fields.get(b"sec-fetch-mode") != b"navigate"


def page_headers(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return the further headers of a page: the strictest policy, where it brings none of its own."""
    fields = dict(headers)
    if not fields.get(b"content-type", b"").startswith(b"text/html"):
        return ()
    return tuple(header for header in _PAGE_HEADERS if header[0] not in fields)
