"""The ontology declares every term that the code and the files use, in words, and agrees with the design's numbers."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD

import rlsgraph
from rlsgraph.formats.provenance import explanation_turtle
from rlsgraph.formats.tables import TERMS as TERMS_OF_ANSWERS
from rlsgraph.model import namespaces as ns
from rlsgraph.model import study_terms, vocabulary
from rlsgraph.model.study_terms import EvidenceKind
from rlsgraph.model.vocabulary import ConfidenceLevel, Polarity, Predicate, StudyDesign
from rlsgraph.triples import resources

NAMES = ("rlsgraph.ttl", "schemes.ttl", "profile.ttl", "shapes.ttl")
FILES = {name: Graph().parse(resources.ontology_file(name)) for name in NAMES}
ONTOLOGY, SCHEMES, PROFILE, SHAPES = FILES.values()
TERMS = ONTOLOGY + SCHEMES

PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty)
ENUMS = (
    vocabulary.Predicate,
    vocabulary.Direction,
    vocabulary.StudyDesign,
    vocabulary.TextRead,
    vocabulary.ConfidenceLevel,
    vocabulary.HypothesisStatus,
    vocabulary.ExpectationOutcome,
    study_terms.Result,
    study_terms.Comparator,
    study_terms.Blinding,
    study_terms.OutcomeRank,
    study_terms.PopulationFit,
    study_terms.OutcomeFit,
    study_terms.Directness,
    study_terms.EffectMeasure,
    study_terms.Favours,
    study_terms.QuoteRole,
    study_terms.EvidenceKind,
)
SCHEME_OF = {
    vocabulary.Direction: "DirectionScheme",
    vocabulary.StudyDesign: "StudyDesignScheme",
    vocabulary.TextRead: "TextReadScheme",
    vocabulary.ConfidenceLevel: "ConfidenceLevelScheme",
    vocabulary.HypothesisStatus: "HypothesisStatusScheme",
    vocabulary.ExpectationOutcome: "ExpectationOutcomeScheme",
    study_terms.Result: "ResultScheme",
    study_terms.Comparator: "ComparatorScheme",
    study_terms.Blinding: "BlindingScheme",
    study_terms.OutcomeRank: "OutcomeRankScheme",
    study_terms.PopulationFit: "PopulationFitScheme",
    study_terms.OutcomeFit: "OutcomeFitScheme",
    study_terms.Directness: "DirectnessScheme",
    study_terms.EffectMeasure: "EffectMeasureScheme",
    study_terms.Favours: "FavoursScheme",
    study_terms.QuoteRole: "QuoteRoleScheme",
    study_terms.EvidenceKind: "EvidenceKindScheme",
}
BIAS = {
    StudyDesign.META_ANALYSIS: "0.1",
    StudyDesign.SYSTEMATIC_REVIEW: "0.2",
    StudyDesign.RANDOMISED_CONTROLLED_TRIAL: "0.1",
    StudyDesign.GUIDELINE: "0.5",
    StudyDesign.GWAS: "0.01",
    StudyDesign.MENDELIAN_RANDOMISATION: "0.15",
    StudyDesign.COHORT: "0.25",
    StudyDesign.CASE_CONTROL: "0.3",
    StudyDesign.AUTOPSY: "0.4",
    StudyDesign.CROSS_SECTIONAL: "0.3",
    StudyDesign.NEUROIMAGING: "0.4",
    StudyDesign.CSF_STUDY: "0.35",
    StudyDesign.NON_RANDOMISED_TRIAL: "0.45",
    StudyDesign.ANIMAL_STUDY: "0.35",
    StudyDesign.IN_VITRO: "0.4",
    StudyDesign.CASE_SERIES: "0.6",
    StudyDesign.NARRATIVE_REVIEW: "0.8",
    StudyDesign.CASE_REPORT: "0.8",
    StudyDesign.EXPERT_HYPOTHESIS: "0.9",
    StudyDesign.UNKNOWN: "0.9",
}
KINDS = {
    EvidenceKind.TRIAL: ("0.12", "0.99", "0.01", "0.99", "0.01"),
    EvidenceKind.GENE: ("0.1", "0.97", "0.03", "0.97", "0.03"),
    EvidenceKind.COHORT: ("0.2", "0.85", "0.25", "0.98", "0.02"),
    EvidenceKind.OBSERVATION: ("0.25", "0.8", "0.35", "0.98", "0.03"),
    EvidenceKind.OPEN: ("0.25", "0.85", "0.35", "0.85", "0.35"),
    EvidenceKind.ANIMAL: ("0.3", "0.7", "0.3", "0.7", "0.3"),
    EvidenceKind.CELLS: ("0.4", "0.6", "0.4", "0.6", "0.4"),
    EvidenceKind.OPINION: ("0.5", "0.52", "0.48", "0.52", "0.48"),
}
KIND_NUMBERS = ("insensitivity", "causeHitRate", "causeFalseAlarmRate", "associationHitRate", "associationFalseAlarmRate")
PARTS = {
    "Constant-ArgumentFactor": {"value": "1.15"},
    "Constant-ContestedWeight": {"value": "1"},
    "Constant-DoubtfulShare": {"value": "0.75"},
    "Constant-Inheritance": {"value": "0.5"},
    "Constant-IntervalMass": {"value": "0.9"},
    "Constant-LargestBias": {"value": "0.97"},
    "Constant-LargestP": {"value": "0.05"},
    "Constant-LeastPower": {"value": "0.05"},
    "Constant-LineWeight": {"value": "0.1"},
    "Constant-MostLent": {"value": "3"},
    "Constant-MostPower": {"value": "0.99"},
    "Constant-NextCohortSize": {"value": "1000"},
    "Constant-NextMendelianSize": {"value": "10000"},
    "Constant-NextTrialSize": {"value": "100"},
    "Constant-NullPowerSizeKnown": {"value": "0.8"},
    "Constant-NullPowerSizeUnknown": {"value": "0.5"},
    "Constant-PooledBiasFloor": {"value": "0.08"},
    "Constant-PriorOfAssociation": {"value": "0.2"},
    "Constant-PriorOfCause": {"value": "0.1"},
    "Constant-PriorSd": {"value": "0.9"},
    "Constant-RefutedLines": {"value": "2"},
    "Constant-RefutedShare": {"value": "0.25"},
    "Constant-RelativeError": {"value": "0.4"},
    "Constant-SmallestP": {"value": "0.0001"},
    "Constant-StandardisedEffect": {"value": "0.5"},
    "Constant-UnknownSize": {"value": "30"},
    "BiasMultiplier-NoInertComparator": {"oddsMultiplier": "3"},
    "BiasMultiplier-OpenLabel": {"oddsMultiplier": "3"},
    "BiasMultiplier-PostHoc": {"oddsMultiplier": "3"},
    "BiasMultiplier-SecondHand": {"oddsMultiplier": "1.5"},
    "BiasMultiplier-SecondaryOutcome": {"oddsMultiplier": "1.5"},
    "BiasMultiplier-SingleBlind": {"oddsMultiplier": "2"},
    "GroupPrior-Intervention": {"value": "0.2"},
    "Indirectness-OtherPopulation": {"hitRate": "0.9", "falseAlarmRate": "0.15"},
    "Indirectness-Surrogate": {"hitRate": "0.85", "falseAlarmRate": "0.2"},
    "Indirectness-TreatmentResponse": {"hitRate": "0.75", "falseAlarmRate": "0.3"},
    "LentBy-Association": {"hitRate": "0.85", "falseAlarmRate": "0.4"},
    "LentBy-Class": {"hitRate": "0.85", "falseAlarmRate": "0.3"},
    "LentBy-Member": {"hitRate": "0.9", "falseAlarmRate": "0.1"},
    "LevelRule-Established": {"value": "0.85", "linesNeeded": "3"},
    "LevelRule-Supported": {"value": "0.5", "linesNeeded": "2"},
    "LevelRule-Emerging": {"value": "0.25", "linesNeeded": "0"},
    "PooledBias3": {"bias": "0.08", "studyCount": "3"},
    "PooledBias5": {"bias": "0.05", "studyCount": "5"},
    "SmallestEffect-Correlation": {"smallestEffect": "0.3"},
    "SmallestEffect-HazardRatio": {"smallestEffect": "1.5"},
    "SmallestEffect-IRLSChange": {"smallestEffect": "3"},
    "SmallestEffect-IRLSDifference": {"smallestEffect": "3"},
    "SmallestEffect-OddsRatio": {"smallestEffect": "1.5"},
    "SmallestEffect-RiskRatio": {"smallestEffect": "1.5"},
    "SmallestEffect-StandardisedMeanDifference": {"smallestEffect": "0.5"},
}
MAPPINGS = {
    "increases": {("closeMatch", "obo:RO_0002304"), ("closeMatch", "biolink:affects")},
    "decreases": {("closeMatch", "obo:RO_0002305"), ("closeMatch", "biolink:affects")},
    "affects": {("broadMatch", "obo:RO_0002410"), ("closeMatch", "biolink:affects")},
    "positivelyAssociatedWith": {("exactMatch", "obo:RO_0017003"), ("exactMatch", "biolink:positively_correlated_with")},
    "negativelyAssociatedWith": {("exactMatch", "obo:RO_0017004"), ("exactMatch", "biolink:negatively_correlated_with")},
}
CLASSES = sorted(s for s in ONTOLOGY.subjects(RDF.type, OWL.Class) if isinstance(s, URIRef))
PROPERTIES = sorted({s for kind in PROPERTY_KINDS for s in ONTOLOGY.subjects(RDF.type, kind)})
ANNOTATIONS = sorted(ONTOLOGY.subjects(RDF.type, OWL.AnnotationProperty))
CONCEPTS = sorted(SCHEMES.subjects(RDF.type, SKOS.Concept))


def rls(name: str) -> URIRef:
    return URIRef(ns.RLS + name)


def short(term: object) -> str:
    return str(term).removeprefix(ns.RLS)


def in_english(graph: Graph, term: URIRef, predicate: URIRef) -> str:
    [text] = graph.objects(term, predicate)
    assert isinstance(text, Literal)
    assert text.language == "en"
    assert str(text).strip() == str(text) != ""
    return str(text)


def own_terms(graph: Graph) -> set[URIRef]:
    return {node for triple in graph for node in triple if isinstance(node, URIRef) and node.startswith(ns.RLS)}


def test_the_ontology_is_dated_and_licensed() -> None:
    [ontology] = ONTOLOGY.subjects(RDF.type, OWL.Ontology)
    assert str(ontology) == ns.RLS.removesuffix("#")
    version = str(ONTOLOGY.value(ontology, OWL.versionInfo))
    assert str(ONTOLOGY.value(ontology, OWL.versionIRI)) == f"{ontology}/{version}"
    assert ONTOLOGY.value(ontology, DCTERMS.created).toPython().isoformat() <= version
    assert str(ONTOLOGY.value(ontology, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    for predicate in (DCTERMS.title, DCTERMS.description):
        in_english(ONTOLOGY, ontology, predicate)
    assert not list(ONTOLOGY.objects(ontology, OWL.imports))


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES, *ANNOTATIONS], ids=short)
def test_each_term_is_told_in_words(term: URIRef) -> None:
    assert term.startswith(ns.RLS)
    in_english(ONTOLOGY, term, RDFS.label)
    assert in_english(ONTOLOGY, term, SKOS.definition).endswith(".")


@pytest.mark.parametrize("term", PROPERTIES, ids=short)
def test_each_property_has_domain_and_range(term: URIRef) -> None:
    [_], [range_] = ONTOLOGY.objects(term, RDFS.domain), ONTOLOGY.objects(term, RDFS.range)
    is_literal = range_ == RDF.langString or range_.startswith(ns.XSD)
    assert is_literal == ((term, RDF.type, OWL.DatatypeProperty) in ONTOLOGY)
    assert len({*ONTOLOGY.objects(term, RDF.type)} & {*PROPERTY_KINDS}) == 1


@pytest.mark.parametrize("term", CONCEPTS, ids=short)
def test_each_concept_is_told_in_words_and_stands_in_its_scheme(term: URIRef) -> None:
    """A word that several schemes need, such as *not stated*, is one concept in each of them, and of the kind of each."""
    in_english(SCHEMES, term, SKOS.prefLabel)
    assert in_english(SCHEMES, term, SKOS.definition).endswith(".")
    schemes = set(SCHEMES.objects(term, SKOS.inScheme))
    assert len(schemes) == 1 or short(term) in {"NotStated", "NotApplicable"}
    assert set(SCHEMES.objects(term, SKOS.topConceptOf)) == schemes
    assert all((scheme, RDF.type, SKOS.ConceptScheme) in SCHEMES for scheme in schemes)
    kinds = set(SCHEMES.objects(term, RDF.type)) - {SKOS.Concept}
    assert len(kinds) == len(schemes)
    assert all(SKOS.Concept in ONTOLOGY.transitive_objects(kind, RDFS.subClassOf) for kind in kinds)


@pytest.mark.parametrize("term", [term for enum in ENUMS for term in enum], ids=lambda term: term.value)
def test_each_member_of_the_model_is_a_term_with_its_label(term: vocabulary.Direction) -> None:
    iri = URIRef(term.iri)
    graph, predicate = (ONTOLOGY, RDFS.label) if isinstance(term, Predicate) else (SCHEMES, SKOS.prefLabel)
    assert in_english(graph, iri, predicate) == term.label
    in_english(graph, iri, SKOS.definition)


@pytest.mark.parametrize(("enum", "scheme"), SCHEME_OF.items(), ids=lambda item: getattr(item, "__name__", item))
def test_each_scheme_holds_the_members_of_the_model_and_no_others(enum: type[vocabulary.Direction], scheme: str) -> None:
    assert set(SCHEMES.subjects(SKOS.inScheme, rls(scheme))) == {URIRef(term.iri) for term in enum}


@pytest.mark.parametrize("name", NAMES)
def test_each_term_that_is_used_is_declared(name: str) -> None:
    declared = set(TERMS.subjects(RDF.type)) | set(FILES[name].subjects(RDF.type))
    assert own_terms(FILES[name]) - declared == set()


@pytest.fixture(scope="module")
def data() -> Graph:
    graph = Graph()
    for path in resources.data_files():
        graph.parse(path)
    return graph


def test_each_term_in_the_data_is_declared(data: Graph) -> None:
    assert own_terms(data) - set(TERMS.subjects(RDF.type)) == set()


def test_each_term_of_the_loaded_graph_is_declared(kg: rlsgraph.KnowledgeGraph) -> None:
    """What is derived is told in the ontology too: scores, flags, and the sum behind a score."""
    claims = [
        max(kg.claims(), key=lambda claim: len(claim.evidence)),
        kg.claim("gut dysbiosis", "increases", "systemic inflammation"),
    ]
    explained = Graph()
    for claim in claims:
        explained.parse(data=explanation_turtle(kg.explain(claim)), format="turtle")
    rows = kg.query("SELECT DISTINCT ?p ?o { ?s ?p ?o FILTER isIRI(?o) } ").to_dicts()
    rows += kg.query("SELECT DISTINCT ?p { ?s ?p ?o }").to_dicts()
    iris = {URIRef(str(value)) for row in rows for value in row.values()}
    used = {iri for iri in iris if iri.startswith(ns.RLS)} | own_terms(explained)
    declared = set(TERMS.subjects(RDF.type)) | set(PROFILE.subjects(RDF.type))
    assert rls("logit") in used
    assert rls("weightAfterCeiling") in used
    assert used - declared == set()


def classes_in(graph: Graph, class_: object) -> set[object]:
    """Return the classes of a union, or the class itself; with those below it."""
    head = graph.value(class_, OWL.unionOf) or graph.value(class_, OWL.disjointUnionOf)  # type: ignore[arg-type]  # a node
    named = {class_}.union(*(classes_in(graph, part) for part in graph.items(head))) if head else {class_}
    return named | {below for part in named for below in graph.transitive_subjects(RDFS.subClassOf, part)}  # type: ignore[arg-type]


def misplaced(graph: Graph) -> set[tuple[str, str]]:
    """Return the properties that stand on a node of none of the classes of their domain, with the node."""
    found = set()
    for property_ in set(graph.predicates()) & set(PROPERTIES):
        domain = classes_in(ONTOLOGY, ONTOLOGY.value(property_, RDFS.domain))
        for node in set(graph.subjects(property_)):
            if not domain & set(graph.objects(node, RDF.type)):
                found.add((short(property_), str(node)))
    return found


def test_each_property_stands_on_what_it_is_for(data: Graph, kg: rlsgraph.KnowledgeGraph) -> None:
    """In the data, in the profile and in an explanation; classes are disjoint, so a wrong domain would be a contradiction."""
    claim = kg.claim("gut dysbiosis", "increases", "systemic inflammation")
    explained = Graph().parse(data=explanation_turtle(kg.explain(claim)), format="turtle")
    assert misplaced(data) == misplaced(PROFILE) == misplaced(explained) == set()
    wrong = Graph()
    wrong.add((rls("Constant-PriorSd"), RDF.type, rls("Constant")))
    wrong.add((rls("Constant-PriorSd"), rls("sampleSize"), Literal(3)))
    assert misplaced(wrong) == {("sampleSize", str(rls("Constant-PriorSd")))}


def test_what_is_functional_has_one_value(data: Graph) -> None:
    functional = set(ONTOLOGY.subjects(RDF.type, OWL.FunctionalProperty))
    for graph in (data, PROFILE):
        pairs = [(node, p) for node, p, _ in graph if p in functional]
        assert len(pairs) == len(set(pairs))


def test_the_classes_of_records_are_disjoint() -> None:
    [head] = ONTOLOGY.objects(rls("Record"), OWL.disjointUnionOf)
    records = {short(item) for item in ONTOLOGY.items(head)}
    assert {"Claim", "Evidence", "ConfidenceProfile", "ProfilePart"} <= records
    [head] = ONTOLOGY.objects(rls("ProfilePart"), OWL.disjointUnionOf)
    parts = set(ONTOLOGY.items(head))
    assert parts == set(PROFILE.objects(None, RDF.type)) - {rls("ConfidenceProfile")}
    assert parts == set(ONTOLOGY.subjects(RDFS.subClassOf, rls("ProfilePart")))


def test_each_column_of_an_answer_is_a_declared_property() -> None:
    for name in TERMS_OF_ANSWERS.values():
        assert {*ONTOLOGY.objects(rls(name), RDF.type)} & {*PROPERTY_KINDS, OWL.AnnotationProperty}, name


@pytest.mark.parametrize("path", sorted(resources.query_files().values()), ids=lambda path: path.stem)
def test_each_term_in_a_stored_question_is_declared(path: Path) -> None:
    used = {rls(name) for name in re.findall(r"\brls:(\w+)", path.read_text("utf-8"))}
    assert used - set(TERMS.subjects(RDF.type)) == set()


def test_levels_stand_in_order() -> None:
    [head] = SCHEMES.objects(rls("ConfidenceLevelsInOrder"), SKOS.memberList)
    assert [str(level) for level in SCHEMES.items(head)] == [level.iri for level in ConfidenceLevel]
    for level in ConfidenceLevel:
        assert SCHEMES.value(URIRef(level.iri), rls("rank")) == Literal(level.rank)


def numbers_of(part: URIRef) -> dict[str, Decimal]:
    numbers = {short(p): o for p, o in PROFILE.predicate_objects(part) if isinstance(o, Literal)}
    return {name: Decimal(str(o)) for name, o in numbers.items() if o.datatype in (XSD.decimal, XSD.integer)}


def parts_about(kind: str, about: str) -> dict[URIRef, URIRef]:
    """Return the parts of one class by the term that each is about; a part is about exactly one."""
    parts = {}
    for part in PROFILE.subjects(RDF.type, rls(kind)):
        [term] = PROFILE.objects(part, rls(about))
        assert term not in parts
        parts[term] = part
    return parts


def test_the_bias_of_each_design_is_that_of_the_design_note() -> None:
    parts = parts_about("DesignAssumption", "studyDesign")
    assert {short(design): numbers_of(part)["bias"] for design, part in parts.items()} == {
        design.value: Decimal(text) for design, text in BIAS.items()
    }


def test_each_kind_tells_what_the_design_note_says() -> None:
    parts = parts_about("KindAssumption", "evidenceKind")
    assert {short(kind): numbers_of(part) for kind, part in parts.items()} == {
        kind.value: dict(zip(KIND_NUMBERS, map(Decimal, texts), strict=True)) for kind, texts in KINDS.items()
    }


def test_designs_are_mapped_to_the_evidence_and_conclusion_ontology() -> None:
    for design in StudyDesign:
        mapped = [o for relation in vocabulary.MatchRelation for o in SCHEMES.objects(URIRef(design.iri), URIRef(relation.iri))]
        [eco] = [term for term in mapped if term.startswith(ns.OBO + "ECO_")]
        assert in_english(SCHEMES, eco, RDFS.label)


def test_the_profile_holds_the_numbers_of_the_design() -> None:
    [profile] = PROFILE.subjects(RDF.type, rls("ConfidenceProfile"))
    for predicate in (SKOS.prefLabel, SKOS.definition):
        in_english(PROFILE, profile, predicate)
    of_terms = {rls("DesignAssumption"), rls("KindAssumption"), rls("ConfidenceProfile")}
    rest = {part for part, kind in PROFILE.subject_objects(RDF.type) if kind not in of_terms}
    assert {short(part): numbers_of(part) for part in rest} == {
        name: {property_: Decimal(text) for property_, text in numbers.items()} for name, numbers in PARTS.items()
    }


@pytest.mark.parametrize("predicate", Predicate, ids=lambda predicate: predicate.value)
def test_predicates_are_signed_and_mapped(predicate: Predicate) -> None:
    iri = URIRef(predicate.iri)
    assert Polarity(int(ONTOLOGY.value(iri, rls("polarity")))) is predicate.polarity
    found = {
        (relation.value, ns.compress(str(term)))
        for relation in vocabulary.MatchRelation
        for term in ONTOLOGY.objects(iri, URIRef(relation.iri))
    }
    assert found == {(relation, ns.compress(ns.expand(curie))) for relation, curie in MAPPINGS[predicate.value]}
    in_english(ONTOLOGY, iri, SKOS.editorialNote)


def test_a_signed_effect_is_an_effect() -> None:
    signed = {Predicate.INCREASES.iri, Predicate.DECREASES.iri}
    assert {str(s) for s in ONTOLOGY.subjects(RDFS.subPropertyOf, URIRef(Predicate.AFFECTS.iri))} == signed


def test_opposites_and_associations_go_both_ways() -> None:
    symmetric = {short(term) for term in ONTOLOGY.subjects(RDF.type, OWL.SymmetricProperty)}
    assert symmetric == {
        "oppositeOf",
        "positivelyAssociatedWith",
        "negativelyAssociatedWith",
        "sameStudyAs",
        "likelySameStudyAs",
        "rivalOf",
    }
    assert {short(term) for term in ONTOLOGY.subjects(RDF.type, OWL.TransitiveProperty)} == {"sameStudyAs"}


def test_what_is_certain_is_likely_too() -> None:
    for certain, likely in (("pools", "likelyPools"), ("sameStudyAs", "likelySameStudyAs")):
        assert (rls(certain), RDFS.subPropertyOf, rls(likely)) in ONTOLOGY


@pytest.mark.parametrize("name", ["rlsgraph.ttl", "schemes.ttl"])
def test_outside_terms_have_their_names(name: str) -> None:
    graph = FILES[name]
    relations = [URIRef(relation.iri) for relation in vocabulary.MatchRelation]
    for term in {term for relation in relations for term in graph.objects(None, relation) if term.startswith(ns.OBO)}:
        assert in_english(graph, term, RDFS.label)


def test_no_term_is_mapped_twice() -> None:
    for graph in (ONTOLOGY, SCHEMES):
        relations = [URIRef(relation.iri) for relation in vocabulary.MatchRelation]
        pairs = [(s, o) for relation in relations for s, o in graph.subject_objects(relation)]
        assert len(pairs) == len(set(pairs))


def test_no_derived_property_passes_the_shapes() -> None:
    """The shape that refuses typed scores names every derived property that a claim can have."""
    [path] = SHAPES.objects(rls("ClaimDerivedShape"), SH.path)
    [head] = SHAPES.objects(path, SH.alternativePath)
    on_claims = {
        term
        for term in ONTOLOGY.subjects(rls("isDerived"), Literal(True))
        if ONTOLOGY.value(term, RDFS.domain) in (rls("Claim"), rls("ClaimOrScore"))
    }
    assert set(SHAPES.items(head)) == on_claims | {rls("polarity"), URIRef(ns.RDF + "reifies")}
