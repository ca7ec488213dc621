"""The answer, in a browser: its sentences, and the table of mechanisms as seen, sorted, printed and read aloud."""

import re

import pytest

from rlsgraph.explorer.page import render_page
from tests.helpers.migraine import migraine_text
from tests.helpers.pages import wait_for_address


def test_the_table_of_mechanisms_reads_aloud(visit, shipped, kg):
    """A screen reader hears in each row name, route with signs and levels, tie, weakest step, share, counts, year."""
    page = visit(shipped)
    told = page.locator(".ranking").aria_snapshot()
    for head in (
        "Place",
        "Best tie in people",
        "Weakest step",
        "Steps seen in people",
        "For · against · open",
        "Joint probability",
    ):
        assert f'columnheader "{head}"' in told
    for ranked in kg.hypotheses():
        row = page.get_by_role("row").filter(has=page.get_by_role("link", name=ranked.hypothesis.label, exact=True))
        heard = row.aria_snapshot()
        for claim in ranked.best.claims:
            assert f"{claim.predicate.verb}, {claim.level.label} {claim.score:.2f}" in heard
        standing = ranked.standing
        read = standing.weakest.read
        assert re.search(f"{read.level.label} {read.score:.2f} ?, {read}", heard)
        assert f"{sum(r.is_in_people for r in standing.readings)} of {len(standing.readings)}" in heard
        assert re.search(r"\d+ for, \d+ against, \d+ open", heard)
        assert f"compare {ranked.hypothesis.label}" in heard


def test_the_table_of_mechanisms_sorts(visit, shipped, kg):
    page = visit(shipped)
    names = page.locator(".ranking .row-name")
    assert names.all_inner_texts() == [ranked.hypothesis.label for ranked in kg.hypotheses()]
    page.click("#order-joint")
    wait_for_address(page, "hash.includes('order=-joint')")
    by_joint = sorted(kg.hypotheses(), key=lambda ranked: -ranked.joint_probability)
    assert names.first.inner_text() == by_joint[0].hypothesis.label
    assert page.locator("[data-column=joint]").first.get_attribute("aria-sort") == "descending"
    assert page.evaluate("() => document.activeElement.id") == "order-joint"


def test_the_answer_fits_a_printed_page(visit, shipped):
    page = visit(shipped)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    printed = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


# --- a graph on another disease ----------------------------------------------------------------------------------------------


@pytest.fixture
def migraine(load_text, tmp_path):
    path = tmp_path / "migraine.html"
    path.write_text(render_page(load_text(migraine_text())), "utf-8")
    return path.as_uri()


def test_the_five_questions_are_answered_of_another_disease(visit, migraine):
    page = visit(migraine)
    assert page.inner_text("#subtitle") == "Mechanisms hypothesised behind migraine attacks"
    heads = page.locator(".answers dt").all_inner_texts()
    told = dict(zip(heads, page.locator(".answers dd").all_inner_texts(), strict=True))
    assert heads == ["Best supported", "Contested", "Would change it", "Not known", "From magnesium deficiency"]
    best = told["Best supported"]
    assert best.startswith(
        "Of 3 mechanisms, Spreading depression is best tied to migraine attacks in people: CGRP release raises"
    )
    assert "Its weakest step: magnesium deficiency raises cortical spreading depression (speculative" in best
    assert "None of the 3 is established end to end" in best
    assert told["Contested"].startswith("meningeal vasodilation goes with more migraine attacks")
    assert re.search(r"2 for, above all Wolf A 1980 \(×.[\d.]+\); 2 against, above all Amin A 2013", told["Contested"])
    assert "randomised controlled trial" in told["Would change it"]
    assert (
        told["Not known"]
        == "Of the 7 steps of these mechanisms, 2 have only studies that are not of people, 5 are seen in people."
    )
    assert "evidence multiplies the odds by" in told["From magnesium deficiency"]
    assert "RLS" not in page.inner_text("body").replace("rlsgraph", "")


def test_every_group_of_another_graph_has_a_fill_of_its_own(visit, migraine):
    page = visit(migraine + "#view=everything")
    fills = page.locator(".matrix .swatch").evaluate_all("(all) => all.map((one) => getComputedStyle(one).backgroundColor)")
    assert len(set(fills)) == len(fills) == 7


# --- search ------------------------------------------------------------------------------------------------------------------


def found(page, query):
    page.fill("#query", query)
    return {
        group.locator(".found-head").inner_text().split(" ·")[0]: group.locator("li button").all_inner_texts()
        for group in page.locator("#found-list > li").all()
    }


def test_search_finds_everything_in_groups_the_nearest_name_first(visit, shipped, kg):
    page = visit(shipped)
    hits = found(page, "vitamin d")
    assert hits["Entities"][0].startswith("vitamin D")
    assert found(page, "iron absorption")["Hypotheses"] == ["Iron absorption", "Hepcidin block of iron absorption"]
    assert "gut dysbiosis raises altered metabolism" in found(page, "dysbiosis raises altered")["Claims"]
    paper = next(source for source in kg.sources() if source.doi and source.first_author)
    assert found(page, paper.doi)["Papers"] == [f"{paper.citation}: {paper.title}"]
    page.locator("#found-list li li button").first.click()
    wait_for_address(page, "hash.includes('source=')")
    assert paper.title in page.inner_text("#panel")


def test_search_forgives_one_slip_and_takes_nothing_unasked(visit, shipped):
    page = visit(shipped)
    for slip in ("ferritn", "ferrritin", "fertitin", "ferirtin"):
        assert "serum ferritin" in found(page, slip)["Entities"]
        assert page.inner_text("#found-count").startswith("Nothing goes by just that name")
    page.fill("#query", "vitamin b")
    page.press("#query", "Enter")
    assert page.evaluate("() => location.hash") == ""
    assert page.evaluate("() => Boolean(document.activeElement.closest('#found'))")


def test_what_is_found_fits_a_phone(visit, shipped):
    page = visit(shipped, width=390, height=844)
    assert found(page, "iron")["Entities"]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


UNEXPLAINED = r"""() => {
  const own = "a, button, summary, label, option, svg, code, cite, bdi, h2, h3, .unseen, .flags, .note, .empty, p.small, details,"
    + "[aria-hidden=true], dialog";
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { data: text, parentElement } = walker.currentNode;
    if (/\d\.\d|×|\d+ of \d+/.test(text) && parentElement.checkVisibility() && !parentElement.closest(own)) found.push(text);
  }
  return found;
}"""


@pytest.mark.parametrize(
    "address",
    [
        "", "view=compare", "hypothesis=brain-iron-shortage", "view=study", "view=timeline&hypothesis=brain-iron-shortage",
        "view=between&start=gut-dysbiosis&end=rls-symptoms", "view=everything&show=table",
    ],
)  # fmt: skip
def test_every_number_leads_to_what_it_means(visit, shipped, address):
    page = visit(f"{shipped}#{address}")
    assert page.evaluate(UNEXPLAINED) == []
    page.locator("main button.of-number:visible").first.click()
    assert page.locator("#drawer").is_visible()
    assert page.evaluate("document.activeElement.id").startswith("term-")
