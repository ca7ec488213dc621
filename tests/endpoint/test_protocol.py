"""The SPARQL 1.1 Protocol, as clients speak it."""

import gzip

import httpx
import pyoxigraph as ox
import pytest

from rlsgraph.endpoint.description import SD
from rlsgraph.version import __version__
from tests.helpers.endpoint import problem
from tests.helpers.patience import PATIENCE

pytestmark = pytest.mark.xdist_group("endpoint")

SELECT = "SELECT ?o { entity:gut-dysbiosis rls:increases ?o } ORDER BY ?o LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s skos:prefLabel ?l } WHERE { ?s skos:prefLabel ?l } LIMIT 3"
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
LATIN = {"content-type": "application/sparql-query;charset=latin1"}


@pytest.fixture(scope="module")
def client(endpoint):
    with httpx.Client(base_url=endpoint, timeout=PATIENCE) as client:
        yield client


def test_three_ways_to_ask_give_one_answer(client):
    answers = [
        client.get("/sparql", params={"query": SELECT}),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", content=SELECT, headers=DIRECT),
        client.post("/sparql", content=SELECT, headers={"content-type": 'application/sparql-query; charset="UTF-8"'}),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(answers[0].json()["results"]["bindings"]) == 3


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv, application/sparql-results+json;q=0.5", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml, text/turtle;q=0.1", "application/rdf+xml"),
        ("ASK {}", "text/csv, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
    ],
)
def test_the_answer_comes_in_the_format_that_the_client_likes_best(endpoint, query, accept, media_type):
    request = httpx.Request("GET", f"{endpoint}/sparql", params={"query": query}, headers={"accept": accept} if accept else {})
    with httpx.Client(timeout=PATIENCE) as client:
        answer = client.send(request)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "image/png"), ("ASK {}", "text/csv"), (CONSTRUCT, "text/csv"), (SELECT, "text/turtle")]
)
def test_a_format_that_cannot_be_is_refused(client, query, accept):
    problem(client.get("/sparql", params={"query": query}, headers={"accept": accept}), 406)


def test_head_has_the_headers_of_get_and_no_body(client):
    got, head = (client.request(method, "/sparql", params={"query": SELECT}) for method in ("GET", "HEAD"))
    assert head.status_code == 200 and not head.content
    assert all(head.headers[name] == got.headers[name] for name in ("content-type", "content-length"))


@pytest.mark.parametrize(
    ("status", "method", "more"),
    [
        (400, "GET", {"params": {"format": "json"}}),
        (400, "GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}),
        (400, "GET", {"params": {"query": "SELECT nothing"}}),
        (400, "GET", {"params": {"query": "CLEAR ALL"}}),
        (400, "POST", {"content": "query=ASK%20{}%2", "headers": FORM}),
        (400, "POST", {"content": b"query=ASK%20%7B%7D%20%23%FF", "headers": FORM}),
        (400, "POST", {"content": "ASK { ?s ?p 'é' }".encode("latin-1"), "headers": DIRECT}),
        (400, "POST", {"content": "&".join(["a=b"] * 1001), "headers": FORM}),
        (403, "GET", {"params": {"update": "CLEAR ALL"}}),
        (403, "POST", {"data": {"update": "CLEAR ALL"}}),
        (403, "POST", {"content": "CLEAR ALL", "headers": {"content-type": "application/sparql-update"}}),
        (403, "GET", {"params": {"query": "ASK { SERVICE <http://127.0.0.1:9/> {} }"}}),
        (403, "GET", {"params": {"query": "ASK {}", "default-graph-uri": "https://example.org/none"}}),
        (405, "PUT", {"params": {"query": "ASK {}"}}),
        (405, "DELETE", {}),
        (415, "POST", {"content": "ASK {}"}),
        (415, "POST", {"content": "ASK {}", "headers": {"content-type": "text/plain"}}),
        (415, "POST", {"content": b"", "headers": {"content-type": "application/sparql-query;charset=UTF-16"}}),
        (415, "POST", {"content": b"ASK {}", "headers": {"content-type": "application/sparql-query;charset=no-such"}}),
        (415, "POST", {"content": b"ASK {}", "headers": {"content-type": "application/sparql-query;charset=rot13"}}),
        (415, "POST", {"content": "ASK {?s ?p 'é'}".encode("latin-1"), "headers": LATIN}),
        (415, "POST", {"content": gzip.compress(b"ASK {}"), "headers": {**DIRECT, "content-encoding": "gzip"}}),
        (415, "POST", {"content": gzip.compress(b"query=ASK%20{}"), "headers": {**FORM, "content-encoding": "x-gzip"}}),
    ],
)  # fmt: skip
def test_what_is_no_query_is_refused_with_its_reason(client, status, method, more):
    problem(client.request(method, "/sparql", **more), status)


@pytest.mark.parametrize(
    ("content", "content_type", "more"),
    [
        ("ASK {}", "application/sparql-query; charset=utf8", {}),
        ("ASK {}", "application/sparql-query; charset=ISO-8859-1", {}),
        ("ASK {}", "Application/SPARQL-Query ;Charset='US-ASCII'".replace("'", '"'), {}),
        ("ASK {}", "application/sparql-query; charset=cp1252; profile=x", {}),
        ("ASK {}", "application/sparql-query", {"content-encoding": "identity"}),
        ("query=ASK%20%7B%7D%23%C3%A9", "application/x-www-form-urlencoded; charset=ISO-8859-1", {}),
        ("query=ASK+{}", "application/x-www-form-urlencoded;charset=windows-1252", {}),
    ],
)
@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_what_clients_call_their_plain_text_does_not_matter(client, path, content, content_type, more):
    answer = client.post(path, content=content, headers={"content-type": content_type, **more})
    assert (answer.status_code, answer.json()["boolean"]) == (200, True)


def test_what_coding_a_body_may_have_is_told(client):
    refused = client.post("/sparql", content=gzip.compress(b"ASK {}"), headers={**DIRECT, "content-encoding": "gzip"})
    assert refused.headers["accept-encoding"] == "identity"
    assert "Content-Encoding" in refused.json()["detail"]


def test_a_syntax_error_says_where(client):
    told = problem(client.get("/sparql", params={"query": "SELECT ?s\n{ ?s ?p }"}), 400)
    assert (told["line"], told["column"]) == (2, 10)


def test_a_method_that_is_not_allowed_says_which_are(client):
    assert client.put("/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    options = client.options("/sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_the_bare_address_describes_the_service(client, endpoint):
    answer = client.get("/sparql")
    assert answer.headers["content-type"].startswith("text/turtle")
    graph = ox.Store()
    graph.load(answer.content, format=ox.RdfFormat.TURTLE)
    service = ox.NamedNode(f"{endpoint}/sparql")
    told = {(quad.predicate.value.removeprefix(SD), quad.object.value) for quad in graph.quads_for_pattern(service, None, None)}
    assert ("endpoint", service.value) in told
    assert ("supportedLanguage", SD + "SPARQL11Query") in told
    assert ("extensionFunction", "https://w3id.org/rlsgraph/ontology#support") in told
    assert not any(object_ == SD + "SPARQL11Update" for _, object_ in told)
    assert client.get("/sparql", headers={"accept": "application/rdf+xml"}).content.startswith(b"<?xml")
    problem(client.get("/sparql", headers={"accept": "text/csv"}), 406)


def test_support_is_a_function_of_queries(client, kg):
    query = "SELECT (rls:support(entity:gut-dysbiosis, 'RLS symptoms') AS ?x) {}"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert float(rows[0]["x"]["value"]) == pytest.approx(kg.support("gut dysbiosis", "RLS symptoms").overall.value, abs=1e-9)


def test_a_large_answer_arrives_whole(client, kg):
    query = "SELECT * { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) } ORDER BY ?s ?p ?o"
    assert client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"}).text == kg.query(query).serialize("csv")


def test_health_says_version_claims_and_workers(client, kg):
    about = client.get("/healthz").json()
    assert about["status"] == "ok" and about["version"] == __version__ and about["claims"] == len(kg) and about["workers"] >= 2
    problem(client.post("/healthz"), 405)


def test_an_unknown_path_is_a_problem(client):
    assert "/nowhere" in problem(client.get("/nowhere"), 404)["detail"]


def test_a_client_that_reads_xml_alone_is_told_in_xml(client):
    import xml.etree.ElementTree as ElementTree

    query = 'SELECT ("a\\u0002b" AS ?x) {}'
    answer = client.get("/sparql", params={"query": query}, headers={"accept": "application/sparql-results+xml"})
    assert (answer.status_code, answer.headers["content-type"]) == (406, "application/problem+xml")
    assert "U+0002" in ElementTree.fromstring(answer.text).findtext("{urn:ietf:rfc:7807}detail")
