"""No query opens a connection or a file."""

import contextlib
import subprocess
import sys

import pyoxigraph as ox
import pytest

from tests.helpers.endpoint import get, problem
from tests.helpers.listening import listening

pytestmark = pytest.mark.xdist_group("endpoint")


QUERIES = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?u) sErViCe ?u { ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "SELECT * { SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { # '\n SERVICE <URL> { ?s ?p ?o } # '\n }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <URL>",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { SERVICE <URL> {} }",
    "DESCRIBE <URL> FROM <URL>",
]


@pytest.mark.parametrize("query", QUERIES)
def test_nobody_is_called(endpoint, query):
    with listening() as listener:
        answer = get(f"{endpoint}/sparql", params={"query": query.replace("URL", f"{listener.url}data.ttl")})
        assert answer.status_code in (400, 403)
        problem(answer, answer.status_code)
        assert listener.calls() == 0


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_no_graph_is_fetched_for_a_dataset(endpoint, name):
    with listening() as listener:
        problem(get(f"{endpoint}/sparql", params={"query": "ASK { ?s ?p ?o }", name: listener.url}), 403)
        assert listener.calls() == 0


def test_a_call_would_be_heard():
    with listening() as listener:
        with contextlib.suppress(OSError):
            list(ox.Store().query(f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"))
        assert listener.calls() == 1


@pytest.mark.parametrize("query", [query for query in QUERIES if "FROM" in query or "LOAD" in query])
def test_no_file_is_read(endpoint, tmp_path, query):
    (tmp_path / "secret.ttl").write_text("<urn:s> <urn:p> 'secret words' .")
    address = (tmp_path / "secret.ttl").as_uri()
    answer = get(f"{endpoint}/sparql", params={"query": query.replace("URL", address)})
    assert answer.status_code in (400, 403) and "secret words" not in answer.text
    other = get(f"{endpoint}/sparql", params={"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": address})
    assert other.status_code == 403 and "secret words" not in other.text


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")
def test_the_kernel_refuses_workers_a_socket_even_where_a_query_got_through():
    code = (
        "import pyoxigraph, socket\n"
        "from rlsgraph.endpoint.workers.confinement import refuse_sockets\n"
        "refuse_sockets()\n"
        "query = 'SELECT * { SERVICE <http://127.0.0.1:8999/> {} }'\n"
        "for attempt in (socket.socket, lambda: list(pyoxigraph.Store().query(query))):\n"
        "    try: attempt()\n"
        "    except OSError as error: print('refused', error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.count("refused") == 2
