import pytest

from tests.helpers.endpoint import serving


@pytest.fixture(scope="session")
def endpoint(cache_folder):
    """The address of a server over the shipped graph: `http://127.0.0.1:PORT`."""
    with serving() as server:
        yield server.url
