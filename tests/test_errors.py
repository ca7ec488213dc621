"""Errors: each goes through copy and pickle with its message and fields, and an answer is read where it was asked for."""

import copy
import importlib
import pickle
import pkgutil
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

import rlsgraph
from rlsgraph import errors
from rlsgraph.triples.sparql import run_query

ARGUMENTS = {
    "AmbiguousNameError": (("entity", "c", (("one", "urn:1"), ("other", "urn:2"))), {}),
    "MissingPackageError": (("to_pandas", "pandas"), {}),
    "UnknownNameError": (("entity", "x", ("y",)), {}),
    "SameEntityError": (("x",), {}),
    "WhatIfError": (("text", "reason"), {}),
    "DataError": (("reason",), {"path": Path("f.ttl"), "line": 3}),
    "QuerySyntaxError": (("reason",), {"line": 1, "column": 2}),
    "EndpointError": (("http://localhost/", "reason"), {"status": 503}),
    "CellError": (("problem", "remedy"), {}),
    "RowError": (("key", "problem", "remedy"), {}),
    "Problem": ((503, "detail"), {"headers": {"retry-after": "2"}, "line": 4}),
}


def kinds() -> list[type[Exception]]:
    """Return every class of errors that the package defines, wherever it does."""
    for module in pkgutil.walk_packages(rlsgraph.__path__, "rlsgraph."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

    def below(kind: type[Exception]):
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    return sorted({kind for kind in below(Exception) if kind.__module__.startswith("rlsgraph")}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_an_error_stays_what_it_is(kind, again):
    arguments, named = ARGUMENTS.get(kind.__name__, (("message",), {}))
    error = kind(*arguments, **named)
    other = again(error)
    assert (type(other), str(other), other.args, vars(other)) == (kind, str(error), error.args, vars(error))


def test_a_note_on_an_error_stays():
    error = errors.DataError("reason", path="f.ttl")
    error.add_note("seen twice")
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["seen twice"]


def elsewhere(work):
    """Return what a call gives in another thread."""
    found = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.filterwarnings("ignore:Exception ignored")  # the engine lets go of nothing in another thread, and says so
@pytest.mark.parametrize("text", ["SELECT ?x { VALUES ?x { 1 2 } }", "CONSTRUCT { <urn:a> <urn:b> ?x } { VALUES ?x { 1 2 } }"])
@pytest.mark.parametrize("read", [list, lambda answer: next(iter(answer)), lambda answer: answer.serialize(answer.formats()[0])])
def test_an_answer_belongs_to_its_thread_and_its_rows_to_all(text, read):
    answer = elsewhere(lambda: run_query(ox.Store(), text))
    with pytest.raises(errors.QueryError, match="another thread"):
        read(answer)
    assert len([str(row) for row in elsewhere(lambda: list(run_query(ox.Store(), text)))]) == 2


def test_what_goes_wrong_while_rows_are_read_is_an_error_of_this_package():
    with pytest.raises(errors.QueryRefusedError, match="<urn:f> is not supported"):
        list(run_query(ox.Store(), "SELECT (<urn:f>(1) AS ?x) {}"))
