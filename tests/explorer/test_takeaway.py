"""What a reader takes away from the page: read with the programs that it is meant for, and compared with the graph."""

import csv
import io
import json
import math
import re
import struct
import xml.etree.ElementTree as ET

import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef

from rlsgraph.explorer.drawing import key_of
from rlsgraph.formats.exchange.bibliography import bibtex, ris
from rlsgraph.formats.exchange.content import content_of
from rlsgraph.formats.exchange.evidence_table import evidence_csv
from rlsgraph.formats.graph import claims_csv
from rlsgraph.model import namespaces as ns
from tests.helpers.drawings import HOSTILE
from tests.helpers.graphs import claim_text
from tests.helpers.pages import visiting

bibtexparser = pytest.importorskip("bibtexparser")
rispy = pytest.importorskip("rispy")

pytestmark = pytest.mark.xdist_group("takeaway")  # one worker, so that its page is rendered and read back once

RLS = Namespace(ns.RLS)
DOOR = """
window.door = { data, claims, claimsCsv, claimsTurtle, evidenceCsv, sourceIds, bibtex, ris, citation, save, sceneSvg, scenePng };
"""
SCENE = {
    "width": 300,
    "height": 120,
    "title": "Iron & <sleep>",
    "boxes": [
        {"x": 60, "y": 60, "w": 90, "h": 40, "lines": ["gut", "dysbiosis"], "kind": "entity"}
        | {"fill": "#dcefd2", "stroke": "#9aa1a6", "ink": "#1c2125"},
        {"x": 240, "y": 60, "w": 60, "h": 38, "lines": ["▲ ⚡", "0.29"], "kind": "badge"}
        | {"fill": "transparent", "stroke": "#d55e00", "ink": "#1c2125"},
    ],
    "lines": [
        {"d": "M105 60L210 60", "width": 4, "dashes": [9, 5], "colour": "#d55e00", "head": "arrow"}
        | {"end": {"x": 210, "y": 60, "angle": 0}}
    ],
}


@pytest.fixture(scope="module")
def render_door(render_with_door):
    return lambda kg: render_with_door(kg, DOOR)


@pytest.fixture(scope="module")
def opened(kg, render_door, tmp_path_factory):
    path = tmp_path_factory.mktemp("takeaway") / "rlsgraph.html"
    path.write_text(render_door(kg), "utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def door(shared_window, opened):
    """Call a function of the shipped page: one page for all tests, as no function changes it."""
    with visiting(shared_window) as open_page:
        yield call_of(open_page(opened))


def call_of(page):
    return lambda function, *arguments: page.evaluate("([name, all]) => window.door[name](...all)", [function, arguments])


@pytest.fixture
def door_to(visit, load_text, render_door, tmp_path):
    """Call a function of a page of some Turtle."""

    def door_to(text):
        path = tmp_path / "page.html"
        path.write_text(render_door(load_text(text)), "utf-8")
        return call_of(visit(path.as_uri()))

    return door_to


@pytest.fixture
def hostile(door_to):
    """Call a function of a page whose labels and titles are hostile, and whose names are IRIs of other places."""
    text = json.dumps(HOSTILE)
    said = f"entity:c a rls:Entity ; skos:prefLabel {text}@en .\n"
    said += '<urn:x:d> a rls:Entity ; skos:prefLabel "=1+1"@en .\n'
    said += "<urn:x:claim> a rls:Claim, rdf:Statement ; rdf:subject entity:c ; "
    said += "rdf:predicate rls:affects ; rdf:object <urn:x:d> .\n"
    said += 'source:x rdfs:seeAlso <javascript:alert(1)> ; rls:journal "J & {K}" .\n'
    said += claim_text("increases", ("Supports", "Cohort", 50, "x"), subject="c").replace('title "x"', f"title {text}")
    return door_to(said)


def keys_of(kg):
    return [key_of(claim.iri) for claim in kg.claims()]


# --- claims -----------------------------------------------------------------------------------------------------------


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


ROUNDED = ("score", "low", "high", "prior", "support_weight", "dispute_weight", "logit", "logit_sd")


def test_csv_agrees_with_the_graph(door, kg):
    text = door("claimsCsv", keys_of(kg))
    rows = rows_of(text)
    assert text.count("\r\n") == len(rows) + 1
    expected = rows_of(claims_csv(kg.claims()))
    assert list(rows[0]) == list(expected[0])
    for row, wanted in zip(rows, expected, strict=True):
        for column, value in wanted.items():
            if column in ROUNDED:
                assert float(row[column]) == pytest.approx(float(value), abs=1e-4)
            else:
                assert row[column] == value


def test_csv_keeps_to_the_order_that_is_asked(door, kg):
    wanted = keys_of(kg)[5:1:-1]
    assert [row["claim"] for row in rows_of(door("claimsCsv", wanted))] == [ns.CLAIM + key for key in wanted]
    assert rows_of(door("claimsCsv", [])) == []


def test_csv_runs_nothing_in_a_spreadsheet(hostile):
    first, second = rows_of(hostile("claimsCsv", ["c.increases.b", "urn:x:claim"]))
    assert first["subject"] == HOSTILE
    assert second["claim"] == "urn:x:claim"
    assert second["object"] == "'=1+1"


@pytest.mark.parametrize("label", ["+1", "-1", "@SUM(A1)", "\t=1", "＝1", 'a","b', "a\nb"])
def test_csv_cells(door_to, label):
    said = f"entity:c a rls:Entity ; skos:prefLabel {json.dumps(label)}@en .\n" + claim_text("increases", subject="c")
    [row] = rows_of(door_to(said)("claimsCsv", ["c.increases.b"]))
    assert row["subject"] == (label if label[0] == "a" else f"'{label}")


@pytest.fixture(scope="module")
def said(door, kg):
    """Every claim as the page says it in Turtle, read back."""
    return Graph().parse(data=door("claimsTurtle", keys_of(kg)), format="turtle")


def test_turtle_agrees_with_the_graph(said, kg):
    graph, claims = said, kg.claims()
    assert set(graph.subjects(RDF.type, RLS.Claim)) == {URIRef(claim.iri) for claim in claims}
    for claim in claims:
        node = URIRef(claim.iri)
        assert graph.value(node, RDF.subject) == URIRef(claim.subject.iri)
        assert graph.value(node, RDF.predicate) == URIRef(claim.predicate.iri)
        assert graph.value(node, RDF.object) == URIRef(claim.object.iri)
        known = claim.confidence
        numbers = {RLS.score: claim.score, RLS.scoreLow: claim.low, RLS.scoreHigh: claim.high, RLS.prior: known.prior}
        numbers |= {RLS.supportWeight: known.support_weight, RLS.disputeWeight: known.dispute_weight}
        for term, value in numbers.items():
            assert graph.value(node, term).toPython() == pytest.approx(value, abs=1e-4)
        assert graph.value(node, RLS.confidenceLevel) == URIRef(claim.level.iri)
        assert graph.value(node, RLS.contested) == Literal(claim.is_contested)
        assert graph.value(node, RLS.untested) == Literal(claim.is_untested)
        assert set(graph.objects(node, RLS.hasEvidence)) == {URIRef(item.iri) for item in claim.evidence}
    ends = {entity for claim in claims for entity in (claim.subject, claim.object)}
    assert {*graph.subject_objects(SKOS.prefLabel)} == {(URIRef(e.iri), Literal(e.label, lang="en")) for e in ends}
    assert graph.value(URIRef(claims[0].iri), RLS.score).datatype == URIRef(ns.XSD + "double")


def test_turtle_says_only_what_the_graph_says(said, kg):
    rounded = {RLS.score, RLS.scoreLow, RLS.scoreHigh, RLS.prior, RLS.supportWeight, RLS.disputeWeight}
    assert {triple for triple in said if triple[1] not in rounded} <= set(kg.to_rdflib())


def test_hostile_turtle_comes_back_as_it_was(hostile):
    text = hostile("claimsTurtle", ["c.increases.b", "urn:x:claim"])
    assert "\u202e" not in text and "\u2028" not in text
    graph = Graph().parse(data=text, format="turtle")
    assert graph.value(URIRef(ns.ENTITY + "c"), SKOS.prefLabel) == Literal(HOSTILE, lang="en")
    assert graph.value(URIRef("urn:x:claim"), RDF.object) == URIRef("urn:x:d")
    assert len(set(graph.subjects(RDF.type, RLS.Claim))) == 2


def test_no_claims_are_valid_turtle(door):
    assert len(Graph().parse(data=door("claimsTurtle", []), format="turtle")) == 0


# --- sources ----------------------------------------------------------------------------------------------------------


def read_bibtex(text):
    """Return the entries, each as (key, type, fields)."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return [(entry.key, entry.entry_type, {field.key: untex(field.value) for field in entry.fields}) for entry in library.entries]


WORDS = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}
WORDS |= {"less": "<", "greater": ">", "bar": "|"}


def untex(value):
    """Return the text of a field, without the braces that keep its case."""
    text = value.removeprefix("{").removesuffix("}") if value.startswith("{") else value
    return re.sub(r"\\text(\w+)\{\}|\\([&%$#_])", lambda found: WORDS[found[1]] if found[1] else found[2], text)


def names_of(author):
    """Return “Allen RP” as “Allen, R. P.”."""
    family, _, initials = author.rpartition(" ")
    return f"{family}, {'. '.join(initials)}." if family and initials.isupper() else author


def test_sources_are_those_of_the_evidence(door, kg):
    claim = next(claim for claim in kg.claims() if len({item.source for item in claim.evidence}) > 2)
    expected = sorted({key_of(item.source.iri) for item in claim.evidence})
    assert door("sourceIds", [key_of(claim.iri)]) == expected
    assert door("sourceIds", []) == []


def test_bibtex_is_read_back(door, kg):
    sources = kg.sources()
    entries = read_bibtex(door("bibtex", [key_of(source.iri) for source in sources]))
    assert [key for key, _, _ in entries] == [key_of(source.iri) for source in sources]
    for (_, kind, fields), source in zip(entries, sources, strict=True):
        assert kind == ("article" if source.journal else "misc")
        assert fields["title"] == " ".join(source.title.split())
        assert fields.get("author", "") == names_of(source.first_author)
        assert fields.get("journal", "") == source.journal
        assert fields.get("year") == (str(source.year) if source.year else None)
        assert (f"PMID {source.pmid}" in fields.get("note", "")) == bool(source.pmid)


def test_bibtex_leaves_addresses_as_they_are(door, kg):
    text = door("bibtex", [key_of(source.iri) for source in kg.sources()])
    for source in kg.sources():
        assert not source.doi or f"  doi = {{{source.doi}}}" in text
        assert not source.url or f"  url = {{{source.url}}}" in text


def test_descriptive_title_stays_in_brackets(door, kg):
    source = next(source for source in kg.sources() if source.title_is_descriptive)
    key = key_of(source.iri)
    assert f"title = {{{{[{source.title[1:6]}" in door("bibtex", [key])
    assert f"TI  - [{source.title[1:6]}" in door("ris", [key])


SPECIALS = r"50% & more_less #1 $5 {x} ~ ^ \ <i> a|b }"


def test_special_characters_of_tex(door_to):
    """The source has a twin whose name differs in case alone."""
    said = f'source:X dcterms:title {json.dumps(SPECIALS)} ; rls:retracted true ; bibo:doi "10.1000/a_b%c" ; '
    said += 'rls:firstAuthor "Smith J and Doe A" .\n'
    said += claim_text("increases", ("Supports", "Cohort", 50, "x"), ("Disputes", "Cohort", 50, "X"))
    text = door_to(said.replace('dcterms:title "X"', "rls:retracted true"))("bibtex", ["X", "x"])
    (first, _, fields), (second, _, _) = read_bibtex(text)
    assert [first, second] == ["X", "x-2"]
    assert fields["title"] == SPECIALS
    assert "doi = {10.1000/a_b%c}" in text
    assert "author = {{Smith J and Doe A}}" in text
    assert fields["note"] == "Retracted"
    assert r"50\% \& more\_less \#1 \$5 \textbraceleft{}x\textbraceright{} \textasciitilde{} \textasciicircum{}" in text


def test_ris_is_read_back(door, kg):
    sources = kg.sources()
    text = door("ris", [key_of(source.iri) for source in sources])
    assert "\n" not in text.replace("\r\n", "")
    entries = rispy.loads(text.replace("\r\n", "\n"))
    for entry, source in zip(entries, sources, strict=True):
        assert entry["type_of_reference"] == ("JOUR" if source.journal else "GEN")
        assert entry["title"] == " ".join(source.title.split())
        assert entry.get("authors", [""]) == [names_of(source.first_author)]
        assert entry.get("journal_name", entry.get("alternate_title3", "")) == source.journal
        assert entry.get("year") == (str(source.year) if source.year else None)
        assert entry.get("doi", "") == source.doi
        assert entry.get("urls", []) == [address for _, address in source.links]


def by_key(text):
    """Return the entries of a BibTeX file by their keys, without the head, which names the tool."""
    return {entry.split(",", 1)[0]: entry.strip() for entry in text.split("\n@")[1:]}


def test_bibliographies_are_those_of_the_library(door, kg):
    """Two programs write them, one for the page and one for files: the same entries, field by field."""
    content = content_of(kg)
    ids = door("sourceIds", [key_of(claim.iri) for claim in content.claims])
    assert len(ids) > 500
    assert by_key(door("bibtex", ids)) == by_key(bibtex(content))
    assert door("ris", [key_of(source.iri) for source in content.sources]) == ris(content)


def test_table_of_evidence_is_that_of_the_library(door, kg):
    content = content_of(kg)
    told = list(csv.DictReader(io.StringIO(door("evidenceCsv", [key_of(claim.iri) for claim in content.claims]))))
    wanted = list(csv.DictReader(io.StringIO(evidence_csv(content))))
    assert len(told) == len(wanted)
    for one, other in zip(told, wanted, strict=True):
        for column, value in one.items():
            if value != other[column]:  # one number may be written in several ways, and those of the page are rounded
                assert float(value) == pytest.approx(float(other[column]), abs=1e-8), (one["evidence"], column)


def test_hostile_sources_are_text(hostile):
    [(_, _, fields)] = read_bibtex(hostile("bibtex", ["x"]))
    one_line = re.sub(r"[\s\u2028\u202e]+", " ", HOSTILE).strip()
    assert fields["title"] == one_line
    assert fields["journal"] == "J & {K}"
    assert "javascript:" not in hostile("bibtex", ["x"]) + hostile("ris", ["x"])
    [read] = rispy.loads(hostile("ris", ["x"]).replace("\r\n", "\n"))
    assert read["title"] == one_line


def test_citation_names_version_and_address(door, kg):
    assert kg.version in door("citation") and ns.BASE in door("citation")


# --- files ------------------------------------------------------------------------------------------------------------


def test_save_offers_a_download(visit, opened, kg):
    page = visit(opened)
    text = call_of(page)("claimsCsv", keys_of(kg)[:3]) + "Żak ⚡"
    with page.expect_download() as waiting:
        page.evaluate("text => window.door.save('rls/graph: claims.csv', 'text/csv;charset=utf-8', text)", text)
    assert waiting.value.suggested_filename == "rls-graph- claims.csv"
    assert waiting.value.path().read_bytes().decode() == text
    assert page.locator("a[download]").count() == 0


def test_save_gives_its_address_back(visit_apart, opened):
    page = visit_apart(opened)
    page.clock.install()
    page.evaluate("() => { window.given = []; URL.revokeObjectURL = (address) => window.given.push(address); }")
    with page.expect_download():
        page.evaluate("() => window.door.save('a.txt', 'text/plain', 'a')")
    assert page.evaluate("() => window.given.length") == 0
    page.clock.run_for(60_000)
    assert page.evaluate("() => window.given.map((address) => address.slice(0, 5))") == ["blob:"]


# --- pictures ---------------------------------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"
HEADS = ("arrow", "bar", "diamond", "vee")


def test_svg_stands_alone(door):
    text = door("sceneSvg", SCENE)
    root = ET.fromstring(text)
    assert root.get("viewBox") == "0 0 300 120" and (root.get("width"), root.get("height")) == ("300", "120")
    assert root[0].tag == f"{SVG}title" and root[0].text == "Iron & <sleep>"
    assert root[1].get("fill") == "#ffffff" and root[1].get("width") == "300"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "rect", "path", "g", "text"}
    assert [element.text for element in root.iter(f"{SVG}text")] == ["gut", "dysbiosis", "▲ ⚡", "0.29"]
    assert re.findall(r"href|url\(|style=|http(?!://www\.w3\.org/2000/svg)", text) == []


def test_svg_takes_its_ground_from_the_scene(door):
    assert ET.fromstring(door("sceneSvg", SCENE | {"ground": "#14171a"}))[1].get("fill") == "#14171a"


def test_line_stops_inside_its_head(door):
    line, head = paths_of(door, SCENE)
    assert line.get("stroke-dasharray") == "9 5" and line.get("stroke-width") == "4"
    stop = float(re.search(r"L(\S+) 60$", line.get("d"))[1])
    tip, *rest = points_of(head)
    assert tip == (210, 60) and all(x < stop < 210 for x, _ in rest)


def paths_of(door, scene):
    return ET.fromstring(door("sceneSvg", scene)).findall(f"{SVG}path")


def points_of(path):
    return [tuple(map(float, pair.split())) for pair in re.split("[ML]", path.get("d").rstrip("Z"))[1:]]


@pytest.mark.parametrize("head", HEADS)
def test_heads_point_along_their_angle(door, head):
    """A head that points down is one that points right, turned by a quarter."""
    across, down = (points_of(paths_of(door, with_head(head, angle))[1]) for angle in (0, math.pi / 2))
    assert max(x for x, _ in across) == pytest.approx(210) and max(y for _, y in down) == pytest.approx(60)
    for (x, y), (turned_x, turned_y) in zip(across, down, strict=True):
        assert (turned_x - 210, turned_y - 60) == pytest.approx((60 - y, x - 210), abs=0.011)


def with_head(head, angle):
    [line] = SCENE["lines"]
    return SCENE | {"lines": [line | {"head": head, "end": {"x": 210, "y": 60, "angle": angle}}]}


def test_heads_are_unlike_each_other(door):
    assert len({paths_of(door, with_head(head, 0))[1].get("d") for head in HEADS}) == len(HEADS)
    assert len(paths_of(door, with_head("", 0))) == 1


def test_hostile_scene_is_text(door):
    hostile = f"{HOSTILE}\x00\x1b\ud800\uffff'"
    [box, _] = SCENE["boxes"]
    [line] = SCENE["lines"]
    attack = '"/><script>alert(1)</script>'
    scene = SCENE | {
        "title": hostile,
        "width": '1"/><script>',
        "boxes": [box | {"lines": [hostile], "kind": attack, "fill": attack, "ink": attack, "stroke": attack}],
        "lines": [line | {"d": attack, "colour": attack, "width": attack}],
    }
    text = door("sceneSvg", scene)
    root = ET.fromstring(text)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "rect", "path", "g", "text"}
    [written] = root.iter(f"{SVG}text")
    assert written.text == '</script><script>alert(1)</script><!-- & "quoted" evil \''


@pytest.mark.parametrize("scale", [1, 2])
def test_png_has_the_pixels_of_the_scene(visit, opened, scale):
    page = visit(opened)
    with page.expect_download() as waiting:
        page.evaluate(
            "async ([scene, scale]) => window.door.save('a.png', 'image/png', await window.door.scenePng(scene, scale))",
            [SCENE, scale],
        )
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (300 * scale, 120 * scale)


COLOURS = """async (scene) => {
  const picture = await createImageBitmap(await window.door.scenePng(scene));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d", { willReadFrequently: true });
  canvas.drawImage(picture, 0, 0);
  return [[5, 5], [60, 84], [30, 60], [204, 60]].map(([x, y]) => [...canvas.getImageData(2 * x, 2 * y, 1, 1).data].slice(0, 3));
}"""


def test_png_shows_ground_box_and_head(visit, opened):
    """Pixels of the corner, below the box, in the box, and in the head."""
    ground, below, box, head = visit(opened).evaluate(COLOURS, SCENE)
    assert ground == below == [255, 255, 255]
    assert box == [0xDC, 0xEF, 0xD2] and head == [0xD5, 0x5E, 0x00]


SIZE = """async (scene) => {
  const picture = await createImageBitmap(await window.door.scenePng(scene));
  return [picture.width, picture.height];
}"""


def test_png_of_a_vast_scene_is_made_smaller(visit, opened):
    assert visit(opened).evaluate(SIZE, SCENE | {"width": 20_000, "height": 500}) == [16_000, 400]
