"""Sign nanopublications with the profile that a user has for them; nothing is published, and nobody is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import pyoxigraph as ox

from rlsgraph.errors import DataError, MissingPackageError
from rlsgraph.formats.exchange.content import Content
from rlsgraph.formats.exchange.linked import NPX, nanopub_quads, nanopub_trig
from rlsgraph.model import namespaces as ns
from rlsgraph.model.identifiers import has_check_digit, read_orcid
from rlsgraph.model.things import Claim

PROFILE_VARIABLE = "NANOPUB_PROFILE"
_FOAF_NAME = "http://xmlns.com/foaf/0.1/name"
_UNSIGNED = "http://purl.org/nanopub/temp/np#"
"""What a nanopublication goes by until its signature gives it a name; the package nanopub makes http://purl.org/np/RA… of it."""
_PARTS = ("Head", "assertion", "provenance", "pubinfo")


def signed_nanopubs(content: Content, profile: str | Path | None = None, *, when: datetime | None = None) -> str:
    """Return TriG with a nanopublication for each claim, signed now (or at another time) with the key of a profile.

    The profile is the file `profile.yml` of the package nanopub: the one given, else that of the environment variable
    NANOPUB_PROFILE, else the user's own. Raises `MissingPackageError` without that package, `DataError` where there is no
    profile, or it lacks a sound key or ORCID.
    """
    with _literals_as_written(), catch_warnings():
        simplefilter("ignore", DeprecationWarning)  # the package still holds graphs as rdflib 6 did
        try:
            import nanopub  # noqa: F401
        except ImportError as error:
            raise MissingPackageError("signing nanopublications", "nanopub") from error
        signer = _Signer(_profile_path(profile), when or datetime.now(UTC))
        return nanopub_trig(quad for claim in content.claims for quad in signer.sign(claim, content))


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Let rdflib keep literals as they are written, as a signature needs: the package turns that on for the whole process."""
    import rdflib

    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _profile_path(given: str | Path | None) -> Path:
    from nanopub.definitions import DEFAULT_PROFILE_PATH

    path = Path(given or os.environ.get(PROFILE_VARIABLE) or DEFAULT_PROFILE_PATH)
    if not path.is_file():
        remedy = f"`np setup` makes one; {PROFILE_VARIABLE} or --signer names another"
        raise DataError(f"there is no profile to sign nanopublications with; {remedy}", path=path)
    return path


class _Signer:
    """Who signs: a profile with a key that is sound, and an ORCID that is one."""

    def __init__(self, path: Path, when: datetime) -> None:
        self._path = path
        self._profile = _read_profile(path)
        self._moment = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        orcid = read_orcid(str(self._profile.orcid_id).strip())
        if orcid is None or not has_check_digit(orcid):
            raise DataError(f"{self._profile.orcid_id!r} is no ORCID; correct orcid_id", path=path)
        self._orcid = f"https://orcid.org/{orcid}"

    def sign(self, claim: Claim, content: Content) -> list[ox.Quad]:
        """Return the nanopublication of a claim, signed; its four parts in order."""
        from nanopub.sign_utils import add_signature
        from rdflib import ConjunctiveGraph, Namespace, URIRef

        unsigned = ConjunctiveGraph()
        quads = [*nanopub_quads(claim, content, _UNSIGNED, ""), *self._signed_by()]
        unsigned.parse(data=ox.serialize(quads, format=ox.RdfFormat.N_QUADS), format="nquads")
        about = unsigned.get_context(URIRef(f"{_UNSIGNED}pubinfo"))
        text = add_signature(unsigned, self._profile, Namespace(_UNSIGNED), about).serialize(format="nquads")
        return sorted(ox.parse(text, format=ox.RdfFormat.N_QUADS), key=_order)

    def _signed_by(self) -> Iterator[ox.Quad]:
        graph, person = ox.NamedNode(f"{_UNSIGNED}pubinfo"), ox.NamedNode(self._orcid)
        this, signature = ox.NamedNode(_UNSIGNED), ox.NamedNode(f"{_UNSIGNED}sig")
        created = ox.Literal(self._moment, datatype=ox.NamedNode(ns.XSD + "dateTime"))
        yield ox.Quad(this, ox.NamedNode(ns.DCTERMS + "created"), created, graph)
        yield ox.Quad(this, ox.NamedNode(ns.DCTERMS + "creator"), person, graph)
        yield ox.Quad(signature, ox.NamedNode(NPX + "signedBy"), person, graph)
        if self._profile.name:
            yield ox.Quad(person, ox.NamedNode(_FOAF_NAME), ox.Literal(self._profile.name), graph)


def _read_profile(path: Path) -> Any:
    """Return a profile whose public key is that of its private key."""
    from base64 import decodebytes

    from Crypto.PublicKey import RSA
    from nanopub.profile import ProfileError, format_key, load_profile
    from yaml import YAMLError

    try:
        profile = load_profile(path)
    except (ProfileError, YAMLError, OSError, UnicodeError, ValueError) as error:
        raise DataError(f"is no profile of nanopublications: {_first_line(error)}; `np setup` makes one", path=path) from error
    try:
        key = RSA.import_key(decodebytes(format_key(profile.private_key).encode()))
    except (ValueError, IndexError, TypeError) as error:
        raise DataError("its private key is no RSA key in PKCS 8; `np setup` makes one", path=path) from error
    if not key.has_private():
        raise DataError("its private key is a public one; correct private_key", path=path)
    public: Any = key.public_key()
    if format_key(public.export_key().decode()) != format_key(profile.public_key):
        raise DataError("its public key is not that of its private key; correct public_key, or leave it out", path=path)
    return profile


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _order(quad: ox.Quad) -> tuple[int, str]:
    return _PARTS.index(str(quad.graph_name).strip("<>").rpartition("#")[2]), str(quad.triple)
