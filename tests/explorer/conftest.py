"""The shipped page, and a way to visit a page with the network cut."""

import pytest

from rlsgraph.explorer import page as page_module
from rlsgraph.explorer import page_data
from tests.helpers.pages import visiting, window


@pytest.fixture(scope="session")
def shipped_data(kg):
    """Return what a page knows of the shipped graph: dear to work out, so it is done once."""
    return page_data.page_data(kg)


@pytest.fixture(scope="session")
def render(kg, shipped_data):
    """Render a page as `render_page` does, without working out anew what it knows of the shipped graph."""

    def render(graph, **options):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(page_module, "page_data", lambda asked: shipped_data if asked is kg else page_data.page_data(asked))
            return page_module.render_page(graph, **options)

    return render


@pytest.fixture(scope="session")
def shipped(kg, render, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "rlsgraph.html"
    path.write_text(render(kg), "utf-8")
    return path.as_uri()


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
def render_with_door(render):
    """Render a page whose script ends with a line of the test's own, which opens a door to its functions."""

    def render_with_door(kg, door):
        with pytest.MonkeyPatch.context() as patch:
            own_file = page_module._own_file
            patch.setattr(page_module, "_own_file", lambda name: door if name == "door" else own_file(name))
            patch.setattr(page_module, "_SCRIPTS", (*page_module._SCRIPTS, "door"))
            return render(kg)

    return render_with_door
