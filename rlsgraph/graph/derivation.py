"""Derive what no file states: the score of each claim, its level and flags, plain triples and reifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

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

_AT_ONCE = 1000
"""So many claims' derived triples are written at a time: one text of them all takes longer (benchmarks/scale.py)."""

_NAMES = (
    *("score", "scoreLow", "scoreHigh", "logit", "logitSd", "prior", "supportWeight", "disputeWeight"),
    *("contested", "untested", "singleStudy", "notInPeople", "onlyLent"),
    *("confidenceLevel", "linesFor", "linesAgainst", "polarity"),
)
DERIVED = frozenset(
    (
        *(ns.RLS + name for name in _NAMES),
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
    lines = chain(score_lines(read_claim_sums(store, profile), read_kinship(store), profile), link_lines(store))
    while some := list(islice(lines, _AT_ONCE)):
        store.load("".join(some).encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)  # of IRIs that were checked as they came


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
_DOUBLE, _BOOLEAN, _INTEGER = (f"^^<{ns.XSD}{name}> .\n" for name in ("double", "boolean", "integer"))
_FLAG = ("false", "true")


def _claim_lines(claim: ClaimSum, confidence: Confidence) -> str:
    """Return what is derived of a claim; written out, since a loop over the properties takes longer (benchmarks/scale.py)."""
    subject, predicate, object_ = claim.key
    predicate_iri, polarity = _PREDICATE_IRIS[predicate]
    plain = f"<{subject}> <{predicate_iri}> <{object_}>"
    head = f"<{claim.iri}> <{ns.RLS}"
    c = confidence
    return (
        f'{head}score> "{c.score!r}"{_DOUBLE}{head}scoreLow> "{c.low!r}"{_DOUBLE}{head}scoreHigh> "{c.high!r}"{_DOUBLE}'
        f'{head}logit> "{c.logit!r}"{_DOUBLE}{head}logitSd> "{c.logit_sd!r}"{_DOUBLE}{head}prior> "{c.prior!r}"{_DOUBLE}'
        f'{head}supportWeight> "{c.support_weight!r}"{_DOUBLE}{head}disputeWeight> "{c.dispute_weight!r}"{_DOUBLE}'
        f'{head}contested> "{_FLAG[c.is_contested]}"{_BOOLEAN}{head}untested> "{_FLAG[c.is_untested]}"{_BOOLEAN}'
        f'{head}singleStudy> "{_FLAG[c.is_single_study]}"{_BOOLEAN}{head}notInPeople> "{_FLAG[c.is_not_in_people]}"{_BOOLEAN}'
        f'{head}onlyLent> "{_FLAG[c.is_only_lent]}"{_BOOLEAN}{head}confidenceLevel> <{_LEVEL_IRIS[c.level]}> .\n'
        f'{head}linesFor> "{c.lines_for}"{_INTEGER}{head}linesAgainst> "{c.lines_against}"{_INTEGER}'
        f'{head}polarity> "{polarity}"{_INTEGER}<{claim.iri}> <{ns.RDF}reifies> <<( {plain} )>> .\n'
        + ("" if c.level is ConfidenceLevel.REFUTED else f"{plain} .\n")
    )


def link_lines(store: ox.Store) -> Iterator[str]:
    """Yield the plain triple of each definitional link, both ways where it is symmetric."""
    for subject, predicate, object_ in read_links(store):
        yield f"{subject} {predicate} {object_} .\n"
        if predicate.value == ns.RLS + "oppositeOf":
            yield f"{object_} {predicate} {subject} .\n"
