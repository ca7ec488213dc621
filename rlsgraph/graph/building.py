"""Build a graph on disk: read files as streams, score claims in portions, then let the new graph take the old one's place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO
from zlib import crc32

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.graph.claim_sums import ClaimSum, read_claim_sums, read_kinship
from rlsgraph.graph.derivation import DERIVED, link_lines, score_lines
from rlsgraph.graph.intake import take_in
from rlsgraph.graph.places import errors_with_place
from rlsgraph.graph.profile_files import profile_files
from rlsgraph.graph.profile_reading import read_profile
from rlsgraph.graph.sense import refuse_nonsense
from rlsgraph.graph.skipped import warn_of_skipped, warn_of_unread
from rlsgraph.graph.superseding import set_aside
from rlsgraph.graph.walk_index import dump_index
from rlsgraph.model import namespaces as ns
from rlsgraph.model.record_check import check_records
from rlsgraph.model.study_terms import EvidenceKind
from rlsgraph.model.vocabulary import Predicate
from rlsgraph.model.weighing.kinship import Kinship
from rlsgraph.model.weighing.once import Line, OwnEvidence
from rlsgraph.model.weighing.profile import Profile
from rlsgraph.triples import resources
from rlsgraph.triples.checked_file import write_checked
from rlsgraph.triples.disk import Generation, StoreFacts, make_current, new_generation
from rlsgraph.triples.files import find_format, iter_quads
from rlsgraph.version import describe

PORTION_CLAIMS = 50_000
"""About so many claims are scored at once, which bounds the memory; a larger graph has more portions …"""

MAX_PORTIONS = 100
"""… but no more than this, since each is an open file."""

_TELL_BYTES, _TELL_CLAIMS = 1 << 20, 1000

BuildProgress = Callable[[int, int, str], None]
"""Is told how much is done, of how much (0: unknown), and of what: bytes read, claims weighed, claims scored, or `SETTLING`."""

SETTLING = "settling on disk"
"""A stage that is the engine's alone: what it wrote in haste is put in order. It notices no Ctrl-C."""


def build(
    place: str | Path,
    *paths: str | Path,
    base: str | Path | None = None,
    profile: str | Path | None = None,
    progress: BuildProgress | None = None,
) -> StoreFacts:
    """Build the shipped graph, or the graph in the given files and folders, as a store on disk in the folder `place`.

    Files may be larger than memory. A store that is there already stays as it is, and can be read, until the new one is
    whole; whatever ends the build before that changes nothing. `base` is what the files stand on: "shipped", or another file or
    folder. `profile` names a Turtle file with another confidence profile.
    Raises `DataError` with file, line and reason where something cannot be read, or the place not be written.
    """
    named = resources.graph_files(paths, base)
    files = (*named, resources.ontology_file("schemes.ttl"))
    sizes = {path: _checked_size(path) for path in files}
    numbers = profile_files(profile)
    scoring = read_profile(numbers)
    warn_of_unread(paths)
    tell = progress or (lambda done, total, what: None)  # noqa: ARG005
    with new_generation(resources.path_of(place)) as generation:
        for number, path in enumerate(numbers, 1):
            shutil.copyfile(path, generation.profile / f"{number}-{path.name}")
        with errors_with_place(files):
            claims, triples = _fill(generation, sizes, scoring, tell)
        _write_walks(generation)
        facts = StoreFacts(describe(is_shipped=named == resources.data_files()), claims, triples, generation.size())
        make_current(generation, facts)
    return facts


def _fill(generation: Generation, sizes: Mapping[Path, int], profile: Profile, tell: BuildProgress) -> tuple[int, int]:
    """Write all triples of the files and all that is derived from them; return the number of claims and of triples."""
    store = ox.Store(str(generation.store))
    try:
        dropped: set[str] = set()
        store.bulk_extend(_read(sizes, tell, dropped))
        _settle(store, tell)  # claims are then read in half the time (benchmarks/growth.py)
        warn_of_skipped(store, dropped)
        set_aside(store)
        claims = _score_in_portions(store, profile, generation.folder / "portions", tell)
        _settle(store, tell)
        refuse_nonsense(store, profile)
        return claims, len(store)
    finally:
        del store  # closes it


def _write_walks(generation: Generation) -> None:
    store = ox.Store.read_only(str(generation.store))
    try:
        index = dump_index(store)
    finally:
        del store  # closes it
    if index:
        write_checked(generation.walks, index)


def _settle(store: ox.Store, tell: BuildProgress) -> None:
    tell(0, 0, SETTLING)
    store.optimize()
    store.flush()


def _read(sizes: Mapping[Path, int], tell: BuildProgress, dropped: set[str]) -> Iterator[ox.Quad]:
    """Yield what the files assert; derived triples in them are not believed, and their properties are `dropped`."""
    total, done, told = sum(sizes.values()), 0, 0
    tell(0, total, "bytes read")

    def count(read: int) -> None:
        nonlocal done, told
        done += read
        if done - told >= _TELL_BYTES:
            told = done
            tell(done, total, "bytes read")

    for path in sizes:
        yield from take_in(_asserted(iter_quads(path, on_read=count), dropped))


def _asserted(quads: Iterable[ox.Quad], dropped: set[str]) -> Iterator[ox.Quad]:
    for quad in quads:
        if (name := quad.predicate.value) not in DERIVED:
            yield quad
        else:
            dropped.add(name)


def _checked_size(path: Path) -> int:
    """Return the bytes of a file that can be read into a store."""
    find_format(path)
    try:
        return path.stat().st_size
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror or error}", path=path) from error


# --- portions -------------------------------------------------------------------------------------------------------------


def _score_in_portions(store: ox.Store, profile: Profile, folder: Path, tell: BuildProgress) -> int:
    """Add what is derived, portion by portion; return the number of claims."""
    total = _count_claims(store)
    folder.mkdir()
    kinship = read_kinship(store)
    paths = [folder / str(number) for number in range(min(1 + total // PORTION_CLAIMS, MAX_PORTIONS))]
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("w", encoding="utf-8", newline="\n")) for path in paths]
        portions = _Portions(files, kinship)
        for done, claim in enumerate(read_claim_sums(store, profile)):
            portions.write(claim)
            if done % _TELL_CLAIMS == 0:
                tell(done, total, "claims weighed")
    tell(0, 0, "things checked")
    check_records(store)  # before there is anything derived, which would be read as well
    done = 0
    for path in paths:
        claims, visiting = _read_portion(path)
        lines = list(score_lines(claims, kinship, profile, visiting=visiting))
        _add(store, lines)
        path.unlink()
        done += len(lines)
        tell(done, total, "claims scored")
    folder.rmdir()
    _add(store, link_lines(store))
    return done


def _count_claims(store: ox.Store) -> int:
    query = "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c a rls:Claim }"
    (row,) = store.query(query, prefixes=ns.PREFIXES)  # type: ignore[misc]  # a SELECT has rows
    return int(row["n"].value)


class _Portions:
    """Write claims so that whatever lends to a claim is in the claim's own portion.

    A portion holds the claims about an object whose subjects are of one family, that is, joined by skos:broader however far:
    so claims on the same pair, of a class and of its members are together. An association lends to the claim the other way
    round as well, and visits the portion of that one.
    """

    def __init__(self, files: Sequence[IO[str]], kinship: Kinship) -> None:
        self._files = files
        self._family = kinship.families()

    def write(self, claim: ClaimSum) -> None:
        """Write a claim to its portion, and an association to the other portion too."""
        subject, predicate, object_ = claim.key
        own = self._portion(subject, object_)
        self._files[own].write(_line(claim, is_visiting=False))
        if not predicate.is_causal and (other := self._portion(object_, subject)) != own:
            self._files[other].write(_line(claim, is_visiting=True))

    def _portion(self, subject: str, object_: str) -> int:
        return crc32(f"{self._family.get(subject, subject)} {object_}".encode()) % len(self._files)


def _line(claim: ClaimSum, *, is_visiting: bool) -> str:
    """Return a claim in one line; JSON keeps numbers to the bit."""
    subject, predicate, object_ = claim.key
    own = claim.own
    lines = [(line.study, line.weight, line.kind.value) for line in own.lines]
    rest = (claim.prior, lines, sorted(own.aside), own.has_data, own.in_people)
    return json.dumps((is_visiting, claim.iri, subject, predicate.value, object_, *rest)) + "\n"


def _read_portion(path: Path) -> tuple[list[ClaimSum], list[ClaimSum]]:
    """Return the claims of a portion, and those that visit it."""
    sides: tuple[list[ClaimSum], list[ClaimSum]] = ([], [])
    with path.open(encoding="utf-8", newline="\n") as file:
        for text in file:
            is_visiting, iri, subject, predicate, object_, prior, lines, aside, has_data, in_people = json.loads(text)
            found = tuple(Line(study, weight, EvidenceKind(kind)) for study, weight, kind in lines)
            own = OwnEvidence(found, frozenset(aside), has_data, in_people)
            sides[is_visiting].append(ClaimSum(iri, (subject, Predicate(predicate), object_), prior, own))
    return sides


def _add(store: ox.Store, lines: Iterable[str]) -> None:
    store.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
