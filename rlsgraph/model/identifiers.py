"""Read what names a document, a trial or a person: DOI, PubMed and PMC number, registration, ORCID, however people paste it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

from rlsgraph.model import namespaces as ns


class IdentifierKind(StrEnum):
    """The kinds of identifier; the value is what a CURIE of that kind begins with."""

    DOI = "doi"
    PMID = "pmid"
    PMCID = "pmcid"
    REGISTRATION = "registration"


PROPERTIES: Mapping[str, IdentifierKind] = MappingProxyType(dict(zip(ns.IDENTIFIERS, IdentifierKind, strict=True)))
"""The kind of identifier that each property of a source holds."""


class Identifier(NamedTuple):
    """An identifier in the one form in which it is stored and compared: a DOI in lower case, `15453549`, `PMC123`."""

    kind: IdentifierKind
    value: str

    @property
    def property(self) -> str:
        """The property of a source that holds it."""
        return next(name for name, kind in PROPERTIES.items() if kind is self.kind)


# Patterns are compiled where one is needed (benchmarks/startup.py).
_WEB = r"(?:https?://)?(?:www\.)?"
_DOI = (
    rf"(?i)(?:{_WEB}(?:dx\.)?doi\.org/|{_WEB}identifiers\.org/|info:|urn:)?(?:doi(?:\.org)?\s*[:/ ]\s*)?"
    r"(10\.[0-9]+(?:\.[0-9]+)*/\S+)"
)
_PMID = (
    rf"(?i)(?:{_WEB}(?:pubmed\.(?:ncbi\.nlm\.nih\.gov|gov)|(?:rdf\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|identifiers\.org/pubmed"
    r"|europepmc\.org/(?:article|abstract)/med)[/:]|(?:pmid|pubmed(?:\s+id)?)\s*[:/ ]?\s*)0*([1-9][0-9]{0,8})/?"
)
_PMCID = (
    rf"(?i)(?:{_WEB}(?:pmc\.ncbi\.nlm\.nih\.gov/articles|ncbi\.nlm\.nih\.gov/pmc(?:/articles)?|europepmc\.org/articles?(?:/pmc)?"
    r"|identifiers\.org/pmc)[/:]|pmc(?:id)?\s*:\s*)?pmc\s*0*([1-9][0-9]{0,8})/?"
)
_AS_STORED = r"10\.[0-9]+/[0-9a-z.()_/-]*[0-9a-z]|[1-9][0-9]{0,8}"
_NUMBER = r"0*([1-9][0-9]{0,8})(?:\.0)?"
"""A table writes a number as 123.0 where some of its cells are empty."""
_TRIAL = (
    r"(?i)(?<![0-9a-z])(NCT[0-9]{8}|ISRCTN[0-9]{8}|CRD[0-9]{8,}|ACTRN[0-9]{14}|DRKS[0-9]{8}|UMIN[0-9]{9}"
    r"|[0-9]{4}-[0-9]{6}-[0-9]{2})(?![0-9])"
)
"""The numbers of registers, which stand alone, behind the register's name, or in its address."""
_ORCID = r"(?:https?://orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])/?"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def read_identifier(text: str, kind: IdentifierKind | None = None) -> Identifier | None:
    """Return the DOI, PMID or PMCID that a text is, whether bare, with a prefix, or as an address; None where it is none.

    A bare number is a PMID, unless `kind` says that it stands where PMCIDs do.

    >>> read_identifier("https://dx.doi.org/10.1000/X1").value, read_identifier("PMID: 123").value
    ('10.1000/x1', '123')
    """
    if re.fullmatch(_AS_STORED, text):  # nearly all are: all those of a graph are read anew at each start (benchmarks/startup.py)
        if text.startswith("10."):
            return Identifier(IdentifierKind.DOI, text)
        if kind is IdentifierKind.PMID:
            return Identifier(kind, text)
    shown = " ".join(text.translate(_INVISIBLE).split()).strip(" '\"").rstrip(".,;")
    if "://" in shown:
        shown = re.split(r"[?#]", shown, maxsplit=1)[0]
    shown = unquote(shown)
    if shown.startswith("<") and shown.endswith(">"):
        shown = shown[1:-1]
    if (found := re.fullmatch(_DOI, shown)) is not None:
        return Identifier(IdentifierKind.DOI, found[1].rstrip("/").lower())
    if (found := re.fullmatch(_PMCID, shown)) is not None:
        return Identifier(IdentifierKind.PMCID, f"PMC{found[1]}")
    if (found := re.fullmatch(_PMID, shown)) is not None:
        return Identifier(IdentifierKind.PMID, found[1])
    if (found := re.fullmatch(_NUMBER, shown)) is not None and kind in (None, IdentifierKind.PMID, IdentifierKind.PMCID):
        is_pmc = kind is IdentifierKind.PMCID
        return Identifier(IdentifierKind.PMCID, f"PMC{found[1]}") if is_pmc else Identifier(IdentifierKind.PMID, found[1])
    return None


def read_registration(text: str) -> Identifier:
    """Return a trial's registration: its number where the register is known, else the text in lower case without blanks.

    >>> read_registration("ClinicalTrials.gov: nct00806026").value
    'NCT00806026'
    """
    found = re.search(_TRIAL, text.translate(_INVISIBLE))
    return Identifier(IdentifierKind.REGISTRATION, found[1].upper() if found else "".join(text.casefold().split()))


def split_registrations(texts: Iterable[str]) -> frozenset[str]:
    """Return the registrations in texts that may name several, as they are compared."""
    parts = (part for text in texts for part in re.split(r"[;,]", text))
    return frozenset(read_registration(part).value for part in parts if part.strip())


def read_orcid(text: str) -> str | None:
    """Return the number of an ORCID, bare or as an address; None where the text is none.

    >>> read_orcid("https://orcid.org/0000-0002-1825-0097")
    '0000-0002-1825-0097'
    """
    found = re.fullmatch(_ORCID, text)
    return found[1] if found else None


def has_check_digit(orcid: str) -> bool:
    """Return whether an ORCID ends with the digit that its others ask for (ISO 7064 11,2)."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return orcid[-1] == ("X" if rest == 10 else str(rest))
