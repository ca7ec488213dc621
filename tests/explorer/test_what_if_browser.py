"""What if, in the page: sources taken out, studies imagined, the graph as of a year; and the timeline."""

import json
from urllib.parse import quote

import pytest

from rlsgraph.explorer.drawing import key_of
from rlsgraph.reasoning.history import Moment
from tests.helpers.pages import faults, wait_for_address

OTHER = "gut-dysbiosis.increases.systemic-inflammation"
CLAIM = "gabapentin.decreases.rls-symptom-severity"
DOOR = "window.door = { claims, data, timelineSubject, timelineStudies, timelineTurns, claimsCsv, claimsTurtle, bibtex, ris };"
STUDY = {"claim": CLAIM, "design": "randomised controlled trial", "result": "no effect found", "sample_size": 400}


@pytest.fixture(scope="module")
def opened(kg, render_with_door, tmp_path_factory):
    path = tmp_path_factory.mktemp("what-if") / "page.html"
    path.write_text(render_with_door(kg, DOOR), "utf-8")
    return path.as_uri()


def panel_score(page):
    return page.inner_text("#panel .number")


def plus(*studies):
    return quote(json.dumps(studies))


def test_a_source_is_taken_out_and_comes_back_by_its_tick_box(visit, opened, kg):
    claim = kg.claim(f"claim:{CLAIM}")
    page = visit(f"{opened}#claim={CLAIM}")
    box = page.locator("#panel input[data-source]").first
    source = box.get_attribute("data-source")
    box.focus()
    page.keyboard.press("Space")
    wait_for_address(page, "hash.includes('without=')")
    without = kg.without(source=source).claim(f"claim:{CLAIM}")
    assert panel_score(page) == f"{without.score:.2f}"
    assert page.evaluate("(id) => window.door.claims.get(id).score", CLAIM) == pytest.approx(without.score, abs=1e-9)
    assert "What if: one change" in page.inner_text("#change")
    assert page.evaluate("document.activeElement.dataset.source") == source  # the keyboard is where it was
    page.keyboard.press("Space")
    wait_for_address(page, "!hash.includes('without=')")
    assert panel_score(page) == f"{claim.score:.2f}" and page.locator("#change").is_hidden()


def test_an_imagined_study_counts_as_the_library_counts_it(visit, opened, kg):
    page = visit(f"{opened}#claim={OTHER}")
    page.click(".imagine summary")
    page.select_option("#imagine-result", "as claimed")
    page.fill("#imagine-n", "400")
    page.select_option("#imagine-comparator", "placebo")
    page.select_option("#imagine-blinding", "double blind")
    page.click(".imagine form button")
    wait_for_address(page, "hash.includes('plus=')")
    text = "gut dysbiosis increases systemic inflammation: as claimed, randomised controlled trial, n=400, comparator=placebo, "
    after = kg.with_evidence(text + "blinding=double blind").claim(f"claim:{OTHER}")
    assert page.evaluate("(id) => window.door.claims.get(id).score", OTHER) == pytest.approx(after.score, abs=1e-9)
    assert "imagined study" in page.inner_text("#panel .studies")
    before = kg.claim(f"claim:{OTHER}").score
    assert f"(was {before:.2f})" in page.inner_text("#panel p:has(.number)")
    assert page.locator("#panel .interval .ghost").count() == 2
    page.click("#change >> text=Reset")
    wait_for_address(page, "!hash.includes('plus=')")
    assert page.evaluate("(id) => window.door.claims.get(id).score", OTHER) == pytest.approx(before, abs=1e-9)
    assert page.locator("#panel .ghost").count() == 0


def test_a_form_that_makes_no_sense_says_so(visit, opened):
    page = visit(f"{opened}#claim={CLAIM}")
    page.click(".imagine summary")
    page.fill("#imagine-low", "2")
    page.fill("#imagine-high", "1")
    page.select_option("#imagine-measure", "odds ratio")
    page.click(".imagine form button")
    assert "the lower first" in page.inner_text(".imagine .note")
    assert "plus=" not in page.evaluate("location.hash")


def test_every_number_of_the_page_follows_a_change_and_a_link_brings_it_back(visit, opened, kg):
    hypothesis = next(ranked for ranked in kg.hypotheses() if ranked.place == 3)
    page = visit(f"{opened}#view=hypothesis&hypothesis={key_of(hypothesis.hypothesis.iri)}&asof=2004")
    then = kg.as_of(2004)
    scores = page.evaluate(
        "() => Object.fromEntries([...window.door.claims].map(([id, claim]) => [id, [claim.score, claim.level]]))"
    )
    for claim in then.claims():
        score, level = scores[key_of(claim.iri)]
        assert (score, level) == (pytest.approx(claim.score, abs=1e-8), claim.level.label)
    told = page.inner_text("#steps")
    for claim in hypothesis.best.claims:
        assert f"{then.claim(claim.iri).level.label} {then.claim(claim.iri).score:.2f}" in told
    for each in page.evaluate("() => window.door.data.hypotheses.filter(({ route }) => route)"):
        product = 1.0
        for step_id, *_ in each["route"]:
            kind, _, name = step_id.partition(":")
            product *= {"claim": lambda name=name: scores[name][0], "assumed": lambda: 0.5, "link": lambda: 1.0}[kind]()
        if not any(step[0].startswith("assumed") for step in each["route"]):
            assert each["joint"] == pytest.approx(product, abs=1e-6)
        assert each["low"] <= each["joint"] <= each["high"]
    assert "as of 2004" in page.inner_text("#change")
    assert faults(page) == []


def test_all_that_leaves_the_page_says_the_change(visit, opened, kg):
    source = kg.claim(f"claim:{CLAIM}").evidence[0].source
    page = visit(
        f"{opened}#view=between&start=gut-dysbiosis&end=rls-symptoms&claim={CLAIM}&without={key_of(source.iri)}&asof=2015"
    )
    said = f"What if: without {source.citation}; as of 2015"
    assert page.locator("#panel .fall .ghost").count() > 0
    assert page.locator("#panel tr.taken-out").count() > 1  # the source, and what came later
    assert "taken out" in page.inner_text("#panel tr.taken-out >> nth=0")
    assert "of the loaded graph" in page.inner_text(".support")
    assert said in page.text_content("#citation")
    rows = page.evaluate("(id) => window.door.claimsCsv([id])", CLAIM).splitlines()
    assert rows[0].endswith(",supposed") and rows[1].endswith(f'"{said}"')
    assert said in page.evaluate("(id) => window.door.claimsTurtle([id])", CLAIM).splitlines()[0]
    assert said in page.evaluate("(id) => window.door.bibtex([id])", key_of(source.iri)).splitlines()[0]
    assert f"; {said}" in page.evaluate("(id) => window.door.ris([id])", key_of(source.iri))
    copied = page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelector("#panel"));
          const taken = new DataTransfer();
          const event = new ClipboardEvent("copy", { clipboardData: taken, bubbles: true, cancelable: true });
          document.querySelector("#panel").dispatchEvent(event);
          return taken.getData("text/plain");
        }"""
    )
    assert copied.endswith(f"({said})")
    page.click("#change >> text=Reset")
    wait_for_address(page, "!hash.includes('without=')")
    assert page.locator(".ghost, tr.taken-out").count() == 0 and "What if" not in page.text_content("#citation")
    assert faults(page) == []


@pytest.mark.parametrize(
    "address",
    [
        "plus=not-json", "plus=%5B%7B%7D%5D", "plus=%7B%22a%22%3A1%7D", "plus=null", "asof=x", "asof=12", "without=nothing%7C",
        f"plus={plus({**STUDY, 'claim': 'nothing'})}", f"plus={plus({**STUDY, 'design': '<b>'})}",
        f"plus={plus({**STUDY, 'result': '__proto__'})}",
    ],
)  # fmt: skip
def test_a_change_that_makes_no_sense_changes_nothing(visit, opened, address):
    page = visit(f"{opened}#claim={CLAIM}&{address}")
    assert page.locator("#change").is_hidden()
    assert page.locator("#panel .number").count() == 1


def test_the_timeline_tells_what_the_library_tells(visit, opened, kg):
    claims = kg.claims()
    told = visit(opened).evaluate(
        """(ids) => ids.map((id) => {
          const subject = window.door.timelineSubject({ panel: { kind: "claim", id } });
          const turns = window.door.timelineTurns(subject, window.door.timelineStudies(subject));
          return turns.map(({ label, score }) => [label, score]);
        })""",
        [key_of(claim.iri) for claim in claims],
    )
    moved = 0
    for claim, turns in zip(claims, told, strict=True):
        wanted = [(turn.label, turn.confidence.score) for turn in kg.history(claim).turns]
        known = dict(turns)
        assert known["prior"] == pytest.approx(wanted[0][1], abs=1e-9)
        assert list(known.values())[-1] == pytest.approx(wanted[-1][1], abs=1e-9)
        for label, score in wanted:
            if label in known:
                assert known[label] == pytest.approx(score, abs=1e-9), claim.iri
                moved += label not in (Moment.PRIOR.value, Moment.UNDATED.value)
    assert moved > 800


def test_the_slider_asks_for_a_year_by_keyboard(visit, opened, kg):
    page = visit(f"{opened}#view=timeline&claim={CLAIM}")
    assert page.locator(".time circle").count() >= 7
    assert page.locator(".turns tbody tr").count() > 5
    page.focus("#as-of")
    page.keyboard.press("Home")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    year = int(page.input_value("#as-of"))
    wait_for_address(page, f"hash.includes('asof={year}')")
    score = kg.as_of(year).claim(f"claim:{CLAIM}").score
    assert f"end of {year}: score {score:.2f}" in page.inner_text("#chain-head output")
    assert panel_score(page) == f"{score:.2f}"
    assert page.evaluate("document.activeElement.id") == "as-of"
    assert str(year) in page.get_attribute("#as-of", "aria-valuetext")
    page.keyboard.press("End")
    wait_for_address(page, "!hash.includes('asof=')")


def test_a_timeline_of_a_mechanism_holds_the_studies_of_its_steps(visit, opened):
    page = visit(f"{opened}#view=timeline&hypothesis=brain-iron-shortage")
    assert "joint probability" in page.inner_text("#chain-head output")
    assert page.locator(".time circle").count() > 10
    assert faults(page) == []
