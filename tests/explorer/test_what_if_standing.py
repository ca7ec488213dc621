"""Under a what-if the page ranks and anchors hypotheses, and names next studies, as the library does with the changed graph."""

import json
from urllib.parse import quote

import pytest

from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.hypothesis_data import hypotheses_data
from rlsgraph.reasoning.hypotheses import RankedHypothesis

DOOR = "window.door = { data, claims, followChange };"
STANDING = ("id", "place", "polarity", "anchor", "weakest", "read", "reads", "in_people", "newest", "route")
TOLD = """(hash) => {
  history.replaceState(null, "", `#${hash}`);
  window.door.followChange();
  return window.door.data.hypotheses;
}"""


@pytest.fixture(scope="module")
def opened(kg, render_with_door, tmp_path_factory):
    path = tmp_path_factory.mktemp("standing") / "page.html"
    path.write_text(render_with_door(kg, DOOR), "utf-8")
    return path.as_uri()


def standing_of(hypothesis):
    """Return how a hypothesis stands, whether it comes from the page or from the library; empty and left out are one."""
    found = {name: hypothesis.get(name) or None for name in STANDING}
    return found | {"opposed": sorted(hypothesis.get("opposed") or []), "paths": hypothesis["paths"]}


def assert_stands_alike(told, graph):
    wanted = hypotheses_data(graph)
    assert [each["id"] for each in told] == [each["id"] for each in wanted]
    for mine, theirs in zip(told, wanted, strict=True):
        assert standing_of(mine) == standing_of(theirs)
        assert mine.get("joint") == pytest.approx(theirs.get("joint"), abs=1e-8), mine["id"]
        assert mine.get("own_support") == pytest.approx(theirs.get("own_support"), abs=1e-6), mine["id"]
        assert_studies_alike(mine, theirs)


def assert_studies_alike(mine, theirs):
    gaps = {gap["claim"]: gap for gap in mine.get("study") or []}
    assert set(gaps) == {gap["claim"] for gap in theirs.get("study") or []}, mine["id"]
    for wanted in theirs.get("study") or []:
        gap = gaps[wanted["claim"]]
        assert (gap["next"], gap["reason"]) == (wanted["next"], wanted["reason"])
        for name in ("chance", "scores", "supports"):
            assert gap[name] == pytest.approx(wanted[name], abs=2e-6), (mine["id"], name)
    ratios = [gaps[wanted["claim"]]["share"] / wanted["share"] for wanted in theirs.get("study") or [] if wanted["share"] > 1e-3]
    assert ratios == pytest.approx(ratios[:1] * len(ratios), rel=2e-2)
    assert all(0.6 < ratio < 1.6 for ratio in ratios), mine["id"]  # over a variance that 2,000 draws estimate


def study(claim, result="as claimed", size=400):
    return {"claim": key_of(claim.iri), "design": "randomised controlled trial", "result": result, "sample_size": size}


def said(claim, result="as claimed", size=400):
    return f"{claim.subject.label} {claim.predicate.value} {claim.object.label}: {result}, randomised controlled trial, n={size}"


def changes_of(kg):
    """Yield addresses, each with the graph that the library makes of the same change."""
    ranked: list[RankedHypothesis] = [each for each in kg.hypotheses() if each.place]
    first, last = ranked[0], ranked[-1]
    anchor = first.standing.anchor
    out = sorted({item.source.iri for item in anchor.evidence})
    without = "without=" + quote("|".join(key_of(iri) for iri in out))
    weak = [each.standing.weakest.step for each in ranked[3:12]]
    yield f"plus={quote(json.dumps([study(claim) for claim in weak]))}", kg.with_evidence(*map(said, weak))
    null = [claim for each in (first, last) for claim in each.best.claims]
    nulls = [study(claim, "no effect found", 2000) for claim in null]
    nothing = (said(claim, "no effect found", 2000) for claim in null)
    yield f"{without}&plus={quote(json.dumps(nulls))}", kg.without(source=out).with_evidence(*nothing)
    yield f"asof=2011&plus={quote(json.dumps([study(weak[0])]))}", kg.as_of(2011).with_evidence(said(weak[0]))


def test_order_anchors_and_next_studies_follow_a_change(visit, opened, kg):
    page = visit(opened)
    loaded = page.evaluate(TOLD, "")
    orders = set()
    for address, graph in changes_of(kg):
        told = page.evaluate(TOLD, address)
        assert_stands_alike(told, graph)
        orders.add(tuple(each["id"] for each in told))
    assert len(orders) == 3  # the changes did change the order
    back = page.evaluate(TOLD, "")
    assert [standing_of(each) | {"study": each.get("study")} for each in back] == [
        standing_of(each) | {"study": each.get("study")} for each in loaded
    ]
