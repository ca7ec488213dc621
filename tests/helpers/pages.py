"""Look at pages in a browser: with the network cut, with patience for a busy machine, and as axe-core looks at them."""

import contextlib

import pytest

from tests.helpers.patience import PATIENCE

BLANK = "about:blank"
OPENED = "() => !document.querySelector('#chain') || document.documentElement.dataset.ready || window.hasFailed"
WATCH_NETWORK = """
addEventListener("unhandledrejection", () => { window.hasFailed = true; });
window.vis = {};
Object.defineProperty(window.vis, "Network", {
  get() { return this.watched; },
  set(Network) { this.watched = class extends Network { constructor(...all) { super(...all); window.network = this; } }; },
});
"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
SCREENS = {"wide": {}, "dark": {"scheme": "dark"}, "phone": {"width": 390, "height": 844}}

OVERLAPS = """() => {
  const nodes = window.network.body.data.nodes.get().filter((node) => node.kind);
  const boxes = nodes.map((node) => ({ node, box: window.network.getBoundingBox(node.id) }));
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const found = [];
  for (const [i, one] of boxes.entries()) {
    for (const other of boxes.slice(i + 1)) if (meet(one.box, other.box)) found.push([one.node.id, other.node.id]);
  }
  return found;
}"""

MISFITS = """() => window.network.body.data.nodes.get().filter((node) => node.kind).filter((node) => {
  const box = window.network.getBoundingBox(node.id);
  const [width, height] = [node.widthConstraint.maximum, node.heightConstraint.minimum];
  return box.right - box.left > width + 15 || box.bottom - box.top > height + 15;
}).map((node) => node.label)"""


@contextlib.contextmanager
def window(browser):
    """Open a window on a world without a network."""
    with browser.new_context() as context:
        context.set_default_timeout(1000 * PATIENCE)
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
        page.emulate_media(media="null", color_scheme=scheme, forced_colors="none")
        page.mouse.move(0, 0)
        for event, listener in listeners.items():
            page.on(event, listener)
        page.goto(address)
        page.wait_for_function(OPENED)
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


def faults(page):
    """Return what axe-core finds, as lines. It comes in through the browser's debugger, which the page's policy does not bind."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{fault['id']}: {node['target']} {node['html'][:200]}" for fault in found for node in fault["nodes"]]
