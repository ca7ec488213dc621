"""Read one cell, however a spreadsheet has it: a number, a year, a term, an identifier; else say why not, with a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal

from rlsgraph.curation.papers import read_as
from rlsgraph.errors import CurationError, UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.identifiers import IdentifierKind
from rlsgraph.model.literals import year_of
from rlsgraph.model.names import is_iri, slugify
from rlsgraph.model.term_names import parse_term
from rlsgraph.model.vocabulary import MatchRelation, Term

Reader = Callable[[str], Any]
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"[+-]?[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?")
_TRUTH = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_LABELLED = re.compile(r"\s*[A-Za-z]+:[^\s;|,=/]+\s*=")
_RELATIONS = {relation.value.removesuffix("Match"): relation for relation in MatchRelation} | {"same": MatchRelation.CLOSE}
_CATEGORY = re.compile(r"(?:biolink:)?([A-Z][A-Za-z]+)")


class CellError(ValueError):
    """Say what is wrong with a cell, and what to do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem, remedy)


def number(text: str) -> Decimal:
    """Return a number that is written with a point.

    >>> number("−4.60")
    Decimal('-4.60')
    """
    plain = text.replace("\u2212", "-").replace(" ", "")
    if _COMMA.fullmatch(plain):
        raise CellError("has a comma, which may part decimals or thousands", f"write {plain.replace(',', '.', 1)} or without it")
    if not _NUMBER.fullmatch(plain):
        raise CellError("is no number", "write one number, such as -4.6; its unit and interval have columns of their own")
    return Decimal(plain)


def count(text: str) -> int:
    """Return a whole number of at least 0, also one that a spreadsheet has as 120.0."""
    found = number(text)
    if found != found.to_integral_value() or not 0 <= found < 10**9:
        raise CellError("is no whole number from 0 to 999,999,999", "write how many there were, such as 120, or leave it empty")
    return int(found)


def bounded_p(text: str) -> tuple[float, bool]:
    """Return a p-value, and whether only "less than" is said.

    >>> bounded_p("< 0.001")
    (0.001, True)
    """
    is_bound = text.startswith("<")
    found = float(number(text.removeprefix("<").removeprefix("p").strip()))
    if not 0 < found <= 1:
        raise CellError("is no p-value", "write a number above 0 and up to 1, such as 0.03 or <0.001")
    return found, is_bound


def truth(text: str) -> bool:
    """Return yes or no."""
    if (said := _TRUTH.get(text.casefold())) is None:
        raise CellError("is neither yes nor no", "write yes or no, or leave it empty")
    return said


def year(text: str) -> str:
    """Return a year of four digits, of a year, a date or what a spreadsheet made of it.

    >>> year("2019.0"), year("2019-05-01T00:00:00")
    ('2019', '2019')
    """
    found = year_of(Literal(text.removesuffix(".0")))
    if found is None or found < 1000:
        raise CellError("is no year", "write it with four digits, such as 2019, or leave it empty")
    return str(found)


def words(text: str) -> str:
    """Return a text as it is."""
    return text


def several(text: str) -> tuple[str, ...]:
    """Return the texts that semicolons or upright strokes part."""
    return tuple(dict.fromkeys(part.strip() for part in re.split("[;|]", text) if part.strip()))


def several_names(text: str) -> tuple[str, ...]:
    """Return the names that semicolons or commas part."""
    return several(text.replace(",", ";"))


def address(text: str) -> str:
    """Return a web address."""
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text):
        raise CellError("is no web address", "write it from https:// on, without blanks")
    return text


def term(kind: type[Term], name: str) -> Reader:
    """Return what reads a term of a closed set."""

    def read(text: str) -> Term:
        try:
            return parse_term(text, kind, name)
        except UnknownNameError as error:
            known = ", ".join(each.label for each in kind)
            nearest = [next(each.label for each in kind if each.value == word) for word in error.nearest[:1] if len(kind) > 4]
            hint = f"did you mean {nearest[0]!r}? Known are" if nearest else "write one of"
            raise CellError(f"is no {name}", f"{hint}: {known}") from error

    return read


def identifier(kind: IdentifierKind) -> Reader:
    """Return what reads an identifier of a paper."""

    def read(text: str) -> str:
        try:
            return read_as(text, kind).value
        except CurationError as error:
            raise CellError(f"is no {kind.value}", "write it as it stands in the paper or in its address") from error

    return read


def terms_elsewhere(text: str) -> tuple[str, ...]:
    """Return the IRIs of terms of other vocabularies, given as CURIEs or IRIs; labels may follow (`HP:0000726=Dementia`)."""
    found = []
    for name in _without_labels(text):
        try:
            found.append(name if is_iri(name) else ns.expand(name))
        except (KeyError, ValueError) as error:
            known = ", ".join(sorted(ns.CURIE_BASES)[:6])
            raise CellError(f"has {name!r}, which is no term", f"write CURIEs ({known} …) or IRIs") from error
    return tuple(found)


def _without_labels(text: str) -> tuple[str, ...]:
    """Return the names of terms; where one has its label, which may hold commas, semicolons alone part them."""
    if _LABELLED.match(text) is None:
        return several_names(text)
    return tuple(part.partition("=")[0].strip() for part in several(text))


def relations(text: str) -> tuple[MatchRelation, ...]:
    """Return how each of several terms relates to an entity; the same term as one of another vocabulary is a close one."""
    said = [part.strip().casefold().removesuffix("match").strip() for part in re.split("[;|,]", text)]
    unknown = next((word for word in said if word not in _RELATIONS), None)
    if unknown is not None:
        raise CellError(
            f"has {unknown!r}, which is no relation", f"write one of {', '.join(_RELATIONS)} for each term, in their order"
        )
    return tuple(_RELATIONS[word] for word in said)


def category(text: str) -> str:
    """Return the IRI of a Biolink class."""
    found = _CATEGORY.fullmatch(text.removeprefix(ns.BIOLINK))
    if found is None:
        raise CellError("is no Biolink class", "write one such as Disease, SmallMolecule or BiologicalProcess")
    return ns.BIOLINK + found[1]


def group_reader(groups: dict[str, str]) -> Reader:
    """Return what reads a group, given the IRI of each by its word."""

    def read(text: str) -> str:
        word = slugify(text.rpartition(":")[2].rpartition("/")[2].rpartition("#")[2]).removesuffix("group").strip("-")
        if word not in groups:
            raise CellError("is no group", f"write one of: {', '.join(sorted(groups))}")
        return groups[word]

    return read
