"""Clients that users bring."""

import json
import shutil
import subprocess

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, URLENCODED, XML, SPARQLWrapper

pytestmark = pytest.mark.xdist_group("endpoint")

SELECT = "SELECT ?o { entity:gut-dysbiosis rls:increases ?o } ORDER BY ?o"
CONSTRUCT = "CONSTRUCT { ?s skos:prefLabel ?l } WHERE { ?s a rls:Hypothesis ; skos:prefLabel ?l }"
PREFIXES = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rls: <https://w3id.org/rlsgraph/ontology#> "


@pytest.fixture(scope="module")
def expected(kg):
    return [row["o"].value for row in kg.query(SELECT)]


@pytest.mark.parametrize(("method", "encoding"), [("GET", URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_asks_in_every_way(endpoint, expected, method, encoding):
    client = SPARQLWrapper(f"{endpoint}/sparql")
    client.setQuery(SELECT)
    client.setMethod(method)
    client.setRequestMethod(encoding)
    client.setReturnFormat(JSON)
    assert [row["o"]["value"] for row in client.queryAndConvert()["results"]["bindings"]] == expected


def test_sparqlwrapper_reads_every_format(endpoint, expected, kg):
    client = SPARQLWrapper(f"{endpoint}/sparql")
    client.setQuery(SELECT)
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().split()[1:] == expected
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == len(expected)
    client.setQuery("ASK { entity:gut-dysbiosis a rls:Entity }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery(PREFIXES + CONSTRUCT)
    client.setReturnFormat(RDFXML)
    assert len(client.queryAndConvert()) == len(kg.hypotheses())
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == len(kg.hypotheses())


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_it_as_a_store(endpoint, kg, method):
    graph = rdflib.Graph(SPARQLStore(f"{endpoint}/sparql", method=method))
    rows = graph.query(PREFIXES + "SELECT ?l { ?s a rls:Hypothesis ; skos:prefLabel ?l }")
    assert len(rows) == len(kg.hypotheses())
    subject = rdflib.URIRef("https://w3id.org/rlsgraph/entity/gut-dysbiosis")
    assert [str(label) for label in graph.objects(subject, rdflib.SKOS.prefLabel)] == ["gut dysbiosis"]
    assert graph.query(PREFIXES + "ASK { ?s a rls:Hypothesis }").askAnswer
    assert len(graph.query(PREFIXES + CONSTRUCT).graph) == len(kg.hypotheses())


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl_posts_and_gets(endpoint, expected):
    def curl(*arguments):
        return subprocess.run(
            ["curl", "-sf", f"{endpoint}/sparql", *arguments], capture_output=True, text=True, check=True
        ).stdout

    assert curl("--data-urlencode", f"query={SELECT}", "-H", "Accept: text/csv").split()[1:] == expected
    assert json.loads(curl("-G", "--data-urlencode", "query=ASK {}"))["boolean"] is True
    assert json.loads(curl("--data-binary", "ASK {}", "-H", "Content-Type: application/sparql-query"))["boolean"] is True
