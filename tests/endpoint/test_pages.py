"""The pages of the endpoint: a page or RDF for every thing, the explorer, the query page, and what they make of hostile input."""

import html
import json
import re

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from rlsgraph import KnowledgeGraph
from rlsgraph.endpoint.pages import routes as pages
from rlsgraph.endpoint.pages.facts import MOST_CLAIMS, ClaimList
from rlsgraph.endpoint.pages.templating import render
from rlsgraph.errors import TooLargeError
from rlsgraph.explorer.forest import forest
from rlsgraph.explorer.hypothesis_data import own_agenda
from rlsgraph.explorer.page import render_page
from rlsgraph.explorer.words import claim_flags, factor_text, flag_words, three_digits
from rlsgraph.graph.parts_source import PartsSource
from rlsgraph.model import namespaces as ns
from rlsgraph.model.namespaces import slug_of
from rlsgraph.triples.query_engine import StoreEngine
from rlsgraph.triples.resources import query_files
from tests.helpers.asking import BROWSER, asker
from tests.helpers.drawings import data_of
from tests.helpers.graphs import claim_text

CLAIM = "gut-dysbiosis.increases.systemic-inflammation"


@pytest.fixture(scope="module")
def ask(kg):
    return asker(kg)


def words(response):
    """Return the text of a page, without markup, in single spaces."""
    body = re.search(r"<main.*</main>", response.text, re.DOTALL)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", body)).split())


TWO_SPACES = """
entity:c a rls:Entity ; skos:prefLabel "third"@en . <http://lab.example/c> a rls:Entity ; skos:prefLabel "Third"@en .
<http://lab.example/x> a rls:Claim ; rdf:subject entity:a ; rdf:predicate rls:increases ; rdf:object <http://lab.example/c> ;
    rls:hasEvidence <http://lab.example/e> . <http://lab.example/s> a rls:Source ; dcterms:title "Lab" .
<http://lab.example/e> a rls:Evidence ; dcterms:identifier "lab-1" ; rls:direction rls:Supports ; rls:studyDesign rls:Cohort ;
    dcterms:source <http://lab.example/s> .
"""


def test_a_name_of_two_things_leads_to_a_choice_of_both(load_text):
    lab = asker(load_text(TWO_SPACES))
    for path in ("/find?name=THIRD", "/entity/THIRD"):
        answer = lab(path, accept="application/json")
        assert (answer.status_code, answer.json()["near"]) == (300, ["/entity/http%3A%2F%2Flab.example%2Fc", "/entity/c"])
        assert "lab.example/c" in words(lab(path))
    assert lab("/find?name=Third").headers["location"] == "/entity/http%3A%2F%2Flab.example%2Fc"


@pytest.mark.parametrize(
    ("name", "path"), [("lab-1", "/evidence/e"), ("http://lab.example/x", "/claim/x"), ("http://lab.example/s", "/source/s")]
)
def test_a_thing_of_another_namespace_has_its_own_address(load_text, name, path):
    lab = asker(load_text(TWO_SPACES))
    kind, local = path[1:].split("/")
    own = f"/{kind}/http%3A%2F%2Flab.example%2F{local}"
    assert lab(f"/find?name={name}").headers["location"] == own
    page = lab(own)
    assert page.status_code == 200
    for address in re.findall(r'href="(/(?:claim|evidence|source|entity)/[^"]+)"', page.text):
        assert lab(address).status_code == 200, address


@pytest.mark.parametrize("kind", ["entity", "claim", "evidence", "source", "hypothesis", "link", "expectation"])
def test_an_iri_that_is_not_here_has_no_page(ask, kind):
    assert ask(f"/{kind}/http%3A%2F%2Fnowhere.example%2F{CLAIM}").status_code == 404
    assert ask(f"/find?name=http://nowhere.example/{kind}/gut-dysbiosis").status_code == 404


def test_what_is_nearly_a_name_is_offered_by_its_words(ask):
    answer = ask("/find?name=vitamin+d", accept="application/json")
    assert (answer.status_code, answer.json()["near"][:2]) == (
        404,
        ["/entity/vitamin-d-deficiency", "/entity/vitamin-d-supplementation"],
    )


# --- RDF --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (BROWSER, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json, text/turtle;q=0.5", "application/ld+json"),
        ("text/html;q=0.1, application/n-triples;q=0.2", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/*", "application/n-triples"),
    ],
)
def test_accept_chooses_the_format(ask, accept, media_type):
    response = ask("/entity/gut-dysbiosis", accept)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media_type
    assert response.headers["vary"] == "Accept"
    assert '<https://w3id.org/rlsgraph/entity/gut-dysbiosis>; rel="canonical"' in response.headers["link"]


@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld", "rdf"])
@pytest.mark.parametrize(
    "path",
    [
        "entity/gut-dysbiosis",
        f"claim/{CLAIM}",
        "source/weinstock2011-restless-syndrome",
        "evidence/gut-001",
        "hypothesis/iron-absorption",
        "link/antipsychotic-induced-rls.broader.rls-symptoms",
        "expectation/diphenhydramine.increases.rls-symptom-severity",
    ],
)
def test_every_format_says_the_same(ask, path, ending):
    response = ask(f"/{path}.{ending}", "text/html")
    assert response.headers["content-location"] == f"/{path}.{ending}"
    assert triples_of(response) == triples_of(ask(f"/{path}.nt"))
    assert any(triple.subject == ox.NamedNode(ns.BASE + path) for triple in triples_of(response))
    parsed = rdflib.Graph().parse(data=response.text, format={"jsonld": "json-ld", "rdf": "xml"}.get(ending, ending))
    assert len(parsed) == len(triples_of(response))


def triples_of(response):
    media_type = response.headers["content-type"].split(";")[0]
    found = ox.Dataset(quad for quad in ox.parse(response.content, format=ox.RdfFormat.from_media_type(media_type)))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in found}


def test_rdf_of_a_thing_describes_its_parts(ask, kg):
    claim = kg.claim(CLAIM)
    text = ask(f"/claim/{CLAIM}.nt").text
    assert all(item.finding in text and item.source.title in text for item in claim.evidence)
    assert "reifies" not in text
    assert f"<{claim.subject.iri}> <{ns.RLS}increases> <{claim.object.iri}> ." in text
    entity = ask("/entity/gut-dysbiosis.nt").text
    assert all(f"<{c.iri}> <{ns.RLS}score>" in entity for c in kg.claims(subject="gut dysbiosis"))
    source = ask("/source/weinstock2011-restless-syndrome.nt").text
    assert all(item.finding in source for item in kg.evidence(source="weinstock2011-restless-syndrome"))


def test_rdf_of_a_hypothesis_has_its_claims_in_order(ask, kg):
    graph = rdflib.Graph().parse(data=ask("/hypothesis/iron-absorption.ttl").text)
    listed = graph.value(rdflib.URIRef(ns.HYPOTHESIS + "iron-absorption"), rdflib.URIRef(ns.RLS + "claims"))
    claims = kg.hypothesis("iron absorption").claims
    assert [str(claim) for claim in graph.items(listed)] == [claim.iri for claim in claims]


def test_turtle_begins_with_the_thing_and_declares_what_it_uses(ask):
    text = ask(f"/claim/{CLAIM}.ttl").text
    prefixes, _, body = text.partition(f"\nclaim:{CLAIM} ")
    assert "hypothesis:" not in prefixes and body


def test_what_nothing_fits_is_406(ask):
    response = ask("/entity/gut-dysbiosis", "image/png")
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert "text/turtle" in response.json()["detail"]


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/entity/SIBO", "/entity/small-intestinal-bacterial-overgrowth"),
        ("/entity/MONDO:0005391.ttl", "/entity/restless-legs-syndrome.ttl"),
        ("/entity/Gut%20dysbiosis", "/entity/gut-dysbiosis"),
        ("/source/10.1016/j.sleep.2011.03.007.nt", "/source/weinstock2011-restless-syndrome.nt"),
        ("/hypothesis/Iron%20absorption", "/hypothesis/iron-absorption"),
        ("/find?name=ferritin", "/entity/serum-ferritin"),
        ("/find?name=gut-001", "/evidence/gut-001"),
        (f"/find?name=claim:{CLAIM}", f"/claim/{CLAIM}"),
    ],
)
def test_other_names_lead_to_the_thing(ask, path, leads_to):
    response = ask(path)
    assert (response.status_code, response.headers["location"]) == (303, leads_to)


def test_unknown_name_is_404_with_the_nearest(ask):
    response = ask("/entity/gut-dysbios", "*/*")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["near"][0] == "/entity/gut-dysbiosis"
    page = ask("/claim/gut-dysbiosis.increases.systemic-inflammatio")
    assert page.status_code == 404
    assert f'href="/claim/{CLAIM}"' in page.text


STRANGE = ("%00", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "%3Cscript%3Ealert(1)%3C/script%3E", "%E2%80%AEevil", "%ff", "%20", "")
STRANGE += (
    "raises%20" * 60,
    "a%22%3E%3Cimg%20src=x%3E",
    "%23gut-dysbios",
    "gut-dysbiosis%3E",
    "{{7*7}}",
    "'; DROP",
    "x" * 20_000,
)


@pytest.mark.parametrize("slug", STRANGE)
@pytest.mark.parametrize("kind", ["entity", "claim", "source", "evidence", "hypothesis", "link", "expectation", "static"])
def test_strange_addresses_are_not_found(ask, kind, slug):
    response = ask(f"/{kind}/{slug}", "text/html")
    assert response.status_code == 404
    assert len(response.content) < 4_000
    if kind != "static":
        assert not re.search(r"<script>|<img|49|\u202e|Traceback", response.text.partition("<main")[2])


def test_the_icon_is_there_for_pages_and_where_browsers_look(ask):
    for path in ("/static/icon.svg", "/favicon.ico"):
        answer = ask(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
        assert answer.text.startswith("<svg ")


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_graph_describes_itself_where_clients_of_linked_data_look(ask, kg):
    response = ask("/.well-known/void")
    assert response.headers["content-type"].startswith("text/turtle")
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.TURTLE)
    counted = f"ASK {{ ?part <{ns.VOID}class> rls:Claim ; <{ns.VOID}entities> {len(kg)} }}"
    assert store.query(counted, prefixes=ns.PREFIXES)
    assert '</.well-known/void>; rel="collection"' in ask("/entity/gut-dysbiosis").headers["link"]


@pytest.mark.parametrize(
    ("accept", "format_"), [("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD)]
)
def test_the_terms_of_the_vocabulary_lead_to_it(ask, accept, format_):
    response = ask("/ontology", accept=accept)
    subjects = {quad.subject for quad in ox.parse(response.content, format=format_)}
    assert {ox.NamedNode(ns.RLS + name) for name in ("Claim", "increases", "Cohort")} <= subjects


def test_claim_page_shows_the_whole_sum(ask, kg):
    explanation = kg.explain(kg.claim(CLAIM))
    claim, shown = explanation.claim, words(ask(f"/claim/{CLAIM}"))
    assert f"{claim.level.label} {claim.score:.2f} · 90% interval {claim.low:.2f}–{claim.high:.2f}" in shown
    assert f"prior {claim.confidence.prior:.2f}" in shown
    assert all(words in shown for _, words in claim_flags(explanation.claim, flag_words(explanation.profile)))
    for item in explanation.items:
        evidence, factor = item.evidence, item.factor
        row = f"{evidence.identifier} {'●' if evidence.direction.label == 'supports' else '○'}"
        assert row in shown and evidence.finding in shown and evidence.source.title in shown
        numbers = (factor.power, factor.bias, factor.insensitivity, factor.alpha)
        told = " ".join(three_digits(number) for number in numbers if number is not None)
        assert f"{told} × {three_digits(factor.factor)}" in shown
        assert item.counted or f"no: {item.reason}" in shown
    for part in (*explanation.ledger.kinds, *explanation.ledger.lendings):
        assert {factor_text(part.before), factor_text(part.after)} <= set(re.findall(r"× [\d.]+", shown))
    assert all(row.figures in shown for scale in forest(explanation.items) for row in scale.rows)
    assert explanation.level_reason in shown
    assert "A step of" in shown and "Also claimed of the two" in shown


def test_claim_page_leads_to_the_sources(ask, kg):
    page = ask(f"/claim/{CLAIM}").text
    links = [address for item in kg.claim(CLAIM).evidence for _, address in item.source.links]
    assert links and all(f'href="{address}"' in page for address in links)


@pytest.mark.parametrize(
    ("fits", "says"),
    [
        (lambda claim: claim.is_untested, "untested"),
        (lambda claim: claim.level.label == "refuted", "refuted"),
        (lambda claim: claim.is_contested, "⚡ contested"),
    ],
)
def test_untested_refuted_and_contested_look_different(ask, kg, fits, says):
    claim = next(filter(fits, kg.claims()), None)
    if claim is None:
        pytest.skip(f"the shipped graph has no claim that is {says}")
    row = re.search(rf'<a class="verb" href="/claim/{re.escape(slug_of(claim.iri))}".*?</li>', ask_entity(ask, claim), re.DOTALL)[
        0
    ]
    assert f">{says}</span>" in row


def ask_entity(ask, claim):
    return ask(f"/entity/{slug_of(claim.subject.iri)}").text


def test_entity_page_lists_claims_by_score(ask, kg):
    page = ask("/entity/gut-dysbiosis")
    section = re.search(r"What it is claimed to do.*?</section>", page.text, re.DOTALL)[0]
    scores = [float(score) for score in re.findall(r'class="number">([\d.]+)<', section)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == sum(claim.predicate.is_causal for claim in kg.claims(subject="gut dysbiosis"))
    shown = words(page)
    assert kg.entity("gut dysbiosis").definition in shown
    assert "In the hypotheses" in shown and "By definition" in shown and "MESH:D064806" in shown


def test_a_long_list_is_cut_and_says_so(kg):
    claims = kg.claims()
    many = ClaimList("What it is claimed to do", claims[:MOST_CLAIMS], len(claims))
    thing = kg.entity("gut dysbiosis")
    shared = {"here": "", "rdf": "", "version": "", "profile": kg.profile, "marks": {}, "matches": {}}
    values = {"path": "", "formats": (), "fragment": "", "links": (), "hypotheses": (), "question": "SELECT *"}
    page = render("entity.html", thing=thing.__class__(thing.iri, "a"), lists=[many], **shared, **values)
    assert f"The {MOST_CLAIMS} of highest score of {len(claims)}" in page
    assert 'href="/query?query=SELECT%20%2A"' in page


def test_hypothesis_page_follows_its_routes(ask, kg):
    ranked = next(r for r in kg.hypotheses() if r.hypothesis.rivals and len(r.paths) > 0)
    page = ask(f"/hypothesis/{slug_of(ranked.hypothesis.iri)}")
    shown = words(page)
    assert all(str(step) in shown for path in ranked.paths for step in path.steps)
    assert page.text.count(">weakest step</span>") == len(ranked.paths)
    rivals = [kg.hypothesis(iri).label for iri in ranked.hypothesis.rivals]
    assert all(rival in shown for rival in rivals)
    assert ranked.hypothesis.source.citation in shown


def test_hypothesis_page_says_what_to_study(ask, kg):
    ranked = next(r for r in kg.hypotheses() if r.place == 1)
    shown = words(ask(f"/hypothesis/{slug_of(ranked.hypothesis.iri)}"))
    part = kg.graph_source.hypotheses()
    agenda = own_agenda(ranked, part.claim_graph, lambda iri: part.explain(iri, kg.profile))
    assert agenda.gaps
    for gap in agenda.gaps:
        assert f"{gap.next_study}{gap.next_study.reason}" in shown.replace(" " + gap.next_study.reason, gap.next_study.reason)
        assert f"step {gap.claim.score:.2f} → {gap.score_if_positive:.2f}" in shown


def test_source_page_groups_its_evidence_by_claim(ask, kg):
    source = kg.source("weinstock2011-restless-syndrome")
    shown = words(ask(f"/source/{slug_of(source.iri)}"))
    assert source.title in shown
    assert all(item.finding in shown for item in kg.evidence(source=source.iri))
    assert "small intestinal bacterial overgrowth goes with more RLS risk" in shown


def test_evidence_page_shows_its_weight(ask, kg):
    shown = words(ask("/evidence/gut-001"))
    assert kg.evidence_item("gut-001").finding in shown
    assert re.search(r"Bayes factor × [\d.]+", shown) and re.search(
        r"Power π [\d.]+, bias u [\d.]+, insensitivity v [\d.]+", shown
    )


def test_pages_of_every_kind_lead_only_to_what_is_there(ask, kg):
    paths = [f"/entity/{slug_of(e.iri)}" for e in kg.entities()[:2]] + [f"/claim/{CLAIM}", "/evidence/gut-001", "/query"]
    paths += [f"/hypothesis/{slug_of(kg.hypotheses()[0].hypothesis.iri)}", "/source/weinstock2011-restless-syndrome"]
    paths += [f"/link/{slug_of(kg.links()[0].iri)}", f"/expectation/{slug_of(kg.expectations()[0].iri)}"]
    texts = [ask(path).text for path in paths]
    links = {html.unescape(link) for text in texts for link in re.findall(r'(?:href|src)="(/[^"#]*)"', text)} - {"/", "/sparql"}
    assert len(links) > 100
    assert {link: ask(link).status_code for link in links if not link.startswith("/query?")} == dict.fromkeys(
        (link for link in links if not link.startswith("/query?")), 200
    )
    assert all(kg.query(httpx.URL(link).params["query"]) for link in links if link.startswith("/query?"))


def test_a_page_is_not_sent_twice(ask):
    for path in ("/entity/gut-dysbiosis", "/entity/gut-dysbiosis.ttl", "/static/pages.css", "/query"):
        first = ask(path)
        again = ask(path, **{"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_no_page_needs_more_than_this_server(ask):
    for path in ("/entity/gut-dysbiosis", "/query", "/claim/nothing"):
        response = ask(path)
        assert "'unsafe" not in response.headers["content-security-policy"]
        loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*(?:href|src)="([^"]*)"', response.text)
        assert loaded and all(address.startswith(("/static/", "data:")) for address in loaded)
        assert "style=" not in response.text and not re.search(r"\son\w+=", response.text)


def test_a_graph_that_is_not_in_memory_has_the_same_pages(ask, kg):
    ask_large = asker(KnowledgeGraph(PartsSource(StoreEngine(kg.graph_source.whole().store), kg.graph_source.profile_files)))
    for path in (
        f"/claim/{CLAIM}",
        "/entity/small-intestinal-bacterial-overgrowth",
        "/hypothesis/iron-absorption",
        "/evidence/gut-001",
    ):
        assert words(ask_large(path)) == words(ask(path))
    for path in (f"/claim/{CLAIM}.ttl", "/source/weinstock2011-restless-syndrome.nt"):
        assert ask_large(path).content == ask(path).content
    assert ask_large("/entity/SIBO").headers["location"] == ask("/entity/SIBO").headers["location"]


# --- explorer and query page ------------------------------------------------------------------------------------------


def test_explorer_is_drawn_once_and_leads_to_the_pages(kg, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "rlsgraph.explorer.page.render_page", lambda kg, **options: drawn.append(options) or render_page(kg, **options)
    )
    ask = asker(kg)
    first, again = ask("/"), ask("/")
    assert first.content == again.content and drawn == [{"is_served": True}]
    assert "<title>rlsgraph: Mechanisms hypothesised in restless legs syndrome</title>" in first.text
    assert '<a class="quiet" href="/query">Query</a>' in first.text
    data = data_of(first.text)
    assert data["served"] and data["counts"]["claims"] == len(kg)
    assert ask("/", **{"if-none-match": first.headers["etag"]}).status_code == 304


def test_the_file_knows_nothing_of_a_server(kg):
    page = render_page(kg)
    assert '"served":' not in page and 'href="/query"' not in page


def test_a_large_graph_is_not_drawn(kg, monkeypatch):
    monkeypatch.setattr(pages, "MOST_DRAWN", 10)
    assert "too large to draw whole" in words(asker(kg)("/"))


def test_what_a_graph_cannot_answer_is_said(kg, monkeypatch):
    def refuse(kg):
        raise TooLargeError("more than 7 claims")

    monkeypatch.setattr(type(kg), "hypotheses", refuse)
    response = asker(kg)("/entity/gut-dysbiosis")
    assert (response.status_code, response.json()["detail"]) == (503, "more than 7 claims")


def test_query_page_offers_the_stored_questions_and_keeps_the_query_of_its_address(ask):
    page = ask("/query?query=ASK%20%7B%7D%3C/textarea%3E%3Cscript%3E").text
    assert re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1] == "ASK {}&lt;/textarea&gt;&lt;script&gt;"
    questions = re.findall(r'data-name="([^"]*)">([^<]*)</a>', page)
    assert [name for name, _ in questions] == list(query_files())
    assert ("contested", "Which claims are contested, and who says what?") in questions
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert data["prefixes"] == ns.PREFIXES and "rls:score" in data["terms"]


# --- hostile graphs ---------------------------------------------------------------------------------------------------

HOSTILE = "</script><script>alert(1)</script><!-- & \\\"quoted\\\" 'x' \u202eevil\u2028 {{ 777*777 }} \\u0000\\u0007"


@pytest.fixture
def hostile(load_text):
    text = f"""
entity:c a rls:Entity ; skos:prefLabel "{HOSTILE}"@en ; skos:altLabel "{HOSTILE}2" ; skos:definition "{HOSTILE}" ;
  rls:category <javascript:alert(1)> ; skos:exactMatch <javascript:alert(1)> .
entity:d a rls:Entity ; skos:prefLabel "{"long" * 2_500}" .
entity:nt a rls:Entity ; skos:prefLabel "neurotensin" .
<http://example.org/e?x=1&y='2'#z> a rls:Entity ; skos:prefLabel "elsewhere" .
{claim_text("increases", ("Supports", "Cohort", 30, "s"), subject="c", object_="d")}
{claim_text("decreases", ("Disputes", "Cohort", None, "t"), subject="d", object_="nt")}
source:s rdfs:seeAlso <javascript:alert(1)> ; bibo:doi "10.1/<u>\\"x" ; rls:firstAuthor "{HOSTILE}" ; rls:journal "{HOSTILE}" .
{"".join(f'?item rls:{name} "{HOSTILE}" . ' for name in ("finding", "limitations", "population", "effect", "locator", "species"))}
"""
    item = re.search(r"rls:hasEvidence (evidence:increases\S*)", text)[1]
    return asker(load_text(text.replace("?item", item)))


@pytest.mark.parametrize("path", ["/entity/c", "/entity/d", "/claim/c.increases.d", "/source/s", "/find?name=c", "/entity/e"])
def test_labels_are_text_everywhere(hostile, path):
    page = hostile(path).text
    assert not re.search(r"<script>|<u>|<!--|href=\"javascript:|603729|[\u202e\x00\x07]", page)
    assert "alert(1)" not in re.sub(r"&lt;script&gt;alert\(1\)&lt;/script&gt;|<bdi>[^<]*</bdi>", "", page)


def test_evidence_of_a_hostile_graph_is_text(hostile):
    path = re.search(r'href="(/evidence/[^"]*)"', hostile("/claim/c.increases.d").text)[1]
    page = hostile(path).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script>" not in page and "\u202e" not in page


def test_a_long_label_is_whole_in_its_heading_alone(hostile):
    assert hostile("/entity/d").text.count("long" * 2_500) == 1
    assert len(re.search(r"<title>(.*)</title>", hostile("/entity/d").text)[1]) < 120
    assert "long" * 100 not in hostile("/claim/c.increases.d").text


def test_an_ending_is_told_from_a_name_that_ends_alike(hostile):
    assert hostile("/claim/d.decreases.nt").headers["content-type"].startswith("text/html")
    assert hostile("/claim/d.decreases.nt.nt").headers["content-type"] == "application/n-triples"
    assert hostile("/claim/d.decreases.nt.html", "text/turtle").headers["content-type"].startswith("text/html")


def test_entities_of_other_projects_have_pages_by_their_iri(hostile):
    path = "/entity/http%3A%2F%2Fexample.org%2Fe%3Fx%3D1%26y%3D%272%27%23z"
    assert "elsewhere" in words(hostile(path))
    assert hostile("/find?name=elsewhere").headers["location"] == path
    assert b"elsewhere" in hostile(f"{path}.ttl").content


def test_rdf_xml_refuses_what_it_cannot_hold(hostile):
    response = hostile("/entity/c.rdf", "application/rdf+xml")
    assert response.status_code == 406
    assert "ask for another format" in response.json()["detail"]
    assert hostile("/entity/c.ttl").status_code == 200
