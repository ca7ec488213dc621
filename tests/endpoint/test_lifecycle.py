"""How a server starts and stops, and what it logs."""

import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from rlsgraph.graph.building import build
from rlsgraph.model.namespaces import PREFIXES
from tests.helpers.endpoint import RUNAWAY, Served, ask, get, in_background, is_alive, serving
from tests.helpers.patience import PATIENCE, until

pytestmark = pytest.mark.xdist_group("endpoint")
SLOW = "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?p ?o } LIMIT 250 } ?d ?e ?f }"
"""Takes a second or more; a server that stops waits for it, however long."""


def test_sigterm_lets_a_running_query_finish():
    server = Served("--grace", str(PATIENCE))
    answers, thread = in_background(server, SLOW)
    workers = server.workers()
    assert server.stop(signal.SIGTERM) == 0
    thread.join()
    assert answers[0].status_code == 200 and answers[0].json()["results"]["bindings"]
    assert not any(map(is_alive, workers))


def test_ctrl_c_ends_what_outlasts_the_grace_time():
    server = Served("--grace", "0.5")
    answers, thread = in_background(server, RUNAWAY)
    workers = server.workers()
    assert server.stop(signal.SIGINT) == 0
    thread.join()
    assert answers[0].status_code == 503 and "stopping" in answers[0].json()["detail"]
    assert not any(map(is_alive, workers))


def test_no_worker_outlives_a_server_that_is_killed():
    server = Served("--workers", "2")
    in_background(server, RUNAWAY)
    workers = server.workers()
    assert len(workers) == 3
    server.stop(signal.SIGKILL)
    until(lambda: not any(map(is_alive, workers)))


def run(*options):
    command = [sys.executable, "-m", "rlsgraph", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_port_in_use_is_a_clear_error():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--port", str(port))
    assert done.returncode == 2 and f"port {port}" in done.stderr and "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_cannot_be_served_is_a_clear_error(tmp_path):
    (tmp_path / "broken.ttl").write_text("this is no Turtle")
    done = run("--port", "0", "--data", str(tmp_path / "broken.ttl"))
    assert done.returncode == 3 and "broken.ttl:1" in done.stderr and "Traceback" not in done.stderr
    assert run("--endpoint", "http://127.0.0.1:9/sparql").returncode == 2


def test_files_are_scored_and_served(tmp_path):
    head = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    (tmp_path / "mine.ttl").write_text(
        f"{head} entity:a a rls:Entity ; skos:prefLabel 'a'@en . entity:b a rls:Entity ; skos:prefLabel 'b'@en .\n"
        "claim:a.increases.b a rls:Claim, rdf:Statement ; rdf:subject entity:a ; rdf:predicate rls:increases ;"
        " rdf:object entity:b ."
    )
    with serving("--data", str(tmp_path / "mine.ttl")) as server:
        rows = ask(server, "SELECT ?x { claim:a.increases.b rls:score ?x }").json()["results"]["bindings"]
    assert float(rows[0]["x"]["value"]) == pytest.approx(0.1)


def test_the_log_has_a_line_for_each_request_and_no_credentials():
    with serving() as server:
        secret = {"authorization": "Bearer s3cr3t", "cookie": "token=s3cr3t"}
        ask(server, "SELECT ?s { ?s a rls:Entity } LIMIT 3", headers=secret)
        get(f"{server.url}/nowhere?token=s3cr3t")
    lines = server.events()
    assert "s3cr3t" not in json.dumps(lines)
    asked, missed = (line for line in lines if "path" in line)
    assert asked["method"] == "GET" and asked["path"] == "/sparql" and asked["status"] == 200 and asked["rows"] == 3
    assert (
        asked["bytes"] > 100 and asked["ms"] > 0 and asked["time"] and asked["query"].startswith("SELECT ?s") and asked["digest"]
    )
    assert missed["path"] == "/nowhere" and missed["status"] == 404


def test_an_open_address_is_told_with_a_word_of_care():
    with serving("--host", "0.0.0.0") as server:
        assert get(f"{server.url}/healthz").status_code == 200
        assert get(f"{server.url}/healthz", headers={"host": "192.168.1.7:8000"}).status_code == 200
        assert get(f"{server.url}/healthz", headers={"host": "evil.example"}).status_code == 421
    assert "no passwords" in server.log()[0]


def test_a_built_store_is_served(tmp_path):
    build(tmp_path / "store")
    with serving("--data", str(tmp_path / "store")) as server:
        assert ask(server, "ASK { claim:gut-dysbiosis.increases.systemic-inflammation rls:score ?x }").json()["boolean"]
        assert get(f"{server.url}/entity/gut-dysbiosis").status_code == 200


def test_a_store_that_is_built_anew_is_served_as_it_was_opened(tmp_path):
    text = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    files = [tmp_path / "one.ttl", tmp_path / "two.ttl"]
    for path in files:
        path.write_text(f'{text}entity:{path.stem} a rls:Entity ; skos:prefLabel "{path.stem}"@en .')
    build(tmp_path / "store", files[0])
    with serving("--data", str(tmp_path / "store"), "--cache", "0") as server:
        build(tmp_path / "store", files[1])
        former = server.workers()
        for pid in former:
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(set(server.workers()) - set(former)) == len(former))
        assert ask(server, "ASK { entity:one a rls:Entity FILTER NOT EXISTS { entity:two a rls:Entity } }").json()["boolean"]
