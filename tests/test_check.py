"""What a curator gets wrong at first, and what `rlsgraph check` says of it: the rule, the line, the remedy."""

import contextlib
import gzip
import json
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.curation.check import check, rule_table
from rlsgraph.curation.report import Severity
from rlsgraph.errors import DataError, DataWarning
from rlsgraph.graph.building import build
from rlsgraph.triples import resources
from rlsgraph.triples.lines import read_lines
from tests.helpers.graphs import ROOT

GOOD = """\
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix biolink: <https://w3id.org/biolink/vocab/> .
@prefix claim: <https://w3id.org/rlsgraph/claim/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix entity: <https://w3id.org/rlsgraph/entity/> .
@prefix evidence: <https://w3id.org/rlsgraph/evidence/> .
@prefix hypothesis: <https://w3id.org/rlsgraph/hypothesis/> .
@prefix link: <https://w3id.org/rlsgraph/link/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rls: <https://w3id.org/rlsgraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/rlsgraph/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

entity:tea a rls:Entity ; skos:prefLabel "tea"@en ; skos:definition "A drink."@en ;
    rls:category biolink:Food ; rls:group rls:ExposureGroup .
entity:calm a rls:Entity ; skos:prefLabel "calm"@en ; skos:definition "A state."@en ;
    rls:category biolink:PhenotypicFeature ; rls:group rls:OutcomeGroup .
entity:sleep a rls:Entity ; skos:prefLabel "sleep"@en ; skos:definition "A rest."@en ;
    rls:category biolink:PhenotypicFeature ; rls:group rls:OutcomeGroup .

source:ray2020-tea a rls:Source ;
    dcterms:title "Tea at night" ;
    rls:firstAuthor "Ray A" ;
    dcterms:issued "2020"^^xsd:gYear ;
    bibo:doi "10.1234/tea" .

claim:tea.increases.calm a rls:Claim, rdf:Statement ;
    rdf:subject entity:tea ;
    rdf:predicate rls:increases ;
    rdf:object entity:calm ;
    rls:hasEvidence evidence:tea-1 .

claim:calm.increases.sleep a rls:Claim, rdf:Statement ;
    rdf:subject entity:calm ; rdf:predicate rls:increases ; rdf:object entity:sleep .

evidence:tea-1 a rls:Evidence ;
    dcterms:identifier "tea-1" ;
    dcterms:source source:ray2020-tea ;
    rls:direction rls:Supports ;
    rls:result rls:AsClaimed ;
    rls:studyDesign rls:Cohort ;
    rls:sampleSize 120 ;
    rls:pValue 0.03e0 ;
    rls:intervalLow 1.1 ;
    rls:intervalHigh 2.5 ;
    rls:finding "People were calmer."@en ;
    rls:locator "abstract" .

link:sleep.broader.calm a rls:DefinitionalLink, rdf:Statement ;
    rdf:subject entity:sleep ; rdf:predicate skos:broader ; rdf:object entity:calm ;
    rls:reason "Sleep is taken for a kind of calm here."@en .

hypothesis:tea-sleep a rls:Hypothesis ;
    skos:prefLabel "tea to sleep"@en ; skos:definition "Tea calms, and calm lets sleep."@en ;
    rls:start entity:tea ; rls:end entity:sleep ;
    rls:claims ( claim:tea.increases.calm claim:calm.increases.sleep ) ;
    rls:status rls:Proposed ; dcterms:source source:ray2020-tea .
"""
PREFIXES = GOOD.partition("\n\n")[0] + "\n"

MISTAKES = {
    "a misspelt property": ("rls:hasEvidence ev", "rls:hasEvidance ev", "UnknownProperty", "rls:hasEvidence?"),
    "a property in the wrong case": ("rls:sampleSize 1", "rls:samplesize 1", "UnknownProperty", "rls:sampleSize?"),
    "a class in the wrong case": (
        "evidence:tea-1 a rls:Evidence",
        "evidence:tea-1 a rls:evidence",
        "UnknownClass",
        "rls:Evidence?",
    ),
    "a property of SKOS in the wrong case": (
        'skos:prefLabel "tea"',
        'skos:preflabel "tea"',
        "UnknownProperty",
        "skos:prefLabel?",
    ),
    "a term in the wrong case": ("rls:Cohort ;", "rls:cohort ;", "EvidenceDesign", "rls:Cohort?"),
    "evidence without a source": (
        "    dcterms:source source:ray2020-tea ;\n    rls:d",
        "    rls:d",
        "EvidenceSource",
        "is missing",
    ),
    "evidence that no claim names": (
        " ;\n    rls:hasEvidence evidence:tea-1 .",
        " .",
        "EvidenceClaim",
        "^rls:hasEvidence is missing",
    ),
    "a misspelt direction": ("rls:Supports", "rls:Suports", "EvidenceDirection", "rls:Supports?"),
    "a DOI with a blank": ("10.1234/tea", "10.1234/ tea", "SourceDoi", '"10.1234/ tea"'),
    "a DOI with its address": ("10.1234/tea", "https://doi.org/10.1234/tea", "SourceDoi", "https://doi.org/10.1234/tea"),
    "a year as text": ('"2020"^^xsd:gYear', '"2020"', "SourceYear", "not written as xsd:gYear"),
    "a missing label": ('skos:prefLabel "tea"@en ; ', "", "EntityLabel", "is missing"),
    "one label twice": ('"calm"@en', '"Tea"@en', "SharedLabel", "entity:tea"),
    "a claim whose IRI says something else": (
        "claim:tea.increases.calm",
        "claim:tea.decreases.calm",
        "MisnamedThing",
        "increases",
    ),
    "an unknown predicate": ("rdf:predicate rls:increases ;\n", "rdf:predicate rls:raises ;\n", "ClaimPredicate", "rls:raises"),
    "a claim of a thing about itself": (
        "rdf:object entity:calm ;\n",
        "rdf:object entity:tea ;\n",
        "ClaimEndsDiffer",
        "entity:tea",
    ),
    "a typed score": ("rdf:object entity:calm ;\n", "rdf:object entity:calm ; rls:score 0.9e0 ;\n", "ClaimDerived", "rls:score"),
    "no sample size": ("    rls:sampleSize 120 ;\n", "", "SampleSizeMissing", "rls:sampleSize is missing"),
    "a sample of nobody": ("rls:sampleSize 120", "rls:sampleSize 0", "EvidenceSampleSize", "below 1"),
    "a sample size as text": ("rls:sampleSize 120", 'rls:sampleSize "120"', "EvidenceSampleSize", "xsd:integer"),
    "a p above 1": ("0.03e0", "1.5e0", "EvidencePValue", "above 1"),
    "an interval the wrong way round": ("rls:intervalLow 1.1", "rls:intervalLow 3.1", "EvidenceIntervalLow", "rls:intervalHigh"),
    "an interval of one end": ("    rls:intervalHigh 2.5 ;\n", "", "UnreadableEvidence", "two ends"),
    "a result against the direction": ("rls:AsClaimed", "rls:NoEffectFound", "UnreadableEvidence", "direction"),
    "a hypothesis without a route": (
        "rls:claims ( claim:tea.increases.calm ",
        "rls:claims ( ",
        "BrokenRoute",
        "from entity:tea to entity:sleep",
    ),
    "a hypothesis without a claim": ("( claim:tea.increases.calm claim:calm.increases.sleep )", "()", "HypothesisClaims", "form"),
    "an enumeration with a language": ("rls:Cohort ;", '"cohort"@en ;', "EvidenceDesign", '"cohort"@en'),
    "a text in place of an IRI": ("rdf:subject entity:tea", 'rdf:subject "tea"', "ClaimSubject", "the text"),
    "terms by http": ("<https://w3id.org/rlsgraph/ontology#>", "<http://w3id.org/rlsgraph/ontology#>", "WrongNamespace", "rls:"),
    "terms by a slash": (
        "<https://w3id.org/rlsgraph/ontology#>",
        "<https://w3id.org/rlsgraph/ontology/>",
        "WrongNamespace",
        "rls:",
    ),
    "things by http": (
        "entity: <https://w3id.org",
        "entity: <http://w3id.org",
        "WrongNamespace",
        "https://w3id.org/rlsgraph/entity/tea",
    ),
    "two titles": ('"Tea at night"', '"Tea at night", "Tea by night"', "SourceTitle", "2 times"),
    "retracted yes": ('rls:firstAuthor "Ray A"', 'rls:retracted "yes"', "SourceRetracted", "xsd:boolean"),
    "a guideline as evidence": ("rls:Cohort ;", "rls:Guideline ;", "GuidelineAsEvidence", "guideline"),
    "a thing without a type": ("evidence:tea-1 a rls:Evidence ;\n   ", "evidence:tea-1", "Untyped", "rls:direction"),
}

LINKS = """
link:calm.broader.sleep a rls:DefinitionalLink, rdf:Statement ;
    rdf:subject entity:calm ; rdf:predicate {kind} ; rdf:object entity:sleep ; rls:reason "So it is said."@en .
"""
ADDITIONS = {
    "kinds in a circle": (LINKS.format(kind="skos:broader"), "KindOfCircle"),
    "a kind and an opposite": (LINKS.format(kind="rls:oppositeOf"), "OppositeKind"),
    "one claim twice": (
        "claim:again a rls:Claim, rdf:Statement ; rdf:subject entity:tea ;\n"
        " rdf:predicate rls:increases ; rdf:object entity:calm .\n",
        "SaidTwice",
    ),
}


def written(tmp_path: Path, text: str, name: str = "mine.ttl") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def spoilt(name: str) -> str:
    old, new, *_ = MISTAKES[name]
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def run(*arguments: object):
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_a_good_file_is_clean(tmp_path):
    path = written(tmp_path, GOOD)
    assert check(path).findings == ()
    result = run(path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 file checked: no errors, no warnings\n"


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_rule_place_and_remedy(tmp_path, name):
    text = spoilt(name)
    *_, rule, words = MISTAKES[name]
    path = written(tmp_path, text)
    report = check(path)
    found = [finding for finding in report if finding.rule == rule]
    assert found, [str(finding) for finding in report]
    assert any(words in finding.problem for finding in found), [finding.problem for finding in found]
    for finding in found:
        assert finding.file == path
        local = finding.thing.rpartition("/")[2]
        assert finding.line is not None
        nearby = text.splitlines()[finding.line - 1 :][:1] + text.splitlines()[: finding.line]
        assert any(local in line for line in nearby)
        assert finding.remedy == rule_table()[rule][1]
    is_note = found[0].severity is Severity.NOTE
    assert run(path).exit_code == (0 if is_note else 1)


@pytest.mark.parametrize("name", ADDITIONS)
def test_what_is_added_wrongly_is_told(tmp_path, name):
    addition, rule = ADDITIONS[name]
    assert rule in {finding.rule for finding in check(written(tmp_path, GOOD + addition))}


def test_the_line_is_that_of_the_property(tmp_path):
    (finding,) = check(written(tmp_path, GOOD.replace("rls:pValue 0.03e0", "rls:pValue 7e0")))
    assert GOOD.splitlines()[finding.line - 1].strip().startswith("rls:pValue")
    assert str(finding) == (
        f"{tmp_path / 'mine.ttl'}:{finding.line}: error: evidence:tea-1: "
        'rls:pValue is "7"^^xsd:double, which is above 1 [EvidencePValue]'
    )


def test_every_finding_is_told_and_in_order(tmp_path):
    text = spoilt("a p above 1").replace("rls:Supports", "rls:Suports").replace("10.1234/tea", "tea")
    report = check(written(tmp_path, text))
    assert {finding.rule for finding in report} == {"EvidencePValue", "EvidenceDirection", "SourceDoi"}
    assert [finding.line for finding in report] == sorted(finding.line for finding in report)
    assert not report


BEYOND_SHAPES = {
    "a list that never ends": (
        "( claim:tea.increases.calm claim:calm.increases.sleep )",
        "_:l .\n_:l rdf:first claim:tea.increases.calm ; rdf:rest _:l .\nhypothesis:tea-sleep a rls:Hypothesis",
    ),
    "a list that ends in a text": (
        "( claim:tea.increases.calm claim:calm.increases.sleep )",
        '[ rdf:first claim:tea.increases.calm ; rdf:rest "x" ]',
    ),
    "a number of 400 digits": ("rls:sampleSize 120", f"rls:sampleSize 1{'0' * 400}"),
}


@pytest.mark.parametrize("is_alone", [True, False])
@pytest.mark.parametrize("name", BEYOND_SHAPES)
def test_what_no_shape_says_is_told_beside_other_errors(tmp_path, name, is_alone):
    """A second error in another thing does not hide it."""
    old, new = BEYOND_SHAPES[name]
    text = GOOD.replace(old, new)
    path = written(tmp_path, text if is_alone else text.replace("10.1234/tea", "tea"))
    with contextlib.suppress(DataError):
        assert rlsgraph.load(path).hypotheses()
    found = {finding.rule for finding in check(path) if finding.severity is Severity.ERROR} - {"SourceDoi"}
    assert found & {"BrokenList", "UnreadableEvidence"}


SILENT = (
    "a misspelt property", "a property in the wrong case", "a property of SKOS in the wrong case", "evidence that no claim names",
    "a typed score", "terms by http", "terms by a slash", "a class in the wrong case",
)  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_what_is_not_read_is_warned_of(tmp_path, name):
    """`load` and `build` either refuse it, or say that they leave it out."""
    path = written(tmp_path, spoilt(name))
    told = {}
    for number, make in enumerate((lambda: rlsgraph.load(path), lambda: build(tmp_path / "store", path))):
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            try:
                make()
            except DataError as error:
                told[number] = {str(error)}
            else:
                told[number] = {str(one.message) for one in heard if issubclass(one.category, DataWarning)}
                assert told[number]
                assert {one.filename for one in heard} == {__file__}


def test_good_files_are_read_without_a_word(tmp_path):
    path = written(tmp_path, GOOD)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        kg = rlsgraph.load(path)
        again = written(tmp_path, kg.dump("ttl").decode(), "again.ttl")
        assert len(rlsgraph.load(again)) == len(kg)
        build(tmp_path / "store", path)


def test_commands_print_the_warning_on_standard_error(tmp_path):
    path = written(tmp_path, spoilt("a misspelt property"))
    result = CliRunner().invoke(main, ["info", "--data", str(path)])
    assert result.exit_code == 0
    (line, *_) = result.stderr.splitlines()
    assert line.startswith("Warning: rls:hasEvidance is no known property")
    assert "rls:hasEvidence?" in line


# --- check and load -------------------------------------------------------------------------------------------------------

LABEL, YEAR, SIZE, P, TITLE = '"tea"@en ;', '"2020"^^xsd:gYear', "rls:sampleSize 120", "0.03e0", '"Tea at night" ;'
VARIED = {
    LABEL: (
        '"tea"@en, "Tee"@de ;',
        '"tea"@en, "the"@en ;',
        '"Tee"@de ;',
        '"tea" ;',
        "5 ;",
        '" "@en ;',
        '"\u200b"@en ;',
        "<urn:x> ;",
    ),
    YEAR: (
        '"2020Z"^^xsd:gYear',
        "2020",
        '"2020-05"^^xsd:gYearMonth',
        '"-0044"^^xsd:gYear',
        '"99"^^xsd:gYear',
        "2020.5",
        '"2020"^^xsd:gYear, "2021"^^xsd:gYear',
        '"2020-13-45"^^xsd:date',
    ),
    SIZE: ("rls:sampleSize 120.5", 'rls:sampleSize "120"^^xsd:int', 'rls:sampleSize " 120 "^^xsd:integer', "rls:sampleSize 1, 2"),
    P: ("0.0e0", '"NaN"^^xsd:double', '"0,03"^^xsd:double', '"0.03"^^xsd:float', "-0.1e0"),
    TITLE: (
        TITLE + ' rls:retracted "yes" ;',
        TITLE + ' rls:retracted "1"^^xsd:boolean ;',
        TITLE + " rls:retracted true, false ;",
        '"Tea"@en, "Th"@fr ;',
        "<urn:x> ;",
        TITLE + " rls:sameStudyAs source:gone ;",
        TITLE + ' rls:journal "a", "b" ;',
    ),
    'bibo:doi "10.1234/tea"': ("bibo:pmid 123", 'bibo:pmid "abc"', "bibo:doi <https://doi.org/10.1234/tea>"),
    '"tea-1"': ('"tea 1"', "5"),
    "entity:sleep a": ("_:s a",),
    "claim:calm.increases.sleep a": ("[] a",),
    "rls:status rls:Proposed ;": ("", "rls:status rls:Proposed, rls:UnderStudy ;"),
}


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, values in VARIED.items() for new in values])
def test_check_tells_what_load_refuses_and_the_docs_what_it_alone_tells(tmp_path, old, new):
    path = written(tmp_path, GOOD.replace(old, new, 1))
    told = {finding.rule for finding in check(path) if finding.severity is Severity.ERROR}
    try:
        rlsgraph.load(path)
    except DataError:
        assert told
        with pytest.raises(DataError):
            build(tmp_path / "store", path)
    else:
        docs = (ROOT / "docs" / "checking.md").read_text("utf-8")
        alone = docs[docs.index("Errors that `check` alone") : docs.index("It ends with 0")]
        assert [rule for rule in told if f"`{rule}`" not in alone] == []


# --- files ----------------------------------------------------------------------------------------------------------------


def test_files_are_one_graph_in_any_order(tmp_path):
    head, *blocks = GOOD.split("\n\n")
    paths = [written(tmp_path, f"{head}\n\n{block}", f"{number}.ttl") for number, block in enumerate(blocks)]
    assert check(*paths).findings == check(*reversed(paths)).findings == check(tmp_path).findings == ()
    alone = check(paths[2])
    assert {finding.rule for finding in alone} == {"ClaimSubject", "ClaimObject", "ClaimEvidence"}


@pytest.mark.parametrize("ending", ["nt", "trig", "jsonld", "rdf"])
def test_other_formats_are_checked_too(tmp_path, ending):
    import pyoxigraph as ox

    from rlsgraph.triples.formats import RDF_FORMATS

    quads = ox.parse(spoilt("a p above 1"), format=ox.RdfFormat.TURTLE)
    path = tmp_path / f"mine.{ending}"
    ox.serialize((quad.triple for quad in quads), output=path, format=RDF_FORMATS[ending])
    (finding,) = check(path)
    assert finding.rule == "EvidencePValue"
    line = path.read_text("utf-8").splitlines()[finding.line - 1]
    assert "tea-1" in line or "pValue" in line


def test_a_compressed_file_is_told_by_its_lines_too(tmp_path):
    path = tmp_path / "mine.ttl.gz"
    path.write_bytes(gzip.compress(("\ufeff" + spoilt("a p above 1")).encode()))
    (finding,) = check(path)
    assert GOOD.splitlines()[finding.line - 1].strip().startswith("rls:pValue")


def test_broken_files_are_all_told_with_their_lines(tmp_path):
    one, other = written(tmp_path, PREFIXES + "entity:a a .", "a.ttl"), written(tmp_path, "<a", "b.ttl")
    strange = written(tmp_path, GOOD, "c.txt")
    report = check(one, other, strange)
    assert report.is_broken
    assert [(finding.file, finding.line) for finding in report] == [(one, 14), (other, 1), (strange, None)]
    assert "ending" in report.findings[2].problem
    assert run(one, other).exit_code == 3
    assert run(tmp_path / "nowhere.ttl").exit_code == 2


def test_a_file_of_which_nothing_is_read_is_told(tmp_path):
    path = written(tmp_path, "<https://example.org/a> <https://example.org/b> 1 .")
    (finding,) = check(path)
    assert (finding.rule, finding.file) == ("NothingRead", path)


def test_hostile_texts_stay_in_their_line(tmp_path):
    text = GOOD.replace('"Tea at night"', '"Tea\\u001b[31m\\n\\u202eat night", "b"')
    result = run(written(tmp_path, text))
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_the_shipped_graph_has_no_error_and_no_warning():
    report = check(*resources.data_files())
    assert [str(finding) for finding in report if finding.severity is not Severity.NOTE] == []
    assert report
    assert {finding.rule for finding in report} <= {"SampleSizeMissing", "GuidelineAsEvidence"}


# --- formats --------------------------------------------------------------------------------------------------------------


def test_json_holds_every_field(tmp_path):
    path = written(tmp_path, spoilt("a p above 1"))
    told = json.loads(run(path, "--format", "json").stdout)
    assert (told["errors"], told["warnings"], told["notes"], told["broken"]) == (1, 0, 0, False)
    (finding,) = told["findings"]
    assert finding["file"] == str(path)
    assert finding["rule"] == "EvidencePValue"
    assert finding["thing"] == "https://w3id.org/rlsgraph/evidence/tea-1"
    assert all(finding[name] for name in ("line", "severity", "problem", "remedy", "path", "value"))


SARIF = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"results", "artifacts", "columnKind"}),
    "driver": ({"name"}, {"version", "informationUri", "rules"}),
    "rule": ({"id"}, {"shortDescription", "help", "defaultConfiguration"}),
    "result": ({"message"}, {"ruleId", "ruleIndex", "level", "locations"}),
    "location": (set(), {"physicalLocation", "logicalLocations"}),
    "physical": (set(), {"artifactLocation", "region"}),
}
"""Of each object of SARIF 2.1.0: what its schema requires, and which of its properties are used. It allows no others."""


def keeps(kind: str, value: dict) -> None:
    required, optional = SARIF[kind]
    assert required <= value.keys() <= required | optional


def test_sarif_keeps_its_schema(tmp_path):
    path = written(tmp_path, spoilt("a misspelt property").replace("rls:Supports", "rls:Suports"), "with blank.ttl")
    log = json.loads(run(path, "--format", "sarif").stdout)
    keeps("log", log)
    assert log["version"] == "2.1.0"
    (found,) = log["runs"]
    keeps("run", found)
    assert found["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = found["tool"]["driver"]
    keeps("driver", driver)
    for rule in driver["rules"]:
        keeps("rule", rule)
        assert rule["shortDescription"]["text"] and rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    assert len(found["results"]) == 3
    for result in found["results"]:
        keeps("result", result)
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result["locations"]:
            keeps("location", location)
            keeps("physical", location["physicalLocation"])
            assert location["physicalLocation"]["artifactLocation"]["uri"] == path.as_uri()
            assert location["physicalLocation"]["region"]["startLine"] >= 1


def test_sarif_of_a_clean_file_has_an_empty_list(tmp_path):
    log = json.loads(run(written(tmp_path, GOOD), "--format", "sarif").stdout)
    assert log["runs"][0]["results"] == []


# --- words ----------------------------------------------------------------------------------------------------------------


def test_the_docs_tell_every_rule():
    text = (ROOT / "docs" / "checking.md").read_text("utf-8")
    told = [line for line in text.splitlines() if line.startswith("| `")]
    rules = rule_table()
    assert told == [f"| `{name}` | {severity.label} | {remedy} |" for name, (severity, remedy) in rules.items()]


def test_lines_of_turtle_are_read_through_texts_and_lists():
    text = PREFIXES + "\n".join(
        [
            'entity:a rls:x "a ; b . c" , """two',
            'lines . entity:no a rls:No .""" ; # entity:no a rls:No .',
            "  rls:y [ rls:no 1 ] , ( rls:z ) ; rls:v 1.5 .",
            "[] rls:w 1 . entity:b.c rls:y entity:a.",
            "<https://example.org/d> a rls:D .",
        ]
    )
    begin = PREFIXES.count("\n")
    lines = read_lines(text, is_turtle=True)
    rls, entity = "https://w3id.org/rlsgraph/ontology#", "https://w3id.org/rlsgraph/entity/"
    assert lines.of(entity + "a", rls + "x") == begin + 1
    assert lines.of(entity + "a", rls + "y") == lines.of(entity + "a", rls + "v") == begin + 3
    assert lines.of(entity + "b.c", rls + "y") == begin + 4
    assert lines.of("https://example.org/d", rls + "missing") == begin + 5
    assert (entity + "no", "") not in lines.found
