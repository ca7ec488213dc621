"""SPARQL: the stored questions, errors with their place, and nothing that leaves the graph."""

import pytest

import rlsgraph
from rlsgraph.triples import resources
from rlsgraph.triples.query_text import refuse_outside_access
from tests.helpers.listening import listening

QUESTIONS = resources.query_files()


def test_there_are_ten():
    assert len(QUESTIONS) == 10


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_stored_question_says_what_it_asks_and_answers(kg, name):
    text = QUESTIONS[name].read_text("utf-8")
    assert text.splitlines()[0].startswith("# ")
    assert "?" in text.splitlines()[0]
    rows = kg.query(text).to_dicts()
    assert rows
    assert all(len(row) > 1 for row in rows)


def test_chains_show_every_step_in_order(kg):
    rows = kg.query(QUESTIONS["chains"].read_text("utf-8")).to_dicts()
    for ranked in kg.hypotheses():
        hypothesis = ranked.hypothesis
        if [start.label for start in hypothesis.starts] != ["gut dysbiosis"]:
            continue
        steps = [row for row in rows if row["hypothesis"] == hypothesis.label]
        assert [row["step"] for row in steps] == list(range(1, len(hypothesis.claims) + 1))
        assert [row["score"] for row in steps] == [claim.score for claim in hypothesis.claims]


def test_contested_agrees_with_the_library(kg):
    rows = kg.query(QUESTIONS["contested"].read_text("utf-8")).to_dicts()
    assert {row["claim"] for row in rows} == {c.iri.rsplit("/", 1)[-1] for c in kg.claims() if c.is_contested and c.evidence}


def test_a_syntax_error_has_its_place(kg):
    with pytest.raises(rlsgraph.QuerySyntaxError) as caught:
        kg.query("SELECT *\nWHERE { ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 16)
    with pytest.raises(rlsgraph.QuerySyntaxError, match="prefix is not declared"):
        kg.query("SELECT * { ?s nope:p ?o }")
    with pytest.raises(rlsgraph.QueryError):
        kg.query("DELETE WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
        "SELECT * { service silent <{url}> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'a' . SERVICE\n?where { ?s ?p ?o } }",
        'SELECT * { ?s ?p """a " b""" . # comment\n SERVICE<{url}>{ ?s ?p ?o } }',
        "SELECT * FROM <{url}> { ?s ?p ?o }",
        "SELECT * FROM NAMED <{url}> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <{url}>",
        # what the engine reads otherwise than a tokeniser does
        "SELECT * { SERVICESILENT<{url}> { ?s ?p ?o } }",
        "PREFIX : <{url}> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX p: <urn:p:> SELECT * { ?s ?p p:a.b.SERVICE<{url}> { ?s ?p ?o } }",
        "SELECT * { # comment\rSERVICE <{url}> { ?s ?p ?o } }",
        'SELECT * { ?s rls:score ?x FILTER(?x<2)#>"""\nSERVICE <{url}> { ?s ?p ?o } #"""\n }',
    ],
)
def test_no_query_leaves_the_graph(kg, query):
    with listening() as listener:
        with pytest.raises(rlsgraph.QueryError):
            kg.query(query.replace("{url}", listener.url))
        assert listener.calls() == 0


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?from { ?service ?from ?load }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:from ?o }",
        "SELECT * { ?s ?p 'SERVICE <x>', \"FROM\", '''LOAD''' } # SERVICE",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
    ],
)
def test_the_words_may_stand_where_they_mean_nothing(kg, query):
    assert refuse_outside_access(query) is None
    list(kg.query(query))


def test_a_text_with_the_words_is_asked_as_it_is_written(kg):
    query = "PREFIX service: <urn:x:> SELECT ('SERVICE #' AS ?service) (service:service AS ?o) {} # a service"
    assert kg.query(query).to_dicts() == [{"service": "SERVICE #", "o": "urn:x:service"}]


def test_relative_iris_are_below_the_base(kg):
    assert kg.query("ASK { <entity/gut-dysbiosis> ?p ?o }")
    with pytest.raises(rlsgraph.QueryRefusedError, match="<http://example/a/g>"):
        kg.query("BASE <http://example/a/b> SELECT * FROM <g> {}")
    with pytest.raises(rlsgraph.QueryRefusedError, match="function"):
        kg.query("SELECT (<nothing>(1) AS ?x) {}")


def test_answers_in_w3c_formats(kg):
    query = "SELECT ?x { entity:gut-dysbiosis skos:prefLabel ?x }"
    assert kg.query(query).serialize("csv").splitlines() == ["x", "gut dysbiosis"]
    assert '"gut dysbiosis"@en' in kg.query(query).serialize("tsv")
    assert "<sparql" in kg.query(query).serialize("xml")
    assert '"bindings"' in kg.query(query).serialize("json")
    assert "entity:gut-dysbiosis" in kg.query("DESCRIBE entity:gut-dysbiosis").serialize("ttl")
    with pytest.raises(ValueError, match="cannot hold"):
        kg.query(query).serialize("ttl")
    with pytest.raises(ValueError, match="cannot hold"):
        kg.query("ASK {}").serialize("csv")
