"""The ontology declares every term that the code and the files use, in words, and agrees with the design's numbers."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from rlsgraph.formats.tables import TERMS as TERMS_OF_ANSWERS
from rlsgraph.model import namespaces as ns
from rlsgraph.model import study_terms, vocabulary
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
    study_terms.EvidenceKind: "EvidenceKindScheme",
}
WEIGHTS = {
    StudyDesign.META_ANALYSIS: "4",
    StudyDesign.SYSTEMATIC_REVIEW: "2.5",
    StudyDesign.RANDOMISED_CONTROLLED_TRIAL: "2.5",
    StudyDesign.GUIDELINE: "2.5",
    StudyDesign.GWAS: "2.5",
    StudyDesign.MENDELIAN_RANDOMISATION: "1.5",
    StudyDesign.COHORT: "1.5",
    StudyDesign.CASE_CONTROL: "1",
    StudyDesign.AUTOPSY: "1",
    StudyDesign.CROSS_SECTIONAL: "0.75",
    StudyDesign.NEUROIMAGING: "0.75",
    StudyDesign.CSF_STUDY: "0.75",
    StudyDesign.NON_RANDOMISED_TRIAL: "0.75",
    StudyDesign.ANIMAL_STUDY: "0.5",
    StudyDesign.IN_VITRO: "0.3",
    StudyDesign.CASE_SERIES: "0.3",
    StudyDesign.NARRATIVE_REVIEW: "0.3",
    StudyDesign.CASE_REPORT: "0.15",
    StudyDesign.EXPERT_HYPOTHESIS: "0.15",
}
POOLING = {
    StudyDesign.META_ANALYSIS,
    StudyDesign.SYSTEMATIC_REVIEW,
    StudyDesign.NARRATIVE_REVIEW,
    StudyDesign.GUIDELINE,
    StudyDesign.EXPERT_HYPOTHESIS,
}
NUMBERS = {
    "priorWeight": "2.0",
    "priorMean": "0.2",
    "intervalMass": "0.9",
    "unknownSizeFactor": "0.8",
    "fullSizeLog10": "2.0",
    "associationShare": "0.3",
    "contestedWeight": "0.75",
    "contestedShare": "0.25",
    "refutedWeight": "2.0",
    "refutedRatio": "3.0",
    "emergingFrom": "0.4",
    "supportedFrom": "0.6",
    "establishedFrom": "0.8",
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


def test_each_term_in_the_data_is_declared() -> None:
    data = Graph()
    for path in resources.data_files():
        data.parse(path)
    assert own_terms(data) - set(TERMS.subjects(RDF.type)) == set()


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


def test_designs_weigh_what_the_design_says() -> None:
    found = {design: SCHEMES.value(URIRef(design.iri), rls("weight")) for design in StudyDesign}
    assert {design: weight.toPython() for design, weight in found.items()} == {d: Decimal(text) for d, text in WEIGHTS.items()}
    assert {short(design) for design, _ in SCHEMES.subject_objects(rls("poolsStudies"))} == {design.value for design in POOLING}


def test_designs_are_mapped_to_the_evidence_and_conclusion_ontology() -> None:
    for design in StudyDesign:
        mapped = [o for relation in vocabulary.MatchRelation for o in SCHEMES.objects(URIRef(design.iri), URIRef(relation.iri))]
        [eco] = [term for term in mapped if term.startswith(ns.OBO + "ECO_")]
        assert in_english(SCHEMES, eco, RDFS.label)


def test_the_profile_holds_the_numbers_of_the_design() -> None:
    [profile] = PROFILE.subjects(RDF.type, rls("ConfidenceProfile"))
    values = {short(p): o.toPython() for p, o in PROFILE.predicate_objects(profile) if isinstance(o, Literal)}
    assert {name: value for name, value in values.items() if isinstance(value, Decimal)} == {
        name: Decimal(number) for name, number in NUMBERS.items()
    }
    for predicate in (SKOS.prefLabel, SKOS.definition):
        in_english(PROFILE, profile, predicate)


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
