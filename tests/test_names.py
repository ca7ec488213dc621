"""Names: a full IRI is its thing or nothing, a name of two things is told as such, a spelling changes nothing."""

import pickle
import unicodedata

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import AmbiguousNameError, UnknownNameError
from rlsgraph.explorer.drawing import key_of
from rlsgraph.graph.building import build
from rlsgraph.model.identifiers import read_identifier, read_registration
from rlsgraph.model.names import claim_iri, normal_name
from rlsgraph.model.namespaces import BASE, PREFIXES
from rlsgraph.model.term_names import parse_level, parse_predicate
from rlsgraph.model.vocabulary import Predicate

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items()) + "@prefix lab: <http://lab.example/kg/> .\n"
LAB = "http://lab.example/kg/"
TWO_SPACES = (
    HEAD
    + """
entity:a a rls:Entity ; skos:prefLabel "alpha"@en .
entity:b a rls:Entity ; skos:prefLabel "beta"@en .
entity:c a rls:Entity ; skos:prefLabel "gamma"@en ; skos:altLabel "third"@en .
lab:c a rls:Entity ; skos:prefLabel "Gamma"@en ; skos:altLabel "third"@en ;
    skos:exactMatch <http://purl.obolibrary.org/obo/HP_1> .
entity:d a rls:Entity ; skos:prefLabel "delta"@en ; skos:exactMatch <http://purl.obolibrary.org/obo/HP_1> .
lab:e a rls:Entity ; skos:prefLabel "epsilon"@en .
claim:a.increases.b a rls:Claim ; rdf:subject entity:a ; rdf:predicate rls:increases ; rdf:object entity:b ;
    rls:hasEvidence evidence:e1, lab:e2 .
lab:a.increases.b a rls:Claim ; rdf:subject entity:b ; rdf:predicate rls:decreases ; rdf:object entity:a ;
    rls:hasEvidence lab:e1 .
lab:only a rls:Claim ; rdf:subject entity:b ; rdf:predicate rls:affects ; rdf:object entity:c .
evidence:e1 a rls:Evidence ; dcterms:identifier "e1" ; rls:direction rls:Supports ; rls:studyDesign rls:Cohort ;
    dcterms:source source:s1 .
lab:e1 a rls:Evidence ; dcterms:identifier "lab-1" ; rls:direction rls:Disputes ; rls:studyDesign rls:Cohort ;
    dcterms:source lab:s1 .
lab:e2 a rls:Evidence ; dcterms:identifier "lab-2" ; rls:direction rls:Supports ; rls:studyDesign rls:Cohort ;
    dcterms:source source:s2 .
source:s1 a rls:Source ; dcterms:title "One" .
lab:s1 a rls:Source ; dcterms:title "Lab paper" .
source:s2 a rls:Source ; dcterms:title "Two" .
hypothesis:h a rls:Hypothesis ; skos:prefLabel "why"@en ; dcterms:source source:s1 ; rls:claims ( claim:a.increases.b ) ;
    rls:start entity:a ; rls:end entity:b ; rls:status rls:UnderStudy .
"""
)


@pytest.fixture(scope="module", params=["in memory", "on disk"])
def two_spaces(request, tmp_path_factory):
    """Return a graph of two namespaces with the same local names, from each kind of source."""
    folder = tmp_path_factory.mktemp("names")
    (folder / "graph.ttl").write_text(TWO_SPACES, "utf-8")
    if request.param == "in memory":
        return rlsgraph.load(folder / "graph.ttl")
    build(folder / "store", folder / "graph.ttl")
    return rlsgraph.open(folder / "store")


def test_a_full_iri_is_its_thing(two_spaces):
    assert two_spaces.claim(LAB + "a.increases.b").predicate is Predicate.DECREASES
    assert two_spaces.claim(BASE + "claim/a.increases.b").predicate is Predicate.INCREASES
    assert two_spaces.evidence_item(LAB + "e1").identifier == "lab-1"
    assert two_spaces.source(LAB + "s1").title == "Lab paper"
    assert two_spaces.entity(LAB + "c").label == "Gamma"
    assert [claim.iri for claim in two_spaces.without(claim=LAB + "a.increases.b").claims()] == [
        LAB + "only",
        BASE + "claim/a.increases.b",
    ]


@pytest.mark.parametrize("look_up", ["claim", "evidence_item", "source", "entity", "hypothesis"])
@pytest.mark.parametrize("local", ["a.increases.b", "e1", "s1", "c", "a", "h"])
@pytest.mark.parametrize(
    "base", ["http://nowhere.example/", "https://nowhere.example/kg#", "urn:nowhere:", "HTTPS://W3ID.ORG/rlsgraph/entity/"]
)
def test_an_iri_that_is_not_here_is_nothing(two_spaces, look_up, local, base):
    with pytest.raises(UnknownNameError):
        getattr(two_spaces, look_up)(base + local)


@pytest.mark.parametrize(
    ("look_up", "name", "meant"),
    [
        ("claim", "a.increases.b", {LAB + "a.increases.b", BASE + "claim/a.increases.b"}),
        ("source", "s1", {LAB + "s1", BASE + "source/s1"}),
        ("entity", "third", {LAB + "c", BASE + "entity/c"}),
        ("entity", "c", {LAB + "c", BASE + "entity/c"}),
        ("entity", "GAMMA", {LAB + "c", BASE + "entity/c"}),
        ("entity", "HP:1", {LAB + "c", BASE + "entity/d"}),
    ],
)
def test_a_name_of_two_things_is_none_of_theirs(two_spaces, look_up, name, meant):
    with pytest.raises(AmbiguousNameError) as error:
        getattr(two_spaces, look_up)(name)
    assert {iri for _, iri in error.value.meant} == meant
    assert all(f"<{iri}>" in str(error.value) for iri in meant)
    assert pickle.loads(pickle.dumps(error.value)).meant == error.value.meant


def test_a_surer_kind_of_name_comes_first(two_spaces):
    assert two_spaces.evidence_item("e1").iri == BASE + "evidence/e1"  # the identifier of one, the local name of two
    assert two_spaces.evidence_item("e2").iri == LAB + "e2"
    assert two_spaces.claim("only").iri == LAB + "only"
    assert two_spaces.claim("claim:a.increases.b").iri == BASE + "claim/a.increases.b"
    assert two_spaces.entity("gamma").iri == BASE + "entity/c"  # as it is written, of two that differ in case alone
    assert two_spaces.entity("Gamma").iri == LAB + "c"
    assert two_spaces.entity("e").iri == LAB + "e"


def test_a_command_lists_what_an_ambiguous_name_may_mean(tmp_path):
    (tmp_path / "graph.ttl").write_text(TWO_SPACES, "utf-8")
    for arguments in (["show", "third"], ["paths", "alpha", "third"], ["claims", "--subject", "c"], ["show", "a.increases.b"]):
        result = CliRunner().invoke(main, [*arguments, "--data", str(tmp_path / "graph.ttl")])
        assert result.exit_code == 2
        assert LAB in result.output
        assert BASE in result.output


def test_a_function_of_a_query_tells_of_an_ambiguous_name_and_takes_an_iri_for_that_thing_alone(two_spaces):
    with pytest.raises(AmbiguousNameError):
        two_spaces.query('SELECT (rls:support("alpha", "third") AS ?x) {}').to_dicts()
    (row,) = two_spaces.query("SELECT (rls:support(entity:a, entity:b) AS ?x) {}").to_dicts()
    assert row["x"] > 0
    assert two_spaces.query("SELECT (rls:support(<http://nowhere.example/a>, entity:b) AS ?x) {}").to_dicts() == [{}]


def test_a_study_supposed_of_entities_with_one_local_name_makes_two_claims(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text(
        HEAD + '<http://identifiers.org/hgnc/5991> a rls:Entity ; skos:prefLabel "GENE1"@en . '
        '<http://identifiers.org/mesh/5991> a rls:Entity ; skos:prefLabel "WORD1"@en . '
        'entity:iron a rls:Entity ; skos:prefLabel "iron"@en .',
        "utf-8",
    )
    after = rlsgraph.load(path).with_evidence("GENE1 increases iron: supports, cohort", "WORD1 increases iron: supports, cohort")
    assert sorted((claim.subject.label, len(claim.evidence)) for claim in after.claims()) == [("GENE1", 1), ("WORD1", 1)]


def test_ids_of_claims_come_from_content_and_differ_where_it_does():
    bases = (
        "https://w3id.org/rlsgraph/entity/",
        "http://identifiers.org/hgnc/",
        "http://identifiers.org/mesh/",
        "https://x.example/a#",
    )
    made = {claim_iri(one + "x", Predicate.AFFECTS, other + "x") for one in bases for other in bases}
    assert len(made) == len(bases) ** 2
    assert BASE + "claim/x.affects.x" in made


@pytest.mark.parametrize(
    "name", ["http://lab.example/increases", "https://w3id.org/rlsgraph/other#increases", "increases2", "lab:increases"]
)
def test_a_term_of_another_vocabulary_is_no_predicate(name):
    with pytest.raises(UnknownNameError):
        parse_predicate(name)


def test_a_term_goes_by_words_curie_and_iri():
    for name in ("increases", "rls:increases", "https://w3id.org/rlsgraph/ontology#increases", " Increases "):
        assert parse_predicate(name) is Predicate.INCREASES
    assert parse_level("rls:Emerging") is parse_level("EMERGING")


SJOGREN = "Sj\u00f6gren\u2019s syndrome"


@pytest.mark.parametrize(
    "typed",
    [
        SJOGREN,
        unicodedata.normalize("NFD", SJOGREN),
        "SJ\u00d6GREN'S SYNDROME",
        "sj\u00f6gren's\u00a0syndrome",
        "  sj\u00f6gren's \t syndrome\n",
        "Sj\u00f6gren\u02bcs\u202fsyn\u00addrome",
        "\ufeffSj\u00f6gren's\u200b syndrome",
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_spelling_changes_nothing(typed, form, tmp_path):
    label = unicodedata.normalize(form, SJOGREN.replace(" ", "\u00a0"))
    path = tmp_path / "graph.ttl"
    path.write_text(
        f'{HEAD}entity:s a rls:Entity ; skos:prefLabel "{label}"@en ; skos:altLabel "gut\u2013brain axis"@en .', "utf-8"
    )
    build(tmp_path / "store", path)
    for kg in (rlsgraph.load(path), rlsgraph.open(tmp_path / "store")):
        assert kg.entity(typed).label == label
        assert kg.entity("gut-brain axis").label == label


def test_two_spellings_are_one_name():
    assert normal_name("B\u2011cell") == normal_name("b-cell")
    assert normal_name("\u00b5") == normal_name("\u03bc")
    assert normal_name("gut dysbiosis") == "gut dysbiosis"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        *(
            (text, "doi", "10.1000/x1")
            for text in (
                "10.1000/X1",
                "doi:10.1000/x1",
                "DOI: 10.1000/x1.",
                "doi 10.1000/x1",
                "https://doi.org/10.1000/x1",
                "http://dx.doi.org/10.1000/X1",
                "https://www.doi.org/10.1000/x1?utm_source=mail#top",
                "dx.doi.org/10.1000%2Fx1",
                "info:doi/10.1000/x1",
                "<https://doi.org/10.1000/x1>",
                "\ufeff10.1000/x1\u00a0",
                "https://identifiers.org/doi:10.1000/x1",
            )
        ),
        *(
            (text, "pmid", "15453549")
            for text in (
                "15453549",
                "015453549",
                "PMID 15453549",
                "pmid:15453549",
                "https://pubmed.ncbi.nlm.nih.gov/15453549/",
                "http://www.ncbi.nlm.nih.gov/pubmed/15453549?dopt=Abstract",
                "https://identifiers.org/pubmed:15453549",
                "https://europepmc.org/article/MED/15453549",
                "15453549.0",
            )
        ),
        *(
            (text, "pmcid", "PMC3000001")
            for text in (
                "PMC3000001",
                "pmc3000001",
                "PMCID: PMC3000001",
                "https://pmc.ncbi.nlm.nih.gov/articles/PMC3000001/",
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3000001",
                "https://europepmc.org/article/PMC/PMC3000001",
            )
        ),
    ],
)
def test_an_identifier_is_read_in_every_spelling(text, kind, value):
    found = read_identifier(text)
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize("text", ["", "gut dysbiosis", "10.1000", "https://example.org/15453549", "PMID", "NCT00806026", "1e5"])
def test_what_is_no_identifier_is_none(text):
    assert read_identifier(text) is None


@pytest.mark.parametrize(
    "text", ["nct00806026", "https://clinicaltrials.gov/study/NCT00806026", "ClinicalTrials.gov: NCT00806026"]
)
def test_a_registration_is_its_number(text):
    assert read_registration(text).value == "NCT00806026"


ONE_PAPER = (
    HEAD
    + """
entity:a a rls:Entity ; skos:prefLabel "alpha"@en . entity:b a rls:Entity ; skos:prefLabel "beta"@en .
claim:a.increases.b a rls:Claim ; rdf:subject entity:a ; rdf:predicate rls:increases ; rdf:object entity:b ;
    rls:hasEvidence evidence:e1, evidence:e2 .
evidence:e1 a rls:Evidence ; dcterms:identifier "e1" ; rls:direction rls:Supports ; rls:studyDesign rls:Cohort ;
    rls:sampleSize 100 ; rls:species "human" ; dcterms:source source:s1 .
evidence:e2 a rls:Evidence ; dcterms:identifier "e2" ; rls:direction rls:Supports ; rls:studyDesign rls:Cohort ;
    rls:sampleSize 100 ; rls:species "human" ; dcterms:source <SECOND> .
source:s1 a rls:Source ; dcterms:title "A paper" .
<SECOND> a rls:Source ; dcterms:title "The paper, as another curator wrote it" .
"""
)
SAME_PAPERS = [
    ("bibo:doi '10.1000/x1'", "bibo:doi 'https://dx.doi.org/10.1000/X1'", "doi:10.1000/X1"),
    ("bibo:doi 'doi:10.1000/X1'", "bibo:doi <http://doi.org/10.1000/x1>", "https://doi.org/10.1000/x1"),
    ("bibo:pmid '15453549'", "bibo:pmid 'https://pubmed.ncbi.nlm.nih.gov/15453549/'", "PMID: 15453549"),
    ("rls:pmcid 'PMC123'", "rls:pmcid 'https://pmc.ncbi.nlm.nih.gov/articles/PMC123/'", "pmc123"),
    ("bibo:pmid '15453549'", "bibo:doi 'https://pubmed.ncbi.nlm.nih.gov/15453549'", "15453549"),
    ("bibo:doi '10.1000/x1'", None, "10.1000/x1"),
]


@pytest.mark.parametrize(("first", "second", "name"), SAME_PAPERS)
def test_one_paper_counts_once_and_is_retracted_once_however_it_is_spelt(first, second, name, tmp_path):
    iri = BASE + "source/s2" if second else "https://dx.doi.org/10.1000/X1"
    text = ONE_PAPER.replace("SECOND", iri) + f"source:s1 {first} .\n" + (f"<{iri}> {second} .\n" if second else "")
    path = tmp_path / "graph.ttl"
    path.write_text(text, "utf-8")
    single = tmp_path / "single.ttl"
    single.write_text(text.replace("evidence:e1, evidence:e2", "evidence:e1"), "utf-8")
    (alone,) = rlsgraph.load(single).claims()
    build(tmp_path / "store", path)
    for kg in (rlsgraph.load(path), rlsgraph.open(tmp_path / "store")):
        (claim,) = kg.claims()
        assert claim.confidence == alone.confidence
        assert [item.counted for item in kg.explain(claim).items] == [True, False]
        assert {source.iri for source in kg.records_of(name)} == {BASE + "source/s1", iri}
        for retracted in (name, "s1", iri):
            (after,) = kg.without(source=retracted).claims()
            assert after.confidence.support_weight == 0.0
        with pytest.raises(AmbiguousNameError):
            kg.source(name)
        assert [finding.thing.iri for finding in kg.doctor() if finding.kind == "one paper under two sources"] == [
            max(BASE + "source/s1", iri)
        ]
        assert {hit.thing.iri for hit in kg.retraction_sweep(f"{name}\n").hits} == {BASE + "source/s1", iri}


def test_a_record_of_a_retracted_paper_is_retracted(tmp_path):
    path = tmp_path / "graph.ttl"
    said = "source:s1 bibo:doi '10.1000/x1' . source:s2 bibo:doi 'doi:10.1000/X1' ; rls:retracted true .\n"
    path.write_text(ONE_PAPER.replace("SECOND", BASE + "source/s2") + said, "utf-8")
    build(tmp_path / "store", path)
    for kg in (rlsgraph.load(path), rlsgraph.open(tmp_path / "store")):
        (claim,) = kg.claims()
        assert claim.confidence.support_weight == 0.0
        assert kg.source("s1").retracted


def test_an_assistant_is_given_all_that_a_name_may_mean(two_spaces):
    from rlsgraph.endpoint.assistant.tools import Tools

    answer = Tools(two_spaces).find_entity("third")
    assert {entity["iri"] for entity in answer["entities"]} == {LAB + "c", BASE + "entity/c"}
    assert not answer["exact"]


def test_the_page_keeps_apart_what_has_one_local_name():
    assert len({key_of(iri) for iri in (BASE + "entity/c", BASE + "entity/x/c", LAB + "c", LAB + "x#c")}) == 4


def test_check_takes_claims_of_other_namespaces_and_sees_two_spellings_of_one_label(tmp_path):
    path = tmp_path / "graph.ttl"
    text = 'lab:x a rls:Entity ; skos:prefLabel "gut\u2011x"@en . entity:gut-x a rls:Entity ; skos:prefLabel "Gut-X"@en .\n'
    text += "claim:x.affects.gut-x a rls:Claim ; rdf:subject lab:x ; rdf:predicate rls:affects ; rdf:object entity:gut-x ."
    path.write_text(HEAD + text, "utf-8")
    said = [str(finding) for finding in rlsgraph.check(path).findings]
    assert not [each for each in said if "does not match its subject" in each]
    assert [each for each in said if "is the label of" in each]
