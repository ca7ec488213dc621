"""The same questions, the same answers: in memory, on disk, behind Oxigraph's server and behind Virtuoso."""

import pytest

import rlsgraph
from rlsgraph.triples import resources
from tests.helpers.questions import QUESTIONS, assert_same, supposing_once
from tests.helpers.servers import SHIPPED


def on_server(name):
    return pytest.param(name, marks=pytest.mark.xdist_group(name))


@pytest.fixture(scope="module", params=["disk", on_server("oxigraph"), on_server("virtuoso")])
def elsewhere(request, kg, tmp_path_factory):
    if request.param == "disk":
        from rlsgraph.graph.building import build

        place = tmp_path_factory.mktemp("built") / "store"
        build(place)
        return supposing_once(rlsgraph.open(place))
    server = request.getfixturevalue(f"{request.param}_filled")
    return rlsgraph.connect(server.url, graph=SHIPPED)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_engine_gives_the_answers_of_memory(in_memory, elsewhere, question):
    assert_same(QUESTIONS[question](elsewhere), in_memory(question))


@pytest.mark.parametrize("name", resources.query_files())
def test_every_engine_answers_the_stored_questions(kg, elsewhere, name):
    question = resources.query_files()[name].read_text("utf-8")
    assert len(elsewhere.query(question).to_dicts()) == len(kg.query(question).to_dicts())
