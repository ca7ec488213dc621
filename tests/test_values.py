"""Values in files: what can be read is read alike everywhere; what cannot is an error with thing, property and value."""

import pyoxigraph as ox
import pytest

import rlsgraph
from rlsgraph.errors import DataError, ProfileError, WhatIfError
from rlsgraph.graph.building import build
from rlsgraph.model.namespaces import PREFIXES, XSD
from rlsgraph.model.node import Node
from tests.helpers.graphs import claim_text, write_profile

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
ENTITIES = 'entity:a a rls:Entity ; skos:prefLabel "a"@en . entity:b a rls:Entity ; skos:prefLabel "b"@en .\n'
CLAIM = claim_text("increases", ("Supports", "Cohort", None, "s"))
ITEM = "evidence:increases-a-b-0"


@pytest.fixture
def both(tmp_path):
    """Return a graph from Turtle in each of two ways: loaded, and opened after it was built."""

    def read(text: str):
        path = tmp_path / "graph.ttl"
        path.write_text(HEAD + ENTITIES + text, "utf-8")
        loaded = rlsgraph.load(path)
        build(tmp_path / "store", path)
        return loaded, rlsgraph.open(tmp_path / "store")

    return read


def literal(text: str, kind: str = "string") -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


def node(*values) -> Node:
    return Node("https://w3id.org/rlsgraph/source/s", {"p": list(values)})


@pytest.mark.parametrize(
    "value",
    [
        *(literal(text, kind) for text in ("True", "TRUE", "yes", " true", "t", "") for kind in ("string", "boolean")),
        literal("true", "token"),
        literal("2", "integer"),
        ox.Literal("true", language="en"),
        ox.NamedNode("http://example.org/notice"),
    ],
)
def test_what_is_neither_true_nor_false_is_an_error(value):
    with pytest.raises(DataError, match=r"source:s: p must be true or false, not .*"):
        node(value).boolean("p")


def test_two_truths_are_an_error():
    with pytest.raises(DataError, match="must have one p, and has 2"):
        node(literal("true", "boolean"), literal("false", "boolean")).boolean("p")


@pytest.mark.parametrize(("value", "means"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_both_spellings_of_a_truth_are_read(value, means):
    assert node(literal(value, "boolean")).boolean("p") is means


NO_NUMBERS = ["NaN", "INF", "-INF", "nan", "1e999", "9" * 400, "1_000", "0x1f", " 1", "1,5", "\u0661", "twelve", "", "--1", "1e"]


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize("kind", ["string", "double", "decimal", "integer"])
def test_what_is_no_finite_number_is_an_error(text, kind):
    with pytest.raises(DataError, match=r"source:s: p must be a finite number, not "):
        node(literal(text, kind)).number("p")


@pytest.mark.parametrize(
    "value", [literal("12", "gYear"), literal("12", "date"), ox.Literal("12", language="en"), ox.NamedNode("x:12")]
)
def test_a_number_of_another_type_is_no_number(value):
    with pytest.raises(DataError, match="must be a finite number"):
        node(value).number("p")
    with pytest.raises(DataError, match="must be a whole number"):
        node(value).maybe_whole("p")


@pytest.mark.parametrize(
    ("text", "says"), [("0", "from 1 to"), ("-5", "from 1 to"), ("9" * 400, "from 1 to"), ("1.5", "whole"), ("1e2", "whole")]
)
def test_what_is_no_count_is_an_error(text, says):
    with pytest.raises(DataError, match=rf"source:s: p must be .*{says}"):
        node(literal(text, "integer" if "whole" not in says else "decimal")).maybe_count("p")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2016", "gYear"),
        ("2016Z", "gYear"),
        ("2016+01:00", "gYear"),
        ("2016-05", "gYearMonth"),
        ("2016-05-31", "date"),
        ("2016-02-29Z", "date"),
        ("2016-12-31T23:30:00-08:00", "dateTime"),
        ("2016-01-01T00:00:00.5", "dateTime"),
        ("2016", "integer"),
        ("2016-05", "string"),
    ],
)
def test_the_year_of_a_year_month_day_or_moment_is_read(text, kind):
    assert node(literal(text, kind)).maybe_year("p") == 2016


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, "gYear")
            for text in ("NaN", "INF", "1e400", "2016.5", "16", "02016", "-2016", "20160", "0999", "2016-05-01")[:-1]
        ),
        ("2016-13", "gYearMonth"),
        ("2016-02-30", "date"),
        ("2015-02-29", "date"),
        ("2016/05/01", "string"),
        ("May 2016", "string"),
        ("2016.0", "decimal"),
        ("2016", "time"),
    ],
)
def test_what_is_no_year_is_an_error(text, kind):
    with pytest.raises(DataError, match=r"source:s: p must be a year of four digits .*, not "):
        node(literal(text, kind)).maybe_year("p")


def test_a_text_is_no_thing_and_a_literal_names_none():
    terms = {"https://w3id.org/rlsgraph/source/s": "it"}
    with pytest.raises(DataError, match="must be the IRI of a thing, not the text"):
        node(literal("https://w3id.org/rlsgraph/source/s")).one_of("p", terms)


@pytest.mark.parametrize(
    ("says", "message"),
    [
        (f"{ITEM} rls:sampleSize 0 .", "rls:sampleSize must be from 1 to"),
        (f"{ITEM} rls:sampleSize -3 .", "rls:sampleSize must be from 1 to"),
        (f"{ITEM} rls:sampleSize {'9' * 400} .", "rls:sampleSize must be"),
        (f'{ITEM} rls:sampleSize "many" .', "rls:sampleSize must be a whole number, not 'many'"),
        (f"{ITEM} rls:sampleSize <<( entity:a rls:increases entity:b )>> .", "rls:sampleSize must be a whole number"),
        (f"{ITEM} rls:measure rls:OddsRatio ; rls:estimate -1.2 .", "rls:estimate must be at least 0"),
        (f"{ITEM} rls:measure rls:CorrelationCoefficient ; rls:estimate 1.2 .", "rls:estimate must be from -1 to 1"),
        (f'{ITEM} rls:pValue "INF"^^xsd:double .', "rls:pValue must be a finite number"),
        (f"{ITEM} rls:pValue 1.5 .", "rls:pValue must be from 0 to 1"),
        ("source:s rls:retracted true, false .", "source:s must have one rls:retracted, and has 2"),
        ('source:s rls:retracted "True"^^xsd:boolean .', "source:s: rls:retracted must be true or false, not 'True'"),
    ],
)
def test_load_and_build_refuse_the_same_values(says, message, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + ENTITIES + CLAIM + says, "utf-8")
    with pytest.raises(DataError, match=message):
        rlsgraph.load(path)
    with pytest.raises(DataError, match=message):
        build(tmp_path / "store", path)


@pytest.mark.parametrize(
    "issued", ['"2016"^^xsd:gYear', '"2016Z"^^xsd:gYear', '"2016-05"^^xsd:gYearMonth', '"2016-05-01"^^xsd:date']
)
def test_a_year_is_read_alike_from_memory_and_disk_and_for_as_of(issued, both):
    later = (
        claim_text("decreases", ("Supports", "Cohort", None, "late")) + 'source:late dcterms:issued "2017-01"^^xsd:gYearMonth .\n'
    )
    for kg in both(CLAIM + later + f"source:s dcterms:issued {issued} ."):
        assert kg.source("s").year == 2016
        then = kg.as_of(2016)
        assert then.changes == ("as of 2016 (1 later source and 0 undated ones left out)",)
        assert [len(claim.evidence) for claim in then.claims()] == [0, 1]
        assert [len(claim.evidence) for claim in kg.as_of(2015).claims()] == [0, 0]


def test_labels_in_two_languages_are_one_label_and_other_names(both):
    text = (
        'entity:c a rls:Entity ; skos:prefLabel "Eisen"@de, "iron"@en, "fer"@fr .\n'
        'entity:c skos:definition "Ein Metall."@de, "A metal."@en .\n'
        'entity:d a rls:Entity ; skos:prefLabel "Schlaf"@de, "sommeil"@fr ; skos:definition "x"@fr .\n'
        'source:s dcterms:title "Titel"@de, "title"@en .'
    )
    for kg in both(CLAIM.replace('dcterms:title "s" .', "rls:journal 'J' .") + text):
        iron = kg.entity("Eisen")
        assert (iron.label, iron.definition, iron.synonyms) == ("iron", "A metal.", ("Eisen", "fer"))
        assert kg.entity("sommeil").label == "Schlaf"  # English, then no language, then by the name of the language
        assert kg.source("s").title == "title"


@pytest.mark.parametrize(
    ("says", "message"),
    [
        ("entity:a skos:prefLabel entity:b .", "entity:a: skos:prefLabel must be a text, not the thing 'entity:b'"),
        ('claim:a.increases.b rls:hasEvidence "e" .', "rls:hasEvidence must be the IRI of an evidence item, not the text 'e'"),
        ("source:s bibo:doi '10.1000/a', 'doi:10.1000/b' .", "source:s: bibo:doi has two values, '10.1000/a' and '10.1000/b'"),
        ("entity:a rls:group rls:GutGroup, rls:IronGroup .", "entity:a: rls:group has two values"),
    ],
)
def test_a_text_in_place_of_a_thing_and_two_values_in_place_of_one_are_errors(says, message, load_text):
    with pytest.raises(DataError, match=message):
        load_text(CLAIM + says).graph_source.whole().records  # noqa: B018  # read when first asked for


def test_two_labels_in_one_language_are_an_error(load_text):
    with pytest.raises(DataError, match=r"entity:c: skos:prefLabel has two values in the language 'en', 'fer' and 'iron'"):
        load_text('entity:c a rls:Entity ; skos:prefLabel "iron"@en, "fer"@EN .').entities()


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ('"NaN"^^xsd:double', "finite number"),
        ('"INF"^^xsd:double', "finite number"),
        ("-0.1", "must be from"),
        ("1e400", "finite number"),
        ('"much"', "finite number, not 'much'"),
        ('"0.1"@en', "finite number"),
        ("rls:Cohort", "finite number, not the thing 'rls:Cohort'"),
        ("0.1, 0.2", "must have one rls:value, and has 2"),
    ],
)
def test_a_constant_of_a_profile_that_makes_no_sense_is_refused(tmp_path, new, says):
    profile = write_profile(tmp_path / "profile.ttl", "Constant-PriorOfCause", "0.1 ", f"{new} ")
    with pytest.raises(ProfileError, match=f"rls:Constant-PriorOfCause.*{says}"):
        rlsgraph.load(profile=profile)


@pytest.mark.parametrize("figures", ["measure=OR, estimate=-2", "measure=r, interval=-2..0.5"])
def test_a_supposed_figure_that_its_measure_cannot_have_is_refused(load_text, figures):
    with pytest.raises(WhatIfError, match="estimate and interval of this measure must be"):
        load_text("").with_evidence(f"a increases b: supports, cohort, {figures}")
