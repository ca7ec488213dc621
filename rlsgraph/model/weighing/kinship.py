"""Tell which claims lend to which: the same pair, and the class or the members of the subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from rlsgraph.model.vocabulary import Predicate
from rlsgraph.model.weighing.ledger import Relation

ClaimKey = tuple[str, Predicate, str]
"""Subject IRI, predicate, object IRI."""

_ASSOCIATION_OF = {
    Predicate.INCREASES: Predicate.POSITIVELY_ASSOCIATED_WITH,
    Predicate.DECREASES: Predicate.NEGATIVELY_ASSOCIATED_WITH,
}


@dataclass(frozen=True, slots=True)
class Kinship:
    """The classes and the members of each entity (IRIs, sorted): one hop of skos:broader, no further."""

    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, broader: Iterable[tuple[str, str]]) -> Kinship:
        """Return the kinship that pairs (member, class) make; nothing is its own class."""
        classes: dict[str, set[str]] = defaultdict(set)
        members: dict[str, set[str]] = defaultdict(set)
        for member, klass in broader:
            if member != klass:
                classes[member].add(klass)
                members[klass].add(member)
        return cls(*({iri: tuple(sorted(kin)) for iri, kin in side.items()} for side in (classes, members)))

    def families(self) -> dict[str, str]:
        """Return, for each entity that has kin, the first IRI of all that it is joined to, directly or through others."""
        found: dict[str, str] = {}
        for start in sorted({*self.classes, *self.members}):
            waiting = [] if start in found else [start]
            while waiting:
                iri = waiting.pop()
                if iri not in found:
                    found[iri] = start
                    waiting += [*self.classes.get(iri, ()), *self.members.get(iri, ())]
        return found


def relatives(key: ClaimKey, kinship: Kinship) -> list[tuple[Relation, ClaimKey]]:
    """Return the claims that would lend to the claim `key` if they are there; one that is kin twice comes once.

    Associations have no direction, so one lends to the causal claim of its sign whichever way round it is written.
    """
    subject, predicate, object_ = key
    found: dict[ClaimKey, Relation] = {}
    if predicate is Predicate.AFFECTS:
        for signed in (Predicate.INCREASES, Predicate.DECREASES):
            found[subject, signed, object_] = Relation.SIGNED
    for relation, kin in ((Relation.MEMBER, kinship.members), (Relation.CLASS, kinship.classes)):
        for other in kin.get(subject, ()):
            found.setdefault((other, predicate, object_), relation)
    if (association := _ASSOCIATION_OF.get(predicate)) is not None:
        found.setdefault((subject, association, object_), Relation.ASSOCIATION)
        found.setdefault((object_, association, subject), Relation.ASSOCIATION)
    return [(relation, lender) for lender, relation in found.items()]


def find_lenders(
    key: ClaimKey, kinship: Kinship, iri_of: Callable[[ClaimKey], str | None]
) -> list[tuple[Relation, ClaimKey, str]]:
    """Return the claims that lend to the claim `key`, with their IRIs; `iri_of` knows those that are there."""
    found = ((relation, lender, iri_of(lender)) for relation, lender in relatives(key, kinship))
    return [(relation, lender, iri) for relation, lender, iri in found if iri is not None]
