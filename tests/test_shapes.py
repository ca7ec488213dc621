"""Each rule of the shapes has a name, a plain message, an example that keeps it and one that breaks it and no other."""

from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH

from rlsgraph.curation.shapes import find_breaches, read_shapes, rules_of
from rlsgraph.curation.term_graph import TermGraph, text_of
from rlsgraph.errors import DataError
from rlsgraph.model import namespaces as ns
from rlsgraph.model import study_terms, vocabulary
from rlsgraph.triples import resources
from rlsgraph.triples.files import read_store
from tests.helpers.shacl import Violation, validate_turtle

EXAMPLES = Path(__file__).parent / "shapes"
CONTEXT = EXAMPLES / "context.ttl"
SHAPES, SCHEMES = resources.ontology_file("shapes.ttl"), resources.ontology_file("schemes.ttl")
GRAPH = Graph().parse(SHAPES)
RULES = {str(shape).removeprefix(ns.RLS): shape for shape in sorted(set(GRAPH.subjects(SH.message))) if isinstance(shape, URIRef)}
SHAPE_KINDS = (SH.NodeShape, SH.PropertyShape)


def check(*files: Path) -> tuple[Violation, ...]:
    return validate_turtle([CONTEXT, *files], shapes=SHAPES, schemes=SCHEMES)


def check_each(ending: str) -> dict[str, list[Violation]]:
    """Check all examples of one kind at once; no two describe the same node, so each answers for itself."""
    found = defaultdict(list)
    for violation in check(*sorted(EXAMPLES.glob(f"*.{ending}.ttl"))):
        found[violation.file.name if violation.file else ""].append(violation)
    return found


@pytest.fixture(scope="module")
def failures() -> dict[str, list[Violation]]:
    return check_each("fail")


def test_passing_examples_keep_every_rule() -> None:
    assert check_each("pass") == {}


@pytest.mark.parametrize("rule", RULES)
def test_failing_example_breaks_its_rule_and_no_other(rule: str, failures: dict[str, list[Violation]]) -> None:
    found = failures[f"{rule}.fail.ttl"]
    assert {violation.rule for violation in found} == {rule}
    assert {violation.message for violation in found} == {str(GRAPH.value(RULES[rule], SH.message))}


def test_nothing_else_fails(failures: dict[str, list[Violation]]) -> None:
    assert set(failures) == {f"{rule}.fail.ttl" for rule in RULES}


def test_each_rule_has_its_pair() -> None:
    expected = {f"{rule}.{ending}.ttl" for rule in RULES for ending in ("pass", "fail")}
    assert {path.name for path in EXAMPLES.glob("*.*.ttl")} == expected


def test_examples_differ_in_what_they_describe() -> None:
    for ending in ("pass", "fail"):
        seen: dict[object, str] = {}
        for path in sorted(EXAMPLES.glob(f"*.{ending}.ttl")):
            for node in set(Graph().parse(path).subjects()) - {URIRef(ns.CLAIM + "one.increases.two")}:
                assert seen.setdefault(node, path.name) == path.name


@pytest.mark.parametrize("rule", RULES)
def test_message_is_a_sentence_that_says_the_remedy(rule: str) -> None:
    messages = list(GRAPH.objects(RULES[rule], SH.message))
    assert [message.language for message in messages] == ["en"]
    text = str(messages[0])
    assert text.split()[0] in {
        "Choose", "Describe", "Give", "Keep", "Name", "Put", "Remove", "Say", "Tell", "Type", "Write",
    }  # fmt: skip
    assert text.endswith(".")
    assert 30 < len(text) < 200


def test_every_constraint_has_a_message() -> None:
    """A shape without one may only gather others, or stand inside a shape that has one."""
    gathering = {RDF.type, SH.property, SH.targetClass}
    nested = {part for predicate in (SH.node, SH["not"]) for part in GRAPH.objects(None, predicate)}
    nested |= {part for shape in nested for part in GRAPH.objects(shape, SH.property)}
    for kind in SHAPE_KINDS:
        for shape in set(GRAPH.subjects(RDF.type, kind)) - nested - set(RULES.values()):
            assert set(GRAPH.predicates(shape)) <= gathering, shape


def test_shapes_are_shacl_core_and_import_nothing() -> None:
    used = {str(predicate) for predicate in GRAPH.predicates()}
    assert not used & {str(SH.sparql), str(SH.js), str(SH.rule), str(SH.target), "http://www.w3.org/2002/07/owl#imports"}


@pytest.mark.parametrize(
    ("rule", "terms"),
    [
        ("ClaimPredicateShape", vocabulary.Predicate),
        ("LinkPredicateShape", vocabulary.LinkKind),
        ("EvidenceDirectionShape", vocabulary.Direction),
        ("EvidenceDesignShape", vocabulary.StudyDesign),
        ("EvidenceTextReadShape", vocabulary.TextRead),
        ("EvidencePooledDesignShape", vocabulary.StudyDesign),
        ("EvidenceResultShape", study_terms.Result),
        ("EvidenceComparatorShape", study_terms.Comparator),
        ("EvidenceBlindingShape", study_terms.Blinding),
        ("EvidenceOutcomeRankShape", study_terms.OutcomeRank),
        ("EvidencePopulationFitShape", study_terms.PopulationFit),
        ("EvidenceOutcomeFitShape", study_terms.OutcomeFit),
        ("EvidenceDirectnessShape", study_terms.Directness),
        ("EvidenceMeasureShape", study_terms.EffectMeasure),
        ("EvidenceFavoursShape", study_terms.Favours),
        ("EvidenceQuoteRoleShape", study_terms.QuoteRole),
        ("HypothesisStatusShape", vocabulary.HypothesisStatus),
        ("ExpectationOutcomeShape", vocabulary.ExpectationOutcome),
    ],
)
def test_enumerations_are_those_of_the_model(rule: str, terms: type[vocabulary.Direction]) -> None:
    [listed] = GRAPH.objects(RULES[rule], SH["in"])
    assert [str(item) for item in GRAPH.items(listed)] == [term.iri for term in terms]


def test_a_violation_says_what_and_where() -> None:
    path = EXAMPLES / "SourcePmcidShape.fail.ttl"
    assert check(path) == (
        Violation(
            rule="SourcePmcidShape",
            node=ns.SOURCE + "source-pmcid",
            message='Give one PubMed Central identifier with its letters, such as rls:pmcid "PMC8656329".',
            path="rls:pmcid",
            value="8656329",
            file=path,
        ),
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("SourceAddressShape", "(bibo:doi|bibo:pmid|rls:pmcid|rdfs:seeAlso|rls:fileName|skos:editorialNote)"),
        ("EvidenceClaimShape", "^rls:hasEvidence"),
        ("HypothesisStepsShape", "rls:claims/rdf:rest*/rdf:first"),
        ("SourceShape", ""),
    ],
)
def test_a_violation_names_the_path(rule: str, expected: str, failures: dict[str, list[Violation]]) -> None:
    [violation] = failures[f"{rule}.fail.ttl"]
    assert violation.path == expected


def test_a_node_without_iri_is_told_by_its_file(failures: dict[str, list[Violation]]) -> None:
    [violation] = failures["EvidenceShape.fail.ttl"]
    assert violation.node == "[]"
    assert str(violation).startswith(f"{violation.file}: []: Give the evidence item an IRI")


def test_files_refer_to_each_other_in_any_order() -> None:
    files = [EXAMPLES / f"{rule}.fail.ttl" for rule in ("SourceYearShape", "ClaimShape", "LinkReasonShape")]
    there, back = check(*files), validate_turtle([*reversed(files), CONTEXT], shapes=SHAPES, schemes=SCHEMES)
    assert there == back
    assert [violation.file for violation in there] == sorted(files)


SPOILERS = {
    (SH.minCount, "missing"): lambda _: [],
    (SH.maxCount, "twice"): lambda value: [value, URIRef("https://example.org/second")],
    (SH.languageIn, "in German"): lambda value: [Literal(str(value), lang="de")],
    (SH.languageIn, "in no language"): lambda value: [Literal(str(value))],
    (SH.datatype, "an IRI"): lambda _: [URIRef("https://example.org/other")],
    (SH.pattern, "blank"): lambda value: [Literal(" ", lang=getattr(value, "language", None))],
    (SH["class"], "described nowhere"): lambda _: [URIRef("https://example.org/nowhere")],
    (SH["in"], "not listed"): lambda _: [URIRef("https://example.org/unlisted")],
}


@pytest.mark.parametrize(("constraint", "how"), SPOILERS)
def test_each_part_of_a_rule_holds(constraint: URIRef, how: str, tmp_path: Path) -> None:
    """Spoil the value in the passing example of each rule that has the constraint."""
    spoilt = {}
    for rule, shape in RULES.items():
        predicate = GRAPH.value(shape, SH.path)
        graph = Graph().parse(EXAMPLES / f"{rule}.pass.ttl")
        triple = next(iter(graph.triples((None, predicate, None))), None) if isinstance(predicate, URIRef) else None
        if triple is not None and (shape, constraint, None) in GRAPH:
            graph.remove((triple[0], predicate, None))
            for value in SPOILERS[constraint, how](triple[2]):
                graph.add((triple[0], predicate, value))
            path = tmp_path / f"{rule}.ttl"
            spoilt[path] = rule
            graph.serialize(path, format="turtle")
    found = {(violation.file, violation.rule) for violation in check(*spoilt)}
    assert spoilt
    assert set(spoilt.items()) - found == set()


def test_an_evidence_item_bears_on_one_claim(tmp_path: Path) -> None:
    path = tmp_path / "second.ttl"
    path.write_text(f"<{ns.CLAIM}one.increases.two> <{ns.RLS}hasEvidence> <{ns.EVIDENCE}claim> .", "utf-8")
    [violation] = check(EXAMPLES / "ClaimShape.pass.ttl", path)
    assert (violation.rule, violation.node) == ("EvidenceClaimShape", ns.EVIDENCE + "claim")


def test_a_claim_needs_no_evidence() -> None:
    assert check() == ()


def test_what_is_no_turtle_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix rls: <https://w3id.org/rlsgraph/ontology#> .\n\nrls:a rls:b rls:c\nrls:d rls:e rls:f .\n", "utf-8")
    with pytest.raises(DataError) as caught:
        check(path)
    assert (caught.value.path, caught.value.line) == (path, 4)


@pytest.mark.parametrize(
    "text",
    ["<a:b> <a:c> <<( <a:d> <a:e> <a:f> )>> .", "<a:b> <a:c> <a:d> {| <a:e> <a:f> |} .", 'VERSION "1.2"\n<a:b> <a:c> <a:d> .'],
)
def test_turtle_that_the_shapes_cannot_read_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"RDF 1\.1 Turtle only"):
        check(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        check(tmp_path / "nowhere.ttl")


def test_the_shipped_graph_keeps_every_rule() -> None:
    files = [*resources.data_files(), resources.ontology_file("profile.ttl")]
    assert [str(violation) for violation in validate_turtle(files, shapes=SHAPES, schemes=SCHEMES)] == []


# --- the checker of the package, beside pyshacl -----------------------------------------------------------------------------


def plain(text: str) -> str:
    """Return a number without its spelling: packages that sign turn off for the whole process that rdflib changes it."""
    try:
        return repr(float(text))
    except ValueError:
        return text


def own_breaches(*files: Path) -> set[tuple[str, str, str, str]]:
    graph = TermGraph()
    for path in (CONTEXT, *files, SCHEMES):
        graph.add(read_store([path]), path)
    return {
        (
            breach.shape.rule,
            text_of(breach.thing),
            breach.shape.message,
            "" if breach.value is None else plain(text_of(breach.value)),
        )
        for breach in find_breaches(read_shapes(SHAPES), graph)
    }


def told(violations: tuple[Violation, ...]) -> set[tuple[str, str, str, str]]:
    return {(found.rule, found.node, found.message, plain(found.value)) for found in violations}


def test_the_package_finds_what_pyshacl_finds(failures: dict[str, list[Violation]]) -> None:
    for ending in ("pass", "fail"):
        found = own_breaches(*sorted(EXAMPLES.glob(f"*.{ending}.ttl")))
        assert found == (set() if ending == "pass" else told(tuple(one for each in failures.values() for one in each)))
    assert set(rules_of(read_shapes(SHAPES))) == set(RULES)


def test_the_package_finds_what_pyshacl_finds_in_odd_values(tmp_path: Path) -> None:
    path = tmp_path / "odd.ttl"
    head = CONTEXT.read_text("utf-8").partition("\n\n")[0] + "\n@prefix evidence: <https://w3id.org/rlsgraph/evidence/> .\n"
    head += "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    odd = [
        'rls:sampleSize "12"^^xsd:integer, "012"^^xsd:integer', "rls:sampleSize 1.5", 'rls:sampleSize "many"^^xsd:integer',
        "rls:pValue 2e0", "rls:pValue 0.5", 'rls:pValue "INF"^^xsd:double', "rls:intervalLow 2.0 ; rls:intervalHigh 1.0",
        "rls:intervalLow 2.0 ; rls:intervalHigh 2", 'rls:finding "x"@en-GB', 'rls:finding "x"@EN', 'rls:finding "x"@eng',
        "dcterms:source []", "rls:species rls:Supports", 'rls:isBound "yes"', 'rls:isBound "1"^^xsd:boolean', "rls:direction []",
        'rls:quote "a quotation"', "rls:measure rls:OddsRatio, rls:RiskRatio", 'rls:locator " "', "dcterms:identifier 7",
    ]  # fmt: skip
    lines = [f"evidence:odd-{number} a rls:Evidence ; {said} ." for number, said in enumerate(odd)]
    path.write_text("\n".join([head, *lines]), "utf-8")
    ours, theirs = ({each[:3] for each in found} for found in (own_breaches(path), told(check(path))))
    assert ours == theirs  # the engines write a value in ways of their own
    assert len({thing for _, thing, _ in ours}) == len(odd)
