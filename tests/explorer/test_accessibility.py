"""axe-core looks at the shipped page in each of its states and finds nothing to fault."""

import pytest

from rlsgraph.explorer.page import render_page
from tests.helpers.combinations import one_in
from tests.helpers.pages import SCREENS, faults

CLAIM = "claim=gut-dysbiosis.increases.systemic-inflammation"
STATES = {
    "opening": "",
    "compare": "#view=compare&hypothesis=metabolic-pathways&with=iron-absorption",
    "chain": "#hypothesis=impaired-iron-passage-into-the-brain",
    "what to study": "#view=study&hypothesis=iron-absorption",
    "timeline": "#view=timeline&hypothesis=iron-absorption",
    "timeline of a claim, as of a year": "#view=timeline&asof=2010&claim=gabapentin.decreases.rls-symptom-severity",
    "what if": "#without=thevaranjan2017-ageassociated-microbial&" + CLAIM,
    "claim": f"#{CLAIM}",
    "entity": "#entity=rls-risk",
    "table": "#view=everything&show=table",
    "table with a claim": f"#hypothesis=iron-absorption&show=table&{CLAIM}",
    "between": "#view=between&start=gut-dysbiosis&end=rls-risk",
    "around": "#view=around&around=altered-metabolism",
    "around a hub": "#view=around&around=rls-risk",
    "everything": "#view=everything",
    "everything drawn": "#view=everything&show=graph",
    "paper": "#source=project-source-document",
    "unknown name": "#claim=nothing",
}


@pytest.mark.parametrize(("address", "screen"), one_in(3, STATES, SCREENS))
def test_no_violation(visit, shipped, address, screen):
    assert faults(visit(shipped + address, **screen)) == []


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_no_violation_with_every_part_open(visit, shipped, screen):
    page = visit(f"{shipped}#{CLAIM}", **screen)
    page.evaluate("() => { for (const part of document.querySelectorAll('details')) part.open = true; }")
    page.fill("#query", "iron")
    page.wait_for_selector("#found:not([hidden])")
    assert faults(page) == []


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_no_violation_in_the_drawer(visit, shipped, screen):
    page = visit(shipped, **screen)
    page.get_by_role("button", name="How to read this").click()
    page.locator("#drawer h2").wait_for()
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
    assert faults(page) == []


def test_no_violation_in_a_graph_without_hypotheses(visit, load_text, tmp_path):
    path = tmp_path / "empty.html"
    path.write_text(render_page(load_text("")), "utf-8")
    assert faults(visit(path.as_uri())) == []


def test_faults_are_found(visit, shipped):
    page = visit(shipped)
    page.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    assert any(fault.startswith("button-name:") for fault in faults(page))
