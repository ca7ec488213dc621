"""The page's text: self-contained, safe, the same every time; its data; and where the drawing puts things."""

import base64
import hashlib
import itertools
import json
import re
from importlib.machinery import ModuleSpec

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rlsgraph
from rlsgraph.errors import DataError
from rlsgraph.explorer import drawing, page, page_data
from rlsgraph.explorer.drawing import Leg
from rlsgraph.explorer.folding import fold
from rlsgraph.explorer.layout import Arrow, Box, lay_out
from rlsgraph.explorer.level_worth import LEVEL_WORTH
from rlsgraph.explorer.page import render_page, to_script_json
from rlsgraph.model.weighing.ledger import Relation
from tests.helpers.drawings import HOSTILE, data_of, overlap, schemes, solid
from tests.helpers.graphs import ROOT, claim_text
from tests.helpers.migraine import migraine_text

pytestmark = pytest.mark.xdist_group("page")  # one worker, so that the page is rendered once


@pytest.fixture(scope="module")
def text(kg, render):
    return render(kg)


@pytest.fixture(scope="module")
def data(shipped_data):
    return shipped_data


# --- the file ---------------------------------------------------------------------------------------------------------


def test_page_is_small_enough(text):
    assert len(text.encode()) <= 1_500_000


def test_same_graph_gives_the_same_text(kg, text):
    assert render_page(rlsgraph.load()) == text


def test_page_names_no_address_that_a_browser_would_open(text):
    assert re.findall(r'<(?:script|link|img|iframe)[^>]*\s(?:src|href)=(?!"data:)', text.split('id="data"')[0]) == []
    assert "@import" not in text and "url(" not in text.split("</style>")[0]


def test_policy_allows_these_scripts_and_no_others(text):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [sha(script) for script in scripts]
    assert rules["style-src"] == sha(re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1])
    assert "unsafe" not in policy and "connect-src" not in policy


def sha(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_own_scripts_write_no_markup():
    script = page._own_script()
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch(", "XMLHttp"):
        assert word not in script


def test_title_is_text(load_text):
    text = render_page(load_text(""), title="<b>a & b</b>")
    assert "<title>rlsgraph: &lt;b&gt;a &amp; b&lt;/b&gt;</title>" in text


def test_own_files_are_all_used():
    folder = page.files("rlsgraph.explorer") / "static"
    scripts = {item.name for item in folder.iterdir() if item.name.endswith(".js")}
    assert scripts == set(page._SCRIPTS)


@pytest.mark.parametrize("is_installed", [True, False])
def test_missing_bundle_is_said(monkeypatch, tmp_path, is_installed):
    spec = ModuleSpec("pyvis", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(page, "find_spec", lambda _: spec if is_installed else None)
    with pytest.raises(DataError, match=r"install pyvis 0\.3\.2"):
        page._vis_network()


@given(st.text())
def test_json_cannot_end_its_script(value):
    text = to_script_json({"label": value})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"label": value}


# --- the data ---------------------------------------------------------------------------------------------------------


def test_data_hold_the_whole_graph(kg, data):
    assert len(data["claims"]) == len(kg.claims())
    assert len(data["entities"]) == len(kg.entities())
    assert sum(len(claim.get("items", ())) for claim in data["claims"].values()) == len(kg.evidence())
    assert [each["label"] for each in data["hypotheses"]] == [ranked.hypothesis.label for ranked in kg.hypotheses()]


def test_numbers_of_every_claim_are_those_of_the_library(kg, data):
    for claim in kg.claims():
        shown, confidence = data["claims"][drawing.key_of(claim.iri)], claim.confidence
        names = ("score", "low", "high", "prior", "logit", "logit_sd")
        assert [shown[name] for name in names] == pytest.approx([getattr(confidence, name) for name in names], abs=6e-5)
        assert shown["lines"] == [confidence.lines_for, confidence.lines_against]
        assert shown["level"] == claim.level.label
        assert [name for name, _ in shown.get("flags", ())] == flags_of(claim)
        assert [item["id"] for item in shown.get("items", ())] == [item.identifier for item in claim.evidence]


def flags_of(claim):
    known = claim.confidence
    flags = {
        "contested": claim.is_contested,
        "untested": claim.is_untested,
        "only-lent": known.is_only_lent,
        "single": known.is_single_study,
        "not-human": known.is_not_in_people,
        "retracted": any(item.source.retracted for item in claim.evidence),
    }
    return [flag for flag, holds in flags.items() if holds]


def test_hypotheses_stand_in_the_order_of_the_library_and_have_no_level(kg, data):
    for shown, ranked in zip(data["hypotheses"], kg.hypotheses(), strict=True):
        standing = ranked.standing
        assert "level" not in shown and "score" not in shown
        assert shown.get("place") == ranked.place
        assert shown["joint"] == ranked.joint_probability
        assert shown.get("anchor") == (standing.anchor and drawing.key_of(standing.anchor.iri))
        assert shown["weakest"] == drawing.key_of(standing.weakest.step.iri)
        assert shown["in_people"][0] / shown["in_people"][1] == pytest.approx(standing.in_people)
    places = [shown.get("place") for shown in data["hypotheses"]]
    ranked_places = [place for place in places if place]
    assert ranked_places == list(range(1, len(ranked_places) + 1)) and not any(places[len(ranked_places) :])


def test_after_the_next_study_the_mean_is_what_it_was_before(data):
    """What to study comes from the library's agenda of the hypothesis alone; its law holds of what is shown."""
    for hypothesis in data["hypotheses"]:
        if hypothesis["paths"] == 1:
            assert hypothesis["own_support"] == pytest.approx(hypothesis["joint"], abs=1e-6)
        for gap in hypothesis["study"]:
            score = data["claims"][gap["claim"]]["score"]
            for outcomes, now in ((gap["scores"], score), (gap["supports"], hypothesis["own_support"])):
                assert gap["chance"] * outcomes[0] + (1 - gap["chance"]) * outcomes[1] == pytest.approx(now, abs=1e-5)
        shares = [gap["share"] for gap in hypothesis["study"]]
        assert shares == sorted(shares, reverse=True)


def test_supports_of_the_page_are_those_of_the_library(kg, data):
    assert len(data["supports"]) > 4
    for shown in data["supports"][::3]:
        ends = (f"entity:{shown['start']}", f"entity:{shown['end']}")
        support = kg.support(*ends, max_steps=data["support_steps"])
        assert (shown["verdict"], shown["reason"]) == (support.judgement.verdict.value, support.judgement.reason.value)
        for part in support:
            told = shown["parts"][part.part.value]
            assert [told["value"], told["floor"]] == pytest.approx([part.value, part.floor], abs=6e-5)


def test_nothing_of_the_first_model_is_left(text):
    words = text[text.rindex("<script>") :]
    for gone in ("size_factor", "design_weight", "Beta(", "data.profile.alpha", "best-scored", "best scored"):
        assert gone not in words


def test_every_name_leads_somewhere(data):
    for hypothesis in data["hypotheses"]:
        assert {*hypothesis["starts"], hypothesis["end"]} <= set(data["entities"])
        assert hypothesis["weakest"] in data["claims"]
        for step in hypothesis["steps"]:
            kind, _, name = step.partition(":")
            assert name in data[kind + "s"]
        for edge in hypothesis["drawing"]["edges"]:
            assert edge["look"] in data["looks"]
    for claim in data["claims"].values():
        assert {claim["subject"], claim["object"]} <= set(data["entities"])
        assert {item["source"] for item in claim.get("items", ())} <= set(data["sources"])


def test_links_of_sources_come_out_as_they_went_in(kg, data):
    for source in kg.sources():
        links = data["sources"][drawing.key_of(source.iri)].get("links", [])
        assert [(name, data["places"].get(name, "") + rest) for name, rest in links] == list(source.links)


def test_counts_are_words_and_a_study_counts_once(load_text):
    items = [("Supports", "Cohort", 80, "x"), ("Supports", "CaseControl", 80, "x"), ("Supports", "ExpertHypothesis", None, "y")]
    kg = load_text(claim_text("increases", *items, ("Disputes", "AnimalStudy", 9, "z"), ("Inconclusive", "Cohort", 5, "w")))
    claim = data_of(render_page(kg))["claims"]["a.increases.b"]
    assert claim["counts"] == "one study and one review or opinion for, one study against, one study inconclusive"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ["untested"]),
        ([("Supports", "ExpertHypothesis", None, "x")], ["untested"]),
        ([("Supports", "AnimalStudy", 30, "x"), ("Supports", "InVitro", 30, "y")], ["not-human"]),
        ([("Supports", "GWAS", 9000, "x"), *(("Disputes", "GWAS", 9000, name) for name in "yz")], ["contested"]),
        ([("Supports", "AnimalStudy", 30, "x")], ["single", "not-human"]),
        ([("Disputes", "RandomisedControlledTrial", 100, "x")], ["single"]),
    ],
)
def test_flags(load_text, items, expected):
    claim = data_of(render_page(load_text(claim_text("increases", *items))))["claims"]["a.increases.b"]
    assert [name for name, _ in claim.get("flags", ())] == expected


def test_who_may_lend_is_said(load_text):
    cohorts = [("Supports", "Cohort", 900, name) for name in "xyz"]
    kg = load_text(claim_text("increases") + claim_text("positivelyAssociatedWith", *cohorts))
    claim = data_of(render_page(kg))["claims"]["a.increases.b"]
    assert claim["score"] > claim["prior"]
    assert claim["kin"] == [["a.positivelyAssociatedWith.b", int(Relation.ASSOCIATION)]]
    assert [name for name, _ in claim["flags"]] == ["untested", "only-lent"]


def test_retracted_source_is_flagged_and_adds_nothing(load_text):
    kg = load_text(claim_text("increases", ("Supports", "Cohort", 90, "x")) + "source:x rls:retracted true .\n")
    data = data_of(render_page(kg))
    claim = data["claims"]["a.increases.b"]
    assert "retracted" in dict(claim["flags"])
    assert data["sources"]["x"]["retracted"] is True


def test_hostile_text_survives_as_text(load_text):
    literal = json.dumps(HOSTILE)
    kg = load_text(f"entity:c a rls:Entity ; skos:prefLabel {literal}@en ; skos:definition {literal}@en .\n")
    text = render_page(kg)
    assert text.count("</script>") == 3
    assert data_of(text)["entities"]["c"]["label"] == HOSTILE


def test_empty_graph_has_a_page(load_text):
    assert data_of(render_page(load_text("")))["hypotheses"] == []


# --- the drawing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("downwards", [False, True])
def test_nothing_overlaps_in_the_shipped_hypotheses(kg, downwards):
    for ranked in kg.hypotheses():
        legs, left_out = drawing.choose_legs(ranked)
        places = solid(drawing.lay_out_legs(legs, downwards=downwards))
        assert not left_out
        assert not [pair for pair in itertools.combinations(places, 2) if overlap(*pair)]


def test_shipped_hypotheses_run_from_start_to_end(kg):
    for ranked in kg.hypotheses():
        legs, _ = drawing.choose_legs(ranked)
        places = drawing.lay_out_legs(legs).places
        for path in ranked.paths:
            xs = [places[entity.iri].x for entity in path.entities]
            assert xs == sorted(xs)


boxes = st.integers(1, 8).map(lambda n: [Box(f"b{i}", 40 + 13 * i % 60, 30) for i in range(n)])


@given(boxes, st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14), st.booleans())
def test_any_graph_is_drawn_without_overlaps(boxes, pairs, downwards):
    ends = [(a % len(boxes), b % len(boxes)) for a, b in pairs]
    arrows = [Arrow(f"b{a}", f"b{b}", Box(f"a{i}", 44, 38)) for i, (a, b) in enumerate(ends) if a != b]
    layout = lay_out(boxes, arrows, downwards=downwards)
    places = solid(layout)
    assert {place.key for place in places} == {box.key for box in boxes} | {arrow.badge.key for arrow in arrows}
    assert not [pair for pair in itertools.combinations(places, 2) if overlap(*pair)]
    assert all(p.x >= p.width / 2 and p.x + p.width / 2 <= layout.width for p in places)
    assert all(p.y >= p.height / 2 and p.y + p.height / 2 <= layout.height for p in places)
    assert all(0 < p.x < layout.width and 0 < p.y < layout.height for p in layout.places.values())
    assert [(route[0], route[-1]) for route in layout.routes] == [(arrow.start, arrow.end) for arrow in arrows]
    assert lay_out(boxes, arrows, downwards=downwards) == layout


def test_lines_do_not_cross_where_they_need_not():
    keys = "abcdef"
    crossed = [("a", "f"), ("b", "e"), ("c", "d")]
    arrows = [Arrow(start, end, Box(start + end, 40, 30)) for start, end in crossed]
    places = lay_out([Box(key, 40, 30) for key in keys], arrows).places
    assert all(places[start].y == places[end].y for start, end in crossed)


def test_link_between_opposites_is_drawn_as_it_is_walked(kg):
    for ranked in kg.hypotheses():
        legs, _ = drawing.choose_legs(ranked)
        walked = {(a.iri, b.iri) for path in ranked.paths for a, b in itertools.pairwise(path.entities)}
        assert walked <= {(leg.start.iri, leg.end.iri) for leg in legs}


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("iron", ["iron"]),
        ("RLS symptom severity", ["RLS", "symptom", "severity"]),
        ("gut-derived neurotransmitter production", ["gut-derived", "neurotransmitter", "production"]),
        ("lipopolysaccharide translocation", ["lipopolysaccharide", "translocation"]),
        ("", ["…"]),
        ("a\u202eb\x00c", ["a", "b", "c"]),
    ],
)
def test_labels_wrap(label, lines):
    assert drawing.wrap_label(label).split("\n") == lines


def test_endless_label_is_cut():
    lines = drawing.wrap_label("x" * 10_000).split("\n")
    assert len(lines) <= 5 and all(len(line) <= 20 for line in lines) and lines[-1].endswith("…")


# --- colours ----------------------------------------------------------------------------------------------------------


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("colours", schemes(), ids=["light", "dark"])
def test_contrast_is_enough(colours):
    grounds = ["page", "panel", "chosen"]
    for ground in [*grounds, *(name for name in colours if name.startswith("group"))]:
        assert contrast(colours["ink"], colours[ground]) >= 7
    for ground in grounds:
        assert contrast(colours["soft"], colours[ground]) >= 4.5
        for line in ("raises", "lowers", "open", "focus"):
            assert contrast(colours[line], colours[ground]) >= 3


def test_every_group_has_a_fill(kg):
    sheet = page._own_file("explorer.css")
    for group in {page_data.group_word(entity) for entity in kg.entities()} - {""}:
        assert sheet.count(f"--group-{group}:") == 2
        assert f'[data-group="{group}"]' in sheet


def test_the_worth_of_levels_is_that_of_the_docs():
    """`rlsgraph calibrate` writes the table of docs/confidence.md; the page shows the shipped graph's."""
    table = (ROOT / "docs" / "confidence.md").read_text("utf-8").split("## What each level has been worth")[1]
    rows = re.findall(r"^\| (\w+) \| (\d+) \| [\d.]+ \| (\d+) \|", table, re.MULTILINE)
    assert {level: (int(strong), int(graded)) for level, graded, strong in rows} == LEVEL_WORTH


def test_worth_is_told_of_the_shipped_graph_alone(data, load_text):
    assert data["worth"]["established"] == LEVEL_WORTH["established"]
    assert page_data.page_data(load_text(""))["worth"] == {}


def test_a_title_comes_from_the_graph(kg, load_text):
    assert page.title_of(kg) == "Mechanisms hypothesised in restless legs syndrome"
    assert page.title_of(load_text("")) == "Claims and their evidence"
    assert page.title_of(load_text(migraine_text())) == "Mechanisms hypothesised behind migraine attacks"


def test_links_are_folded_where_nothing_else_meets_them(load_text):
    """Two claims lead to b, which is part of c: the link folds into b. Beside a second part of c it stays."""
    entities = "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in "cde")
    part = "".join(
        f"link:{name}.partOf.c a rls:DefinitionalLink, rdf:Statement ; rdf:subject entity:{name} ; rdf:predicate rls:partOf ; "
        f'rdf:object entity:c ; rls:reason "it is"@en .\n'
        for name in "be"
    )
    text = claim_text("increases") + claim_text("increases", subject="d") + claim_text("increases", subject="d", object_="e")
    kg = load_text(entities + part + text)
    steps = {drawing.key_of(step.iri): Leg(step, step.subject, step.object) for step in (*kg.claims(), *kg.links())}
    legs, folded = fold([steps["a.increases.b"], steps["d.increases.b"], steps["b.partOf.c"]])
    assert folded == ["link:b.partOf.c"]
    assert {leg.end.label for leg in legs} == {"b (part of c)"}
    legs, folded = fold(list(steps.values()))
    assert (len(legs), folded) == (5, [])
