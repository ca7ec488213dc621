"""Hostile labels stay text in every view of the page, drawn, listed, searched and supposed about; and the page stays usable."""

import pytest

from rlsgraph.explorer.page import render_page
from tests.helpers.combinations import one_in
from tests.helpers.hostile import HARM, SAFE, TURNING, hostile_text
from tests.helpers.pages import faults

CLAIM = "claim=markup.increases.address"
VIEWS = {
    "answer": "#view=answer",
    "chain": "#hypothesis=h",
    "claim": f"#hypothesis=h&{CLAIM}",
    "long claim": "#claim=template.increases.long",
    "compare": "#view=compare&hypothesis=h&with=h",
    "what to study": "#view=study&hypothesis=h",
    "timeline": "#view=timeline&hypothesis=h",
    "timeline of a claim": f"#view=timeline&{CLAIM}",
    "what if": f"#{CLAIM}&without=address&asof=2002",
    "between": "#view=between&start=markup&end=long",
    "around": "#view=around&around=turned&steps=2",
    "everything": "#view=everything",
    "everything drawn": "#view=everything&show=graph",
    "table": "#view=everything&show=table",
    "entity": "#entity=markup",
    "paper": "#source=markup",
    "no such name": "#claim=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&entity=javascript:x",
}


SCREENS = {"wide": {}, "phone": {"width": 390, "height": 844, "scheme": "dark"}}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    import rlsgraph
    from rlsgraph.model.namespaces import PREFIXES

    folder = tmp_path_factory.mktemp("hostile")
    head = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    (folder / "graph.ttl").write_text(head + hostile_text(), "utf-8")
    path = folder / "page.html"
    path.write_text(render_page(rlsgraph.load(folder / "graph.ttl")), "utf-8")
    return path.as_uri()


@pytest.mark.parametrize(
    ("address", "screen"), one_in(2, VIEWS, {"wide": {}, "phone": {"width": 390, "height": 844, "scheme": "dark"}})
)
def test_a_label_is_text(visit, hostile, address, screen):
    page = visit(hostile + address, **screen)
    found = page.evaluate(HARM, TURNING)
    assert found | {"wide": max(found["wide"], 0)} == SAFE
    assert page.locator("#chain-title").inner_text().strip()


@pytest.mark.parametrize("view", ["answer", "claim", "timeline", "what if"])
def test_axe_finds_nothing(visit, hostile, view):
    assert faults(visit(hostile + VIEWS[view])) == []


def test_a_search_among_thousands_of_names_finds_and_harms_nothing(visit, hostile):
    page = visit(hostile)
    page.fill("#query", "img src 2999")
    page.wait_for_selector("#found:not([hidden])")
    assert page.evaluate(HARM, TURNING)["images"] == 0
    page.fill("#query", "javascript:")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate(HARM, TURNING) == SAFE
