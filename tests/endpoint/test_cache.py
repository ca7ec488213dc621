"""Answers that are kept for queries that come again."""

import pytest

from rlsgraph.endpoint.cache import AnswerCache
from rlsgraph.endpoint.workers.frames import ANSWER, Reply, Request
from tests.helpers.endpoint import ask, serving

FORMATS = ("json", "json", "ttl")


def asked(text, formats=FORMATS, **graphs):
    return Request(text, formats, **graphs)


def test_it_keeps_what_was_asked_for_last():
    cache = AnswerCache(100)
    for name in "abc":
        cache.keep(asked(name), Reply(ANSWER, name.encode() * 40))
        cache.find(asked("a"))
    assert [cache.find(asked(name)) is not None for name in "abc"] == [True, False, True]


def test_format_and_graphs_tell_requests_apart():
    cache = AnswerCache(100)
    cache.keep(asked("ASK {}"), Reply(ANSWER, b"yes"))
    assert cache.find(asked("ASK {}")).body == b"yes"
    assert cache.find(asked("ASK {}", ("xml", "xml", "nt"))) is None
    assert cache.find(asked("ASK {}", default_graphs=("urn:g",))) is None


@pytest.mark.parametrize("word", ["now()", "RAND()", "STRUUID()", "uuid()", "BNODE()", "N\\u004FW()"])
def test_what_differs_each_time_is_not_kept(word):
    cache = AnswerCache(1000)
    cache.keep(asked(f"SELECT ({word} AS ?x) {{}}"), Reply(ANSWER, b"x"))
    assert cache.find(asked(f"SELECT ({word} AS ?x) {{}}")) is None


def test_nothing_is_kept_where_nothing_fits():
    cache = AnswerCache(0)
    cache.keep(asked("ASK {}"), Reply(ANSWER, b"x"))
    assert cache.find(asked("ASK {}")) is None


@pytest.mark.xdist_group("endpoint")
def test_a_query_that_comes_again_is_answered_from_the_cache_and_the_log_says_so():
    with serving() as server:
        answers = [ask(server, "SELECT ?s { ?s a rls:Entity } LIMIT 2") for _ in range(2)]
    assert answers[0].text == answers[1].text
    assert [line.get("cache") for line in server.events()] == [None, True]
