"""Name the RDF namespaces once: for terms, for things, and for the vocabularies that they map to."""

from __future__ import annotations

BASE = "https://w3id.org/rlsgraph/"
RLS = BASE + "ontology#"
ENTITY = BASE + "entity/"
CLAIM = BASE + "claim/"
EVIDENCE = BASE + "evidence/"
SOURCE = BASE + "source/"
HYPOTHESIS = BASE + "hypothesis/"
LINK = BASE + "link/"
EXPECTATION = BASE + "expectation/"
GROUP = BASE + "group/"
KNOWLEDGE_BASE = BASE + "graph/"
GRAPH = BASE + "graph"
"""The graph itself: what a push says of version and size."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
BIBO = "http://purl.org/ontology/bibo/"
PROV = "http://www.w3.org/ns/prov#"
VOID = "http://rdfs.org/ns/void#"
BIOLINK = "https://w3id.org/biolink/vocab/"
OBO = "http://purl.obolibrary.org/obo/"

PREFIXES: dict[str, str] = {
    "rls": RLS,
    "entity": ENTITY,
    "claim": CLAIM,
    "evidence": EVIDENCE,
    "source": SOURCE,
    "hypothesis": HYPOTHESIS,
    "link": LINK,
    "expectation": EXPECTATION,
    "group": GROUP,
    "graph": KNOWLEDGE_BASE,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "bibo": BIBO,
    "prov": PROV,
    "biolink": BIOLINK,
    "obo": OBO,
}
"""Prefixes that every query and every file of the project may use; queries need not declare them."""

_OBO_ONTOLOGIES = (
    "CHEBI", "CL", "CMO", "DOID", "ECO", "ECTO", "FOODON", "GO", "HP", "MAXO", "MONDO", "NBO", "NCIT", "OBA", "PW", "RO", "SO",
    "UBERON", "XCO",
)  # fmt: skip
CURIE_BASES: dict[str, str] = {
    **{name: f"{OBO}{name}_" for name in _OBO_ONTOLOGIES},
    "EFO": "http://www.ebi.ac.uk/efo/EFO_",
    "HGNC": "http://identifiers.org/hgnc/",
    "MESH": "http://id.nlm.nih.gov/mesh/",
    "biolink": BIOLINK,
}
"""IRI base of each outside vocabulary whose terms the graph's entities are matched to."""

THINGS = (ENTITY, CLAIM, EVIDENCE, SOURCE, HYPOTHESIS, LINK, EXPECTATION, GROUP, KNOWLEDGE_BASE)
"""What the IRIs of things begin with."""

IDENTIFIERS = (BIBO + "doi", BIBO + "pmid", RLS + "pmcid", RLS + "registration")
"""What two reports of one study may share; a registration need not be written alike."""


def expand(curie: str) -> str:
    """Return the IRI that a CURIE such as `MONDO:0005391` or `rls:score` abbreviates.

    Raises KeyError where the prefix is unknown.
    """
    prefix, _, local = curie.partition(":")
    bases = CURIE_BASES if prefix in CURIE_BASES else PREFIXES
    return bases[prefix] + local


def compress(iri: str) -> str:
    """Return the CURIE of an IRI, by the longest base that fits; the IRI itself where none does."""
    for base, prefix in _BASES_LONGEST_FIRST:
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def group_name(iri: str) -> str:
    """Return the short name of a group: `intervention` of rls:InterventionGroup, `head pain` of group:head-pain."""
    if iri.startswith(RLS):
        return iri.removeprefix(RLS).removesuffix("Group").lower()
    return slug_of(iri).replace("-", " ").lower()


_BASES_LONGEST_FIRST = tuple(
    sorted(
        ((base, prefix) for bases in (CURIE_BASES, PREFIXES) for prefix, base in bases.items()),
        key=lambda found: len(found[0]),
        reverse=True,
    )
)


def local_name(iri: str) -> str:
    """Return what stands behind the base of this project's things; of any other IRI what stands behind its last slash or hash.

    >>> local_name("https://w3id.org/rlsgraph/entity/gut-dysbiosis"), local_name("http://identifiers.org/hgnc/5991")
    ('gut-dysbiosis', '5991')
    """
    base = next((base for base in THINGS if iri.startswith(base)), None)
    return slug_of(iri) if base is None else iri.removeprefix(base)


def slug_of(iri: str) -> str:
    """Return what stands behind the last slash or hash of an IRI."""
    return iri.rpartition("/")[2].rpartition("#")[2]
