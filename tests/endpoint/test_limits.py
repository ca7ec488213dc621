"""What a server refuses, stops and outlives."""

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.endpoint.conftest import serving
from tests.endpoint.test_protocol import problem

pytestmark = pytest.mark.xdist_group("endpoint")

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = (
    "SELECT (STRLEN(CONCAT(?b,?b,?b,?b,?b,?b,?b,?b)) AS ?n)"
    "{ { SELECT (GROUP_CONCAT(STR(?p)) AS ?a) { ?s ?p ?o } } BIND(CONCAT(?a,?a,?a,?a,?a,?a,?a,?a) AS ?b) }"
)
SELECT_TYPES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
GRAPH_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


@pytest.fixture(scope="module")
def server():
    options = {
        "timeout": 2,
        "memory": 64,
        "workers": 2,
        "max-waiting": 2,
        "max-rows": 10,
        "max-bytes": 5000,
        "max-query": 200,
        "max-body": 1000,
        "max-url": 1500,
    }
    with serving(*(f"--{name}={value}" for name, value in options.items())) as server:
        yield server


def ask(server, query, **more):
    return httpx.get(f"{server.url}/sparql", params={"query": query}, timeout=30, **more)


def until(condition, seconds=10.0):
    """Wait until something is so, and fail where it never is."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("accept", SELECT_TYPES)
def test_too_many_rows_are_refused_and_never_cut(server, accept):
    query = "SELECT ?s { ?s a rls:Entity } LIMIT %s"
    assert ask(server, query % 10, headers={"accept": accept}).status_code == 200
    assert "10 rows; add LIMIT" in problem(ask(server, query % 11, headers={"accept": accept}), 403)["detail"]


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
    problem(httpx.post(f"{server.url}/sparql", data={"query": "ASK {}", "more": "x" * 1000}), 413)
    in_pieces = httpx.post(
        f"{server.url}/sparql", content=iter([b"ASK {", b" " * 1000, b"}"]), headers={"content-type": "application/sparql-query"}
    )
    problem(in_pieces, 413)
    problem(ask(server, "ASK {}" + " " * 1500), 414)
    problem(ask(server, "ASK {}", headers={"x": "y" * 100_000}), 431)


def test_what_is_no_http_is_answered_and_cut(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(b"\x16\x03\x01 what is this?\r\n\r\n")
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 400") and b"application/problem+json" in answer


def test_a_runaway_query_is_stopped_and_the_next_one_does_not_wait(server):
    started = time.monotonic()
    assert "stopped after 2 s" in problem(ask(server, RUNAWAY), 503)["detail"]
    assert time.monotonic() - started < 8
    assert ask(server, "ASK {}").json()["boolean"]


def test_a_query_that_takes_too_much_memory_is_stopped(server):
    assert "64 MiB" in problem(ask(server, GREEDY), 503)["detail"]
    assert ask(server, "ASK {}").json()["boolean"]


def test_quick_queries_do_not_wait_behind_a_slow_one(server):
    with ThreadPoolExecutor(1) as slow:
        running = slow.submit(ask, server, RUNAWAY)
        until(lambda: httpx.get(f"{server.url}/healthz").json()["busy"])
        while not running.done():
            asked = time.monotonic()
            assert ask(server, "ASK {}").status_code == 200
            assert time.monotonic() - asked < 1.9


def test_a_server_that_is_full_says_when_to_ask_again(server):
    with ThreadPoolExecutor(8) as many:
        answers = [future.result() for future in [many.submit(ask, server, RUNAWAY) for _ in range(6)]]
    assert {answer.status_code for answer in answers} == {503}
    full = [answer for answer in answers if "wait for a worker" in answer.text]
    assert full and all(int(answer.headers["retry-after"]) > 0 for answer in full)
    until(lambda: ask(server, "ASK {}").status_code == 200)


def test_a_query_whose_client_is_gone_is_ended(server):
    until(lambda: len(server.workers()) == 3)
    before = set(server.workers())
    with pytest.raises(httpx.TimeoutException):
        httpx.get(f"{server.url}/sparql", params={"query": RUNAWAY}, timeout=0.3)
    until(lambda: before - set(server.workers()))


def test_a_worker_that_dies_while_idle_is_replaced(server):
    until(lambda: len(server.workers()) == 3)
    for pid in server.workers():
        os.kill(pid, signal.SIGKILL)
    until(lambda: httpx.get(f"{server.url}/healthz").json()["workers"] == 2)
    assert ask(server, "ASK {}").json()["boolean"]


def test_many_runaway_queries_leave_it_answering(server):
    with ThreadPoolExecutor(4) as many:
        statuses = [answer.status_code for answer in many.map(lambda _: ask(server, RUNAWAY), range(4))]
    assert set(statuses) == {503}
    until(lambda: len(server.workers()) == 3)
    assert ask(server, "ASK {}").json()["boolean"]
