"""Graphs of other tools come in without anything made up: no sign inferred, no design guessed, what is left out counted."""

import json
from itertools import islice

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import DataError
from rlsgraph.formats.exchange import table
from rlsgraph.formats.exchange.content import content_of
from rlsgraph.formats.reading import bel, dismech, kgx, nanopubs, physiomap
from rlsgraph.formats.reading.draft import Draft
from rlsgraph.formats.reading.table import readings
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign
from tests.helpers.graphs import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"


def loaded(draft, tmp_path):
    """Return the graph that a draft makes."""
    path = tmp_path / "draft.ttl"
    path.write_text(draft.turtle(), "utf-8")
    return rlsgraph.load(path)


def bel_node(name, function="Protein"):
    return {"bel": name, "function": function, "id": name}


def bel_link(source, relation, target, **fields):
    citation = {"namespace": "pubmed", "identifier": "1", "name": "A paper", "first": "Doe J", "date": "2019-05-01"}
    said = {"source": source, "target": target, "relation": relation, "citation": citation, "evidence": "As quoted.", "line": 7}
    return said | {"key": f"{source} {relation} {target}"} | fields


@pytest.fixture
def read_bel(tmp_path):
    def read(*links):
        nodes = [bel_node("p(A)"), bel_node("p(B)"), bel_node("path(C)", "Pathology")]
        path = tmp_path / "graph.json"
        path.write_text(json.dumps({"nodes": nodes, "links": list(links)}), "utf-8-sig")
        return bel.read(path)

    return read


def test_bel_relations_become_claims_with_their_quote_and_paper(read_bel, tmp_path):
    kg = loaded(read_bel(bel_link(0, "directlyIncreases", 1), bel_link(1, "negativeCorrelation", 2)), tmp_path)
    assert {str(claim) for claim in kg.claims()} == {"p(A) raises p(B)", "p(B) goes with less path(C)"}
    (item,) = kg.claim("p(A) increases p(B)").evidence
    assert (item.quote, item.source.pmid, item.source.year, item.design) == ("As quoted.", "1", 2019, StudyDesign.UNKNOWN)


def test_bel_says_no_sign_where_there_is_none(read_bel, tmp_path):
    draft = read_bel(bel_link(0, "association", 1), bel_link(0, "regulates", 2), bel_link(0, "partOf", 2))
    assert draft.lost == {"relation association": 1, "relation partOf": 1}
    (claim,) = loaded(draft, tmp_path).claims()
    assert claim.predicate is Predicate.AFFECTS


def test_no_change_disputes_what_is_claimed_wherever_it_stands_in_the_file(read_bel, tmp_path):
    kg = loaded(
        read_bel(bel_link(0, "causesNoChange", 1), bel_link(0, "increases", 1), bel_link(1, "causesNoChange", 2)), tmp_path
    )
    directions = {str(claim): {item.direction for item in claim.evidence} for claim in kg.claims()}
    assert directions.pop("p(A) raises p(B)") == {Direction.SUPPORTS, Direction.DISPUTES}
    assert directions == {"p(B) affects path(C)": {Direction.DISPUTES}}


def test_what_modifies_a_term_makes_another_thing_of_it(read_bel, tmp_path):
    kg = loaded(read_bel(bel_link(0, "decreases", 1, target_modifier={"modifier": "Degradation"})), tmp_path)
    assert {str(claim) for claim in kg.claims()} == {"p(A) lowers degradation of p(B)"}


@pytest.mark.parametrize(
    ("fields", "design"),
    [
        ({"annotations": {"Species": [{"identifier": "10090"}]}}, StudyDesign.ANIMAL_STUDY),
        ({"annotations": {"Species": [{"identifier": "9606"}, {"identifier": "10090"}]}}, StudyDesign.UNKNOWN),
        ({"annotations": {"CellLine": [{"identifier": "HeLa"}]}}, StudyDesign.IN_VITRO),
        ({"citation": {"namespace": "pubmed", "identifier": "2", "article_type": "Review"}}, StudyDesign.NARRATIVE_REVIEW),
    ],
)
def test_a_design_is_told_by_annotations_alone(read_bel, tmp_path, fields, design):
    (claim,) = loaded(read_bel(bel_link(0, "increases", 1, **fields)), tmp_path).claims()
    assert [item.design for item in claim.evidence] == [design]


def test_bel_without_citation_is_counted(read_bel):
    assert read_bel(bel_link(0, "increases", 1, citation=None)).lost == {"statements without citation": 1}


def test_an_unknown_design_counts_as_an_opinion_never_as_a_study(read_bel, tmp_path):
    (claim,) = loaded(read_bel(bel_link(0, "increases", 1)), tmp_path).claims()
    assert claim.is_untested


RECORD = """
name: Sample Disease
disease_term: {term: {id: "MONDO:0005277"}}
pathophysiology:
- name: First Step
  evidence:
  - {reference: "PMID:1", supports: SUPPORT, snippet: "Seen.", evidence_source: MODEL_ORGANISM}
  - {reference: "PMID:2", supports: NO_EVIDENCE}
  downstream:
  - {target: Second Step, evidence: [{reference: "PMID:3", supports: REFUTE, snippet: "Not seen."}]}
  - {target: Nowhere}
- name: Second Step
phenotypes: [{name: Pain}]
"""


def test_dismech_edges_have_no_sign_and_statements_about_the_record_are_counted(tmp_path):
    path = tmp_path / "record.yaml"
    path.write_text(RECORD, "utf-8")
    draft = dismech.read(path)
    assert draft.lost == {
        "evidence items: NO_EVIDENCE": 1,
        "edges to what is no step of the record": 1,
        "entries under phenotypes": 1,
    }
    kg = loaded(draft, tmp_path)
    assert {claim.predicate for claim in kg.claims()} == {Predicate.AFFECTS}
    (item,) = kg.claim("First Step (Sample Disease) affects Second Step (Sample Disease)").evidence
    assert (item.direction, item.source.pmid) == (Direction.DISPUTES, "3")
    assert kg.entity("MONDO:0005277").label == "Sample Disease"


VARIABLES = """
@prefix pmo: <https://w3id.org/physiomap/ontology#> . @prefix pmv: <https://w3id.org/physiomap/node/> .
@prefix pme: <https://w3id.org/physiomap/edge/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
pmv:x a pmo:Variable ; rdfs:label "the x" . pmv:y a pmo:Variable .
pme:1 a pmo:CausalRelation ; pmo:hasSource pmv:x ; pmo:sign "-" ; pmo:hasTarget pmv:y ;
    pmo:causalEvidence "mendelian_randomization" .
pme:2 a pmo:CausalRelation ; pmo:hasSource pmv:y ; pmo:sign "?" ; pmo:hasTarget pmv:x .
pme:3 a pmo:ProductionRelation .
"""


def test_physiomap_relations_keep_sign_and_class_of_evidence(tmp_path):
    path = tmp_path / "map.ttl"
    path.write_text(VARIABLES, "utf-8")
    draft = physiomap.read(path)
    assert draft.lost == {"statements of the class ProductionRelation": 1}
    claims = {str(claim): [item.design for item in claim.evidence] for claim in loaded(draft, tmp_path).claims()}
    assert claims == {"the x lowers y": [StudyDesign.MENDELIAN_RANDOMISATION], "y affects the x": [StudyDesign.UNKNOWN]}


def write_parts(name, content, tmp_path):
    for ending, data in table.formats()[name].write(content).items():
        (tmp_path / f"graph{ending}").write_bytes(data)


@pytest.mark.parametrize("name", ["kgx", "kgx-jsonl"])
def test_kgx_comes_back_with_every_claim_link_and_side(kg, tmp_path, name):
    write_parts(name, content_of(kg), tmp_path)
    back = loaded(kgx.read(next(tmp_path.glob("graph_nodes.*"))), tmp_path)

    def sides(graph):
        return {
            str(claim): sorted((item.direction.value, item.design.value) for item in claim.evidence) for claim in graph.claims()
        }

    assert sides(back) == sides(kg)
    assert {str(link) for link in back.links()} == {str(link) for link in kg.links()}


def test_nanopubs_come_back_under_their_own_names(kg, tmp_path):
    write_parts("nanopub", content_of(kg), tmp_path)
    back = loaded(nanopubs.read(tmp_path / "graph"), tmp_path)

    def items(graph):
        return {
            claim.iri: {(item.iri, item.direction, item.finding or item.quote) for item in claim.evidence}
            for claim in graph.claims()
        }

    assert items(back) == items(kg)


def test_kgx_of_others_gets_no_sign_from_causes(tmp_path):
    nodes = [{"id": "X:1", "name": "one"}, {"id": "X:2", "name": "two"}]
    edges = [
        {"subject": "X:1", "predicate": "biolink:causes", "object": "X:2", "publications": ["PMID:1"]},
        {"subject": "X:1", "predicate": "biolink:treats", "object": "X:2"},
        {"subject": "X:1", "predicate": "biolink:affects", "object": "X:3"},
        {
            "subject": "X:2",
            "predicate": "biolink:affects",
            "object": "X:1",
            "object_direction_qualifier": "decreased",
            "negated": True,
            "publications": ["doi:10.1/a"],
        },
    ]
    for kind, records in (("nodes", nodes), ("edges", edges)):
        (tmp_path / f"k_{kind}.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    draft = kgx.read(tmp_path / "k")
    assert draft.lost == {"edges with the predicate biolink:treats": 1, "edges whose end is not among the nodes": 1}
    said = {
        str(claim): [(i.direction, i.source.doi or i.source.pmid) for i in claim.evidence]
        for claim in loaded(draft, tmp_path).claims()
    }
    assert said == {"one affects two": [(Direction.SUPPORTS, "1")], "two lowers one": [(Direction.DISPUTES, "10.1/a")]}


@pytest.mark.parametrize("name", readings())
@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"[1, 2]", b"{" * 5000, b"a: &a [*a, *a]"])
def test_what_is_no_such_file_is_a_clear_error(tmp_path, name, text):
    path = tmp_path / "broken"
    path.write_bytes(text)
    try:
        assert not readings()[name].read(path).kept
    except DataError as error:
        assert "broken" in str(error)


def test_two_things_of_one_name_stay_two(tmp_path):
    draft = Draft()
    assert draft.entity("one key", "same") != draft.entity("another key", "same")
    assert draft.entity("one key", "other") == draft.entity("one key", "same")


def test_the_command_counts_what_it_leaves_out(tmp_path):
    path, out = tmp_path / "map.ttl", tmp_path / "out.ttl"
    path.write_text(VARIABLES, "utf-8")
    tried = CliRunner().invoke(main, ["import", str(path), str(out), "--from", "physiomap", "--dry-run"])
    assert (tried.exit_code, out.exists()) == (0, False)
    answer = CliRunner().invoke(main, ["import", str(path), str(out), "--from", "physiomap"])
    assert answer.exit_code == 0, answer.output
    assert "ProductionRelation" in answer.output
    assert len(rlsgraph.load(out).claims()) == 2


@pytest.mark.parametrize(
    ("name", "place", "claims"),
    [("bel", "conib", 5000), ("dismech", "dismech", 500), ("physiomap", "physiomap/physiomap.ttl", 2200)],
)
def test_whole_corpora_come_in(name, place, claims):
    if not (CORPORA / place).exists():
        pytest.skip("the corpora of others are not here: ../shared/corpora")
    assert readings()[name].read(CORPORA / place).kept["claim"] > claims


# --- what no tool should write --------------------------------------------------------------------------------------------

ODD = (
    *(
        None,
        True,
        -1,
        1e400,
        10**400,
        "",
        " ",
        "\ud800",
        "a b",
        "<x>",
        "x\0y",
        "n.d.",
        "0",
        "http://a b",
        "PMID:x y",
        "MONDO:a b",
    ),
    *("https://w3id.org/rlsgraph/entity/a b", [], {}, ["a"], [None], [[1]], {"id": None}, [{"identifier": "q"}]),
)


def places(value, place=()):
    """Yield where a value of JSON holds another."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*place, key)
        yield from places(inner, (*place, key))


def spoilt_copies(value):
    """Yield a value of JSON with each odd value in each of its places."""
    text = json.dumps(value)
    for place in list(places(value)):
        for odd in ODD:
            copy = holder = json.loads(text)
            for key in place[:-1]:
                holder = holder[key]
            holder[place[-1]] = odd
            yield copy


KGX_NODES = [
    {"id": "HGNC:1", "name": "A", "category": ["biolink:Gene"], "synonym": ["x"]},
    {"id": "MONDO:2", "name": "B"},
    {"id": "x:s", "study_size": 12, "xref": ["PMID:12"], "study_method_types": ["cohort"]},
]
KGX_EDGE = {"id": "e", "subject": "HGNC:1", "predicate": "biolink:affects", "object": "MONDO:2", "publications": ["http://a"]}
KGX_STUDY = {
    "id": "f",
    "subject": "HGNC:1",
    "predicate": "biolink:causes",
    "object": "MONDO:2",
    "has_supporting_studies": ["x:s"],
}
EVIDENCE = [{"supports": "SUPPORT", "reference": "PMID:12", "snippet": "x", "evidence_source": "IN_VITRO"}]
STEPS = [{"name": "S", "downstream": [{"target": "T", "evidence": EVIDENCE}]}, {"name": "T", "evidence": EVIDENCE}]
SEEDS = {
    "bel": {
        "nodes": [bel_node("p(A)"), bel_node("p(B)")],
        "links": [bel_link(0, "increases", 1, annotations={"Species": ["1"]}, source_modifier={"modifier": "Activity"})],
    },
    "kgx": {"nodes": KGX_NODES, "edges": [KGX_EDGE, KGX_STUDY]},
    "dismech": {"name": "D", "disease_term": {"term": {"id": "MONDO:1"}}, "pathophysiology": STEPS},
}


@pytest.mark.parametrize("name", SEEDS)
def test_an_odd_value_anywhere_is_left_out_or_is_one_error(name, tmp_path):
    """Whatever is in a file: Turtle comes out of it, or a `DataError` that names it."""
    written = 0
    for value in islice(spoilt_copies(SEEDS[name]), 0, None, 11):  # of each place some
        if name == "kgx":
            path = tmp_path / "g_nodes.jsonl"
            for part in ("nodes", "edges"):
                records = value[part] if isinstance(value[part], list) else [value[part]]
                (tmp_path / f"g_{part}.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
        else:
            path = tmp_path / ("g.json" if name == "bel" else "g.yaml")
            path.write_text(json.dumps(value), "utf-8")
        try:
            draft = readings()[name].read(path)
        except DataError as error:
            assert error.path in (path, tmp_path / "g_edges.jsonl")
        else:
            written += bool(draft.turtle())
    assert written
