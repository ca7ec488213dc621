import functools
import shutil

import pytest
from hypothesis import settings

import rlsgraph
from rlsgraph import KnowledgeGraph
from tests.helpers.remembering import remembered
from tests.helpers.servers import oxigraph_filled, oxigraph_server, virtuoso_filled, virtuoso_server  # noqa: F401  # fixtures

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

DEAR_ANSWERS = ("support", "gaps", "contradictions", "what_moved", "without", "with_evidence", "as_of", "calibrate")

settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")


@pytest.fixture(scope="module")
def known_answers():
    """What graphs have answered in the tests of a module."""
    return {}


@pytest.fixture
def graph_is_read(kg, known_answers, monkeypatch):
    """Let commands find the shipped graph read already, and what it has answered before; test_readme_python lets it be read."""
    from rlsgraph.graph import loading

    for name in DEAR_ANSWERS:
        monkeypatch.setattr(KnowledgeGraph, name, remembered(getattr(KnowledgeGraph, name), known_answers))
    load = loading.load
    monkeypatch.setattr(
        loading, "load", lambda *paths, **options: load(*paths, **options) if paths or any(options.values()) else kg
    )


@pytest.fixture(scope="session")
def in_memory(kg):
    """Answer a question that every engine is asked, in memory: each once for all engines of a worker."""
    from tests.helpers.questions import QUESTIONS, supposing_once

    graph = supposing_once(kg)
    return functools.cache(lambda question: QUESTIONS[question](graph))


@pytest.fixture(scope="session")
def browser():
    """Start one browser for all tests; Playwright allows no second one beside it."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    sync_api = pytest.importorskip("playwright.sync_api")
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def load_text(tmp_path):
    """Load a graph from Turtle without prefixes: two entities, and what a test says of them."""
    from rlsgraph.model.namespaces import PREFIXES

    head = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    entities = 'entity:a a rls:Entity ; skos:prefLabel "a"@en . entity:b a rls:Entity ; skos:prefLabel "b"@en .\n'

    def load(text: str, **options):
        path = tmp_path / "graph.ttl"
        path.write_text(head + entities + text, "utf-8")
        return rlsgraph.load(path, **options)

    return load
