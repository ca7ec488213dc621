"""The text of a query: whatever it is, no engine finds SERVICE in it; and it is read in one pass."""

import contextlib
import random

import pyoxigraph as ox
import pytest

from rlsgraph.errors import QueryError, QueryRefusedError, QuerySyntaxError
from rlsgraph.triples.query_shape import QueryShape
from rlsgraph.triples.query_text import graphs_named_in, spell_out_names, without_service
from rlsgraph.triples.query_tokens import TOKEN, iter_words
from rlsgraph.triples.sparql import run_query
from tests.helpers.listening import listening

PIECES = (
    "'", '"', "'''", '"""', "#", "\n", "\r", "\x0c", "<", ">", "<2)", "FILTER(?o", ")", "\\", "\\u0027", "\\'", ":", "p:", "p:a",
    "p:a.b.c", "p:a\\,", "_:b.c.d", ".", ";", ",", "?", "$", "?x", "1", "1.", "true", "a", "@en", "^^", "{", "}", "[]", "()", "-",
    "²", "\ufeff", "ſERVICE", "SERVICE", "service", "SERVICESILENT", "SILENT", "SERVICE:x", "SERVICE?x", "PREFIX", "OPTIONAL",
    "BIND(", "p:p?", "/", "|", "*", "+", "!", "%53", " ", " ",
)  # fmt: skip
STARTS = (
    "?s ?p ?o", "?s ?p 1", "?s ?p true", "?s p:p 1 .", "?s ?p ?o FILTER(?o<2)#>", "?s ?p ?o FILTER(?o<?p)", "BIND('a' AS ?q)",
    "FILTER(1<2)", "FILTER(1<2)'>'", "FILTER(?o<2&&?o<3)", "FILTER EXISTS { FILTER(1<2)", "?s p:a\\\\#", "BIND(1<2 AS ?q)",
    "BIND(p:a.b.c AS ?q)", "VALUES ?q {p:a.b.c", "VALUES ?q {1}", "OPTIONAL{?s ?p 1",
)  # fmt: skip
KEYWORDS = (
    "SERVICE", "SERVICESILENT", "service:x", "SERVICE:x ", "1SERVICE", "trueSERVICE", "SERVICE:a#>\n", "SERVICE#>\n",
    "SERVICE#>\nSILENT", "SERVICE?v#>\n",
)  # fmt: skip


def texts(number: int, url: str):
    """Yield queries that are put together at random around the keyword; about one in a hundred is one to the bare engine."""
    pick = random.Random(5)

    def some(most: int) -> str:
        return "".join(pick.choice((*PIECES, f"<{url}>", "{ ?a ?b ?c }")) for _ in range(pick.randint(0, most)))

    for _ in range(number):
        middle = f"{pick.choice(STARTS)}{some(3)}{pick.choice(KEYWORDS)}{some(1)}{pick.choice((f'<{url}>', '', ' :x '))}"
        yield f"PREFIX : <{url}>\nPREFIX p: <urn:p:>\nSELECT * {{ {middle}{{ ?a ?b ?c }}{some(3)} }}{some(1)}"


def calls_heard(ask, number: int) -> int:
    """Return how often a listener on loopback is called while queries that name it are asked."""
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p:p"), ox.Literal(value)) for value in (1, True))
    with listening() as listener:
        for text in texts(number, listener.url):
            with contextlib.suppress(QueryError, SyntaxError, OSError):
                list(ask(store, text))
        return listener.calls()


def test_no_text_makes_the_engine_call_anybody():
    assert calls_heard(lambda store, text: store.query(text), 3000) > 6  # the texts are dangerous indeed
    assert calls_heard(run_query, 8_000) == 0


HIDDEN = (
    "PREFIX : <{url}>\nSELECT * {{ FILTER(1<2)SERVICE:a#>\n{{ ?s ?p ?o }} }}",
    "SELECT * {{ FILTER(1<2)SERVICE#>\n<{url}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ FILTER(1<2)SERVICE#>\n# a\nSILENT <{url}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ FILTER(1<2)sErViCe#>\n<{url}>{{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ FILTER(1<2)SERVICE?v#>\n{{ ?s ?p ?o }} }} BIND(<{url}> AS ?v) }}",
    "SELECT * {{ FILTER(1<2)SERVICE?v#>\n{{ ?s ?p ?o }} }}",
    "SELECT * {{ FILTER(1<2)'>' ?p ?o.SERVICE<{url}>{{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} {{ BIND(1<2 AS ?q)SERVICE#>\n<{url}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ FILTER(1<2)SERVICE#>\n<{url}>{{ ?s ?p ?o }} }} }} }}",
)


@pytest.mark.parametrize("text", HIDDEN)
def test_a_keyword_that_only_the_engine_reads_as_one_is_refused_by_name(text):
    with listening() as listener:
        with pytest.raises(QueryRefusedError, match="SERVICE"):
            list(run_query(ox.Store(), text.format(url=listener.url)))
        assert listener.calls() == 0


def test_the_engine_takes_no_escape_outside_of_strings_and_iris_for_a_letter():
    with pytest.raises(SyntaxError):
        ox.Store().query("SELECT * { S\\u0065RVICE ?v { ?s ?p ?o } }")


ORDINARY = {
    "SELECT ('service' AS ?service) {}": {"service": "service"},
    "SELECT (\"a 'service' b\" AS ?x) {} # service": {"x": "a 'service' b"},
    "SELECT (<urn:service:SERVICE> AS ?x) {}": {"x": "urn:service:SERVICE"},
    "PREFIX sd: <urn:service-description#> SELECT (sd:Service AS ?x) {}": {"x": "urn:service-description#Service"},
    "PREFIX service: <urn:a:> SELECT (service:b.c.d AS ?x) {}": {"x": "urn:a:b.c.d"},
    "PREFIX p: <urn:a:> SELECT (p:web\\-service%20 AS ?x) {}": {"x": "urn:a:web-service%20"},
    "SELECT ?my_service2 { VALUES ?my_service2 { 'Web service' } FILTER(1 < 2) }": {"my_service2": "Web service"},
}


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_query_may_speak_of_a_service(text):
    assert run_query(ox.Store(), text).to_dicts() == [ORDINARY[text]]


def test_an_error_in_a_query_that_speaks_of_a_service_has_its_own_place():
    with pytest.raises(QuerySyntaxError) as error:
        run_query(ox.Store(), "SELECT * {\n ?s ?p 'service' ) }")
    with pytest.raises(QuerySyntaxError) as other:
        run_query(ox.Store(), "SELECT * {\n ?s ?p 'servant' ) }")
    assert str(error.value) == str(other.value)


@pytest.mark.parametrize("piece", ["1", "_", "a.b.c.", "'", '"""\\', "<a", "PREFIX ", "a:", "#\r", "\\", "?"])
def test_a_long_text_is_read_in_one_pass(piece):
    text = piece * (200_000 // len(piece)) + " SERVICE FROM"
    with pytest.raises(QueryRefusedError):
        without_service(text)
    assert not list(graphs_named_in(text))
    spell_out_names(text)


def test_a_text_past_the_limit_is_refused():
    with pytest.raises(QueryRefusedError, match="longer than 1,000,000"):
        without_service(" " * 1_000_001)


def test_only_what_may_be_mistaken_is_rewritten():
    text = 'PREFIX service: <urn:service:> SELECT ?service { ?service service:Service "Service" ; <urn:service> ?o } # service'
    assert without_service(text) == (
        " " * 30 + " SELECT ?service { ?service <urn:s\\u0065rvice:S\\u0065rvice> "
        '"S\\u0065rvice" ; <urn:s\\u0065rvice> ?o } # s\\u0065rvice'
    )


def test_tokens_leave_out_nothing_but_space():
    for text in texts(2000, "urn:url"):
        left = TOKEN.sub("", text)
        assert left == "" or left.isspace()
        assert all(text.startswith(word, start) for start, word in iter_words(text) if not word.endswith(":"))


@pytest.mark.parametrize(
    "hidden", ["# FROM <urn:g> {", "'FROM <urn:g> {'", '"""FROM <urn:g> {"""', "<urn:FROM>", "?FROM", "a:FROM"]
)
def test_what_refuses_and_what_reshapes_see_the_same_words(hidden):
    text = f"PREFIX a: <urn:a>\nSELECT ({hidden}\n AS ?x) FROM <urn:h> WHERE {{ ?s ?p ?o }} LIMIT 3"
    shape = QueryShape.parse(text)
    assert list(graphs_named_in(text)) == ["urn:h"]
    assert (shape.form, shape.dataset.strip(), shape.limit) == ("SELECT", "FROM <urn:h>", 3)


def test_a_declaration_comes_as_its_parts():
    assert [word for _, word in iter_words("prefix a.b: <urn:a> # c\nASK{}")] == ["prefix", "a.b:", "<urn:a>", "ASK", "{", "}"]
