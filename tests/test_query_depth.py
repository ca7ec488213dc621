"""Nesting: what would end the process by its depth is refused before the engine sees it; what people write is not."""

import pyoxigraph as ox
import pytest

from rlsgraph.errors import QueryRefusedError
from rlsgraph.triples.query_depth import MAX_CHAIN, MAX_NESTING, refuse_deep_nesting
from rlsgraph.triples.sparql import run_query

NESTED = {
    "groups": "SELECT * { %s %s }|{|}",
    "open groups": "SELECT * { %s %s|{|",
    "parentheses": "SELECT * { FILTER(%s1%s) }|(|)",
    "paths": "SELECT * { ?s %s<urn:p>%s ?o }|(|)",
    "inverse paths": "SELECT * { ?s %s<urn:p>%s ?o }|^(|)",
    "functions": "SELECT * { FILTER(%s?x%s) }|COALESCE(|)",
    "lists": "SELECT * { ?s ?p %s1%s }|(|)",
    "blank nodes": "SELECT * { ?s ?p %s1%s }|[ ?p |]",
    "templates": "CONSTRUCT { ?s ?p %s1%s } {}|[ ?p |]",
    "triple terms": "SELECT * { ?s ?p %s1%s }|<<( <urn:s> <urn:p> | )>>",
    "reified triples": "SELECT * { ?s ?p %s1%s }|<< <urn:s> <urn:p> | >>",
    "annotations": "SELECT * { ?s ?p ?o %s %s }|{| <urn:p> 1 ||}",
    "optionals": "SELECT * { %s %s }|OPTIONAL { ?s ?p ?o |}",
    "exists": "SELECT * { %s %s }|FILTER NOT EXISTS { |}",
    "subqueries": "SELECT * { %s %s }|{ SELECT * { |} }",
    "graphs": "SELECT * { %s %s }|GRAPH ?g { |}",
    "values": "SELECT * { VALUES ?x { %s1%s } }|<<( <urn:s> <urn:p> | )>>",
}
CHAINED = {
    "unions": "SELECT * { {} %s }|UNION {} ",
    "groups": "SELECT * { %s }|{} ",
    "optionals": "SELECT * { %s }|OPTIONAL { ?s ?p ?o } ",
    "minus": "SELECT * { %s }|MINUS { ?s ?p ?o } ",
    "binds": "SELECT * { %s }|BIND(1 AS ?x) ",
    "filters between triples": "SELECT * { %s }|FILTER(?s) ?s ?p 1; ?p 2 . ",
    "not": "SELECT * { FILTER(%s1) }|!",
    "sums": "SELECT * { FILTER(1%s) }|+1",
    "differences": "SELECT * { FILTER(1%s) }|-1",
    "differences of booleans": "SELECT * { FILTER(true%s:a) }|-1",
    "products": "SELECT * { FILTER(1%s) }|*1",
    "or": "SELECT * { FILTER(1%s) }|||1",
    "and": "SELECT * { FILTER(1%s) }|&&1",
    "path sequences": "SELECT * { ?s <urn:p>%s ?o }|/<urn:p>",
    "path alternatives": "SELECT * { ?s <urn:p>%s ?o }|BAR<urn:p>",
}


def nested(name: str, depth: int) -> str:
    query, opening, closing = (
        NESTED[name].split("|", 2) if name != "annotations" else (*NESTED[name].split("|", 1)[:1], "{| <urn:p> 1 ", "|}")
    )
    return query % (opening * depth, closing * depth)


def chained(name: str, links: int) -> str:
    query, link = CHAINED[name].split("|", 1)
    return query % (link.replace("BAR", "|") * links)


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_is_refused(name):
    with pytest.raises(QueryRefusedError, match=r"nested more than 200 deep|are chained"):
        run_query(ox.Store(), nested(name, 10_000))


@pytest.mark.parametrize("name", CHAINED)
def test_long_chains_are_refused(name):
    with pytest.raises(QueryRefusedError, match="are chained"):
        run_query(ox.Store(), chained(name, 10_000))


@pytest.mark.parametrize("name", NESTED)
def test_some_nesting_is_not(name):
    refuse_deep_nesting(nested(name, MAX_NESTING // 2 - 5))


@pytest.mark.parametrize("name", CHAINED)
def test_some_links_are_not(name):
    refuse_deep_nesting(chained(name, MAX_CHAIN // 2 - 5))


def test_the_deepest_that_is_allowed_ends_no_process():
    """As deep as both limits allow at once, of what the engine needs most of the stack for."""
    groups, links = (MAX_NESTING - 2) // 2, MAX_CHAIN - MAX_NESTING - 2
    text = (
        "SELECT * { " + "FILTER EXISTS {" * groups + f"FILTER({'!' * (links // 2)}(1{'+1' * (links // 8)}))" + "}" * groups + "}"
    )
    list(run_query(ox.Store(), text))


LONG_BUT_FLAT = {
    "rows": "SELECT * { VALUES (?x ?y) { %s } }|(1 '(') ",
    "typed literals": "SELECT * { VALUES ?x { %s } }|'1'^^xsd:date ",
    "triple terms": "SELECT * { VALUES ?x { %s } }|<<( <urn:s> <urn:p> '<<' )>> ",
    "texts": "SELECT * { VALUES ?x { '%s' } }|((((!!!!!{{{{{",
    "comments": "SELECT * {} # %s|((((!!!!!{{{{{",
    "names": "SELECT * { VALUES ?x { %s } }|entity:a-b-c-d ",
    "arguments": "SELECT (CONCAT('a'%s) AS ?x) {}|, STR(1 + 2)",
    "members": "SELECT * { FILTER(1 IN (1%s)) }|, 1 + 2",
}


@pytest.mark.parametrize("name", LONG_BUT_FLAT)
def test_what_is_long_and_not_deep_is_answered(name):
    query, piece = LONG_BUT_FLAT[name].split("|", 1)
    list(run_query(ox.Store(), query % (piece * 2_000)))


def test_nesting_cannot_hide_in_what_only_looks_like_a_text():
    hidden = "(" * 5_000
    with pytest.raises(QueryRefusedError, match="blank behind what compares"):
        run_query(ox.Store(), f"SELECT * {{ FILTER(1<2)'>' ?p {hidden}'a'{')' * 5_000} }}")
