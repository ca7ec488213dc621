"""Load a graph with its scores into an endpoint, so that a push which is stopped goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from rlsgraph import namespaces as ns
from rlsgraph.errors import EndpointError
from rlsgraph.remote import GraphWriter, RemoteEngine
from rlsgraph.store import read_store

Progress = Callable[[int, int], None]
Group = tuple[Any, list[ox.Triple]]
"""A subject with all its triples."""

GENID = ns.BASE + ".well-known/genid/"
"""What blank nodes become (RDF 1.1, 3.5): a blank node that is sent twice would be two."""

_VOID = "http://rdfs.org/ns/void#"
_MARK = ox.NamedNode(ns.BASE + "graph")
_DIGEST, _VERSION = ox.NamedNode(ns.DCTERMS + "identifier"), ox.NamedNode(ns.OWL + "versionInfo")
_TYPE, _DATASET, _TRIPLES = ox.NamedNode(ns.RDF + "type"), ox.NamedNode(_VOID + "Dataset"), ox.NamedNode(_VOID + "triples")
_PROFILE = ox.NamedNode(ns.RLS + "ConfidenceProfile")
_REIFIES = ox.NamedNode(ns.RDF + "reifies")
_DESIGN_NUMBERS = frozenset({ox.NamedNode(ns.RLS + "weight"), ox.NamedNode(ns.RLS + "poolsStudies")})
_LEFT_OUT = frozenset({_REIFIES, *_DESIGN_NUMBERS})
"""Reifiers need RDF 1.2, which few endpoints hold; the designs' numbers are taken from the profile that the scores come from."""

_DEFAULT = ox.DefaultGraph()
_MOST_BYTES = 1_000_000
_SUBJECTS_A_QUESTION = 200


class Content:
    """What is pushed: the store's triples without reifiers, and those of the profile that its scores come from."""

    def __init__(self, store: ox.Store, profile_files: Sequence[Path]) -> None:
        self._store = store
        self._profile = _by_subject(_profile_triples(read_store(profile_files)))

    def groups(self) -> Iterator[Group]:
        """Yield every subject once, in an order that depends on the content alone where it does on anything."""
        held: list[ox.Quad] = []
        quads = self._store.quads_for_pattern(None, None, None, _DEFAULT)
        for subject, of_subject in groupby(quads, key=lambda quad: quad.subject):  # the store keeps them by subject
            kept = [quad for quad in of_subject if quad.predicate not in _LEFT_OUT]
            if subject in self._profile or any(
                isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode) for q in kept
            ):
                held += kept
            elif kept:
                yield subject, [quad.triple for quad in kept]
        held += [ox.Quad(*triple) for triples in self._profile.values() for triple in triples]
        yield from sorted(_by_subject(_without_blank_nodes(held)).items(), key=lambda group: str(group[0]))

    @cached_property
    def size(self) -> int:
        """The number of triples."""
        return self._size_and_digest[0]

    @property
    def digest(self) -> str:
        """A text that is the same for the same triples, in whatever order."""
        return self._size_and_digest[1]

    @cached_property
    def _size_and_digest(self) -> tuple[int, str]:
        size, total = 0, 0
        for _, triples in self.groups():
            size += len(triples)
            for triple in triples:
                total += int.from_bytes(blake2b(str(triple).encode(), digest_size=16).digest(), "big")
        return size, f"{total % 2**128:032x}"


def _by_subject(triples: Iterable[ox.Triple]) -> dict[Any, list[ox.Triple]]:
    groups: dict[Any, dict[ox.Triple, None]] = {}
    for triple in triples:
        groups.setdefault(triple.subject, {})[triple] = None
    return {subject: list(of_subject) for subject, of_subject in groups.items()}


def _profile_triples(profile: ox.Store) -> Iterator[ox.Triple]:
    """Yield what a confidence profile says: its own numbers, and the weights of the study designs."""
    own = {quad.subject for quad in profile.quads_for_pattern(None, ox.NamedNode(ns.RDF + "type"), _PROFILE)}
    return (quad.triple for quad in profile if quad.subject in own or quad.predicate in _DESIGN_NUMBERS)


def _without_blank_nodes(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Give blank nodes IRIs that come from what is said of them (RDFC 1.0)."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    def name(term: Any) -> Any:
        return ox.NamedNode(GENID + term.value) if isinstance(term, ox.BlankNode) else term

    return (ox.Triple(name(quad.subject), quad.predicate, name(quad.object)) for quad in dataset)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    triples: int
    sent: int
    """How many of them were sent; fewer where a former push had brought some."""

    reifiers: int
    """How many RDF 1.2 reifiers were left out."""


def push(
    store: ox.Store,
    profile_files: Sequence[Path],
    url: str,
    *,
    version: str,
    graph: str | None = None,
    update_url: str | None = None,
    store_url: str | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Pushed:
    """Load a scored store into an endpoint's graph, and check that all of it has arrived.

    A mark in the graph names the content by its digest while it comes in, and says when it is complete; no record is kept
    here. So a push that was stopped goes on from any machine: where the mark is of the same content, each subject's triples
    are counted there, and what is lacking is sent. Raises `EndpointError` where the graph holds anything else, unless
    `replace` is given: then it is cleared first.
    """
    content = Content(store, profile_files)
    engine = RemoteEngine(url, graph=graph)
    writer = GraphWriter(url, graph=graph, update_url=update_url, store_url=store_url)
    reifiers = sum(1 for _ in store.quads_for_pattern(None, _REIFIES, None, _DEFAULT))
    is_known = _prepare(engine, writer, content, version, replace=replace)
    sent = 0
    if not is_known or _count(engine) != content.size or not _is_complete(engine):
        sent = _send(engine, writer, content, check=is_known, progress=progress)
        if _count(engine) < content.size:  # what a server confirmed and lost, or a first attempt left undone
            sent += _send(engine, writer, content, check=True, progress=progress)
        _verify(engine, content)
        writer.insert([ox.Triple(_MARK, _TYPE, _DATASET), ox.Triple(_MARK, _TRIPLES, ox.Literal(content.size))])
    return Pushed(content.size, sent, reifiers)


def _prepare(engine: RemoteEngine, writer: GraphWriter, content: Content, version: str, *, replace: bool) -> bool:
    """Put the mark of this content into the graph; return whether it was there already."""
    mark = [ox.Triple(_MARK, _DIGEST, ox.Literal(content.digest)), ox.Triple(_MARK, _VERSION, ox.Literal(version))]
    there = {
        row[0].value: row[1].value
        for row in engine.select(f"SELECT ?digest ?version WHERE {{ {_MARK} {_DIGEST} ?digest ; {_VERSION} ?version }}")
    }
    if set(there) == {content.digest}:
        return True
    if replace:
        writer.replace(mark)
        return False
    if there:
        held = " and ".join(sorted(set(there.values())))
        raise EndpointError(engine.name, f"holds {held}; --replace clears it and puts this graph ({version}) in its place")
    others = _count(engine)
    if others:
        raise EndpointError(
            engine.name,
            f"holds {others:,} triples that no push brought; name another graph (--graph IRI), or clear this one (--replace)",
        )
    writer.insert(mark)
    return False


def _send(engine: RemoteEngine, writer: GraphWriter, content: Content, *, check: bool, progress: Progress | None) -> int:
    """Send the content in chunks; with `check`, only those subjects of which the endpoint has fewer triples."""
    done = sent = 0
    for chunk in _chunks(content.groups(), writer.chunk_triples):
        wanted = _lacking(engine, chunk) if check else chunk
        triples = [triple for _, of_subject in wanted for triple in of_subject]
        for start in range(0, len(triples), writer.chunk_triples):
            writer.insert(triples[start : start + writer.chunk_triples])
        sent += len(triples)
        done += sum(len(of_subject) for _, of_subject in chunk)
        if progress is not None:
            progress(done, content.size)
    return sent


def _chunks(groups: Iterable[Group], most: int) -> Iterator[list[Group]]:
    """Put subjects together up to so many triples and a megabyte; one subject may pass both."""
    chunk: list[Group] = []
    triples = size = 0
    for group in groups:
        length = sum(len(str(triple)) for triple in group[1])
        if chunk and (triples + len(group[1]) > most or size + length > _MOST_BYTES):
            yield chunk
            chunk, triples, size = [], 0, 0
        chunk.append(group)
        triples, size = triples + len(group[1]), size + length
    if chunk:
        yield chunk


def _lacking(engine: RemoteEngine, chunk: Sequence[Group]) -> list[Group]:
    counts: dict[Any, int] = {}
    for start in range(0, len(chunk), _SUBJECTS_A_QUESTION):
        listed = " ".join(str(subject) for subject, _ in chunk[start : start + _SUBJECTS_A_QUESTION])
        rows = engine.select(f"SELECT ?s (COUNT(*) AS ?n) WHERE {{ VALUES ?s {{ {listed} }} ?s ?p ?o }} GROUP BY ?s")
        counts.update((subject, int(count.value)) for subject, count in rows)
    return [group for group in chunk if counts.get(group[0], 0) < len(group[1])]


def _count(engine: RemoteEngine) -> int:
    ((count,),) = engine.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s ?p ?o FILTER(?s != {_MARK}) }}")
    return int(count.value)


def _is_complete(engine: RemoteEngine) -> bool:
    return bool(engine.select(f"SELECT ?size WHERE {{ {_MARK} {_TRIPLES} ?size }}"))


def _verify(engine: RemoteEngine, content: Content) -> None:
    count = _count(engine)
    if count != content.size:
        raise EndpointError(
            engine.name,
            f"holds {count:,} triples after the push, and {content.size:,} were sent: something else writes here, or the "
            "endpoint takes some for the same; clear it with --replace, or use a graph of its own (--graph IRI)",
        )
