"""What the tests and the examples in docstrings share: a cache of their own, and the shipped graph, read once."""

import functools

import pytest

import rlsgraph
from rlsgraph import KnowledgeGraph
from tests.helpers.remembering import remembered


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory):
    """Keep the caches of the tests apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("RLSGRAPH_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def kg(cache_folder):
    """Return the shipped graph, which remembers its supports and agendas: the tests ask for the same ones again and again."""
    graph = rlsgraph.load()
    known = {}
    for name in ("support", "gaps"):
        setattr(graph, name, functools.partial(remembered(getattr(KnowledgeGraph, name), known), graph))
    return graph


@pytest.fixture(autouse=True)
def example_graph(request, doctest_namespace):
    """Let an example speak of `kg`, which is what `rlsgraph.load()` gives."""
    if isinstance(request.node, pytest.DoctestItem):
        doctest_namespace |= {"kg": request.getfixturevalue("kg"), "rlsgraph": rlsgraph}
