"""Log one line of JSON for each request, and for whatever else an operator should know, on standard error.

Never headers, which may carry credentials. Lines are written together, at most a second late: one write for each request
would cost a third of the server's speed (benchmarks/endpoint.py).
"""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, BinaryIO

_FLUSH_SECONDS = 0.5
_FLUSH_LINES = 500
SHOWN_CHARS = 120
"""So much of a path or a query is logged."""


class Log:
    """Lines of JSON for a stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lines: list[str] = []
        self._timer: asyncio.TimerHandle | None = None

    def write(self, **fields: Any) -> None:
        """Add a line, with the time in front."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._lines.append(json.dumps({"time": now, **fields}, ensure_ascii=True))
        if len(self._lines) >= _FLUSH_LINES:
            self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_FLUSH_SECONDS, self.flush)

    def failure(self, event: str, error: BaseException) -> None:
        """Add an error that nobody expected, with its traceback."""
        self.write(event=event, error=repr(error), traceback="".join(traceback.format_exception(error)))

    def flush(self) -> None:
        """Write what there is."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._lines:
            return
        text = "\n".join(self._lines) + "\n"
        self._lines.clear()
        try:
            self._stream.write(text.encode())
            self._stream.flush()
        except (OSError, ValueError):  # nobody reads the log any more: that must not stop the server
            return


class LibraryHandler(logging.Handler):
    """Pass what libraries log on to a `Log`."""

    def __init__(self, log: Log) -> None:
        super().__init__(level=logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._log.failure(record.getMessage().strip(), error)
        else:
            self._log.write(event=record.getMessage())


def describe_query(text: str) -> dict[str, str]:
    """Return how a query is shown in the log: by a digest, which is the same for the same text, and its beginning."""
    beginning = " ".join(text[: 2 * SHOWN_CHARS].split())[:SHOWN_CHARS]
    return {"digest": blake2b(text.encode(), digest_size=6).hexdigest(), "query": beginning}
