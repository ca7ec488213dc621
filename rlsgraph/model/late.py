"""The one place that calls what is built on it: the outputs of graphs and answers, found by name when they are first asked for.

Everything else imports downwards. `KnowledgeGraph.to_html`, `answer.to_pandas` and their like are methods only for the reader's
ease; the work is done by the functions of `rlsgraph.outputs`, which stand above the explorer and the formats.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol

_OF_GRAPHS = ("dump", "to_rdflib", "to_networkx", "to_pyvis", "to_html", "to_figure", "show", "graph_summary")
_OF_ANSWERS = ("answer_rows", "answer_html", "answer_frame")
OUTPUTS = {name: ("rlsgraph.outputs", name) for name in (*_OF_GRAPHS, *_OF_ANSWERS)}
"""Where each output is: module and function. A test holds that each is there."""


class View(Protocol):
    """What a page opens on, or a figure shows (`rlsgraph.explorer.views` makes them)."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def address(self) -> str:
        """The fragment of the page's address that shows the same there."""


class Shown(Protocol):
    """Something that a notebook shows."""

    def _repr_html_(self) -> str: ...


def output(name: str) -> Callable[..., Any]:
    """Return the function of an output."""
    module, function = OUTPUTS[name]
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
