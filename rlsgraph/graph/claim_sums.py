"""Read each claim out of a store, one by one, with what its own items come to; nothing here sees two claims together."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.graph.intake import DEFAULT
from rlsgraph.model import namespaces as ns
from rlsgraph.model.identifiers import PROPERTIES
from rlsgraph.model.literals import text_of
from rlsgraph.model.namespaces import group_name
from rlsgraph.model.node import Node, read_nodes
from rlsgraph.model.study_reading import FACT_PROPERTIES, read_facts
from rlsgraph.model.vocabulary import Predicate
from rlsgraph.model.weighing.item import weigh
from rlsgraph.model.weighing.kinship import ClaimKey, Kinship
from rlsgraph.model.weighing.once import ClaimItem, OwnEvidence, sum_once
from rlsgraph.model.weighing.profile import Profile
from rlsgraph.model.weighing.studies import Named, Studies, find_papers, find_studies, spread_retractions

_SUBJECT, _PREDICATE, _OBJECT = (ns.RDF + name for name in ("subject", "predicate", "object"))
_BROADER = ns.SKOS + "broader"
_EVIDENCE, _SOURCE = ns.RLS + "hasEvidence", ns.DCTERMS + "source"
_CLAIM_PROPERTIES = frozenset((_SUBJECT, _PREDICATE, _OBJECT, _EVIDENCE))
_ITEM_PROPERTIES = frozenset((*FACT_PROPERTIES, _SOURCE))


@dataclass(frozen=True, slots=True)
class ClaimSum:
    """A claim, its prior, and what its own items come to before others lend to it."""

    iri: str
    key: ClaimKey
    prior: float
    own: OwnEvidence


def read_claim_sums(store: ox.Store, profile: Profile) -> Iterator[ClaimSum]:
    """Yield every claim with the sum of its items; claims are read one by one, so the time is linear and little is held."""
    studies, groups, read_item = read_studies(store), _read_groups(store), _ItemReader(store, profile)
    for quad in store.quads_for_pattern(None, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.RLS + "Claim"), DEFAULT):
        if not isinstance(quad.subject, ox.NamedNode):
            raise DataError(f"a claim must have an IRI such as claim:a.increases.b, and one has none: {quad.subject}")
        node = _read_node(store, quad.subject, _CLAIM_PROPERTIES)
        key = (_end(node, _SUBJECT), node.term(_PREDICATE, Predicate), _end(node, _OBJECT))
        if key[0] == key[2]:
            raise node.refuse(_OBJECT, f"is {ns.compress(key[2])}, its own subject; a claim is between two different entities")
        items = [read_item(found, studies) for found in node.values.get(_EVIDENCE, ())]
        prior = profile.prior(is_causal=key[1].is_causal, group=groups.get(key[0], ""))
        yield ClaimSum(node.iri, key, prior, sum_once(items, studies) if items else _NOTHING)


_NOTHING = OwnEvidence()


class _ItemReader:
    """Read evidence items as the arithmetic wants them.

    Few say the very same, so to remember factors takes longer than to work each out (benchmarks/scale.py).
    """

    def __init__(self, store: ox.Store, profile: Profile) -> None:
        self._store, self._profile = store, profile
        self._retracted = _read_retracted(store)

    def __call__(self, item: Any, studies: Studies) -> ClaimItem:
        iri = text_of(item)
        if isinstance(item, ox.Literal):
            raise DataError(f"rls:hasEvidence must be the IRI of an evidence item, not the text {iri[:60]!r}")
        node = Node(iri)
        if isinstance(item, ox.NamedNode | ox.BlankNode):
            node = _read_node(self._store, item, _ITEM_PROPERTIES)
        sources = node.values.get(_SOURCE, ())
        if len(sources) != 1 or not isinstance(sources[0], ox.NamedNode):
            text = f"{ns.compress(iri)} must have one {ns.compress(_SOURCE)}, the IRI of a source"
            raise DataError(text, thing=iri, predicate=_SOURCE)
        source = sources[0].value
        return ClaimItem(iri, studies.of(source), weigh(read_facts(node), self._profile), source in self._retracted)


def _read_node(store: ox.Store, thing: ox.NamedNode | ox.BlankNode, properties: Set[str]) -> Node:
    """Return what a store says of a thing by some properties."""
    node = Node(thing.value)
    for quad in store.quads_for_pattern(thing, None, None, DEFAULT):
        if (name := quad.predicate.value) in properties:
            node.values[name].append(quad.object)
    return node


def _end(node: Node, predicate: str) -> str:
    text = node.need(predicate)
    if not isinstance(node.values[predicate][0], ox.NamedNode):
        raise node.refuse(predicate, f"must be an entity's IRI, not {text}")
    return text


def _pairs(store: ox.Store, predicate: str) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, DEFAULT):
        yield text_of(quad.subject), text_of(quad.object)


def _read_retracted(store: ox.Store) -> frozenset[str]:
    """Return the sources whose paper is retracted: by what is said of them, or of another record of the same paper."""
    name = ns.RLS + "retracted"
    nodes = read_nodes(store.quads_for_pattern(None, ox.NamedNode(name), None, DEFAULT))
    said = [iri for iri, node in nodes.items() if node.boolean(name)]
    return spread_retractions(said, find_papers(_identifiers(store)) if said else {})


def _identifiers(store: ox.Store) -> Iterator[Named]:
    for name in (ns.BIBO + "doi", ns.BIBO + "pmid", ns.RLS + "pmcid"):
        yield from ((source, PROPERTIES[name], value) for source, value in _pairs(store, name))


def _read_groups(store: ox.Store) -> dict[str, str]:
    return {entity: group_name(group) for entity, group in _pairs(store, ns.RLS + "group")}


def read_studies(store: ox.Store) -> Studies:
    """Return which sources of a store report one study, and what reviews pool."""
    registrations: dict[str, list[str]] = {}
    for source, text in _pairs(store, ns.IDENTIFIERS[-1]):
        registrations.setdefault(source, []).append(text)
    return find_studies(
        (pair for name in ("sameStudyAs", "likelySameStudyAs") for pair in _pairs(store, ns.RLS + name)),
        _identifiers(store),
        registrations,
        (pair for name in ("pools", "likelyPools") for pair in _pairs(store, ns.RLS + name)),
    )


def read_links(store: ox.Store) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]:
    """Yield the subject, predicate and object of each definitional link, which are IRIs."""
    query = "SELECT ?s ?p ?o ?l WHERE { ?l a rls:DefinitionalLink ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    for subject, predicate, object_, link in store.query(query, prefixes=ns.PREFIXES):  # type: ignore[union-attr]  # a SELECT
        for name, term in ((_SUBJECT, subject), (_PREDICATE, predicate), (_OBJECT, object_)):
            if not isinstance(term, ox.NamedNode):
                raise Node(text_of(link)).refuse(name, f"must be an IRI, not {text_of(term)[:80]}")
        yield subject, predicate, object_


def read_kinship(store: ox.Store) -> Kinship:
    """Return which entities of a store are kinds of which."""
    return Kinship.of(
        (subject.value, object_.value) for subject, predicate, object_ in read_links(store) if predicate.value == _BROADER
    )
