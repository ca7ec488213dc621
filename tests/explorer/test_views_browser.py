"""The views, filters, table and downloads of the page, in a browser, from disk, with the network cut."""

import csv
import io
import itertools
import json
import os
import random
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from rlsgraph.explorer.drawing import key_of, step_id
from rlsgraph.explorer.network import draw
from rlsgraph.explorer.page import render_page
from rlsgraph.explorer.views import view_around
from rlsgraph.model.decimals import probability
from tests.helpers.drawings import HOSTILE
from tests.helpers.graphs import claim_text
from tests.helpers.pages import MISFITS, OVERLAPS, wait_for_address

pytestmark = pytest.mark.xdist_group("views")  # one worker, so that its page is rendered once

BETWEEN = "#view=between&start=gut-dysbiosis&end=rls-symptoms"
TELLING = "const telling = (ids) => tellingItems(...ids.map((id) => hypotheses.get(id)));"
DOORS = "data, hypotheses, sketch, foldLegs, bestPaths, legsAround, filterClaims, readFilter, wrapLabel, scenery, telling"
DOOR = f"{TELLING} window.door = {{ {DOORS} }};"


FOCUSED = """() => {
  const parts = "#filters, #views, #ways, #field-start, #field-end, .path, #zoom, #take-away, #steps";
  const part = document.activeElement.closest(parts);
  return part && (part.id || part.className);
}"""


def title(page):
    return page.inner_text("#chain-title")


def shown_claims(page):
    return page.locator("#table tbody tr[data-claim]").evaluate_all("(rows) => rows.map((row) => row.dataset.claim)")


@pytest.fixture(scope="module")
def opened(kg, render_with_door, tmp_path_factory):
    path = tmp_path_factory.mktemp("views") / "rlsgraph.html"
    path.write_text(render_with_door(kg, DOOR), "utf-8")
    return path.as_uri()


# --- the same as in Python ------------------------------------------------------------------------------------------------


def test_layout_in_the_page_is_that_of_python(visit, opened):
    """Legs of a hypothesis, drawn anew by the page, stand where Python put them."""
    page = visit(opened)
    differing = page.evaluate("""() => [...window.door.hypotheses.values()].filter(({ drawing, legs, folded }) => {
      const whole = window.door.foldLegs(legs.map(([stepId, start, end]) => ({ stepId, start, end })));
      if ([...whole.folded].sort().join() !== (folded || []).join()) return true;
      const again = window.door.sketch(whole.legs, whole.labels);
      const seat = ({ id, label, x, y, w, h, down }) => [id, label, x, y, w, h, down];
      const seats = ({ nodes, size }) => JSON.stringify([size, nodes.map(seat).sort()]);
      return seats(again) !== seats(drawing);
    }).map(({ id }) => id)""")
    assert differing == []


def pairs_of(kg):
    """Ends of hypotheses, kinds whose class has effects, opposites, and pairs that chance has drawn."""
    ends = {(key_of(s.iri), key_of(h.hypothesis.end.iri)) for h in kg.hypotheses() for s in h.hypothesis.starts}
    kinds = {(key_of(link.subject.iri), "rls-symptoms") for link in kg.links()}
    known = sorted(key_of(entity.iri) for entity in kg.entities())
    chance = random.Random(11)
    drawn = {(chance.choice(known), chance.choice(known)) for _ in range(60)}
    named = {("probiotic", "rls-symptom-severity"), ("yoga", "depression"), ("type-2-diabetes", "rls-symptoms")}
    return sorted(ends | kinds | drawn | named)


def test_paths_in_the_page_are_those_of_python(visit, opened, kg):
    pairs = pairs_of(kg)
    page = visit(opened)
    told = page.evaluate("pairs => pairs.map(([start, end]) => window.door.bestPaths(start, end, 5))", pairs)
    assumed = 0
    for (start, end), found in zip(pairs, told, strict=True):
        wanted = kg.paths(f"entity:{start}", f"entity:{end}", limit=5) if start != end else []
        assert [path["score"] for path in found] == pytest.approx([path.joint_probability for path in wanted], abs=1e-7)
        for mine, theirs in zip(found, wanted, strict=True):
            assert [leg["stepId"] for leg in mine["legs"]] == [step_id(step) for step in theirs.steps], (start, end)
            assert mine["polarity"] == int(theirs.polarity)
            assert mine["weakest"] == key_of(theirs.weakest.iri)
            assumed += len(theirs.assumptions)
    assert assumed > 20


# --- views ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [1, 2])
@pytest.mark.parametrize("name", ["RLS risk", "gut dysbiosis", "serum ferritin"])
def test_what_lies_around_an_entity_is_what_python_finds(visit, opened, kg, name, steps):
    view = view_around(kg, name, steps=steps)
    found = visit(opened).evaluate(
        "([id, steps]) => window.door.legsAround(id, steps, () => true, 40)", [key_of(kg.entity(name).iri), steps]
    )
    assert [leg["stepId"] for leg in found["legs"]] == [step_id(leg.step) for leg in view.legs]
    assert found["leftOut"] == view.left_out


def test_a_hub_is_drawn_alike_in_the_page_and_in_figures(visit, opened, kg):
    legs = view_around(kg, "RLS risk").legs
    said = [{"stepId": step_id(leg.step), "start": key_of(leg.start.iri), "end": key_of(leg.end.iri)} for leg in legs]
    sketched = visit(opened).evaluate("(legs) => window.door.sketch(legs)", said)
    drawn = draw(legs)
    assert sketched["size"] == drawn["size"]
    assert sketched["down"] == drawn["down"]
    places = [{node["id"]: [node[side] for side in "xywh"] for node in each["nodes"]} for each in (sketched, drawn)]
    assert places[0] == places[1]


def test_the_views_are_chosen_by_their_buttons(visit, shipped):
    page = visit(shipped)
    for tab, words in (("Between", "Between two entities"), ("Around", "Around an entity"), ("Everything", "Everything")):
        page.get_by_role("button", name=tab, exact=True).click()
        page.wait_for_function("words => document.querySelector('#chain-title').textContent === words", arg=words)
        assert page.locator("#views [aria-pressed=true]").inner_text() == tab
    page.go_back()
    wait_for_address(page, "hash.includes('view=around')")
    assert title(page) == "Around an entity"
    page.go_forward()
    wait_for_address(page, "hash.includes('view=everything')")
    page.get_by_role("button", name="Chain", exact=True).click()
    wait_for_address(page, "!hash.includes('view=') && hash.includes('hypothesis=')")
    page.get_by_role("button", name="Answer", exact=True).click()
    wait_for_address(page, "hash.includes('view=answer')")
    assert page.locator(".ranking tr[aria-current]").count() == 1


def test_between_lights_up_the_best_paths(visit, shipped, kg):
    page = visit(shipped + BETWEEN)
    paths = page.locator(".path")
    wanted = kg.paths("gut dysbiosis", "RLS symptoms", limit=5)
    assert paths.count() == 5
    assert paths.locator("b").all_inner_texts() == [probability(path.joint_probability) for path in wanted]
    assert page.evaluate(OVERLAPS) == []
    paths.nth(2).click()
    wait_for_address(page, "hash.includes('path=3')")
    assert page.inner_text("#steps-title") == "Path 3, step by step"
    assert page.locator("#steps button").count() == len(wanted[2].steps)
    opacities = page.evaluate("""() => window.network.body.data.edges.get().map((edge) => [edge.step, edge.color.opacity])""")
    lit = {step.removeprefix("claim:") for step, opacity in opacities if opacity == 1 and step.startswith("claim:")}
    assert lit == {key_of(claim.iri) for claim in wanted[2].claims}


def test_between_takes_entities_by_any_name(visit, shipped):
    page = visit(shipped + "#view=between")
    assert "Choose two entities" in page.inner_text("#chain-head")
    page.fill("#field-start", "sibo")
    page.press("#field-start", "Enter")
    wait_for_address(page, "hash.includes('start=small-intestinal-bacterial-overgrowth')")
    page.fill("#field-end", "RLS symptoms")
    page.press("#field-end", "Tab")
    page.wait_for_function("() => document.querySelectorAll('.path').length > 0")
    page.fill("#field-end", "zzzz")
    page.press("#field-end", "Tab")
    assert page.inner_text("#status") == "No entity goes by that name."


def test_a_field_asks_before_it_takes_what_is_not_exact(visit, shipped):
    page = visit(shipped + "#view=around")
    page.fill("#field-around", "vitamin b")
    page.press("#field-around", "Enter")
    asked = page.locator(".fields .note")
    assert "Do you mean" in asked.inner_text()
    assert "around=" not in page.evaluate("() => location.hash").replace("view=around", "")
    asked.get_by_role("button").first.click()
    wait_for_address(page, "hash.includes('around=vitamin-b')")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("#view=between&start=yoga&end=yoga", "Start and end are the same entity"),
        ("#view=between&start=rls-symptoms&end=meis1-risk-variant", "No causal path"),
        ("#view=around&around=a11-dopaminergic-neuron-loss&score=0.90-1.00", "No claim touches it"),
        ("#view=around", "Choose an entity"),
    ],
)
def test_empty_views_have_words_of_their_own(visit, shipped, address, says):
    page = visit(shipped + address)
    assert says in page.inner_text("#chain-head")
    assert page.locator("canvas").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("steps", [1, 2])
def test_around_draws_what_touches_an_entity(visit, shipped, kg, width, steps):
    page = visit(f"{shipped}#view=around&around=altered-metabolism&steps={steps}", width=width)
    ids = page.evaluate(
        "() => window.network.body.data.nodes.get().filter((node) => node.kind === 'entity').map((node) => node.id)"
    )
    assert 2 < len(ids) <= 40
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(MISFITS) == []
    if steps == 1:
        entity = kg.entity("altered metabolism")
        touching = {key_of(c.iri) for c in kg.claims() if entity in (c.subject, c.object)}
        listed = page.locator("#steps button[data-step^='claim:']")
        assert {step.get_attribute("data-step").removeprefix("claim:") for step in listed.all()} == touching
    else:
        assert "leaves out" in page.inner_text("#chain-head")


def test_a_hub_is_listed_on_two_sides(visit, shipped, kg):
    page = visit(shipped + "#view=around&around=gut-dysbiosis")
    hub = kg.entity("gut dysbiosis")
    for title, wanted in (
        ("Acts on it", [c for c in kg.claims() if c.predicate.is_causal and c.object == hub]),
        ("It acts on", [c for c in kg.claims() if c.predicate.is_causal and c.subject == hub]),
    ):
        part = page.locator(".two-sided section", has=page.get_by_role("heading", name=title))
        listed = part.locator(".sided").evaluate_all("(rows) => rows.map((row) => row.dataset.step.slice('claim:'.length))")
        ranked = sorted(wanted, key=lambda c: (-c.score, key_of(c.iri)))
        assert listed == [key_of(claim.iri) for claim in ranked[:20]]
    assert page.locator("#picture").is_hidden()
    page.locator(".sided").first.click()
    wait_for_address(page, "hash.includes('claim=')")


def test_the_matrix_counts_every_claim_once_and_leads_to_its_cells(visit, shipped, kg):
    page = visit(shipped + "#view=everything")
    cells = page.locator(".matrix td button")
    assert sum(int(count) for count in cells.locator("b").all_inner_texts()) == len(kg)
    row = page.locator(".matrix tbody tr", has=page.get_by_role("rowheader", name="gut"))
    row.get_by_role("button", name="from gut to gut").click()
    wait_for_address(page, "hash.includes('cell=')")
    wanted = {key_of(c.iri) for c in kg.claims() if {c.subject.group, c.object.group} == {"gut"}}
    page.get_by_role("button", name="Table", exact=True).click()
    wait_for_address(page, "hash.includes('show=table')")
    assert set(shown_claims(page)) == wanted
    page.get_by_role("button", name="Back to the matrix").click()
    page.locator(".matrix").wait_for()


def test_everything_is_moved_by_keyboard_and_dims_all_but_neighbours(visit, opened):
    page = visit(opened + "#view=everything&show=graph")
    page.focus("#drawing")
    before = page.evaluate("() => [window.network.getViewPosition().x, window.network.getScale()]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    x, scale = page.evaluate("() => [window.network.getViewPosition().x, window.network.getScale()]")
    assert x > before[0]
    assert scale == pytest.approx(before[1] * 1.25)
    at = page.evaluate("""() => {
      const point = window.network.canvasToDOM(window.network.getPosition("entity:gut-dysbiosis"));
      const frame = document.querySelector(".stage").getBoundingClientRect();
      return [frame.left + point.x, frame.top + point.y];
    }""")
    page.mouse.move(*at)
    near = page.evaluate("() => [window.door.scenery.pointed, window.door.scenery.near.size]")
    assert near[0] == "entity:gut-dysbiosis"
    assert near[1] > 10


@pytest.mark.parametrize("rival", ["iron absorption", "gut-brain axis", "inflammation"])
def test_what_tells_two_hypotheses_apart_is_what_the_library_finds(visit, opened, kg, rival):
    one = kg.hypotheses()[0].hypothesis
    comparison = kg.compare(one.label, rival)
    names = [key_of(comparison.one.hypothesis.iri), key_of(comparison.other.hypothesis.iri)]
    told = visit(opened).evaluate("(names) => window.door.telling(names)", names)
    wanted = {d.influence.evidence.identifier: d.shift for d in comparison.discriminating if abs(d.shift) > 1e-6}
    assert {item["id"]: item["shift"] for item in told if abs(item["shift"]) > 1e-6} == pytest.approx(wanted, abs=1e-7)


def test_compare_joins_what_two_hypotheses_share(visit, shipped, kg):
    page = visit(shipped + "#view=compare&hypothesis=hypoxia-pathway-activation&with=relative-dopamine-excess")
    assert page.locator(".beside thead th").all_inner_texts() == ["Hypoxia pathway activation", "Relative dopamine excess"]
    assert page.locator(".beside tr.shared").first.inner_text().split() == ["both", "systemic", "iron", "deficiency"]
    page.focus("#choose-with")
    page.select_option("#choose-with", "iron-absorption")
    wait_for_address(page, "hash.includes('with=iron-absorption')")
    assert page.locator(".telling tbody tr").count() >= 1
    assert page.evaluate("() => document.activeElement.id") == "choose-with"


def test_what_to_study_stands_in_the_table_and_on_its_step(visit, shipped, kg):
    page = visit(shipped + "#hypothesis=iron-absorption")
    assert page.locator("#steps .tag", has_text="study next").count() == 1
    badge = page.evaluate(
        "() => window.network.body.data.nodes.get().filter((node) => node.label?.includes('◎')).map((node) => node.id)"
    )
    page.get_by_role("button", name="What to study", exact=True).click()
    page.locator(".study tbody tr").first.wait_for()
    assert page.locator(".study tbody tr").count() == len(kg.hypothesis("iron absorption").claims)
    first = page.locator(".study tbody a").first.get_attribute("href")
    assert badge[0].removeprefix("claim:") in first


def test_everything_shows_every_entity_and_claim(visit, opened, kg):
    page = visit(opened + "#view=everything&show=graph")
    counts = page.evaluate("""() => [
      window.network.body.data.nodes.get().filter((node) => node.kind === 'entity').length,
      window.door.scenery.lines.filter((line) => line.step.startsWith('claim:')).length]""")
    assert counts == [len(kg.entities()), len(kg)]
    assert page.evaluate(OVERLAPS) == []
    assert f"{len(kg)} claims pass" in page.inner_text("#chain-head")


def test_everything_follows_filters_and_the_chosen_entity(visit, opened, kg):
    page = visit(opened + "#view=everything&show=graph&level=established&causal=1")
    drawn = "() => window.door.scenery.lines.map((line) => line.step).filter((step) => step.startsWith('claim:'))"
    wanted = {c.iri for c in kg.claims() if c.level.label == "established" and c.predicate.is_causal}
    assert {step.removeprefix("claim:") for step in page.evaluate(drawn)} == {key_of(iri) for iri in wanted}
    page = visit(opened + "#view=everything&show=graph&entity=gut-dysbiosis")
    entity = kg.entity("gut dysbiosis")
    touching = {key_of(c.iri) for c in kg.claims() if entity in (c.subject, c.object)}
    assert {step.removeprefix("claim:") for step in page.evaluate(drawn)} == touching


def test_a_line_of_everything_opens_its_claim(visit, opened):
    page = visit(opened + "#view=everything&show=graph&entity=yoga")
    x, y, step = page.evaluate("""() => {
      const line = window.door.scenery.lines.find((one) => one.step.startsWith("claim:"));
      const at = window.network.getPositions([line.from, line.to]);
      const middle = { x: (at[line.from].x + at[line.to].x) / 2 + 12, y: (at[line.from].y + at[line.to].y) / 2 };
      const point = window.network.canvasToDOM(middle);
      const frame = document.querySelector(".stage").getBoundingClientRect();
      return [frame.left + point.x, frame.top + point.y, line.step];
    }""")
    page.mouse.click(x, y)
    wait_for_address(page, "hash.includes('claim=')")
    assert step.removeprefix("claim:") in page.evaluate("() => decodeURIComponent(location.hash)")


def test_zoom_fit_reset_and_drag(visit, shipped):
    page = visit(shipped + "#view=everything&show=graph")
    scale = "() => window.network.getScale()"
    first = page.evaluate(scale)
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(scale) == pytest.approx(first * 1.25**2)
    page.get_by_role("button", name="Zoom out").click()
    assert page.evaluate(scale) == pytest.approx(first * 1.25)
    before = page.evaluate("() => window.network.getViewPosition()")
    box = page.locator(".stage").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] - 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 90, box["y"] + box["height"] - 70, steps=4)
    page.mouse.up()
    assert page.evaluate("() => window.network.getViewPosition()") != before
    page.get_by_role("button", name="Reset").click()
    assert page.evaluate(scale) == pytest.approx(first)
    page.get_by_role("button", name="Fit").click()
    assert 0 < page.evaluate(scale) < 2


def test_a_chain_grows_within_its_frame_which_scrolls(visit, shipped):
    page = visit(shipped + "#view=between&start=small-intestinal-bacterial-overgrowth&end=rls-symptoms", width=1100)
    widths = "() => [document.querySelector('.stage canvas').clientWidth, document.getElementById('drawing').clientWidth]"
    before, frame = page.evaluate(widths)
    assert before > frame
    page.get_by_role("button", name="Fit").click()
    assert page.evaluate(widths) == [frame, frame]
    assert page.locator("#wide").is_hidden()
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(widths)[0] == pytest.approx(before * 1.25, abs=2)
    box = page.locator("#drawing").bounding_box()
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] - 8
    start = page.evaluate("() => document.getElementById('drawing').scrollLeft")
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across - 120, down, steps=4)
    page.mouse.up()
    assert page.evaluate("() => document.getElementById('drawing').scrollLeft") == pytest.approx(
        min(start + 120, before * 1.25), abs=3
    )


# --- filters --------------------------------------------------------------------------------------------------------------


def test_filters_combine_and_count(visit, shipped, kg):
    page = visit(shipped + "#view=everything&show=table&level=supported,established&causal=1&human=1&group=gut")
    wanted = [
        claim
        for claim in kg.claims()
        if claim.level.label in ("supported", "established")
        and claim.predicate.is_causal
        and any("human" in item.species for item in claim.evidence)
        and "gut" in (claim.subject.group, claim.object.group)
    ]
    assert set(shown_claims(page)) == {key_of(claim.iri) for claim in wanted} != set()
    assert page.inner_text("#filter-count") == f"{len(wanted)} of {len(kg)} claims"
    page.click("#filters > summary")
    option = page.locator("label.option", has_text="emerging")
    others = [
        c for c in kg.claims()
        if c.level.label == "emerging" and c.predicate.is_causal and any("human" in i.species for i in c.evidence)
        and "gut" in (c.subject.group, c.object.group)
    ]  # fmt: skip
    assert option.locator(".number-of").inner_text() == str(len(others))
    option.locator("input").check()
    wait_for_address(page, "hash.includes('emerging')")
    assert len(shown_claims(page)) == len(wanted) + len(others)
    page.click("#clear-filters")
    page.wait_for_function("() => document.querySelector('#filter-count').textContent.startsWith('all')")
    assert "level" not in parse_qs(page.evaluate("() => location.hash.slice(1)"))


def test_filter_by_score_text_design_predicate_and_category(visit, shipped, kg):
    page = visit(shipped + "#view=everything&show=table&score=0.70-1.00&text=iron&design=meta-analysis")
    wanted = {
        key_of(c.iri)
        for c in kg.claims()
        if round(c.score, 4) >= 0.7
        and any("iron" in " ".join((e.label, *e.synonyms)).lower() for e in (c.subject, c.object))
        and any(item.design.label == "meta-analysis" for item in c.evidence)
    }
    assert set(shown_claims(page)) == wanted != set()
    page.click("#filters > summary")
    page.fill("#filter-text", "FERRITIN")
    wait_for_address(page, "hash.includes('text=FERRITIN')")
    assert page.locator("#filter-text").evaluate("field => field === document.activeElement")
    page.locator("#filter-least").fill("0.3")
    assert "score=0.30-1.00" in page.evaluate("() => location.hash")
    contested = visit(shipped + "#view=everything&show=table&contested=1&predicate=increases&category=biological+process")
    for row in shown_claims(contested):
        claim = kg.claim(row)
        assert claim.is_contested
        assert claim.predicate.value == "increases"


def test_a_filter_that_nothing_passes_says_so(visit, shipped):
    page = visit(shipped + "#view=everything&show=table&text=zzzz")
    assert "No claim fits" in page.inner_text("#table")


def test_filters_fade_the_steps_of_a_hypothesis(visit, shipped):
    page = visit(shipped + "#hypothesis=metabolic-pathways&level=emerging")
    assert page.locator("#steps li.faded").count() == 1
    opacities = page.evaluate("() => window.network.body.data.edges.get().map((edge) => edge.color.opacity)")
    assert set(opacities) == {1, 0.22}


# --- table ----------------------------------------------------------------------------------------------------------------


def test_the_table_holds_the_claims_of_the_view_and_sorts(visit, shipped, kg):
    page = visit(shipped + "#view=everything")
    page.get_by_role("button", name="Table", exact=True).click()
    page.wait_for_selector("#table tbody tr")
    scores = [float(text) for text in page.locator("#table tbody tr[data-claim] td:nth-child(4)").all_inner_texts()]
    assert len(scores) == 200
    assert scores == sorted(scores, reverse=True)
    page.get_by_role("button", name=f"Show all {len(kg)} rows").click()
    assert len(shown_claims(page)) == len(kg)
    page.locator("#table th button", has_text="Subject").click()
    wait_for_address(page, "hash.includes('sort=subject')")
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Subject")
    subjects = page.locator("#table tbody tr[data-claim] td:nth-child(1)").all_inner_texts()
    assert subjects == sorted(subjects)
    page.locator("#table tbody button.name").first.click()
    wait_for_address(page, "hash.includes('claim=')")
    assert page.locator("#table tr[aria-current=true]").count() == 1
    assert page.locator("#panel h2").count() == 1


def test_the_table_of_a_hypothesis(visit, shipped, kg):
    page = visit(shipped + "#hypothesis=iron-absorption&show=table")
    assert set(shown_claims(page)) == {key_of(claim.iri) for claim in kg.hypothesis("iron absorption").claims}
    assert page.locator("#picture").is_hidden()


# --- addresses and panels ---------------------------------------------------------------------------------------------------


def test_an_address_reopens_the_whole_state(visit, shipped, kg):
    address = BETWEEN + "&path=2&claim=gut-dysbiosis.affects.rls-risk&level=speculative"
    page = visit(shipped + address)
    assert page.locator(".path[aria-pressed=true]").count() == 1
    assert "RLS risk" in page.inner_text("#panel h2")
    assert f"of {len(kg)} claims" in page.inner_text("#filter-count")


def test_the_page_opens_on_what_it_was_made_for(visit, kg, tmp_path):
    path = tmp_path / "opening.html"
    path.write_text(render_page(kg, opening="view=around&around=yoga"), "utf-8")
    page = visit(path.as_uri())
    assert title(page) == "Around an entity"
    assert page.input_value("#field-around") == "yoga"


def test_an_entity_says_what_raises_and_lowers_it_and_leads_to_views(visit, shipped):
    page = visit(shipped + "#entity=rls-symptom-severity")
    told = page.inner_text("#panel")
    assert "Claimed to raise it" in told
    assert "Claimed to lower it" in told
    page.get_by_role("button", name="Look around it").click()
    wait_for_address(page, "hash.includes('around=rls-symptom-severity')")
    page.get_by_role("button", name="End paths here").click()
    wait_for_address(page, "hash.includes('end=rls-symptom-severity')")


def test_every_control_is_reached_by_keyboard(visit, shipped):
    page = visit(shipped + BETWEEN)
    reached = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
    assert {"filters", "views", "ways", "field-start", "field-end", "path", "zoom", "take-away", "steps"} <= reached


# --- downloads --------------------------------------------------------------------------------------------------------------

OFFERS = {
    "Picture (PNG)": ("rlsgraph.png", b"\x89PNG"),
    "Picture (SVG)": ("rlsgraph.svg", b"<?xml"),
    "Claims (CSV)": ("rlsgraph-claims.csv", b"claim,"),
    "Evidence (CSV)": ("rlsgraph-evidence.csv", b"claim,"),
    "Claims (Turtle)": ("rlsgraph-claims.ttl", b"# rlsgraph: Mechanisms"),
    "Sources (BibTeX)": ("rlsgraph-sources.bib", b"% rlsgraph: Mechanisms"),
    "Sources (RIS)": ("rlsgraph-sources.ris", b"TY  - "),
}


OTHER_VIEWS = (BETWEEN, "#view=around&around=gut-dysbiosis", "#view=everything")


@pytest.mark.parametrize(
    "view", ["#hypothesis=iron-absorption", *(pytest.param(view, marks=pytest.mark.long) for view in OTHER_VIEWS)]
)
def test_everything_on_offer_can_be_taken_away(visit, shipped, view):
    page = visit(shipped + view)
    for words, (name, begins) in OFFERS.items():
        page.evaluate("() => { document.querySelector('#take-away').open = true; }")
        with page.expect_download() as waiting:
            page.get_by_role("button", name=words).click()
        assert waiting.value.suggested_filename == name
        content = waiting.value.path().read_bytes()
        assert content.startswith(begins), (words, content[:40])
        assert len(content) >= 100


def test_the_claims_taken_away_are_those_shown(visit, shipped):
    page = visit(shipped + "#view=everything&show=table&group=gut&level=supported")
    page.click("#take-away > summary")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Claims (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8"))))
    assert {row["claim"].rsplit("/", 1)[-1] for row in rows} == set(shown_claims(page)) != set()


def test_the_svg_shows_what_is_drawn(visit, shipped, kg):
    page = visit(shipped + BETWEEN)
    page.click("#take-away > summary")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture (SVG)").click()
    svg = waiting.value.path().read_text("utf-8")
    best = kg.paths("gut dysbiosis", "RLS symptoms", limit=1)[0].weakest.score
    for words in ("gut", "dysbiosis", f"{best:.2f}", "▲", "assumed"):
        assert words in svg
    assert len(re.findall("<rect", svg)) > 10
    assert "NaN" not in svg


# --- print and pictures -------------------------------------------------------------------------------------------------------


def test_print_leaves_out_what_is_for_the_screen(visit, shipped):
    page = visit(shipped + "#hypothesis=iron-absorption")
    page.emulate_media(media="print")
    for part in ("#filters", "#zoom", ".bar-of-choices", "nav"):
        assert page.locator(part).is_hidden()
    assert page.locator("#panel").is_visible()
    assert len(page.pdf()) > 5_000


def test_filtering_is_quick_and_right(visit, opened, kg):
    page = visit(opened)
    counted = page.evaluate("""() => {
      const { filterClaims, readFilter } = window.door;
      const { passing, counts } = filterClaims(readFilter(new URLSearchParams("level=emerging,supported")));
      return [passing.size, Object.fromEntries(counts.level)];
    }""")
    levels = {level: len(list(group)) for level, group in itertools.groupby(sorted(c.level.label for c in kg.claims()))}
    assert counted == [levels["emerging"] + levels["supported"], levels]


# --- hostile data -------------------------------------------------------------------------------------------------------------

HOSTILE_VIEWS = [
    "#view=everything&show=graph&entity=c",
    "#view=everything&entity=c",
    "#view=everything&show=table",
    "#view=around&around=c",
    "#view=between&start=c&end=b&path=1",
]


@pytest.mark.parametrize("address", HOSTILE_VIEWS)
def test_hostile_text_is_text_in_every_view(visit, load_text, tmp_path, address):
    literal = json.dumps(HOSTILE)
    said = f"entity:c a rls:Entity ; skos:prefLabel {literal}@en ; skos:altLabel {literal}@en ; rls:category biolink:Disease .\n"
    kg = load_text(said + claim_text("increases", ("Supports", "Cohort", 50, "x"), subject="c"))
    path = tmp_path / "hostile.html"
    path.write_text(render_page(kg), "utf-8")
    page = visit(path.as_uri() + address)
    page.evaluate("() => { for (const part of document.querySelectorAll('details')) part.open = true; }")
    assert "<script>alert(1)</script>" in page.inner_text("body")
    assert page.locator("main script, main img").count() == 0
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture (SVG)").click()
    assert "<script" not in waiting.value.path().read_text("utf-8")


def test_a_hostile_address_changes_nothing_but_words(visit, shipped, kg):
    page = visit(shipped + "#view=__proto__&level=constructor&start=%3Cimg%20src%3Dx%3E&sort=__proto__&show=table&score=9-NaN")
    assert "No entity goes by the name" in page.inner_text("#panel")
    assert title(page) == f"What is known of {kg.hypotheses()[0].hypothesis.end.label}"


# --- notebooks ------------------------------------------------------------------------------------------------------------------


def test_a_notebook_shows_the_page_in_a_frame(browser, kg, tmp_path):
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>notebook</title>{kg.show(around='yoga')._repr_html_()}", "utf-8")
    page = browser.new_page()
    heard = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("#chain-title").wait_for()
    assert frame.locator("#chain-title").inner_text() == "Around an entity"
    frame.get_by_role("button", name="Table", exact=True).click()
    frame.locator("#table tbody tr").first.wait_for()
    frame.locator("#filters > summary").click()
    frame.locator("#filter-text").fill("sleep")
    frame.locator("#filter-count", has_text=" of ").wait_for()
    assert heard == []
    page.close()


# --- pictures for the docs ---------------------------------------------------------------------------------------------------

PICTURES = {
    "answer": ("", 1440, 900),
    "explorer": ("#hypothesis=iron-absorption", 1440, 900),
    "between": (BETWEEN + "&path=3&claim=gut-dysbiosis.increases.altered-metabolism", 1440, 900),
    "around": ("#view=around&around=serum-ferritin&entity=serum-ferritin", 1440, 900),
    "everything": ("#view=everything&entity=rls-symptom-severity", 1440, 900),
    "table": ("#view=everything&show=table&group=gut&claim=gut-dysbiosis.increases.systemic-inflammation", 1440, 900),
    "phone": ("#hypothesis=gut-brain-axis", 390, 844),
}


SEEN_ELSEWHERE = ("explorer", "around", "everything", "table")
"""Other tests open these views too; a picture differs in nothing but what it shows."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if name in SEEN_ELSEWHERE else []) for name in PICTURES]
)
def test_pictures_for_the_docs_can_be_taken(visit, shipped, tmp_path, name):
    """Set RLSGRAPH_PICTURES to a folder (docs/images) to keep them."""
    address, width, height = PICTURES[name]
    page = visit(shipped + address, width=width, height=height)
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    path = Path(os.environ.get("RLSGRAPH_PICTURES", tmp_path)) / f"{name}.png"
    page.screenshot(path=path)
    assert path.stat().st_size > 20_000


# --- the focus, and what is chosen by default -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "control", "then"),
    [
        (BETWEEN, ".path >> nth=1", ".path >> nth=1"),
        ("#view=around&around=gut-dysbiosis", "text=two steps", "text=two steps"),
        ("#view=everything&show=table", "#sort-subject", "#sort-subject"),
        ("#view=everything&level=established", "#clear-filters", "#filters > summary"),
        ("#claim=gut-dysbiosis.affects.restless-legs-syndrome", "#panel h2 a >> nth=0", "#panel h2"),
    ],
)
def test_the_focus_stays_where_it_was(visit, shipped, address, control, then):
    page = visit(shipped + address)
    before = page.evaluate("() => location.hash")
    page.locator(control).focus()
    page.keyboard.press("Enter")
    wait_for_address(page, f"hash !== {json.dumps(before)}")
    assert page.locator(then).evaluate("(element) => element === document.activeElement")


def test_more_rows_are_read_on_from_the_first_new_one(visit, shipped, kg):
    page = visit(shipped + "#view=everything&show=table")
    page.get_by_role("button", name="Show all").click()
    assert len(shown_claims(page)) == len(kg.claims())
    assert page.evaluate("() => document.activeElement.closest('tr').rowIndex") == 201


def test_between_opens_on_the_weakest_step_of_its_best_path(visit, shipped, kg):
    page = visit(shipped + BETWEEN)
    weakest = kg.paths("gut dysbiosis", "RLS symptoms", limit=1)[0].weakest
    panel = page.inner_text("#panel")
    assert "The weakest step of the best path" in panel
    assert weakest.subject.label in panel
    assert weakest.object.label in panel


@pytest.mark.parametrize("address", ["#show=table&sort=constructor", "#view=everything&level=certain&design=astrology"])
def test_an_address_that_asks_for_what_is_not_there(visit, shipped, address):
    page = visit(shipped + address)
    assert page.locator("#chain-head h2").is_visible()
    if "level" in address:
        assert "confidence level “certain”" in page.inner_text("#panel")
        assert "study design “astrology”" in page.inner_text("#panel")


def test_paper_takes_lines_in_light_colours_and_every_row(visit, shipped, kg):
    page = visit(shipped + BETWEEN, scheme="dark")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#printed svg > rect").get_attribute("fill") == "#ffffff"
    assert "best paths from gut dysbiosis" in page.locator("#printed svg").text_content()
    page.emulate_media(media="print")
    assert page.locator("#printed svg").is_visible()
    assert page.locator("#drawing").is_hidden()
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.locator("#printed svg").count() == 0
    page = visit(shipped + "#view=everything&show=table")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert len(shown_claims(page)) == len(kg.claims())


def test_a_picture_fades_what_is_faded_and_says_of_what_it_is(visit, shipped, kg):
    page = visit(shipped + BETWEEN + "&path=2", scheme="dark")
    page.locator("#take-away summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Picture (SVG)").click()
    svg = waiting.value.path().read_text("utf-8")
    assert 'opacity="0.22"' in svg
    assert kg.version in svg
    assert "not medical advice" in svg
    assert 'fill="#ffffff"' in svg
    assert not page.locator("#offers").is_visible()
