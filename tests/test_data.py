"""The shipped data: sound, canonical, complete, and the same as the ledger they came from."""

import csv
from collections import Counter

import pyoxigraph as ox
import pytest

from rlsgraph.formats.turtle import format_turtle
from rlsgraph.model.names import slugify
from rlsgraph.model.namespaces import PREFIXES, slug_of
from rlsgraph.model.vocabulary import Direction, HypothesisStatus, LinkKind
from rlsgraph.triples import resources
from tests import ledger
from tests.helpers.graphs import LEDGER, ROOT

TURTLE = sorted([*(ROOT / "data").rglob("*.ttl"), *(ROOT / "ontology").rglob("*.ttl")])
DOCUMENT = "project-source-document"


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: str(path.relative_to(ROOT)))
def test_turtle_is_canonical(path):
    text = path.read_text("utf-8")
    assert format_turtle(text) == text, f"{path}: run 'make fmt'"


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: str(path.relative_to(ROOT)))
def test_canonical_form_is_a_fixed_point_with_the_same_triples(path):
    text = path.read_text("utf-8")
    plain = ox.serialize(triples_of(text), format=ox.RdfFormat.N_TRIPLES).decode()  # as far from the canonical form as it gets
    assert triples_of(format_turtle(plain)) == triples_of(text)


def triples_of(text):
    """Return the triples of Turtle, with blank nodes named by what is said of them."""
    triples = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE))
    triples.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return triples


def test_data_hold_only_what_is_asserted():
    derived = ("score", "scoreLow", "scoreHigh", "supportWeight", "confidenceLevel", "contested", "untested", "alpha", "prior")
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
        parts = (slug_of(claim.subject.iri), claim.predicate.value, slug_of(claim.object.iri))
        assert claim.iri == PREFIXES["claim"] + ".".join(parts)


def test_an_entitys_iri_can_be_guessed_from_a_name(kg):
    for entity in kg.entities():
        assert slug_of(entity.iri) in {slugify(name) for name in (entity.label, *entity.synonyms)}


def test_what_the_ledger_held_is_there_unchanged():
    """More may be there: a paper that is added, or an identifier that is found, breaks no line."""
    lines = ledger.CHECKSUMS.read_text("utf-8").splitlines()
    kinds = Counter(line.split(" ", 1)[0] for line in lines)
    assert set(kinds) == {"evidence", "source", "relation"}
    for line in lines:
        kind, name, *rest = line.split(" ")
        if kind == "evidence":
            assert ledger.evidence_line(name) == line
        elif kind == "source":
            assert ledger.source_line(name, rest[0]) == line
    assert {line for line in lines if line.startswith("relation ")} <= ledger.relation_lines()


@pytest.mark.skipif(
    not LEDGER.exists(), reason="the evidence ledger is not beside this checkout; the checksums are compared instead"
)
class TestLedger:
    def test_every_item_is_there_unchanged(self):
        for row in ledger.rows("evidence"):
            facts = ledger.asserted()[row["id"]]
            assert ledger.chosen(facts, {*ledger.EVIDENCE.values(), "claim"}) == dict(sorted(ledger.expected(row).items()))
            how = row.get("derived", {})
            worked_out = " ".join(facts.get("workedOut", []))
            assert bool(how) == bool(worked_out)
            assert (how if isinstance(how, str) else how.get("how", "")) in worked_out
            assert ("editorialNote" in facts) == ("coded" in row)
            assert ("directness" in facts) >= ("directness" in row)
            if "registry" in row:
                assert row["registry"] in ledger.asserted()[row["source"]]["registration"]

    def test_what_was_dropped_is_gone(self):
        assert not {row["id"] for row in ledger.rows("dropped")} & set(ledger.asserted())

    def test_every_source_is_there(self):
        for row in ledger.rows("sources"):
            facts = ledger.asserted()[row["id"]]
            said = {ledger.SOURCE[field]: [str(row[field])] for field in ledger.SOURCE if field in row}
            assert ledger.chosen(facts, said) == dict(sorted(said.items())), row["id"]
            assert ("titleIsDescriptive" in facts) == row["title"].startswith("[")
            assert all(number in row.get("registration", number) for number in facts.get("registration", ()))
            assert "registration" in facts or "registration" not in row

    def test_every_relation_is_there(self):
        lines = ledger.relation_lines()
        for row in ledger.rows("relations"):
            one, kind, other = (
                (row["review"], "pools", row["trial"]) if row["kind"] == "pools" else (row["a"], "sameStudyAs", row["b"])
            )
            if not row.get("certain", True):
                kind = f"likely{kind[0].upper()}{kind[1:]}"
            ways = {f"relation {one} {kind} {other}"}
            if row["kind"] == "sameStudy":
                ways.add(f"relation {other} {kind} {one}")
            assert ways & lines, row

    def test_every_entity_is_there(self, kg):
        with (LEDGER / "entities.tsv").open(encoding="utf-8") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                entity = kg.entity(row["label"])
                assert (entity.label, entity.definition) == (row["label"], row["definition"])
                assert (entity.category, entity.group) == (row["category"], row["group"])
                assert set(filter(None, row["synonyms"].split("|"))) <= set(entity.synonyms)
                exact = [match.curie for match in entity.matches if match.relation.value == "exactMatch"]
                assert {row["exact_curie"]} - {""} <= set(exact)
        for row in ledger.rows("new_entities"):
            entity = kg.entity(PREFIXES["entity"] + row["slug"])
            assert (entity.label, entity.definition, entity.category) == (row["label"], row["definition"], row["category"])
            assert f"rls:{entity.group.capitalize()}Group" == row["group"]


GERMLINE = ("-risk-variant", "-coding-variant", "-gene-variant", "polygenic-risk")


def test_an_inherited_variant_is_a_natural_experiment_everywhere(kg):
    """See docs/model.md: observed, not bred, and with a causal predicate."""
    seen = 0
    for claim in kg.claims():
        if slug_of(claim.subject.iri).endswith(GERMLINE) and claim.predicate.is_causal:
            for item in claim.evidence:
                if item.design.value in ("CaseControl", "CrossSectional", "Cohort", "Autopsy"):
                    assert ledger.asserted()[item.identifier]["directness"] == ["NaturalExperiment"], item.identifier
                    seen += 1
    assert seen


def test_entities_are_matched_or_say_what_was_sought(kg):
    used = {entity for claim in kg.claims() for entity in (claim.subject, claim.object)}
    matched = {entity for entity in used if any(match.relation.value in ("exactMatch", "closeMatch") for match in entity.matches)}
    told = {entity for entity in used if "editorialNote" in ledger.asserted()[slug_of(entity.iri)]}
    assert len(matched | told) >= 0.95 * len(used), sorted(entity.label for entity in used - matched - told)


def test_getting_the_syndrome_is_one_object(kg):
    assert not [claim for claim in kg.claims() if claim.object.label == "restless legs syndrome"]


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


def test_sides_of_the_disease_are_parts_and_treatments_are_no_kind_of_it(kg):
    parts = {(link.subject.label, link.object.label) for link in kg.links() if link.kind is LinkKind.PART_OF}
    kinds = {(link.subject.label, link.object.label) for link in kg.links() if link.kind is LinkKind.BROADER}
    for side in ("RLS risk", "RLS symptom severity", "urge to move the legs", "evening or night worsening", "leg discomfort"):
        assert (side, "RLS symptoms") in parts
    assert ("RLS symptoms", "restless legs syndrome") in parts
    assert not parts & kinds
    linked = {subject for subject, _ in parts | kinds}
    assert not linked & {"augmentation", "physical exercise"}
    assert ("balanced diet", "healthy lifestyle") not in parts | kinds


def test_a_truism_is_context(kg):
    context = [r.hypothesis.label for r in kg.hypotheses() if r.hypothesis.status is HypothesisStatus.CONTEXT]
    assert context == ["Direct contribution"]


def test_names_are_not_ambiguous(kg):
    labels = [entity.label.casefold() for entity in kg.entities()]
    assert len(labels) == len(set(labels))
    for entity in kg.entities():
        assert kg.entity(entity.label) == entity
