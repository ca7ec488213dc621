"""The page in a browser, from disk, with the network cut."""

import json
import re

import pytest

from rlsgraph.explorer.page import render_page
from tests.helpers.drawings import HOSTILE
from tests.helpers.graphs import claim_text
from tests.helpers.pages import MISFITS, OVERLAPS, wait_for_address

IS_SHOWN = "label => document.querySelector('#chain-title').textContent === label"


def test_opens_on_the_answer(visit, shipped, kg):
    page = visit(shipped)
    first, *_ = kg.hypotheses()
    assert page.inner_text("#chain-title") == f"What is known of {first.hypothesis.end.label}"
    assert page.locator(".ranking tbody tr").count() == len(kg.hypotheses())
    assert first.hypothesis.label in page.inner_text(".ranking tbody tr >> nth=0")
    assert first.hypothesis.label in page.inner_text(".answers dd >> nth=0")
    assert str(first.weakest) in page.inner_text("#panel h2").replace("▲ ", "").replace("▼ ", "").replace("\n", " ")
    assert "Research aid, not medical advice" in page.inner_text("footer")


@pytest.mark.parametrize("width", [1440, 390])
def test_no_label_overlaps_in_any_hypothesis(visit, shipped, kg, width):
    page = visit(shipped, width=width)
    for ranked in kg.hypotheses():
        page.evaluate("name => { location.hash = 'hypothesis=' + name; }", ranked.hypothesis.iri.rsplit("/", 1)[-1])
        page.wait_for_function(IS_SHOWN, arg=ranked.hypothesis.label)
        assert page.evaluate(OVERLAPS) == []
        assert page.evaluate(MISFITS) == []


def test_address_chooses_hypothesis_and_claim(visit, shipped):
    page = visit(shipped + "#hypothesis=iron-absorption&claim=gut-dysbiosis.increases.systemic-inflammation")
    assert page.inner_text("#chain-title") == "Iron absorption"
    assert page.inner_text("#panel h2").split() == ["▲", "gut", "dysbiosis", "raises", "systemic", "inflammation"]


@pytest.mark.parametrize("name", ["nothing", "constructor", "__proto__", "%3Cimg%20src%3Dx%3E"])
def test_unknown_address_is_said(visit, shipped, name):
    page = visit(f"{shipped}#claim={name}")
    assert page.inner_text("#panel .note >> nth=0").startswith("No claim goes by the name")


def test_step_opens_its_claim_by_keyboard_and_back_returns(visit, shipped):
    page = visit(shipped + "#hypothesis=iron-absorption")
    page.locator("#steps button").nth(0).focus()
    page.keyboard.press("Enter")
    wait_for_address(page, "hash.includes('claim=')")
    step = page.locator("#steps button[aria-current]")
    assert step.count() == 1
    words = step.locator(".step-words").inner_text()
    assert words in page.inner_text("#panel h2")
    assert words in page.inner_text("#status")
    page.go_back()
    wait_for_address(page, "!hash.includes('claim=')")
    assert "weakest step" in page.inner_text("#panel .note")


def test_every_part_is_reached_by_tab(visit, shipped):
    page = visit(shipped + "#hypothesis=iron-absorption")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("() => document.activeElement.closest('#skip, #query, #views, #chain-head, #steps, #panel')?.id")
        )
    assert {"skip", "query", "views", "chain-head", "steps", "panel"} <= reached


def test_click_on_a_badge_opens_its_claim(visit, shipped):
    page = visit(shipped + "#hypothesis=iron-absorption")
    x, y, badge = page.evaluate("""() => {
      const badge = window.network.body.data.nodes.get().find((node) => node.kind === "badge" && node.id.startsWith("claim:"));
      const point = window.network.canvasToDOM(window.network.getPosition(badge.id));
      const frame = document.querySelector(".stage").getBoundingClientRect();
      return [frame.left + point.x, frame.top + point.y, badge.id];
    }""")
    page.mouse.click(x, y)
    wait_for_address(page, "hash.includes('claim=')")
    assert page.evaluate("() => new URLSearchParams(location.hash.slice(1)).get('claim')") == badge.removeprefix("claim:")


def test_search_opens_an_entity(visit, shipped):
    page = visit(shipped)
    page.fill("#query", "FERRITIN")
    assert "serum ferritin" in page.inner_text("#found")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for_address(page, "hash.includes('entity=')")
    assert "ferritin" in page.inner_text("#panel h2")
    page.fill("#query", "zzzz")
    assert page.inner_text("#found-count") == "Nothing goes by that name."
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()


def test_panel_says_where_the_score_comes_from(visit, shipped, kg):
    claim = next(c for c in kg.claims() if len(c.evidence) > 2 and c.is_contested)
    page = visit(f"{shipped}#claim={claim.iri.rsplit('/', 1)[-1]}")
    page.click("#panel .accounts details > summary >> nth=0")
    told = page.inner_text("#panel .accounts")
    assert f"{claim.score:.2f}" in told and f"{claim.low:.2f} to {claim.high:.2f}" in told
    assert page.locator("#panel .accounts .items tbody th").count() == len(claim.evidence)
    assert "⚡ contested" in page.inner_text("#panel .flags")


def test_links_that_leave_are_safe(visit, shipped, kg):
    page = visit(f"{shipped}#entity=rls-risk")
    for link in page.locator("a:not([href^='#'])").all():
        assert re.match("https?://", link.get_attribute("href"))
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert link.get_attribute("target") == "_blank"


def test_phone_shows_one_part_at_a_time_without_scrolling_sideways(visit, shipped):
    page = visit(shipped, width=390, height=844)
    bar = page.locator("#parts")
    for words, shown, hidden in (
        ("Chain", "#drawing", "#panel"),
        ("Evidence", "#panel", "#chain"),
        ("Answer", ".ranking", "#panel"),
    ):
        bar.get_by_role("button", name=words).click()
        page.locator(shown).wait_for()
        assert page.locator(hidden).is_hidden()
        assert page.locator("#parts [aria-pressed=true]").inner_text() == words
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("#hypothesis=gut-brain-axis", "#chain-title"),
        ("#view=around&around=serum-ferritin", "#chain-title"),
        ("#claim=gut-dysbiosis.affects.rls-risk", "#panel h2"),
        ("#hypothesis=iron-absorption&claim=gut-dysbiosis.increases.systemic-inflammation", "#panel h2"),
    ],
)
def test_a_link_shows_what_it_leads_to_on_a_phone(visit, shipped, address, part):
    page = visit(shipped + address, width=390, height=844)
    assert page.locator(part).bounding_box()["y"] < 844 / 2
    page.locator("#parts").get_by_role("button", name="Chain").click()
    page.locator("#chain-title").wait_for()


def test_the_foot_stands_at_the_foot_however_little_is_shown(visit, shipped):
    page = visit(shipped + "#view=study&hypothesis=iron-absorption")
    foot = page.locator("body > footer").bounding_box()
    assert foot["y"] + foot["height"] == pytest.approx(900, abs=1)


def test_dark_mode_follows_the_system(visit, shipped):
    page = visit(shipped, scheme="dark")
    assert page.evaluate("() => getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(20, 23, 26)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate("() => getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(245, 245, 242)"


def test_page_is_named_and_sectioned(visit, shipped):
    page = visit(shipped + "#hypothesis=iron-absorption")
    assert page.locator("canvas[role=img][aria-label]").count() == 1
    assert page.evaluate("() => document.documentElement.lang") == "en"
    for landmark in ("header", "main", "nav", "footer", "search"):
        assert page.locator(landmark).count() == 1
    assert page.locator("button:not([type=button])").count() == 0


def test_hostile_text_is_shown_as_text(visit, load_text, tmp_path):
    literal = json.dumps(HOSTILE)
    said = f"entity:c a rls:Entity ; skos:prefLabel {literal}@en . hypothesis:h a rls:Hypothesis ; skos:prefLabel {literal}@en ; "
    said += f"skos:definition {literal}@en ; rls:start entity:c ; rls:end entity:b ; rls:status rls:Proposed ; "
    said += f"dcterms:source source:x ; rls:locator {literal} ; rls:claims ( claim:c.increases.b ) .\n"
    said += "source:x rdfs:seeAlso <javascript:alert(1)> .\n"
    kg = load_text(said + claim_text("increases", ("Supports", "Cohort", 50, "x"), subject="c"))
    path = tmp_path / "hostile.html"
    path.write_text(render_page(kg), "utf-8")
    page = visit(path.as_uri() + "#hypothesis=h")
    assert "<script>alert(1)</script>" in page.inner_text("#chain-title")
    assert page.locator("a[href^='javascript']").count() == 0


def test_graph_without_hypotheses_says_so(visit, load_text, tmp_path):
    path = tmp_path / "empty.html"
    path.write_text(render_page(load_text("")), "utf-8")
    page = visit(path.as_uri())
    assert page.locator("#views").inner_text().split() == ["Timeline", "Between", "Around", "Everything"]
    page.fill("#query", "a")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#panel h2')")


def test_hypothesis_that_does_not_connect_has_no_score(visit, load_text, tmp_path):
    said = 'hypothesis:h a rls:Hypothesis ; skos:prefLabel "broken"@en ; skos:definition "x"@en ; rls:start entity:a ; '
    said += "rls:end entity:c ; rls:status rls:Proposed ; dcterms:source source:x ; "
    said += 'rls:claims ( claim:a.increases.b claim:b.increases.c ) . entity:c a rls:Entity ; skos:prefLabel "c"@en .\n'
    study = ("Supports", "Cohort", 50, "x")
    whole = load_text(said + claim_text("increases", study) + claim_text("increases", study, subject="b", object_="c"))
    path = tmp_path / "broken.html"
    path.write_text(render_page(whole.without(claim="b increases c")), "utf-8")
    page = visit(path.as_uri())
    assert "no unbroken chain" in page.inner_text(".ranking")
    page.get_by_role("button", name="Chain", exact=True).click()
    page.locator("#choose-hypothesis").wait_for()
    assert "no joint probability and no place" in page.inner_text("#chain-head")


GAPS = """() => {
  const canvas = document.querySelector(".stage canvas");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const scale = width / canvas.clientWidth;
  const around = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y]));
  const isInked = (point) => {
    const { x, y } = window.network.canvasToDOM(point);
    return around.some(([dx, dy]) => data[4 * ((Math.round(y * scale) + dy) * width + Math.round(x * scale) + dx) + 3] > 0);
  };
  return Object.values(window.network.body.edges).flatMap(({ id, edgeType, options }) => {
    [edgeType.fromPoint, edgeType.toPoint] = [edgeType.from, edgeType.to];
    const points = Array.from({ length: 400 }, (_, place) => edgeType.getPoint(place / 400));
    const allowed = Math.max(0, ...(options.dashes || []).filter((_, place) => place % 2)) + 2;
    let [gap, widest] = [0, 0];
    for (const [place, point] of points.entries()) {
      gap = isInked(point) || !place ? 0 : gap + Math.hypot(point.x - points[place - 1].x, point.y - points[place - 1].y);
      widest = Math.max(widest, gap);
    }
    return widest > allowed ? [[id, options.arrows.to.type, widest]] : [];
  });
}"""


@pytest.mark.parametrize("act", ["open", "click", "filter", "zoom"])
def test_every_line_reaches_its_head(visit, shipped, act):
    page = visit(shipped + "#view=around&around=altered-metabolism")
    if act == "click":
        page.locator("#steps button").nth(1).click()
        wait_for_address(page, "hash.includes('claim=')")
    elif act == "filter":
        page.evaluate("() => { location.hash += '&text=metabolism'; }")
        wait_for_address(page, "hash.includes('text=')")
    elif act == "zoom":
        page.locator("#zoom [data-zoom=in]").click()
    page.evaluate("() => { window.network.redraw(); window.network.redraw(); }")
    heads = page.evaluate("() => Object.values(window.network.body.edges).map(({ options }) => options.arrows.to.type)")
    assert {"arrow", "bar", "vee"} <= set(heads)
    assert page.evaluate(GAPS) == []


def test_what_is_chosen_shows_where_the_system_forces_its_colours(visit, shipped):
    page = visit(shipped + "#hypothesis=iron-absorption")
    page.locator("#steps button").nth(1).click()
    page.emulate_media(forced_colors="active")
    ground = "selector => getComputedStyle(document.querySelector(selector)).backgroundColor"
    for pair in (
        ("#steps [aria-current]", "#steps button:not([aria-current])"),
        ("#views [aria-pressed=true]", "#views [aria-pressed=false]"),
    ):
        page.wait_for_function(f"(pair) => new Set(pair.map({ground})).size === 2", arg=pair)  # colours change by and by


def test_the_page_carries_its_icon(visit, shipped):
    page = visit(shipped)
    assert page.locator("link[rel=icon]").get_attribute("href").startswith("data:image/svg+xml,%3Csvg")
