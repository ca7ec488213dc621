"""Take in what files assert: one reading for a graph in memory and for one on disk, before anything is derived from it.

- What a named graph says, the graph says: each of its statements stands in the default graph too, once, where SPARQL and the
  library look. GRAPH and FROM still find the named graphs.
- A DOI, PMID or PMCID is kept in the one form in which it is compared, however a file spells it; a source whose IRI is the
  address of one has that one.
- What `superseding` set aside in a graph that was written out stands as it was asserted; it is set aside anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from rlsgraph.model import namespaces as ns
from rlsgraph.model.identifiers import PROPERTIES, IdentifierKind, read_identifier, read_registration

DEFAULT = ox.DefaultGraph()
_TYPE, _SOURCE = ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.RLS + "Source")
SUPERSEDES, SUPERSEDED_BY, HAS_EVIDENCE, ASIDE_EVIDENCE = (
    ox.NamedNode(ns.RLS + name) for name in ("supersedes", "supersededBy", "hasEvidence", "supersededEvidence")
)
ASIDE_CLASSES = {ox.NamedNode(ns.RLS + name): ox.NamedNode(f"{ns.RLS}Superseded{name}") for name in ("Claim", "Evidence")}
"""What a superseded thing of a class is called, once it is set aside."""
_ASSERTED_CLASSES = {aside: kind for kind, aside in ASIDE_CLASSES.items()}
_ASIDE_PROPERTIES = (ASIDE_EVIDENCE, SUPERSEDED_BY)
_READ_ANEW = frozenset({*PROPERTIES, _TYPE.value, *(term.value for term in _ASIDE_PROPERTIES)})


def take_in(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield what a graph holds of the quads that a file states."""
    for quad in quads:
        copies = (quad,) if quad.graph_name == DEFAULT else (quad, ox.Quad(*quad.triple))
        for copy in copies:
            if copy.predicate.value in _READ_ANEW:
                yield from _read_anew(copy)
            else:
                yield copy


def take_in_store(store: ox.Store) -> None:
    """Make a store, into which files were read as they are, hold what `take_in` yields."""
    for graph in list(store.named_graphs()):
        store.extend(ox.Quad(*quad.triple) for quad in list(store.quads_for_pattern(None, None, None, graph)))
    stated = [quad for name in PROPERTIES for quad in store.quads_for_pattern(None, ox.NamedNode(name), None)]
    for class_ in (_SOURCE, *_ASSERTED_CLASSES):
        stated += store.quads_for_pattern(None, _TYPE, class_)
    for predicate in _ASIDE_PROPERTIES:
        stated += store.quads_for_pattern(None, predicate, None)
    for quad in stated:
        held = list(_read_anew(quad))
        if held != [quad]:
            store.remove(quad)
            store.extend(held)


def _read_anew(quad: ox.Quad) -> Iterator[ox.Quad]:
    """Yield what is held of an identifier, of a type, or of what was set aside."""
    kind = PROPERTIES.get(quad.predicate.value)
    if quad.predicate == ASIDE_EVIDENCE:
        yield ox.Quad(quad.subject, HAS_EVIDENCE, quad.object, quad.graph_name)
    elif quad.predicate == SUPERSEDED_BY:
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
            yield ox.Quad(quad.object, SUPERSEDES, quad.subject, quad.graph_name)
    elif kind is None:
        asserted = _ASSERTED_CLASSES.get(quad.object) if isinstance(quad.object, ox.NamedNode) else None
        yield quad if asserted is None else ox.Quad(quad.subject, quad.predicate, asserted, quad.graph_name)
        if quad.object == _SOURCE and isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            own = read_identifier(iri) if "://" in iri and not iri.startswith(ns.SOURCE) else None
            if own is not None:
                yield ox.Quad(quad.subject, ox.NamedNode(own.property), ox.Literal(own.value), quad.graph_name)
    elif not isinstance(quad.object, ox.Literal | ox.NamedNode):
        yield quad
    elif kind is IdentifierKind.REGISTRATION:
        for part in re.split(r"[;,]", quad.object.value):
            yield ox.Quad(quad.subject, quad.predicate, ox.Literal(_registration(part)), quad.graph_name)
    else:
        found = read_identifier(quad.object.value, kind)
        if found is None:
            yield quad
        else:
            yield ox.Quad(quad.subject, ox.NamedNode(found.property), ox.Literal(found.value), quad.graph_name)


def _registration(text: str) -> str:
    """Return a registration with its number in capitals and without an address; what else the text says of it stays."""
    number = read_registration(text).value
    return number if "://" in text or text.strip().casefold() == number.casefold() else text.strip()
