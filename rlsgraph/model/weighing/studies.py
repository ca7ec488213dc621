"""Tell which sources report one study, and which studies a review pools: the unit that counts once is the study."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rlsgraph.model.identifiers import Identifier, IdentifierKind, read_identifier, split_registrations

Named = tuple[str, IdentifierKind, str]
"""A source (IRI), the kind of an identifier that it has, and the identifier as it is written."""


@dataclass(frozen=True, slots=True)
class Studies:
    """The study of each source that shares one, and the studies that each review (a study too) pools."""

    joined: Mapping[str, str] = field(default_factory=dict)
    pools: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, source: str) -> str:
        """Return the study that a source (IRI) reports: the first IRI, in order, of all that report it."""
        return self.joined.get(source, source)

    def among(self, sources: Iterable[str]) -> Studies:
        """Return what holds of some sources alone, so that it is the same whatever else the graph holds."""
        cited = sorted(set(sources))
        studies = {self.of(source) for source in cited}
        pools = {review: self.pools[review] & studies for review in sorted(studies & self.pools.keys())}
        return Studies(
            {source: self.joined[source] for source in cited if source in self.joined},
            {review: pooled for review, pooled in pools.items() if pooled},
        )


class _Joined:
    """Names that are joined, directly or through others; each group goes by its first name in order."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        parent = self._parent
        while (above := parent.get(name, name)) != name:
            parent[name] = parent.get(above, above)
            name = above
        return name

    def join(self, first: str, second: str) -> None:
        first, second = sorted((self.root(first), self.root(second)))
        if first != second:
            self._parent[second] = first

    def roots(self) -> dict[str, str]:
        """Return the first name of its group for each name that is joined to another."""
        return {name: self.root(name) for name in self._parent} | {self.root(name): self.root(name) for name in self._parent}


def _join_by_identifier(joined: _Joined, identifiers: Iterable[Named]) -> None:
    holder: dict[Identifier, str] = {}
    for source, kind, value in identifiers:
        if value.strip():
            name = read_identifier(value, kind) or Identifier(kind, "".join(value.casefold().split()))
            joined.join(holder.setdefault(name, source), source)


def find_papers(identifiers: Iterable[Named]) -> Mapping[str, str]:
    """Return, for each source that is one paper with another, the first IRI in order of all that share its DOI, PMID or PMCID.

    Two papers may report one study; two sources with one identifier are one paper, and what becomes of it becomes of both.
    """
    joined = _Joined()
    _join_by_identifier(joined, identifiers)
    return joined.roots()


def spread_retractions(retracted: Iterable[str], papers: Mapping[str, str]) -> frozenset[str]:
    """Return the sources whose paper is retracted, where some are said to be."""
    said = frozenset(retracted)
    gone = {papers[source] for source in said if source in papers}
    return said | {source for source, paper in papers.items() if paper in gone} if gone else said


def find_studies(
    same: Iterable[tuple[str, str]],
    identifiers: Iterable[Named],
    registrations: Mapping[str, Iterable[str]],
    pools: Iterable[tuple[str, str]],
) -> Studies:
    """Join sources (by IRI) that are said to be the same study, or that share a DOI, PMID, PMCID or trial registration.

    A source that names several trials of one register does not make them one: it pools them. The study is named by the first
    IRI in order, so the order of the input changes nothing.
    """
    joined = _Joined()
    for first, second in same:
        joined.join(first, second)
    _join_by_identifier(joined, identifiers)
    holder: dict[str, str] = {}
    several: list[tuple[str, frozenset[str]]] = []
    for source, texts in registrations.items():
        names = split_registrations(texts)
        if max(Counter(map(_register, names)).values(), default=0) > 1:
            several.append((source, names))
        else:
            for name in names:
                joined.join(holder.setdefault(name, source), source)
    pooled: dict[str, set[str]] = defaultdict(set)
    for review, study in pools:
        pooled[joined.root(review)].add(joined.root(study))
    for source, names in several:
        pooled[joined.root(source)].update(joined.root(holder[name]) for name in names if name in holder)
    return Studies(
        joined.roots(), {review: frozenset(studies - {review}) for review, studies in pooled.items() if studies - {review}}
    )


def _register(name: str) -> str:
    """Return the register of a trial number: its letters, e.g. `nct`."""
    return re.split(r"[\d-]", name, maxsplit=1)[0].casefold()
