"""Tell of the files below a folder which are read, and which look like data and are not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from rlsgraph.errors import DataError
from rlsgraph.triples.formats import RDF_FORMATS, format_named_by, is_compressed

ENDINGS = ", ".join(f".{ending}" for ending in RDF_FORMATS)

_SHOWN = 3
"""So many files are named in a sentence; the rest are counted."""

_NO_DATA = frozenset(
    (
        *("md", "rst", "adoc", "txt", "tex", "log", "pdf", "doc", "docx", "odt", "ppt", "pptx", "eps", "bib", "ris"),
        *("html", "htm", "css", "js", "mjs", "ts", "map", "py", "pyc", "pyi", "ipynb", "r", "rmd", "sh", "bat", "ps1"),
        *("rq", "sparql", "ru", "toml", "cfg", "ini", "conf", "env", "mk", "lock", "license", "sha256", "md5", "asc", "sig"),
        *("png", "jpg", "jpeg", "svg", "gif", "webp", "ico", "tif", "tiff", "woff", "woff2", "ttf", "mp4"),
        *("bak", "orig", "old", "rej", "swp", "tmp", "patch", "diff"),
    )
)
"""Endings of texts, programs, pictures and safety copies, of which nobody thinks that they are read as a graph."""

_NAMES = frozenset(("makefile", "dockerfile", "codeowners", "thumbs", "desktop"))

_TABLE = "a table is no graph; `rlsgraph import {name} --data FOLDER` adds its rows to one"
_PACKED = "unpack it, or compress it by gzip (.gz)"
_IMPORT = "`rlsgraph import {name} OUT.ttl --from {reader}` reads "
_HINTS: dict[str, str] = {
    "json": f"JSON-LD ends in .jsonld; {_IMPORT.format(name='{name}', reader='bel')}a BEL graph",
    "yaml": f"{_IMPORT.format(name='{name}', reader='dismech')}DisMech's records",
    "jsonl": f"{_IMPORT.format(name='{name}', reader='kgx')}KGX",
    "xml": "RDF/XML ends in .rdf",
    "n3": "what of N3 is Turtle ends in .ttl",
    **dict.fromkeys(("csv", "tsv", "xlsx", "xls", "ods"), _TABLE),
    **dict.fromkeys(("zip", "bz2", "xz", "zst", "7z", "tar", "tgz", "gz", "rar"), _PACKED),
}
_SAME = {"yml": "yaml", "ndjson": "jsonl", "notation3": "n3"}


@dataclass(frozen=True, slots=True)
class Unread:
    """Files of one ending that look like data and are not read: and why."""

    files: tuple[Path, ...]
    reason: str

    def __str__(self) -> str:
        return f"{_some(self.files)} not read: {self.reason}"


def rdf_files(folder: Path) -> tuple[Path, ...]:
    """Return every file below a folder whose ending names an RDF format, sorted; hidden ones are no data of anybody's."""
    return tuple(sorted(path for path in _files(folder) if format_named_by(path) is not None))


def find_unread(folders: Iterable[Path]) -> tuple[Unread, ...]:
    """Return what lies below folders, looks like data, and is in no format that is read, by its ending."""
    by_hint: dict[str, list[Path]] = {}
    for folder in folders:
        for path in sorted(path for path in _files(folder, links=True) if _is_unread(path)):
            by_hint.setdefault(_kind_of(path), []).append(path)
    return tuple(Unread(tuple(files), why_unread(files[0])) for _, files in sorted(by_hint.items()))


def tell_unread(folders: Iterable[Path], *, more: str) -> str:
    """Say in one sentence what `find_unread` finds, and where there is `more` to be known; nothing where it finds nothing."""
    found = find_unread(folders)
    if len(found) <= 1:
        return "".join(map(str, found))
    return f"{_some([path for unread in found for path in unread.files])} not read: no ending names an RDF format ({more})"


def why_unread(path: Path) -> str:
    """Say why a file whose ending names no RDF format is not read, and what to do.

    >>> why_unread(Path("graph.xml"))
    'its ending names no RDF format (RDF/XML ends in .rdf)'
    """
    if path.is_dir():
        return "links to folders are not followed; name what it leads to"
    hint = _HINTS.get(_kind_of(path), f"use one of {ENDINGS}").format(name=quote(path.name))
    return f"its ending names no RDF format ({hint})"


def _kind_of(path: Path) -> str:
    """Return the ending that says what is to be done, `/` for a link to a folder."""
    if path.is_dir():
        return "/"
    if path.stem.endswith(("_nodes", "_edges")) and path.suffix.lower() == ".tsv":
        return "jsonl"
    ending = _ending(path)
    return _SAME.get(ending, ending)


def _ending(path: Path) -> str:
    return path.suffix.lower().removeprefix(".").rstrip("~")


def _is_unread(path: Path) -> bool:
    """Say whether a file looks like data in no format that is read."""
    if path.is_dir():
        return True
    if format_named_by(path) is not None or path.name.endswith("~"):
        return False
    ending = _ending(path.with_suffix("") if is_compressed(path) else path)
    if ending in _NO_DATA:
        return ending == "txt" and format_named_by(path.with_suffix("")) is not None  # claims.ttl.txt, as editors save it
    return bool(ending) or not (path.name.isupper() or path.name.lower() in _NAMES)


def _files(folder: Path, *, links: bool = False) -> Iterator[Path]:
    """Yield all that is no folder below one, but for what is hidden; `links` to folders, which are not followed, if asked."""

    def refuse(error: OSError) -> None:
        raise DataError(f"cannot be read: {error.strerror or error}", path=error.filename)

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if links and os.path.islink(os.path.join(place, name))]  # noqa: PTH118, PTH114  # many
        yield from (Path(place, name) for name in (*names, *linked) if not name.startswith("."))


def _some(files: Sequence[Path]) -> str:
    few = ", ".join(map(str, files[:_SHOWN]))
    return f"{few if len(files) <= _SHOWN else f'{few} and {len(files) - _SHOWN} more'} {'is' if len(files) == 1 else 'are'}"
