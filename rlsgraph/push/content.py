"""Say what is pushed of a graph: all triples that any endpoint can hold, with names for what has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from rlsgraph.graph.profile_files import PROFILE_CLASSES
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.files import read_store

Group = tuple[Any, list[ox.Triple]]
"""A subject with all its triples."""

GENID = ns.BASE + ".well-known/genid/"
"""What blank nodes become (RDF 1.1, 3.5): a blank node that is sent twice would be two."""

_TYPE = ox.NamedNode(ns.RDF + "type")
_REIFIES = ox.NamedNode(ns.RDF + "reifies")
_DEFAULT = ox.DefaultGraph()
_TOLD_EVERY = 10_000


class Content:
    """The triples of a scored store but its reifiers (RDF 1.2), and the constants of the profile that its scores come from.

    A store on disk keeps triples by subject (`is_on_disk`); one in memory does not, and its subjects are listed first.
    """

    def __init__(self, store: ox.Store, profile_files: Sequence[Path], *, is_on_disk: bool = False) -> None:
        self._store, self._is_on_disk = store, is_on_disk
        self._profile = _by_subject(_profile_triples(read_store(profile_files)))

    @property
    def reifiers(self) -> int:
        """How many reifiers are left out."""
        return sum(1 for _ in self._store.quads_for_pattern(None, _REIFIES, None, _DEFAULT))

    def groups(self) -> Iterator[Group]:
        """Yield each subject once; those that need more than the store's own order come last."""
        late: list[ox.Quad] = []
        for subject, of_subject in self._by_subject():
            kept = [quad for quad in of_subject if quad.predicate != _REIFIES]
            if subject in self._profile or any(_has_blank_node(quad) for quad in kept):
                late += kept
            elif kept:
                yield subject, [quad.triple for quad in kept]
        late += [ox.Quad(*triple) for triples in self._profile.values() for triple in triples]
        yield from sorted(_by_subject(_without_blank_nodes(late)).items(), key=lambda group: str(group[0]))

    def _by_subject(self) -> Iterator[tuple[Any, Iterable[ox.Quad]]]:
        quads = self._store.quads_for_pattern(None, None, None, _DEFAULT)
        if self._is_on_disk:
            yield from groupby(quads, key=lambda quad: quad.subject)
            return
        for subject in dict.fromkeys(quad.subject for quad in quads):
            yield subject, self._store.quads_for_pattern(subject, None, None, _DEFAULT)

    def measure(self, progress: Callable[[int, int], None] | None = None) -> tuple[int, str]:
        """Return the number of triples, and a digest that is the same for the same triples in whatever order."""
        size = total = 0
        for number, (_, triples) in enumerate(self.groups()):
            size += len(triples)
            total += sum(int.from_bytes(blake2b(str(triple).encode(), digest_size=16).digest(), "big") for triple in triples)
            if progress is not None and number % _TOLD_EVERY == 0:
                progress(size, 0)
        return size, f"{total % 2**128:032x}"


def _profile_triples(profile: ox.Store) -> Iterator[ox.Triple]:
    """Yield what a confidence profile says, in all its constants."""
    kinds = [ox.NamedNode(ns.RLS + name) for name in PROFILE_CLASSES]
    own = {quad.subject for kind in kinds for quad in profile.quads_for_pattern(None, _TYPE, kind)}
    return (quad.triple for quad in profile if quad.subject in own)


def _by_subject(triples: Iterable[ox.Triple]) -> dict[Any, list[ox.Triple]]:
    groups: dict[Any, dict[ox.Triple, None]] = {}
    for triple in triples:
        groups.setdefault(triple.subject, {})[triple] = None
    return {subject: list(of_subject) for subject, of_subject in groups.items()}


def _has_blank_node(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _without_blank_nodes(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Yield the triples with IRIs for blank nodes; each comes from what is said of the node (RDFC 1.0), so it stays the same."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    def name(term: Any) -> Any:
        return ox.NamedNode(GENID + term.value) if isinstance(term, ox.BlankNode) else term

    return (ox.Triple(name(quad.subject), quad.predicate, name(quad.object)) for quad in dataset)
