"""Make the query page: an editor with the stored questions, the prefixes that every query knows, and the terms to complete."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rlsgraph.endpoint.pages.templating import render
from rlsgraph.endpoint.pages.things import KINDS
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.formats import GRAPH_FORMATS, RESULT_FORMATS, media_type_of
from rlsgraph.triples.resources import ontology_file, query_files

ENDPOINT = "/sparql"


@dataclass(frozen=True)
class Question:
    """A stored question: its name, the question in words, and the query."""

    name: str
    words: str
    text: str


@cache
def stored_questions() -> tuple[Question, ...]:
    """Return the questions that come with the package, by name; the words are their first line."""
    texts = {name: path.read_text("utf-8").strip() for name, path in query_files().items()}
    return tuple(Question(name, text.splitlines()[0].removeprefix("#").strip(), text) for name, text in texts.items())


@cache
def known_terms() -> tuple[str, ...]:
    """Return the CURIEs of the project's own terms, sorted."""
    import pyoxigraph as ox

    triples = (triple for name in ("rlsgraph.ttl", "schemes.ttl") for triple in ox.parse(path=ontology_file(name)))
    subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)}
    return tuple(sorted(ns.compress(iri) for iri in subjects if iri.startswith(ns.RLS)))


def query_page(text: str, *, version: str) -> str:
    """Return the query page with a query in the editor: the one given, else the first stored question."""
    from markupsafe import Markup

    from rlsgraph.explorer.page import to_script_json

    questions = stored_questions()
    data = {
        "endpoint": ENDPOINT,
        "base": ns.BASE,
        "prefixes": ns.PREFIXES,
        "terms": known_terms(),
        "things": tuple(KINDS),
        "tables": {name.upper(): (media_type_of(RESULT_FORMATS[name]), name) for name in ("csv", "tsv", "json")},
        "graphs": {GRAPH_FORMATS[name].name: (media_type_of(GRAPH_FORMATS[name]), name) for name in ("ttl", "nt", "jsonld")},
    }
    return render(
        "query.html",
        here="query",
        rdf=ENDPOINT,
        version=version,
        questions=questions,
        prefixes=ns.PREFIXES,
        text=text or questions[0].text,
        data=Markup(to_script_json(data)),  # noqa: S704 -- to_script_json leaves nothing that could end the element
    )
