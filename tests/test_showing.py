"""How answers show themselves, and what they take: short text, tables in a notebook, rows for other tools, things as names."""

import html
import pickle
import re
import sys
import warnings

import pytest

import rlsgraph
from rlsgraph.errors import MissingPackageError, UnknownNameError
from rlsgraph.formats.showing import LONGEST_CELL, MOST_ROWS, table_of_answer
from rlsgraph.model.shown import Listing
from tests.helpers.drawings import HOSTILE

LONGEST_REPR = 240
ENDS = ("gut dysbiosis", "RLS symptoms")


@pytest.fixture(scope="module")
def answers(kg):
    """Return an answer of every method that gives one, by name."""
    claim = kg.claim("gut dysbiosis increases systemic inflammation")
    ranked = kg.hypotheses()
    expected = kg.expect(max_steps=3)
    return {
        "kg": kg,
        "profile": kg.profile,
        "claim": claim,
        "entity": claim.subject,
        "evidence item": claim.evidence[0],
        "source": claim.evidence[0].source,
        "hypothesis": ranked[0].hypothesis,
        "claims": kg.claims(),
        "entities": kg.entities(),
        "sources": kg.sources(),
        "evidence": kg.evidence(),
        "links": kg.links(),
        "expectations": kg.expectations(),
        "hypotheses": ranked,
        "ranked": ranked[0],
        "unconnected": ranked[-1],
        "paths": kg.paths(*ENDS, max_steps=4),
        "path": kg.paths(*ENDS, limit=1)[0],
        "routes": kg.named_routes(*ENDS),
        "absence": kg.why_no_path("RLS", "RLS"),
        "support": kg.support(*ENDS, max_steps=3),
        "gaps": kg.gaps(*ENDS, max_steps=3),
        "contradictions": kg.contradictions(*ENDS, max_steps=3),
        "verdicts": expected,
        "chance": kg.expect_by_chance(expected),
        "findings": kg.doctor(),
        "comparison": kg.compare(ranked[0], ranked[1]),
        "explanation": kg.explain(claim),
        "history": kg.history(claim),
        "account": kg.explain_hypothesis(ranked[0]),
        "movement": kg.without(claim=claim).what_moved(kg, *ENDS, max_steps=3),
        "sweep": kg.retraction_sweep(next(source.doi for source in kg.sources() if source.doi)),
        "calibration": kg.calibrate(),
        "page": kg.show(around="yoga"),
        "nothing": kg.claims(subject="yoga", object="yoga"),
    }


def test_every_answer_says_itself_in_a_line_or_two(answers):
    assert {name: len(repr(answer)) for name, answer in answers.items() if len(repr(answer)) > LONGEST_REPR} == {}
    assert repr(answers["claim"]).startswith("<Claim: gut dysbiosis raises systemic inflammation, ")
    assert repr(answers["claims"][:1]).startswith("<1 claims: ")
    assert repr(answers["nothing"]) == "<0 claims>"
    assert "\n" not in "".join(map(repr, answers.values()))


def test_every_answer_has_a_table_and_a_notebook_of_them_stays_small(answers):
    pages = {name: answer._repr_html_() for name, answer in answers.items() if name != "page"}
    assert {name for name, text in pages.items() if len(text) > 20_000} == set()
    assert all(text.count("<tr>") <= MOST_ROWS + 1 for text in pages.values())
    assert re.findall("<th>(.*?)</th>", pages["paths"])[:2] == ["place", "statement"]
    assert "all</p>" in pages["claims"]


def test_rows_are_those_of_the_commands(answers):
    for name, answer in answers.items():
        if name in ("kg", "page"):
            continue
        table = table_of_answer(answer)
        rows = answer.to_dicts()
        assert len(rows) == len(table.rows)
        assert all(set(row) <= set(table.columns) for row in rows)
    assert [row["place"] for row in answers["paths"].to_dicts()] == list(range(1, len(answers["paths"]) + 1))


def test_listings_are_tuples_as_before(answers, kg):
    claims = answers["claims"]
    assert isinstance(claims, tuple)
    assert claims == tuple(claims)
    assert claims[:2] == (claims[0], claims[1])
    assert isinstance(claims[:2], Listing)
    assert len(claims) == len(kg)
    assert not answers["nothing"]
    again = pickle.loads(pickle.dumps(claims[:3]))
    assert (again, again.what) == (claims[:3], "claims")


def test_answers_are_as_long_as_their_tables(answers):
    assert len(answers["support"]) == len(list(answers["support"])) == 4
    assert len(answers["gaps"]) == len(answers["gaps"].gaps)
    assert answers["gaps"]
    assert len(answers["explanation"]) == len(answers["explanation"].items)


def test_no_text_becomes_markup(load_text):
    literal = HOSTILE.replace('"', r"\"")
    kg = load_text(f'entity:c a rls:Entity ; skos:prefLabel "{literal}"@en .\n')
    for text in (kg.entities()._repr_html_(), kg.entities()[0]._repr_html_(), kg._repr_html_()):
        assert set(re.findall(r"<(/?\w+)", text)) <= {
            "div", "/div", "p", "/p", "table", "/table", "thead", "/thead", "tbody", "/tbody", "tr", "/tr", "th", "/th",
            "td", "/td", "code", "/code",
        }  # fmt: skip
        assert max((len(html.unescape(cell)) for cell in re.findall("<td>(.*?)</td>", text)), default=0) <= LONGEST_CELL


def test_a_data_frame_has_the_rows(answers):
    pytest.importorskip("pandas")
    frame = answers["paths"].to_pandas()
    assert list(frame["statement"]) == [path.route for path in answers["paths"]]
    assert len(answers["nothing"].to_pandas()) == 0


def test_without_pandas_the_remedy_is_named(answers, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPackageError, match="pip install pandas"):
        answers["paths"].to_pandas()


# --- things as names --------------------------------------------------------------------------------------------------------


def test_methods_take_what_the_library_gives(answers, kg):
    start, end = kg.entity(ENDS[0]), kg.entity(ENDS[1])
    claim, ranked, other = answers["claim"], answers["hypotheses"][0], answers["hypotheses"][1]
    source = claim.evidence[0].source
    assert kg.entity(start) == start
    assert kg.source(source) == source
    assert kg.evidence_item(claim.evidence[0]) == claim.evidence[0]
    assert kg.claim(claim) == kg.claim(claim.subject, claim.predicate, claim.object) == claim
    assert kg.claim(answers["gaps"].gaps[0]) == answers["gaps"].gaps[0].claim
    assert kg.hypothesis(ranked) == kg.hypothesis(ranked.hypothesis) == ranked.hypothesis
    assert kg.paths(start, end, max_steps=3) == kg.paths(*ENDS, max_steps=3)
    assert kg.support(start, end, max_steps=3) == kg.support(*ENDS, max_steps=3)
    assert kg.gaps(start, end, max_steps=3) == answers["gaps"]
    assert kg.why_no_path(start, start) is not None
    assert kg.named_routes(start, end) == answers["routes"]
    assert kg.contradictions(start, end, max_steps=3) == answers["contradictions"]
    assert kg.compare(ranked, other.hypothesis) == answers["comparison"]
    assert kg.explain(str(claim)) == kg.explain(claim)
    assert kg.history(claim.iri) == answers["history"]
    assert kg.explain_hypothesis(ranked.hypothesis) == answers["account"]
    assert kg.claims(subject=start) == kg.claims(subject=ENDS[0])
    assert kg.evidence(source=source) == kg.evidence(source=source.iri)
    assert kg.without(source=source).changes == kg.without(source=[source.iri]).changes
    assert kg.without(claim=[claim]).changes == kg.without(claim=claim.iri).changes
    assert kg.without(source=kg.sources()[:2]).changes == kg.without(source=[s.iri for s in kg.sources()[:2]]).changes
    assert kg.show(around=start).title == kg.show(around=ENDS[0]).title
    assert kg.show(between=(start, end)).title == kg.show(between=ENDS).title


@pytest.mark.parametrize("value", [7, None, object(), b"gut dysbiosis"])
def test_what_is_no_name_is_told(kg, value):
    with pytest.raises(TypeError, match="by a name"):
        kg.entity(value)


def test_a_thing_of_another_graph_is_told(kg, load_text):
    other = load_text('entity:elsewhere a rls:Entity ; skos:prefLabel "elsewhere"@en .\n').entity("elsewhere")
    with pytest.raises(UnknownNameError, match="elsewhere"):
        kg.entity(other)


# --- answers of queries -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?z a rls:Claim ; rls:score ?a ; rdf:subject ?m }", "zam"),
        ("select distinct * where { ?z a rls:Claim ; rls:score ?a }", "za"),
        ("# SELECT * { ?a ?b ?c }\nSELECT*{ ?z a ?m . ?z rls:score ?a }", "zma"),
        ("SELECT * { { SELECT ?q { ?q a rls:Entity } LIMIT 2 } ?q skos:prefLabel ?a }", "qa"),
        ("SELECT * { ?z a rls:Claim FILTER NOT EXISTS { ?b rls:claims ?z } ?z rls:score ?a }", "za"),
        ("SELECT ?b ?a { ?a a ?b }", "ba"),
        ("SELECT (COUNT(*) AS ?n) ?k { ?s a ?k } GROUP BY ?k", "nk"),
    ],
)
def test_columns_come_in_the_order_of_the_query(kg, query, columns):
    answer = kg.query(f"{query} LIMIT 3" if "LIMIT" not in query else query)
    assert "".join(answer.variables) == columns
    assert answer.serialize("csv").splitlines()[0] == ",".join(columns)


def test_an_answer_can_be_counted_and_read_all_the_same(kg):
    text = "SELECT ?c ?x { ?c a rls:Claim ; rls:score ?x } ORDER BY ?c LIMIT 5"
    plain = kg.query(text)
    rows, csv = plain.to_dicts(), kg.query(text).serialize("csv")
    answer = kg.query(text)
    assert repr(answer) == "<Answer: c, x>"
    assert (len(answer), bool(answer), len(list(answer))) == (5, True, 5)
    assert repr(answer) == "<Answer: 5 rows of c, x>"
    assert answer.to_dicts() == answer.to_dicts() == rows
    assert answer.serialize("csv") == csv
    assert answer._repr_html_().count("<tr>") == 6
    assert list(plain) == []
    nothing = kg.query("SELECT ?c { ?c a rls:Claim FILTER(false) }")
    assert (len(nothing), bool(nothing), nothing.to_dicts()) == (0, False, [])
    assert bool(kg.query("ASK { ?c a rls:Claim }"))
    assert not kg.query("ASK { ?c a rls:Claim, rls:Entity }")
    triples = kg.query("CONSTRUCT { ?c a rls:Claim } WHERE { ?c a rls:Claim } LIMIT 2")
    assert (len(triples), bool(triples)) == (2, True)


def test_stored_questions_go_by_name(kg):
    assert kg.query("contested").variables
    with pytest.raises(UnknownNameError, match="did you mean 'contested'"):
        kg.query("contestd")


@pytest.mark.parametrize(
    ("term", "hint"),
    [
        ("rls:scor", "rls:score?"),
        ("<https://w3id.org/rlsgraph/ontology#hasEvidance>", "rls:hasEvidence?"),
        ("rls:Suports", "rls:Supports?"),
        ("rls:zzzz", "nothing is known of rls:zzzz"),
        ("entity:gut-dysbiosiss", "the graph has no entity:gut-dysbiosiss; did you mean 'gut dysbiosis'"),
        ("claim:gut-dysbiosis.increases.nothing", "the graph has no claim:gut-dysbiosis.increases.nothing"),
    ],
)
def test_a_misspelt_term_is_told(kg, term, hint):
    with pytest.warns(rlsgraph.QueryWarning, match=re.escape(hint)) as heard:
        assert not kg.query(f"SELECT ?a {{ ?a {term} ?b }}")
    assert heard[0].filename == __file__


def test_terms_that_are_known_are_not_told_of(kg):
    queries = (
        "SELECT ?a { ?a rls:score ?b ; rls:hasEvidence/rls:direction rls:Supports } LIMIT 1",
        "SELECT (rls:support('yoga', 'RLS symptoms') AS ?x) { }",
        "SELECT ?a { ?a rls:preprintOf 'rls:nothing' }  # rls:nothing",
        "PREFIX rls: <https://example.org/> SELECT ?a { ?a rls:nothing ?b }",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for text in queries:
            list(kg.query(text))
