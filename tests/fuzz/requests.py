"""Send bad requests to a server, as bytes on a connection, and look at what comes back and at its log."""

import json
import socket
from random import Random

from tests.fuzz import seeds
from tests.fuzz.mutation import QUERY_PIECES, mutated, spoilt
from tests.fuzz.trials import query_of

ANSWER_SECONDS = 1.0
"""So long a client waits: many a bad request waits for more of itself, and its client may hang up."""

PATIENCE_SECONDS = 60.0


def request_of(pick: Random, url: str) -> bytes:
    """Return a request that may be bad in its line, its headers, its query or its bytes."""
    line, body = pick.choice(seeds.REQUEST_LINES), pick.choice(seeds.BODIES)
    headers = [pick.choice(seeds.HEADERS) for _ in range(pick.randint(0, 6))]
    if pick.random() < 0.9:
        headers.append("Host: localhost")
    if pick.random() < 0.3:
        line, body = "POST /sparql HTTP/1.1", query_of(pick, url).encode("utf-8", "replace")
        headers = [header for header in headers if not header.startswith("Content")]
        headers += ["Content-Type: application/sparql-query", f"Content-Length: {len(body)}"]
    elif pick.random() < 0.3:
        line = mutated(pick, line, (*QUERY_PIECES, "%", "%zz", "%C3%28", "?a=b&a", "//", "..", "/" * 300, "\t")).replace("\n", "")
    text = "\r\n".join((line, *headers, "", "")).encode("utf-8", "replace") + body
    return spoilt(pick, text) if pick.random() < 0.3 else text


def answer_to(port: int, request: bytes, *, seconds: float = ANSWER_SECONDS) -> bytes:
    """Return the head of what a server answers; empty where it hangs up without a word, or waits for more."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        connection.settimeout(seconds)
        try:
            connection.sendall(request)
            return connection.recv(4096)
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            return b""


def is_well(port: int) -> bool:
    """Say whether a server answers one that asks how it is."""
    asked = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    return answer_to(port, asked, seconds=PATIENCE_SECONDS).startswith(b"HTTP/1.1 200")


def faults_in(answer: bytes, log: list[str]) -> list[str]:
    """Return what is wrong with an answer and the lines that the server logged: a status of 500 or above, or a traceback."""
    status = answer.split(b" ", 2)[1].decode("latin-1") if answer.startswith(b"HTTP/") else ""
    wrong = [f"status {status}"] if status.startswith("5") and status != "503" else []
    return wrong + [line for line in log if "traceback" in json.dumps(line).lower()]
