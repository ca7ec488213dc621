"""Hypotheses, links and claims that make no sense: refused by load and build alike, never an IndexError, never in silence."""

from itertools import pairwise

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.curation.check import check
from rlsgraph.errors import DataError, NoRouteError
from rlsgraph.graph.building import build
from rlsgraph.graph.link_sense import find_circles, find_kin_among, find_odd_rings
from rlsgraph.model.namespaces import PREFIXES
from tests.helpers.graphs import claim_text

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
ENTITIES = "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name * 3}"@en .\n' for name in "abcd")
TRIAL = ("Supports", "Cohort", 100, "s")
CLAIMS = claim_text("increases", TRIAL) + claim_text("increases", TRIAL, subject="b", object_="c")
HYPOTHESIS = 'hypothesis:h a rls:Hypothesis ; skos:prefLabel "hh"@en ; dcterms:source source:s ; rls:status rls:UnderStudy ; '
BOTH = "rls:claims ( claim:a.increases.b claim:b.increases.c ) ; "


def link(kind: str, subject: str, object_: str) -> str:
    iri = f"link:{subject}.{kind.partition(':')[2]}.{object_}"
    return f"{iri} a rls:DefinitionalLink ; rdf:subject entity:{subject} ; rdf:predicate {kind} ; rdf:object entity:{object_} .\n"


NONSENSE = {
    "no route": (
        HYPOTHESIS + "rls:claims ( claim:b.increases.c ) ; rls:start entity:a ; rls:end entity:c .",
        "hypothesis:h: its rls:claims do not lead",
    ),
    "wrong way round": (HYPOTHESIS + BOTH + "rls:start entity:c ; rls:end entity:a .", "do not lead from entity:c to entity:a"),
    "no claim": (
        HYPOTHESIS + "rls:claims () ; rls:start entity:a ; rls:end entity:c .",
        "hypothesis:h: rls:claims is an empty list",
    ),
    "no list": (HYPOTHESIS + "rls:start entity:a ; rls:end entity:c .", "hypothesis:h must have one rls:claims, and has 0"),
    "two lists": (
        HYPOTHESIS + BOTH + BOTH + "rls:start entity:a ; rls:end entity:c .",
        "hypothesis:h must have one rls:claims, and has 2",
    ),
    "a claim in place of a list": (
        HYPOTHESIS + "rls:claims claim:a.increases.b ; rls:start entity:a ; rls:end entity:b .",
        "hypothesis:h: rls:claims must be a closed list",
    ),
    "a list in a circle": (
        HYPOTHESIS
        + "rls:claims _:l ; rls:start entity:a ; rls:end entity:b . _:l rdf:first claim:a.increases.b ; rdf:rest _:l .",
        "rls:claims must be a closed list",
    ),
    "a list that ends in text": (
        HYPOTHESIS + "rls:claims _:l ; rls:start entity:a ; rls:end entity:b . "
        f'_:l rdf:first claim:a.increases.b ; rdf:rest "{PREFIXES["rdf"]}nil" .',
        "rdf:rest must be the IRI of a thing, not the text",
    ),
    "a list that ends nowhere": (
        HYPOTHESIS + "rls:claims _:l ; rls:start entity:a ; rls:end entity:b . _:l rdf:first claim:a.increases.b .",
        "must have one rdf:rest, and has 0",
    ),
    "a list that forks": (
        HYPOTHESIS
        + "rls:claims _:l ; rls:start entity:a ; rls:end entity:b . _:l rdf:first claim:a.increases.b ; rdf:rest (), _:m .",
        "must have one rdf:rest, and has 2",
    ),
    "an entity in the list": (
        HYPOTHESIS + "rls:claims ( entity:a ) ; rls:start entity:a ; rls:end entity:b .",
        "described nowhere",
    ),
    "a text in the list": (
        HYPOTHESIS + 'rls:claims ( "a" ) ; rls:start entity:a ; rls:end entity:b .',
        "must be the IRI of a thing",
    ),
    "no start": (HYPOTHESIS + BOTH + "rls:end entity:c .", "hypothesis:h must have an rls:start"),
    "no end": (HYPOTHESIS + BOTH + "rls:start entity:a .", "hypothesis:h must have one rls:end"),
    "start is end": (
        HYPOTHESIS + BOTH + "rls:start entity:a ; rls:end entity:a .",
        "hypothesis:h: rls:start and rls:end are both entity:a",
    ),
    "one start is the end": (HYPOTHESIS + BOTH + "rls:start entity:a, entity:c ; rls:end entity:c .", "are both entity:c"),
    "a kind of itself": (link("skos:broader", "a", "a"), "link:a.broader.a: rdf:object is entity:a, its own subject"),
    "its own opposite": (link("rls:oppositeOf", "a", "a"), "its own subject"),
    "kind and opposite": (
        link("skos:broader", "a", "d") + link("rls:oppositeOf", "a", "d"),
        "link:a.broader.d and link:a.oppositeOf.d say that entity:a is a kind of what it is the opposite of",
    ),
    "kind and opposite, the other way round": (
        link("skos:broader", "a", "d") + link("rls:oppositeOf", "d", "a"),
        "what it is the opposite of",
    ),
    "part and opposite": (
        link("rls:partOf", "a", "d") + link("rls:oppositeOf", "d", "a"),
        "is part of what it is the opposite of",
    ),
    "a kind of its kind": (link("skos:broader", "a", "d") + link("skos:broader", "d", "a"), "is a kind of what is a kind of it"),
    "part of its part": (link("rls:partOf", "a", "d") + link("rls:partOf", "d", "a"), "is part of what is part of it"),
    "a circle of three kinds": (
        link("skos:broader", "a", "b") + link("skos:broader", "b", "c") + link("skos:broader", "c", "a"),
        r"link:\w\.broader\.\w, link:\w\.broader\.\w and link:\w\.broader\.\w say that .* is a kind of what, by way of others,",
    ),
    "a circle of kinds and parts": (
        link("skos:broader", "a", "d") + link("rls:partOf", "d", "a"),
        "is a kind or part of what is a kind or part of it; keep one",
    ),
    "the opposite of a kind of its kind": (
        link("skos:broader", "a", "b") + link("rls:partOf", "b", "d") + link("rls:oppositeOf", "d", "a"),
        "link:d.oppositeOf.a says that entity:a is the opposite of entity:d, of which it is, by way of others, a kind or part",
    ),
    "a ring of three opposites": (
        link("rls:oppositeOf", "a", "b") + link("rls:oppositeOf", "b", "d") + link("rls:oppositeOf", "d", "a"),
        "is, by a ring of opposites, the opposite of itself",
    ),
    "a link of no kind": (link("skos:related", "a", "d"), "rdf:predicate cannot be 'skos:related'"),
    "a claim of a thing about itself": (
        claim_text("increases", TRIAL, subject="d", object_="d"),
        "rdf:object is entity:d, its own subject",
    ),
    "an expectation of a thing about itself": (
        "expectation:x a rls:Expectation ; rdf:subject entity:a ; rdf:predicate rls:increases ; rdf:object entity:a .",
        "expectation:x: rdf:object is entity:a, its own subject",
    ),
    "the same claim twice": (
        "claim:again a rls:Claim ; rdf:subject entity:a ; rdf:predicate rls:increases ; rdf:object entity:b .",
        "say the same",
    ),
    "a study of nobody": (
        "evidence:increases-b-c-0 rls:sampleSize 0 .",
        "must have one rls:sampleSize|rls:sampleSize must be from 1",
    ),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_load_build_and_commands_refuse_what_makes_no_sense(name, tmp_path):
    text, says = NONSENSE[name]
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + ENTITIES + CLAIMS + text, "utf-8")
    with pytest.raises(DataError, match=says):
        rlsgraph.load(path)
    with pytest.raises(DataError, match=says):
        build(tmp_path / "store", path)
    assert not (tmp_path / "store").exists()
    result = CliRunner().invoke(main, ["hypotheses", "--data", str(path)])
    assert result.exit_code == 3
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("name", [name for name, (text, _) in NONSENSE.items() if "link:" in text])
def test_check_tells_what_load_refuses_with_its_line(name, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + ENTITIES + CLAIMS + NONSENSE[name][0], "utf-8")
    lines = path.read_text("utf-8").splitlines()
    told = [finding for finding in check(path) if finding.thing.startswith(PREFIXES["link"]) and "Reason" not in finding.rule]
    assert {finding.rule for finding in told} & {"KindOfCircle", "OppositeKind", "LinkEndsDiffer", "LinkPredicate"}
    assert all(lines[finding.line - 1].startswith("link:") for finding in told)


def test_many_links_are_looked_through_in_time(tmp_path):
    """A circle of 3,000, and a chain of 3,000 of which every tenth is the opposite of the top."""
    chain = [f"n{number}" for number in range(3000)]
    above = {lower: [upper] for lower, upper in pairwise(chain)}
    opposites = [(lower, chain[-1]) for lower in chain[:-2:10]]
    assert list(find_circles(above)) == list(find_odd_rings(opposites)) == []
    assert list(find_kin_among(opposites, above)) == opposites
    above[chain[-1]] = [chain[0]]
    (circle,) = find_circles(above)
    assert len(circle) == len(chain)
    assert list(find_odd_rings([(lower, upper) for lower, (upper,) in above.items()])) == []


def test_what_makes_sense_is_taken(tmp_path):
    path = tmp_path / "graph.ttl"
    links = link("skos:broader", "a", "d") + link("rls:oppositeOf", "b", "d") + link("rls:partOf", "a", "d")
    path.write_text(HEAD + ENTITIES + CLAIMS + links + HYPOTHESIS + BOTH + "rls:start entity:a ; rls:end entity:c .", "utf-8")
    (ranked,) = rlsgraph.load(path).hypotheses()
    assert ranked.joint_probability == ranked.best.joint_probability > 0


def test_a_hypothesis_that_a_what_if_leaves_without_a_route_says_so(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + ENTITIES + CLAIMS + HYPOTHESIS + BOTH + "rls:start entity:a ; rls:end entity:c .", "utf-8")
    (ranked,) = rlsgraph.load(path).without(claim="aaa increases bbb").hypotheses()
    assert (ranked.place, ranked.standing, ranked.paths) == (None, None, ())
    for name in ("best", "joint_probability", "low", "high", "polarity", "level", "weakest"):
        with pytest.raises(NoRouteError, match="the claims of the hypothesis 'hh' do not lead from a start to its end"):
            getattr(ranked, name)
    for command in (
        ["hypotheses"],
        ["hypotheses", "hh"],
        ["show", "hh"],
        ["explain", "hh"],
        ["export", str(tmp_path / "page.html")],
    ):
        what_if = ["--without", "aaa increases bbb"] if command[0] not in ("show", "export") else []
        assert CliRunner().invoke(main, [*command, "--data", str(path), *what_if]).exit_code in (0, 1)
