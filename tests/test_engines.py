"""The same questions, the same answers: in memory, on disk, behind Oxigraph's server and behind Virtuoso."""

import functools

import pytest

import rlsgraph
from rlsgraph.triples import resources
from tests.helpers.questions import QUESTIONS, assert_same, supposing_once
from tests.helpers.servers import SHIPPED

ENGINES = ("disk", "oxigraph", "virtuoso")
ON_SERVERS = 3
"""One question in so many is put to each server at every run, to either another; all of them by `make test-all`."""


def put(engine, name, number=0):
    """Return the parameters of a question to an engine; `number` says which questions are put to servers at every run."""
    place = ENGINES.index(engine)
    marks = [pytest.mark.xdist_group(engine)] if place else []
    if place and (number + place) % ON_SERVERS:
        marks.append(pytest.mark.long)
    return pytest.param(engine, name, marks=marks, id=f"{engine}-{name}")


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory):
    from rlsgraph.graph.building import build

    place = tmp_path_factory.mktemp("built") / "store"
    build(place)
    return supposing_once(rlsgraph.open(place))


@pytest.fixture(scope="module")
def behind(request):
    """Give the graph behind a server, by its name: one connection for all questions."""
    return functools.cache(lambda name: rlsgraph.connect(request.getfixturevalue(f"{name}_filled").url, graph=SHIPPED))


@pytest.fixture
def elsewhere(request):
    return request.getfixturevalue("on_disk") if request.param == "disk" else request.getfixturevalue("behind")(request.param)


@pytest.mark.parametrize(
    ("elsewhere", "question"),
    [put(engine, name, number) for engine in ENGINES for number, name in enumerate(QUESTIONS)],
    indirect=["elsewhere"],
)
def test_every_engine_gives_the_answers_of_memory(in_memory, elsewhere, question):
    assert_same(QUESTIONS[question](elsewhere), in_memory(question))


@pytest.mark.parametrize(
    ("elsewhere", "name"),
    [put(engine, name, number) for engine in ENGINES for number, name in enumerate(resources.query_files())],
    indirect=["elsewhere"],
)
def test_every_engine_answers_the_stored_questions(kg, elsewhere, name):
    question = resources.query_files()[name].read_text("utf-8")
    assert len(elsewhere.query(question).to_dicts()) == len(kg.query(question).to_dicts())
