"""A port of this machine that counts who calls."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator

from tests.helpers.patience import until


class Listener(socketserver.TCPServer):
    """Write down who calls, and hang up."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/"
        self._callers: list[tuple[str, int]] = []

    def finish_request(self, request, client_address) -> None:
        self._callers.append(client_address)

    def calls(self) -> int:
        """Return how many have called: a call of our own stands behind all others, so when it is heard, they have been."""
        with socket.create_connection(self.server_address) as own:
            until(lambda: own.getsockname() in self._callers)
            return self._callers.index(own.getsockname())


@contextlib.contextmanager
def listening() -> Iterator[Listener]:
    with Listener() as listener:
        threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}).start()
        try:
            yield listener
        finally:
            listener.shutdown()
