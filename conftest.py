"""What the tests and the examples in docstrings share: a cache of their own, and the shipped graph, read once."""

import functools
import gc

import pytest

import rlsgraph
from rlsgraph import KnowledgeGraph
from tests.helpers.remembering import remembered

gc.set_threshold(50_000, 20, 50)  # what the tests read they keep: most collections would walk it and find nothing


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory):
    """Keep the caches of the tests apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("RLSGRAPH_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def kg(cache_folder, tmp_path_factory):
    """Return the shipped graph, which remembers its supports and agendas: the tests ask for the same ones again and again.

    It is held in memory, which is twice as quick as the cached store: where a command has filled the cache, it gets its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        if any(cache_folder.iterdir()):
            patch.setenv("RLSGRAPH_CACHE", str(tmp_path_factory.mktemp("cache_of_kg")))
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
