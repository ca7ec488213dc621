"""What is written says what is there: no row lost, no letter changed, nothing that its readers refuse."""

import csv
import io
import json
import math
import os
import subprocess
import sys
import xml.parsers.expat as expat

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import DataError
from rlsgraph.formats.csv_text import to_csv
from rlsgraph.formats.graph import claims_csv, to_graphml
from rlsgraph.formats.tables import table_of, to_turtle
from rlsgraph.formats.turtle import format_turtle
from rlsgraph.graph.building import build
from rlsgraph.model.decimals import plain, probability
from rlsgraph.model.namespaces import XSD
from rlsgraph.triples.python_values import to_python
from rlsgraph.triples.xml_text import XmlOutput
from tests.helpers.graphs import claim_text

TRIAL = claim_text("increases", ("Supports", "RandomisedControlledTrial", 120, "s"))
RESULTS, GRAPHS = ox.QueryResultsFormat, ox.RdfFormat
needs_posix = pytest.mark.skipif(os.name == "nt", reason="streams that are shut or full are those of POSIX")


@pytest.fixture
def run(graph_is_read):
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def entity(slug: str, label: str) -> str:
    return f"entity:{slug} skos:altLabel {ox.Literal(label)} .\n"


# --- queries --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", ["1 UNDEF", "UNDEF", "UNDEF UNDEF 1 UNDEF", '"\\n" UNDEF "\\n\\n"'])
@pytest.mark.parametrize("name", ["tsv", "csv", "json", "xml"])
def test_no_row_is_lost_at_the_end(run, values, name):
    text = f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"
    result = run("query", text, "--format", name)
    rows = len(values.split())
    if name == "csv":
        assert result.stdout_bytes.count(b"\r\n") == rows + 1
    else:
        read = ox.parse_query_results(result.stdout_bytes, format=getattr(RESULTS, name.upper()))
        assert sum(1 for _ in read) == rows
    assert result.stdout.endswith("\n")


@pytest.mark.parametrize("name", [None, "json", "xml", "table"])
def test_no_is_exit_code_1(run, name):
    options = [] if name is None else ["--format", name]
    assert run("query", "ASK { entity:nothing ?p ?o }", *options).exit_code == 1
    assert run("query", "ASK {}", *options).exit_code == 0


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ('"12"^^xsd:integer', 12), ('"+07"^^xsd:long', 7), ('"3"^^xsd:nonNegativeInteger', 3),
        ('"12 patients"^^xsd:integer', None),
        ('"1_000"^^xsd:integer', None), ('"1.5"^^xsd:decimal', 1.5), ('"1e3"^^xsd:decimal', None), ('"1e3"^^xsd:double', 1000.0),
        ('"n/a"^^xsd:double', None), ('"INF"^^xsd:double', math.inf), ('"-INF"^^xsd:float', -math.inf),
        ('"true"^^xsd:boolean', True), ('"0"^^xsd:boolean', False), ('"yes"^^xsd:boolean', None), ('""^^xsd:integer', None),
        (f'"{"9" * 6000}"^^xsd:integer', None),
    ],
)  # fmt: skip
def test_what_is_no_value_of_its_type_is_text(kg, run, literal, value):
    ((found,),) = [row.values() for row in kg.query(f"SELECT ({literal} AS ?x) {{}}").to_dicts()]
    text = literal.split('"')[1]
    assert found == (text if value is None else value)
    assert type(found) is (str if value is None else type(value))
    assert run("query", f"SELECT ({literal} AS ?x) {{}}", "--format", "table").exit_code == 0


def test_not_a_number_is_read(kg):
    assert math.isnan(to_python(ox.Literal("NaN", datatype=ox.NamedNode(XSD + "double"))))
    assert to_python(ox.Literal("inf", datatype=ox.NamedNode(XSD + "double"))) == "inf"


def test_small_numbers_do_not_look_like_nothing(run):
    shown = run("query", 'SELECT (0.0000123 AS ?a) ("1e-300"^^xsd:double AS ?b) (-4.0e-9 AS ?c) {}', "--format", "table").stdout
    assert "1.23e-05" in shown
    assert "1e-300" in shown
    assert "-4e-09" in shown
    assert [probability(x) for x in (0, 0.004, 0.01, 0.00001)] == ["0.00", "0.004", "0.01", "< 0.0001"]
    assert probability(0.0004, 3) == "0.0004"
    assert [plain(x) for x in (0.0, 1.0, 1e300)] == ["0", "1", "1e+300"]


# --- XML ------------------------------------------------------------------------------------------------------------------

ASK_LABEL = "SELECT ?l { entity:a skos:altLabel ?l }"
MAKE_LABEL = "CONSTRUCT { entity:a rls:says ?l } { entity:a skos:altLabel ?l }"


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_xml_refuses_what_no_parser_reads(load_text, character):
    kg = load_text(TRIAL)
    text = "".join(f"\\u{ord(c):04X}" for c in character)
    for query, name in (
        (f'SELECT ("{text}" AS ?l) {{}}', "xml"),
        (f'CONSTRUCT {{ entity:a rls:says "{text}" }} {{}}', "rdf"),
    ):
        with pytest.raises(DataError, match=f"cannot hold the character U\\+{ord(character):04X}"):
            kg.query(query).serialize(name)


@pytest.mark.parametrize("text", ["a\rb\r\n\tc", "<&>]]>\"'", "\x85\u2028é𝄞", " \u00a0 "])
def test_xml_keeps_every_letter(load_text, text):
    kg = load_text(TRIAL + entity("a", text))
    answer = kg.query(ASK_LABEL).serialize("xml").encode()
    ((found,),) = ox.parse_query_results(answer, format=RESULTS.XML)
    assert _as_xml_reads(answer) == text
    assert "\r" in text or found.value == text
    graph = kg.query(MAKE_LABEL).serialize("rdf").encode()
    (triple,) = ox.parse(graph, format=GRAPHS.RDF_XML)
    assert "\r" in text or triple.object.value == text
    assert _as_xml_reads(graph).strip("\n\t") == text.strip("\n\t")


def _as_xml_reads(document: bytes) -> str:
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = found.append
    parser.Parse(document, True)
    return "".join(found)


def test_graphml_refuses_what_no_parser_reads(load_text):
    name = 'entity:c a rls:Entity ; skos:prefLabel "b\\u0008el"@en .\n'
    with pytest.raises(DataError, match=r"GraphML cannot hold the character U\+0008"):
        to_graphml(load_text(TRIAL + name))
    expat.ParserCreate().Parse(to_graphml(load_text(TRIAL)).encode(), True)


@pytest.mark.parametrize(
    "iri", ["http://x/123", "urn:1", "http://x/p#", "http://x/a,b?", "http://www.w3.org/1999/02/22-rdf-syntax-ns#li"]
)
def test_rdf_xml_refuses_a_property_that_is_no_name(kg, iri):
    with pytest.raises(DataError, match="cannot hold the property"):
        kg.query(f"CONSTRUCT {{ entity:a <{iri}> 1 }} {{}}").serialize("rdf")


@pytest.mark.parametrize(
    "iri", ["http://x/p", "http://x/1a", "http://x/é", "urn:x:p-1.2", "http://www.w3.org/1999/02/22-rdf-syntax-ns#_1"]
)
def test_rdf_xml_holds_a_property_that_is_a_name(kg, iri):
    (triple,) = ox.parse(kg.query(f"CONSTRUCT {{ entity:a <{iri}> 1 }} {{}}").serialize("rdf").encode(), format=GRAPHS.RDF_XML)
    assert triple.predicate.value == iri


def test_a_character_in_two_pieces_is_seen():
    output = XmlOutput(io.BytesIO(), "XML")
    output.write(b"a\xef")
    output.write(b"\xbf")
    with pytest.raises(DataError, match=r"U\+FFFE"):
        output.write(b"\xbe")


# --- Turtle ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["double", "float", "decimal", "integer", "boolean", "date", "gYear", "time", "hexBinary"])
def test_canonical_turtle_says_what_the_file_said(name):
    texts = ["INF", "-INF", "NaN", "abc", "", "TRUE", "true", "01", "+1", "1.", ".5", "1_000", "2020", "1E400", "9" * 5000]
    objects = ", ".join(f'"{text}"^^xsd:{name}' for text in texts)
    text = f"@prefix xsd: <{XSD}> . <http://x/s> <http://x/p> {objects} ."
    formatted = format_turtle(text)
    assert format_turtle(formatted) == formatted
    before, after = (
        {
            to_python(quad.object) if name == "double" else quad.object.value
            for quad in ox.parse(each.encode(), format=GRAPHS.TURTLE)
        }
        for each in (text, formatted)
    )
    assert {str(value) for value in before} == {str(value) for value in after}


def test_canonical_turtle_refuses_what_it_cannot_hold():
    with pytest.raises(DataError, match=r"no RDF 1\.2"):
        format_turtle("<http://x/s> <http://x/p> <<( <http://x/a> <http://x/b> <http://x/c> )>> .")


def test_answers_that_are_not_finite_are_turtle():
    rows = [{"score": value} for value in (math.inf, -math.inf, math.nan, 0.25)]
    quads = ox.parse(to_turtle([table_of("Claim", ("score",), rows)]).encode(), format=GRAPHS.TURTLE)
    assert {quad.object.value for quad in quads if quad.predicate.value.endswith("score")} == {"INF", "-INF", "NaN", "0.25e0"}


# --- CSV ------------------------------------------------------------------------------------------------------------------

FORMULAS = ('=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(1)", "＝1+1")


@pytest.mark.parametrize("label", FORMULAS)
def test_no_text_is_a_formula(tmp_path, load_text, label):
    name = f"entity:c a rls:Entity ; skos:prefLabel {ox.Literal(label)} .\n"
    kg = load_text(name + TRIAL.replace("entity:a", "entity:c"))
    path = str(tmp_path / "graph.ttl")
    options = ["--format", "csv", "--data", path]
    commands = (["claims", *options], ["export", "-", *options], ["paths", *options, "--", label, "b"])
    for text in (claims_csv(kg.claims()), *(CliRunner().invoke(main, command).stdout for command in commands)):
        (row,) = list(csv.DictReader(io.StringIO(text)))
        assert f"'{label}" in row.values()
        assert row.get("polarity") == "1"
    assert json.loads(CliRunner().invoke(main, ["claims", "--format", "json", "--data", path]).stdout)[0]["subject"] == label


def test_only_texts_are_guarded():
    rows = [{"a": "\t=1", "b": -1.5}, {"a": ("x", "y"), "b": None}]
    assert to_csv(("a", "b"), rows) == "a,b\n'\t=1,-1.5\nx y,\n"


def test_the_csv_of_sparql_is_the_standards(kg):
    assert kg.query('SELECT ("=1+1" AS ?x) {}').serialize("csv") == "x\r\n=1+1\r\n"


# --- streams --------------------------------------------------------------------------------------------------------------

NAMES = 'entity:c a rls:Entity ; skos:prefLabel "κ-opioid ≥ β"@en .\n' + TRIAL.replace("entity:a", "entity:c")


@pytest.mark.parametrize(
    "arguments",
    [
        ["claims", "--format", "csv"], ["claims", "--format", "json"], ["query", "SELECT ?l { entity:c skos:prefLabel ?l }"],
        ["query", "CONSTRUCT WHERE { entity:c skos:prefLabel ?l }"], ["export", "-", "--format", "ttl"],
        ["paths", "κ-opioid ≥ β", "b", "--format", "ttl"], ["paths", "κ-opioid ≥ β", "b", "--format", "csv"],
    ],
)  # fmt: skip
def test_text_for_machines_is_utf_8(load_text, tmp_path, arguments):
    load_text(NAMES)
    result = CliRunner(charset="cp1252").invoke(main, [*arguments, "--data", str(tmp_path / "graph.ttl")])
    assert result.exit_code == 0
    assert "κ-opioid ≥ β".encode() in result.stdout_bytes


def command(*arguments: str, stdout: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a shell that does something with its output."""
    line = f'"{sys.executable}" -m rlsgraph "$@" {stdout}'
    return subprocess.run(["bash", "-c", line, "rlsgraph", *arguments], stderr=subprocess.PIPE, text=True, check=False)


@needs_posix
@pytest.mark.parametrize("stdout", [">&-", "| true; exit ${PIPESTATUS[0]}"])
@pytest.mark.parametrize("arguments", [["query", "SELECT * { ?s ?p ?o }"], ["claims"], ["--help"]])
def test_output_that_cannot_be_written_is_one_line(arguments, stdout):
    if arguments == ["--help"] and "true" in stdout:
        pytest.skip("so short that it may be gone before its reader is")
    done = command(*arguments, stdout=stdout)
    assert done.returncode == 3
    assert [line for line in done.stderr.splitlines() if not line.endswith(("claims", "rows"))] == [done.stderr.splitlines()[-1]]
    assert done.stderr.startswith("Error: standard output cannot be written: ")


@needs_posix
def test_a_shut_output_does_not_matter_to_who_writes_a_file(tmp_path):
    done = command("export", str(tmp_path / "claims.csv"), stdout=">&- <&-")
    assert done.returncode == 0
    assert (tmp_path / "claims.csv").read_text("utf-8").startswith("claim,")


def test_a_name_with_nul_is_an_error(kg, tmp_path):
    asked = (
        lambda: rlsgraph.load("a\0.ttl"), lambda: rlsgraph.load(profile="a\0.ttl"), lambda: rlsgraph.open("a\0"),
        lambda: build("a\0", tmp_path), lambda: build(tmp_path / "store", "a\0.ttl"), lambda: kg.entity("a\0b"),
    )  # fmt: skip
    for ask in asked:
        with pytest.raises(rlsgraph.RlsGraphError):
            ask()
