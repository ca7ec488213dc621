"""Hostile labels stay text on served pages, in a browser whose every question is answered by the pages themselves."""

from urllib.parse import urlsplit

import pytest

import rlsgraph
from rlsgraph.model.namespaces import PREFIXES
from tests.helpers.asking import asker
from tests.helpers.hostile import HARM, SAFE, TURNING, hostile_text
from tests.helpers.pages import faults

SITE = "http://graph.test"
PAGES = (
    "/claim/markup.increases.address", "/claim/template.increases.long", "/claim/turned.increases.unseen", "/entity/markup",
    "/entity/long", "/source/address", "/evidence/unseen", "/hypothesis/h", "/find?name=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
)  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "graph.ttl"
    head = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    path.write_text(head + hostile_text(), "utf-8")
    return asker(rlsgraph.load(path))


@pytest.fixture
def visit(browser, ask):
    """Open a path of the site; a browser that asks for anything else gets nothing."""

    def answer(route):
        parts = urlsplit(route.request.url)
        if f"{parts.scheme}://{parts.netloc}" != SITE:
            route.abort()
            return
        found = ask(parts.path + (f"?{parts.query}" if parts.query else ""))
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)

    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        context.route("**/*", answer)
        page = context.new_page()

        def open_page(path):
            page.goto(SITE + path)
            return page

        yield open_page


@pytest.mark.parametrize("path", PAGES)
def test_a_label_is_text(visit, path):
    page = visit(path)
    found = page.evaluate(HARM, TURNING)
    assert found | {"scripts": SAFE["scripts"], "wide": max(found["wide"], 0)} == SAFE
    assert page.locator("h1").inner_text().strip()
    assert faults(page) == []
