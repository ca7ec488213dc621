"""Find a thing by its address, and say in RDF what it is."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

import pyoxigraph as ox

from rlsgraph.errors import UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import nearest_names
from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Evidence, Expectation, Hypothesis, Source
from rlsgraph.triples.formats import GRAPH_FORMATS
from rlsgraph.triples.serializing import write_triples

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

Thing = Entity | Claim | Source | Evidence | Hypothesis | DefinitionalLink | Expectation

_T = TypeVar("_T", DefinitionalLink, Expectation)

MAX_SLUG_CHARS = 500

_ENDS = "rdf:subject|rdf:object"


@dataclass(frozen=True)
class Kind:
    """A kind of thing that has pages: the first part of their addresses, and how one is found and described.

    `whole` are the property paths from the thing to what its RDF describes in full, `named` those to what it only names.
    """

    name: str
    base: str
    term: str
    get: Callable[[KnowledgeGraph, str], Thing]
    whole: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    states_triple: bool = False


def _get_claim(kg: KnowledgeGraph, name: str) -> Claim:
    return kg.claim(re.sub(r"\s+", "-", name))  # an address is an id: words are not taken apart


def _get_link(kg: KnowledgeGraph, name: str) -> DefinitionalLink:
    return _pick("definitional link", name, ns.LINK, kg.links())


def _get_expectation(kg: KnowledgeGraph, name: str) -> Expectation:
    return _pick("expectation", name, ns.EXPECTATION, kg.expectations())


def _pick(kind: str, name: str, base: str, things: Iterable[_T]) -> _T:
    known = {thing.iri.removeprefix(base): thing for thing in things}
    slug = name.removeprefix(base)
    if slug not in known:
        raise UnknownNameError(kind, slug, nearest_names(slug, {key.casefold(): key for key in known}))
    return known[slug]


_CELLS = "rls:claims/rdf:rest*"

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "entity",
            ns.ENTITY,
            "rls:Entity",
            lambda kg, name: kg.entity(name),
            whole=("^rdf:subject", "^rdf:object"),
            named=(f"(^rdf:subject|^rdf:object)/({_ENDS})",),
        ),
        Kind(
            "claim",
            ns.CLAIM,
            "rls:Claim",
            _get_claim,
            whole=("rls:hasEvidence", "rls:hasEvidence/dcterms:source"),
            named=(_ENDS,),
            states_triple=True,
        ),
        Kind(
            "evidence",
            ns.EVIDENCE,
            "rls:Evidence",
            lambda kg, name: kg.evidence_item(name),
            whole=("dcterms:source", "^rls:hasEvidence"),
            named=(f"^rls:hasEvidence/({_ENDS})",),
        ),
        Kind(
            "source",
            ns.SOURCE,
            "rls:Source",
            lambda kg, name: kg.source(name),
            whole=("^dcterms:source", "^dcterms:source/^rls:hasEvidence"),
            named=(f"^dcterms:source/^rls:hasEvidence/({_ENDS})",),
        ),
        Kind(
            "hypothesis",
            ns.HYPOTHESIS,
            "rls:Hypothesis",
            lambda kg, name: kg.hypothesis(name),
            whole=(_CELLS, f"{_CELLS}/rdf:first", "dcterms:source"),
            named=("rls:start|rls:end", f"{_CELLS}/rdf:first/({_ENDS})"),
        ),
        Kind("link", ns.LINK, "rls:DefinitionalLink", _get_link, named=(_ENDS,), states_triple=True),
        Kind("expectation", ns.EXPECTATION, "rls:Expectation", _get_expectation, whole=("dcterms:source",), named=(_ENDS,)),
    )
}
"""By the first part of the address."""


def path_of(thing: Thing | str, kind: str = "entity") -> str:
    """Return the local address of a thing's page, e.g. `/entity/gut-dysbiosis`; of an IRI alone, `kind` says what it is of.

    A thing of this project goes by what stands behind its kind, any other by its whole IRI.
    """
    iri = thing if isinstance(thing, str) else thing.iri
    name = kind if isinstance(thing, str) else _KIND_NAMES[type(thing)]
    for own in KINDS.values():
        if iri.startswith(own.base):
            return f"/{own.name}/{quote(iri.removeprefix(own.base), safe='')}"
    return f"/{name}/{quote(iri, safe='')}"


_KIND_NAMES: dict[type[Thing], str] = {
    Entity: "entity",
    Claim: "claim",
    Evidence: "evidence",
    Source: "source",
    Hypothesis: "hypothesis",
    DefinitionalLink: "link",
    Expectation: "expectation",
}


def words_of(thing: Thing) -> str:
    """Return what a thing is called."""
    if isinstance(thing, Entity | Hypothesis):
        return thing.label
    if isinstance(thing, Source):
        return f"{thing.citation}: {thing.title}"
    return thing.identifier if isinstance(thing, Evidence) else str(thing)


def resolve(kg: KnowledgeGraph, kind: Kind, name: str) -> tuple[Thing, str]:
    """Return what an address names, and the RDF format (a key of `GRAPH_FORMATS`, or `html`) that its ending asks for.

    The name is an id with or without an ending such as `.ttl`; else whatever else the thing goes by: a synonym, a DOI.
    Raises `UnknownNameError` with the nearest names.
    """
    if len(name) > MAX_SLUG_CHARS:
        raise UnknownNameError(kind.name, name)
    stem, _, ending = name.rpartition(".")
    is_format = bool(stem) and ending in (*GRAPH_FORMATS, "html")
    readings = ((name, ""), (stem, ending)) if is_format else ((name, ""),)
    for slug, format_name in readings:
        iri = slug if "://" in slug else kind.base + slug
        if _is_there(kg, kind, iri):
            return kind.get(kg, iri), format_name
    slug, format_name = readings[-1]
    return kind.get(kg, slug), format_name


def _is_there(kg: KnowledgeGraph, kind: Kind, iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:  # no IRI
        return False
    return bool(kg.query_text(f"ASK {{ <{iri}> a {kind.term} }}"))


def describe(kg: KnowledgeGraph, kind: Kind, iri: str, format_name: str) -> bytes:
    """Return what the graph says of a thing and of its parts, in one of `GRAPH_FORMATS`; the thing itself comes first.

    Reifiers stay out: they are RDF 1.2, which the formats do not all hold.
    """
    triples = ox.Dataset(ox.Quad(*triple) for triple in kg.query_text(_question(kind, iri)))
    triples.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = {str(quad.triple): quad.triple for quad in triples}
    own = f"<{iri}> "
    ordered = [lines[line] for line in sorted(lines, key=lambda line: (not line.startswith(own), line.startswith("_:"), line))]
    prefixes = {prefix: base for prefix, base in ns.PREFIXES.items() if any(base in line for line in lines)}
    output = io.BytesIO()
    write_triples(ordered, output, format_name, prefixes=None if format_name == "nt" else prefixes)
    return output.getvalue()


def _question(kind: Kind, iri: str) -> str:
    thing = f"<{iri}>"
    parts = [f"{{ {thing} ?p ?o . BIND({thing} AS ?s) }}"]
    parts += [f"{{ {thing} {path} ?s . ?s ?p ?o }}" for path in kind.whole]
    parts += [f"{{ {thing} {path} ?s . ?s ?p ?o FILTER(?p = skos:prefLabel) }}" for path in kind.named]
    if kind.states_triple:
        parts.append(f"{{ {thing} rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?s ?p ?o }}")
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {' UNION '.join(parts)} FILTER(?p != rdf:reifies) }}"
