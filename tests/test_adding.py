"""A graph of one's own: begun, added to, put in order and compared; a paper comes in whole or not at all."""

import threading

import pytest
from click.testing import CliRunner
from rdflib import SH, XSD, Graph, URIRef

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.curation.adding import Reading, add_paper, new_entity
from rlsgraph.curation.papers import Paper
from rlsgraph.curation.starting import Beginning, start_folder
from rlsgraph.errors import CurationError, DataError, UnknownNameError
from rlsgraph.formats.turtle import find_unformatted
from rlsgraph.model import namespaces as ns
from rlsgraph.model.assertions import FORMS, Form
from rlsgraph.model.vocabulary import Direction
from rlsgraph.triples.resources import ontology_file

STUDY = "sleep loss increases example symptom: as claimed, cohort, n=120, p=0.01"
READ = Reading("Symptoms followed short nights.", locator="abstract", species=("human",))


@pytest.fixture
def data(tmp_path):
    """Return the data of a graph that was just begun."""
    start_folder(tmp_path / "mine", Beginning("Mechanisms of migraine"))
    return tmp_path / "mine" / "data"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def texts(folder):
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*.ttl")}


def test_what_is_begun_passes_its_own_checks_and_answers(data, tmp_path):
    assert rlsgraph.check(data).is_clean
    assert list(find_unformatted([data])) == []
    demo = run("demo", "--data", data, "--out", tmp_path / "page.html")
    assert demo.exit_code == 0, demo.output
    assert "Does sleep loss lead to example symptom?" in demo.output
    assert "RLS" not in demo.output
    assert "Mechanisms of migraine" in (data.parent / "README.md").read_text("utf-8")


def test_a_graph_begins_with_its_own_title_question_and_groups(tmp_path):
    run("init", tmp_path / "m", "--title", 'On "migraine"', "--start", "Sleep  loss", "--end", "attack", "--group", "head pain")
    data = tmp_path / "m" / "data"
    assert rlsgraph.check(data).is_clean
    kg = rlsgraph.load(data)
    start, end = kg.about.question
    assert (kg.about.title, start.label, end.label) == ('On "migraine"', "Sleep loss", "attack")
    assert 'On "migraine"' not in kg.to_html()
    assert "On &quot;migraine&quot;" in kg.to_html()
    text = (data / "entities.ttl").read_text("utf-8").replace("rls:SymptomGroup", "<https://w3id.org/rlsgraph/group/head-pain>")
    (data / "entities.ttl").write_text(text, "utf-8")
    assert rlsgraph.check(data).is_clean
    assert rlsgraph.load(data).entity("attack").group == "head pain"
    (data / "groups.ttl").unlink()
    assert [finding.rule for finding in rlsgraph.check(data)] == ["EntityGroup"]


@pytest.mark.parametrize("words", [{"start": "attack"}, {"end": "痛"}])
def test_a_question_needs_two_names(words, tmp_path):
    with pytest.raises(CurationError):
        start_folder(tmp_path / "m", Beginning(**{"start": "sleep", "end": "attack"} | words))
    assert not (tmp_path / "m").exists()


ON_TOP = """@prefix claim: <https://w3id.org/rlsgraph/claim/> . @prefix evidence: <https://w3id.org/rlsgraph/evidence/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix rls: <https://w3id.org/rlsgraph/ontology#> .
@prefix source: <https://w3id.org/rlsgraph/source/> .
claim:gut-dysbiosis.increases.systemic-inflammation rls:hasEvidence evidence:mine .
evidence:mine a rls:Evidence ; dcterms:identifier "mine" ; rls:direction rls:Supports ; rls:result rls:AsClaimed ;
  rls:studyDesign rls:Cohort ; rls:finding "More of it."@en ; dcterms:source source:reijnders2016-effects-microbiota .
"""


def test_a_graph_stands_on_the_shipped_one(tmp_path, kg):
    file = tmp_path / "mine.ttl"
    file.write_text(ON_TOP, "utf-8")
    on_top = rlsgraph.load(file, base="shipped")
    claim = "gut dysbiosis increases systemic inflammation"
    assert len(on_top.claim(claim).evidence) == len(kg.claim(claim).evidence) + 1
    assert on_top.about == kg.about
    assert {finding.rule for finding in rlsgraph.check(file, base="shipped") if finding.severity is rlsgraph.Severity.ERROR} == {
        "EvidenceLocator"
    }
    assert {finding.file for finding in rlsgraph.check(file, base="shipped")} == {file}
    assert "EvidenceSource" in {finding.rule for finding in rlsgraph.check(file)}
    shown = run("show", "mine", "--data", file, "--base", "shipped")
    assert shown.exit_code == 0, shown.output
    assert "More of it." in shown.output


def test_nothing_is_begun_where_something_is(data):
    with pytest.raises(CurationError, match="not an empty folder"):
        start_folder(data)


def test_a_paper_comes_in_with_its_figures_and_moves_the_score(data):
    before = rlsgraph.load(data).claim("sleep loss increases example symptom")
    paper = Paper("Sleep and symptoms", "Doe J", "2021", "A Journal", doi="https://doi.org/10.1000/XYZ")
    addition = add_paper(data, STUDY, paper, READ)
    after = rlsgraph.load(data).claim(addition.claim)
    (item,) = after.evidence
    assert (item.direction, item.sample_size, item.p_value, item.finding) == (Direction.SUPPORTS, 120, 0.01, READ.finding)
    assert (item.source.doi, item.source.year, item.species) == ("10.1000/xyz", 2021, ("human",))
    assert [(change.before.score, change.after.score) for change in addition.moved] == [(before.score, after.score)]
    assert rlsgraph.check(data).is_clean
    assert list(find_unformatted([data])) == []


def test_figures_are_written_as_the_shapes_ask(data):
    study = (
        "sleep loss increases example symptom: as claimed, cohort, n=9, measure=MD, estimate=-2, interval=-3.5..1e-3, unit=points"
    )
    item = add_paper(data, study, Paper("Sleep and figures", pmid="1"), READ).evidence
    (added,) = (each for each in rlsgraph.load(data).evidence() if each.iri == item)
    assert (added.estimate, added.interval, added.unit) == (-2, (-3.5, 0.001), "points")
    assert rlsgraph.check(data).is_clean


def test_the_groups_behind_a_paper_are_kept(data):
    arguments = ["--title", "Nights", "--pmid", "9", "--finding", "So.", "--locator", "abstract"]
    groups = ["--research-group", "Poe laboratory", "--research-group", "Night cohort"]
    study = "sleep loss increases example symptom: as claimed, cohort, n=9"
    answer = CliRunner().invoke(main, ["add", study, "--to", str(data), *arguments, *groups])
    assert answer.exit_code == 0, answer.output
    (source,) = (source for source in rlsgraph.load(data).sources() if source.pmid == "9")
    assert set(source.research_groups) == {"Poe laboratory", "Night cohort"}


def test_what_is_asserted_has_the_form_that_the_shapes_ask_for():
    wanted = {
        Form.ENGLISH: "languageIn", Form.TEXT: XSD.string, Form.WHOLE: XSD.integer, Form.DECIMAL: XSD.decimal,
        Form.DOUBLE: XSD.double, Form.BOOLEAN: XSD.boolean, Form.YEAR: XSD.gYear,
    }  # fmt: skip
    shapes = Graph().parse(ontology_file("shapes.ttl"))
    found = {}
    for shape, path in shapes.subject_objects(SH.path):
        if isinstance(path, URIRef) and not str(shape).startswith(ns.RLS + "Concept"):
            asked = shapes.value(shape, SH.datatype) or ("languageIn" if (shape, SH.languageIn, None) in shapes else None)
            found.setdefault(ns.compress(str(path)), set()).add(asked)
    alternatives = {ns.compress(str(path)) for head in shapes.objects(None, SH.alternativePath) for path in shapes.items(head)}
    assert FORMS.keys() - found.keys() - alternatives == set()
    for name, form in FORMS.items():
        if name in found and form is not Form.THING and name not in {"rls:quote", "skos:editorialNote"}:
            assert wanted[form] in found[name], name


def test_a_paper_that_is_there_is_one_source_however_its_identifier_is_spelt(data):
    first = add_paper(data, STUDY, Paper("Sleep and symptoms", doi="10.1000/xyz"), READ)
    again = add_paper(data, STUDY.replace("120", "80"), Paper("Other words", doi="doi:10.1000/XYZ"), READ)
    assert (again.source, again.is_new_source) == (first.source, False)
    assert again.evidence != first.evidence


def test_nearly_the_same_title_is_pointed_out(data):
    add_paper(data, STUDY, Paper("Sleep and symptoms", pmid="1"), READ)
    other = Paper("Sleep and symptom", pmid="2")
    with pytest.raises(CurationError, match="nearly this title"):
        add_paper(data, STUDY, other, READ)
    assert add_paper(data, STUDY, other, READ, is_another_paper=True).is_new_source


def test_a_new_entity_is_added_where_it_is_described(data):
    study = "magnesium decreases example symptom: no effect found, randomised controlled trial, n=60"
    with pytest.raises(UnknownNameError, match="magnesium"):
        add_paper(data, study, Paper("A trial", pmid="3"), READ)
    magnesium = new_entity("magnesium", "intervention", "SmallMolecule", "A mineral taken by mouth.")
    addition = add_paper(data, study, Paper("A trial", pmid="3"), READ, new_entities=[magnesium])
    assert (addition.new_entities, addition.is_new_claim) == (("magnesium",), True)
    assert rlsgraph.load(data).entity("magnesium").definition == "A mineral taken by mouth."


@pytest.mark.parametrize(
    ("paper", "reading", "says"),
    [
        (Paper("A trial", pmid="3"), Reading(locator="abstract"), "finding"),
        (Paper("A trial", pmid="3"), Reading("Fewer.", quote="x" * 301, locator="abstract"), "quote"),
        (Paper("A trial", doi="not a doi"), READ, "no doi"),
        (Paper("A trial", pmid="10.1000/xyz"), READ, "no pmid"),
        (Paper("A trial", url="not an address"), READ, "rdfs:seeAlso cannot be 'not an address'"),
        (Paper("Half a \ud800 character", pmid="3"), READ, "dcterms:title cannot be"),
    ],
)
def test_what_would_break_a_rule_changes_nothing(data, paper, reading, says):
    before = texts(data)
    with pytest.raises((CurationError, DataError), match=says):
        add_paper(data, STUDY, paper, reading)
    assert texts(data) == before


def test_a_dry_run_tells_and_writes_nothing(data):
    before = texts(data)
    options = ("--to", data, "--title", "Sleep", "--pmid", "1", "--finding", "More.", "--locator", "abstract", "--dry-run")
    answer = run("add", STUDY, *options)
    assert answer.exit_code == 0, answer.output
    assert "would be added" in answer.output
    assert texts(data) == before


def test_two_at_once_lose_nothing(data):
    def add(number):
        add_paper(data, STUDY, Paper(f"Paper {'abcd'[number] * 20}", pmid=str(number + 1)), READ)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rlsgraph.load(data).claim("sleep loss increases example symptom").evidence) == 4


def test_what_is_not_given_is_an_error_where_nobody_can_be_asked(data):
    answer = run("add", "--to", data)
    assert (answer.exit_code, "no terminal" in answer.output) == (2, True)


def test_fmt_puts_files_in_order_and_check_tells(data):
    path = data / "sources.ttl"
    path.write_text(path.read_text("utf-8").replace(" ;\n", " ; "), "utf-8")
    assert run("fmt", "--check", data).exit_code == 1
    assert run("fmt", data).exit_code == 0
    assert run("fmt", "--check", data).exit_code == 0


def test_diff_tells_what_moved(data, tmp_path):
    old = tmp_path / "old"
    start_folder(old, Beginning("the same"))
    assert run("diff", old / "data", data).exit_code == 1
    add_paper(data, STUDY, Paper("Sleep and symptoms", pmid="1"), READ)
    answer = run("diff", old / "data", data)
    assert answer.exit_code == 0, answer.output
    assert "1 evidence item: 1 new, 0 gone" in answer.output
    assert "sleep loss raises example symptom" in answer.output


def test_a_paper_on_a_shipped_claim_goes_into_a_folder_of_ones_own(tmp_path, kg):
    claim = "gut dysbiosis increases systemic inflammation"
    addition = add_paper(
        tmp_path, f"{claim}: as claimed, cohort, n=80", Paper("A new paper", "Doe J", "2024", pmid="99"), READ, base="shipped"
    )
    assert not addition.is_new_claim
    assert addition.moved[0].after.score > kg.claim(claim).score
    assert sorted(texts(tmp_path)) == ["gut.ttl", "sources.ttl"]
    assert rlsgraph.check(tmp_path, base="shipped").is_clean
