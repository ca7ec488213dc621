"""Make one folder of data of two: everything that either says, each thing once; what cannot both hold is told, and kept out."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox

from rlsgraph.curation.check import check
from rlsgraph.curation.folder import held, write_files
from rlsgraph.curation.report import Severity
from rlsgraph.curation.term_graph import show_term
from rlsgraph.errors import CurationError, DataError
from rlsgraph.formats.turtle import format_turtle
from rlsgraph.graph.loading import load
from rlsgraph.model import namespaces as ns
from rlsgraph.reasoning.comparison import ClaimChange, changed_claims
from rlsgraph.triples import resources
from rlsgraph.triples.files import read_store
from rlsgraph.triples.resources import turtle_files

Side = Literal["A", "B"]
_TYPE = ox.NamedNode(ns.RDF + "type")
_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property that can have one value only, and has another one in each of the two."""

    thing: str
    predicate: str
    in_a: str
    in_b: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it: the conflicts, the text of each file (by its path in a folder), and how many things B alone described."""

    conflicts: tuple[Conflict, ...]
    files: Mapping[str, str]
    new_things: int


class _Described:
    """The files of a folder, thing by thing; what has no IRI belongs to the thing that names it."""

    def __init__(self, folder: Path) -> None:
        self.texts: dict[str, str] = {}
        self.prefixes: dict[str, dict[str, str]] = {}
        self.said: dict[ox.NamedNode, dict[ox.NamedNode, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
        self.home: dict[tuple[ox.NamedNode, ox.NamedNode, str], str] = {}
        self.first_home: dict[ox.NamedNode, str] = {}
        for path in _turtle_of(folder):
            self._read(path, path.relative_to(folder if folder.is_dir() else folder.parent).as_posix())

    def _read(self, path: Path, name: str) -> None:
        self.texts[name] = path.read_text("utf-8-sig")
        try:
            parser = ox.parse(self.texts[name].encode(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
            triples = [quad.triple for quad in parser]
        except (SyntaxError, ValueError) as error:
            raise DataError(f"not valid Turtle: {error}", path=path) from error
        self.prefixes[name] = parser.prefixes
        below: dict[Any, list[Any]] = defaultdict(list)
        for triple in triples:
            if not isinstance(triple.subject, ox.NamedNode):
                below[triple.subject].append(triple)
        used: set[Any] = set()
        for triple in triples:
            if isinstance(triple.subject, ox.NamedNode):
                written = _Value(triple.object, _shape(triple.object, below, used, ()), _closure(triple.object, below))
                self.said[triple.subject][triple.predicate].setdefault(written.shape, written)
                self.home.setdefault((triple.subject, triple.predicate, written.shape), name)
                self.first_home.setdefault(triple.subject, name)
        if below.keys() - used:
            raise DataError("describes something that has no IRI and that nothing names; give it one", path=path)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value, what it says whatever its blank nodes are called, and the triples of those."""

    term: Any
    shape: str
    triples: tuple[Any, ...]


def _turtle_of(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        return (folder,)
    files = turtle_files(folder)
    others = [path for path in resources.find_files([folder]) if path not in files]
    if others:
        raise CurationError(f"{others[0]} is no Turtle; `rlsgraph export` writes Turtle of it, and Turtle alone is merged")
    return files


def _shape(term: Any, below: Mapping[Any, list[Any]], used: set[Any], above: tuple[Any, ...]) -> str:
    """Return what a value says: a term as it is written, a blank node by what is said of it."""
    if not isinstance(term, ox.BlankNode):
        return str(term)
    if term in above:
        raise CurationError("what has no IRI describes itself in a circle; give it an IRI")
    used.add(term)
    said = sorted(f"{triple.predicate} {_shape(triple.object, below, used, (*above, term))}" for triple in below.get(term, ()))
    return f"[ {' ; '.join(said)} ]"


def _closure(term: Any, below: Mapping[Any, list[Any]]) -> tuple[Any, ...]:
    if not isinstance(term, ox.BlankNode):
        return ()
    own = below.get(term, ())
    return (*own, *(triple for one in own for triple in _closure(one.object, below)))


@cache
def _single_valued() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Return the properties that have one value at most: by the ontology wherever they stand, by the shapes on a class."""
    terms = read_store([resources.ontology_file("rlsgraph.ttl")])
    functional = terms.quads_for_pattern(None, _TYPE, ox.NamedNode(ns.OWL + "FunctionalProperty"))
    everywhere = {str(getattr(quad.subject, "value", "")) for quad in functional}
    question = """SELECT ?class ?path { ?shape sh:targetClass ?class ; sh:property ?part . ?part sh:path ?path ; sh:maxCount 1
        FILTER isIRI(?path) }"""
    shapes = read_store([resources.ontology_file("shapes.ttl")])
    rows = shapes.query(question, prefixes={"sh": _SH})
    return frozenset(everywhere), frozenset((row["class"].value, row["path"].value) for row in rows)  # type: ignore[union-attr]  # a SELECT


def _is_single(predicate: ox.NamedNode, kinds: Iterable[str]) -> bool:
    everywhere, by_class = _single_valued()
    return predicate.value in everywhere or any((kind, predicate.value) in by_class for kind in kinds)


def merge(one: Path, other: Path, *, prefer: Side | None = None) -> Merged:
    """Return what two folders (or files) of Turtle say together, by the files of the first; nothing is written.

    A thing that both describe stands where the first has it, with all that either says. Where a property can have one value only
    and they differ, that is a conflict; `prefer` says whose value stands.
    """
    a, b = _Described(one), _Described(other)
    conflicts: list[Conflict] = []
    more: dict[str, list[Any]] = defaultdict(list)
    dropped: dict[str, list[Any]] = defaultdict(list)
    for thing, said in b.said.items():
        here = a.said.get(thing, {})
        kinds = {value.term.value for side in (said, here) for value in side.get(_TYPE, {}).values()}
        for predicate, values in said.items():
            mine = here.get(predicate, {})
            is_conflict = bool(mine) and mine.keys() != values.keys() and _is_single(predicate, kinds)
            if is_conflict:
                shown = (" and ".join(sorted(show_term(value.term) for value in side.values())) for side in (mine, values))
                conflicts.append(Conflict(thing.value, ns.compress(predicate.value), *shown))
                if prefer != "B":
                    continue
                for value in mine.values():
                    dropped[a.home[thing, predicate, value.shape]] += _triples(thing, predicate, value)
            for value in values.values():
                if is_conflict or value.shape not in mine:
                    home = a.first_home.get(thing) or b.home[thing, predicate, value.shape]
                    more[home] += _triples(thing, predicate, value)
    conflicts.sort(key=lambda found: (found.thing, found.predicate))
    files = dict(a.texts)
    for name in sorted(more.keys() | dropped.keys()):
        files[name] = _rewritten(a, b, name, more[name], dropped[name])
    return Merged(tuple(conflicts), files, len(b.said.keys() - a.said.keys()))


def _triples(thing: ox.NamedNode, predicate: ox.NamedNode, value: _Value) -> Iterator[Any]:
    yield ox.Triple(thing, predicate, value.term)
    yield from value.triples


def _rewritten(a: _Described, b: _Described, name: str, more: Iterable[Any], dropped: Iterable[Any]) -> str:
    """Return the text of a file in canonical form: what the first has of it, without what gave way, and what the other adds."""
    prefixes = b.prefixes.get(name, {}) | a.prefixes.get(name, {})
    gone = set(dropped)
    kept = [
        triple
        for thing, said in a.said.items()
        for predicate, values in said.items()
        for value in values.values()
        if a.home[thing, predicate, value.shape] == name and ox.Triple(thing, predicate, value.term) not in gone
        for triple in _triples(thing, predicate, value)
    ]
    head = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in prefixes.items())
    body = (ox.serialize([*kept, *more], format=ox.RdfFormat.N_TRIPLES) or b"").decode()
    return format_turtle(head + body)


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a merge found and did: the conflicts, things that only B described, files that changed, and claims that moved."""

    conflicts: tuple[Conflict, ...]
    new_things: int
    files: tuple[Path, ...]
    moved: tuple[ClaimChange, ...]


def merge_folders(one: Path, other: Path, into: Path, *, prefer: Side | None = None, is_dry_run: bool = False) -> MergeResult:
    """Merge two folders into the first, or into one that is new or empty, and return what came of it.

    Where there are conflicts and nothing is preferred, and in a dry run, nothing is written. Raises `CurationError` where the
    result would break a rule. Whoever changes the folder at the same time waits.
    """
    is_here = into.exists() and one.exists() and into.samefile(one)
    if not is_here and into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise CurationError(f"{into} is not an empty folder; name a new one, or merge into the first of the two")
    with held(into) if is_here else nullcontext():
        merged = merge(one, other, prefer=prefer)
        if merged.conflicts and prefer is None:
            return MergeResult(merged.conflicts, merged.new_things, (), ())
        with tempfile.TemporaryDirectory() as place:
            for name, text in merged.files.items():
                path = Path(place) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
            for finding in check(place).findings:
                if finding.severity is Severity.ERROR:
                    words = f"{ns.compress(finding.thing)}: {finding.problem}. {finding.remedy}"
                    raise CurationError(f"nothing was written: {words}")
            moved = changed_claims(load(one).claims(), load(place).claims())
        files = {into / name: text for name, text in merged.files.items()}
        changed = {p: text for p, text in files.items() if not p.exists() or p.read_text("utf-8-sig") != text}
        if changed and not is_dry_run:
            into.mkdir(parents=True, exist_ok=True)
            write_files(into, changed)
        return MergeResult(merged.conflicts, merged.new_things, tuple(changed), moved)
