"""Bring a graph to an endpoint in chunks, and know at any time what of it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from rlsgraph.errors import EndpointError
from rlsgraph.model import namespaces as ns
from rlsgraph.push.content import Content, Group
from rlsgraph.remote import GraphWriter, RemoteEngine

Progress = Callable[[int, int], None]

_MARK = ox.NamedNode(ns.GRAPH)
_TYPE, _DATASET, _SIZE = ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.VOID + "Dataset"), ox.NamedNode(ns.VOID + "triples")
_DIGEST, _VERSION = ox.NamedNode(ns.DCTERMS + "identifier"), ox.NamedNode(ns.OWL + "versionInfo")

_CHUNK_CHARS = 1_000_000
_SUBJECTS_A_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    place: str
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
    is_on_disk: bool = False,
    progress: Progress | None = None,
) -> Pushed:
    """Load a scored store into an endpoint's graph, and count there that all of it has arrived.

    Nothing is written down here. A mark in the graph names the content by its digest before it comes, and says when it is
    complete; what a stopped push brought is found by counting each subject's triples at the endpoint. So any machine can
    go on with it, and nothing is taken for sent that a server lost. Raises `EndpointError` where the graph holds anything
    else, unless `replace` is given: then it is cleared first. `is_on_disk` spares memory for a store that is.
    """
    engine = RemoteEngine(url, graph=graph)
    writer = GraphWriter(url, graph=graph, update_url=update_url, store_url=store_url)
    content = Content(store, profile_files, is_on_disk=is_on_disk)
    size, digest = content.measure(progress)
    transfer = _Transfer(engine, writer, content, size, progress)
    is_begun = transfer.begin(digest, version, replace=replace)
    sent = 0 if is_begun and transfer.is_complete() else transfer.run(check=is_begun)
    return Pushed(engine.name, size, sent, content.reifiers)


@dataclass(frozen=True)
class _Transfer:
    engine: RemoteEngine
    writer: GraphWriter
    content: Content
    size: int
    progress: Progress | None

    def begin(self, digest: str, version: str, *, replace: bool) -> bool:
        """Put the mark of this content into the graph; return whether it was there already."""
        mark = [ox.Triple(_MARK, _DIGEST, ox.Literal(digest)), ox.Triple(_MARK, _VERSION, ox.Literal(version))]
        rows = self.engine.select(f"SELECT ?digest ?version WHERE {{ {_MARK} {_DIGEST} ?digest ; {_VERSION} ?version }}")
        found = {row[0].value: row[1].value for row in rows}
        if set(found) == {digest}:
            return True
        if replace:
            self.writer.replace(mark)
            return False
        if found:
            held = " and ".join(sorted(set(found.values())))
            raise self._refusal(f"holds another graph, {held}; --replace clears it and puts this one ({version}) in its place")
        others = self._count()
        if others:
            raise self._refusal(
                f"holds {others:,} triples that no push brought; name another graph (--graph IRI), or clear this one (--replace)"
            )
        self.writer.insert(mark)
        return False

    def is_complete(self) -> bool:
        """Whether a push of this content came to its end, and all of it is still there."""
        said = self.engine.select(f"SELECT ?size WHERE {{ {_MARK} {_SIZE} ?size }}")
        return bool(said) and self._count() == self.size

    def run(self, *, check: bool) -> int:
        """Send what is not there, and complete the mark; return how many triples were sent."""
        sent = self._send(check=check)
        count = self._count()
        if count != self.size:
            raise self._refusal(
                f"holds {count:,} triples after a push of {self.size:,}: something else writes here, or the endpoint lost "
                "some; push again, use a graph of its own (--graph IRI), or clear this one (--replace)"
            )
        self.writer.insert([ox.Triple(_MARK, _TYPE, _DATASET), ox.Triple(_MARK, _SIZE, ox.Literal(self.size))])
        return sent

    def _send(self, *, check: bool) -> int:
        """Send the content in chunks; with `check`, only those subjects of which the endpoint has fewer triples."""
        done = sent = 0
        for chunk in _chunks(self.content.groups(), self.writer.chunk_triples):
            wanted = self._lacking(chunk) if check else chunk
            triples = [triple for _, of_subject in wanted for triple in of_subject]
            for start in range(0, len(triples), self.writer.chunk_triples):  # a subject may have more than a chunk holds
                self.writer.insert(triples[start : start + self.writer.chunk_triples])
            sent += len(triples)
            done += sum(len(of_subject) for _, of_subject in chunk)
            if self.progress is not None:
                self.progress(done, self.size)
        return sent

    def _lacking(self, chunk: Sequence[Group]) -> list[Group]:
        counts: dict[Any, int] = {}
        for start in range(0, len(chunk), _SUBJECTS_A_QUESTION):
            listed = " ".join(str(subject) for subject, _ in chunk[start : start + _SUBJECTS_A_QUESTION])
            rows = self.engine.select(f"SELECT ?s (COUNT(*) AS ?n) WHERE {{ VALUES ?s {{ {listed} }} ?s ?p ?o }} GROUP BY ?s")
            counts.update((subject, int(count.value)) for subject, count in rows)
        return [group for group in chunk if counts.get(group[0], 0) < len(group[1])]

    def _count(self) -> int:
        """Return how many triples the graph holds, the mark apart."""
        ((count,),) = self.engine.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s ?p ?o FILTER(?s != {_MARK}) }}")
        return int(count.value)

    def _refusal(self, reason: str) -> EndpointError:
        return EndpointError(self.engine.name, reason)


def _chunks(groups: Iterable[Group], most: int) -> Iterator[list[Group]]:
    """Put subjects together, up to so many triples and about a megabyte; one subject alone may pass both."""
    chunk: list[Group] = []
    triples = chars = 0
    for group in groups:
        length = sum(len(str(triple)) for triple in group[1])
        if chunk and (triples + len(group[1]) > most or chars + length > _CHUNK_CHARS):
            yield chunk
            chunk, triples, chars = [], 0, 0
        chunk.append(group)
        triples, chars = triples + len(group[1]), chars + length
    if chunk:
        yield chunk
