"""The still figures: what they show, that nothing covers anything, the same bytes every time, hostile labels as text."""

import dataclasses
import functools
import hashlib
import io
import itertools
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main
from rlsgraph.explorer import FIGURE_FORMATS, drawing, figure
from rlsgraph.explorer.views import view_around, view_between, view_hypothesis
from rlsgraph.model.vocabulary import Polarity
from rlsgraph.version import DATA_DATE, __version__
from tests.helpers.drawings import overlap, schemes, solid
from tests.helpers.graphs import claim_text

pytestmark = pytest.mark.xdist_group("figure")  # one worker, so that matplotlib is loaded and each figure drawn once

SVG = "{http://www.w3.org/2000/svg}"
VERSION = f"{__version__} (data {DATA_DATE})"
MAGIC = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


def render_figure(view, format_name, **options):
    return figure.render_figure(view, format_name, version=VERSION, **options)


def texts(svg):
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text")]


def sheet_of(view):
    """Return a figure while it is still in matplotlib's hands, set up as it is when rendered."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(figure._SETTINGS)
        sheet = figure._Sheet(view, view.title, VERSION)
        extents = [(text, text.get_window_extent()) for text in sheet.axes.texts]
    return sheet, extents


@pytest.fixture(scope="module")
def shown(kg):
    return {
        "hypothesis": view_hypothesis(kg, "Inflammation lowers dopamine"),
        "between": view_between(kg, "gut dysbiosis", "RLS symptoms"),
        "around": view_around(kg, "gut dysbiosis"),
    }


@pytest.fixture(scope="module")
def drawn(shown):
    """Render what is shown, each once in each format."""
    return functools.cache(lambda name, format_name="svg": render_figure(shown[name], format_name))


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_a_figure_says_what_the_view_holds(shown, drawn):
    view = shown["hypothesis"]
    said = texts(drawn("hypothesis"))
    assert said[0] == view.title
    assert view.summary in " ".join(said)
    assert figure.imprint(VERSION) in said
    assert "not medical advice" in figure.imprint(VERSION)
    for leg in view.legs:
        for line in drawing.badge_label(leg.step).split("\n") + drawing.wrap_label(leg.start.label).split("\n"):
            assert line in said


def test_each_thing_is_written_once(drawn):
    said = texts(drawn("around"))
    assert said.count("dysbiosis") == 1


def test_the_legend_explains_the_marks_that_are_shown_and_no_others(shown, kg):
    words = {name: {words for _, _, words in figure._legend(view.legs)} for name, view in shown.items()}
    assert words["hypothesis"] == {
        "lowers", "speculative", "untested", "by definition", "inflammation", "neurotransmitter", "outcome",
    }  # fmt: skip
    assert "association, cause open" in words["around"]
    assert "association, cause open" not in words["between"]
    assert "affects, direction open" in words["between"]


def test_what_is_left_out_is_said(kg, drawn):
    hub = view_around(kg, "RLS risk")
    assert f"{hub.left_out} further steps are left out for want of room." in texts(render_figure(hub, "svg"))
    assert "left out" not in " ".join(texts(drawn("between")))


def test_title_can_be_given(shown):
    said = texts(render_figure(shown["hypothesis"], "svg", title="My <title> & $x$"))
    assert said[0] == "My <title> & $x$"


def test_colours_are_the_pages():
    light = schemes()[0]
    assert {name.removeprefix("group-"): c for name, c in light.items() if name.startswith("group-")} == figure.GROUPS
    tones = {Polarity.RAISES: light["raises"], Polarity.LOWERS: light["lowers"], Polarity.UNKNOWN: light["open"]}
    assert tones == figure.TONES
    names = ("ink", "soft", "box-line", "group")
    assert [light[name] for name in names] == [figure.INK, figure.SOFT, figure.BOX_LINE, figure.NO_GROUP]


def test_heads_and_dashes_tell_polarity_and_level(load_text):
    kg = load_text(claim_text("decreases", ("Disputes", "Cohort", 900, "x"), ("Disputes", "Cohort", 900, "y")))
    svg = render_figure(view_around(kg, "a"), "svg").decode()
    assert figure.TONES[Polarity.LOWERS] in svg
    assert "stroke-dasharray" in svg
    assert figure.TONES[Polarity.RAISES] not in svg


# --- where it stands --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["hypothesis", "between", "around"])
def test_labels_stay_in_their_boxes_and_nothing_is_cut_off(shown, name):
    view = shown[name]
    sheet, extents = sheet_of(view)
    width, height = (inches * figure._DPI for inches in sheet.figure.get_size_inches())
    for text, extent in extents:
        x, y = text.get_position()
        left = x - extent.width / 2 if text.get_ha() == "center" else x
        assert left >= 0 and left + extent.width <= width, text.get_text()
        assert extent.height / 2 <= y <= height - extent.height / 2
    for place in solid(drawing.lay_out_legs(view.legs)):
        assert place.x + place.width / 2 <= width


def test_no_two_texts_cover_each_other(kg):
    for ranked in kg.hypotheses():
        _, extents = sheet_of(view_hypothesis(kg, ranked.hypothesis.label))
        spots = []
        for text, extent in extents:
            x, y = text.get_position()
            left = x - extent.width / 2 if text.get_ha() == "center" else x
            spots.append((left, left + extent.width, y - 5, y + 5))
        for one, other in itertools.combinations(spots, 2):
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_boxes_are_high_enough_for_their_lines_and_cover_nothing(shown):
    layout = drawing.lay_out_legs(shown["around"].legs)
    assert not [pair for pair in itertools.combinations(solid(layout), 2) if overlap(*pair)]
    ports = figure._ports(layout)
    heights = {}
    for (number, index, end), (x, y) in ports.items():
        key = layout.routes[number][index if end == 1 else index + 1]
        if not layout.places[key].is_waypoint:
            heights.setdefault((key, x), []).append(y)
    for ys in heights.values():
        assert all(lower - upper >= drawing.PORT_GAP - 1e-9 for upper, lower in itertools.pairwise(sorted(ys)))


# --- the same every time, and safe ------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_name", FIGURE_FORMATS)
def test_the_same_view_gives_the_same_bytes(shown, drawn, format_name):
    content = drawn("between", format_name)
    assert content.startswith(MAGIC[format_name])
    assert render_figure(shown["between"], format_name) == content
    assert b"Date" not in content or format_name == "png"
    assert b"matplotlib" not in content.lower()


def test_another_process_and_other_settings_give_the_same_bytes(drawn, tmp_path):
    code = (
        "import hashlib, matplotlib, rlsgraph; matplotlib.rcParams.update({'font.size': 30, 'savefig.bbox': 'tight', "
        "'axes.facecolor': 'red'}); kg = rlsgraph.load(); "
        "from rlsgraph.explorer.views import view_hypothesis; import sys; "
        "[print(hashlib.sha256(kg.to_figure(f, view=view_hypothesis(kg, 'Inflammation lowers dopamine'))).hexdigest()) "
        "for f in ('svg', 'png', 'pdf')]; sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [hashlib.sha256(drawn("hypothesis", f)).hexdigest() for f in FIGURE_FORMATS]


def test_the_readers_own_settings_are_left_alone(shown):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    render_figure(shown["hypothesis"], "svg")
    assert dict(mpl.rcParams) == before


HOSTILE_LABELS = [
    "</text><script>alert(1)</script><!-- & \"'",
    r"$\frac{1}{2}$ and $x",
    r"\alpha $ \n %s {0}",
    "turned \u202e round \u2066 again\u2069",
    "null \x01 bell \x07 end",
    "line\u2028para\u2029end",
    "שלום עולם",
    "腸内細菌",
    "]]> <![CDATA[ --> &amp;",
    "x" * 10_000,
    "many words " * 1_000,
]


@pytest.mark.parametrize("label", HOSTILE_LABELS, ids=range(len(HOSTILE_LABELS)))
def test_hostile_labels_are_shown_as_text(load_text, label):
    text = f"entity:c a rls:Entity ; skos:prefLabel {json.dumps(label)}@en .\n" + claim_text("increases", object_="c")
    view = view_around(load_text(text), "a")
    view = dataclasses.replace(view, title=label, summary=label)
    drawn = {format_name: render_figure(view, format_name) for format_name in FIGURE_FORMATS}
    assert all(content.startswith(MAGIC[format_name]) for format_name, content in drawn.items())
    svg = drawn["svg"]
    tags = {element.tag.split("}")[1] for element in ET.fromstring(svg).iter()}
    assert not tags & {"script", "foreignObject", "a", "image", "iframe"}
    said = texts(svg)
    for line in drawing.wrap_label(label).split("\n"):
        assert " ".join(line.split()) in said
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", svg.decode())
    assert len(svg) < 60_000


def test_a_huge_figure_is_made_smaller_rather_than_refused(shown, monkeypatch):
    from PIL import Image

    monkeypatch.setattr(figure, "_MOST_PIXELS", 500)
    assert max(Image.open(io.BytesIO(render_figure(shown["around"], "png"))).size) <= 500


# --- the commands -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_name", FIGURE_FORMATS)
def test_a_figure_is_exported(cache_folder, kg, tmp_path, format_name):
    out = tmp_path / f"figure.{format_name}"
    arguments = ["export", str(out), "--around", "yoga", "--title", "Yoga"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == kg.to_figure(format_name, title="Yoga", view=view_around(kg, "yoga"))


def test_without_a_view_the_best_hypothesis_is_drawn(cache_folder, kg):
    result = CliRunner().invoke(main, ["export", "-", "--format", "svg"])
    assert result.stdout_bytes == kg.to_figure("svg") == render_figure(view_hypothesis(kg), "svg")


def test_another_format_is_refused(shown):
    with pytest.raises(ValueError, match="one of svg, png, pdf"):
        render_figure(shown["hypothesis"], "gif")


def test_matplotlib_is_loaded_only_to_draw():
    code = "import sys, rlsgraph.explorer.figure, rlsgraph.cli.export; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
