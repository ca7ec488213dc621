"""The W3C suite's tests of queries, answered by the library."""

import pyoxigraph as ox
import pytest

from rlsgraph.errors import QuerySyntaxError
from rlsgraph.triples.sparql import Dataset, run_query
from tests.w3c.exceptions import EXCEPTIONS
from tests.w3c.manifest import SUITE, cases, load_graphs, parameters
from tests.w3c.results import meaning


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    load_graphs(store)
    return store


@pytest.mark.parametrize("case", parameters({"QueryEvaluationTest", "CSVResultFormatTest"}, EXCEPTIONS))
def test_an_answer_is_what_the_suite_expects(store, case):
    answer = run_query(store, case.text, dataset=case.dataset)
    format_name = case.format_name if case.format_name in answer.formats() else "xml"
    assert meaning(answer.serialize(format_name).encode(), format_name) == case.expected()


@pytest.mark.parametrize("case", parameters({"PositiveSyntaxTest11"}, EXCEPTIONS))
def test_a_query_can_be_read(case):
    run_query(ox.Store(), case.text, dataset=Dataset())


@pytest.mark.parametrize("case", parameters({"NegativeSyntaxTest11"}, EXCEPTIONS))
def test_a_text_that_is_no_query_is_refused(case):
    with pytest.raises(QuerySyntaxError):
        run_query(ox.Store(), case.text, dataset=Dataset())


@pytest.mark.skipif(not SUITE.exists(), reason=f"the W3C suite is not in {SUITE}")
def test_no_test_is_left_out_and_no_exception_is_stale():
    names = [case.name for case in cases()]
    assert len(set(names)) == len(names) == 348
    assert set(names) >= set(EXCEPTIONS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x\n1\n", "x\n1\n1\n"),
        ("x\n1\n", "y\n1\n"),
        ("x\n1\n", "x\n2\n"),
        ("x,y\n_:a,_:a\n", "x,y\n_:a,_:b\n"),
        ("x,y\n_:a,1\n_:a,2\n", "x,y\n_:a,1\n_:b,2\n"),
    ],
)
def test_a_difference_is_seen(one, other):
    assert meaning(one.encode(), "csv") != meaning(other.encode(), "csv")


def test_what_means_the_same_is_the_same():
    assert meaning(b"x,y\n_:a,1.0\n_:b,b\n", "csv") == meaning(b"y,x\nb,_:c\n1,_:d\n", "csv")
