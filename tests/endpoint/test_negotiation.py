"""Accept headers, read as RFC 9110 says."""

import pytest

from rlsgraph.endpoint.http.negotiation import best_media_type

OFFERS = ("application/sparql-results+json", "application/json", "text/csv", "text/turtle")


@pytest.mark.parametrize(
    ("accept", "best"),
    [
        ("", "application/sparql-results+json"),
        ("nonsense", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV ; Q=1", "text/csv"),
        ("text/*", "text/csv"),
        ("text/*;q=0.2, text/turtle", "text/turtle"),
        ("text/csv;q=0.5, text/turtle;q=0.9", "text/turtle"),
        ("*/*;q=0.1, text/turtle;q=0.2", "text/turtle"),
        ("*/*, application/sparql-results+json;q=0", "application/json"),
        ("text/*, text/csv;q=0", "text/turtle"),
        ("text/turtle;q=nan, text/csv;q=0.1", "text/csv"),
        ("application/json;charset=utf-8", "application/json"),
        ("text/html", None),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
    ],
)
def test_the_best_offer(accept, best):
    assert best_media_type(accept, OFFERS) == best
