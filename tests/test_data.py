"""The shipped data: sound, canonical, complete, and the same as the ledger they came from."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from rlsgraph.formats.turtle import format_turtle
from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.model.things import slugify
from rlsgraph.model.vocabulary import Direction, LinkKind
from rlsgraph.triples import resources
from tests.helpers.graphs import LEDGER, ROOT

TURTLE = sorted([*(ROOT / "data").rglob("*.ttl"), *(ROOT / "ontology").rglob("*.ttl")])
CHECKSUMS = Path(__file__).parent / "ledger_checksums.txt"
DOCUMENT = "project-source-document"


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: str(path.relative_to(ROOT)))
def test_turtle_is_canonical(path):
    text = path.read_text("utf-8")
    assert format_turtle(text) == text, f"{path}: run 'make fmt'"


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: str(path.relative_to(ROOT)))
def test_canonical_form_is_a_fixed_point_with_the_same_triples(path):
    from rdflib import Graph
    from rdflib.compare import isomorphic

    text = path.read_text("utf-8")
    assert isomorphic(Graph().parse(data=text, format="turtle"), Graph().parse(data=format_turtle(text), format="turtle"))


def test_data_hold_only_what_is_asserted():
    derived = ("score", "scoreLow", "scoreHigh", "supportWeight", "confidenceLevel", "contested", "untested", "alpha")
    for path in resources.data_files():
        text = path.read_text("utf-8")
        assert not [name for name in derived if f"rls:{name} " in text]


def test_claims_stand_with_their_subjects_group(kg):
    for group in {entity.group for entity in kg.entities()}:
        path = ROOT / "data" / "claims" / f"{group}.ttl"
        text = path.read_text("utf-8") if path.exists() else ""
        for claim in kg.claims():
            if claim.subject.group == group:
                assert f"{claim.iri.replace(PREFIXES['claim'], 'claim:')} a " in text


def test_claim_iris_come_from_content(kg):
    for claim in kg.claims():
        parts = (slugify(claim.subject.label), claim.predicate.value, slugify(claim.object.label))
        assert claim.iri == PREFIXES["claim"] + ".".join(parts)


def fingerprint(identifier, direction, design, size, effect) -> str:
    """Return a short hash of what must not change in an evidence item."""
    text = json.dumps([identifier, direction, design, size, effect or None], ensure_ascii=False)
    return f"{identifier} {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def fingerprints(kg) -> list[str]:
    items = (e for e in kg.evidence() if e.source.iri != PREFIXES["source"] + DOCUMENT)
    return sorted(fingerprint(e.identifier, e.direction.label, e.design.label, e.sample_size, e.effect) for e in items)


def test_evidence_agrees_with_the_committed_checksums(kg):
    assert fingerprints(kg) == CHECKSUMS.read_text("utf-8").split("\n")[:-1]
    assert len(fingerprints(kg)) == 592
    assert len(kg.sources()) == 388 + 1


@pytest.mark.skipif(
    not LEDGER.exists(), reason="the evidence ledger is not beside this checkout; the checksums are compared instead"
)
class TestLedger:
    def read(self, name):
        return [json.loads(line) for line in (LEDGER / name).read_text("utf-8").splitlines()]

    def test_every_item_is_there_unchanged(self, kg):
        directions = {"supports": "supports", "refutes": "disputes", "inconclusive": "inconclusive"}
        designs = {"animal": "animal study", "gwas": "GWAS", "csf study": "CSF study"}
        by_id = {item.identifier: item for item in kg.evidence()}
        claim_of = {item.identifier: claim for claim in kg.claims() for item in claim.evidence}
        rows = self.read("evidence.jsonl")
        assert len(rows) == 592
        for row in rows:
            item, claim = by_id[row["id"]], claim_of[row["id"]]
            assert item.direction.label == directions[row["direction"]]
            assert item.design.label == designs.get(row["design"], row["design"])
            assert item.sample_size == row["n"]
            assert item.effect == (row["effect"] or "")
            assert item.finding == row["finding"]
            assert item.limitations == (row["limitations"] or "")
            assert item.population == (row["population"] or "")
            assert item.locator == row["locator"]
            assert sorted(item.species) == sorted(row["species"].split(", "))
            assert item.source.iri == PREFIXES["source"] + row["source"]
            assert (claim.subject.label, claim.object.label) == (row["subject"], row["object"])
            assert claim.predicate.label.replace(" ", "_") == row["predicate"]

    def test_every_source_is_there(self, kg):
        by_iri = {source.iri: source for source in kg.sources()}
        rows = self.read("sources.jsonl")
        assert len(rows) == 388
        for row in rows:
            source = by_iri[PREFIXES["source"] + row["id"]]
            for field in ("title", "first_author", "journal", "doi", "pmid", "pmcid", "url"):
                assert getattr(source, field) == (row[field] or ""), (row["id"], field)
            assert source.year == row["year"]
            assert source.title_is_descriptive == row["title"].startswith("[")

    def test_every_entity_is_there(self, kg):
        with (LEDGER / "entities.tsv").open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
        for row in rows:
            entity = kg.entity(row["label"])
            assert entity.label == row["label"]
            assert entity.definition == row["definition"]
            assert (entity.category, entity.group) == (row["category"], row["group"])
            assert set(entity.synonyms) == set(filter(None, row["synonyms"].split("|")))
            exact = [match.curie for match in entity.matches if match.relation.value == "exactMatch"]
            assert exact == [curie for curie in [row["exact_curie"]] if curie]
            others = [relation for relation in row["close_relations"].split(";") if relation]
            assert len(entity.matches) == len(exact) + len(others)


def test_every_assertion_of_the_source_document_is_there(kg):
    items = kg.evidence(source=DOCUMENT)
    rows = {int("".join(c for c in item.identifier.removeprefix("doc-") if c.isdigit())) for item in items}
    assert rows == set(range(1, 23))
    assert all(item.locator.startswith("paragraph") and item.limitations for item in items)
    disclaimers = {item.identifier for item in items if item.direction is Direction.INCONCLUSIVE}
    assert disclaimers == {"doc-08", "doc-20"}


def test_no_sentence_of_the_source_document_is_copied(kg):
    document = ROOT.parent / "shared" / "000_d7118aa127d3e560.txt"
    if not document.exists():
        pytest.skip("the source document is not beside this checkout")
    words = document.read_text("utf-8").lower().split()
    runs = {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}
    for item in kg.evidence(source=DOCUMENT):
        said = item.finding.lower().split()
        assert not runs & {" ".join(said[i : i + 8]) for i in range(len(said) - 7)}, item.identifier


def test_the_documents_hypotheses_run_from_start_to_symptoms(kg):
    named = {r.hypothesis.label: r for r in kg.hypotheses() if r.hypothesis.source.iri.endswith(DOCUMENT)}
    from_dysbiosis = {"Gut-brain axis", "Inflammation", "Metabolic pathways", "Iron absorption"}
    assert set(named) == {*from_dysbiosis, "Gut-directed intervention", "Direct contribution"}
    for label in from_dysbiosis:
        assert [path.entities[0].label for path in named[label].paths] == ["gut dysbiosis"]
    assert {p.entities[0].label for p in named["Gut-directed intervention"].paths} == {
        "balanced diet",
        "probiotic",
        "healthy lifestyle",
    }
    assert len(named["Direct contribution"].paths) == 3


def test_every_hypothesis_connects_and_uses_all_its_claims(kg):
    for ranked in kg.hypotheses():
        walked = {claim for path in ranked.paths for claim in path.claims}
        assert walked == set(ranked.hypothesis.claims), ranked.hypothesis.label
        assert {path.entities[0] for path in ranked.paths} == set(ranked.hypothesis.starts)
        assert all(path.entities[-1].label == "RLS symptoms" for path in ranked.paths)


def test_rivals_are_rivals_of_each_other(kg):
    deficiency, excess = kg.hypothesis("Dopamine deficiency"), kg.hypothesis("relative dopamine excess")
    assert deficiency.rivals == (excess.iri,)
    assert excess.rivals == (deficiency.iri,)
    assert (deficiency.starts, deficiency.end) == (excess.starts, excess.end)
    assert all(any(claim.evidence for claim in hypothesis.claims) for hypothesis in (deficiency, excess))


def test_every_definitional_link_has_its_reason(kg):
    assert {link.kind for link in kg.links()} == set(LinkKind)
    assert all(link.reason.endswith(".") and "\n" not in link.reason for link in kg.links())


def test_names_are_not_ambiguous(kg):
    labels = [entity.label.casefold() for entity in kg.entities()]
    assert len(labels) == len(set(labels))
    for entity in kg.entities():
        assert kg.entity(entity.label) == entity
