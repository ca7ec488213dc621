"""Serve what people read: the explorer, the query page, and a page or RDF for every thing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, partial
from http import HTTPStatus
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from rlsgraph.endpoint.http.negotiation import GRAPH_TYPES, best_media_type
from rlsgraph.endpoint.http.problems import MEDIA_TYPE as PROBLEM
from rlsgraph.endpoint.http.problems import Problem, problem_response
from rlsgraph.endpoint.pages.facts import SIDES, facts_of
from rlsgraph.endpoint.pages.query_page import ENDPOINT, query_page
from rlsgraph.endpoint.pages.templating import render, short
from rlsgraph.endpoint.pages.things import KINDS, Kind, Thing, describe, path_of, resolve, words_of
from rlsgraph.errors import AmbiguousNameError, DataError, RlsGraphError, UnknownNameError
from rlsgraph.explorer.drawing import key_of
from rlsgraph.model import namespaces as ns
from rlsgraph.triples import resources
from rlsgraph.triples.formats import GRAPH_FORMATS, media_type_of

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

MOST_DRAWN = 5_000
"""A graph of more claims is not drawn: the browser would have to hold it all."""

FORMATS = tuple((ending, media_type_of(format_), format_.name) for ending, format_ in GRAPH_FORMATS.items())
"""Ending, media type and name of each RDF format that a thing comes in."""

HTML = "text/html"
GRAPH_TYPE = media_type_of(GRAPH_FORMATS["ttl"])
DESCRIPTION = "/.well-known/void"
"""Where clients of linked data look for what a site holds (VoID, section 7.2)."""
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing but this server's own files and answers."""

_STATIC_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain"}
_WORDS_OF_MATCHES = {
    "exactMatch": "same as",
    "closeMatch": "close to",
    "broadMatch": "narrower than",
    "narrowMatch": "broader than",
    "relatedMatch": "related to",
}
_FRAGMENTS = {"entity": "view=around&around=", "claim": "claim=", "hypothesis": "hypothesis=", "link": "link="}
"""How the explorer's address shows a thing, by kind."""


def page_routes(kg: KnowledgeGraph) -> list[BaseRoute]:
    """Return the routes of the pages about a graph."""
    pages = _Pages(kg)
    handlers: dict[str, Callable[[Request], Response]] = {
        "/": pages.explorer,
        "/query": pages.query,
        "/find": pages.find,
        "/static/{name:path}": _static,
        "/favicon.ico": _icon,
        "/ontology": _vocabulary,
        DESCRIPTION: pages.description,
        **{f"/{kind.name}/{{name:path}}": partial(pages.thing, kind) for kind in KINDS.values()},
    }
    return [Route(path, partial(_answered, handler)) for path, handler in handlers.items()]


def _answered(handler: Callable[[Request], Response], request: Request) -> Response:
    """Answer, or say what keeps the graph from answering: it is too large for the question, its store cannot be read."""
    try:
        return handler(request)
    except RlsGraphError as error:
        return problem_response(Problem(503, str(error)))


class _Pages:
    """The pages about one graph, which does not change."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg
        self._explorer: bytes | None = None
        self._drawing = Lock()

    @cached_property
    def _claims(self) -> int:
        return len(self._kg)

    def explorer(self, request: Request) -> Response:
        """Answer with the explorer: one file, drawn at the first request."""
        if self._claims > MOST_DRAWN:
            return self._html(request, "large.html", claims=self._claims, most=MOST_DRAWN)
        with self._drawing:
            if self._explorer is None:
                from rlsgraph.explorer.page import render_page

                self._explorer = render_page(self._kg.in_memory(), is_served=True).encode()
        # its own policy stands in the file, and knows the hashes of its scripts
        return _answer(request, self._explorer, HTML, {"Content-Security-Policy": "frame-ancestors 'none'"})

    def query(self, request: Request) -> Response:
        """Answer with the query page, which holds the query that its address brings."""
        page = query_page(request.query_params.get("query", ""), version=self._kg.version)
        return _answer(request, page.encode(), HTML, {"Content-Security-Policy": PAGE_POLICY})

    def description(self, request: Request) -> Response:
        """Answer with what the graph is as a dataset, where clients of linked data look for it."""
        return _answer(request, self._description, GRAPH_TYPE)

    @cached_property
    def _description(self) -> bytes:
        from rlsgraph.explorer.page import title_of
        from rlsgraph.formats.exchange.content import content_of
        from rlsgraph.formats.exchange.dataset import dataset

        return dataset(content_of(self._kg, title=title_of(self._kg))).encode()

    def find(self, request: Request) -> Response:
        """Lead to whatever goes by a name: an entity first, then a claim, source, hypothesis or evidence item."""
        name = request.query_params.get("name", "").strip()
        near: list[tuple[str, str]] = []
        for kind in KINDS.values():
            try:
                return RedirectResponse(path_of(resolve(self._kg, kind, name)[0]), status_code=303)
            except UnknownNameError as error:
                near += self._near(kind, error)
            except AmbiguousNameError as error:
                return self._choices(request, kind, error)
        return self._problem(request, Problem(404, f"nothing is named {short(name, 80)!r}"), near)

    def thing(self, kind: Kind, request: Request) -> Response:
        """Answer with the page of a thing, or with what it is in RDF, as the ending or the Accept header asks."""
        name = request.path_params["name"]
        try:
            thing, ending = resolve(self._kg, kind, name)
        except AmbiguousNameError as error:
            return self._choices(request, kind, error)
        except UnknownNameError as error:
            return self._problem(
                request, Problem(404, f"no {error.kind} is named {short(error.name, 80)!r}"), self._near(kind, error)
            )
        path = path_of(thing)
        own_address = f"{path}.{ending}" if ending else path
        if own_address != f"/{kind.name}/{quote(name, safe='')}":
            return RedirectResponse(own_address, status_code=303)
        accepted = best_media_type(request.headers.get("accept", ""), (HTML, *GRAPH_TYPES))
        wanted = ending or {HTML: "html", **GRAPH_TYPES}.get(accepted or "", "")
        if not wanted:
            offered = ", ".join((HTML, *GRAPH_TYPES))
            return self._problem(request, Problem(406, f"a thing comes as {offered}"))
        headers = {"Link": _links(thing, path)} | ({} if ending else {"Vary": "Accept"})
        if wanted == "html":
            return self._thing_page(request, kind, thing, path, headers)
        try:
            body = describe(self._kg, kind, thing.iri, wanted)
        except DataError as error:
            return self._problem(request, Problem(406, str(error)))
        return _answer(request, body, media_type_of(GRAPH_FORMATS[wanted]), headers | {"Content-Location": f"{path}.{wanted}"})

    def _thing_page(self, request: Request, kind: Kind, thing: Thing, path: str, headers: Mapping[str, str]) -> Response:
        fragment = _FRAGMENTS.get(kind.name, "")
        return self._html(
            request,
            f"{kind.name}.html",
            headers=headers,
            thing=thing,
            path=path,
            rdf=f"{path}.ttl",
            formats=FORMATS,
            fragment=fragment and fragment + quote(key_of(thing.iri), safe=""),
            **facts_of(self._kg, thing),
        )

    def _choices(self, request: Request, kind: Kind, error: AmbiguousNameError) -> Response:
        """Answer with the addresses of all that a name may mean."""
        detail = f"{short(error.name, 80)!r} is ambiguous: several things go by that name"
        meant = [(f"{words} <{iri}>", path_of(iri, kind.name)) for words, iri in error.meant]
        return self._problem(request, Problem(300, detail), meant)

    def _near(self, kind: Kind, error: UnknownNameError) -> list[tuple[str, str]]:
        """Return words and address of the things whose names come nearest."""
        near = []
        for name in error.nearest:
            try:
                thing = kind.get(self._kg, name)
            except (UnknownNameError, AmbiguousNameError):
                continue
            near.append((words_of(thing), path_of(thing)))
        return near

    def _problem(self, request: Request, problem: Problem, near: Sequence[tuple[str, str]] = ()) -> Response:
        """Answer with a problem: as a page where the client asks for one, else as problem+json."""
        problem.headers["Vary"] = "Accept"
        if best_media_type(request.headers.get("accept", ""), (PROBLEM, HTML)) != HTML:
            problem.members |= {"near": [path for _, path in near]} if near else {}
            return problem_response(problem)
        title = HTTPStatus(problem.status).phrase
        values = {"status": problem.status, "title": title, "detail": problem.detail, "near": near}
        headers = {"Content-Security-Policy": PAGE_POLICY, **problem.headers}
        return Response(self._render("problem.html", **values), problem.status, headers, HTML)

    def _html(self, request: Request, template: str, *, headers: Mapping[str, str] | None = None, **values: Any) -> Response:
        page = self._render(template, **values)
        return _answer(request, page.encode(), HTML, {"Content-Security-Policy": PAGE_POLICY, **(headers or {})})

    def _render(self, template: str, **values: Any) -> str:
        return render(
            template,
            **{"rdf": ENDPOINT, **values},
            here="",
            version=self._kg.version,
            profile=self._kg.profile,
            marks=SIDES,
            matches=_WORDS_OF_MATCHES,
        )


def _links(thing: Thing, path: str) -> str:
    """Return the Link header: the IRI of the thing, and where the same is told in each format."""
    others = [(ending, media_type) for ending, media_type, _ in FORMATS] + [("html", HTML)]
    described = [
        f'<{path}.ttl>; rel="describedby"; type="{GRAPH_TYPE}"',
        f'<{DESCRIPTION}>; rel="collection"; type="{GRAPH_TYPE}"',
    ]
    alternates = [f'<{path}.{ending}>; rel="alternate"; type="{media_type}"' for ending, media_type in others]
    return ", ".join((f'<{quote(thing.iri, safe=_IN_ADDRESSES)}>; rel="canonical"', *described, *alternates))


_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"


@cache
def _static_files() -> dict[str, tuple[bytes, str]]:
    """Return body and media type of each file that pages load, by name; the explorer's style sheet and icon are among them."""
    folder = files("rlsgraph.endpoint") / "static"
    found = {file.name: file for file in folder.iterdir() if file.is_file()}
    found |= {f"yasgui/{file.name}": file for file in (folder / "yasgui").iterdir()}
    found |= {name: files("rlsgraph.explorer") / "static" / name for name in ("explorer.css", "panel.css", "icon.svg")}
    return {name: (file.read_bytes(), _STATIC_TYPES[name.rpartition(".")[2]]) for name, file in found.items()}


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _static_files():
        return problem_response(Problem(404, f"there is no file {short(name, 80)!r} here"))
    return _answer(request, *_static_files()[name])


def _vocabulary(request: Request) -> Response:
    """Answer with the ontology and its schemes, which the terms' IRIs lead to, in the RDF format that the client prefers."""
    accepted = best_media_type(request.headers.get("accept", ""), tuple(GRAPH_TYPES))
    if accepted is None:
        return problem_response(Problem(406, f"the vocabulary comes as {', '.join(GRAPH_TYPES)}"))
    return _answer(request, _vocabulary_as(GRAPH_TYPES[accepted]), accepted, {"Vary": "Accept"})


@cache
def _vocabulary_as(format_name: str) -> bytes:
    parts = (ox.parse(path=resources.ontology_file(name), format=ox.RdfFormat.TURTLE) for name in ("rlsgraph.ttl", "schemes.ttl"))
    triples = (quad.triple for part in parts for quad in part)
    prefixes = ns.PREFIXES if format_name == "ttl" else None
    return ox.serialize(triples, format=GRAPH_FORMATS[format_name], prefixes=prefixes) or b""


def _icon(request: Request) -> Response:
    """Answer with the icon where a browser looks for one without being told, as beside an answer that is no page."""
    return _answer(request, *_static_files()["icon.svg"])


def _answer(request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a body with its ETag, or that the client's copy is still right."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    fields = {**(headers or {}), "ETag": tag, "Cache-Control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=fields)
    return Response(body, media_type=media_type, headers=fields)
