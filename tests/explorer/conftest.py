"""A browser, the shipped page, and a way to visit a page with the network cut."""

import shutil

import pytest

from rlsgraph.explorer import page as page_module

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

WATCH_NETWORK = """
window.vis = {};
Object.defineProperty(window.vis, "Network", {
  get() { return this.watched; },
  set(Network) { this.watched = class extends Network { constructor(...all) { super(...all); window.network = this; } }; },
});
"""


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    sync_api = pytest.importorskip("playwright.sync_api")
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shipped(kg, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "rlsgraph.html"
    path.write_text(page_module.render_page(kg), "utf-8")
    return path.as_uri()


@pytest.fixture
def visit(browser):
    """Open an address with the network cut; at the end nothing may have been asked for, said or thrown."""
    contexts, heard, asked = [], [], []

    def open_page(address, *, width=1440, height=900, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        context.set_offline(True)
        context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script(WATCH_NETWORK)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []
    assert {url.split("#")[0].startswith("file:") for url in asked} == {True}
    assert len(asked) == len(contexts)


@pytest.fixture(scope="session")
def render_with_door():
    """Render a page whose script ends with a line of the test's own, which opens a door to its functions."""

    def render(kg, door):
        with pytest.MonkeyPatch.context() as patch:
            own_file = page_module._own_file
            patch.setattr(page_module, "_own_file", lambda name: door if name == "door" else own_file(name))
            patch.setattr(page_module, "_SCRIPTS", (*page_module._SCRIPTS, "door"))
            return page_module.render_page(kg)

    return render
