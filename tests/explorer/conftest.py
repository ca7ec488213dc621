"""The shipped page, and a way to visit a page with the network cut."""

import pytest

from rlsgraph.explorer import page as page_module
from tests.helpers.pages import visiting, window


@pytest.fixture(scope="session")
def shipped(kg, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "rlsgraph.html"
    path.write_text(page_module.render_page(kg), "utf-8")
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
def render_with_door():
    """Render a page whose script ends with a line of the test's own, which opens a door to its functions."""

    def render(kg, door):
        with pytest.MonkeyPatch.context() as patch:
            own_file = page_module._own_file
            patch.setattr(page_module, "_own_file", lambda name: door if name == "door" else own_file(name))
            patch.setattr(page_module, "_SCRIPTS", (*page_module._SCRIPTS, "door"))
            return page_module.render_page(kg)

    return render
