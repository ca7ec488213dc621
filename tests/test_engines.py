"""The same questions, the same answers: in memory, on disk, behind Oxigraph's server and behind Virtuoso."""

import pytest

import rlsgraph
from rlsgraph.triples import resources
from tests.helpers.graphs import pushable
from tests.helpers.questions import QUESTIONS, assert_same

GRAPH = "https://example.org/rls"


def on_server(name):
    return pytest.param(name, marks=pytest.mark.xdist_group(name))


@pytest.fixture(scope="module", params=["disk", on_server("oxigraph"), on_server("virtuoso")])
def elsewhere(request, kg, tmp_path_factory):
    if request.param == "disk":
        from rlsgraph.graph.building import build

        place = tmp_path_factory.mktemp("built") / "store"
        build(place)
        return rlsgraph.open(place)
    from rlsgraph.push import push

    server = request.getfixturevalue(f"{request.param}_server")
    push(
        *pushable(kg),
        server.url,
        version=kg.version,
        graph=GRAPH,
        store_url=server.store_url,
    )
    return rlsgraph.connect(server.url, graph=GRAPH)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_engine_gives_the_answers_of_memory(kg, elsewhere, question):
    ask = QUESTIONS[question]
    assert_same(ask(elsewhere), ask(kg))


@pytest.mark.parametrize("name", resources.query_files())
def test_every_engine_answers_the_stored_questions(kg, elsewhere, name):
    question = resources.query_files()[name].read_text("utf-8")
    assert len(elsewhere.query(question).to_dicts()) == len(kg.query(question).to_dicts())
