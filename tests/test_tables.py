"""Tables of evidence come into a folder whole or not at all, row by row told; given twice they change nothing."""

import json
import subprocess
import sys
import threading
import zipfile
from datetime import datetime

import openpyxl
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.curation.starting import Beginning, start_folder
from rlsgraph.curation.tables.columns import COLUMNS, Kind, find_columns, kind_of
from rlsgraph.curation.tables.importing import import_tables
from rlsgraph.curation.tables.template import write_template
from rlsgraph.errors import CurationError, DataError
from rlsgraph.formats.exchange import evidence_table
from rlsgraph.formats.spreadsheets.files import read_tables
from rlsgraph.formats.spreadsheets.workbook import MOST_UNPACKED, read_workbook
from rlsgraph.formats.turtle import find_unformatted
from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.model.study_terms import Directness, Result
from rlsgraph.model.vocabulary import Direction
from tests.helpers.graphs import LEDGER, ROOT

CLAIM = "sleep loss increases example symptom"
ROW = {
    "subject": "sleep loss", "predicate": "increases", "object": "example symptom", "result": "as claimed", "design": "cohort",
    "finding": "More symptoms.", "where in the paper": "abstract", "title": "Sleep and symptoms", "DOI": "10.1000/xyz",
}  # fmt: skip
OTHER = ROW | {"result": "no effect found", "title": "Nights in a far country", "DOI": "10.1000/abc"}
ENTITY = {
    "label": "magnesium", "definition": "A mineral taken by mouth.", "category": "SmallMolecule", "group": "intervention",
    "synonyms": "Mg; magnesium salts", "exact match": "CHEBI:25107", "kind of": "sleep loss",
}  # fmt: skip


@pytest.fixture
def data(tmp_path):
    """Return the data of a graph that was just begun."""
    start_folder(tmp_path / "mine", Beginning("Mechanisms of migraine"))
    return tmp_path / "mine" / "data"


@pytest.fixture
def table(tmp_path):
    """Return what writes rows as a table and returns its path."""

    def write(*rows, name="t.csv", separator=",", begin=""):
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        lines = [headings, *([str(row.get(heading, "")) for heading in headings] for row in rows)]
        path = tmp_path / name
        path.write_text(begin + "\n".join(separator.join(line) for line in lines) + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def book(tmp_path):
    """Return what writes sheets of rows as a workbook and returns its path."""

    def write(**sheets):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            sheet.append(list(rows[0]))
            for row in rows:
                sheet.append(list(row.values()))
        path = tmp_path / "t.xlsx"
        made.save(path)
        return path

    return write


def texts(folder):
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*.ttl")}


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def problems(data, path, **options):
    before = texts(data)
    report = import_tables(data, path, **options)
    assert not report
    assert texts(data) == before
    return [(one.row, one.column, f"{one.problem}; {one.remedy}") for one in report.problems]


def test_rows_come_in_are_told_and_change_nothing_the_second_time(data, table):
    path = table(ROW | {"sample size": "120.0", "p": "<0.01", "year": "2021-01-01"}, OTHER)
    report = import_tables(data, path)
    assert [(row.row, row.outcome.value) for row in report.rows] == [(2, "new item"), (3, "new item")]
    claim = rlsgraph.load(data).claim(CLAIM)
    first = next(item for item in claim.evidence if item.result is Result.AS_CLAIMED)
    assert (first.sample_size, first.p_value, first.p_is_bound, first.source.year) == (120, 0.01, True, 2021)
    assert [change.after.score for change in report.moved] == [claim.score]
    assert rlsgraph.check(data).is_clean
    assert list(find_unformatted([data])) == []
    after = texts(data)
    again = import_tables(data, path)
    assert {row.outcome.value for row in again.rows} == {"already there"}
    assert (again.files, again.moved, texts(data)) == ((), (), after)


def test_one_bad_row_keeps_all_out_and_every_fault_is_told_with_its_remedy(data, table):
    bad = OTHER | {"subject": "slep loss", "p": "0,3", "result": "no efect", "sample size": "1.5", "year": "last"}
    del bad["where in the paper"]
    found = problems(data, table(ROW, bad, separator=";"))
    assert {(row, column) for row, column, _ in found} == {
        (3, "subject"), (3, "p"), (3, "result"), (3, "sample size"), (3, "year"), (3, "where in the paper"),
    }  # fmt: skip
    told = " ".join(text for _, _, text in found)
    for words in ("did you mean 'sleep loss'", "comma", "did you mean 'no effect found'", "whole number", "is missing"):
        assert words in told


@pytest.mark.parametrize(
    ("changed", "column", "says"),
    [
        ({"object": "sleep loss"}, "object", "the subject itself"),
        ({"DOI": "10.1000"}, "DOI", "no doi"),
        ({"DOI": ""}, "DOI", "Say where the document can be found"),
        ({"title": ""}, "title", "needs a title"),
        ({"result": ""}, "result", "say what was found"),
        ({"direction": "disputes"}, "result", "does not go with"),
        ({"item id": "two words"}, "item id", "no id"),
        ({"category": "x"}, "category", "no heading that is known"),
        ({"quote": "x" * 301}, "quote", "300"),
        ({"measure": "OR", "estimate": "-2"}, "estimate", "at least 0"),
    ],
)
def test_what_breaks_a_rule_is_told_by_row_and_column(data, table, changed, column, says):
    found = problems(data, table(ROW | changed))
    assert any(at == column and says in text for _, at, text in found), found


def test_a_paper_that_is_there_is_used_and_a_title_nearly_the_same_is_pointed_out(data, table):
    import_tables(data, table(ROW))
    same = ROW | {"DOI": "https://doi.org/10.1000/XYZ", "finding": "More of them."}
    report = import_tables(data, table(same))
    assert "stands beside" in report.rows[0].note
    assert len(rlsgraph.load(data).sources()) == 2
    near = ROW | {"title": "Sleep and symptom", "DOI": "10.1000/other"}
    assert any("nearly the title" in text for _, _, text in problems(data, table(near)))
    assert import_tables(data, table(near), is_another_paper=True)
    assert import_tables(data, table({"source": "doi:10.1000/xyz"} | {k: v for k, v in ROW.items() if k not in ("title", "DOI")}))


def test_an_id_is_of_one_finding(data, table):
    import_tables(data, table(ROW | {"item id": "mine-1"}))
    assert import_tables(data, table(ROW | {"item id": "mine-1"})).count("already there") == 1
    found = problems(data, table(ROW | {"item id": "mine-1", "finding": "Fewer."}))
    assert found[0][:2] == (2, "item id")
    assert "says otherwise: finding" in found[0][2]
    twice = problems(data, table(OTHER | {"item id": "mine-2"}, OTHER | {"item id": "mine-2", "quote": "No more."}))
    assert "by row 2 of t.csv: quote" in twice[0][2]
    assert any("one column" in text for _, _, text in problems(data, table(OTHER | {"locator": "abstract"})))


def test_sheets_of_entities_and_sources_go_with_those_of_evidence(data, book):
    study = ROW | {"subject": "Mg", "predicate": "decreases", "source": "doe2021-salts"}
    del study["title"], study["DOI"]
    source = {"id": "doe2021-salts", "title": "Salts", "PMID": 123.0, "year": datetime(2021, 3, 1)}
    notes = {"whatever": 1, "else": 2}
    path = book(evidence=[study], sources=[source], entities=[ENTITY], notes=[notes])
    report = import_tables(data, path)
    assert sorted(row.outcome.value for row in report.rows) == ["new claim", "new entity", "new source"]
    assert report.unread == ("t.xlsx, sheet notes",)
    kg = rlsgraph.load(data)
    assert kg.entity("CHEBI:25107").label == "magnesium"
    assert (kg.source("doe2021-salts").pmid, kg.source("doe2021-salts").year) == ("123", 2021)
    assert [(link.subject.label, link.object.label) for link in kg.links()] == [("magnesium", "sleep loss")]
    assert not import_tables(data, path).files


def test_a_group_of_ones_own_is_one_by_its_words(data, table):
    text = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<https://w3id.org/rlsgraph/group/head-pain> a skos:Concept, "
    text += '<https://w3id.org/rlsgraph/ontology#Group> ; skos:prefLabel "head pain"@en ; skos:definition "Pain."@en ;\n'
    text += "    skos:inScheme <https://w3id.org/rlsgraph/ontology#GroupScheme> ."
    (data / "groups.ttl").write_text(text, "utf-8")
    rows = [
        ENTITY | {"label": label, "synonyms": "", "kind of": "", "group": group}
        for label, group in (("a", "Head pain"), ("b", "iron"))
    ]
    import_tables(data, table(*rows))
    kg = rlsgraph.load(data)
    assert [kg.entity(name).group for name in "ab"] == ["head pain", "iron"]


def test_a_new_entity_needs_a_name_of_its_own_and_a_group_that_is_one(data, table):
    found = problems(
        data, table(ENTITY | {"label": "Sleep loss", "kind of": ""}, ENTITY | {"group": "minerals", "kind of": "salt"})
    )
    assert [(row, column) for row, column, _ in found] == [(2, "label"), (3, "group"), (3, "kind of")]


def test_what_has_no_heading_is_told_and_a_fault_of_a_cell_too(data, table, tmp_path):
    path = table(ROW | {"item id": "#REF!", "quote": "x" * 10_001, "unit": "a\x01b"})
    path.write_text(path.read_text("utf-8").replace("a\x01b", "a\x01b,lost"), "utf-8")
    assert [column for _, column, _ in problems(data, path)] == ["item id", "quote", "unit", "column M"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_habits_of_spreadsheets_are_read(data, table, separator):
    row = {key.upper(): value.replace(" ", "\u00a0") for key, value in reversed(ROW.items())}
    row |= {"P value": "0.03", "": "", " ": ""}
    path = table(row, {}, {"SUBJECT": "# of the reader alone"}, separator=separator, begin="\ufeff")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1], lines[2], separator.join(["#", *lines[3].split(separator)[1:]])]), "utf-8")
    assert import_tables(data, path).count("new item") == 1
    assert rlsgraph.load(data).claim(CLAIM).evidence[0].p_value == 0.03


def test_two_imports_at_once_lose_nothing(data, table):
    rows = [ROW | {"title": f"Paper {letter * 20}", "DOI": f"10.1000/{letter}"} for letter in "abcd"]
    paths = [table(row, name=f"{number}.csv") for number, row in enumerate(rows)]
    threads = [threading.Thread(target=import_tables, args=(data, path)) for path in (*paths, paths[0])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rlsgraph.load(data).claim(CLAIM).evidence) == 4


def test_two_processes_that_import_at_once_lose_nothing(data, table):
    rows = [ROW | {"title": f"Paper {letter * 20}", "DOI": f"10.1000/{letter}"} for letter in "ab"]
    command = [sys.executable, "-m", "rlsgraph", "import", "--data", data]
    running = [subprocess.Popen([*command, table(row, name=f"{row['DOI'][-1]}.csv")], stderr=subprocess.PIPE) for row in rows]
    assert [(process.wait(), process.communicate()[1][:6]) for process in running] == [(0, b"1 new ")] * 2
    assert len(rlsgraph.load(data).claim(CLAIM).evidence) == 2


def test_an_empty_folder_is_told_how_a_graph_is_begun(table, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    answer = run("import", table(ROW), "--data", empty)
    assert (answer.exit_code, "`rlsgraph init`" in answer.stderr) == (3, True)


def test_json_lines_of_the_ledgers_form_come_in_with_what_was_worked_out(data, tmp_path):
    item = {
        "id": "x-1", "new": True, "subject": "sleep-loss", "predicate": "increases", "object": "example-symptom",
        "direction": "supports", "result": "as claimed", "design": "randomised controlled trial", "comparator": "active",
        "blinding": "double", "outcome_rank": "primary",
        "population_fit": "same", "outcome_fit": "surrogate", "species": "human, mouse", "n": 60,
        "measure": "MD", "estimate": -2, "p": 0.05, "p_is_bound": True, "better": "lower", "finding": "More.",
        "locator": "abstract", "read": "secondary page", "source": "doe2021-sleep",
        "directness": "it was the light that was changed",
        "derived": {"ci_low": -4.5, "ci_high": -0.5, "how": "from standard errors"},
    }  # fmt: skip
    sources = [{"id": f"doe202{n}-sleep", "title": f"Sleep {n * 9}", "year": 2020 + n, "pmid": str(n)} for n in (1, 2)]
    relations = [{"kind": "pools", "review": "doe2022-sleep", "trial": "doe2021-sleep", "certain": False}]
    files = {"evidence": [item], "sources": sources, "relations": relations}
    paths = [tmp_path / f"{name}.jsonl" for name in files]
    for path, rows in zip(paths, files.values(), strict=True):
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    report = import_tables(data, *paths)
    assert report, report.problems
    (found,) = rlsgraph.load(data).claim(CLAIM).evidence
    assert (found.identifier, found.direction, found.interval, found.species) == (
        "x-1",
        Direction.SUPPORTS,
        (-4.5, -0.5),
        ("human", "mouse"),
    )
    assert (found.directness, found.directness_note) == (None, item["directness"])
    assert "kept as a note" in next(row.note for row in report.rows if row.claim)
    assert rlsgraph.load(data).source("doe2022-sleep").likely_pools == (found.source.iri,)
    assert not import_tables(data, *reversed(paths)).files


def test_what_the_ledger_has_in_a_form_of_its_own_is_read(data, tmp_path):
    entities = (
        "label\tcategory\texact_curie\texact_label\tclose_curies\tverified_in\tdefinition\tsynonyms\tgroup\tclose_relations\n"
        "A2A density\tbiolink:OrganismAttribute\t\t\tMESH:D043705=Receptor, Adenosine A2A;HGNC:263=ADORA2A\tx.tsv\t"
        "How many.\tA2AR|A2A level\tneurotransmitter\tsame;related\n"
    )
    item = ROW | {"id": "x-2", "source": "doe-sleep", "directness": "germline variant (natural experiment)"}
    del item["title"], item["DOI"]
    files = {
        "entities.tsv": entities,
        "sources.jsonl": json.dumps({"id": "doe-sleep", "title": "Sleep", "new": True}),
        "evidence.jsonl": json.dumps(item),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    report = import_tables(data, *(tmp_path / name for name in files))
    assert report, report.problems
    assert [row.note for row in report.rows if row.outcome == "new source"] == [
        "no identifier and no address: give one, or say where you sought it"
    ]
    kg = rlsgraph.load(data)
    entity, (found,) = kg.entity("A2A density"), kg.claim(CLAIM).evidence
    assert set(entity.synonyms) == {"A2AR", "A2A level"}
    assert {(match.curie, match.relation.value) for match in entity.matches} == {
        ("MESH:D043705", "closeMatch"),
        ("HGNC:263", "relatedMatch"),
    }
    assert (found.directness, found.directness_note) == (Directness.NATURAL_EXPERIMENT, "germline variant (natural experiment)")


@pytest.mark.parametrize(
    ("matches", "relations", "says"),
    [("HP:0000726; HP:0000712", "close", "1 words for 2 terms"), ("HP:0000726", "equal", "'equal', which is no relation")],
)
def test_how_terms_elsewhere_relate_is_said_of_each(data, table, matches, relations, says):
    entity = ENTITY | {"close match": matches, "how close": relations}
    ((_, column, told),) = problems(data, table(entity, name="e.csv"))
    assert column == "how close"
    assert says in told


def test_what_export_writes_is_read_back(data, table, tmp_path):
    import_tables(data, table(ROW | {"sample size": "9", "measure": "OR", "estimate": "2", "p": "0.2", "finding": "=1+1"}, OTHER))
    out = tmp_path / "evidence.csv"
    assert run("export", out, "--format", "evidence", "--data", data).exit_code == 0
    assert import_tables(data, out).count("already there") == 2
    other = tmp_path / "other"
    start_folder(other, Beginning("another"))
    assert import_tables(other / "data", out).count("new item") == 2
    items = [{item.iri: item for item in rlsgraph.load(place).evidence()} for place in (data, other / "data")]
    assert items[0] == items[1]
    kind = kind_of(evidence_table.COLUMNS)
    assert find_columns(kind, evidence_table.COLUMNS)[1] == []


def test_headings_keys_and_properties_name_one_column_each():
    for kind, columns in COLUMNS.items():
        for column in columns:
            for name in filter(None, (column.heading, column.key)):
                assert find_columns(kind, [name])[0] == {name: column.key}


def test_the_command_tells_and_ends_with_three_where_nothing_is_written(data, table):
    answer = run("import", table(ROW | {"design": "RCTT"}), "--data", data)
    assert (answer.exit_code, "is no design" in answer.output, "nothing was written" in answer.output) == (3, True, True)
    answer = run("import", table(ROW), "--data", data, "--dry-run", "--format", "json")
    assert [row["outcome"] for row in json.loads(answer.stdout)] == ["new item"]
    assert "would write" in answer.stderr
    assert run("import", table(ROW), "--data", data).exit_code == 0
    for arguments in ([table(ROW)], [table(ROW), data], ["nothing.csv", "--data", data]):
        assert run("import", *arguments).exit_code == 2
    with pytest.raises(CurationError):
        import_tables(data)


def test_files_that_are_no_tables_are_refused_by_name(data, tmp_path):
    contents = {
        "a.xlsm": b"PK", "b.xlsx": b"no archive", "c.csv": b"a,b\n\xff,1", "d.csv": b"x,y\n1,2", "e.csv": b'subject,object\n"a,b',
        "f.jsonl": b"[1]", "g.jsonl": b'{"subject": NaN}', "h.csv": b"subject,subject\na,b", "i.csv": b"", "j.json": b"{}",
        "l.jsonl": b'{"a":' * 5000, "m.csv": b"subject\0,object",
    }  # fmt: skip
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError, match=name):
            import_tables(data, tmp_path / name)


def test_a_template_that_is_filled_in_comes_in(data, tmp_path):
    out = tmp_path / "papers.xlsx"
    assert run("template", out, "--data", data).exit_code == 0
    assert run("template", out, "--data", data).exit_code == 3  # it may be filled in by now
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["evidence", "entities", "sources", "columns", "lists"]
    sheet, lists = book["evidence"], book["lists"]
    heads = {cell.value: cell for cell in sheet[1]}
    assert heads["sample size"].comment.text.endswith("rls:sampleSize")
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        cells = lists[rule.formula1.partition("!")[2].replace("$", "")]
        for place in rule.sqref.ranges:
            offered[sheet.cell(1, place.min_col).value] = [cell.value for (cell,) in cells]
    assert offered["subject"] == offered["object"] == ["example symptom", "sleep loss"]
    assert offered["result"] == [each.label for each in Result]
    assert {"design", "predicate", "comparator", "blinding", "outcome rank", "population fit", "measure"} < offered.keys()
    for heading, text in ROW.items():
        sheet.cell(2, heads[heading].column).value = text
    book.save(out)
    report = import_tables(data, out)
    assert ([row.outcome.value for row in report.rows], report.unread) == (["new item"], ())


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("ending", [".csv", ".tsv"])
def test_a_template_of_text_shows_properties_and_an_example_that_import_passes_over(kind, ending, tmp_path):
    out = tmp_path / f"t{ending}"
    write_template(out, None, kind=kind)
    (table,) = read_tables(out)
    assert (kind_of(table.headings), table.rows) == (kind, ())
    example = [line for line in out.read_text("utf-8").splitlines() if line.startswith("# example")]
    assert len(example) == 1
    with pytest.raises(CurationError, match="is there already"):
        write_template(out, None, kind=kind)


def test_the_example_of_each_column_can_be_read():
    for columns in COLUMNS.values():
        for column in columns:
            assert not column.example or column.read(column.example)


def test_hostile_workbooks_are_bounded(tmp_path):
    def packed(**parts):
        path = tmp_path / "hostile.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name.replace("__", "/"), text)
        return path

    bomb = {"xl__sharedStrings.xml": "x" * (MOST_UNPACKED + 1)}
    entities = {"xl__workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
    for parts, says in ((bomb, "unpacks"), (entities, "DTD"), ({"xl__vbaProject.bin": "x"}, "macros"), ({}, "no workbook")):
        with pytest.raises(DataError, match=says):
            read_workbook(packed(**parts))


def test_values_of_a_workbook_are_read_never_its_formulas(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["subject", "n", "year", "p"])
    sheet.append(["=1+1", 12.0, datetime(2019, 5, 1), None])
    sheet["D100000"] = " "  # a sheet that is far longer than what is in it
    sheet["A9"] = "#N/A"
    book.save(tmp_path / "t.xlsx")
    (table,) = read_workbook(tmp_path / "t.xlsx")
    first, last = table.rows
    assert (first.cells, list(first.faults)) == ({"n": "12", "year": "2019-05-01"}, ["subject"])
    assert (last.number, list(last.faults)) == (9, ["subject"])


def test_a_folder_may_stand_on_another_graph(data, table, tmp_path):
    mine = tmp_path / "own"
    mine.mkdir()
    report = import_tables(mine, table(ROW, OTHER), base=data)
    assert [row.outcome.value for row in report.rows] == ["new item", "new item"]
    assert {path.name for path in report.files} == {"exposure.ttl", "sources.ttl"}
    assert len(rlsgraph.load(mine, base=data).claim(CLAIM).evidence) == 2
    assert not import_tables(mine, table(ROW, OTHER), base=data).files


def said_in(folder, *, leave_out):
    """Return what the Turtle files of a folder say, but what has something to do with some IRIs."""
    store = ox.Store()
    for path in folder.rglob("*.ttl"):
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    return [quad for quad in store if leave_out.isdisjoint(getattr(end, "value", "") for end in quad.triple)]


@pytest.mark.long
@pytest.mark.skipif(not LEDGER.exists(), reason="the evidence ledger is not beside this checkout")
def test_the_whole_ledger_comes_into_a_graph_just_begun_and_gives_the_scores_of_the_shipped_one(kg, data, tmp_path):
    """The shipped graph has more: items of the project's source document, kinds of entities, and classes of directness."""
    names = ("entities.tsv", "new_entities.jsonl", "sources.jsonl", "evidence.jsonl", "relations.jsonl")
    report = import_tables(data, *(LEDGER / name for name in names))
    assert report, report.problems[:3]
    lines = {name: (LEDGER / name).read_text("utf-8").splitlines() for name in names}
    assert len(report.rows) == sum(map(len, lines.values())) - 1  # one line holds headings
    assert not import_tables(data, *(LEDGER / name for name in names)).files
    items = {PREFIXES["evidence"] + json.loads(line)["id"] for line in lines["evidence.jsonl"]}
    assert {item.iri for item in rlsgraph.load(data).evidence()} == items

    directness = f"{PREFIXES['rls']}directness"
    lacking = {directness, *(item.iri for item in kg.evidence() if item.iri not in items)}
    shipped = said_in(ROOT / "data", leave_out=lacking)
    own = tuple(PREFIXES[name] for name in ("claim", "evidence", "source"))
    begun = {f"{PREFIXES['claim']}sleep-loss.increases.example-symptom"}
    made = [quad for quad in said_in(data, leave_out={directness, *begun}) if quad.subject.value.startswith(own)]
    anew = {quad.subject for quad in made if not quad.subject.value.startswith(own[0])}
    rest = [quad for quad in shipped if quad.subject not in anew and quad.predicate.value != f"{PREFIXES['rls']}hasEvidence"]
    scores = []
    for name, quads in {"shipped": shipped, "made": [*made, *rest]}.items():
        (tmp_path / f"{name}.nt").write_bytes(ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES))
        scores.append({claim.iri: claim.score for claim in rlsgraph.load(tmp_path / f"{name}.nt").claims()})
    assert scores[0] == pytest.approx(scores[1], abs=1e-9)
