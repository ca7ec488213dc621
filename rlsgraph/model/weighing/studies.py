"""Tell which sources report one study, and which studies a review pools: the unit that counts once is the study."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_PREFIX = re.compile(r"https?://(dx\.)?doi\.org/|doi:|pmid:|pmc(?=\d)", re.IGNORECASE)


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


def normal_identifier(text: str) -> str:
    """Return a DOI, PMID, PMCID or registration as it is compared: without its prefix, in lower case, without spaces."""
    return "".join(_PREFIX.sub("", text.strip(), count=1).casefold().split())


def split_registrations(texts: Iterable[str]) -> frozenset[str]:
    """Return the registrations in texts that may name several, as they are compared."""
    return frozenset(found for text in texts for part in re.split(r"[;,]", text) if (found := normal_identifier(part)))


def find_studies(
    same: Iterable[tuple[str, str]],
    identifiers: Iterable[tuple[str, str, str]],
    registrations: Mapping[str, Iterable[str]],
    pools: Iterable[tuple[str, str]],
) -> Studies:
    """Join sources (by IRI) that are said to be the same study, or that share a DOI, PMID, PMCID or trial registration.

    `identifiers` are (source, kind of identifier, value). A source that names several trials of one register does not make
    them one: it pools them. The study is named by the first IRI in order, so the order of the input changes nothing.
    """
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while (above := parent.get(iri, iri)) != iri:
            parent[iri] = parent.get(above, above)
            iri = above
        return iri

    def join(first: str, second: str) -> None:
        first, second = sorted((root(first), root(second)))
        if first != second:
            parent[second] = first

    for first, second in same:
        join(first, second)
    holder: dict[tuple[str, str], str] = {}
    for source, kind, value in identifiers:
        if name := normal_identifier(value):
            join(holder.setdefault((kind, name), source), source)
    several: list[tuple[str, frozenset[str]]] = []
    for source, texts in registrations.items():
        names = split_registrations(texts)
        if max(Counter(map(_register, names)).values(), default=0) > 1:
            several.append((source, names))
        else:
            for name in names:
                join(holder.setdefault(("registration", name), source), source)
    pooled: dict[str, set[str]] = defaultdict(set)
    for review, study in pools:
        pooled[root(review)].add(root(study))
    for source, names in several:
        pooled[root(source)].update(root(holder[key]) for name in names if (key := ("registration", name)) in holder)
    return Studies(
        {iri: root(iri) for iri in parent} | {root(iri): root(iri) for iri in parent},
        {review: frozenset(studies - {review}) for review, studies in pooled.items() if studies - {review}},
    )


def _register(name: str) -> str:
    """Return the register of a trial number: its letters, e.g. `nct`."""
    return re.split(r"[\d-]", name, maxsplit=1)[0]
