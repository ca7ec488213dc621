"""What a server refuses, stops and outlives."""

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor, as_completed
from urllib.parse import quote

import pytest

from tests.helpers.endpoint import RUNAWAY, ask, in_background, post, problem, serving
from tests.helpers.patience import PATIENCE, until

pytestmark = pytest.mark.xdist_group("endpoint")

GREEDY = (
    "SELECT (STRLEN(CONCAT(?b,?b,?b,?b,?b,?b,?b,?b)) AS ?n)"
    "{ { SELECT (GROUP_CONCAT(STR(?p)) AS ?a) { ?s ?p ?o } } BIND(CONCAT(?a,?a,?a,?a,?a,?a,?a,?a) AS ?b) }"
)
SELECT_TYPES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
GRAPH_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


LIMITS = {
    "memory": 64,
    "workers": 2,
    "max-waiting": 2,
    "max-rows": 10,
    "max-bytes": 5000,
    "max-query": 200,
    "max-body": 1000,
    "max-url": 1500,
}


@pytest.fixture(scope="module")
def server():
    """A server with narrow limits, but all the time in the world."""
    with serving(*(f"--{name}={value}" for name, value in LIMITS.items())) as server:
        yield server


@pytest.fixture(scope="module")
def hasty_server():
    """A server that gives a query two seconds."""
    with serving("--workers=2", "--timeout=2") as server:
        yield server


@pytest.fixture
def own_server():
    """A server whose workers a test may keep busy for ever; ended, with all that runs, at the end."""
    with serving("--workers=2", "--max-waiting=2", "--grace=0") as server:
        yield server


def answers_again(server):
    """Wait until the server answers, if late because it is short of workers or this machine of time."""
    until(lambda: ask(server, "ASK {}").status_code == 200)


@pytest.mark.parametrize("accept", SELECT_TYPES)
def test_too_many_rows_are_refused_and_never_cut(server, accept):
    query = "SELECT ?s { ?s a rls:Entity } LIMIT %s"
    assert ask(server, query % 10, headers={"accept": accept}).status_code == 200
    refused = ask(server, query % 11, headers={"accept": f"{accept}, application/problem+json;q=0.1"})
    assert "10 rows; add LIMIT" in problem(refused, 403)["detail"]


@pytest.mark.parametrize("accept", GRAPH_TYPES)
def test_too_many_triples_are_refused(server, accept):
    query = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t ; skos:prefLabel ?l } LIMIT %s"
    assert ask(server, query % 10, headers={"accept": accept}).status_code == 200
    assert "10 triples; add LIMIT" in problem(ask(server, query % 11, headers={"accept": accept}), 403)["detail"]


def test_too_many_bytes_are_refused(server):
    long = ask(server, "SELECT (GROUP_CONCAT(?l) AS ?x) { ?s skos:prefLabel ?l }")
    assert "5,000 bytes" in problem(long, 403)["detail"]


def test_a_query_a_body_and_an_address_may_be_so_long(server):
    problem(ask(server, "ASK {}" + " " * 200), 413)
    problem(post(f"{server.url}/sparql", data={"query": "ASK {}", "more": "x" * 1000}), 413)
    in_pieces = post(
        f"{server.url}/sparql", content=iter([b"ASK {", b" " * 1000, b"}"]), headers={"content-type": "application/sparql-query"}
    )
    problem(in_pieces, 413)
    problem(ask(server, "ASK {}" + " " * 1500), 414)
    problem(ask(server, "ASK {}", headers={"x": "y" * 100_000}), 431)


def test_what_is_no_http_is_answered_and_cut(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        connection.sendall(b"\x16\x03\x01 what is this?\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400") and b"application/problem+json" in answer


def test_a_runaway_query_is_stopped_and_the_server_answers_on(hasty_server):
    assert "stopped after 2 s" in problem(ask(hasty_server, RUNAWAY), 503)["detail"]
    answers_again(hasty_server)


def test_many_runaway_queries_leave_it_answering(hasty_server):
    with ThreadPoolExecutor(4) as many:
        statuses = [answer.status_code for answer in many.map(lambda _: ask(hasty_server, RUNAWAY), range(4))]
    assert set(statuses) == {503}
    until(lambda: len(hasty_server.workers()) == 3)
    answers_again(hasty_server)


def test_a_query_that_takes_too_much_memory_is_stopped(server):
    assert "64 MiB" in problem(ask(server, GREEDY), 503)["detail"]
    assert ask(server, "ASK {}").json()["boolean"]


def test_quick_queries_do_not_wait_behind_a_slow_one(own_server):
    answers, _ = in_background(own_server, RUNAWAY)
    for _ in range(20):
        assert ask(own_server, "ASK {}").status_code == 200
    assert not answers  # it runs still, and would run for days


def test_a_server_that_is_full_says_when_to_ask_again(own_server):
    with ThreadPoolExecutor(6) as many:
        waiting = as_completed([many.submit(ask, own_server, RUNAWAY) for _ in range(6)])
        refused = [next(waiting).result() for _ in range(2)]  # two run, two wait
        for answer in refused:
            assert "wait for a worker" in problem(answer, 503)["detail"]
            assert int(answer.headers["retry-after"]) > 0
        own_server.stop()


def test_a_query_whose_client_is_gone_is_ended(server):
    until(lambda: len(server.workers()) == 3)
    before = set(server.workers())
    request = f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(request.encode())
        until(lambda: server.health()["busy"])
    until(lambda: before - set(server.workers()))


def test_a_worker_that_dies_while_idle_is_replaced(server):
    until(lambda: len(server.workers()) == 3)
    killed = set(server.workers())
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    until(lambda: len(set(server.workers()) - killed) == 3 and server.health()["workers"] == 2)
    assert ask(server, "ASK {}").json()["boolean"]
