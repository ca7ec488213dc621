"""The library's public names, each with its docstring, under the part of the package that it comes from."""

from __future__ import annotations

import inspect
import re

import rlsgraph

SECTIONS = {
    "rlsgraph.graph.loading": "Open a graph",
    "rlsgraph.graph": "The graph",
    "rlsgraph.model.things": "What a graph holds",
    "rlsgraph.model.vocabulary": "Closed lists",
    "rlsgraph.model.weighing": "Where a score comes from",
    "rlsgraph.reasoning": "Answers",
    "rlsgraph.curation": "Checking files",
    "rlsgraph.errors": "Errors and warnings",
}
"""The sections in order, by the module or package that a name lives in; the longest that fits counts."""

ALIASES = {"LargeGraph": "The former name of `KnowledgeGraph`. Deprecated.", "__version__": "The version of the software."}
"""Public names that are neither a class nor a function of their own."""


def markdown() -> str:
    """Return a section for each part of the package, and in it what autodoc makes of each name."""
    names = {title: [name for name in rlsgraph.__all__ if section_of(name) == title] for title in SECTIONS.values()}
    aliases = "\n".join(f"- `{name}`: {words}" for name, words in ALIASES.items())
    return "\n\n".join(
        (*(f"## {title}\n\n{directives(found)}" for title, found in names.items()), f"## Further names\n\n{aliases}")
    )


def section_of(name: str) -> str | None:
    """Return the section of a public name; None for those that stand at the end."""
    if name in ALIASES:
        return None
    home: str = getattr(rlsgraph, name).__module__
    fits = [part for part in SECTIONS if f"{home}.".startswith(f"{part}.")]
    return SECTIONS[max(fits, key=len)]


def directives(names: list[str]) -> str:
    """Return what asks autodoc for these names."""
    lines = [".. currentmodule:: rlsgraph", ""]
    for name in names:
        thing = getattr(rlsgraph, name)
        if inspect.isclass(thing) and issubclass(thing, BaseException):
            lines += [f".. autoexception:: {name}", "   :show-inheritance:", ""]
        elif inspect.isclass(thing):
            lines += [f".. autoclass:: {name}", "   :members:", "   :undoc-members:", "   :inherited-members: object, str, int"]
            lines += ["   :exclude-members: __init__, __new__", ""]
        else:
            lines += [f".. autofunction:: {name}", ""]
    return "\n".join(("```{eval-rst}", *lines, "```"))


def linked(line: str) -> str:
    """Return a line of a docstring in which the names of public classes lead to them.

    >>> linked("Raises `DataError` where `path` is none.")
    'Raises :py:obj:`DataError <rlsgraph.DataError>` where `path` is none.'
    """

    def link(found: re.Match[str]) -> str:
        name = found[1]
        return f":py:obj:`{name} <rlsgraph.{name}>`" if name in rlsgraph.__all__ else found[0]

    return re.sub(r"`([A-Z]\w+)`", link, line)
