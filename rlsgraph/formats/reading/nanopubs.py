"""Read nanopublications as `rlsgraph export --format nanopub` writes them: claims with the evidence that each names."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pyoxigraph as ox

from rlsgraph.formats.reading.draft import Draft
from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign
from rlsgraph.triples.files import load_file

_CLAIMS = f"""
SELECT ?claim ?subject ?predicate ?object (SAMPLE(?s) AS ?from) (SAMPLE(?o) AS ?to) {{ GRAPH ?assertion {{
  ?claim a <{ns.RLS}Claim> ; <{ns.RDF}subject> ?subject ; <{ns.RDF}predicate> ?predicate ; <{ns.RDF}object> ?object .
  ?subject <{ns.SKOS}prefLabel> ?s . ?object <{ns.SKOS}prefLabel> ?o
}} }} GROUP BY ?claim ?subject ?predicate ?object ORDER BY ?claim"""
_EVIDENCE = f"""
SELECT ?claim ?item ?direction ?design ?document ?finding {{
  GRAPH ?assertion {{ ?claim a <{ns.RLS}Claim> }}
  GRAPH ?provenance {{ ?assertion <{ns.PROV}wasDerivedFrom> ?item .
    ?item <{ns.RLS}direction> ?direction ; <{ns.RLS}studyDesign> ?design ; <{ns.PROV}hadPrimarySource> ?document
    OPTIONAL {{ ?item <{ns.RLS}finding> ?finding }} }}
}} ORDER BY ?claim ?item"""
_ADDRESSES = {
    "https://doi.org/": "doi",
    "https://pubmed.ncbi.nlm.nih.gov/": "pmid",
    "https://pmc.ncbi.nlm.nih.gov/articles/": "pmcid",
}


def read(path: Path) -> Draft:
    """Return what a TriG file of nanopublications says."""
    store, draft = ox.Store(), Draft()
    load_file(store, path, otherwise=ox.RdfFormat.TRIG)
    predicates = {predicate.iri: predicate for predicate in Predicate}
    claims = {}
    for claim, subject, predicate, object_, start, end in cast("ox.QuerySolutions", store.query(_CLAIMS)):
        if predicate.value not in predicates:
            draft.lost["claims with another predicate than the model's"] += 1
            continue
        ends = draft.entity(subject.value, start.value), draft.entity(object_.value, end.value)
        claims[claim] = draft.claim(ends[0], predicates[predicate.value], ends[1])
    directions = {direction.iri: direction for direction in Direction}
    designs = {design.iri: design for design in StudyDesign}
    for claim, item, direction, design, document, finding in cast("ox.QuerySolutions", store.query(_EVIDENCE)):
        known = claims.get(claim)
        if known is None or direction.value not in directions:
            draft.lost["evidence items of what is no claim here"] += 1
            continue
        draft.evidence(
            ns.slug_of(item.value),
            known,
            _source(draft, document.value),
            directions[direction.value],
            designs.get(design.value, StudyDesign.UNKNOWN),
            text=finding.value if finding else "",
        )
    return draft


def _source(draft: Draft, address: str) -> str:
    for base, name in _ADDRESSES.items():
        if address.startswith(base):
            local = address.removeprefix(base).strip("/")
            return draft.source(f"{name}-{local}", **{name: local})
    return draft.source(ns.slug_of(address) or address, url="" if address.startswith(ns.BASE) else address)
