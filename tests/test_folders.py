"""What a folder holds and is not read is said; what reads one file refuses what is none, or no text."""

import gzip
import os
import warnings

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.curation.check import check
from rlsgraph.errors import DataError, DataWarning, WhatIfError
from rlsgraph.formats.reading.table import readings
from rlsgraph.graph.building import build
from tests.helpers.graphs import ROOT

TURTLE = """@prefix rls: <https://w3id.org/rlsgraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/rlsgraph/entity/a> a rls:Entity ; skos:prefLabel "a"@en .
"""
LOOK_LIKE_DATA = {
    "a.json": "from bel",
    "a.yaml": "from dismech",
    "a.YML": "from dismech",
    "a_nodes.tsv": "from kgx",
    "a.csv": "a table",
    "a.xlsx": "a table",
    "a.xml": "RDF/XML ends in .rdf",
    "a.ttl.txt": "use one of .ttl",
    "a.ttl.zip": "gzip",
    "a.rdf.bz2": "gzip",
    "graph": "use one of .ttl",
    "a.foo": "use one of .ttl",
}
NO_DATA = (
    *("README", "README.md", "LICENSE", "notes.txt", "a.pdf", "Makefile"),
    *(".a.json", ".git/a.json", "a.ttl.bak", "a.ttl~", "q.rq"),
)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "data"
    (place / ".git").mkdir(parents=True)
    (place / "graph.ttl").write_text(TURTLE, "utf-8")
    for name in NO_DATA:
        (place / name).write_text("{}", "utf-8")
    return place


def told_by_load(place) -> list[str]:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        rlsgraph.load(place)
    assert {(one.category, one.filename) for one in heard} <= {(DataWarning, __file__)}
    return [str(one.message) for one in heard]


def test_what_is_no_data_is_passed_by(folder):
    assert told_by_load(folder) == []
    assert "UnreadFile" not in {finding.rule for finding in check(folder)}


@pytest.mark.parametrize("name", LOOK_LIKE_DATA)
def test_what_looks_like_data_is_named_with_what_to_do(folder, name):
    (folder / name).write_text("{}", "utf-8")
    (words,) = told_by_load(folder)
    assert words.startswith(str(folder / name))
    assert LOOK_LIKE_DATA[name] in words
    (finding,) = (found for found in check(folder) if found.rule == "UnreadFile")
    assert (finding.file, finding.problem) == (folder / name, words)


def test_many_are_one_line(folder, tmp_path):
    for name in LOOK_LIKE_DATA:
        (folder / name).write_text("{}", "utf-8")
    (words,) = told_by_load(folder)
    assert f"and {len(LOOK_LIKE_DATA) - 3} more are not read" in words
    with pytest.warns(DataWarning, match="are not read"):
        build(tmp_path / "store", folder)
    (folder / "graph.ttl").unlink()
    with pytest.raises(DataError, match=r"there is no RDF file .* more are not read"):
        rlsgraph.load(folder)


def test_links_to_folders_are_told_and_folders_by_a_files_name_passed_by(folder, tmp_path):
    (folder / "mine.ttl").mkdir()
    assert told_by_load(folder) == []
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    (words,) = told_by_load(folder)
    assert "links to folders are not followed" in words


@pytest.mark.parametrize("name", readings())
def test_import_refuses_what_is_no_file_and_no_text(tmp_path, name):
    """A pipe would never begin, and a packed file is no text."""
    os.mkfifo(tmp_path / "a_nodes.tsv")
    (tmp_path / "a_edges.tsv").write_text("", "utf-8")
    packed = tmp_path / "b_nodes.tsv"
    packed.write_bytes(gzip.compress(b"a"))
    (tmp_path / "b_edges.tsv").write_bytes(gzip.compress(b"a"))
    for path in (tmp_path / "a_nodes.tsv", packed):
        with pytest.raises(DataError):
            readings()[name].read(path)


@pytest.mark.parametrize("name", ["physiomap", "nanopub"])
def test_import_refuses_what_is_nested_too_deep(tmp_path, name):
    path = tmp_path / "deep"
    path.write_text("<a:a> <a:b> " + "<<( <a:a> <a:b> " * 20_000 + "<a:c>" + " )>>" * 20_000 + " .", "utf-8")
    with pytest.raises(DataError, match="nested more than"):
        readings()[name].read(path)


def test_fmt_takes_turtle_alone(tmp_path):
    texts = {"a.ttl.gz": gzip.compress(TURTLE.encode()), "a.nt": b"<a:a> <a:b> <a:c> .", "b.ttl": b"\xff\xfea\0"}
    for name, text in texts.items():
        path = tmp_path / name
        path.write_bytes(text)
        result = CliRunner().invoke(main, ["fmt", str(path)])
        assert (result.exit_code, path.read_bytes()) == (3, text)
    (tmp_path / "b.ttl").unlink()
    (tmp_path / "c.TTL").write_text(TURTLE, "utf-8")
    assert CliRunner().invoke(main, ["fmt", "--check", str(tmp_path)]).stdout.startswith(str(tmp_path / "c.TTL"))


def test_nothing_is_not_taken_for_something(kg):
    """A variable that is not set, a pattern that finds no file, a year that is none."""
    for ask in (lambda: rlsgraph.load(""), lambda: rlsgraph.load(" "), lambda: rlsgraph.open(""), lambda: check("")):
        with pytest.raises(DataError, match="cannot be empty"):
            ask()
    with pytest.raises(DataError, match="there is nothing to check"):
        check()
    for year in ("2000", 2000.5, None, True):
        with pytest.raises(WhatIfError, match="a year of four digits"):
            kg.as_of(year)
    for text in (None, b"ASK {}", ROOT / "query.rq"):
        with pytest.raises(TypeError, match="a query is a text"):
            kg.query(text)


def test_names_of_files_move_no_cursor(folder):
    (folder / "a\x1b[2J.json").write_text("{}", "utf-8")
    result = CliRunner().invoke(main, ["info", "--data", str(folder)])
    assert "Warning" in result.stderr
    (folder / "graph.ttl").rename(folder / "b\x1b[2J.ttl")
    (folder / "b\x1b[2J.ttl").write_text("a", "utf-8")
    broken = CliRunner().invoke(main, ["info", "--data", str(folder)])
    assert broken.exit_code == 3
    assert "\x1b" not in result.stderr + broken.stderr
