"""Turn a knowledge graph into the plain values that the page reads: every claim and entity, each hypothesis drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer import drawing
from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.everything import lay_out_everything
from rlsgraph.model import namespaces as ns
from rlsgraph.model.things import DefinitionalLink, Entity, Source, slug_of
from rlsgraph.model.vocabulary import Direction, Predicate

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.model.weighing.explanation import Explanation, WeighedItem
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

Data = dict[str, Any]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


_PLACES = {
    "DOI": "https://doi.org/",
    "PubMed": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMC": "https://pmc.ncbi.nlm.nih.gov/articles/",
}
"""What each kind of link to a source begins with: said once, since there are hundreds of each."""


def page_data(kg: KnowledgeGraph) -> Data:
    """Return what the page needs, as values that JSON knows."""
    claims, entities = kg.claims(), kg.entities()
    return {
        "version": kg.version,
        "base": ns.BASE,
        "counts": {
            "entities": len(entities),
            "claims": len(claims),
            "evidence": len(kg.evidence()),
            "sources": len(kg.sources()),
        },
        "options": drawing.options(),
        "looks": drawing.looks((*claims, *kg.links())),
        "patterns": drawing.patterns(),
        "widths": drawing.widths(),
        "profile": _profile(kg),
        "predicates": {p.value: {"verb": p.verb, "polarity": int(p.polarity), "causal": p.is_causal} for p in Predicate},
        "places": _PLACES,
        "vocabularies": ns.CURIE_BASES,
        "entities": {key_of(entity.iri): _entity(entity) for entity in entities},
        "sources": {key_of(source.iri): _source(source) for source in kg.sources()},
        "links": {key_of(link.iri): _link(link) for link in kg.links()},
        "claims": {key_of(claim.iri): _claim(kg.explain(claim)) for claim in claims},
        "hypotheses": [_hypothesis(ranked) for ranked in kg.hypotheses()],
        "everything": lay_out_everything(entities, claims, kg.links(), {entity.iri: group_word(entity) for entity in entities}),
    }


def _profile(kg: KnowledgeGraph) -> Data:
    """Return the numbers of the confidence profile that the page names."""
    profile = kg.profile
    return {
        "prior": _number(profile.prior_of_cause),
        "mass": profile.interval_mass,
        "thresholds": sorted(rule.score for rule in profile.levels.values()),
    }


def _entity(entity: Entity) -> Data:
    return _without_empty(
        label=entity.label,
        definition=entity.definition,
        synonyms=list(entity.synonyms),
        category=in_words(entity.category),
        group=group_word(entity),
        matches=[[match.relation.value, match.curie, match.label] for match in entity.matches],
    )


def group_word(entity: Entity) -> str:
    """Return the entity's group as a word, e.g. `gut`; empty where it has none."""
    return in_words(entity.group).removesuffix(" group")


def in_words(iri: str) -> str:
    """Return the local name of an IRI or CURIE in lower-case words."""
    local = slug_of(iri).split(":")[-1]
    return "".join(f" {c.lower()}" if c.isupper() else c for c in local).strip()


def _source(source: Source) -> Data:
    return _without_empty(
        citation=source.citation,
        author=source.first_author,
        title=source.title,
        descriptive=source.title_is_descriptive,
        journal=source.journal,
        year=source.year,
        retracted=source.retracted,
        links=[[name, address.removeprefix(_PLACES.get(name, ""))] for name, address in source.links],
    )


def _link(link: DefinitionalLink) -> Data:
    return {
        "subject": key_of(link.subject.iri),
        "verb": link.kind.verb,
        "object": key_of(link.object.iri),
        "polarity": int(link.kind.polarity),
        "reason": link.reason,
    }


def _claim(explanation: Explanation) -> Data:
    claim, confidence = explanation.claim, explanation.claim.confidence
    return _without_empty(
        subject=key_of(claim.subject.iri),
        predicate=claim.predicate.value,
        object=key_of(claim.object.iri),
        score=_number(claim.score),
        low=_number(claim.low),
        high=_number(claim.high),
        level=claim.level.label,
        pattern=drawing.pattern_of(claim),
        flags=claim_flags(explanation),
        counts=count_in_words(explanation.items),
        support=_number(confidence.support_weight),
        dispute=_number(confidence.dispute_weight),
        prior=_number(confidence.prior),
        logit=_number(confidence.logit),
        logit_sd=_number(confidence.logit_sd),
        lines=[confidence.lines_for, confidence.lines_against],
        items=[_item(item) for item in explanation.items],
        lendings=[
            {
                "claim": key_of(lending.lender),
                "reason": lending.reason or lending.relation.words,
                "weight": _number(lending.after),
            }
            for lending in explanation.ledger.lendings
        ],
    )


def _item(weighed: WeighedItem) -> Data:
    evidence = weighed.evidence
    return _without_empty(
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
        factor=_number(weighed.factor.factor),
        weight=_number(weighed.weight),
        reason=weighed.reason,
    )


def claim_flags(explanation: Explanation) -> list[list[str]]:
    """Return name and words of everything about a claim that its score does not say."""
    claim, items = explanation.claim, explanation.items
    supporting = [item for item in items if item.counted and item.evidence.direction is Direction.SUPPORTS]
    studies = [item.evidence for item in supporting if item.evidence.design.is_study]
    flags = []
    if claim.is_contested:
        flags.append(["contested", "contested: weighty evidence stands on both sides"])
    if claim.is_untested:
        flags.append(["untested", "untested: no evidence of its own yet"])
    elif not any(item.evidence.design.is_study for item in items):
        flags.extend(_without_study(explanation))
    if claim.level.label == "refuted":
        flags.append(["refuted", "refuted: the evidence against it outweighs the rest"])
    if any(item.evidence.source.retracted for item in items):
        flags.append(["retracted", "rests in part on a retracted source, which adds nothing to the score"])
    if studies and not any("human" in evidence.species for evidence in studies):
        flags.append(["not-human", "shown in animals or cells only"])
    if len({item.study for item in supporting}) == 1:
        flags.append(["single", "rests on a single source"])
    return flags


def _without_study(explanation: Explanation) -> list[list[str]]:
    """Return the flag of a claim that no study of its own bears on: others may have lent it what it weighs."""
    if not any(lending.after > 0 for lending in explanation.ledger.lendings):
        return [["no-study", "no study has tested it yet"]]
    if explanation.claim.predicate is Predicate.AFFECTS:
        return []
    return [["association", "studied as an association only, which lends it weight"]]


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


def _hypothesis(ranked: RankedHypothesis) -> Data:
    hypothesis = ranked.hypothesis
    legs, left_out = drawing.choose_legs(ranked)
    picture = drawing.draw(legs)
    seats = {node["id"]: (node["x"], node["y"]) for node in picture["nodes"]}
    return _without_empty(
        id=key_of(hypothesis.iri),
        label=hypothesis.label,
        definition=hypothesis.definition,
        status=hypothesis.status.label,
        source=key_of(hypothesis.source.iri),
        locator=hypothesis.locator,
        rivals=[key_of(rival) for rival in hypothesis.rivals],
        starts=[key_of(start.iri) for start in hypothesis.starts],
        end=key_of(hypothesis.end.iri),
        paths=len(ranked.paths),
        steps=sorted((drawing.step_id(leg.step) for leg in legs), key=seats.__getitem__),
        left_out=left_out,
        drawing=picture,
        **(_standing(ranked) if ranked.paths else {}),
    )


def _standing(ranked: RankedHypothesis) -> Data:
    """Return the numbers of the best path; a hypothesis whose claims do not connect has none."""
    return {
        "score": _number(ranked.joint_probability),
        "low": _number(ranked.low),
        "high": _number(ranked.high),
        "level": ranked.level.label,
        "polarity": int(ranked.polarity),
        "weakest": key_of(ranked.weakest.iri),
    }


def _without_empty(**values: Any) -> Data:
    """Return the values that say something: without empty texts, empty lists, None and False."""
    return {key: value for key, value in values.items() if value not in ("", [], None) and value is not False}


def _number(value: float) -> float:
    """Return a number without the noise of its last bits, so that the page is the same on every machine."""
    return round(float(value), 4)
