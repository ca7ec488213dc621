"""What `build` accepts is what `load` accepts, and an error says where in the files it is."""

import pytest

import rlsgraph
from rlsgraph.errors import DataError
from rlsgraph.graph import loading
from rlsgraph.graph.building import build
from rlsgraph.graph.places import errors_with_place
from rlsgraph.model.namespaces import PREFIXES, RDF, RLS
from rlsgraph.model.record_check import check_records
from rlsgraph.triples.disk import open_place
from tests.helpers.graphs import claim_text

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
ENDS = "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in "ab")
CLAIM = claim_text("increases", ("Supports", "Cohort", 50, "s"))
ITEM = "evidence:increases-a-b-0"
STUDY = "rls:direction rls:Supports ; rls:studyDesign rls:Cohort"
GONE = "rdf:object is entity:gone, which is described nowhere"


def named(name: str, kind: str, predicate: str, object_: str) -> str:
    """Return Turtle of a claim, link or expectation from entity:a."""
    return f"{name} a rls:{kind} ; rdf:subject entity:a ; rdf:predicate {predicate} ; rdf:object {object_} ."


def hypothesis(claims: str, status: str = "Proposed") -> str:
    """Return Turtle of a hypothesis from a to b."""
    return (
        'hypothesis:h a rls:Hypothesis ; skos:prefLabel "h"@en ; rls:start entity:a ; rls:end entity:b ; '
        f"dcterms:source source:s ; rls:status rls:{status} ; rls:claims {claims} .\n"
    )


WHOLE = hypothesis("(claim:a.increases.b)")
NOT_CLOSED = "hypothesis:h: rls:claims must be a closed list of claims"

FAULTS = [
    ("entity:c a rls:Entity .", "entity:c must have one skos:prefLabel"),
    ("source:t a rls:Source .", "source:t must have one dcterms:title"),
    (f"evidence:x a rls:Evidence ; dcterms:source source:s ; {STUDY} .", "evidence:x must have one dcterms:identifier"),
    (f'{ITEM} dcterms:identifier "more" .', "must have one dcterms:identifier, and has 2"),
    ("source:s rls:titleIsDescriptive 7 .", "source:s: rls:titleIsDescriptive must be true or false"),
    (f'{ITEM} rls:isBound "perhaps" .', "rls:isBound must be true or false"),
    (f"{ITEM} rls:favours rls:Nobody .", "rls:favours cannot be"),
    ('source:s dcterms:issued "soon" .', "source:s: dcterms:issued must be a year"),
    ("claim:a.increases.b rdf:subject entity:b .", "claim:a.increases.b must have one rdf:subject, and has 2"),
    (named("claim:y", "Claim", "rls:affects", "entity:gone"), f"claim:y: {GONE}"),
    ("claim:a.increases.b rls:hasEvidence source:s .", "must have one dcterms:source"),
    (
        "claim:a.increases.b rls:hasEvidence evidence:u . "
        f'evidence:u a rls:Thing ; dcterms:identifier "u" ; dcterms:source source:s ; {STUDY}.',
        "rls:hasEvidence is evidence:u, which is described nowhere",
    ),
    (
        f'evidence:v a rls:Evidence ; dcterms:identifier "v" ; dcterms:source source:gone ; {STUDY} .',
        "evidence:v: dcterms:source is source:gone, which is described nowhere",
    ),
    (named("link:l", "DefinitionalLink", "skos:broader", "entity:gone"), GONE),
    (hypothesis("_:l") + "_:l rdf:first claim:a.increases.b ; rdf:rest _:l .", NOT_CLOSED),
    (hypothesis("_:l") + "_:l rdf:first claim:a.increases.b ; rdf:rest _:m .", NOT_CLOSED),
    (hypothesis("(claim:gone)"), "hypothesis:h: rdf:first is claim:gone, which is described nowhere"),
    (hypothesis("(claim:a.increases.b)", "Odd"), "rls:status cannot be"),
    (named("rls:x", "Expectation", "rls:affects", "entity:gone"), GONE),
]


@pytest.fixture
def write(tmp_path):
    def write_graph(text: str):
        path = tmp_path / "graph.ttl"
        path.write_text(HEAD + ENDS + CLAIM + text + "\n", "utf-8")
        return path

    return write_graph


@pytest.mark.parametrize(("text", "says"), FAULTS)
def test_build_and_load_refuse_the_same(write, tmp_path, text, says):
    path = write(text)
    errors = []
    for ask in (lambda: rlsgraph.load(path), lambda: build(tmp_path / "store", path)):
        with pytest.raises(DataError) as caught:
            ask()
        errors.append(str(caught.value))
    assert errors[0] == errors[1]
    assert says in errors[0]
    assert not (tmp_path / "store").exists()


def test_both_take_a_whole_graph(write, tmp_path):
    path = write(WHOLE)
    build(tmp_path / "store", path)
    assert rlsgraph.open(tmp_path / "store").claims() == rlsgraph.load(path).claims()
    check_records(open_place(tmp_path / "store").store)


@pytest.mark.parametrize(
    ("text", "thing", "property_"),
    [
        ("\n\nentity:c a rls:Entity .", "entity:c", ""),
        ('\nsource:t a rls:Source ;\n  dcterms:title "t" ;\n  dcterms:issued "soon" .', "source:t", "issued"),
    ],
)
def test_an_error_names_file_and_line(write, text, thing, property_):
    path = write(text)
    sought = property_ or thing
    (line,) = [number for number, found in enumerate(path.read_text().splitlines(), 1) if sought in found]
    with pytest.raises(DataError, match=f"graph.ttl:{line}: {thing}"):
        rlsgraph.load(path)


def test_the_file_that_describes_a_thing_is_named(write, tmp_path):
    path = write("entity:c a rls:Entity .")
    other = tmp_path / "other.ttl"
    other.write_text(HEAD + '# entity:c\nentity:d a rls:Entity ; skos:prefLabel "d" ; skos:related entity:c .\n', "utf-8")
    with pytest.raises(DataError, match=r"graph\.ttl:\d+: entity:c must"):
        rlsgraph.load(other, path)


def test_an_error_without_a_place_stays_as_it_is(tmp_path):
    with pytest.raises(DataError, match=r"^no more$"), errors_with_place([tmp_path / "gone.ttl"]):
        raise DataError("no more", thing=RLS + "nothing", predicate=RDF + "type")


def test_a_large_graph_is_read_at_the_first_question(write, monkeypatch):
    monkeypatch.setattr(loading, "READ_AT_ONCE", 10)
    kg = rlsgraph.load(write("entity:c a rls:Entity ."))
    assert kg.query("ASK { entity:c a rls:Entity }")
    with pytest.raises(DataError, match=r"entity:c must have one skos:prefLabel"):
        kg.claims()
