"""Compare names, make the ids that stand for them, and find those that come near: what every look-up by name goes by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Protocol, TypeAlias

from rlsgraph.model import namespaces as ns

if TYPE_CHECKING:
    from rlsgraph.model.vocabulary import Predicate


class HasIri(Protocol):
    """A thing of a graph: it is known by its IRI."""

    @property
    def iri(self) -> str:
        """What it is known by."""


class AboutHypothesis(Protocol):
    """An answer about a hypothesis, such as its rank."""

    @property
    def hypothesis(self) -> HasIri:
        """Which one."""


class AboutClaim(Protocol):
    """An answer about a claim, such as the study that it needs."""

    @property
    def claim(self) -> HasIri:
        """Which one."""


Name: TypeAlias = str | HasIri | AboutHypothesis | AboutClaim
"""What a thing may be asked for by: any of its names, the thing itself, or an answer about it."""

MAX_NAME_CHARS = 500


def is_iri(name: str) -> bool:
    """Return whether a name is a full IRI, and so means that one thing or nothing.

    >>> is_iri("https://w3id.org/rlsgraph/entity/gut-dysbiosis"), is_iri("entity:gut-dysbiosis")
    (True, False)
    """
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://|urn:[A-Za-z0-9]", name) is not None


_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SPELLINGS = {
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'"),
}


def normal_name(name: str) -> str:
    """Return a name as it is compared: in any case, however accents, blanks, hyphens and apostrophes are encoded.

    >>> normal_name("Sjo\u0308gren\u00a0\u2019s") == normal_name("sj\u00f6gren 's")
    True
    """
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name).translate(_SPELLINGS)
    folded = name.casefold()
    return " ".join((folded if folded.isascii() else unicodedata.normalize("NFC", folded)).split())


def name_of(named: Name) -> str:
    """Return the name that a thing is asked for by: a text as it is, a thing or what is about a thing by its IRI.

    >>> name_of("SIBO")
    'SIBO'
    """
    if isinstance(named, str):
        return named
    found = next((getattr(named, part) for part in ("iri", "hypothesis", "claim", "thing") if hasattr(named, part)), None)
    if found is None:
        kind = type(named).__name__
        raise TypeError(f"ask for a thing by a name, an IRI, or as this library gave it, not by a value of type {kind}")
    return name_of(found)


def list_names(named: Name | Iterable[Name]) -> list[str]:
    """Return the names of one thing or of several."""
    is_one = isinstance(named, str) or any(hasattr(named, part) for part in ("iri", "hypothesis", "claim", "thing"))
    return [name_of(named)] if is_one else [name_of(one) for one in named]  # type: ignore[arg-type, union-attr]


def slugify(text: str) -> str:
    """Return the part of an IRI that names a label: lower case, ASCII letters and digits, joined by hyphens.

    >>> slugify("Parkinson's disease")
    'parkinsons-disease'
    """
    ascii_text = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


def claim_iri(subject: str, predicate: Predicate, object_: str) -> str:
    """Return the IRI of the claim between two entities, given their IRIs; no two pairs of entities have the same.

    >>> from rlsgraph.model.vocabulary import Predicate
    >>> claim_iri("https://w3id.org/rlsgraph/entity/a", Predicate.AFFECTS, "http://identifiers.org/hgnc/5991")
    'https://w3id.org/rlsgraph/claim/a.affects.hgnc-5991-38100373'
    """
    return f"{ns.CLAIM}{_slug_in_claims(subject)}.{predicate.value}.{_slug_in_claims(object_)}"


def _slug_in_claims(entity: str) -> str:
    """Return the id of an entity; for one of another namespace its last words, and a digest that makes them its own."""
    if entity.startswith(ns.ENTITY):
        return ns.local_name(entity)
    words = re.sub(r"[^a-z0-9]+", "-", "-".join(re.split(r"[/#:]", entity)[-2:]).lower()).strip("-")
    return f"{words}-{blake2b(entity.encode(), digest_size=4).hexdigest()}"


def nearest_names(name: str, known: Mapping[str, str], count: int = 3) -> tuple[str, ...]:
    """Return the display names whose keys (lower case) come nearest to `name`, best first."""
    from difflib import get_close_matches

    typed = name[:MAX_NAME_CHARS].casefold()
    containing = sorted((key for key in known if typed and typed in key), key=len)
    as_words = [
        key for key in containing if f" {typed} " in f" {key} "
    ]  # “vitamin d” is nearer to its deficiency than to vitamin E
    close = get_close_matches(typed, known, n=4 * count, cutoff=0.6)
    shown = dict.fromkeys(known[key] for key in [*as_words, *close, *containing])
    return tuple(list(shown)[:count])
