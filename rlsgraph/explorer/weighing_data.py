"""Give the page what it weighs with: the constants of the profile, what each study found and how, and who lends to whom.

The page works out every ledger itself (`weighing*.js`), so a supposed change is answered by the same sum as the score; a test
holds that sum equal to the library's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.words import KIND_WORDS
from rlsgraph.graph.what_if import DIRECTIONS
from rlsgraph.model.study_terms import POOLING_DESIGNS, RATIOS, Blinding, Comparator, EffectMeasure, EvidenceKind, Result
from rlsgraph.model.vocabulary import StudyDesign, Term
from rlsgraph.model.weighing.item import NO_NULL_VALUE, RESULT_BY_DIRECTION, STUDY_FIELDS, Z95
from rlsgraph.model.weighing.kinship import find_lenders
from rlsgraph.model.weighing.ledger import Relation
from rlsgraph.model.weighing.levels import LADDER
from rlsgraph.model.weighing.once import MOST_REVIEWS, PEOPLE_KINDS

if TYPE_CHECKING:
    from rlsgraph.model.records import Records
    from rlsgraph.model.things import Claim, Evidence
    from rlsgraph.model.weighing.kinship import Kinship
    from rlsgraph.model.weighing.profile import Profile, Proxy
    from rlsgraph.model.weighing.studies import Studies

Data = dict[str, Any]

_NUMBERS = (
    "pooled_bias_floor", "largest_bias", "smallest_p", "largest_p", "least_power", "most_power", "null_power_size_known",
    "null_power_size_unknown", "standardised_effect", "unknown_size", "argument_factor", "most_lent", "prior_sd",
    "relative_error", "interval_z", "doubtful_share", "refuted_share", "refuted_lines", "line_weight", "contested_weight",
)  # fmt: skip
_NAMED_KINDS = {"opinion": EvidenceKind.OPINION, "open": EvidenceKind.OPEN, "trial": EvidenceKind.TRIAL}
"""Kinds of which the arithmetic has a rule of its own."""


def constants(profile: Profile) -> Data:
    """Return all that the arithmetic takes from the profile, and the sets that it tells apart; terms by their words."""
    return {
        **{name: getattr(profile, name) for name in _NUMBERS},
        "z95": Z95,
        "designs": {
            design.label: {
                "bias": assumed.bias,
                "kind": assumed.kind and KIND_WORDS[assumed.kind],
                "power": assumed.power,
                "size": assumed.size,
            }
            for design, assumed in profile.designs.items()
        },
        "kinds": {
            KIND_WORDS[kind]: {
                "miss": profile.kinds[kind].insensitivity,
                "cause": _rates(profile.kinds[kind].of_cause),
                "association": _rates(profile.kinds[kind].of_association),
                "people": kind in PEOPLE_KINDS,
            }
            for kind in KIND_WORDS
        },
        "kind_of": {name: KIND_WORDS[kind] for name, kind in _NAMED_KINDS.items()},
        "multipliers": [[case.factor, case.design and case.design.label, _by_field(case.values)] for case in profile.multipliers],
        "indirectness": [
            [case.name, _rates(case.proxy), case.kind and KIND_WORDS[case.kind], _by_field(case.values)]
            for case in profile.indirectness
        ],
        "smallest_effects": [[each.measure.label, each.value, each.is_ratio, each.unit] for each in profile.smallest_effects],
        "pooled_bias": profile.pooled_bias,
        "lending": {
            int(Relation.MEMBER): _rates(profile.by_member),
            int(Relation.CLASS): _rates(profile.by_class),
            int(Relation.ASSOCIATION): _rates(profile.by_association),
        },
        "levels": [[level.label, profile.levels[level].score, profile.levels[level].lines] for level in LADDER],
        "pooling": sorted(design.label for design in POOLING_DESIGNS),
        "ratios": sorted(measure.label for measure in RATIOS),
        "no_null": sorted(measure.label for measure in NO_NULL_VALUE if measure is not None),
        "results": {direction.value.lower(): result.label for direction, result in RESULT_BY_DIRECTION.items()},
        "most_reviews": MOST_REVIEWS,
        "relations": {int(relation): relation.words for relation in Relation},
        "asked": {
            "design": [design.label for design in StudyDesign if design is not StudyDesign.GUIDELINE],
            "result": [result.label for result in Result],
            "comparator": [comparator.label for comparator in Comparator],
            "blinding": [blinding.label for blinding in Blinding],
            "measure": [measure.label for measure in EffectMeasure if measure not in NO_NULL_VALUE],
            "directions": {result.label: direction.label for result, direction in DIRECTIONS.items()},
        },
    }


def _rates(proxy: Proxy) -> list[float]:
    return [proxy.hit, proxy.false_alarm]


def _by_field(values: Iterable[Term]) -> dict[str, list[str]]:
    """Return terms by the field of an item that may hold them: two sets may have words in common."""
    found: dict[str, list[str]] = {}
    for term in sorted(values, key=lambda term: (type(term).__name__, str(term.value))):
        name = "".join(f"_{c.lower()}" if c.isupper() else c for c in type(term).__name__).lstrip("_")
        found.setdefault(name, []).append(term.label)
    return found


def facts(evidence: Evidence) -> Data:
    """Return what the arithmetic asks of an item, by the names of `StudyFacts`; what is not stated is left out."""
    found: Data = {}
    for name in STUDY_FIELDS:
        value = getattr(evidence, name)
        if value is not None and value != "":
            found[name] = value.label if isinstance(value, Term) else value
    return found


def kin(claim: Claim, records: Records, kinship: Kinship) -> list[list[Any]]:
    """Return the claims that may lend to one, each with its relation."""
    key = (claim.subject.iri, claim.predicate, claim.object.iri)
    return [[key_of(iri), int(relation)] for relation, _, iri in find_lenders(key, kinship, records.iri_by_key.get)]


def studies(known: Studies) -> Data:
    """Return which sources are one study (named by the first), and which studies each review pools."""
    return {
        "joined": {key_of(source): key_of(study) for source, study in sorted(known.joined.items()) if source != study},
        "pools": {key_of(review): sorted(map(key_of, pooled)) for review, pooled in sorted(known.pools.items())},
    }
