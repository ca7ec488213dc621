"""What something newer supersedes is kept, and left out: the same in memory, on disk, in SPARQL and in what is written out."""

import json

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import DataError, UnknownNameError
from rlsgraph.graph.building import build
from rlsgraph.model.namespaces import PREFIXES
from tests.helpers.graphs import claim_text

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
ENDS = "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en ; rls:group rls:GutGroup .\n' for name in "abc")
STANDS = claim_text("increases", ("Supports", "Cohort", 200, "s2"))
OLD_ITEM = (
    'evidence:old a rls:Evidence ; dcterms:identifier "old" ; rls:direction rls:Disputes ; rls:studyDesign rls:Cohort ; '
    'dcterms:source source:s1 . source:s1 a rls:Source ; dcterms:title "s1" .\n'
    "claim:a.increases.b rls:hasEvidence evidence:old .\n"
)
OLD_CLAIM = claim_text("affects", ("Supports", "RandomisedControlledTrial", 90, "s3"))
NEWER = "evidence:increases-a-b-0 rls:supersedes evidence:old .\nclaim:a.increases.b rls:supersedes claim:a.affects.b .\n"
WHOLE = HEAD + ENDS + STANDS + OLD_ITEM + OLD_CLAIM + NEWER
ASKED = "SELECT (COUNT(DISTINCT ?c) AS ?claims) (COUNT(DISTINCT ?e) AS ?items) { ?c rls:hasEvidence ?e . ?e a rls:Evidence }"


def loaded(path, text):
    path.write_text(text, "utf-8")
    return rlsgraph.load(path)


@pytest.fixture(scope="module", params=["memory", "disk", "written out"])
def kg(request, tmp_path_factory):
    """Return the graph, wherever it is."""
    folder = tmp_path_factory.mktemp("superseding")
    graph = loaded(folder / "graph.ttl", WHOLE)
    if request.param == "disk":
        build(folder / "store", folder / "graph.ttl")
        return rlsgraph.open(folder / "store")
    return graph if request.param == "memory" else loaded(folder / "again.nt", graph.dump("nt").decode())


def test_every_number_is_that_of_a_graph_without_what_is_superseded(kg, tmp_path):
    bare = loaded(tmp_path / "bare.ttl", HEAD + ENDS + STANDS)
    assert [(claim.iri, claim.confidence) for claim in kg.claims()] == [(claim.iri, claim.confidence) for claim in bare.claims()]
    assert len(kg) == len(kg.claims()) == len(bare)
    assert [item.identifier for item in kg.evidence()] == ["increases-a-b-0"]
    assert kg.query(ASKED).to_dicts() == bare.query(ASKED).to_dicts()
    assert not kg.query("ASK { entity:a rls:affects entity:b }")
    assert [path.joint_probability for path in kg.paths("a", "b")] == [path.joint_probability for path in bare.paths("a", "b")]


def test_what_is_superseded_can_be_shown(kg):
    every = {claim.predicate.value: claim for claim in kg.claims(superseded=True)}
    assert every["affects"].superseded_by == (every["increases"].iri,)
    assert every["affects"].score > 0.1
    assert [item.identifier for item in every["affects"].evidence] == ["affects-a-b-0"]
    assert [item.identifier for item in kg.claim("a increases b").superseded] == ["old"]
    assert {item.identifier for item in kg.evidence(superseded=True)} == {"old", "affects-a-b-0", "increases-a-b-0"}
    assert kg.evidence_item("old").superseded_by == (kg.evidence_item("increases-a-b-0").iri,)
    told = {item.evidence.identifier: item.reason for item in kg.explain("a increases b").items}
    assert told == {"increases-a-b-0": "", "old": "superseded by increases-a-b-0"}
    assert kg.query("ASK { evidence:old rls:supersededBy evidence:increases-a-b-0 }")
    with pytest.raises(UnknownNameError, match=r"stands.*did you mean 'claim:a.increases.b'"):
        kg.claim("claim:a.affects.b")


def test_what_is_supposed_brings_nothing_back(kg):
    assert [claim.predicate.value for claim in kg.without(source="s2").claims()] == ["increases"]
    assert kg.without(source="s2").claim("a increases b").is_untested
    long_ago = kg.as_of(1990).claims(superseded=True)
    assert {claim.predicate.value: (claim.evidence, claim.superseded) for claim in long_ago} == {
        "affects": ((), ()), "increases": ((), ()),
    }  # fmt: skip


def test_the_commands_leave_it_out_and_show_it(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text(WHOLE, "utf-8")

    def run(*arguments):
        return CliRunner().invoke(main, [*arguments, "--data", str(path)])

    assert len(json.loads(run("claims", "--format", "json").stdout)) == 1
    assert run("claims", "--superseded", "--format", "csv").stdout.count("claim/a.increases.b\n") == 1
    assert "superseded by a.increases.b" in " ".join(run("claims", "--superseded").stdout.split())
    assert "not counted: superseded by increases-a-b-0" in run("explain", "a.increases.b").stdout
    assert "counted nowhere" in run("show", "claim:a.increases.b").stdout
    assert "superseded by" in run("show", "old").stdout


@pytest.mark.parametrize(
    ("more", "words", "rule"),
    [
        ("evidence:old rls:supersedes evidence:increases-a-b-0 .", "by what it supersedes", "SupersedingCircle"),
        ("evidence:old rls:supersedes evidence:old .", "by what it supersedes", "SupersedingCircle"),
        ("claim:a.increases.b rls:supersedes evidence:old .", "both must be claims", "ClaimSupersedes"),
        ("evidence:old rls:supersedes evidence:nowhere .", "both must be claims", "EvidenceSupersedes"),
        (
            'hypothesis:h a rls:Hypothesis ; skos:prefLabel "h"@en ; rls:start entity:a ; rls:end entity:b ; '
            "rls:status rls:Proposed ; dcterms:source source:s1 ; rls:claims (claim:a.affects.b) .",
            "takes the step claim:a.affects.b",
            "SupersededStep",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_told(more, words, rule, tmp_path):
    path = tmp_path / "graph.ttl"
    with pytest.raises(DataError, match=words):
        loaded(path, WHOLE + more)
    with pytest.raises(DataError, match=words):
        build(tmp_path / "store", path)
    assert rule in {finding.rule for finding in rlsgraph.check(path)}
