"""The answer, in a browser: its sentences, and the table of mechanisms as seen, sorted, printed and read aloud."""

import re

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
