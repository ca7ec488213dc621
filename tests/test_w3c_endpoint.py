"""The W3C suite's tests of queries, of the protocol and of the service description, answered over HTTP.

Every file of the suite is a named graph of one server; a test chooses among them by the protocol's own parameters.
"""

import sys

import httpx
import pyoxigraph as ox
import pytest

from rlsgraph.model import namespaces as ns
from tests.helpers.patience import PATIENCE
from tests.helpers.servers import free_port, running
from tests.w3c.exceptions import EXCEPTIONS
from tests.w3c.manifest import SUITE, entries, graph_of, load_graphs, parameters, path_of
from tests.w3c.protocol import PROTOCOL_EMPTY_GRAPH, PROTOCOL_GRAPHS, exchanges
from tests.w3c.results import meaning

pytestmark = [
    pytest.mark.xdist_group("w3c_endpoint"),
    pytest.mark.skipif(not SUITE.exists(), reason=f"the W3C suite is not in {SUITE}"),
]

SD = "http://www.w3.org/ns/sparql-service-description#"
SD_TERMS = {  # https://www.w3.org/TR/sparql11-service-description/
    "Aggregate", "BasicFederatedQuery", "DataDocument", "Dataset", "DereferencesURIs", "EmptyGraphs", "Feature", "Function",
    "Graph", "GraphCollection", "Language", "NamedGraph", "RequiresDataset", "SPARQL10Query", "SPARQL11Query", "Service",
    "UnionDefaultGraph", "availableGraphs", "defaultDataset", "defaultEntailmentRegime", "defaultGraph",
    "defaultSupportedEntailmentProfile", "endpoint", "entailmentRegime", "extensionAggregate", "extensionFunction", "feature",
    "graph", "inputFormat", "languageExtension", "name", "namedGraph", "propertyFeature", "resultFormat",
    "supportedEntailmentProfile", "supportedLanguage", "url",
}  # fmt: skip

TABLE_TYPES = {
    "application/sparql-results+xml": "xml",
    "application/sparql-results+json": "json",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES = {"text/turtle": "ttl", "application/rdf+xml": "rdf", "application/n-triples": "nt"}
ALL_TYPES = TABLE_TYPES | GRAPH_TYPES
PROTOCOL_FORMATS = {"boolean": ("xml", "json"), "tabular": tuple(TABLE_TYPES.values()), "RDF": tuple(GRAPH_TYPES.values())}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    store = ox.Store()
    load_graphs(store)
    for name, file in PROTOCOL_GRAPHS.items():
        store.load(path=str(path_of(file)), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    anything = (ox.NamedNode("urn:a"), ox.NamedNode("urn:a"), ox.NamedNode("urn:a"))
    store.add(ox.Quad(*anything, ox.NamedNode(PROTOCOL_EMPTY_GRAPH)))
    data = tmp_path_factory.mktemp("w3c") / "suite.nq"
    store.dump(output=str(data), format=ox.RdfFormat.N_QUADS)

    def start(folder):
        port = str(free_port())
        return [
            sys.executable,
            "-m",
            "rlsgraph",
            "serve",
            "--port",
            port,
            "--timeout",
            str(PATIENCE),
            "--data",
            str(data),
        ], f"http://127.0.0.1:{port}"

    with (
        running(start, tmp_path_factory, is_ready=lambda base: httpx.get(f"{base}/healthz").is_success) as (base, _),
        httpx.Client(base_url=base, timeout=PATIENCE) as client,
    ):
        yield client


def ask(endpoint, case):
    """Send a test's query, with its dataset as parameters; a graph for GRAPH alone leaves the default graph empty."""
    best = case.format_name if case.result else "xml"
    accept = ", ".join(f"{media_type};q={1 if name == best else 0.5}" for media_type, name in ALL_TYPES.items())
    graphs = {}
    if case.dataset:
        filled = [iri for iri in case.dataset.default_graphs if len(graph_of(path_of(iri)))]
        graphs = {"default-graph-uri": filled, "named-graph-uri": case.dataset.named_graphs}
        if not any(graphs.values()):
            graphs = {"named-graph-uri": PROTOCOL_EMPTY_GRAPH}
    headers = {"accept": accept, "content-type": "application/sparql-query"}
    return endpoint.post("/sparql", params=graphs, headers=headers, content=case.text)


def format_of(response):
    return ALL_TYPES[response.headers["content-type"].partition(";")[0]]


@pytest.mark.parametrize("case", parameters({"QueryEvaluationTest", "CSVResultFormatTest"}, EXCEPTIONS))
def test_an_answer_is_what_the_suite_expects(endpoint, case):
    response = ask(endpoint, case)
    assert response.status_code == 200, response.text
    assert meaning(response.content, format_of(response)) == case.expected()


@pytest.mark.parametrize("case", parameters({"PositiveSyntaxTest11"}, EXCEPTIONS))
def test_a_query_can_be_read(endpoint, case):
    response = ask(endpoint, case)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize("case", parameters({"NegativeSyntaxTest11"}, EXCEPTIONS))
def test_a_text_that_is_no_query_is_refused(endpoint, case):
    assert ask(endpoint, case).status_code == 400


@pytest.mark.parametrize(("name", "steps"), list(exchanges()))
def test_the_protocol_is_kept(endpoint, name, steps):
    for step in steps:
        response = endpoint.request(step.method, f"/sparql?{step.parameters}", headers=step.headers, content=step.body)
        if name.startswith("update_"):
            assert response.status_code == 403  # read-only on purpose; so what was to be changed cannot be asked for
            return
        assert response.status_code // 100 in step.statuses, response.text
        if step.format_name:
            assert format_of(response) in PROTOCOL_FORMATS[step.format_name]
        if step.truth is not None:
            assert meaning(response.content, format_of(response)) is step.truth


@pytest.fixture(scope="module")
def description(endpoint):
    response = endpoint.get("/sparql", headers={"accept": "text/turtle"})
    assert response.is_success
    return ox.Dataset(ox.parse(response.content, format=ox.RdfFormat.TURTLE))


def test_the_service_description_tests_are_those_below():
    names = {entry.value.partition("#")[2] for _, entry in entries("service-description")}
    assert names == {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"}


def test_a_bare_get_returns_rdf(endpoint):
    for media_type in GRAPH_TYPES:
        response = endpoint.get("/sparql", headers={"accept": media_type})
        assert response.headers["content-type"].startswith(media_type)
        assert response.content


def test_the_description_has_its_endpoint(endpoint, description):
    endpoints = [quad.object.value for quad in description.quads_for_predicate(ox.NamedNode(f"{SD}endpoint"))]
    assert endpoints == [f"{endpoint.base_url}/sparql"]


def test_the_description_conforms_to_the_schema(description):
    types = list(description.quads_for_predicate(ox.NamedNode(f"{ns.RDF}type")))
    assert [quad.object.value for quad in types].count(f"{SD}Service") == 1
    terms = {term.value for quad in description for term in (quad.predicate, quad.object) if isinstance(term, ox.NamedNode)}
    assert {term.removeprefix(SD) for term in terms if term.startswith(SD)} <= SD_TERMS
    assert not [quad for quad in description if quad.predicate.value.startswith(SD) and isinstance(quad.object, ox.Literal)]
