"""A push arrives whole, goes on where it was stopped, and never mixes two graphs."""

import functools
import re
import signal
import subprocess
import sys

import httpx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import EndpointError
from rlsgraph.graph.profile_reading import read_profile
from rlsgraph.model import namespaces as ns
from rlsgraph.push import push
from rlsgraph.push.content import GENID, Content
from rlsgraph.remote import GraphWriter, RemoteEngine
from rlsgraph.triples import resources
from tests.helpers.graphs import ROOT, claim_text, pushable
from tests.helpers.servers import serving

MARK = "<https://w3id.org/rlsgraph/graph>"
ONE = claim_text("increases", ("Supports", "Cohort", 50, "one"))
TWO = claim_text("increases", ("Disputes", "Cohort", 50, "one"))
ENTITIES = 'entity:a a rls:Entity ; skos:prefLabel "a"@en . entity:b a rls:Entity ; skos:prefLabel "b"@en .\n'
LIST = (
    'hypothesis:h a rls:Hypothesis ; skos:prefLabel "h"@en ; dcterms:source source:x ; rls:status rls:Proposed ;'
    " rls:start entity:a ; rls:end entity:b ; rls:claims ( claim:a.increases.b ) .\n"
    'source:x a rls:Source ; dcterms:title "x" .\n'
)


class Place:
    """A graph of a running server that holds nothing yet."""

    def __init__(self, server, graph, *, by_store):
        self.url, self.graph = server.url, graph
        self.options = {"graph": graph, "store_url": server.store_url} if by_store else {"graph": graph}
        self.engine = RemoteEngine(server.url, graph=graph)

    def push(self, kg, **options):
        return push(*pushable(kg), self.url, **{"version": "1", **self.options, **options})

    def writer(self):
        return GraphWriter(self.url, **self.options)

    def count(self):
        ((count,),) = self.engine.select(f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(?s != {MARK}) }}")
        return int(count.value)

    def size_in_mark(self):
        return [int(row[0].value) for row in self.engine.select(f"SELECT ?n {{ {MARK} <http://rdfs.org/ns/void#triples> ?n }}")]


WAYS = [
    pytest.param((name, by_store), marks=pytest.mark.xdist_group(name), id=f"{name}-{'store' if by_store else 'update'}")
    for name in ("oxigraph", "virtuoso")
    for by_store in (True, False)
]


def graph_of(request):
    return "urn:push:" + re.sub(r"\W", "-", request.node.name)


@pytest.fixture(params=WAYS)
def place(request):
    name, by_store = request.param
    return Place(request.getfixturevalue(f"{name}_server"), graph_of(request), by_store=by_store)


@pytest.fixture(scope="module")
def small():
    """A part of the shipped graph."""
    return rlsgraph.load(ROOT / "data/entities.ttl", ROOT / "data/sources.ttl")


@pytest.fixture
def graph(place, kg, small):
    """A graph of several chunks; a small one for updates, which are slow."""
    return kg if "store_url" in place.options else small


@pytest.fixture(scope="module")
def size():
    """Count the triples that a push of a graph is to bring, each graph once."""
    return functools.cache(lambda graph: len(triples_of(graph)))


@pytest.fixture
def oxigraph(request, oxigraph_server):
    return Place(oxigraph_server, graph_of(request), by_store=True)


def triples_of(kg):
    return [triple for _, triples in Content(*pushable(kg)).groups() for triple in triples]


def test_what_is_pushed(kg):
    triples = triples_of(kg)
    assert len(triples) == len(set(triples))
    assert not any(isinstance(term, ox.BlankNode | ox.Triple) for triple in triples for term in triple)
    blank = {quad.object for quad in kg.graph_source.whole().store if isinstance(quad.object, ox.BlankNode)}
    assert len({t.object for t in triples if t.object.value.startswith(GENID)}) == len(blank)
    said = {str(quad.triple) for quad in kg.graph_source.whole().store if quad.predicate.value != ns.RDF + "reifies"}
    profile = ox.Store()  # which writes 3.0 as 3, as the graph's does
    profile.load(path=resources.ontology_file("profile.ttl"), format=ox.RdfFormat.TURTLE)
    assert {str(t) for t in triples if GENID not in str(t)} - said == {str(quad.triple) for quad in profile}


def test_each_subject_is_pushed_once(load_text, tmp_path):
    graph = load_text(ONE + LIST)
    on_disk = ox.Store(str(tmp_path / "store"))
    on_disk.bulk_extend(graph.graph_source.whole().store)
    contents = [
        Content(*pushable(graph)),
        Content(on_disk, graph.graph_source.profile_files, is_on_disk=True),
    ]
    for content in contents:
        subjects = [subject for subject, _ in content.groups()]
        assert len(subjects) == len(set(subjects))
    assert contents[0].measure() == contents[1].measure()


def test_the_digest_is_that_of_the_content_alone(load_text):
    digests = []
    for text in (ONE + LIST, LIST + ONE, TWO + LIST):
        graph = load_text(text)
        digests.append(Content(*pushable(graph)).measure()[1])
    assert digests[0] == digests[1] != digests[2]


def test_another_profile_takes_the_place_of_the_shipped_one(load_text, tmp_path):
    profile = tmp_path / "profile.ttl"
    shipped = [path.read_text("utf-8") for path in rlsgraph.load().graph_source.profile_files]
    profile.write_text("".join(shipped).replace("rls:weight 1.5", "rls:weight 1.25").replace("DefaultProfile", "Mine"), "utf-8")
    graph = load_text(ONE, profile=profile)
    pushed = tmp_path / "pushed.nt"
    pushed.write_text("".join(f"{triple} .\n" for triple in triples_of(graph)), "utf-8")
    assert read_profile([pushed]) == graph.profile


def test_a_push_arrives_whole_and_is_not_made_twice(place, graph, size):
    wanted = size(graph)
    done = place.push(graph)
    assert (done.triples, done.sent, done.reifiers) == (wanted, wanted, len(graph))
    assert place.count() == wanted
    assert place.size_in_mark() == [wanted]
    assert place.push(graph).sent == 0


def test_what_is_sent_twice_is_there_once(place, load_text):
    triples = triples_of(load_text(ONE + LIST))
    for _ in range(2):
        place.writer().insert(triples)
        assert place.count() == len(triples)


TEXTS = [
    "quotes \" and ' and \\ and \\u0041",
    "lines\n\r\n\ttabs",
    "\u202eright to left",
    "😀 𝔘",
    "} } ; CLEAR ALL #",
    "x" * 50_000,
    "",
]


def test_any_text_arrives_as_it_is(place):
    terms = [
        *map(ox.Literal, TEXTS),
        ox.Literal("colour", language="en-gb"),
        ox.Literal("2016", datatype=ox.NamedNode(ns.XSD + "gYear")),
    ]
    place.writer().insert([ox.Triple(ox.NamedNode("urn:x"), ox.NamedNode("urn:y"), term) for term in terms])
    found = {row[0] for row in place.engine.select("SELECT ?o { <urn:x> <urn:y> ?o }")}
    assert found == set(terms)


class StoppedError(Exception):
    pass


def test_a_stopped_push_goes_on(place, graph, size):
    def stop(done, total):
        if total and done > total / 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        place.push(graph, progress=stop)
    before = place.count()
    assert 0 < before < size(graph)
    assert place.size_in_mark() == []
    done = place.push(graph)
    assert done.sent == done.triples - before
    assert place.size_in_mark() == [place.count()] == [done.triples]


@pytest.mark.xdist_group("oxigraph")
def test_a_killed_push_goes_on(oxigraph, kg):
    code = f"""
import os, signal, rlsgraph
from rlsgraph.push import push
def die(done, total):
    if total and done > total / 3:
        os.kill(os.getpid(), signal.SIGKILL)
kg = rlsgraph.load()
source = kg.graph_source
push(source.whole().store, source.profile_files, {oxigraph.url!r}, version="1", progress=die, **{oxigraph.options!r})
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    assert oxigraph.size_in_mark() == []
    done = oxigraph.push(kg)
    assert 0 < done.sent < done.triples == oxigraph.count()


def test_another_graph_is_replaced_only_where_asked(place, load_text):
    first = place.push(load_text(ONE + LIST), version="first")
    other = load_text(TWO)
    with pytest.raises(EndpointError, match=r"holds another graph, first; --replace .* \(second\)"):
        place.push(other, version="second")
    assert place.count() == first.triples
    done = place.push(other, version="second", replace=True)
    assert place.count() == done.triples == len(triples_of(other))
    assert place.engine.select(f"SELECT ?v {{ {MARK} owl:versionInfo ?v }}") == [(ox.Literal("second"),)]


def test_a_stopped_replacement_goes_on_as_one(place, load_text):
    def stop(done, total):
        if total:
            raise StoppedError

    place.push(load_text(ONE))
    with pytest.raises(StoppedError):
        place.push(load_text(TWO), replace=True, progress=stop)
    assert place.push(load_text(TWO), replace=True).sent == 0  # one chunk was all
    assert place.size_in_mark() == [place.count()]


def test_what_is_not_ours_is_left_alone(place, load_text):
    theirs = ox.Triple(ox.NamedNode("urn:x"), ox.NamedNode("urn:y"), ox.Literal("theirs"))
    place.writer().insert([theirs])
    with pytest.raises(EndpointError, match="holds 1 triples that no push brought"):
        place.push(load_text(ONE))
    assert place.engine.select("SELECT ?s ?p ?o { ?s ?p ?o }") == [tuple(theirs)]


@pytest.mark.xdist_group("oxigraph")
def test_what_a_server_loses_is_told_and_mended(oxigraph, load_text):
    graph = load_text(ONE)

    def lose(done, total):
        if total:
            update = f"DELETE WHERE {{ GRAPH <{oxigraph.graph}> {{ <{ns.ENTITY}a> ?p ?o }} }}"
            httpx.post(oxigraph.url.replace("/query", "/update"), data={"update": update}).raise_for_status()

    with pytest.raises(EndpointError, match=r"holds [\d,]+ triples after a push of [\d,]+"):
        oxigraph.push(graph, progress=lose)
    assert 0 < oxigraph.push(graph).sent < oxigraph.count()
    assert oxigraph.count() == len(triples_of(graph))


def test_a_chunk_that_is_too_long_is_parted():
    lengths = []

    def answer(request):
        lines = request.form["update"][0].count(" .\n")
        if lines > 3:
            return 400, {}, b"too long"
        lengths.append(lines)
        return 204, {}, b""

    triples = [ox.Triple(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(n)) for n in range(10)]
    with serving(answer) as (url, _):
        GraphWriter(url).insert(triples)
    assert sum(lengths) == 10
    with serving(lambda _: (400, {}, b"never")) as (url, heard):
        with pytest.raises(EndpointError, match="answered 400: never"):
            GraphWriter(url).insert(triples)
        assert len(heard) == 4


@pytest.mark.parametrize(
    ("url", "options", "place"),
    [
        ("http://h/rls/query", {}, "http://h/rls/update"),
        ("http://h/sparql", {}, "http://h/sparql"),
        ("http://h/query", {"update_url": "http://i/u"}, "http://i/u"),
        ("http://h/query", {"store_url": "http://h/store"}, "http://h/store"),
    ],
)
def test_where_updates_go(url, options, place):
    assert GraphWriter(url, **options).name == place


def test_a_graph_is_named_by_an_iri():
    with pytest.raises(EndpointError, match="'no iri' is no IRI"):
        GraphWriter("http://h/sparql", graph="no iri")


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(cache_folder):
    def call(*arguments, code=0):
        result = CliRunner().invoke(main, ["push", *arguments])
        assert result.exit_code == code, result.output + repr(result.exception)
        return result.stderr

    return call


@pytest.mark.xdist_group("oxigraph")
def test_the_command(run, oxigraph, tmp_path, kg):
    data = tmp_path / "graph.ttl"
    data.write_text("".join(f"@prefix {name}: <{base}> .\n" for name, base in ns.PREFIXES.items()) + ENTITIES + ONE, "utf-8")
    arguments = (oxigraph.url, "--graph", oxigraph.graph, "--store-url", oxigraph.options["store_url"])
    told = run(*arguments, "--data", str(data))
    assert f"{oxigraph.url}, graph {oxigraph.graph} now holds {oxigraph.count():,} triples, counted there" in told
    assert "left out: 1 reifier (RDF 1.2)" in told
    assert "holds this graph already" in run(*arguments, "--data", str(data))
    assert "--replace clears it" in run(*arguments, code=3)
    assert f"now holds {len(triples_of(kg)):,} triples" in run(*arguments, "--replace")
    assert oxigraph.count() == len(triples_of(kg))


@pytest.mark.xdist_group("oxigraph")
def test_a_built_store_is_pushed_from_where_it_lies(run, oxigraph, load_text, tmp_path):
    from rlsgraph.graph.building import build

    graph = load_text(ONE + LIST)
    build(tmp_path / "store", tmp_path / "graph.ttl")
    run(oxigraph.url, "--graph", oxigraph.graph, "--data", str(tmp_path / "store"))
    assert oxigraph.count() == len(triples_of(graph))
    assert oxigraph.push(graph).sent == 0


def test_the_command_tells_what_is_wrong_in_one_line(run):
    told = run("http://me:secret@127.0.0.1:9/sparql?key=hidden", code=3)
    assert told.startswith("Error: http://127.0.0.1:9/sparql: cannot be reached")
    assert told.count("\n") == 1
    assert "secret" not in told
    assert "hidden" not in told
