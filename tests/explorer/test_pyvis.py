"""A pyvis network that users get, and the page is made of: labels, shapes, widths, tooltips of plain text, fixed places."""

import pytest
from pyvis.network import Network

from rlsgraph.errors import EmptyViewError
from rlsgraph.explorer.network import draw
from rlsgraph.explorer.views import choose_view
from tests.helpers.drawings import HOSTILE
from tests.helpers.graphs import claim_text

VIEWS = [
    {},
    {"hypothesis": "Brain iron shortage"},
    {"between": ("gut dysbiosis", "RLS symptoms")},
    {"around": "serum ferritin"},
]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_network_is_what_the_page_draws(kg, view):
    network = kg.to_pyvis(**view)
    assert isinstance(network, Network)
    drawn = draw(choose_view(kg, **view).legs)
    seats = {node["id"]: (node["x"], node["y"], node["label"]) for node in drawn["nodes"]}
    assert {node["id"]: (node["x"], node["y"], node["label"]) for node in network.nodes} == seats
    assert [(e["from"], e["to"], e["step"]) for e in network.edges] == [(e["from"], e["to"], e["step"]) for e in drawn["edges"]]
    assert all(node["fixed"] and node["physics"] is False for node in network.nodes)
    assert network.options["physics"] == {"enabled": False}


def test_boxes_and_lines_say_what_they_stand_for(kg):
    network = kg.to_pyvis(hypothesis="Brain iron shortage")
    ranked = next(each for each in kg.hypotheses() if each.hypothesis.label == "Brain iron shortage")
    nodes = {node["id"]: node for node in network.nodes}
    for claim in ranked.best.claims:
        badge = nodes[f"claim:{claim.iri.rsplit('/', 1)[-1]}"]
        assert badge["label"].endswith(f"{claim.score:.2f}") and badge["shape"] == "box"
        assert badge["title"].startswith(f"{claim}\n{claim.level.label} {claim.score:.2f}, 90% interval")
        subject = nodes[f"entity:{claim.subject.iri.rsplit('/', 1)[-1]}"]
        assert subject["title"].startswith(claim.subject.label)
    heads = [edge for edge in network.edges if edge["arrows"]]
    assert {edge["step"] for edge in heads} == {edge["step"] for edge in network.edges}
    assert {edge["arrows"]["to"]["type"] for edge in heads if edge["step"].startswith("claim:")} <= {"arrow", "bar", "diamond"}
    assert all(edge["width"] > 0 for edge in network.edges)


def test_a_network_opens_in_a_browser_with_hostile_labels_as_text(kg, load_text, browser, tmp_path):
    hostile = f'entity:a skos:altLabel """{HOSTILE}"""@en .\n'
    graph = load_text(claim_text("increases", ("Supports", "Cohort", 90, "x")) + hostile)
    network = graph.to_pyvis(around="a")
    network.cdn_resources = "in_line"
    path = tmp_path / "network.html"
    path.write_text(network.generate_html(notebook=False), "utf-8")
    page = browser.new_page()
    alerts = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    page.goto(path.as_uri())
    assert page.evaluate("() => network.getPositions()").keys() == {node["id"] for node in network.nodes}
    places = page.evaluate("() => network.getPositions()")
    assert all((places[n["id"]]["x"], places[n["id"]]["y"]) == (round(n["x"]), round(n["y"])) for n in network.nodes)
    page.close()
    assert alerts == []


def test_an_empty_view_is_said(load_text):
    with pytest.raises(EmptyViewError):
        load_text("").to_pyvis(around="a")
