"""What is damaged or foreign on disk: a cache costs time and nothing else, a store is one clear error."""

import json
import os
import random
import shutil

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import DataError, RlsGraphError
from rlsgraph.graph.building import build
from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.triples import cache, disk
from tests.helpers.graphs import claim_text

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
ENTITIES = 'entity:a a rls:Entity ; skos:prefLabel "a"@en . entity:b a rls:Entity ; skos:prefLabel "b"@en .\n'
GRAPH = HEAD + ENTITIES + claim_text("increases", ("Supports", "RandomisedControlledTrial", 120, "s"))
needs_posix = pytest.mark.skipif(os.name == "nt", reason="links and owners are those of POSIX")


def flip(path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << place % 8
    path.write_bytes(data)


# --- the cache ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text(GRAPH, "utf-8")
    return [path]


@pytest.fixture
def kept(tmp_path, monkeypatch, files):
    """Return what opens a small cached store, and says whether it had to be built."""
    monkeypatch.setenv("RLSGRAPH_CACHE", str(tmp_path / "cache"))

    def open_kept() -> tuple[int, bool]:
        built = []

        def make():
            built.append(True)
            return rlsgraph.load(*files).graph_source.whole().store

        store = cache.cached_store(files, version="1", build=make).store
        return sum(1 for _ in store), bool(built)

    return open_kept


def kept_place(tmp_path):
    (place,) = (tmp_path / "cache").iterdir()
    return place


def test_a_flipped_byte_in_the_cache_costs_time_and_nothing_else(kept, tmp_path):
    triples, _ = kept()
    assert kept() == (triples, False)
    pick = random.Random(6)
    names = sorted(path.name for path in kept_place(tmp_path).iterdir() if path.stat().st_size)
    for name in [name for name in names if not name.startswith("LO")] * 3:
        path = kept_place(tmp_path) / name
        if not path.is_file():  # the engine names its files anew
            continue
        flip(path, pick.randrange(path.stat().st_size))
        assert kept() == (triples, True), name
        assert kept() == (triples, False)


@pytest.mark.parametrize("damage", ["cut", "gone", "emptied", "grown"])
def test_other_damage_to_the_cache_costs_time_and_nothing_else(kept, tmp_path, damage):
    triples, _ = kept()
    path = max(kept_place(tmp_path).glob("*.sst"), key=lambda path: path.stat().st_size)
    if damage == "gone":
        path.unlink()
    else:
        data = path.read_bytes()
        path.write_bytes({"cut": data[:-9], "emptied": b"", "grown": data + b"\0"}[damage])
    assert kept() == (triples, True)
    assert kept() == (triples, False)


@needs_posix
def test_a_link_in_place_of_the_cache_is_not_followed(kept, tmp_path):
    triples, _ = kept()
    place = kept_place(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    assert kept() == (triples, True)
    assert not place.is_symlink()
    assert (elsewhere / "CURRENT").is_file()


@needs_posix
def test_the_cache_of_somebody_else_is_neither_read_nor_filled(kept, tmp_path, monkeypatch):
    triples, _ = kept()
    before = sorted(path.name for path in kept_place(tmp_path).iterdir())
    monkeypatch.setattr(cache, "_is_ours", lambda place: False)  # noqa: ARG005
    monkeypatch.setattr(cache, "_clear", lambda place: None)  # noqa: ARG005  # what a folder of somebody else comes to
    assert kept() == (triples, True)
    assert sorted(path.name for path in kept_place(tmp_path).iterdir()) == before


def test_what_else_is_in_the_folder_of_the_cache_stays(kept, tmp_path):
    for number in range(9):
        (tmp_path / f"cache/work{number}").mkdir(parents=True)
        (tmp_path / f"cache/{number:032x}").mkdir()
    kept()
    names = [path.name for path in (tmp_path / "cache").iterdir()]
    assert sum(name.startswith("work") for name in names) == 9
    assert len(names) == 9 + cache.STORES_KEPT


def test_a_cache_of_another_version_is_not_read(kept, files):
    kept()
    with pytest.raises(ZeroDivisionError):
        cache.cached_store(files, version="2", build=lambda: 1 // 0)


# --- stores ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    (folder / "graph.ttl").write_text(GRAPH, "utf-8")
    build(folder / "store", folder / "graph.ttl")
    return folder / "store"


@pytest.fixture
def store(whole_store, tmp_path):
    return shutil.copytree(whole_store, tmp_path / "store")


def answers(place):
    """Return what a store says in several ways, each of which reads other parts of it."""
    kg = rlsgraph.open(place)
    scores = kg.query("SELECT ?c ?x { ?c rls:score ?x }").serialize("tsv")
    whole = rlsgraph.open(place, is_large=False)
    return (
        kg.claims(),
        [str(path) for path in kg.paths("a", "b")],
        scores,
        kg.version,
        whole.claims(),
        whole.profile.interval_mass,
    )


def test_a_flipped_byte_in_a_store_is_an_error_or_nothing(store):
    right, pick = answers(store), random.Random(7)
    paths = [path for path in store.rglob("*") if path.is_file() and path.stat().st_size and not path.name.startswith("LO")]
    errors = 0
    for path in sorted(paths) * 4:
        place = pick.randrange(path.stat().st_size)
        flip(path, place)
        try:
            assert answers(store) == right, f"{path.name} at {place}"
        except RlsGraphError as error:
            errors += 1
            assert error.exit_code == 3
            assert "rlsgraph build" in str(error), f"{path.name} at {place}"
        flip(path, place)
    assert errors > len(paths)


@pytest.mark.parametrize(
    "arguments", [["info"], ["claims"], ["paths", "a", "b"], ["query", "ASK {}"], ["export", "-", "--format", "ttl"]]
)
def test_every_command_names_a_spoilt_store_in_one_line(store, arguments):
    for path in store.glob("gen-*/store/*.sst"):
        path.write_bytes(bytes(path.stat().st_size))
    result = CliRunner().invoke(main, [*arguments, "--data", str(store)])
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "spoilt" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("name", ["../elsewhere", "/etc", "gen-000000000000/../gen-000000000000", "", ".", "gen-x", 7, None])
def test_a_generation_is_nowhere_but_in_its_store(store, tmp_path, name):
    current = json.loads((store / "current.json").read_text("utf-8"))
    shutil.copytree(store / current["generations"][0], tmp_path / "elsewhere")
    current = {**current, "generations": [name]}
    del current["checksum"]
    current["checksum"] = disk._checksum(current)
    (store / "current.json").write_text(json.dumps(current), "utf-8")
    with pytest.raises(DataError, match=r"spoilt.*give `rlsgraph build` again"):
        rlsgraph.open(store)
    with pytest.raises(DataError):
        disk.open_place(store, generation=str(name))


@needs_posix
def test_a_link_is_no_generation(store, tmp_path):
    (generation,) = store.glob("gen-*")
    generation.rename(tmp_path / generation.name)
    generation.symlink_to(tmp_path / generation.name)
    with pytest.raises(DataError, match="spoilt"):
        rlsgraph.open(store)


@pytest.mark.parametrize(
    "text", ["{" * 100_000, "[" * 100_000, "[]", "null", '"x"', '{"format": 2}', '{"format": 2, "checksum": 0}', "\xff"]
)
def test_a_spoilt_list_of_generations_is_an_error(store, files, text):
    (store / "current.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(DataError, match="spoilt"):
        rlsgraph.open(store)
    build(store, *files)
    assert len(rlsgraph.open(store)) == 1


# --- half a build ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def half(tmp_path, files):
    """Return what a build leaves that is killed half-way."""
    place = tmp_path / "half"
    with pytest.raises(ZeroDivisionError), pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "_sweep", lambda *_, **__: None)
        build(place, *files, progress=lambda *said: 1 // (said[-1] != "claims scored"))
    assert list(place.glob("gen-*/profile/*.ttl"))
    return place


@pytest.mark.parametrize("arguments", [["info"], ["claims"], ["query", "ASK {}"], ["serve"]])
def test_half_a_build_is_no_empty_graph(half, arguments):
    result = CliRunner().invoke(main, [*arguments, "--data", str(half)])
    assert result.exit_code == 3
    assert "no store that `rlsgraph build` finished" in result.stderr
    assert result.stderr.count("\n") == 1


def test_neither_a_store_nor_half_of_one_is_a_folder_of_files(half, store):
    for ask in (rlsgraph.open, rlsgraph.load, lambda place: build(half.parent / "other", place)):
        with pytest.raises(DataError, match="no store that `rlsgraph build` finished"):
            ask(half)
    with pytest.raises(DataError, match=r"rlsgraph\.open"):
        rlsgraph.load(store)
    with pytest.raises(DataError, match="part of a store"):
        rlsgraph.load(store.parent)


def test_half_a_build_can_be_built(half, files):
    build(half, *files)
    assert len(rlsgraph.open(half)) == 1
