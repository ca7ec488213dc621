"""Say what went wrong as application/problem+json, or in XML to clients that read nothing else (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from rlsgraph.endpoint.http.asgi import Send, send_bytes
from rlsgraph.endpoint.http.negotiation import best_media_type
from rlsgraph.errors import remake_error

if TYPE_CHECKING:
    from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
XML_TYPE = "application/problem+xml"
_JSON_TYPES = (MEDIA_TYPE, "application/sparql-results+json", "application/json")
_XML_TYPES = (XML_TYPE, "application/sparql-results+xml", "application/xml", "text/xml")


class Problem(Exception):  # noqa: N818 -- the word of RFC 9457
    """A request that cannot be served: its HTTP status, why, and further members of the answer (e.g. `line`)."""

    def __init__(self, status: int, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.members = status, detail, dict(headers or {}), members

    def __reduce__(self) -> tuple[Any, ...]:
        return remake_error, (type(self), self.args, self.__dict__)

    def body(self) -> bytes:
        """Return the problem as JSON."""
        about = {"title": HTTPStatus(self.status).phrase, "status": self.status, "detail": self.detail}
        return json.dumps(about | self.members, ensure_ascii=False).encode()

    def xml(self) -> bytes:
        """Return the problem as XML (RFC 9457, appendix B); what XML cannot hold gives way to U+FFFD."""
        about = {"title": HTTPStatus(self.status).phrase, "status": self.status, "detail": self.detail}
        members = "".join(f"<{name}>{escape(_readable(str(value)))}</{name}>" for name, value in about.items())
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<problem xmlns="urn:ietf:rfc:7807">{members}</problem>\n'.encode()


def _readable(text: str) -> str:
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


async def send_problem(send: Send, problem: Problem, accept: str = "") -> None:
    """Answer with a problem: as JSON, unless the client accepts XML alone."""
    in_xml = accept and best_media_type(accept, _JSON_TYPES) is None and best_media_type(accept, _XML_TYPES) is not None
    body, media_type = (problem.xml(), XML_TYPE) if in_xml else (problem.body(), MEDIA_TYPE)
    await send_bytes(send, body, media_type, status=problem.status, headers=problem.headers)


def problem_response(problem: Problem) -> Response:
    """Return a problem as a response for Starlette's routes."""
    from starlette.responses import Response

    return Response(problem.body(), status_code=problem.status, media_type=MEDIA_TYPE, headers=problem.headers)
