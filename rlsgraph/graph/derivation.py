"""Derive what no file states: the score of each claim, its level and flags, plain triples and reifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from rlsgraph.errors import DataError
from rlsgraph.graph.claim_sums import ClaimSum, read_claim_sums, read_kinship, read_links
from rlsgraph.graph.intake import DEFAULT
from rlsgraph.model import namespaces as ns
from rlsgraph.model.things import Confidence
from rlsgraph.model.vocabulary import ConfidenceLevel, Predicate
from rlsgraph.model.weighing.kinship import ClaimKey, Kinship, find_lenders
from rlsgraph.model.weighing.ledger import Lender, make_ledger
from rlsgraph.model.weighing.profile import Profile
from rlsgraph.triples.spoilt import spoilt_as_data_error

_NUMBERS = ("score", "scoreLow", "scoreHigh", "logit", "logitSd", "prior", "supportWeight", "disputeWeight")
_FLAGS = ("contested", "untested", "singleStudy", "notInPeople", "onlyLent")
DERIVED = frozenset(
    (
        *(ns.RLS + name for name in (*_NUMBERS, *_FLAGS, "confidenceLevel", "linesFor", "linesAgainst", "polarity")),
        ns.RDF + "reifies",
        *(predicate.iri for predicate in Predicate),
    )
)
"""The properties that only the derivation gives; what a file says of them is never believed."""


def copy_asserted(store: ox.Store) -> ox.Store:
    """Return a new store in memory with all but the derived triples."""
    copy = ox.Store()
    held = store.quads_for_pattern(None, None, None, DEFAULT)  # named graphs say nothing that it does not
    with spoilt_as_data_error():
        copy.bulk_extend(quad for quad in held if quad.predicate.value not in DERIVED)
    return copy


def derive(store: ox.Store, profile: Profile) -> None:
    """Add every derived triple to a store, in place of any that it holds already."""
    for iri in DERIVED:
        for quad in list(store.quads_for_pattern(None, ox.NamedNode(iri), None)):
            store.remove(quad)
    lines = [*score_lines(read_claim_sums(store, profile), read_kinship(store), profile), *link_lines(store)]
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)  # of IRIs that were checked as they came


def score_lines(
    sums: Iterable[ClaimSum], kinship: Kinship, profile: Profile, *, visiting: Iterable[ClaimSum] = ()
) -> Iterator[str]:
    """Yield the derived triples of each claim; whatever lends to one must be among them, or among those that are `visiting`."""
    claims = {claim.iri: claim for claim in sums}
    lenders = {**{guest.iri: guest for guest in visiting}, **claims}
    by_key: dict[ClaimKey, str] = {}
    for claim in lenders.values():
        first = by_key.setdefault(claim.key, claim.iri)
        if first != claim.iri:
            text = f"{ns.compress(claim.iri)} and {ns.compress(first)} say the same: keep one and give it all the evidence"
            raise DataError(text, thing=claim.iri)
    for claim in claims.values():
        found = [
            Lender(iri, relation, key[1].is_causal, own)
            for relation, key, iri in find_lenders(claim.key, kinship, by_key.get)
            if (own := lenders[iri].own).lines
        ]
        ledger = make_ledger(claim.own, found, profile, is_causal=claim.key[1].is_causal, prior=claim.prior)
        yield _claim_lines(claim, ledger.confidence)


_LEVEL_IRIS = {level: level.iri for level in ConfidenceLevel}
_PREDICATE_IRIS = {predicate: (predicate.iri, int(predicate.polarity)) for predicate in Predicate}
_DOUBLE, _BOOLEAN, _INTEGER = (f"^^<{ns.XSD}{name}>" for name in ("double", "boolean", "integer"))


def _claim_lines(claim: ClaimSum, confidence: Confidence) -> str:
    subject, predicate, object_ = claim.key
    predicate_iri, polarity = _PREDICATE_IRIS[predicate]
    plain = f"<{subject}> <{predicate_iri}> <{object_}>"
    head = f"<{claim.iri}> <{ns.RLS}"
    c = confidence
    numbers = (c.score, c.low, c.high, c.logit, c.logit_sd, c.prior, c.support_weight, c.dispute_weight)
    flags = (c.is_contested, c.is_untested, c.is_single_study, c.is_not_in_people, c.is_only_lent)
    return "".join(
        (
            *(f'{head}{name}> "{value!r}"{_DOUBLE} .\n' for name, value in zip(_NUMBERS, numbers, strict=True)),
            *(f'{head}{name}> "{"true" if flag else "false"}"{_BOOLEAN} .\n' for name, flag in zip(_FLAGS, flags, strict=True)),
            f"{head}confidenceLevel> <{_LEVEL_IRIS[c.level]}> .\n",
            f'{head}linesFor> "{c.lines_for}"{_INTEGER} .\n',
            f'{head}linesAgainst> "{c.lines_against}"{_INTEGER} .\n',
            f'{head}polarity> "{polarity}"{_INTEGER} .\n',
            f"<{claim.iri}> <{ns.RDF}reifies> <<( {plain} )>> .\n",
            "" if c.level is ConfidenceLevel.REFUTED else f"{plain} .\n",
        )
    )


def link_lines(store: ox.Store) -> Iterator[str]:
    """Yield the plain triple of each definitional link, both ways where it is symmetric."""
    for subject, predicate, object_ in read_links(store):
        yield f"{subject} {predicate} {object_} .\n"
        if predicate.value == ns.RLS + "oppositeOf":
            yield f"{object_} {predicate} {subject} .\n"
