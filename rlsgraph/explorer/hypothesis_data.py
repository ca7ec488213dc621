"""Turn ranked hypotheses into the plain values that the page reads: drawing, standing, route, what to study, what tells apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer import drawing
from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.folding import fold
from rlsgraph.explorer.network import draw
from rlsgraph.reasoning.agenda import find_agenda
from rlsgraph.reasoning.influence import iter_influences
from rlsgraph.reasoning.standing import possible_ties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rlsgraph.explorer.drawing import Leg
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.model.things import Claim, Entity
    from rlsgraph.model.weighing.explanation import Explanation
    from rlsgraph.reasoning.agenda import Agenda, ResearchGap
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.claim_graph import ClaimGraph
    from rlsgraph.reasoning.hypotheses import RankedHypothesis
    from rlsgraph.reasoning.standing import Standing

Data = dict[str, Any]

MOST_WAYS = 12
"""So many paths of a hypothesis are told to the page, the best ones: those between which a change may choose anew."""


def hypotheses_data(kg: KnowledgeGraph) -> list[Data]:
    """Return every hypothesis, in the library's order."""
    part = kg.graph_source.hypotheses()

    def explain(iri: str) -> Explanation:
        return part.explain(iri, kg.profile)

    return [_hypothesis(ranked, part.claim_graph, explain) for ranked in part.ranking]


def influences_data(kg: KnowledgeGraph) -> dict[str, list[list[Any]]]:
    """Return how far each evidence item moves each claim on a best route: claim, then item, the claim it bears on, the shift.

    The shift is of the logarithm of the claim's score; two hypotheses are told apart by the sum of theirs (`kg.compare`).
    """
    part = kg.graph_source.hypotheses()
    walked: dict[str, Claim] = {claim.iri: claim for ranked in part.ranking if ranked.paths for claim in ranked.best.claims}
    return {
        key_of(claim.iri): [
            [influence.evidence.identifier, key_of(influence.via.iri), round(influence.shift, 9)]
            for influence in iter_influences(claim, lambda iri: part.explain(iri, kg.profile))
        ]
        for claim in walked.values()
    }


def _hypothesis(ranked: RankedHypothesis, claims: ClaimGraph, explain: Callable[[str], Explanation]) -> Data:
    hypothesis = ranked.hypothesis
    legs, left_out = drawing.choose_legs(ranked)
    kept, folded = fold(legs)
    picture = draw(kept)
    seats = {node["id"]: (node["x"], node["y"]) for node in picture["nodes"]}
    return without_empty(
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
        steps=_in_order(legs, seats),
        folded=folded,
        legs=[[drawing.step_id(leg.step), key_of(leg.start.iri), key_of(leg.end.iri)] for leg in legs],
        left_out=left_out,
        drawing=picture,
        claims=[key_of(claim.iri) for claim in hypothesis.claims],
        **(_standing(ranked, ranked.standing) if ranked.standing is not None else {}),
        **(_route(ranked, claims, explain) if ranked.paths else {}),
        ways=[_way(path, hypothesis.end, claims) for path in ranked.paths[:MOST_WAYS]],
    )


def _way(path: CausalPath, end: Entity, claims: ClaimGraph) -> Data:
    """Return a path, its sign, and the claims that may tie it to the end: under a change the page chooses among them anew."""
    return {
        "route": _legs(path),
        "polarity": int(path.polarity),
        "ties": [key_of(tie.claim.iri) for tie in possible_ties(path, end, claims)],
    }


def _legs(path: CausalPath) -> list[list[str]]:
    """Return a path's steps, each with where it starts and ends."""
    return [
        [drawing.step_id(step), key_of(start.iri), key_of(end.iri)]
        for step, (start, end) in zip(path.steps, pairwise(path.entities), strict=True)
    ]


def _in_order(legs: Sequence[Leg], seats: Mapping[str, tuple[float, float]]) -> list[str]:
    """Return the steps as they stand in the drawing; one that is folded comes right after those that lead to it."""
    places: dict[str, tuple[float, ...]] = {}
    for leg in legs:
        name = drawing.step_id(leg.step)
        before = [
            places[drawing.step_id(one.step)] for one in legs if one.end == leg.start and drawing.step_id(one.step) in places
        ]
        places[name] = seats[name] if name in seats else (*max(before, default=(0.0, 0.0)), 1.0)
    return sorted(places, key=places.__getitem__)


def _standing(ranked: RankedHypothesis, standing: Standing) -> Data:
    """Return how the best path stands; a hypothesis whose claims do not connect has nothing of this."""
    weakest = standing.weakest
    return {
        "place": ranked.place,
        "joint": ranked.joint_probability,
        "low": ranked.low,
        "high": ranked.high,
        "polarity": int(ranked.polarity),
        "anchor": None if standing.anchor is None else key_of(standing.anchor.iri),
        "weakest": key_of(weakest.step.iri),
        "read": key_of(weakest.read.iri) if weakest.is_association else None,
        "reads": {key_of(r.step.iri): key_of(r.read.iri) for r in standing.readings if r.is_association},
        "in_people": [sum(reading.is_in_people for reading in standing.readings), len(standing.readings)],
        "opposed": [key_of(claim.iri) for claim in standing.contradictions],
        "newest": standing.newest,
    }


def _route(ranked: RankedHypothesis, claims: ClaimGraph, explain: Callable[[str], Explanation]) -> Data:
    """Return the best path, each step with where it starts and ends, and what the next study of each claim could do to it."""
    agenda = own_agenda(ranked, claims, explain)
    return {
        "route": _legs(ranked.best),
        "study": _gaps(agenda.gaps),
        "own_support": number(agenda.estimate.value),
        "variance": float(f"{agenda.variance:.6g}"),
    }


def own_agenda(ranked: RankedHypothesis, claims: ClaimGraph, explain: Callable[[str], Explanation]) -> Agenda:
    """Return what to study of a hypothesis that has a path, by the share that it would settle.

    The question is that of the hypothesis alone: its own claims and the definitional links, from the path's start to its end.
    """
    own = claims.of_claims(ranked.hypothesis.claims)
    agenda = find_agenda(own.ask(ranked.best.entities[0], ranked.hypothesis.end), claims.records, explain)
    return replace(agenda, gaps=tuple(sorted(agenda.gaps, key=lambda gap: (-gap.share, gap.claim.iri))))


def _gaps(gaps: Iterable[ResearchGap]) -> list[Data]:
    """Return what to study, by the share that it would settle: the claim, the study, its outcomes and what follows from each.

    Of a hypothesis alone nothing is left where its untested steps are not walked, so they are not weighed apart here.
    """
    return [
        {
            "claim": key_of(gap.claim.iri),
            "next": str(gap.next_study),
            "reason": gap.next_study.reason,
            "chance": number(gap.gap.chance),
            "share": number(gap.share),
            "scores": [number(gap.score_if_positive), number(gap.score_if_null)],
            "supports": [number(gap.gap.if_positive), number(gap.gap.if_null)],
        }
        for gap in gaps
    ]


def without_empty(**values: Any) -> Data:
    """Return the values that say something: without empty texts, empty lists, None and False."""
    return {key: value for key, value in values.items() if value not in ("", [], None) and value is not False}


def number(value: float) -> float:
    """Return a number without the noise of its last bits, so that the page is the same on every machine."""
    return round(float(value), 6)
