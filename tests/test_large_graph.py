"""A graph that is asked by parts gives the answers of the whole, however small the pages."""

import random
import re

import pytest

import rlsgraph
from rlsgraph import KnowledgeGraph, TooLargeError
from rlsgraph.graph import parts, walk_index
from rlsgraph.graph import search as neighbourhood
from rlsgraph.graph.parts_source import PartsSource
from rlsgraph.graph.walk_index import dump_index
from rlsgraph.model.namespaces import ENTITY, PREFIXES
from rlsgraph.triples.checked_file import write_checked
from rlsgraph.triples.query_engine import StoreEngine
from rlsgraph.triples.sparql import run_query
from tests.helpers.graphs import ROOT, claim_text
from tests.helpers.questions import QUESTIONS, assert_same, supposing_once


class SmallPages:
    """An engine that gives few rows at a time, as endpoints do, and counts them."""

    name = "small pages"

    def __init__(self, store, rows):
        self.store, self.page_rows = store, rows
        self.rows_given = 0

    def select(self, text):
        rows = [tuple(row) for row in self.store.query(text, prefixes=PREFIXES)]
        self.rows_given += len(rows)
        return rows

    def answer(self, text, *, functions, dataset=None):
        return run_query(self.store, text, functions=functions, dataset=dataset)


def by_parts(kg, rows=700):
    whole = kg.graph_source
    return KnowledgeGraph(PartsSource(SmallPages(whole.whole().store, rows), whole.profile_files))


@pytest.fixture(scope="module")
def large(kg):
    return supposing_once(by_parts(kg))


@pytest.mark.parametrize("question", QUESTIONS)
def test_parts_give_the_answers_of_the_whole(in_memory, large, question):
    assert_same(QUESTIONS[question](large), in_memory(question))


def random_graph(seed):
    """Return Turtle of a small random graph with cycles, associations, refuted claims and links."""
    pick = random.Random(seed)
    names = "abcdefgh"
    lines = [f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in names[2:]]
    ends = [(one, other) for one in names for other in names if one != other]
    for number, (one, other) in enumerate(pick.sample(ends, 16)):
        predicate = pick.choice(["increases", "decreases", "affects", "positivelyAssociatedWith"])
        items = [(pick.choice(["Supports", "Disputes"]), "Cohort", 200, f"s{number}{i}") for i in range(pick.randint(0, 3))]
        lines.append(claim_text(predicate, *items, subject=one, object_=other))
    for one, other, kind in ((*pick.choice(ends), "skos:broader"), (*pick.choice(ends), "rls:oppositeOf")):
        lines.append(
            f"link:{one}.x.{other} a rls:DefinitionalLink ; rdf:subject entity:{one} ; rdf:predicate {kind} ; "
            f'rdf:object entity:{other} ; rls:reason "made up"@en .\n'
        )
    return "".join(lines)


@pytest.mark.parametrize("seed", range(12))
def test_what_lies_between_two_entities_is_all_there(load_text, seed):
    kg = load_text(random_graph(seed))
    large = by_parts(kg, rows=40)
    for max_steps in (1, 2, 3, 7):
        for start, end in (("a", "b"), ("b", "c"), ("d", "a")):
            assert_same(
                large.paths(start, end, limit=200, max_steps=max_steps), kg.paths(start, end, limit=200, max_steps=max_steps)
            )
            assert_same(large.support(start, end, max_steps=max_steps), kg.support(start, end, max_steps=max_steps))
            assert large.why_no_path(start, end, max_steps=max_steps) == kg.why_no_path(start, end, max_steps=max_steps)


def on_disk(kg, walks=None):
    """Return the graph as a store on disk is asked, with a file of its walks or without."""
    whole = kg.graph_source
    return KnowledgeGraph(PartsSource(StoreEngine(whole.whole().store), whole.profile_files, walks=walks))


@pytest.mark.parametrize("seed", range(12))
def test_an_index_of_walks_gives_what_the_triples_give(load_text, tmp_path, seed):
    kg = load_text(random_graph(seed))
    write_checked(tmp_path / "walks", dump_index(kg.graph_source.whole().store))
    plain, indexed = on_disk(kg), on_disk(kg, tmp_path / "walks")
    for max_steps in (1, 2, 3, 7):
        for start, end in (("a", "b"), ("b", "c"), ("d", "a"), ("a", "a")):
            ends = kg.entity(start), kg.entity(end)
            found, wanted = (each.graph_source.walks(*ends, max_steps).records for each in (indexed, plain))
            scores = [[(claim.iri, claim.confidence) for claim in each.claims.values()] for each in (found, wanted)]
            assert scores[0] == scores[1]
            assert list(found.links) == list(wanted.links)
            paths = [each.paths(start, end, limit=200, max_steps=max_steps) for each in (indexed, kg)]
            assert_same(*paths)
            if start != end:
                assert_same(*(each.support(start, end, max_steps=max_steps) for each in (indexed, kg)))


def test_a_missing_or_spoilt_index_costs_time_alone_and_a_large_graph_has_none(load_text, tmp_path, monkeypatch):
    kg = load_text(random_graph(1))
    store, path = kg.graph_source.whole().store, tmp_path / "walks"
    write_checked(path, dump_index(store))
    assert on_disk(kg, path).graph_source._index is not None
    path.write_bytes(path.read_bytes()[:-1])
    for walks in (path, tmp_path / "gone"):
        spoilt = on_disk(kg, walks)
        assert spoilt.graph_source._index is None
        assert_same(spoilt.paths("a", "b"), kg.paths("a", "b"))
    monkeypatch.setattr(walk_index, "MOST_CLAIMS", 3)
    assert dump_index(store) == b""


@pytest.mark.parametrize("seed", range(4))
def test_a_what_if_may_join_or_raise(load_text, seed):
    kg = load_text(random_graph(seed))
    large = by_parts(kg, rows=40)
    study = "a increases g: supports, meta-analysis"
    for end in ("b", "c"):
        changed, expected = large.with_evidence(study), kg.with_evidence(study)
        assert_same(changed.paths("a", end), expected.paths("a", end))
        sources = [item.source.iri for claim in kg.claims() for item in claim.evidence if item.direction.label == "disputes"]
        assert_same(changed.without(source=sources).paths("a", end), expected.without(source=sources).paths("a", end))


def chain(length):
    entities = "".join(f'entity:n{i} a rls:Entity ; skos:prefLabel "n{i}"@en .\n' for i in range(length))
    return entities + "".join(
        claim_text("increases", ("Supports", "Cohort", 200, f"s{i}"), subject=f"n{i}", object_=f"n{i + 1}")
        for i in range(length - 1)
    )


def test_only_the_neighbourhood_is_fetched(load_text):
    kg = load_text(chain(400))
    large = by_parts(kg)
    assert_same(large.paths("n0", "n4"), kg.paths("n0", "n4"))
    assert large.graph_source.engine.rows_given < len(kg.graph_source.whole().store) / 10


def test_a_hub_is_read_in_pages(load_text):
    kg = load_text(
        "".join(
            f'entity:n{i} a rls:Entity ; skos:prefLabel "n{i}"@en .\n'
            + claim_text("increases", ("Supports", "Cohort", 200, f"s{i}"), subject="a", object_=f"n{i}")
            for i in range(120)
        )
    )
    assert_same(by_parts(kg, rows=30).claims(subject="a"), kg.claims(subject="a"))


def test_more_than_a_bound_is_refused_and_says_what_to_do(load_text, monkeypatch):
    large = by_parts(load_text(chain(60)))
    monkeypatch.setattr(neighbourhood, "MAX_STATEMENTS", 5)
    with pytest.raises(TooLargeError, match="max_steps"):
        large.paths("n0", "n50", max_steps=50)
    monkeypatch.setattr(parts, "MAX_THINGS", 20)
    with pytest.raises(TooLargeError, match="narrow the question"):
        large.claims(predicate="increases")
    monkeypatch.setattr(parts, "MAX_TRIPLES", 100)
    with pytest.raises(TooLargeError, match="ask in SPARQL"):
        large.doctor()


@pytest.mark.parametrize("name", ['"', "\\", "a\nb", "<x>", "entity:<x>", "}", "?s", "https://x y", "é" * 2000, "claim:'", ""])
def test_no_name_breaks_out_of_its_query(large, name):
    for look_up in (large.entity, large.claim, large.source, large.evidence_item, large.hypothesis):
        with pytest.raises(rlsgraph.UnknownNameError):
            look_up(name)
    assert isinstance(large.complete_entity(name), list)


def test_names_are_found_in_a_graph_too_large_to_list(kg, monkeypatch):
    monkeypatch.setattr("rlsgraph.graph.parts_source.SMALL", 0)
    large = by_parts(kg)
    with pytest.raises(rlsgraph.UnknownNameError, match="gut dysbiosis"):
        large.entity("gut disbiosis")
    assert large.complete_entity("gut dys") == ["gut dysbiosis"]
    assert large.entity(ENTITY + "gut-dysbiosis") == kg.entity("gut dysbiosis")


def test_a_graph_without_a_profile_is_explained_by_the_shipped_one_if_its_scores_are(kg, load_text, tmp_path):
    large = KnowledgeGraph(PartsSource(SmallPages(kg.graph_source.whole().store, 700)))
    claim = "gut dysbiosis increases systemic inflammation"
    assert_same(large.explain(large.claim(claim)), kg.explain(kg.claim(claim)))

    numbers = (ROOT / "ontology" / "profile.ttl").read_text("utf-8")
    profile = tmp_path / "profile.ttl"
    changed = re.sub(r"(rls:Constant-PriorOfCause .*?rls:value) 0\.1 ", r"\1 0.4 ", numbers, flags=re.DOTALL)
    assert changed != numbers
    profile.write_text(changed, "utf-8")
    other = load_text(claim_text("increases", ("Supports", "Cohort", 200, "s1")), profile=profile)
    large = KnowledgeGraph(PartsSource(SmallPages(other.graph_source.whole().store, 700)))
    with pytest.raises(rlsgraph.ProfileError, match="no confidence profile"):
        large.explain(large.claim("a increases b"))
