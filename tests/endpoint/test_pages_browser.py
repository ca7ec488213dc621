"""The pages of the endpoint in a browser: offline but for this server, by keyboard, light and dark, on a phone."""

import json

import pytest

from tests.helpers.pages import SCREENS, faults
from tests.helpers.patience import PATIENCE

pytestmark = pytest.mark.xdist_group("endpoint")

HYPOTHESIS = "/hypothesis/direct-contribution"
CLAIM = "/claim/gut-dysbiosis.increases.systemic-inflammation"
PAGES = ("/entity/gut-dysbiosis", CLAIM, "/source/weinstock2011-restless-syndrome", "/evidence/gut-001")
PAGES += (HYPOTHESIS, "/query", "/find?name=nothing-of-that-name")


@pytest.fixture
def visit(browser, endpoint):
    """Open a page of the server. At the end nothing may have been asked of another host, nor been complained of."""
    contexts, heard, asked = [], [], []

    def open_page(path, *, width=1280, height=900, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True)
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(endpoint + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # a browser itself complains of each answer that is an error; of nothing else here
    assert [words for words in heard if not words.startswith("Failed to load resource: the server responded with")] == []
    assert asked and [url for url in asked if not url.startswith((endpoint, "data:", "blob:"))] == []


def run(page, query):
    """Put a query into the editor, run it, and return the words about its answer."""
    page.evaluate("query => document.querySelector('.yasqe .CodeMirror').CodeMirror.setValue(query)", query)
    page.click("#run")
    page.wait_for_function("() => document.querySelector('#answer').getAttribute('aria-busy') === 'false'")
    return page.inner_text("#status")


@pytest.mark.parametrize(
    ("path", "screen"),
    [(path, "wide") for path in PAGES]
    + [(CLAIM, "dark"), (CLAIM, "phone"), ("/query", "dark"), ("/query", "phone"), (HYPOTHESIS, "dark"), (HYPOTHESIS, "phone")],
)
def test_no_violation_and_nothing_runs_out_of_the_window(visit, path, screen):
    page = visit(path, **SCREENS[screen])
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_stored_question_is_asked_and_its_link_asks_it_again(visit, endpoint):
    page = visit("/query")
    page.click("[data-name='severity']")
    page.wait_for_selector("#rows tbody tr")
    assert page.locator("[data-name='severity']").get_attribute("aria-current") == "true"
    assert page.locator(".parseErrorIcon").count() == 0  # `{| … |}` is no mistake
    rows = page.locator("#rows tbody tr").count()
    assert page.inner_text("#status").startswith(f"{rows} rows in ")
    assert faults(page) == []
    shared = page.url.removeprefix(endpoint)
    assert shared.startswith("/query?query=")
    again = visit(shared)
    again.click("#run")
    again.wait_for_selector("#rows tbody tr")
    assert again.locator("#rows tbody tr").count() == rows


def test_every_stored_question_is_read_without_complaint(visit):
    page = visit("/query")
    for question in page.locator("#questions a").all():
        page.evaluate("document.querySelector('#status').textContent = ''")
        question.click()
        page.wait_for_function("() => / rows? in /.test(document.querySelector('#status').textContent)")
        assert page.locator(".parseErrorIcon").count() == 0


def test_rows_are_sorted_filtered_and_lead_to_pages(visit, endpoint):
    page = visit("/query")
    run(page, "SELECT ?claim ?score { ?claim rls:score ?score ; rdf:subject entity:gut-dysbiosis }")
    read = "() => [...document.querySelectorAll('#rows tbody td:nth-child(2)')].map((cell) => Number(cell.textContent))"
    page.click("#rows thead button:has-text('score')")
    assert page.evaluate(read) == sorted(page.evaluate(read))
    page.click("#rows thead button:has-text('score')")
    assert page.evaluate(read) == sorted(page.evaluate(read), reverse=True)
    assert page.get_attribute("#rows th:nth-child(2)", "aria-sort") == "descending"
    page.fill("#row-filter", "systemic-inflammation")
    assert page.locator("#rows tbody tr").count() == 2
    page.click(f"#rows a[href='{CLAIM}']")
    assert page.url == endpoint + CLAIM


def test_downloads_hold_the_answer(visit):
    page = visit("/query")
    run(page, "SELECT ?s { VALUES ?s { entity:gut-dysbiosis } }")
    texts = {name: downloaded(page, name) for name in ("CSV", "TSV", "JSON")}
    assert texts["CSV"].split() == ["s", "https://w3id.org/rlsgraph/entity/gut-dysbiosis"]
    assert texts["TSV"].split() == ["?s", "<https://w3id.org/rlsgraph/entity/gut-dysbiosis>"]
    assert json.loads(texts["JSON"])["results"]["bindings"][0]["s"]["type"] == "uri"
    run(page, "CONSTRUCT { ?s skos:prefLabel ?l } { VALUES ?s { entity:gut-dysbiosis } ?s skos:prefLabel ?l }")
    assert page.inner_text("#rows tbody tr").split("\t") == ["entity:gut-dysbiosis", "skos:prefLabel", "gut dysbiosis"]
    assert 'entity:gut-dysbiosis skos:prefLabel "gut dysbiosis"@en' in downloaded(page, "Turtle")
    page.click("text=Response")
    assert "@prefix entity:" in page.inner_text("#results .CodeMirror-code")
    assert faults(page) == []


def downloaded(page, name):
    with page.expect_download() as found:
        page.click(f"#downloads button:has-text('{name}')")
    return found.value.path().read_text("utf-8")


def test_a_mistake_is_told_in_words_and_shown_in_the_text(visit):
    page = visit("/query")
    assert run(page, "SELECT * {\n  ?s ?p ?o\n} ORDER ?s") == "This was not answered."
    assert "line 3" in page.inner_text("#results")
    assert page.evaluate("document.querySelector('.yasqe .CodeMirror').CodeMirror.getCursor().line") == 2
    assert "another server" in refused(page, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    assert run(page, "ASK { ?s a rls:Claim }").startswith("Answered in")


def refused(page, query):
    run(page, query)
    return page.inner_text("#results")


def test_hostile_literals_are_text_in_the_answer(visit):
    page = visit("/query")
    literal = "<img src=x onerror=alert(1)>{{7*7}}\\u202e"
    run(page, f'SELECT ("{literal}" AS ?x) (<javascript:alert(1)> AS ?y) (IRI("http://a/<") AS ?z) {{}}')
    assert "<img src=x onerror=alert(1)>" in page.inner_text("#rows tbody")
    assert page.locator("#rows img, #rows a[href^='javascript']").count() == 0


def test_the_editor_is_left_and_run_by_keyboard(visit):
    page = visit("/query")
    page.focus(".yasqe textarea")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#rows tbody tr")
    page.focus(".yasqe textarea")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.yasqe') !== null")


def test_names_are_completed_from_this_server(visit):
    page = visit("/query")
    page.evaluate("document.querySelector('.yasqe .CodeMirror').CodeMirror.setValue('SELECT * { entity:gut-dys')")
    page.evaluate("() => { const e = document.querySelector('.yasqe .CodeMirror').CodeMirror; e.focus(); e.setCursor(0, 99); }")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hint")
    assert page.locator(".CodeMirror-hint").all_inner_texts() == ["entity:gut-dysbiosis"]
    page.keyboard.press("Enter")
    page.wait_for_selector(".CodeMirror-hint", state="detached")
    page.keyboard.type(" rls:scoreL")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hint:has-text('rls:scoreLow')")


def test_without_scripts_the_form_still_asks(browser, endpoint):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(endpoint + "/query")
    page.fill("#text", "ASK { ?s a rls:Claim }")
    with page.expect_response(lambda response: "/sparql?query=" in response.url) as answered:
        page.click("#run", no_wait_after=True)
    assert answered.value.status == 200
    context.close()


def test_from_the_explorer_to_a_thing_and_back(visit, endpoint):
    page = visit(f"/#{CLAIM[1:].replace('/', '=')}")
    page.click("#panel >> text=Its own page, and its RDF")
    assert page.url == endpoint + CLAIM
    page.click("text=In the explorer")
    page.wait_for_selector("#panel h2")
    assert page.url.endswith("#claim=gut-dysbiosis.increases.systemic-inflammation")
    page.click("header >> text=Query")
    assert page.inner_text("h1") == "Ask the graph in SPARQL"


def test_the_name_of_a_thing_is_copied(visit):
    page = visit(CLAIM)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copy]")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"claim:{CLAIM.split('/')[2]}"


def test_going_to_a_name(visit, endpoint):
    page = visit(CLAIM)
    page.fill("#find", "SIBO")
    page.keyboard.press("Enter")
    page.wait_for_url(endpoint + "/entity/small-intestinal-bacterial-overgrowth")


def test_print_leaves_out_what_only_a_screen_needs(visit):
    page = visit(CLAIM)
    page.emulate_media(media="print")
    assert not page.is_visible("header nav") and not page.is_visible("#find")
    assert page.is_visible("text=Where 0.15 comes from")
