"""axe-core looks at the shipped page in each of its states and finds nothing to fault."""

import pytest

from rlsgraph.explorer.page import render_page

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
CLAIM = "claim=gut-dysbiosis.increases.systemic-inflammation"
STATES = {
    "opening": "",
    "claim": f"#{CLAIM}",
    "entity": "#entity=rls-risk",
    "table": "#show=table",
    "table with a claim": f"#show=table&{CLAIM}",
    "between": "#view=between&start=gut-dysbiosis&end=rls-risk",
    "around": "#view=around&around=rls-risk",
    "everything": "#view=everything",
    "unknown name": "#claim=nothing",
}
SCREENS = {"wide": {}, "dark": {"scheme": "dark"}, "phone": {"width": 390, "height": 844}}


def faults(page):
    """Return what axe-core finds, as lines. It comes in through the browser's debugger, which the page's policy does not bind."""
    found = axe.Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{fault['id']}: {node['target']} {node['html'][:200]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
@pytest.mark.parametrize("address", STATES.values(), ids=STATES.keys())
def test_no_violation(visit, shipped, address, screen):
    assert faults(visit(shipped + address, **screen)) == []


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_no_violation_with_every_part_open(visit, shipped, screen):
    page = visit(f"{shipped}#{CLAIM}", **screen)
    page.evaluate("() => { for (const part of document.querySelectorAll('details')) part.open = true; }")
    page.fill("#query", "iron")
    page.wait_for_selector("#found:not([hidden])")
    assert faults(page) == []


def test_no_violation_in_a_graph_without_hypotheses(visit, load_text, tmp_path):
    path = tmp_path / "empty.html"
    path.write_text(render_page(load_text("")), "utf-8")
    assert faults(visit(path.as_uri())) == []


def test_faults_are_found(visit, shipped):
    page = visit(shipped)
    page.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    assert any(fault.startswith("button-name:") for fault in faults(page))
