"""Input as people have it: byte order marks, endings of files, compression, named graphs, completion in the shell."""

import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import DataError
from rlsgraph.graph.building import build
from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.triples import resources
from rlsgraph.triples.formats import RDF_FORMATS
from tests.helpers.graphs import claim_text

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
ENTITIES = 'entity:a a rls:Entity ; skos:prefLabel "a"@en . entity:b a rls:Entity ; skos:prefLabel "b"@en .\n'
CLAIM = claim_text("increases", ("Supports", "Cohort", 100, "s"))
GRAPH = HEAD + ENTITIES + CLAIM
MARK = b"\xef\xbb\xbf"
ASK = "SELECT ?c ?x { ?c a rls:Claim ; rls:score ?x }"


def written_as(name: str, text: str = GRAPH) -> bytes:
    """Return a graph in the format of that name."""
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    format_ = RDF_FORMATS[name]
    return ox.serialize((quad.triple for quad in store), format=format_) or b""


def read_both(path: Path, place: Path) -> list[rlsgraph.KnowledgeGraph]:
    """Return the graph of a path, loaded and built."""
    build(place, path)
    return [rlsgraph.load(path), rlsgraph.open(place)]


@pytest.mark.parametrize("name", RDF_FORMATS)
@pytest.mark.parametrize("is_compressed", [False, True], ids=["plain", "gz"])
def test_a_byte_order_mark_before_a_file_is_skipped(name, is_compressed, tmp_path):
    text = MARK + written_as(name)
    path = tmp_path / (f"graph.{name.upper()}" + (".gz" if is_compressed else ""))
    path.write_bytes(gzip.compress(text) if is_compressed else text)
    for kg in read_both(path, tmp_path / "store"):
        assert [str(claim) for claim in kg.claims()] == ["a raises b"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_that_is_no_utf_8_is_refused_by_its_mark(encoding, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_bytes(("\ufeff" + GRAPH).encode(encoding))
    for read in (rlsgraph.load, lambda path: build(tmp_path / "store", path)):
        with pytest.raises(DataError, match=r"graph\.ttl: this is UTF-16 text, as its byte order mark says; save it as UTF-8"):
            read(path)


@pytest.mark.parametrize(
    "damage", [lambda text: text[:-9], lambda text: b"no gzip" + text[7:], lambda text: text[:20] + b"\xff" * 9 + text[29:]]
)
def test_a_damaged_compressed_file_is_one_error(damage, tmp_path):
    path = tmp_path / "graph.ttl.gz"
    path.write_bytes(damage(gzip.compress(GRAPH.encode() * 50)))
    for read in (rlsgraph.load, lambda path: build(tmp_path / "store", path)):
        with pytest.raises(DataError, match=r"graph\.ttl\.gz.*: "):
            read(path)


def test_a_compressed_file_that_holds_more_than_the_limit_is_refused(tmp_path, monkeypatch):
    from rlsgraph.triples import files

    monkeypatch.setattr(files, "MAX_FILE_BYTES", 10_000)
    path = tmp_path / "graph.ttl.gz"
    path.write_bytes(gzip.compress(GRAPH.encode() + b"#" * 20_000))
    with pytest.raises(DataError, match="holds more than"):
        rlsgraph.load(path)


def test_a_query_may_begin_with_a_byte_order_mark(tmp_path):
    graph, query = tmp_path / "graph.ttl", tmp_path / "mine.rq"
    graph.write_text(GRAPH, "utf-8")
    query.write_bytes(MARK + b"ASK { ?s a rls:Claim }\r\n")
    assert rlsgraph.load(graph).query("\ufeffASK { ?s a rls:Claim }")
    for asked, given in ((str(query), None), ("-", MARK + b"ASK { ?s a rls:Claim }\r\n"), ("\ufeffASK { ?s a rls:Claim }", None)):
        result = CliRunner().invoke(main, ["query", asked, "--data", str(graph)], input=given)
        assert (result.exit_code, result.stdout) == (0, "yes\n")


def test_a_profile_and_gradings_may_begin_with_a_byte_order_mark(tmp_path):
    graph, profile, gradings = (tmp_path / name for name in ("graph.ttl", "profile.ttl", "gradings.json"))
    graph.write_text(GRAPH, "utf-8")
    profile.write_bytes(MARK + resources.ontology_file("profile.ttl").read_bytes())
    assert rlsgraph.load(graph, profile=profile).claims() == rlsgraph.load(graph).claims()
    gradings.write_bytes(MARK + json.dumps([]).encode())
    assert rlsgraph.load(graph).calibrate(gradings).pairs == ()


def test_a_folder_stands_for_its_files_in_every_format_whatever_the_case_of_their_endings(tmp_path):
    folder = tmp_path / "data"
    (folder / "more" / ".hidden").mkdir(parents=True)
    (folder / "entities.ttl").write_text(HEAD + ENTITIES, "utf-8")
    endings = ["TTL", "nt", "NQ", "TriG", "jsonld", "rdf", "turtle", "ttl.gz"]
    for number, ending in enumerate(endings):
        text = HEAD + claim_text("increases", ("Supports", "Cohort", 100, f"s{number}"), subject="a", object_="b").replace(
            "increases-a-b-0", f"item-{number}"
        )
        name = {"turtle": "ttl", "ttl.gz": "ttl"}.get(ending, ending.lower())
        written = written_as(name, text)
        (folder / "more" / f"claims.{ending}").write_bytes(gzip.compress(written) if ending.endswith("gz") else written)
    for stray in (".hidden/x.ttl", "._claims.ttl", "notes.txt"):
        (folder / "more" / stray).write_bytes(b"\0 no RDF")
    for kg in read_both(folder, tmp_path / "store"):
        (claim,) = kg.claims()
        assert len(claim.evidence) == len(endings)


NAMED = HEAD + "<http://example.org/g> {{ {inside} }}\n{outside}"


@pytest.mark.parametrize(
    ("inside", "outside"),
    [(ENTITIES + CLAIM, ""), (CLAIM, ENTITIES), (ENTITIES + CLAIM, ENTITIES + CLAIM)],
    ids=["all in a graph", "claims in a graph", "twice"],
)
def test_what_named_graphs_say_is_in_the_graph_once(inside, outside, tmp_path):
    path = tmp_path / "graph.trig"
    path.write_text(NAMED.format(inside=inside, outside=outside), "utf-8")
    plain = tmp_path / "plain.ttl"
    plain.write_text(GRAPH, "utf-8")
    (expected,) = rlsgraph.load(plain).claims()
    for kg in read_both(path, tmp_path / "store"):
        assert kg.claims() == (expected,)
        assert kg.query(ASK).to_dicts() == [{"c": expected.iri, "x": expected.score}]
        assert kg.query("SELECT ?s { GRAPH <http://example.org/g> { ?s a rls:Claim } }").to_dicts() == [{"s": expected.iri}]
        (after,) = kg.without(source="s").claims()
        assert after.confidence.support_weight == 0.0
        assert kg.without(source="s").query(ASK).to_dicts() == [{"c": expected.iri, "x": after.score}]
        assert kg.dump("nt") == rlsgraph.load(plain).dump("nt")


def test_scores_that_a_named_graph_states_are_not_believed(tmp_path):
    path = tmp_path / "graph.trig"
    path.write_text(NAMED.format(inside="claim:a.increases.b rls:score 0.99 .", outside=ENTITIES + CLAIM), "utf-8")
    for kg in read_both(path, tmp_path / "store"):
        assert kg.query("SELECT ?x { GRAPH ?g { ?c rls:score ?x } }").to_dicts() == []
        assert len(kg.query(ASK).to_dicts()) == 1


# --- the shell ------------------------------------------------------------------------------------------------------------

BASH = shutil.which("bash")


@pytest.mark.skipif(BASH is None or os.name == "nt", reason="there is no Bash here")
@pytest.mark.parametrize(
    ("word", "answer", "offered"),
    [
        ("gut\\ dysb", "plain,gut dysbiosis", ["gut\\ dysbiosis"]),
        ('"gut dysb', "plain,gut dysbiosis", ["gut dysbiosis"]),
        ("'gut dysb", "plain,gut dysbiosis", ["gut dysbiosis"]),
        ("RLS", "plain,RLS symptoms\nplain,RLS symptom severity", ["RLS\\ symptoms", "RLS\\ symptom\\ severity"]),
        ("levo", "plain,levodopa-bioavailability", ["levodopa-bioavailability"]),
        ("x", "plain,x, y (*)", ["x\\,\\ y\\ \\(\\*\\)"]),
    ],
)
def test_bash_is_given_names_with_blanks_as_one_word(word, answer, offered, tmp_path):
    environment = {"_RLSGRAPH_COMPLETE": "bash_source", "PATH": os.environ["PATH"]}
    source = CliRunner().invoke(main, [], env=environment, prog_name="rlsgraph")
    assert source.exit_code == 0, source.output
    (tmp_path / "rlsgraph").write_text(f"#!{BASH}\ncat <<'END'\n{answer}\nEND\n")
    (tmp_path / "rlsgraph").chmod(0o755)
    script = source.stdout + f"\nCOMP_WORDS=(rlsgraph paths); COMP_WORDS+=({quoted(word)}); COMP_CWORD=2\n"
    script += f'_rlsgraph_completion "{tmp_path}/rlsgraph"\nprintf "%s\\n" "${{COMPREPLY[@]}}"\n'
    done = subprocess.run([BASH, "--norc", "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.splitlines() == offered


def quoted(word: str) -> str:
    """Return a word as Bash reads it, for one that is half typed."""
    return "'" + word.replace("'", "'\\''") + "'"


def test_an_incomplete_name_is_looked_up_however_it_is_quoted(graph_is_read):
    for typed in ("gut\\ dysb", '"gut dysb', "gut\u00a0dysb"):
        environment = {"_RLSGRAPH_COMPLETE": "bash_complete", "COMP_WORDS": f"rlsgraph\npaths\n{typed}", "COMP_CWORD": "2"}
        result = CliRunner().invoke(main, [], env=environment, prog_name="rlsgraph")
        assert result.stdout.splitlines() == ["plain,gut dysbiosis"], typed
