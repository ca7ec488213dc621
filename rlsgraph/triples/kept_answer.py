"""Keep what was read of an answer, so that it can be counted, shown and read again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import Any

from rlsgraph.model.shown import ShownRows


class KeptAnswer(ShownRows):
    """An answer that is read once as a stream, unless somebody asks how long it is or wants to see it: then it is kept."""

    _kept: list[Any] | None = None
    _again: Callable[[], Any] | None = None

    def __len__(self) -> int:
        return len(self.keep())

    @abstractmethod
    def __iter__(self) -> Iterator[Any]:
        """Read the answer."""

    def keep(self) -> list[Any]:
        """Read what is left of the answer, and keep it; return the rows or triples."""
        if self._kept is None:
            self._kept = [*iter(self)]
        return self._kept
