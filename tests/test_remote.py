"""An endpoint is asked within bounds, and its answers are whole, exact, and told plainly where they are not."""

import contextlib
import gzip
import json
import logging
import socket
import threading

import pyoxigraph as ox
import pytest

from rlsgraph.errors import EndpointError, QueryRefusedError, QuerySyntaxError
from rlsgraph.model import namespaces as ns
from rlsgraph.remote import RemoteEngine
from rlsgraph.remote.connection import AUTH_VARIABLE
from rlsgraph.remote.messages import plain_message
from rlsgraph.triples.query_shape import QueryShape, with_prefixes
from rlsgraph.triples.sparql import Dataset
from tests.helpers.patience import until
from tests.helpers.servers import SHIPPED, serving

JSON = {"Content-Type": "application/sparql-results+json"}


def rows_json(*values: str, kind: str = "literal", **more: str) -> bytes:
    bindings = [{"x": {"type": kind, "value": value, **more}} for value in values]
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()


ONE = (200, JSON, rows_json("1"))
ASK_ANYTHING = "SELECT ?x WHERE { ?x ?y ?z }"


def failure(answer, text=ASK_ANYTHING, **options) -> EndpointError:
    """Return the error that a SELECT ends with where the server answers so."""
    with serving(answer) as (url, _), pytest.raises(EndpointError) as caught:
        RemoteEngine(url, **{"retries": 0, **options}).select(text)
    return caught.value


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"


@pytest.mark.parametrize(
    ("head", "more"), [(HEAD, b"X-A: b\r\n"), (HEAD + b"\r\n", b" "), (b"", b"")], ids=["headers", "body", "silence"]
)
def test_an_answer_that_drips_is_given_up_as_a_whole(head, more):
    is_given_up = threading.Event()

    def drip(handler) -> None:
        """Send a little at a time, until the other side gives up, or the tests lose patience."""
        with contextlib.suppress(OSError):
            handler.wfile.write(head)
            until(lambda: is_given_up.is_set() or handler.wfile.write(more) is None)
        handler.close_connection = True

    error = failure(drip, timeout=0.4)
    is_given_up.set()
    assert "no whole answer within 0.4 s" in str(error)


def endless(handler) -> None:
    try:
        handler.wfile.write(HEAD + b"\r\n")
        while True:
            handler.wfile.write(b" " * 65536)
    except OSError:
        handler.close_connection = True


def test_an_endless_answer_is_cut():
    assert "larger than 1 MiB" in str(failure(endless, max_bytes=1024**2))


def test_a_compressed_bomb_is_measured_by_what_it_becomes():
    bomb = gzip.compress(b" " * 50_000_000)
    error = failure(lambda _: (200, {**JSON, "Content-Encoding": "gzip"}, bomb), max_bytes=1024**2)
    assert "larger than 1 MiB" in str(error)


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "deflate"])
def test_a_compression_that_was_not_asked_for_is_refused(encoding):
    assert "which was not asked for" in str(failure(lambda _: (200, {**JSON, "Content-Encoding": encoding}, b"xxxx")))


def test_damaged_compression_is_told():
    assert "cannot be read" in str(failure(lambda _: (200, {**JSON, "Content-Encoding": "gzip"}, b"no gzip")))


def test_compressed_answers_are_read():
    packed = (200, {**JSON, "Content-Encoding": "gzip"}, gzip.compress(rows_json("1")))
    with serving(lambda _: packed) as (url, _):
        assert RemoteEngine(url).select(ASK_ANYTHING) == [(ox.Literal("1"),)]


def test_a_redirect_is_told_and_not_followed():
    with serving(lambda _: ONE) as (elsewhere, heard):
        place = elsewhere.replace("http://", "http://me:secret@")
        error = failure(lambda _: (307, {"Location": place}, b""))
        assert f"sends on to {elsewhere}" in str(error)
        assert "secret" not in str(error)
        assert heard == []


def test_a_page_is_no_endpoint():
    error = failure(lambda _: (200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>Hello</html>"))
    assert "gave text/html, which is no answer to a SELECT" in str(error)


def test_an_error_page_becomes_one_plain_line():
    page = b"<html><head><style>b{}</style></head><body><h1>Oh</h1>\n<p>no &amp; no</p></body></html>"
    error = failure(lambda _: (500, {"Content-Type": "text/html"}, page))
    assert error.status == 500
    assert error.reason == "answered 500: Oh no & no"


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("text/plain", b"Error SP030: syntax error\n\nSPARQL query:\nSELECT secret", "Error SP030: syntax error"),
        ("application/problem+json", b'{"title": "Bad", "detail": "no such graph"}', "no such graph"),
        ("application/json", b"[[[[[", "[[[[["),
        ("text/plain", b"\x1b[31mred\xff", "[31mred�"),
        ("text/plain", b"x" * 1000, "x" * 299 + "…"),
    ],
)  # fmt: skip
def test_messages_of_servers(kind, body, said):
    assert plain_message(kind, body) == said


def test_a_busy_server_is_asked_again():
    answers = iter([(503, {"Retry-After": "0"}, b""), (429, {}, b""), ONE])
    with serving(lambda _: next(answers)) as (url, heard):
        assert RemoteEngine(url).select(ASK_ANYTHING) == [(ox.Literal("1"),)]
        assert len(heard) == 3


def test_a_server_that_stays_busy_is_left_alone():
    error = failure(lambda _: (503, {}, b"later"), retries=1)
    assert error.reason == "is busy or down (503), after 2 attempts: later"


def test_a_long_wait_is_told_instead():
    assert "asks to come back in 3,600 s" in str(failure(lambda _: (429, {"Retry-After": "3600"}, b""), retries=3))


def test_a_broken_connection_is_tried_again():
    def break_off_once(handler):
        if len(heard) > 1:
            return ONE
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)
        return None

    with serving(break_off_once) as (url, heard):
        assert RemoteEngine(url).select(ASK_ANYTHING) == [(ox.Literal("1"),)]
        assert len(heard) == 2


def test_a_body_that_breaks_off_is_no_answer():
    error = failure(lambda _: (200, {**JSON, "Content-Length": "1000", "Connection": "close"}, rows_json("1")))
    assert "cannot be reached" in str(error)


def test_nobody_there():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/sparql"
        with pytest.raises(EndpointError, match=f"^{url}: cannot be reached: .*; is the address right"):
            RemoteEngine(url, retries=0).select(ASK_ANYTHING)


@pytest.mark.parametrize(
    "url", ["", "sparql", "file:///etc/passwd", "ftp://me:secret@host/x", "http://", "http://me:secret@h:port/", "http://h/\nx"]
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(EndpointError, match="begins with http:// or https://") as caught:
        RemoteEngine(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "body", [b"", b"{", rows_json("1")[:-4], b"[" * 100_000, b"<sparql/>", b'{"head": {}, "boolean": 7}', b"\xff\xfe"]
)
def test_damaged_answers_are_told(body):
    assert "damaged" in str(failure(lambda _: (200, JSON, body)))


def test_an_entity_bomb_in_xml_does_not_grow():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    rows = b'<results><result><binding name="x"><literal>&b;</literal></binding></result></results>'
    body = (
        bomb + b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>' + rows + b"</sparql>"
    )
    assert "damaged" in str(failure(lambda _: (200, {"Content-Type": "application/sparql-results+xml"}, body)))


def test_rdf_xml_is_never_read():
    with serving(lambda _: (200, {"Content-Type": "application/rdf+xml"}, b"<rdf:RDF/>")) as (url, heard):
        with pytest.raises(EndpointError, match="gave application/rdf\\+xml, which is no answer to a CONSTRUCT"):
            RemoteEngine(url).answer("DESCRIBE <urn:x>", functions={})
        assert "xml" not in heard[0].headers["Accept"]


# --- parts of answers -------------------------------------------------------------------------------------------------


def test_a_part_of_the_rows_is_never_taken_for_all():
    cut = (200, {**JSON, "X-SPARQL-MaxRows": "3"}, rows_json("1", "2", "3"))
    with serving(lambda _: cut) as (url, _):
        engine = RemoteEngine(url)
        with pytest.raises(EndpointError, match=r"no more than 3 rows in one answer.*add LIMIT 3"):
            engine.select(ASK_ANYTHING)
        assert engine.page_rows == 3
        with pytest.raises(EndpointError, match="no more than 3 rows"):
            engine.answer(ASK_ANYTHING + " LIMIT 4", functions={})
        assert len(engine.select(ASK_ANYTHING + " LIMIT 3")) == 3


@pytest.mark.parametrize(("there", "is_whole"), [(500, True), (501, False)])
def test_a_round_number_of_rows_is_counted(there, is_whole):
    def answer(request):
        is_count = "COUNT" in request.form["query"][0]
        return 200, JSON, rows_json(str(there)) if is_count else rows_json(*map(str, range(500)))

    with serving(answer) as (url, _):
        if is_whole:
            assert len(RemoteEngine(url).select(ASK_ANYTHING)) == 500
        else:
            with pytest.raises(EndpointError, match="no more than 500 rows"):
                RemoteEngine(url).select(ASK_ANYTHING)


def test_an_answer_out_of_time_is_no_answer():
    assert "ran out of its own time" in str(failure(lambda _: (200, {**JSON, "X-SQL-State": "S1TAT"}, rows_json("1"))))
    assert failure(lambda _: (206, JSON, rows_json("1"))).status == 206


def test_rounded_numbers_are_asked_for_again_or_told():
    double = {"datatype": ns.XSD + "double"}

    def answer(request):
        if "__text" in request.form["query"][0]:
            return 400, {}, b"too hard"
        return 200, JSON, rows_json("0.123457", **double)

    with serving(answer) as (url, _):
        engine = RemoteEngine(url)
        with pytest.raises(EndpointError, match="too hard"):
            engine.select(ASK_ANYTHING)
        assert engine.answer(ASK_ANYTHING, functions={}).to_dicts() == [{"x": 0.123457}]


# --- credentials ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "sent"),
    [
        ("basic me:se cret", "Basic bWU6c2UgY3JldA=="),
        ("Basic bWU6c2UgY3JldA==", "Basic bWU6c2UgY3JldA=="),
        ("Bearer abc.def", "Bearer abc.def"),
        ("", "Basic eW91OmhpZGRlbi8="),
    ],
)
def test_credentials_are_sent_and_never_shown(monkeypatch, caplog, variable, sent):
    monkeypatch.setenv(AUTH_VARIABLE, variable)
    caplog.set_level(logging.DEBUG)
    with serving(lambda _: (403, {}, b"")) as (url, heard):
        engine = RemoteEngine(url.replace("http://", "http://you:hidden%2F@") + "?key=hidden", retries=0)
        with pytest.raises(EndpointError, match="refuses access \\(403\\)") as caught:
            engine.select(ASK_ANYTHING)
    assert heard[0].headers["Authorization"] == sent
    shown = f"{caught.value} {caught.value.url} {engine.name} {engine!r} {caplog.text}"
    assert not any(secret in shown for secret in ("cret", "hidden", "abc", "bWU6", "eW91"))


def test_digest_credentials(monkeypatch):
    monkeypatch.setenv(AUTH_VARIABLE, "digest me:secret")

    def answer(request):
        if request.headers["Authorization"]:
            return ONE
        return 401, {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'}, b""

    with serving(answer) as (url, heard):
        RemoteEngine(url).select(ASK_ANYTHING)
        assert heard[1].headers["Authorization"].startswith('Digest username="me"')
        assert "secret" not in heard[1].headers["Authorization"]


def test_a_header_with_a_break_is_refused_without_showing_it(monkeypatch):
    monkeypatch.setenv(AUTH_VARIABLE, "Bearer sec\nret: 1")
    with pytest.raises(EndpointError, match="printable ASCII") as caught:
        RemoteEngine("http://127.0.0.1:1/").select(ASK_ANYTHING)
    assert "ret" not in str(caught.value).replace("SPARQL", "")


# --- what is sent -----------------------------------------------------------------------------------------------------


def test_the_graphs_that_are_asked():
    with serving(lambda _: ONE) as (url, heard):
        engine = RemoteEngine(url, graph="urn:g")
        engine.select("SELECT ?x { ?x a rls:Claim }")
        engine.answer("SELECT ?x FROM <urn:h> { ?x a ?y }", functions={})
        engine.answer(ASK_ANYTHING, functions={}, dataset=Dataset(("urn:i", "urn:j"), ("urn:k",)))
        forms = [request.form for request in heard]
    assert forms[0]["query"] == [f"PREFIX rls: <{ns.RLS}> SELECT ?x {{ ?x a rls:Claim }}"]
    assert [form.get("default-graph-uri") for form in forms] == [["urn:g"], None, ["urn:i", "urn:j"]]
    assert forms[2]["named-graph-uri"] == ["urn:k"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefusedError),
        ("LOAD <http://127.0.0.1:1/>", QueryRefusedError),
        ("DELETE { ?s ?p ?o } WHERE { SELECT ?s ?p ?o { ?s ?p ?o } }", QuerySyntaxError),
        ("CLEAR ALL", QuerySyntaxError),
        ("", QuerySyntaxError),
    ],
)
def test_what_is_no_query_is_never_sent(text, kind):
    with serving(lambda _: ONE) as (url, heard):
        with pytest.raises(kind):
            RemoteEngine(url).answer(text, functions={})
        assert heard == []


def test_a_refused_query_is_explained_where_it_can_be():
    functions = {ns.RLS + "support": len}
    with serving(lambda _: (400, {}, b"computer says no")) as (url, _):
        engine = RemoteEngine(url)
        with pytest.raises(QuerySyntaxError, match="line 2"):
            engine.answer("SELECT ?x\n{ ?x ?y", functions=functions)
        with pytest.raises(EndpointError, match=r"computer says no$"):
            engine.answer(ASK_ANYTHING, functions=functions)
        with pytest.raises(EndpointError, match="rls:support is a function of rlsgraph's own"):
            engine.answer("SELECT (rls:support(?a, ?b) AS ?x) { ?a rls:increases ?b }", functions=functions)


def test_prefixes_are_declared_where_they_are_used_and_not_declared():
    assert with_prefixes("SELECT * { ?s ?p 'rls:x' }") == "SELECT * { ?s ?p 'rls:x' }"
    assert with_prefixes("PREFIX rls: <urn:x> ASK { rls:a ?p ?o }") == "PREFIX rls: <urn:x> ASK { rls:a ?p ?o }"
    assert with_prefixes("ASK { claim:a.b.c ?p ?o }") == f"ASK {{ <{ns.CLAIM}a.b.c> ?p ?o }}"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("SELECT ?x{?x a ?y}", ("", "SELECT", " ?x", "", "{?x a ?y}", None)),
        ("select (1 AS ?x) FROM <urn:g> WHERE {} LIMIT 5", ("", "SELECT", " (1 AS ?x) ", "FROM <urn:g> ", "WHERE {} LIMIT 5", 5)),
        ("PREFIX select: <urn:x>\n#ASK\nASK {}", ("PREFIX select: <urn:x>\n#ASK\n", "ASK", " ", "", "{}", None)),
        ("CONSTRUCT { ?s ?p ?o } FROM <g> WHERE {}", ("", "CONSTRUCT", " { ?s ?p ?o } ", "FROM <g> ", "WHERE {}", None)),
        ("CONSTRUCT WHERE { ?s ?p ?o }", ("", "CONSTRUCT", " ", "", "WHERE { ?s ?p ?o }", None)),
        ("DESCRIBE <urn:x>", ("", "DESCRIBE", " <urn:x>", "", "", None)),
        ("SELECT * { { SELECT * {} LIMIT 3 } } #LIMIT", ("", "SELECT", " * ", "", "{ { SELECT * {} LIMIT 3 } } #LIMIT", None)),
        ("DELETE WHERE { ?s ?p ?o }", ("DELETE WHERE { ?s ?p ?o }", "", "", "", "", None)),
    ],
)  # fmt: skip
def test_shapes(text, shape):
    found = QueryShape.parse(text)
    assert (found.prologue, found.form, found.projection, found.dataset, found.where, found.limit) == shape
    assert found.text.lower() == text.lower()


# --- real servers -----------------------------------------------------------------------------------------------------


@pytest.fixture(
    scope="session", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("oxigraph", "virtuoso")]
)
def filled(request, kg):
    """An engine over a server that holds the shipped graph."""
    return RemoteEngine(request.getfixturevalue(f"{request.param}_filled").url, graph=SHIPPED)


def test_numbers_come_with_all_their_digits(filled, kg):
    found = {claim.value: float(score.value) for claim, score in filled.select("SELECT ?c ?x { ?c rls:score ?x }")}
    assert found == pytest.approx({claim.iri: claim.score for claim in kg.claims()}, rel=1e-14)


QUERIES = [
    "SELECT ?c ?x ?b { ?c rls:score ?x ; rls:contested ?b } ORDER BY DESC(?x) STR(?c) LIMIT 20",
    "SELECT ?level (AVG(?x) AS ?mean) { ?c rls:confidenceLevel ?level ; rls:score ?x } GROUP BY ?level ORDER BY ?mean",
    "SELECT DISTINCT ?year { ?s a rls:Source ; dcterms:issued ?year } ORDER BY ?year",
    "SELECT ?o { claim:gut-dysbiosis.increases.systemic-inflammation rls:hasEvidence/rls:finding ?o } ORDER BY ?o",
    "SELECT ?a ?b { ?a rls:oppositeOf ?b OPTIONAL { ?a rls:nothing ?c } } ORDER BY ?a ?b # the end",
]


def near(row):
    """Return a row with numbers to twelve digits."""
    return {name: float(f"{value:.12g}") if isinstance(value, float) else value for name, value in row.items()}


@pytest.mark.parametrize("text", QUERIES)
def test_rows_are_those_of_the_graph_in_memory(filled, kg, text):
    here, there = kg.query(text), filled.answer(text, functions={})
    assert there.variables == here.variables
    found, wanted = there.to_dicts(), here.to_dicts()
    assert [near(row) for row in found] == [near(row) for row in wanted]


def test_yes_and_no(filled):
    assert bool(filled.answer("ASK { ?c a rls:Claim }", functions={})) is True
    assert bool(filled.answer("ASK { ?c a rls:Nothing }", functions={})) is False


def test_triples_are_those_of_the_graph_in_memory(filled, kg):
    pattern = "{ ?c rls:score ?x ; rls:contested ?b ; rdfs:label ?l }"
    text = f"CONSTRUCT {pattern} WHERE {{ ?c rls:score ?x ; rls:contested ?b ; rdf:object/skos:prefLabel ?l }}"
    found, wanted = ({(t.subject, t.predicate): t.object for t in a} for a in (filled.answer(text, functions={}), kg.query(text)))
    is_number = ox.NamedNode(ns.RLS + "score")
    numbers, others = zip(
        *(
            (
                {key: float(o.value) for key, o in triples.items() if key[1] == is_number},
                {key: o for key, o in triples.items() if key[1] != is_number},
            )
            for triples in (found, wanted)
        ),
        strict=True,
    )
    assert numbers[0] == pytest.approx(numbers[1], rel=1e-14)
    assert others[0] == others[1]


def test_a_described_thing(filled):
    triples = list(filled.answer("DESCRIBE entity:gut-dysbiosis", functions={}))
    assert (
        ox.Triple(
            ox.NamedNode(ns.ENTITY + "gut-dysbiosis"),
            ox.NamedNode(ns.SKOS + "prefLabel"),
            ox.Literal("gut dysbiosis", language="en"),
        )
        in triples
    )


def test_more_rows_than_one_answer_holds(filled):
    texts = ["SELECT ?s ?p ?o { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"]
    for text in texts:
        try:
            assert len(list(filled.answer(text, functions={}))) > 21_000
        except EndpointError as error:
            assert "no more than 10,000 rows in one answer" in str(error)
    assert len(filled.select(texts[0] + " LIMIT 5000")) == 5000


def test_syntax_and_unknown_functions(filled):
    with pytest.raises(QuerySyntaxError, match="line 1"):
        filled.answer("SELECT ?s { ?s", functions={})
    with pytest.raises(EndpointError, match="rls:support is a function of rlsgraph's own"):
        list(filled.answer("SELECT (rls:support(?a, ?b) AS ?x) { ?a rls:increases ?b }", functions={ns.RLS + "support": len}))


@pytest.mark.xdist_group("virtuoso")
def test_digest_at_virtuoso(monkeypatch, virtuoso_server):
    engine = RemoteEngine(virtuoso_server.url + "-auth", retries=0)
    with pytest.raises(EndpointError, match="refuses access"):
        engine.answer("ASK {}", functions={})
    monkeypatch.setenv(AUTH_VARIABLE, "digest dba:dba")
    assert bool(RemoteEngine(virtuoso_server.url + "-auth").answer("ASK {}", functions={}))


@pytest.mark.xdist_group("virtuoso")
def test_blank_nodes_of_virtuoso(virtuoso_server):
    engine = RemoteEngine(virtuoso_server.url)
    text = "SELECT ?b { GRAPH ?g { ?s ?p ?b } FILTER(ISBLANK(?b)) } LIMIT 3"
    assert all(isinstance(row[0], ox.BlankNode) for row in engine.select(text))
