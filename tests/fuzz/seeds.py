"""What is made bad: a small graph that is right, questions that are right, requests that are right."""

import pyoxigraph as ox

from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.triples import resources
from tests.helpers.graphs import claim_text

_ENTITIES = "".join(
    f'entity:{name} a rls:Entity ; skos:prefLabel "{label}"@en ; skos:definition "What {label} is."@en ; '
    f'rls:category biolink:BiologicalProcess ; rls:group rls:{group} ; skos:altLabel "{label}s"@en .\n'
    for name, label, group in (
        ("a", "alpha", "GutGroup"),
        ("b", "beta", "IronGroup"),
        ("c", "gamma", "BrainGroup"),
        ("d", "delta", "IronGroup"),
    )
)
_CLAIMS = (
    claim_text("increases", ("Supports", "RandomisedControlledTrial", 120, "s1"), ("Disputes", "Cohort", 80, "s2"))
    + claim_text("decreases", ("Supports", "CaseControl", 40, "s1"), subject="b", object_="c")
    + claim_text("positivelyAssociatedWith", ("Inconclusive", "CrossSectional", None, "s3"), subject="a", object_="d")
)
_REST = """
source:s1 dcterms:issued "2001"^^xsd:gYear ; rls:firstAuthor "Ångström" ; bibo:doi "10.1000/1" ; bibo:pmid "123" .
source:s2 dcterms:issued "2011"^^xsd:gYear ; rls:retracted false ; rls:sameStudyAs source:s1 ; rls:registration "NCT00000001" .
source:s3 dcterms:issued "2021"^^xsd:gYear ; rls:pools source:s2 .
evidence:increases-a-b-0 rls:result rls:AsClaimed ; rls:pValue 0.03e0 ; rls:measure rls:OddsRatio ; rls:estimate 1.5 ;
  rls:intervalLow 1.1 ; rls:intervalHigh 2.0 ; rls:finding "A finding."@en ; rls:quote "Words."@en ; rls:isBound true .
link:1 a rls:DefinitionalLink ; rdf:subject entity:d ; rdf:predicate skos:broader ; rdf:object entity:b ; rls:reason "It is."@en .
hypothesis:h a rls:Hypothesis ; skos:prefLabel "A way"@en ; skos:definition "So."@en ; rls:start entity:a ; rls:end entity:c ;
  rls:claims ( claim:a.increases.b claim:b.decreases.c ) ; rls:status rls:Proposed ; dcterms:source source:s1 .
<https://w3id.org/rlsgraph/expectation/1> a rls:Expectation ; rdf:subject entity:a ; rdf:predicate rls:decreases ;
  rdf:object entity:c ; rls:observation "Seen."@en ; dcterms:source source:s2 .
"""

PREFIX_LINES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
TURTLE = PREFIX_LINES + _ENTITIES + _CLAIMS + _REST
"""A graph that loads, with one of each thing."""

PROFILE = resources.ontology_file("profile.ttl").read_text("utf-8")


def in_format(rdf_format: ox.RdfFormat) -> bytes:
    """Return the graph in a format."""
    if rdf_format == ox.RdfFormat.TURTLE:
        return TURTLE.encode()
    return ox.serialize(ox.parse(TURTLE.encode(), format=ox.RdfFormat.TURTLE), format=rdf_format)


QUERIES = (
    *(path.read_text("utf-8") for path in resources.query_files().values()),
    "SELECT ?o ?x { entity:a rls:increases ?o {| rls:score ?x |} }",
    "SELECT * { ?s ?p ?o FILTER(?o < 2) OPTIONAL { ?o rdfs:label ?l } } ORDER BY ?s LIMIT 3",
    "SELECT (COUNT(*) AS ?n) (GROUP_CONCAT(?l; separator=',') AS ?ls) { ?s skos:prefLabel ?l } GROUP BY ?s HAVING (COUNT(*) > 0)",
    "CONSTRUCT { ?s ?p [ rdf:value ?o ] } WHERE { ?s ?p ?o } LIMIT 4",
    "DESCRIBE entity:a",
    "ASK { entity:a rls:increases/^rdf:subject|skos:broader* ?x . FILTER NOT EXISTS { ?x a rls:Claim } }",
    "PREFIX sd: <http://www.w3.org/ns/service#> SELECT ?service { ?service a sd:Service . BIND('service' AS ?x) }",
    "SELECT (rls:support(entity:a, entity:c) AS ?x) (rls:bestPathScore('alpha', 'gamma') AS ?y) {}",
    "SELECT * { { SELECT ?s { ?s a rls:Entity } } UNION { GRAPH ?g { ?s ?p 1 } } MINUS { ?s a ?t } VALUES ?s { entity:a } }",
)

SUPPOSED = "alpha increases beta: supports, randomised controlled trial, n=120, p=0.01, measure=OR, interval=1.2..2.5"

REQUEST_LINES = (
    "GET / HTTP/1.1",
    "GET /sparql?query=ASK%20%7B%7D HTTP/1.1",
    "GET /sparql HTTP/1.1",
    "POST /sparql HTTP/1.1",
    "HEAD /sparql/ HTTP/1.1",
    "GET /find?name=iron HTTP/1.1",
    "GET /query?query=ASK HTTP/1.1",
    "GET /healthz HTTP/1.1",
    "GET /healthz/ HTTP/1.0",
    "GET /entity/gut-dysbiosis HTTP/1.1",
    "GET /entity/gut-dysbiosis.ttl HTTP/1.1",
    "OPTIONS /sparql HTTP/1.1",
    "PUT /sparql HTTP/1.1",
    "GET /claim/gut-dysbiosis.increases.systemic-inflammation.jsonld HTTP/1.1",
    "GET /static/../x HTTP/1.1",
    "TRACE /sparql HTTP/1.1",
    "GET /source/none HTTP/1.1",
    "GET /hypothesis/ HTTP/1.1",
    "GET /evidence/%00 HTTP/1.1",
    "GET /sparql?query=SELECT%20*%20{?s?p?o}LIMIT%203 HTTP/1.1",
)
HEADERS = (
    "Host: localhost",
    "Host: 127.0.0.1",
    "Host: [::1]",
    "Accept: text/html",
    "Accept: text/csv;q=0.3, */*;q=NaN",
    "Accept: ;;,/",
    "Origin: http://localhost",
    "Origin: http://[",
    "Origin: null",
    "Content-Type: application/sparql-query",
    "Connection: close",
    "Content-Type: application/x-www-form-urlencoded; charset=utf8",
    "Content-Type: ;charset=\x7f",
    "Content-Encoding: gzip",
    "Content-Length: 6",
    "Content-Length: 0",
    "Content-Length: -1",
    "Content-Length: 99999999999",
    "Transfer-Encoding: chunked",
    "Expect: 100-continue",
    "Upgrade: websocket",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Mode: navigate",
    "If-None-Match: *",
    "Range: bytes=0-1",
    "Accept-Encoding: gzip, br;q=x",
    "Accept-Language: \xff",
)
BODIES = (
    b"",
    b"ASK {}",
    b"query=ASK+%7B%7D",
    b"query=%FF",
    b"update=CLEAR+ALL",
    b"6\r\nASK {}\r\n0\r\n\r\n",
    b"\x1f\x8b\x08\x00",
    b"&&&=&=",
)
