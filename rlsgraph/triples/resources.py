"""Find the files that come with the package: in the checkout at its root, in a wheel under `_bundled`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from rlsgraph.errors import DataError
from rlsgraph.triples.folders import ENDINGS, rdf_files, tell_unread
from rlsgraph.triples.formats import RDF_FORMATS, format_named_by, is_compressed

_PACKAGE = Path(__file__).parent.parent
_ROOT = _PACKAGE / "_bundled" if (_PACKAGE / "_bundled").is_dir() else _PACKAGE.parent


def ontology_file(name: str) -> Path:
    """Return the path of a file of the ontology, e.g. `schemes.ttl`."""
    return _existing(_ROOT / "ontology" / name)


def data_files() -> tuple[Path, ...]:
    """Return the paths of the shipped graph's Turtle files, sorted."""
    return turtle_files(_existing(_ROOT / "data"))


def query_files() -> dict[str, Path]:
    """Return the stored questions by name."""
    return {path.stem: path for path in sorted(_existing(_ROOT / "queries").glob("*.rq"))}


def turtle_files(folder: Path) -> tuple[Path, ...]:
    """Return every Turtle file below a folder that is not compressed, sorted; hidden ones are left out."""
    turtle = RDF_FORMATS["ttl"]
    return tuple(path for path in rdf_files(folder) if format_named_by(path) == turtle and not is_compressed(path))


def _existing(path: Path) -> Path:
    if not path.exists():
        raise DataError("this file of the package is missing; install rlsgraph again", path=path)
    return path


def path_of(name: str | Path) -> Path:
    """Return the path that a name means; raises `DataError` where no file can have it, which the system says in another way.

    An empty name, which a variable that is not set gives, would mean the folder that one happens to be in.
    """
    if not str(name) or (isinstance(name, str) and not name.strip()):
        raise DataError("a file's name cannot be empty; name a file or a folder", path=repr(str(name)))
    if "\0" in str(name):
        raise DataError("a file's name cannot hold the character NUL", path=repr(str(name)))
    return Path(name)


SHIPPED = "shipped"
"""The name of the graph that comes with the package, where a graph to stand on is asked for."""


def base_files(base: str | Path | None) -> tuple[Path, ...]:
    """Return the files of the graph that another stands on: `shipped`, or a file or folder; none where there is no base."""
    if base is None:
        return ()
    return data_files() if base == SHIPPED else tuple(find_files([base]))


def graph_files(paths: Collection[str | Path], base: str | Path | None = None) -> tuple[Path, ...]:
    """Return the files of a graph: those of its base, and those that the paths mean; the shipped ones where nothing is named."""
    named = find_files(paths) if paths else ()  # which imports much (benchmarks/startup.py)
    return tuple(dict.fromkeys((*base_files(base), *named))) or data_files()


def find_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the files that paths mean: a file itself, and the RDF files below a folder, whatever their format."""
    from rlsgraph.triples.disk import is_begun, is_in_store, is_store

    for path in map(path_of, paths):
        if path.is_dir():
            if is_begun(path):
                what = "a built store; `rlsgraph.open` opens it" if is_store(path) else "no store that `rlsgraph build` finished"
                raise DataError(f"this is {what}", path=path)
            files = rdf_files(path)
            if not files:
                others = tell_unread((path,), more="`rlsgraph formats` lists what `rlsgraph import` reads")
                reason = f"there is no RDF file ({ENDINGS}) in this folder"
                raise DataError(f"{reason}; {others}" if others else reason, path=path)
        else:
            files = (path,)
        for file in files:
            if is_in_store(file):
                raise DataError("this file is part of a store; keep stores apart from the files of graphs", path=file)
            yield file
