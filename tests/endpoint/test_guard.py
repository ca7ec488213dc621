"""Names, origins, and the headers that keep browsers strict."""

import pytest

from tests.helpers.endpoint import get, options, request, serving

pytestmark = pytest.mark.xdist_group("endpoint")
ASK = {"query": "ASK {}"}


def status(base, *, path="/sparql", params=ASK, method="GET", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return request(method, base + path, params=params, headers=named).status_code


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST:1", "127.0.0.1:9", "[::1]:8000", "[::1]"])
def test_this_machine_may_be_called_by_its_names(endpoint, host):
    assert status(endpoint, host=host) == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", ""])
@pytest.mark.parametrize("path", ["/sparql", "/", "/healthz"])
def test_another_name_is_refused_since_it_may_be_a_rebound_one(endpoint, host, path):
    assert status(endpoint, host=host, path=path) == 421


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"origin": "http://[::1"}, 403),
        ({"origin": "http://\xbd\u2100".encode("utf-8")}, 403),
        ({"origin": "//"}, 403),
        ({"origin": "http://localhost:port"}, 403),
        ({"origin": "http://localhost:1"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, 200),
        ({"sec_fetch_site": "same-origin", "sec_fetch_mode": "cors"}, 200),
    ],
)
def test_pages_of_other_sites_may_not_ask(endpoint, headers, expected):
    assert status(endpoint, **headers) == expected


def test_pages_of_this_server_may_ask(endpoint):
    assert status(endpoint, origin=endpoint) == 200
    assert status(endpoint, method="POST", origin=endpoint, params=None, path="/healthz") == 405


def test_without_cors_no_page_is_told_that_it_may_ask(endpoint):
    preflight = {"origin": "https://example.org", "access-control-request-method": "POST"}
    answer = options(f"{endpoint}/sparql", headers=preflight)
    assert answer.status_code == 403 and not any(name.startswith("access-control") for name in answer.headers)


def test_every_answer_has_strict_headers(endpoint):
    for path in ("/sparql", "/healthz", "/nowhere", "/"):
        headers = get(endpoint + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer" and headers["x-frame-options"] == "DENY"


def test_an_allowed_origin_and_an_allowed_host():
    with serving("--cors", "https://example.org", "--allow-host", "kg.example.org") as server:
        base = server.url
        answer = get(f"{base}/sparql", params=ASK, headers={"origin": "https://example.org"})
        assert answer.status_code == 200 and answer.headers["access-control-allow-origin"] == "https://example.org"
        assert "Origin" in answer.headers.get_list("vary")
        refused = get(f"{base}/sparql", params={"query": "SELECT"}, headers={"origin": "https://example.org"})
        assert refused.status_code == 400 and refused.headers["access-control-allow-origin"] == "https://example.org"
        preflight = {"origin": "https://example.org", "access-control-request-method": "POST"}
        allowed = options(f"{base}/sparql", headers=preflight)
        assert allowed.status_code == 204 and "POST" in allowed.headers["access-control-allow-methods"]
        assert "content-type" in allowed.headers["access-control-allow-headers"]
        assert status(base, origin="https://example.com") == 403
        assert status(base, host="kg.example.org") == status(base, host="KG.example.org:443") == 200
        assert status(base, host="example.org") == 421
