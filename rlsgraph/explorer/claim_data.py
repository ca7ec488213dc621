"""Turn claims into the plain values that the page reads: each with its evidence, its flags, and the sum behind its score."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer import drawing
from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.packing import Table
from rlsgraph.model.things import Claim
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.model.study_terms import EvidenceKind
    from rlsgraph.model.weighing.explanation import Explanation, WeighedItem

Data = dict[str, Any]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_CLAIM_COLUMNS = (
    *("subject", "predicate", "object", "score", "low", "high", "level", "pattern", "flags", "counts", "support", "dispute"),
    *("prior", "logit", "logit_sd", "lines", "kinds", "lent", "lendings", "items"),
)
_ITEM_COLUMNS = (
    *("id", "direction", "source", "design", "species", "n", "population", "effect", "finding", "limitations", "locator", "read"),
    *("kind", "result", "power", "bias", "miss", "alpha", "factor", "weight", "indirect", "reason"),
)


def claims_data(kg: KnowledgeGraph, claims: Iterable[Claim]) -> Data:
    """Return the claims and their items as rows (see `packing`), with what the columns of both mean."""
    items = Table(_ITEM_COLUMNS, shared=("direction", "source", "design", "species", "locator", "read", "kind", "result"))
    table = Table(_CLAIM_COLUMNS, shared=("subject", "predicate", "object", "level", "pattern", "prior"))
    rows = {key_of(claim.iri): table.row(_claim(kg.explain(claim), items)) for claim in claims}
    return {"claims": rows, "claim_table": table.legend(), "item_table": items.legend(), "flags": FLAGS}


def _claim(explanation: Explanation, items: Table) -> Data:
    claim, confidence = explanation.claim, explanation.claim.confidence
    return without_empty(
        subject=key_of(claim.subject.iri),
        predicate=claim.predicate.value,
        object=key_of(claim.object.iri),
        score=rounded(claim.score),
        low=rounded(claim.low),
        high=rounded(claim.high),
        level=claim.level.label,
        pattern=drawing.pattern_of(claim),
        flags=[name for name, _ in claim_flags(explanation)],
        counts=count_in_words(explanation.items),
        support=rounded(confidence.support_weight),
        dispute=rounded(confidence.dispute_weight),
        prior=rounded(confidence.prior),
        logit=rounded(confidence.logit),
        logit_sd=rounded(confidence.logit_sd),
        lines=[confidence.lines_for, confidence.lines_against],
        items=[items.row(_item(item)) for item in explanation.items],
        kinds=[[kind_word(k.kind), len(k.lines), rounded(k.before), rounded(k.after)] for k in explanation.ledger.kinds],
        lendings=[
            [key_of(lending.lender), lending.relation.words, len(lending.lines), rounded(lending.after), lending.reason]
            for lending in explanation.ledger.lendings
        ],
        lent=rounded(explanation.ledger.lent),
    )


def _item(weighed: WeighedItem) -> Data:
    evidence = weighed.evidence
    return without_empty(
        id=evidence.identifier,
        direction=evidence.direction.value.lower(),
        source=key_of(evidence.source.iri),
        design=evidence.design.label,
        species=", ".join(evidence.species),
        n=evidence.sample_size,
        population=evidence.population,
        effect=evidence.effect,
        finding=evidence.finding,
        limitations=evidence.limitations,
        locator=evidence.locator,
        read=evidence.text_read.label if evidence.text_read else "",
        kind=kind_word(weighed.factor.kind),
        result=weighed.factor.result.label,
        power=_rate(weighed.factor.power),
        bias=_rate(weighed.factor.bias),
        miss=_rate(weighed.factor.insensitivity),
        alpha=_rate(weighed.factor.alpha),
        factor=rounded(weighed.factor.factor),
        indirect=list(weighed.factor.indirect),
        weight=rounded(weighed.weight),
        reason=weighed.reason,
    )


def kind_word(kind: EvidenceKind | None) -> str:
    """Return a kind of evidence as a word, e.g. `observation`; empty for what is no evidence."""
    return "" if kind is None else kind.value.removesuffix("Kind").lower()


def factor_words(weight: float) -> str:
    """Return a weight of evidence (the natural logarithm of a Bayes factor) as people read it.

    >>> factor_words(1.1632), factor_words(-1.1632), factor_words(0.0)
    ('× 3.2', '÷ 3.2', '× 1.00')
    """
    value = math.exp(abs(weight))
    digits = 0 if value >= 9.95 else 1 if value >= 1.995 else 2
    return f"{'÷' if weight < 0 else '×'} {value:.{digits}f}"


def _rate(value: float | None) -> float | None:
    return None if value is None else rounded(value)


FLAGS = {
    "contested": "contested: for and against each weigh enough to count by themselves",
    "refuted": "refuted: the evidence against it outweighs the rest by far",
    "untested": "untested: no study with data of its own bears on it",
    "lent": "only lent: what it has beyond the prior comes from related claims",
    "single": "a single study bears on it",
    "not-human": "not studied in people: animals or cells only",
    "retracted": "a source of it is retracted, and adds nothing to the score",
}
"""Everything that may be said of a claim beside its score, by name."""


def claim_flags(explanation: Explanation) -> list[tuple[str, str]]:
    """Return name and words of everything about a claim that its score does not say."""
    confidence = explanation.claim.confidence
    holds = {
        "contested": confidence.is_contested,
        "refuted": confidence.level is ConfidenceLevel.REFUTED,
        "untested": confidence.is_untested,
        "lent": confidence.is_only_lent,
        "single": confidence.is_single_study,
        "not-human": confidence.is_not_in_people,
        "retracted": any(item.evidence.source.retracted for item in explanation.items),
    }
    return [(name, words) for name, words in FLAGS.items() if holds[name]]


def count_in_words(items: Iterable[WeighedItem]) -> str:
    """Return how many studies and opinions bear on a claim, e.g. `two studies for, one against`.

    A study counts once for each direction, however many items come from it; a review, guideline or hypothesis is no study.
    """
    seen: dict[tuple[Direction, bool], set[str]] = {}
    for item in items:
        seen.setdefault((item.evidence.direction, item.evidence.design.is_study), set()).add(item.study)
    sides = []
    for direction, word in zip(Direction, ("for", "against", "inconclusive"), strict=True):
        kinds = (
            _count(len(seen.get((direction, True), ())), "study", "studies"),
            _count(len(seen.get((direction, False), ())), "review or opinion", "reviews or opinions"),
        )
        if any(kinds):
            sides.append(f"{' and '.join(kind for kind in kinds if kind)} {word}")
    return ", ".join(sides) or "no evidence yet"


def _count(number: int, one: str, many: str) -> str:
    if number == 0:
        return ""
    return f"{_NUMBERS[number] if number < len(_NUMBERS) else number} {one if number == 1 else many}"


def without_empty(**values: Any) -> Data:
    """Return the values that say something: without empty texts, empty lists, None and False."""
    return {key: value for key, value in values.items() if value not in ("", [], None) and value is not False}


def rounded(value: float) -> float:
    """Return a number without the noise of its last bits, so that the page is the same on every machine."""
    return round(float(value), 4)
