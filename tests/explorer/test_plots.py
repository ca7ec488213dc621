"""Forest plot and waterfall of the page are those of the served pages, for every claim; and they say what the ledger says."""

import re

import pytest

from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.forest import forest
from rlsgraph.explorer.waterfall import waterfall
from rlsgraph.explorer.words import factor_text
from tests.helpers.graphs import claim_text

DOOR = "window.door = { ledgerOf, forestPlot, waterfall };"
DRAWN = """(ids) => ids.map((id) => {
  const ledger = window.door.ledgerOf(id);
  const pictures = (part) => [...part.querySelectorAll("svg")].map((svg) => svg.outerHTML);
  const [studies, sums] = [window.door.forestPlot(ledger.counted), window.door.waterfall(ledger)];
  const scales = [...studies.querySelectorAll("tr.scale th")].map((cell) => cell.textContent);
  const figures = [...sums.querySelectorAll("td.figure")].map((cell) => cell.textContent.replace("\\u00a0", " "));
  return { forest: pictures(studies), fall: pictures(sums), scales, figures, words: studies.textContent };
})"""
NUMBER = re.compile(r"(?<![\w#])-?\d+(?:\.\d+)?")
COUNTRY = 'xmlns="http://www.w3.org/2000/svg"'


@pytest.fixture(scope="module")
def opened(kg, render_with_door, tmp_path_factory):
    path = tmp_path_factory.mktemp("plots") / "page.html"
    path.write_text(render_with_door(kg, DOOR), "utf-8")
    return path.as_uri()


def parts(picture):
    """Return a picture as its words and its numbers, which the two languages may round to the other side."""
    text = picture.replace(COUNTRY, "").replace("</path>", "").replace("</rect>", "").replace("</circle>", "").replace("/>", ">")
    return [" ".join(NUMBER.sub("#", text).split()), *map(float, NUMBER.findall(text))]


def assert_alike(told, wanted, claim):
    assert len(told) == len(wanted), claim.iri
    for one, other in zip(map(parts, told), map(parts, wanted), strict=True):
        assert one[0] == other[0], claim.iri
        assert one[1:] == pytest.approx(other[1:], abs=0.11), claim.iri


def test_every_plot_is_the_same_in_the_page_and_on_served_pages(visit, opened, kg):
    claims = kg.claims()
    told = visit(opened).evaluate(DRAWN, [key_of(claim.iri) for claim in claims])
    scaled = 0
    for claim, found in zip(claims, told, strict=True):
        explained = kg.explain(claim)
        scales = forest(explained.items)
        wanted = [picture for scale in scales for picture in (scale.axis, *(row.picture for row in scale.rows)) if picture]
        assert_alike(found["forest"], wanted, claim)
        assert found["scales"] == [scale.title for scale in scales if scale.title]
        for scale in scales:
            scaled += len(scale.rows) if scale.title else 0
            assert [row.figures for row in scale.rows if row.figures not in found["words"]] == [], claim.iri
        fall = waterfall(explained.ledger, kg.profile)
        assert_alike(found["fall"], [fall.prior, *(step.picture for step in fall.falls), fall.score, fall.axis], claim)
        assert found["figures"][1:-1] == [factor_text(step.after) for step in fall.falls], claim.iri
    assert scaled > 200


def test_the_factors_lead_from_the_prior_to_the_score(kg):
    for claim in kg.claims():
        ledger = kg.explain(claim).ledger
        falls = waterfall(ledger, kg.profile).falls
        end = falls[-1].start + falls[-1].after if falls else ledger.confidence.logit
        assert end == pytest.approx(claim.confidence.logit, abs=1e-9)


def test_right_of_the_middle_is_for_the_claim(load_text):
    """Whichever way of the measure favours the claim, and whatever no effect is on its scale."""
    kg = load_text(
        claim_text("decreases", *(("Supports", "RandomisedControlledTrial", 90, name) for name in ("x", "y", "z")))
        + "".join(
            f"evidence:decreases-a-b-{number} rls:measure rls:{measure} ; rls:favours rls:{favours} ; rls:estimate {at} ; "
            f"rls:intervalLow {low} ; rls:intervalHigh {high} .\n"
            for number, (measure, favours, at, low, high) in enumerate(
                [
                    ("OddsRatio", "Lower", "0.5e0", "0.3e0", "0.8e0"),
                    ("MeanDifference", "Lower", "-3.0e0", "-9.0e0", "4.0e0"),
                    ("StandardisedMeanDifference", "Higher", "0.4e0", "0.1e0", "0.7e0"),
                ]
            )
        )
    )
    scales = forest(kg.explain(kg.claims()[0]).items)
    assert [scale.title for scale in scales] == ["mean difference", "odds ratio", "standardised mean difference"]
    for scale in scales:
        x, width = (float(re.search(rf'<rect[^>]* {name}="([\d.]+)"', scale.rows[0].picture)[1]) for name in ("x", "width"))
        assert x + width / 2 > 75
        _low, one, high = re.findall(r"<text[^>]*>([^<]*)<", scale.axis)
        assert (float(high.replace("−", "-")) < float(one)) == (scale.title != "standardised mean difference")


def test_an_interval_without_a_known_scale_or_side_is_a_mark_on_its_side(load_text):
    kg = load_text(
        claim_text(
            "increases", ("Supports", "Cohort", 90, "x"), ("Disputes", "Cohort", 90, "y"), ("Inconclusive", "Cohort", 9, "z")
        )
        + "evidence:increases-a-b-0 rls:measure rls:Percentage ; rls:favours rls:Higher ; rls:estimate 30.0e0 ; "
        'rls:intervalLow 20.0e0 ; rls:intervalHigh 40.0e0 ; rls:unit "% of patients" .\n'
        "evidence:increases-a-b-1 rls:measure rls:OddsRatio ; rls:favours rls:Higher ; rls:estimate 1.0e0 ; "
        "rls:intervalLow 0.0e0 ; rls:intervalHigh 2.0e0 ; rls:pValue 0.5e0 .\n"
    )
    (scale,) = forest(kg.explain(kg.claims()[0]).items)
    assert (scale.title, scale.axis) == ("", "")
    places = [float(re.search(r'<circle class="\w+" cx="([\d.]+)"', row.picture)[1]) for row in scale.rows]
    assert places == [107.0, 43.0, 75.0]
    assert scale.rows[0].figures == "percentage 30 (20 to 40) % of patients"
    assert scale.rows[1].figures == "odds ratio 1 (0 to 2), p 0.5"
