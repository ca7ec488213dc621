"""Say who added a thing and when, in the terms of PROV-O."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.errors import CurationError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.identifiers import has_check_digit, read_orcid
from rlsgraph.model.names import slugify

BY_VARIABLE = "RLSGRAPH_BY"
_NAMED = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<orcid>[^<>]*)>")
_GIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Person:
    """Who adds: an IRI (that of the ORCID where one is known) and a name, which may be empty."""

    iri: str
    name: str = ""


def read_person(text: str) -> Person | None:
    """Return the person of a name, an ORCID, or `name <ORCID>`; None where nothing is said.

    >>> read_person("Josiah Carberry <0000-0002-1825-0097>")
    Person(iri='https://orcid.org/0000-0002-1825-0097', name='Josiah Carberry')
    """
    said = " ".join(text.split())
    if not said:
        return None
    named = _NAMED.fullmatch(said)
    name, number = (named["name"], named["orcid"]) if named else ("", said)
    orcid = read_orcid(number)
    if orcid is None:
        if named or "<" in said or ">" in said or not slugify(said):
            raise CurationError(f"{text!r} is no person; write a name, an ORCID such as 0000-0002-1825-0097, or name <ORCID>")
        return Person(f"{ns.BASE}person/{slugify(said)}", said)
    if not has_check_digit(orcid):
        raise CurationError(f"{orcid} is no ORCID: its last digit does not fit the others; copy it from the person's page")
    return Person(f"https://orcid.org/{orcid}", name)


def who_adds(by: str, folder: Path) -> Person | None:
    """Return who adds to a folder: whom `by` names, or the environment, or git's own settings; None where nobody is known."""
    return read_person(by or os.environ.get(BY_VARIABLE, "")) or _of_git(folder)


def _of_git(folder: Path) -> Person | None:
    try:
        command = ["git", "-C", str(folder), "config", "user.name"]
        found = subprocess.run(command, capture_output=True, text=True, timeout=_GIT_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError):  # no git
        return None
    try:
        return read_person(found.stdout)
    except CurationError:  # a name that is none is nobody's fault here
        return None


def say_added(things: Iterable[str], by: Person | None, when: datetime | None = None) -> Iterator[ox.Triple]:
    """Yield that things (IRIs) were added now, or at another time, and by whom where that is known."""
    moment = (when or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for thing in things:
        node = ox.NamedNode(thing)
        yield ox.Triple(
            node, ox.NamedNode(ns.PROV + "generatedAtTime"), ox.Literal(moment, datatype=ox.NamedNode(ns.XSD + "dateTime"))
        )
        if by is not None:
            yield ox.Triple(node, ox.NamedNode(ns.PROV + "wasAttributedTo"), ox.NamedNode(by.iri))


def say_person(by: Person | None) -> Iterator[ox.Triple]:
    """Yield what makes a person: that it is one, and the name."""
    if by is not None:
        node = ox.NamedNode(by.iri)
        yield ox.Triple(node, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(ns.PROV + "Person"))
        if by.name:
            yield ox.Triple(node, ox.NamedNode(ns.RDFS + "label"), ox.Literal(by.name))
