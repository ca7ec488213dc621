"""The constants that scores are worked out with, from `ontology/profile.ttl`: each with what it stands for and its source."""

from __future__ import annotations

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.namespace import DCTERMS, SKOS

from reference_pages.ontology import RLS, meaning, read, short
from reference_pages.text import plain
from rlsgraph.graph.profile_files import PROFILE_CLASSES

SAID_APART = (RDF.type, RDFS.comment, DCTERMS.source, SKOS.editorialNote, SKOS.prefLabel, SKOS.definition)


def markdown() -> str:
    """Return a section for each kind of part, and in it each part with its numbers."""
    graph = read("profile.ttl", "rlsgraph.ttl", "schemes.ttl")
    return "\n\n".join(section(graph, RLS[name]) for name in PROFILE_CLASSES)


def section(graph: Graph, kind: URIRef) -> str:
    """Return what the parts of a kind say."""
    title = str(graph.value(kind, RDFS.label)).capitalize()
    parts = sorted(part for part in graph.subjects(RDF.type, kind) if isinstance(part, URIRef))
    return "\n\n".join((f"## {title}", plain(meaning(graph, kind)), *(entry(graph, part) for part in parts)))


def entry(graph: Graph, part: URIRef) -> str:
    """Return a part: its numbers, what they stand for, and where they come from."""
    said = sorted((short(graph, name), value) for name, value in graph.predicate_objects(part) if name not in SAID_APART)
    numbers = ", ".join(f"`{name}` {short(graph, value)}" for name, value in said)
    sources = [plain(str(value)) for name in (DCTERMS.source, SKOS.editorialNote) for value in graph.objects(part, name)]
    comment = plain(str(graph.value(part, RDFS.comment) or meaning(graph, part)))
    first, *more = [*([numbers] if numbers else []), comment, *(f"*{source}*" for source in sources)]
    return "\n".join((f"`{short(graph, part)}`", f": {first}", *(f"  <br>{line}" for line in more)))
