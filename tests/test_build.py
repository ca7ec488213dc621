"""The store on disk: the same triples as in memory, whole or not at all, shared by processes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import DataError
from rlsgraph.graph import building
from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.triples.disk import is_store, new_generation, open_place
from rlsgraph.triples.formats import RDF_FORMATS
from tests.helpers.graphs import claim_text, write_profile
from tests.helpers.patience import PATIENCE

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
TRIAL = ("Supports", "RandomisedControlledTrial", 120, "s")
ENDS = "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in "ab")
ONE = ENDS + claim_text("increases", TRIAL)
TWO = ONE + claim_text("positivelyAssociatedWith", ("Disputes", "Cohort", 50, "t"))
needs_posix = pytest.mark.skipif(os.name == "nt", reason="kills and pipes are those of POSIX")


@pytest.fixture
def write(tmp_path):
    def write_file(text: str, name: str = "graph.ttl") -> Path:
        path = tmp_path / name
        path.write_text(HEAD + text if name.endswith(".ttl") else text, "utf-8")
        return path

    return write_file


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store"


def triples(store):
    """Return the triples of a store, with blank nodes that can be compared."""
    found = ox.Dataset(store)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def assert_whole(place, *claims):
    """Check that a store holds all that it says, and that this is one of the graphs with so many claims."""
    stored = open_place(place)
    scores = stored.store.query("SELECT (COUNT(*) AS ?n) { ?c rls:score ?x }", prefixes=PREFIXES)
    assert stored.facts.claims == int(next(scores)["n"].value)
    assert stored.facts.claims in claims
    assert stored.facts.triples == len(stored.store)


def folders(place):
    return sorted(path for path in place.iterdir() if path.is_dir())


# --- the same triples -----------------------------------------------------------------------------------------------------


def test_the_shipped_graph_is_the_same_on_disk(kg, place):
    facts = building.build(place)
    stored = open_place(place)
    assert triples(stored.store) == triples(kg.graph_source.whole().store)
    assert (facts.claims, facts.triples) == (len(kg), len(kg.graph_source.whole().store))
    assert stored.facts == facts
    opened = rlsgraph.open(place)
    for claim in (kg.claims()[0], max(kg.claims(), key=lambda claim: len(claim.evidence))):
        there, here = opened.explain(opened.claim(claim.iri)), kg.explain(claim)
        assert (there.claim, there.items, there.ledger, there.group) == (here.claim, here.items, here.ledger, here.group)


def test_a_graph_that_was_exported_is_scored_anew(kg, place, tmp_path):
    path = tmp_path / "export.ttl"
    path.write_bytes(kg.dump("ttl12").replace(b"rls:score ", b"rls:score 9 , "))
    building.build(place, path)
    assert triples(open_place(place).store) == triples(rlsgraph.load(path).graph_source.whole().store)
    assert rlsgraph.open(place).claims() == kg.claims()


def test_portions_change_no_number(kg, place, monkeypatch):
    monkeypatch.setattr(building, "PORTION_CLAIMS", 10)
    building.build(place)
    assert triples(open_place(place).store) == triples(kg.graph_source.whole().store)


@pytest.mark.parametrize("ending", [f".{name}" for name in RDF_FORMATS])
def test_every_format_can_be_built_from(place, tmp_path, write, ending):
    parsed = list(ox.parse(write(TWO).read_bytes(), format=ox.RdfFormat.TURTLE))
    path = tmp_path / f"graph{ending}"
    path.write_bytes(ox.serialize((quad.triple for quad in parsed), format=RDF_FORMATS[ending[1:]]))
    building.build(place, path)
    assert triples(open_place(place).store) == triples(rlsgraph.load(path).graph_source.whole().store)


def test_a_profile_is_kept_with_the_scores(kg, place, tmp_path):
    profile = write_profile(tmp_path / "schemes.ttl", "Constant-PriorOfCause", "rls:value 0.1 ", "rls:value 0.4 ")
    building.build(place, profile=profile)
    opened, loaded = rlsgraph.open(place), rlsgraph.load(profile=profile)
    assert opened.claims() == loaded.claims() != kg.claims()
    assert opened.profile == loaded.profile


def test_blank_nodes_of_two_files_stay_apart(place, write):
    building.build(place, *(write(f'_:a skos:note "{number}" .', f"{number}.ttl") for number in range(3)))
    notes = open_place(place).store.quads_for_pattern(None, ox.NamedNode(PREFIXES["skos"] + "note"), None)
    assert len({quad.subject for quad in notes}) == 3


def test_progress_tells_what_is_done(place, kg):
    told = []
    building.build(place, progress=lambda *news: told.append(news))
    stages = [what for what, _ in groupby(told, key=lambda news: news[2])]
    assert stages == ["bytes read", building.SETTLING, "claims weighed", "things checked", "claims scored", building.SETTLING]
    assert all(done <= total for done, total, _ in told)
    assert [news[:2] for news in told if news[2] == "claims scored"] == [(len(kg), len(kg))]


# --- whole or not at all --------------------------------------------------------------------------------------------------

LATE_BOMB = f'<!--{"x" * 5000}--><!DOCTYPE r [<!ENTITY a "b">]><r/>'
BROKEN = [
    ("broken.ttl", "a:x a:y", f"broken.ttl:{len(PREFIXES) + 1}"),
    ("broken.nt", "<http://a/a> <http://a/b> <http://a/c> .\n" * 300 + "nonsense", "broken.nt:301"),
    ("graph.xyz", "", "names no RDF format"),
    ("bomb.rdf", LATE_BOMB, "document type"),
    ("twice.ttl", ONE + ONE.replace("claim:a.increases.b", "claim:y"), "say the same"),
    ("bare.ttl", "claim:x a rls:Claim .", "rdf:subject"),
    ("blank.ttl", "[] a rls:Claim .", "must have an IRI"),
    ("words.ttl", ONE.replace("rdf:object entity:b", 'rdf:object "b"'), "must be an entity's IRI"),
]


@pytest.mark.parametrize(("name", "text", "says"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_a_broken_file_is_named_and_nothing_changes(place, write, name, text, says):
    bad = write(text, name)
    with pytest.raises(DataError, match=says):
        building.build(place, bad)
    assert not place.exists()
    building.build(place, write(ONE))
    before = (place / "current.json").read_bytes()
    with pytest.raises(DataError, match=says):
        building.build(place, bad)
    assert (place / "current.json").read_bytes() == before
    assert_whole(place, 1)


@pytest.mark.parametrize("name", ["nowhere.ttl", "empty"])
def test_what_is_not_there_is_named(place, tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match=name):
        building.build(place, tmp_path / name)
    assert not place.exists()


def test_only_a_store_or_an_empty_folder_is_built_into(tmp_path, write):
    file = write("")
    for taken in (tmp_path, file):
        with pytest.raises(DataError, match="neither a store nor an empty folder"):
            building.build(taken)
    assert list(tmp_path.iterdir()) == [file]
    (tmp_path / "empty").mkdir()
    building.build(tmp_path / "empty", write(ONE))
    assert_whole(tmp_path / "empty", 1)


def test_a_store_is_no_input(place, write):
    building.build(place, write(ONE))
    with pytest.raises(DataError, match="part of a store"):
        building.build(place, place.parent)
    assert_whole(place, 1)


def test_two_builders_are_kept_apart(place, write):
    with new_generation(place), pytest.raises(DataError, match="another process is building"):
        building.build(place, write(ONE))
    building.build(place, write(ONE))
    with new_generation(place), pytest.raises(DataError, match="another process is building"):
        building.build(place, write(TWO))
    assert_whole(place, 1)


def test_the_former_generation_stays_for_its_readers(place, write):
    one, two = write(ONE), write(TWO, "two.ttl")
    building.build(place, one)
    opened = open_place(place)
    building.build(place, two)
    assert len(folders(place)) == 2
    assert sum(1 for _ in opened.store) == opened.facts.triples
    building.build(place, one)
    assert len(folders(place)) == 2


# --- what cannot be opened ------------------------------------------------------------------------------------------------


def damage_list(place):
    (place / "current.json").write_text("{")


def damage_format(place):
    text = json.loads((place / "current.json").read_text())
    (place / "current.json").write_text(json.dumps({**text, "format": 99}))


def damage_facts(place):
    text = json.loads((place / "current.json").read_text())
    (place / "current.json").write_text(json.dumps({**text, "facts": {}}))


def damage_store(place):
    largest = max(place.glob("gen-*/store/*.sst"), key=lambda path: path.stat().st_size)
    os.truncate(largest, 100)


def damage_profile(place):
    for path in place.glob("gen-*/profile/*"):
        path.unlink()
    next(place.glob("gen-*/profile")).rmdir()


@pytest.mark.parametrize(
    ("damage", "says"),
    [(damage_list, "spoilt"), (damage_format, "format 99"), (damage_facts, "spoilt"), (damage_store, "spoilt"),
     (damage_profile, "spoilt")],
)  # fmt: skip
def test_a_spoilt_store_is_named_and_can_be_built_anew(place, write, damage, says):
    building.build(place, write(ONE))
    damage(place)
    with pytest.raises(DataError, match=f"store.*{says}.*give `rlsgraph build` again"):
        open_place(place)
    building.build(place, write(TWO))
    assert_whole(place, 2)


def test_what_is_no_store_is_named(tmp_path):
    for path in (tmp_path, tmp_path / "nowhere"):
        assert not is_store(path)
        with pytest.raises(DataError, match="no store that `rlsgraph build` finished"):
            open_place(path)


# --- other processes ------------------------------------------------------------------------------------------------------

FORKER = """
import os, sys
import scipy.special
from rlsgraph.graph.building import build
print("ready", flush=True)
for path in sys.stdin:
    child = os.fork()  # of a process that never built: the engine's threads are not forked
    if not child:
        while True:
            build(sys.argv[1], path.strip())
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


@contextmanager
def killed(forker, path):
    """Let a process build from a file, over and over, and kill it at the end."""
    print(path, file=forker.stdin)
    child = int(forker.stdout.readline())
    yield
    os.kill(child, signal.SIGKILL)
    assert forker.stdout.readline() == "gone\n"


@needs_posix
def test_a_build_killed_at_any_moment_leaves_a_whole_store(place, write):
    one, two, pick = write(ONE), write(TWO, "two.ttl"), random.Random()
    building.build(place, one)
    begin = time.monotonic()
    building.build(place, one)
    seconds = time.monotonic() - begin
    command = [sys.executable, "-c", FORKER, place]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as forker:
        assert forker.stdout.readline() == "ready\n"
        for path in [two, one] * 10:
            with killed(forker, path):
                time.sleep(pick.uniform(0, 2 * seconds))
            assert_whole(place, 1, 2)
        for path, claims in ((one, 1), (two, 2)):
            with killed(forker, path):
                while open_place(place).facts.claims != claims:
                    time.sleep(0.01)
            assert_whole(place, claims)
    building.build(place, one)
    assert_whole(place, 1)
    assert len(folders(place)) == 2


READER = """
import sys
from pathlib import Path
from rlsgraph.triples.disk import open_place
place, stop = map(Path, sys.argv[1:])
opened, seen, is_last = open_place(place), set(), False
print("ready", flush=True)
while not is_last:
    is_last = stop.exists()
    stored = open_place(place)
    assert len(stored.store) == stored.facts.triples == sum(1 for _ in stored.store)
    seen.add(stored.facts.claims)
assert sum(1 for _ in opened.store) == opened.facts.triples
print(sorted(seen))
"""


def test_processes_read_while_another_builds(place, write, tmp_path):
    one, two = write(ONE), write(TWO, "two.ttl")
    building.build(place, one)
    command = [sys.executable, "-c", READER, place, tmp_path / "stop"]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for reader in readers:
        assert reader.stdout.readline() == "ready\n"
    for path in (two, one, two):
        building.build(place, path)
    (tmp_path / "stop").touch()
    for reader in readers:
        assert reader.communicate(timeout=PATIENCE)[0] == "[1, 2]\n"
        assert reader.returncode == 0


CTRL_C = """
import os, signal, sys
from rlsgraph.cli.main import main
from rlsgraph.graph import building
fill = building._fill
def stopped(generation, *rest):
    assert any(os.scandir(sys.argv[1])), "nothing was begun"
    os.kill(os.getpid(), signal.SIGINT)
    return fill(generation, *rest)
building._fill = stopped
main(["build", *sys.argv[1:]])
"""
"""A build that is stopped once its folder is begun: a signal from outside may come too late on a busy machine."""


@needs_posix
@pytest.mark.parametrize("is_first", [True, False])
def test_ctrl_c_leaves_the_old_store_or_none(place, write, is_first):
    if not is_first:
        building.build(place, write(ONE))
    result = subprocess.run([sys.executable, "-c", CTRL_C, place, write(TWO)], capture_output=True, text=True, check=False)
    assert (result.stderr, result.returncode) == ("\nStopped.\n", 130)
    if is_first:
        assert not place.exists()
    else:
        assert_whole(place, 1)
        assert len(folders(place)) == 1


# --- the command ----------------------------------------------------------------------------------------------------------


def test_the_command_says_what_it_built(place, write):
    result = CliRunner().invoke(main, ["build", str(place), str(write(TWO))])
    assert result.exit_code == 0, result.output
    assert f"built {place}: 2 claims," in result.stderr
    counts = CliRunner().invoke(main, ["info", "--data", str(place), "--format", "json"])
    assert json.loads(counts.stdout)["claims"] == 2


def test_the_command_gives_errors_in_one_line(place, write):
    result = CliRunner().invoke(main, ["build", str(place), str(write("a:x"))])
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert f"graph.ttl:{len(PREFIXES) + 1}" in result.stderr
    assert CliRunner().invoke(main, ["build"]).exit_code == 2
