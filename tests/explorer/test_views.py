"""What a page opens on: the legs of each view, its address, what is left out, and the page in a notebook."""

import html
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main
from rlsgraph.errors import EmptyViewError, SameEntityError, UnknownNameError
from rlsgraph.explorer import drawing
from rlsgraph.explorer.views import PageFrame, choose_view, view_around, view_between, view_hypothesis
from rlsgraph.model.decimals import probability
from rlsgraph.model.things import Claim
from rlsgraph.model.vocabulary import ConfidenceLevel
from tests.helpers.drawings import HOSTILE, data_of
from tests.helpers.graphs import claim_text
from tests.helpers.migraine import migraine_file, migraine_text

STUDIES = [("Supports", "GWAS", 900, name) for name in "vwxyz"]


def entities_text(*names):
    return "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in names)


def link_text(subject, object_):
    name = f"link:{subject}.broader.{object_}"
    return (
        f"{name} a rls:DefinitionalLink, rdf:Statement ; rdf:subject entity:{subject} ; rdf:predicate skos:broader ; "
        f'rdf:object entity:{object_} ; rls:reason "it is"@en .\n'
    )


def steps_of(view):
    return {drawing.key_of(leg.step.iri) for leg in view.legs}


def ends_of(view):
    return {end.iri for leg in view.legs for end in (leg.start, leg.end)}


# --- a hypothesis -----------------------------------------------------------------------------------------------------


def test_a_hypothesis_is_drawn_as_on_the_page(kg):
    for ranked in kg.hypotheses():
        view = view_hypothesis(kg, ranked.hypothesis.label)
        assert (list(view.legs), view.left_out) == drawing.choose_legs(ranked)
        assert view.title == ranked.hypothesis.label
        assert f"joint probability {probability(ranked.joint_probability)}, 90% interval" in view.summary
        joint = view.summary[view.summary.index("joint probability") :]
        assert not any(level.label in joint for level in ConfidenceLevel)
        assert view.address == f"view=hypothesis&hypothesis={drawing.key_of(ranked.hypothesis.iri)}"


def test_the_best_hypothesis_is_shown_where_nothing_is_named(kg):
    assert choose_view(kg) == view_hypothesis(kg, kg.hypotheses()[0].hypothesis.label)


def test_without_a_hypothesis_there_is_none_to_show(load_text):
    with pytest.raises(EmptyViewError, match="holds no hypothesis"):
        choose_view(load_text(claim_text("increases")))
    with pytest.raises(UnknownNameError):
        view_hypothesis(load_text(""), "nothing")


# --- between two entities ---------------------------------------------------------------------------------------------


def test_between_two_entities_are_the_best_paths(kg):
    view = view_between(kg, "gut dysbiosis", "RLS symptoms", limit=3)
    paths = kg.paths("gut dysbiosis", "RLS symptoms", limit=3)
    wanted = list(dict.fromkeys(step.iri for path in paths for step in path.steps))
    assert [leg.step.iri for leg in view.legs] == wanted
    assert view.title == "From gut dysbiosis to RLS symptoms"
    assert probability(paths[0].joint_probability) in view.summary
    assert view.address == "view=between&start=gut-dysbiosis&end=rls-symptoms"


def test_no_path_is_explained(kg):
    with pytest.raises(EmptyViewError, match="only associations bridge the two"):
        view_between(kg, "serum ferritin", "RLS symptom severity")
    with pytest.raises(SameEntityError):
        view_between(kg, "yoga", "YOGA")


# --- around an entity -------------------------------------------------------------------------------------------------


def test_around_an_entity_is_all_that_touches_it(kg):
    view = view_around(kg, "gut dysbiosis")
    iri = kg.entity("gut dysbiosis").iri
    touching = {step.iri for step in (*kg.claims(), *kg.links()) if iri in (step.subject.iri, step.object.iri)}
    assert {leg.step.iri for leg in view.legs} == touching
    assert not view.left_out
    assert any(isinstance(leg.step, Claim) and not leg.step.predicate.is_causal for leg in view.legs)
    scores = [leg.step.score for leg in view.legs if isinstance(leg.step, Claim)]
    assert scores == sorted(scores, reverse=True)
    assert view.address == "view=around&around=gut-dysbiosis&steps=1"


def test_around_a_hub_the_strongest_claims_stay(kg):
    view = view_around(kg, "RLS risk")
    assert len(ends_of(view)) == drawing.MOST_ENTITIES
    touching = [c for c in kg.claims() if kg.entity("RLS risk") in (c.subject, c.object)]
    assert view.left_out == len(touching) + sum(kg.entity("RLS risk") in (x.subject, x.object) for x in kg.links()) - len(
        view.legs
    )
    left = [claim.score for claim in touching if drawing.key_of(claim.iri) not in steps_of(view)]
    firsts = [leg.step.score for leg in view.legs[: drawing.MOST_ENTITIES - 1]]
    assert min(firsts) >= max(left)


@pytest.mark.parametrize("steps", [1, 2])
def test_around_hangs_together(kg, steps):
    view = view_around(kg, "gut dysbiosis", steps=steps)
    reached = {kg.entity("gut dysbiosis").iri}
    for _ in range(steps):
        reached |= {end.iri for leg in view.legs if {leg.start.iri, leg.end.iri} & reached for end in (leg.start, leg.end)}
    assert ends_of(view) == reached
    assert len(reached) <= drawing.MOST_ENTITIES


def test_two_steps_reach_as_far_as_they_say(load_text):
    names = "cde"
    chain = "".join(claim_text("increases", subject=a, object_=b) for a, b in zip("abcd", "bcde", strict=True))
    kg = load_text(entities_text(*names) + chain)
    assert steps_of(view_around(kg, "b")) == {"a.increases.b", "b.increases.c"}
    assert steps_of(view_around(kg, "b", steps=2)) == {"a.increases.b", "b.increases.c", "c.increases.d"}
    assert view_around(kg, "b", steps=2).address.endswith("&steps=2")
    with pytest.raises(ValueError, match="steps is 3"):
        view_around(kg, "b", steps=3)


def test_nothing_around_is_said(load_text):
    with pytest.raises(EmptyViewError, match="around b"):
        view_around(load_text(""), "b")


# --- a least score ----------------------------------------------------------------------------------------------------


def test_a_least_score_drops_weaker_claims_and_loose_links(load_text):
    text = entities_text("c", "d", "e") + claim_text("increases", *STUDIES)
    text += claim_text("increases", subject="b", object_="c") + link_text("b", "d") + link_text("c", "e") + link_text("e", "d")
    kg = load_text(text)
    assert steps_of(view_around(kg, "b", steps=2)) >= {"a.increases.b", "b.increases.c", "b.broader.d", "c.broader.e"}
    view = view_around(kg, "b", steps=2, min_score=0.5)
    assert steps_of(view) == {"a.increases.b", "b.broader.d"}
    assert view.address.endswith("&score=0.50-1.00")
    assert "0.50" in view.summary
    assert steps_of(view_around(kg, "c", steps=1, min_score=0.5)) == {"c.broader.e"}


def test_a_least_score_holds_in_every_view(kg):
    for view in (
        view_hypothesis(kg, "direct contribution", min_score=0.3),
        view_between(kg, "iron sucrose", "RLS symptoms", min_score=0.3),
        view_around(kg, "gut dysbiosis", min_score=0.3),
    ):
        assert all(leg.step.score >= 0.29995 for leg in view.legs if isinstance(leg.step, Claim))
        assert view.address.endswith("&score=0.30-1.00")
    for show in (
        lambda: view_hypothesis(kg, min_score=0.99),
        lambda: view_between(kg, "gut dysbiosis", "RLS symptoms", min_score=0.99),
        lambda: view_around(kg, "yoga", min_score=0.99),
    ):
        with pytest.raises(EmptyViewError, match=r"0\.99"):
            show()


def test_only_one_view_is_shown(kg):
    with pytest.raises(ValueError, match="name one"):
        choose_view(kg, hypothesis="Iron absorption", around="yoga")


def test_foreign_names_are_escaped_in_the_address(load_text):
    iri = "http://x.org/a&b=c#d"
    entity = f'<{iri}> a rls:Entity ; skos:prefLabel "far"@en .\n'
    kg = load_text(entity + claim_text("increases").replace("rdf:object entity:b", f"rdf:object <{iri}>"))
    address = view_around(kg, "far").address
    assert "#" not in address
    assert parse_qs(address) == {"view": ["around"], "around": [iri], "steps": ["1"]}


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def export(cache_folder, tmp_path):
    def call(name, *arguments, code=0):
        result = CliRunner().invoke(main, ["export", str(tmp_path / name), *arguments])
        assert result.exit_code == code, result.output + repr(result.exception)
        return (tmp_path / name).read_bytes() if code == 0 else result.stderr

    return call


@pytest.mark.parametrize(
    ("arguments", "opening"),
    [
        ([], ""),
        (["--hypothesis", "iron absorption"], "view=hypothesis&hypothesis=iron-absorption"),
        (["--between", "gut dysbiosis", "RLS symptoms"], "view=between&start=gut-dysbiosis&end=rls-symptoms"),
        (["--compare", "iron absorption", "gut-brain axis"], "view=compare&hypothesis=iron-absorption&with=gut-brain-axis"),
        (["--around", "yoga", "--steps", "2", "--min-score", "0.3"], "view=around&around=yoga&steps=2&score=0.30-1.00"),
    ],
)
def test_the_exported_page_opens_on_the_view(export, arguments, opening):
    page = export("page.html", *arguments).decode()
    assert data_of(page)["opening"] == opening


@pytest.mark.parametrize(
    ("name", "arguments", "code", "says"),
    [
        ("f.svg", ["--hypothesis", "iron absorption", "--around", "yoga"], 2, "--hypothesis and --around are different views"),
        ("f.svg", ["--steps", "2"], 2, "--steps goes with --around only"),
        ("f.svg", ["--compare", "iron absorption", "gut-brain axis"], 2, "--compare goes with html only, not with svg"),
        ("f.html", ["--compare", "iron absorption", "gut-brain axis", "--min-score", "0.3"], 2, "--min-score and --compare"),
        ("f.html", ["--compare", "iron absorption", "iron absorption"], 1, "compared with itself"),
        (
            "f.ttl",
            ["--around", "yoga"],
            2,
            "--around goes with html, svg, png, pdf and the formats of `rlsgraph formats`, not with ttl",
        ),
        ("f.csv", ["--title", "x"], 2, "--title goes with"),
        ("f.svg", ["--between", "yoga", "yoga"], 2, "two different entities"),
        ("f.svg", ["--around", "nobody at all"], 2, "no entity is named"),
        ("f.svg", ["--hypothesis", "nothing"], 2, "no hypothesis is named"),
        ("f.svg", ["--min-score", "1.5"], 2, "--min-score"),
        ("f.svg", ["--between", "serum ferritin", "RLS symptom severity"], 1, "only associations bridge"),
        ("f.html", ["--around", "yoga", "--min-score", "0.99"], 1, "around yoga with a score from 0.99 on"),
    ],
)
def test_what_cannot_be_shown_is_refused_clearly(export, tmp_path, name, arguments, code, says):
    error = export(name, *arguments, code=code)
    assert says in error
    assert list(tmp_path.iterdir()) == []


def test_the_exported_page_is_of_a_year_under_its_title(export, tmp_path):
    source = tmp_path / "migraine.ttl"
    source.write_text(migraine_file(), "utf-8")
    page = export("page.html", "--data", str(source), "--title", "Headaches", "--as-of", "2010").decode()
    data = data_of(page)
    assert "<title>rlsgraph: Headaches</title>" in page
    assert "Headaches · what if: as of 2010" in page
    told = {item["source"] for claim in data["claims"].values() for item in claim.get("items", ())}
    assert max(data["sources"][name]["year"] for name in told) <= 2010
    assert data["claims"]["cgrp.increases.attacks"]["level"] != "established"


# --- in a notebook ----------------------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """Collect every start tag with its attributes, and all text between tags."""

    def __init__(self, text):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_a_notebook_shows_the_whole_page_in_a_frame(load_text):
    literal = HOSTILE.replace('"', r"\"")
    kg = load_text(f'entity:c a rls:Entity ; skos:prefLabel "{literal}"@en .\n')
    elements = Elements(kg.show()._repr_html_())
    ((tag, attributes),) = elements.found
    assert tag == "iframe" and not elements.text.strip()
    assert attributes["srcdoc"] == kg.to_html()
    assert attributes["sandbox"] == "allow-scripts allow-downloads allow-popups"
    assert int(attributes["height"]) >= 600
    assert attributes["title"].startswith("rlsgraph")


@pytest.mark.parametrize("hostile", [HOSTILE, '" onload="alert(1)', "' autofocus onfocus='x", "&quot;&lt;", "\x00\u2028"])
def test_no_text_breaks_out_of_the_frame(hostile):
    text = PageFrame(hostile, hostile)._repr_html_()
    assert html.unescape(re.search(r'srcdoc="([^"]*)"', text)[1]) == hostile
    ((tag, attributes),) = Elements(text).found
    assert tag == "iframe"
    assert set(attributes) == {"title", "width", "height", "style", "sandbox", "srcdoc"}


def test_a_graph_alone_is_told_in_a_notebook_in_two_lines(kg):
    elements = Elements(kg._repr_html_())
    assert "iframe" not in [tag for tag, _ in elements.found]
    assert f"{len(kg)} claims" in elements.text
    assert "kg.show()" in elements.text


def test_a_notebook_opens_on_what_is_asked_for(kg):
    frame = kg.show(between=("gut dysbiosis", "RLS symptoms"))
    assert data_of(frame.page)["opening"] == "view=between&start=gut-dysbiosis&end=rls-symptoms"
    assert frame.title == "rlsgraph: From gut dysbiosis to RLS symptoms"
    assert data_of(kg.show().page)["opening"] == ""
    with pytest.raises(ValueError, match="name one"):
        kg.show(hypothesis="Iron absorption", around="yoga")


def test_a_notebook_compares_takes_a_title_and_goes_back_to_a_year(load_text):
    kg = load_text(migraine_text())
    frame = kg.show(compare=("vessels", "hormone withdrawal"), title="Headaches", as_of=2010)
    assert data_of(frame.page)["opening"] == "view=compare&hypothesis=vessels&with=hormone"
    assert frame.title == "rlsgraph: Headaches"
    assert "as of 2010" in frame.page
