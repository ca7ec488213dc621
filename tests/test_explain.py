"""What `explain` prints: the whole sum, in lines that fit, in each form the same numbers."""

import json
import math

import pytest
from click.testing import CliRunner
from rdflib import Graph, URIRef
from rdflib.namespace import PROV, RDF

from rlsgraph.cli.main import main
from rlsgraph.model import namespaces as ns

CLAIM = "gut-dysbiosis.increases.systemic-inflammation"


@pytest.fixture
def explain(graph_is_read):
    def call(claim, form="table"):
        result = CliRunner().invoke(main, ["explain", claim, "--format", form])
        assert result.exit_code == 0, result.output + repr(result.exception)
        return result.stdout

    return call


def test_the_lines_of_every_claim_fit(kg, explain):
    """Of those with most items, most lenders and the longest names; only a name may stand out."""
    by_items = sorted(kg.claims(), key=lambda claim: -len(claim.evidence))
    by_lenders = sorted(by_items[:200], key=lambda claim: -len(kg.explain(claim).ledger.lendings))
    by_name = sorted(kg.claims(), key=lambda claim: -len(claim.iri))
    for claim in {*by_items[:8], *by_lenders[:8], *by_name[:8]}:
        text = explain(claim.iri)
        assert max(len(line.rstrip()) for line in text.splitlines()) <= 100, claim.iri
        assert all(item.identifier in text for item in claim.evidence)


def test_table_and_json_say_the_same(kg, explain):
    text, told = explain(CLAIM), json.loads(explain(CLAIM, "json"))
    claim = kg.claim(CLAIM)
    assert told["score"] == claim.score
    assert f"so the score is {claim.score:.3f}" in text
    assert f"level = {claim.level.label}" in text
    for item in told["items"]:
        (line,) = (line for line in text.splitlines() if line.split()[:1] == [item["id"]])
        shown = [f"{item['factor']:.3g}", f"{item['weight']:+.2f}", "yes" if item["counted"] else "no"]
        assert line.split()[-3:] == shown
        assert math.log(item["factor"]) == pytest.approx(item["weight"]) or item["indirect"]
    for kind in told["kinds"]:
        assert f"{kind['sum']:+.3f}" in text
        assert f"{kind['after_ceiling']:+.3f}" in text
    for lent in told["lent"]:
        assert lent["from"].removeprefix(ns.CLAIM) in text
        assert lent["relation"] in text


def test_an_item_that_does_not_count_says_why(kg, explain):
    claim = next(c for c in kg.claims() if any(not item.counted for item in kg.explain(c).items))
    told = json.loads(explain(claim.iri, "json"))
    reasons = [item["reason"] for item in told["items"] if not item["counted"]]
    assert all(reasons)
    assert all(reason in " ".join(explain(claim.iri).split()) for reason in reasons)


def test_the_turtle_is_the_same_sum(kg, explain):
    graph = Graph().parse(data=explain(CLAIM, "ttl"), format="turtle")
    told = json.loads(explain(CLAIM, "json"))
    (scoring,) = graph.subjects(RDF.type, URIRef(ns.RLS + "Scoring"))
    (score,) = graph.subjects(PROV.wasGeneratedBy, scoring)
    assert graph.value(score, URIRef(ns.RLS + "score")).value == told["score"]
    used = {graph.value(usage, PROV.entity) for usage in graph.objects(scoring, PROV.qualifiedUsage)}
    assert used == {URIRef(thing["iri"]) for thing in told["items"]} | {URIRef(lent["from"]) for lent in told["lent"]}
    kinds = graph.subjects(RDF.type, URIRef(ns.RLS + "KindSum"))
    sums = {float(graph.value(kind, URIRef(ns.RLS + "weightAfterCeiling"))) for kind in kinds}
    assert sums == {kind["after_ceiling"] for kind in told["kinds"]}


def test_a_claim_without_items_stands_at_its_prior(kg, explain):
    claim = next(c for c in kg.claims() if not c.evidence and not kg.explain(c).ledger.lendings)
    assert "No evidence item bears on this claim." in explain(claim.iri)
    assert json.loads(explain(claim.iri, "json"))["score"] == pytest.approx(claim.confidence.prior)


def test_each_number_says_where_it_comes_from(kg, explain):
    """The flags beside the level, what an indirect item leaves of its factor, and what of the lent weight was cut."""
    accounts = {claim.iri: kg.explain(claim) for claim in kg.claims()}
    cut = next(iri for iri, a in accounts.items() if abs(a.ledger.lent - a.ledger.lent_before) > 0.01)
    ledger = accounts[cut].ledger
    assert f"lent in all {ledger.lent_before:+.3f}, cut to {ledger.lent:+.3f} (at most" in explain(cut)
    iri, item = next((iri, i) for iri, a in accounts.items() for i in a.items if i.factor.indirect and i.factor.weight)
    left = f"which leaves {item.factor.weight:+.2f} of {math.log(item.factor.factor):+.2f}"
    assert left in " ".join(explain(iri).split())
    for flag, word in (("is_only_lent", "only lent"), ("is_single_study", "single study"), ("is_not_in_people", "not in people")):
        flagged = next(claim for claim in kg.claims() if getattr(claim.confidence, flag))
        assert word in " ".join(explain(flagged.iri).split("\n\n")[0].split()[:40]), flagged.iri
