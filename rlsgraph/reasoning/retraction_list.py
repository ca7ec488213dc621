"""Read which papers a list says to be retracted: plain identifiers, a table of any form, or Retraction Watch's own."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import unquote

from rlsgraph.errors import DataError
from rlsgraph.model.identifiers import Identifier, IdentifierKind, read_identifier

_TOKEN = re.compile(r"[^\s,;|\"'<>\[\]{}]+")
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,9})(?:\.0)?")
_LEAST_DIGITS = 6


def read_identifiers(listing: bytes) -> frozenset[Identifier]:
    """Return the DOIs, PMIDs and PMCIDs in a list: one a line, or a table with them in any column, bare or as addresses.

    A PMID is a number that stands alone on its line, follows the word PMID, or has six digits or more. Lines that begin
    with # are comments. Of Retraction Watch's table, the original papers count whose last word is a retraction: no notices, no
    expressions of concern, no corrections, nothing reinstated. Raises `DataError` where the list is no text, or holds none.
    """
    text = _decode(listing)
    if (rows := _retraction_watch(text)) is not None:
        return _retracted(rows)
    found: set[Identifier] = set()
    for line in text.splitlines():
        tokens = [] if line.lstrip().startswith("#") else _TOKEN.findall(unquote(line))
        for before, token in zip(["", *tokens], tokens, strict=False):
            doi, number = _DOI.search(token), _NUMBER.fullmatch(token.rstrip("."))
            if doi:
                named = read_identifier(_without_closing(doi[0]))
            elif number and len(tokens) > 1 and len(number[1]) < _LEAST_DIGITS and not before.casefold().startswith("pmid"):
                named = None
            else:
                named = read_identifier(token)
            if named is not None:
                found.add(named)
    if not found:
        raise DataError("there is no PMID or DOI in this list")
    return frozenset(found)


def _decode(listing: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if listing.startswith(mark):
            return listing.decode(encoding, errors="replace")
    if b"\0" in listing:
        raise DataError("this is no text: save the list as text or CSV")
    return listing.decode("utf-8", errors="replace")


def _without_closing(doi: str) -> str:
    """Return a DOI without a full stop or a bracket that closes the text around it."""
    while doi.endswith(".") or (doi.endswith(")") and doi.count(")") > doi.count("(")):
        doi = doi[:-1]
    return doi


_COLUMNS = {
    "originalpaperdoi": IdentifierKind.DOI,
    "originalpaperpubmedid": IdentifierKind.PMID,
}
_NATURE, _DATE = "retractionnature", "retractiondate"
_DATE_FORMS = ("%m/%d/%Y", "%Y-%m-%d", "%d/%m/%Y")
_LONGEST_FIELD = 1_000_000


def _retraction_watch(text: str) -> Iterator[Mapping[str, str]] | None:
    """Return the rows of Retraction Watch's table, columns in lower case without blanks; None where it is another list."""
    head = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    names = [re.sub(r"[\W_]", "", name).casefold() for name in next(csv.reader([head], delimiter=delimiter), [])]
    if _NATURE not in names or not _COLUMNS.keys() & set(names):
        return None
    csv.field_size_limit(_LONGEST_FIELD)
    return _rows(text.lstrip(), names, delimiter)


def _rows(text: str, names: list[str], delimiter: str) -> Iterator[Mapping[str, str]]:
    lines = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    next(lines, None)
    try:
        for cells in lines:
            yield dict(zip(names, cells, strict=False))
    except csv.Error as error:
        raise DataError(f"is no table: {error}", line=lines.line_num) from error


def _retracted(rows: Iterator[Mapping[str, str]]) -> frozenset[Identifier]:
    """Return the identifiers of the papers that were retracted and not reinstated since."""
    last: dict[Identifier, tuple[datetime, bool]] = {}
    for row in rows:
        nature = " ".join(row.get(_NATURE, "").casefold().split())
        if nature not in ("retraction", "reinstatement"):
            continue
        said = (_date(row.get(_DATE, "")), nature == "reinstatement")  # of one day, the reinstatement comes after
        for name, kind in _COLUMNS.items():
            found = read_identifier(row.get(name, ""), kind)
            if found is not None and found.kind is kind:
                last[found] = max(last.get(found, said), said)
    return frozenset(found for found, (_, is_back) in last.items() if not is_back)


def _date(text: str) -> datetime:
    day = text.strip().partition(" ")[0]
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(day, form)  # days are compared with days
        except ValueError:
            continue
    return datetime.min
