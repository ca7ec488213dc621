"""Define every error that rlsgraph raises on purpose.

    RlsGraphError
    ├── UnknownNameError        no entity, claim, source … goes by that name
    ├── AmbiguousNameError      several entities, claims, sources … go by that name
    ├── SameEntityError         a path or support was asked for from an entity to itself
    ├── WhatIfError             a hypothetical change does not say what to change
    ├── NoRouteError            a hypothesis's claims do not connect, as after a what-if
    ├── EmptyViewError          a page or figure would show nothing
    ├── DataError               a file of RDF cannot be read, or says what the model forbids
    ├── QueryError              a SPARQL text cannot be answered
    │   ├── QuerySyntaxError    … because it is not SPARQL
    │   └── QueryRefusedError   … because it would open a connection or a file
    ├── EndpointError           a remote endpoint cannot be reached, or answers what it should not
    ├── TooLargeError           a question would need more of a large graph than a stated bound
    ├── MissingPackageError     an output needs a package that is not installed
    ├── ProfileError            a confidence profile lacks a number or holds a bad one
    ├── CurationError           what is to be added to a folder of data is there already, or breaks a rule
    └── FormatError             a format that another package adds is none, or takes a name that is taken

    RlsGraphWarning             no error; a `warnings` filter can make it one
    ├── DataWarning             something in a file is not read
    └── QueryWarning            a query asks for a term that nothing knows

Each carries the value that caused it; the command line prints the message and uses `exit_code`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class RlsGraphError(Exception):
    """Stand above all errors of this package. Each goes through `copy` and `pickle`, e.g. out of a pool of processes, whole."""

    exit_code = 3

    def __reduce__(self) -> tuple[Any, ...]:
        return remake_error, (type(self), self.args, self.__dict__)


def remake_error(kind: type[Exception], arguments: tuple[Any, ...], fields: dict[str, Any]) -> Exception:
    """Make an error again from its message and fields, which its own arguments may not be."""
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(fields)
    return error


class UnknownNameError(RlsGraphError, LookupError):
    """Say that nothing of `kind` goes by `name`, and what comes nearest."""

    exit_code = 2

    def __init__(self, kind: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.kind, self.name, self.nearest = kind, name, nearest
        hint = f"; did you mean {' or '.join(repr(n) for n in nearest)}?" if nearest else ""
        super().__init__(f"no {kind} is named {_shorten(name)!r}{hint}")


class AmbiguousNameError(RlsGraphError, LookupError):
    """Say that several things of `kind` go by `name`; `meant` has the words and the IRI of each."""

    exit_code = 2

    def __init__(self, kind: str, name: str, meant: tuple[tuple[str, str], ...]) -> None:
        self.kind, self.name, self.meant = kind, name, meant
        shown = [f"{_shorten(words)} <{iri}>" for words, iri in meant[:_MOST_NAMED]]
        more = f", and {len(meant) - _MOST_NAMED} more" if len(meant) > _MOST_NAMED else ""
        super().__init__(f"{_shorten(name)!r} is ambiguous, it may mean the {kind} {' or '.join(shown)}{more}; give the IRI")


_MOST_NAMED = 5


class SameEntityError(RlsGraphError, ValueError):
    """Say that start and end are one entity, where two are needed."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"start and end are both {_shorten(name)!r}; name two different entities")


class WhatIfError(RlsGraphError, ValueError):
    """Say what is wrong with the text of a hypothetical change."""

    exit_code = 2

    def __init__(self, text: str, reason: str) -> None:
        self.text, self.reason = text, reason
        super().__init__(f"cannot suppose {_shorten(text)!r}: {reason}")


class NoRouteError(RlsGraphError):
    """Say that a hypothesis has no route, and so none of the numbers that its best route would have."""

    exit_code = 1

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the claims of the hypothesis {_shorten(name)!r} do not lead from a start to its end: it has no route")


class EmptyViewError(RlsGraphError):
    """Say that a view has nothing to show, and why."""

    exit_code = 1


class DataError(RlsGraphError):
    """Say which file (and line, from 1) cannot be used, and why; `thing` and `predicate` are the IRIs of what is wrong there."""

    def __init__(
        self, reason: str, *, path: Path | str | None = None, line: int | None = None, thing: str = "", predicate: str = ""
    ) -> None:
        self.reason, self.path, self.line, self.thing, self.predicate = reason, path, line, thing, predicate
        place = ":".join(str(part) for part in (path, line) if part is not None)
        super().__init__(f"{place}: {reason}" if place else reason)


class QueryError(RlsGraphError):
    """Say that a SPARQL text cannot be answered."""


class QuerySyntaxError(QueryError):
    """Say where (line and column, from 1) a text stops being SPARQL."""

    def __init__(self, reason: str, *, line: int | None = None, column: int | None = None) -> None:
        self.reason, self.line, self.column = reason, line, column
        place = f" at line {line}, column {column}" if line is not None else ""
        super().__init__(f"not valid SPARQL{place}: {reason}")


class QueryRefusedError(QueryError):
    """Say that a query asks for something that this graph never does."""


class EndpointError(RlsGraphError):
    """Say which endpoint failed, and how; `status` is the HTTP status where there was an answer."""

    def __init__(self, url: str, reason: str, *, status: int | None = None) -> None:
        self.url, self.reason, self.status = url, reason, status
        super().__init__(f"{url}: {reason}")


class TooLargeError(RlsGraphError):
    """Say which bound a question would pass, and how to ask for less."""


class ProfileError(RlsGraphError):
    """Say what is wrong with a confidence profile."""


class MissingPackageError(RlsGraphError, ImportError):
    """Say which package a method needs that is not installed, and how to install it."""

    def __init__(self, what: str, package: str) -> None:
        self.package = package
        super().__init__(f"{what} needs {package}, which is not installed: `pip install {package}`")


class CurationError(RlsGraphError):
    """Say why something cannot be added to a folder of data; nothing was written."""


class FormatError(RlsGraphError):
    """Say what is wrong with a format that another package adds."""


class RlsGraphWarning(UserWarning):
    """Stand above all warnings of this package."""


class QueryWarning(RlsGraphWarning):
    """Say which term of a query nothing knows, and the nearest that there is."""


class DataWarning(RlsGraphWarning):
    """Say what a graph's files hold that is not read: a misspelt property, evidence that no claim names."""


def _shorten(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
