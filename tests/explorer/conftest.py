"""The shipped page, and a way to visit a page with the network cut."""

import contextlib

import pytest

from rlsgraph.explorer import page as page_module

BLANK = "about:blank"
WATCH_NETWORK = """
window.vis = {};
Object.defineProperty(window.vis, "Network", {
  get() { return this.watched; },
  set(Network) { this.watched = class extends Network { constructor(...all) { super(...all); window.network = this; } }; },
});
"""


@pytest.fixture(scope="session")
def shipped(kg, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "rlsgraph.html"
    path.write_text(page_module.render_page(kg), "utf-8")
    return path.as_uri()


@contextlib.contextmanager
def window(browser):
    """Open a window on a world without a network."""
    with browser.new_context() as context:
        context.set_offline(True)
        context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
        context.add_init_script(WATCH_NETWORK)
        yield context


@contextlib.contextmanager
def visiting(context):
    """Open addresses in pages of the context; at the end nothing may have been asked for, said or thrown."""
    visited, heard, asked = [], [], []
    listeners = {
        "console": lambda message: heard.append(message.text),
        "pageerror": lambda error: heard.append(str(error)),
        "request": lambda request: asked.append(request.url),
    }

    def open_page(address, *, width=1440, height=900, scheme="light"):
        page = next((page for page in context.pages if page.url == BLANK and page not in visited), None) or context.new_page()
        visited.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(media="null", color_scheme=scheme)
        page.mouse.move(0, 0)
        for event, listener in listeners.items():
            page.on(event, listener)
        page.goto(address)
        return page

    yield open_page
    for page in visited:
        page.goto(BLANK)
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
    assert heard == []
    assert {url.split("#")[0].startswith("file:") for url in asked} == {True}
    assert len(asked) == len(visited)


def wait_for_address(page, condition):
    """Wait until the address is as a condition on `hash` says, and the page has heard of it: it is told in a task of its own."""
    page.wait_for_function(f"() => (hash => {condition})(location.hash)")
    page.evaluate("() => new Promise((resolve) => setTimeout(resolve))")


@pytest.fixture(scope="session")
def shared_window(browser):
    """The window in which the tests hand their blank pages on: a new one costs more than a visit."""
    with window(browser) as context:
        yield context


@pytest.fixture
def visit(shared_window):
    """Open an address with the network cut; at the end nothing may have been asked for, said or thrown."""
    with visiting(shared_window) as open_page:
        yield open_page


@pytest.fixture
def visit_apart(browser):
    """Open an address as `visit` does, for a test that changes more than its page."""
    with window(browser) as context, visiting(context) as open_page:
        yield open_page


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
