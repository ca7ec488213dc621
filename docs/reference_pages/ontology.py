"""The terms of the vocabulary, from `ontology/rlsgraph.ttl` and `ontology/schemes.ttl`."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from reference_pages.text import plain
from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.triples.resources import ontology_file

RLS = Namespace(PREFIXES["rls"])
MATCHES = {
    SKOS.exactMatch: "the same as",
    SKOS.closeMatch: "close to",
    SKOS.broadMatch: "narrower than",
    SKOS.relatedMatch: "related to",
}
TIES = {RDFS.subClassOf: "a kind of", RDFS.subPropertyOf: "a kind of", RDFS.domain: "of", RDFS.range: "value", **MATCHES}
"""What is told of a term beside its meaning, in order, and in which words."""


def markdown() -> str:
    """Return the classes, the properties of files, those worked out at load, and every closed list."""
    graph = read("rlsgraph.ttl", "schemes.ttl")
    terms = sorted(term for term in set(graph.subjects()) if isinstance(term, URIRef) and term.startswith(RLS))
    classes = [term for term in terms if (term, RDF.type, OWL.Class) in graph]
    properties = [term for term in terms if (term, RDFS.range, None) in graph or (term, RDFS.domain, None) in graph]
    derived = [term for term in properties if (term, RLS.isDerived, None) in graph]
    schemes = [term for term in terms if (term, RDF.type, SKOS.ConceptScheme) in graph]
    return "\n\n".join(
        (
            "## Classes",
            *entries(graph, classes),
            "## Properties that files give",
            *entries(graph, (term for term in properties if term not in derived)),
            "## Properties that are worked out",
            "Worked out when a graph is loaded, or said of an answer; what a file says of them is not read.",
            *entries(graph, derived),
            "## Closed lists",
            *(scheme(graph, each) for each in schemes),
        )
    )


def read(*names: str) -> Graph:
    """Return the triples of files of the ontology."""
    graph = Graph()
    for prefix, base in PREFIXES.items():
        graph.bind(prefix, base, replace=True)
    for name in names:
        graph.parse(ontology_file(name), format="turtle")
    return graph


def entries(graph: Graph, terms: Iterable[URIRef]) -> list[str]:
    """Return each term with an anchor of its name, as its IRI has it."""
    return [f'<a id="{term.removeprefix(RLS)}"></a>{entry(graph, term)}' for term in terms]


def entry(graph: Graph, term: URIRef) -> str:
    """Return a term, what it means, what it says of what, and what it matches elsewhere."""
    said = [f"*{words}* {link(graph, value)}" for tie, words in TIES.items() for value in sorted(graph.objects(term, tie))]
    lines = [f"`{short(graph, term)}`", f": {plain(meaning(graph, term))}", *([f"  <br>{' · '.join(said)}"] if said else [])]
    return "\n".join(lines)


def scheme(graph: Graph, each: URIRef) -> str:
    """Return a closed list: its title, and its concepts; one that several lists have is linked to in the first."""
    members = sorted(term for term in graph.subjects(SKOS.inScheme, each) if isinstance(term, URIRef))
    first = [term for term in members if min(graph.objects(term, SKOS.inScheme)) == each]
    again = [entry(graph, term) for term in members if term not in first]
    title = str(graph.value(each, SKOS.prefLabel)).capitalize()
    return "\n\n".join((f"### {title}", plain(meaning(graph, each)), *entries(graph, first), *again))


def link(graph: Graph, term: Node) -> str:
    """Return a term as a link to where it stands on this page, or its name where it is of another vocabulary."""
    name = short(graph, term)
    if name.startswith("rls:"):
        return f'<a href="#{name.removeprefix("rls:")}"><code class="docutils literal">{name}</code></a>'
    label = graph.value(term, RDFS.label)
    return f"`{name}`" + (f" ({plain(str(label))})" if label else "")


def short(graph: Graph, value: Node) -> str:
    """Return a term by its prefix, a concept or text as it reads."""
    return graph.namespace_manager.curie(value, generate=False) if isinstance(value, URIRef) else str(value)


def meaning(graph: Graph, term: Node) -> str:
    """Return what a term is said to mean."""
    return str(graph.value(term, SKOS.definition) or graph.value(term, RDFS.label) or graph.value(term, SKOS.prefLabel) or "")
