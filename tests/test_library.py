"""The public door: names, filters, errors, and the three ways to ask for a claim."""

import ast
import importlib
import pickle
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

import rlsgraph
from rlsgraph.explorer import page
from rlsgraph.model import namespaces as ns
from rlsgraph.model.snapshot import dump_records, parse_records
from rlsgraph.triples import resources
from rlsgraph.triples.cache import CachedStore
from rlsgraph.version import DATA_DATE
from tests.helpers.graphs import claim_text


def test_the_public_names_are_those_that_type_checkers_see():
    stub = ast.parse(Path(rlsgraph.__file__).with_suffix(".pyi").read_text("utf-8"))
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    seen = {(alias.asname, node.module) for node in imports for alias in node.names if alias.asname == alias.name}
    assert sorted(name for name, _ in seen) == rlsgraph.__all__
    assert all(getattr(importlib.import_module(module), name) is getattr(rlsgraph, name) for name, module in seen)


def test_everything_exported_exists_and_is_sorted():
    assert rlsgraph.__all__ == sorted(rlsgraph.__all__)
    assert all(getattr(rlsgraph, name) is not None for name in rlsgraph.__all__)
    with pytest.raises(AttributeError):
        rlsgraph.nothing  # noqa: B018


@pytest.mark.parametrize(
    "name", ["restless legs syndrome", "RLS", "willis-ekbom DISEASE", "MONDO:0005391", "entity:restless-legs-syndrome",
             "https://w3id.org/rlsgraph/entity/restless-legs-syndrome", "http://purl.obolibrary.org/obo/MONDO_0005391"],
)  # fmt: skip
def test_an_entity_goes_by_many_names(kg, name):
    assert kg.entity(name).label == "restless legs syndrome"


def test_an_unknown_name_gives_the_nearest(kg):
    with pytest.raises(rlsgraph.UnknownNameError, match="gut dysbiosis") as caught:
        kg.entity("gut dysbyosis")
    assert caught.value.name == "gut dysbyosis"
    with pytest.raises(rlsgraph.UnknownNameError):
        kg.entity("x" * 100_000)


def test_claims_can_be_filtered(kg):
    assert all(claim.subject.label == "gut dysbiosis" for claim in kg.claims(subject="gut dysbiosis"))
    assert {claim.level.label for claim in kg.claims(level="refuted")} == {"refuted"}
    assert all("gut" in (claim.subject.group, claim.object.group) for claim in kg.claims(group="gut"))
    both = kg.claims(predicate="positively associated with", object="RLS risk")
    assert 0 < len(both) < len(kg.claims(object="RLS risk")) < len(kg)
    assert kg.claims(subject="gut dysbiosis", object="gut dysbiosis") == ()
    for wrong in ({"level": "sure"}, {"predicate": "causes"}, {"group": "heart"}):
        with pytest.raises(rlsgraph.UnknownNameError):
            kg.claims(**wrong)


def test_a_claim_by_id_or_by_parts(kg):
    claim = kg.claim("gut dysbiosis", "increases", "systemic inflammation")
    assert str(claim) == "gut dysbiosis raises systemic inflammation"
    assert claim == kg.claim("claim:gut-dysbiosis.increases.systemic-inflammation") == kg.claim(claim.iri)
    with pytest.raises(rlsgraph.UnknownNameError, match="increases systemic inflammation"):
        kg.claim("gut dysbiosis", "decreases", "systemic inflammation")


def test_sources_and_evidence(kg):
    source = kg.source("weinstock2011-restless-syndrome")
    assert source == kg.source(source.iri)
    if source.doi:
        assert source == kg.source(f"https://doi.org/{source.doi}")
    items = kg.evidence(source=source.iri)
    assert {"gut-001", "gut-002", "gut-003"} <= {item.identifier for item in items}
    disputes = kg.evidence(direction="disputes")
    assert {item.direction for item in disputes} == {rlsgraph.Direction.DISPUTES}


THREE_WAYS = {
    "plain triple": "ASK { entity:gut-dysbiosis rls:increases entity:systemic-inflammation }",
    "claim node": """ASK { ?c rdf:subject entity:gut-dysbiosis ; rdf:predicate rls:increases ;
                     rdf:object entity:systemic-inflammation ; rls:score ?x ; rls:confidenceLevel ?l ; rls:hasEvidence ?e }""",
    "reifier": "ASK { entity:gut-dysbiosis rls:increases entity:systemic-inflammation {| rls:score ?x |} }",
}


@pytest.mark.parametrize("way", THREE_WAYS)
def test_three_ways_to_ask_for_a_claim(kg, way):
    assert kg.query(THREE_WAYS[way])


def test_every_claim_that_is_not_refuted_is_a_plain_triple(kg):
    for claim in kg.claims():
        asked = f"ASK {{ <{claim.subject.iri}> <{claim.predicate.iri}> <{claim.object.iri}> }}"
        assert bool(kg.query(asked)) == (claim.level is not rlsgraph.ConfidenceLevel.REFUTED)


def test_rdflib_and_networkx_hold_the_same_graph(kg):
    graph = kg.to_rdflib()
    assert len(set(graph.subjects(None, None))) > len(kg)
    rows = graph.query("SELECT ?c WHERE { ?c a rls:Claim ; rls:confidenceLevel rls:Refuted }")
    assert len(list(rows)) == len(kg.claims(level="refuted"))
    network = kg.to_networkx()
    assert network.number_of_nodes() == len(kg.entities())
    assert network.number_of_edges() == len(kg) + len(kg.links())
    causal = kg.to_networkx(causal_only=True)
    assert all("Associated" not in edge["predicate"] for *_, edge in causal.edges(data=True))


@pytest.fixture(scope="module")
def size(kg):
    return len(kg.to_rdflib())


@pytest.mark.xdist_group("dumps")  # one worker, so that the triples are counted once
@pytest.mark.parametrize("name", ["ttl", "jsonld", *(pytest.param(name, marks=pytest.mark.long) for name in ("nt", "trig"))])
def test_dumps_are_the_same_each_time_and_parse(kg, size, name):
    from rdflib import Dataset, Graph

    text = kg.dump(name)
    assert text == kg.dump(name)
    parsed = (Dataset(default_union=True) if name == "trig" else Graph()).parse(
        data=text.decode(), format={"jsonld": "json-ld"}.get(name, name)
    )
    assert len(parsed) == size


def test_rdf_12_turtle_keeps_the_reifiers(kg):
    import pyoxigraph as ox

    store = ox.Store()
    store.load(kg.dump("ttl12"), format=ox.RdfFormat.TURTLE)
    reified = list(store.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"), None))
    assert len(reified) == len(kg)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("broken.ttl", "@prefix a: <http://b/> .\na:x a:y .\n", "broken.ttl:2"),
        ("graph.xyz", "", "names no RDF format"),
        ("bomb.rdf", '<!DOCTYPE r [<!ENTITY a "b">]><r/>', "document type"),
    ],
)
def test_a_broken_file_is_named(tmp_path, name, text, says):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(rlsgraph.DataError, match=says):
        rlsgraph.load(path)


def test_missing_files_and_empty_folders_are_named(tmp_path):
    with pytest.raises(rlsgraph.DataError, match="nowhere"):
        rlsgraph.load(tmp_path / "nowhere.ttl")
    with pytest.raises(rlsgraph.DataError, match="no RDF file"):
        rlsgraph.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("claim:x a rls:Claim ; rdf:subject entity:a ; rdf:predicate rls:causes ; rdf:object entity:b .", "rls:causes"),
        (claim_text("increases", ("Supports", "Guess", 1, "s")), "rls:Guess"),
        (claim_text("increases") + "claim:a.increases.b rls:hasEvidence evidence:gone .", "evidence:gone"),
        ("claim:x a rls:Claim ; rdf:subject entity:gone ; rdf:predicate rls:affects ; rdf:object entity:b .", "entity:gone"),
        (claim_text("increases") + claim_text("increases").replace("claim:a.increases.b", "claim:y"), "say the same"),
    ],
)
def test_data_that_the_model_forbids_are_named(load_text, text, says):
    with pytest.raises(rlsgraph.DataError, match=says):
        load_text(text).claims()


def test_a_graph_from_the_cache_is_the_same(kg, monkeypatch):
    again = rlsgraph.load()
    monkeypatch.setenv("RLSGRAPH_CACHE", "")
    fresh = rlsgraph.load()
    assert again.claims() == fresh.claims() == kg.claims()
    assert fresh.dump("nt") == kg.dump("nt")


def test_a_spoilt_cache_is_made_anew_and_old_ones_go(kg, monkeypatch, tmp_path):
    monkeypatch.setenv("RLSGRAPH_CACHE", str(tmp_path))
    rlsgraph.load()
    (kept,) = tmp_path.iterdir()
    (kept / "CURRENT").write_text("nonsense")
    for number in range(6):
        (tmp_path / f"{number:032x}").mkdir()
    assert rlsgraph.load().claims() == kg.claims()
    assert len(list(tmp_path.iterdir())) == 4
    assert rlsgraph.load().claims() == kg.claims()


@pytest.mark.parametrize("spoil", [lambda _: b"", lambda data: data[:-1], lambda data: data[:99] + b"?" + data[100:]])
def test_spoilt_records_in_the_cache_are_read_anew(kg, monkeypatch, tmp_path, spoil):
    monkeypatch.setenv("RLSGRAPH_CACHE", str(tmp_path))
    assert len(rlsgraph.load()) == len(kg)
    (path,) = tmp_path.glob("*/records-*")
    whole = path.read_bytes()
    path.write_bytes(spoil(whole))
    assert rlsgraph.load().claims() == kg.claims()
    assert path.read_bytes() == whole


def test_a_snapshot_gives_the_same_records_and_makes_nothing_else(kg):
    records = kg.graph_source.whole().records
    again = parse_records(dump_records(records))
    assert again == records
    assert list(again.claims) == list(records.claims)
    with pytest.raises(pickle.UnpicklingError, match="system is no value of the model"):
        parse_records(b"cposix\nsystem\n.")


def test_what_is_kept_beside_a_store_is_made_once_for_each_stamp(tmp_path):
    made = []

    def kept(stamp, value):
        return CachedStore(ox.Store(), tmp_path).kept_beside("thing", stamp, lambda: made.append(value) or value)

    assert [kept("a", b"1"), kept("a", b"2"), kept("b", b"3")] == [b"1", b"1", b"3"]
    assert made == [b"1", b"3"]
    assert [path.name for path in tmp_path.iterdir()] == ["thing-b"]
    assert CachedStore(ox.Store()).kept_beside("thing", "b", lambda: b"4") == b"4"


def test_a_page_whose_data_are_kept_is_the_same_and_a_what_if_has_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("RLSGRAPH_CACHE", str(tmp_path))
    monkeypatch.setattr(page, "page_data", lambda kg: {"claims": len(kg)})
    first, again = rlsgraph.load(), rlsgraph.load()
    assert first.to_html() == again.to_html()
    assert [path.name.partition("-")[0] for path in tmp_path.glob("*/page-*")] == ["page"]
    without = again.without(claim=again.claims()[0].iri)
    assert without.to_html() != again.to_html()


def test_a_cache_that_cannot_be_used_costs_nothing(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RLSGRAPH_CACHE", str(tmp_path / "file"))
    assert len(rlsgraph.load()) > 0


def test_the_order_of_files_never_changes_a_number(kg):
    files = resources.data_files()
    assert rlsgraph.load(*reversed(files)).claims() == kg.claims()
    assert rlsgraph.load(*files).dump("nt") == kg.dump("nt")


def test_hypotheses_are_ranked_and_their_numbers_fit(kg):
    places = [ranked.place for ranked in kg.hypotheses() if ranked.place is not None]
    assert places == list(range(1, len(places) + 1))
    for ranked in kg.hypotheses():
        assert ranked.low <= ranked.high
        product = 1.0
        for claim in ranked.best.claims:
            product *= claim.score
        assert ranked.joint_probability == pytest.approx(product)
        assert ranked.weakest.score == min(claim.score for claim in ranked.best.claims)
        assert ranked.level <= ranked.weakest.level


def test_paths_walk_neither_refuted_claims_nor_associations(kg):
    found = kg.paths("gut dysbiosis", "RLS symptoms", limit=50)
    assert [path.rank_key for path in found] == sorted(path.rank_key for path in found)
    for path in found:
        assert len(path.entities) == len(path.steps) + 1 == len(set(path.entities))
        assert all(claim.predicate.is_causal and claim.level.label != "refuted" for claim in path.claims)
    assert kg.paths("yoga", "yoga") == ()
    assert kg.paths("iron deficiency", "RLS symptoms", limit=1)[0].joint_probability <= 1


def test_the_interval_of_a_one_claim_route_is_the_claims_own(kg):
    ranked = next(r for r in kg.hypotheses() if r.hypothesis.label == "Direct contribution")
    claim = ranked.best.claims[0]
    assert (ranked.low, ranked.high) == pytest.approx((claim.low, claim.high), abs=0.02)


# --- names and versions of own graphs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["My Own Idea", "my own idea", "h-17", "hypothesis:h-17", ns.HYPOTHESIS + "h-17"])
def test_a_hypothesis_goes_by_its_label_though_its_id_is_another(load_text, name):
    said = 'hypothesis:h-17 a rls:Hypothesis ; skos:prefLabel "My own idea"@en ; skos:definition "x"@en ; rls:start entity:a ; '
    said += "rls:end entity:b ; rls:status rls:Proposed ; dcterms:source source:x ; rls:claims ( claim:a.increases.b ) .\n"
    kg = load_text(said + claim_text("increases", ("Supports", "Cohort", 50, "x")))
    assert kg.hypothesis(name).label == "My own idea"


def test_the_version_says_whose_data_a_graph_holds(kg, load_text):
    assert DATA_DATE in kg.version
    assert "with changes" in kg.without(source=kg.sources()[0].iri).version
    own = load_text(claim_text("increases", ("Supports", "Cohort", 50, "x")))
    assert DATA_DATE not in own.version
    assert "other data" in own.version


def test_a_hypothesis_may_have_more_steps_than_python_has_frames(tmp_path):
    steps = 1_050
    names = [f"e{number}" for number in range(steps + 1)]
    entities = "".join(
        f'entity:{name} a rls:Entity ; skos:prefLabel "{name}" ; rls:category biolink:Gene ; rls:group rls:GutGroup .\n'
        for name in names
    )
    claims = "".join(
        claim_text("increases", ("Supports", "Cohort", 10, "s"), subject=one, object_=other) for one, other in pairwise(names)
    )
    listed = " ".join(f"claim:{one}.increases.{other}" for one, other in pairwise(names))
    hypothesis = (
        f'hypothesis:h a rls:Hypothesis ; skos:prefLabel "h" ; rls:start entity:e0 ; rls:end entity:{names[-1]} ; '
        f"rls:claims ({listed}) ; rls:status rls:Proposed ; dcterms:source source:s ."
    )
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in ns.PREFIXES.items())
    path = tmp_path / "long.ttl"
    path.write_text(prefixes + entities + claims + hypothesis)
    (found,) = rlsgraph.load(path).hypotheses()
    assert len(found.best.steps) == steps


def test_names_of_any_length_are_refused_at_once(kg):
    for name in ("x" * 1_000_000, "gut dysbiosis increases " * 40_000):
        for look_up in (kg.entity, kg.claim, kg.source, lambda name: kg.with_evidence(f"{name}: supports, cohort")):
            with pytest.raises(rlsgraph.RlsGraphError):
                look_up(name)
