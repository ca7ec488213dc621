"""What is endless, no plain file, or nested too deep is one clear error before the engine reads it, from `load` and `build`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import DataError
from rlsgraph.graph.building import build
from rlsgraph.triples.bounds import MAX_NESTING, read_pipe_or_file, refuse_deep_text
from rlsgraph.triples.formats import RDF_FORMATS

TURTLE = "@prefix a: <urn:a:> . a:s a:p "
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="urn:a:">{}</rdf:RDF>'
JSON = '{{"@context": {{"p": "urn:p"}}, "@id": "urn:s", "p": {}}}'


def around(opening: str, middle: str, closing: str, depth: int) -> str:
    return opening * depth + middle + closing * depth


def in_context(*terms: str) -> str:
    return f'{{"@context": {{{", ".join(terms)}}}, "@id": "urn:s", "urn:p": "k0:y"}}'


def chained(depth: int, term: str) -> str:
    """Return JSON-LD with terms that are each defined by the next, n by m."""
    terms = (term.replace("n", str(n)).replace("m", str(n + 1)) for n in range(depth))
    return in_context(*terms, f'"k{depth}": "u:k"')


NESTED = {
    "triple terms.ttl": lambda depth: TURTLE + around("<<( a:s a:p ", "1", " )>>", depth) + " .",
    "reified triples.ttl": lambda depth: TURTLE + around("<< a:s a:p ", "1", " >>", depth) + " .",
    "triple terms.trig": lambda depth: "@prefix a: <urn:a:> . { a:s a:p " + around("<<( a:s a:p ", "1", " )>>", depth) + " }",
    "behind a name.ttl": lambda depth: TURTLE + "a:x\\' , " + around("<<( a:s a:p ", "1", " )>>", depth) + " , a:y\\' .",
    "triple terms.nt": lambda depth: "<urn:s> <urn:p> " + around("<<( <urn:s> <urn:p> ", '"1"', " )>>", depth) + " .",
    "triple terms.nq": lambda depth: "<urn:s> <urn:p> " + around("<<( <urn:s> <urn:p> ", '"1"', " )>>", depth) + " .",
    "objects.jsonld": lambda depth: JSON.format(around('{"@id": "urn:o", "p": ', "1", "}", depth)),
    "lists.jsonld": lambda depth: JSON.format(around('{"@list": [', "1", "]}", depth)),
    "arrays.jsonld": lambda depth: JSON.format(around("[", "1", "]", depth)),
    "terms.jsonld": lambda depth: chained(depth, '"kn": "km:x"'),
    "types.jsonld": lambda depth: chained(depth, '"kn": {"@id": "u:n", "@type": "km"}'),
    "terms twice.jsonld": lambda depth: chained(depth, '"kn": "km:x", "kn": "u:a"'),
    "elements.rdf": lambda depth: XML.format(around("<a:N><a:p>", "", "</a:p></a:N>", depth)),
    "resources.rdf": lambda depth: XML.format("<a:N>" + around('<a:p rdf:parseType="Resource">', "", "</a:p>", depth) + "</a:N>"),
}  # fmt: skip


@pytest.mark.parametrize("name", NESTED)
def test_a_file_that_is_nested_too_deep_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_text(NESTED[name](20_000))
    for read in (rlsgraph.load, lambda path: build(tmp_path / "store", path)):
        with pytest.raises(DataError, match=f"{name}: this is nested more than 100 deep"):
            read(path)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("name", NESTED)
def test_a_file_that_is_nested_a_little_is_read(tmp_path, name):
    path = tmp_path / name
    path.write_text(NESTED[name](MAX_NESTING // 3))
    assert len(rlsgraph.load(path).claims()) == 0


FLAT = {
    "a vocabulary.jsonld": in_context('"v": "urn:v:"', *(f'"k{n}": {{"@id": "v:{n}", "@type": "@id"}}' for n in range(500))),
    "a text.ttl": TURTLE + f'"{"<<" * 500}", """ " <<" {"<<(" * 500}""", \'{"<<" * 500}\' .',
    "comments and IRIs.ttl": f"# {'<<' * 500}\n<urn:a#'> <urn:p> 'b' . # ' {'<<(' * 500}\n" + TURTLE + "1 .",
    "many.ttl": TURTLE + ", ".join(f"<<( a:s a:p {number} )>>" for number in range(500)) + " .",
    "a text.jsonld": JSON.format('"\\"[[{{' + "[{" * 500 + '"'),
    "many.jsonld": JSON.format("[" + ", ".join('{"@id": "urn:o"}' for _ in range(500)) + "]"),
    "a text.rdf": XML.format(f"<a:N><!-- {'<a>' * 500} --><a:p><![CDATA[{'<a>' * 500}]]></a:p></a:N>" + "<a:N/>" * 500),
}


@pytest.mark.parametrize("name", FLAT)
def test_what_only_looks_nested_is_read(name):
    refuse_deep_text(FLAT[name].encode(), RDF_FORMATS[name.rpartition(".")[2]])


def test_a_value_that_the_reader_has_no_room_for_is_an_error_that_says_so(tmp_path):
    path = tmp_path / "long.ttl"
    path.write_bytes(TURTLE.encode() + b'"' + b"x" * 17_000_000 + b'" .')
    for read in (rlsgraph.load, lambda path: build(tmp_path / "store", path)):
        with pytest.raises(DataError, match=r"long\.ttl: one value in it is longer than 16 MiB"):
            read(path)


@pytest.fixture
def pipe(tmp_path):
    """A named pipe of which nobody holds the other end."""
    path = tmp_path / "pipe.ttl"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    "command",
    [["info", "--data"], ["check"], ["info", "--profile"], ["query"], ["doctor", "--retracted"], ["calibrate"]],
    ids=lambda command: command[0],
)
def test_a_pipe_that_would_never_begin_is_refused(pipe, command):
    if command == ["check"]:
        pytest.importorskip("rlsgraph.cli.check")
    outcome = CliRunner().invoke(main, [*command, str(pipe)])
    assert outcome.exit_code in (2, 3), outcome.output
    assert "pipe" in outcome.output
    assert "Traceback" not in outcome.output


def test_a_store_is_built_of_plain_files_only(pipe, tmp_path):
    with pytest.raises(DataError, match=r"pipe\.ttl: this is a pipe"):
        build(tmp_path / "store", pipe)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused_also_behind_a_link(tmp_path, device):
    link = tmp_path / "link.ttl"
    link.symlink_to(device)
    for path in (link, Path(device)):
        with pytest.raises(DataError, match="this is a device"):
            rlsgraph.load(path)


def test_a_pipe_that_is_open_here_can_hold_a_query():
    end, other = os.pipe()
    os.write(other, b"ASK {}")
    os.close(other)
    try:
        assert read_pipe_or_file(Path(f"/dev/fd/{end}"), 100) == b"ASK {}"
    finally:
        os.close(end)


def test_an_endless_query_is_refused(tmp_path):
    end, other = os.pipe()
    os.write(other, b" " * 200)
    try:
        with pytest.raises(DataError, match="longer than 100 bytes"):
            read_pipe_or_file(Path(f"/dev/fd/{end}"), 100)
    finally:
        os.close(end)
        os.close(other)
    outcome = CliRunner().invoke(main, ["query", "-"], input=" " * 5_000_000)
    assert (outcome.exit_code, "longer than 1,000,000 characters" in outcome.output) == (3, True)


def test_a_folder_that_is_named_as_a_file_is_refused(tmp_path):
    (tmp_path / "claims.ttl").mkdir()
    shutil.copy(next(Path("data").rglob("*.ttl")), tmp_path / "other.ttl")
    with pytest.raises(DataError, match=r"claims\.ttl: (this is a folder|there is no)"):
        rlsgraph.load(tmp_path / "claims.ttl")


def test_a_query_that_takes_too_long_ends_with_one_line():
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) > 9) }"
    command = [sys.executable, "-m", "rlsgraph", "query", runaway, "--timeout", "0.1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "Error: the query is not answered after 0.1 s; ask for less (LIMIT, one path), or give more time\n"
