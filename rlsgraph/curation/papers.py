"""Tell whether a paper is among the sources already: by identifier, and by a title that is nearly the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rlsgraph.errors import CurationError
from rlsgraph.model.identifiers import Identifier, IdentifierKind, read_identifier
from rlsgraph.model.names import slugify
from rlsgraph.model.things import Source

NEARLY_EQUAL = 0.9
"""Titles that are so alike (of 1, difflib's ratio) are pointed out as one paper."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is said of the document; identifiers as they are written anywhere, an empty text where unknown.

    `research_groups` are the laboratories, senior authors or cohorts behind it.
    """

    title: str
    first_author: str = ""
    year: str = ""
    journal: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    research_groups: tuple[str, ...] = ()

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """Its identifiers, each in its one form; raises `CurationError` where a text is none."""
        texts = {IdentifierKind.DOI: self.doi, IdentifierKind.PMID: self.pmid, IdentifierKind.PMCID: self.pmcid}
        return tuple(read_as(text, kind) for kind, text in texts.items() if text)

    @property
    def facts(self) -> dict[str, Any]:
        """What is asserted of it, by the CURIE of the property."""
        return {
            "dcterms:title": self.title,
            "rls:firstAuthor": self.first_author,
            "rls:journal": self.journal,
            "dcterms:issued": self.year,
            "rdfs:seeAlso": self.url,
            "rls:researchGroup": self.research_groups,
            **{PROPERTIES[found.kind]: found.value for found in self.identifiers},
        }

    @property
    def name(self) -> str:
        """A name as those of the shipped sources: author and year, and the first words of the title."""
        author = slugify(self.first_author.rpartition(" ")[0] or self.first_author).replace("-", "")
        words = slugify(self.title).split("-")[:3]
        return "-".join(filter(None, (f"{author}{self.year}", *words))) or "source"


PROPERTIES = {IdentifierKind.DOI: "bibo:doi", IdentifierKind.PMID: "bibo:pmid", IdentifierKind.PMCID: "rls:pmcid"}


def read_as(text: str, kind: IdentifierKind) -> Identifier:
    """Return the identifier of a kind that a text is, however it is spelt; raises `CurationError` where it is none."""
    found = read_identifier(text, kind)
    if found is None or found.kind is not kind:
        raise CurationError(f"{text!r} is no {kind.value}; write it as it stands in the paper or in its address")
    return found


class Library:
    """The sources that are there, and those that are being added."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_identifier: dict[Identifier, str] = {}
        self._titles: dict[str, str] = {}
        self.names: set[str] = set()
        for source in sources:
            texts = {IdentifierKind.DOI: source.doi, IdentifierKind.PMID: source.pmid, IdentifierKind.PMCID: source.pmcid}
            found = (read_identifier(text, kind) for kind, text in texts.items() if text)
            self.add(source.iri, source.title, filter(None, found))

    def add(self, iri: str, title: str, identifiers: Iterable[Identifier]) -> None:
        """Take in a source."""
        self.names.add(iri)
        self._titles.setdefault(iri, title)
        for each in identifiers:
            self._by_identifier.setdefault(each, iri)

    def with_identifier(self, identifiers: Iterable[Identifier]) -> tuple[str, ...]:
        """Return the sources that have any of the identifiers."""
        return tuple(dict.fromkeys(self._by_identifier[each] for each in identifiers if each in self._by_identifier))

    def with_nearly_the_title(self, title: str) -> Iterator[tuple[str, str]]:
        """Yield the sources, and their titles, whose title is nearly the given one."""
        matcher = SequenceMatcher(b=title.casefold())
        for iri, other in self._titles.items():
            matcher.set_seq1(other.casefold())
            bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # each at least the next one
            if all(ratio() >= NEARLY_EQUAL for ratio in bounds):
                yield iri, other
