import asyncio
import shutil
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import rlsgraph
from tests.servers import oxigraph_server, virtuoso_server  # noqa: F401  # fixtures of the session

ROOT = Path(__file__).parent.parent
LEDGER = ROOT.parent / "shared" / "evidence"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")


def pushable(kg):
    """Return a graph's triples and the files of its profile, as a push takes them."""
    return kg.graph_source.whole().store, kg.graph_source.profile_files


@pytest.fixture
def graph_is_read(kg, monkeypatch):
    """Let commands find the shipped graph read already, as reading takes longer than most answers; test_docs lets them read."""
    from rlsgraph.graph import loading

    load = loading.load
    monkeypatch.setattr(loading, "load", lambda *paths, profile=None: load(*paths, profile=profile) if paths or profile else kg)


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


def run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: while the browser of the session is open, this one has a running event loop."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


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


def claim_text(predicate: str, *items: tuple[str, str, int | None, str], subject: str = "a", object_: str = "b") -> str:
    """Return Turtle of one claim with evidence: (direction, design, n, source)."""
    text = [f"claim:{subject}.{predicate}.{object_} a rls:Claim, rdf:Statement ; rdf:subject entity:{subject} ; "]
    text.append(f"rdf:predicate rls:{predicate} ; rdf:object entity:{object_} .\n")
    for number, (direction, design, size, source) in enumerate(items):
        name = f"{predicate}-{subject}-{object_}-{number}"
        text.append(f"claim:{subject}.{predicate}.{object_} rls:hasEvidence evidence:{name} .\n")
        text.append(f'evidence:{name} a rls:Evidence ; dcterms:identifier "{name}" ; rls:direction rls:{direction} ; ')
        text.append(f"rls:studyDesign rls:{design} ; dcterms:source source:{source} .\n")
        text.append(f'source:{source} a rls:Source ; dcterms:title "{source}" .\n')
        if size is not None:
            text.append(f"evidence:{name} rls:sampleSize {size} .\n")
    return "".join(text)
