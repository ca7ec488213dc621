"""Choose what a page opens on, or a figure shows: a hypothesis, the paths between two entities, or what is around one."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from rlsgraph.errors import EmptyViewError, SameEntityError
from rlsgraph.explorer.drawing import Leg, choose_legs, key_of, legs_of, step_id, within_room
from rlsgraph.explorer.words import OUTCOMES, either, joint_in_words
from rlsgraph.model.decimals import probability
from rlsgraph.model.things import Claim, DefinitionalLink, Entity

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.hypotheses import RankedHypothesis

MOST_PATHS = 5
"""More than the five best paths between two entities tangle."""
MOST_STEPS = 2


@dataclass(frozen=True, slots=True)
class View:
    """What to show: the legs, most important first, and the fragment of the page's address that shows the same there.

    `summary` says in a sentence or two what is seen; `left_out` counts the steps that were left out for want of room.
    """

    title: str
    summary: str
    address: str
    legs: tuple[Leg, ...]
    left_out: int = 0


def choose_view(
    kg: KnowledgeGraph,
    *,
    hypothesis: str | None = None,
    between: tuple[str, str] | None = None,
    around: str | None = None,
    compare: tuple[str, str] | None = None,
    steps: int = 1,
    min_score: float = 0.0,
) -> View:
    """Return the one view that is named; of the best hypothesis where none is.

    Raises `EmptyViewError` where it would be empty, and `ValueError` where more than one is named.
    """
    if sum(named is not None for named in (hypothesis, between, around, compare)) > 1:
        raise ValueError("hypothesis, between, around and compare are different views; name one")
    if compare is not None:
        return view_compare(kg, *compare)
    if between is not None:
        return view_between(kg, *between, min_score=min_score)
    if around is not None:
        return view_around(kg, around, steps=steps, min_score=min_score)
    return view_hypothesis(kg, hypothesis, min_score=min_score)


def view_hypothesis(kg: KnowledgeGraph, name: str | None = None, *, min_score: float = 0.0) -> View:
    """Return the view of a hypothesis: its paths, best first, and its own claims; the best hypothesis where none is named."""
    iri = None if name is None else kg.hypothesis(name).iri
    ranked = next((each for each in kg.hypotheses() if iri in (None, each.hypothesis.iri)), None)
    if ranked is None:
        raise EmptyViewError("the graph holds no hypothesis; show what is between two entities, or around one")
    legs, left_out = choose_legs(ranked)
    kept = _strong(legs, min_score)
    label = ranked.hypothesis.label
    if not kept:
        raise EmptyViewError(f"{label} has no claim to show{_from(min_score)}")
    address = _address("hypothesis", {"hypothesis": key_of(ranked.hypothesis.iri)}, min_score)
    return View(label, _standing(ranked) + _only(min_score), address, tuple(kept), left_out)


def view_between(kg: KnowledgeGraph, start: str, end: str, *, limit: int = MOST_PATHS, min_score: float = 0.0) -> View:
    """Return the view of the best causal paths from one entity to another, the best first."""
    first, last = kg.entity(start), kg.entity(end)
    if first == last:
        raise SameEntityError(first.label)
    paths = kg.paths(first.iri, last.iri, limit=limit)
    if not paths:
        why = kg.why_no_path(first.iri, last.iri)
        raise EmptyViewError(f"no causal path leads from {first.label} to {last.label}: {why}")
    wanted: dict[str, Leg] = {}
    for path in paths:
        for leg in legs_of(path):
            wanted.setdefault(step_id(leg.step), leg)
    legs, left_out = within_room(_strong(wanted.values(), min_score))
    if not legs:
        raise EmptyViewError(f"no claim on the best paths from {first.label} to {last.label} is left{_from(min_score)}")
    address = _address("between", {"start": key_of(first.iri), "end": key_of(last.iri)}, min_score)
    return View(f"From {first.label} to {last.label}", _best(paths) + _only(min_score), address, tuple(legs), left_out)


def view_compare(kg: KnowledgeGraph, one: str, other: str) -> View:
    """Return the view of two hypotheses side by side: a table of the page, of which no figure is drawn."""
    first, second = kg.hypothesis(one), kg.hypothesis(other)
    if first == second:
        raise EmptyViewError(f"{first.label} is compared with itself; name two hypotheses")
    address = _address("compare", {"hypothesis": key_of(first.iri), "with": key_of(second.iri)}, 0.0)
    return View(f"{first.label} and {second.label}", "What two hypotheses stand on, side by side.", address, ())


def view_around(kg: KnowledgeGraph, name: str, *, steps: int = 1, min_score: float = 0.0) -> View:
    """Return the view of all claims and definitional links within one or two steps of an entity.

    The nearest come first, of those the claims with the highest score. Associations are among them.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise ValueError(f"steps is {steps}; it must be 1 or {MOST_STEPS}")
    centre = kg.entity(name)
    steps_known: tuple[Claim | DefinitionalLink, ...] = (*kg.claims(), *kg.links())
    legs = _strong((Leg(s, s.subject, s.object) for s in steps_known), min_score, around=centre)
    distances = _distances(legs, centre, steps)
    near = [(min(distances.get(end.iri, steps) for end in (leg.start, leg.end)), leg) for leg in legs]
    within = sorted(((distance, leg) for distance, leg in near if distance < steps), key=lambda each: _nearest(*each))
    kept, left_out = within_room(leg for _, leg in within)
    if not kept:
        raise EmptyViewError(f"no claim or definitional link is around {centre.label}{_from(min_score)}")
    address = _address("around", {"around": key_of(centre.iri), "steps": str(steps)}, min_score)
    reach = "one step" if steps == 1 else "two steps"
    summary = f"What is claimed within {reach} of {centre.label}, causes and associations."
    return View(f"Around {centre.label}", summary + _only(min_score), address, tuple(kept), left_out)


def _strong(legs: Iterable[Leg], min_score: float, *, around: Entity | None = None) -> list[Leg]:
    """Return the legs without claims below a score (in hundredths), and without links that then touch none."""
    least = round(min_score, 2)
    if least <= 0:
        return list(legs)
    chosen = [leg for leg in legs if not isinstance(leg.step, Claim) or round(leg.step.score, 9) >= least]
    touched = {end for leg in chosen if isinstance(leg.step, Claim) for end in (leg.start.iri, leg.end.iri)}
    if around is not None:
        touched.add(around.iri)
    return [leg for leg in chosen if isinstance(leg.step, Claim) or {leg.start.iri, leg.end.iri} & touched]


def _distances(legs: Sequence[Leg], centre: Entity, most: int) -> Mapping[str, int]:
    """Return how many steps, either way round, lead from the centre to each entity that is less than `most` away."""
    distances = {centre.iri: 0}
    for distance in range(1, most):
        ends = [(leg.start.iri, leg.end.iri) for leg in legs]
        near = {iri for iri, known in distances.items() if known == distance - 1}
        for one, other in (*ends, *((b, a) for a, b in ends)):
            if one in near:
                distances.setdefault(other, distance)
    return distances


def _nearest(distance: int, leg: Leg) -> tuple[int, float, str]:
    """Order legs: the nearest first, then by score (a link comes after the claims), then by IRI; the page does the same."""
    return (distance, -round(leg.step.score, 9) if isinstance(leg.step, Claim) else 0.0, leg.step.iri)


def _address(view: str, names: Mapping[str, str], min_score: float) -> str:
    """Return the fragment of the page's address, without its #."""
    score = {"score": f"{min_score:.2f}-1.00"} if min_score > 0 else {}
    return urlencode({"view": view, **names, **score}, quote_via=quote)


def _standing(ranked: RankedHypothesis) -> str:
    """Say what the hypothesis would do to its end, what ties it to it, and its best path's joint probability."""
    standing = ranked.standing
    if standing is None:
        return "Its claims do not connect its start with its end, so it has no joint probability."
    hypothesis = ranked.hypothesis
    outcome = OUTCOMES[ranked.polarity].format(hypothesis.end.label)
    anchor = "none in people" if standing.anchor is None else _with_score(standing.anchor)
    weakest = f"{standing.weakest}, {standing.weakest.read.level.label} {probability(standing.weakest.read.score)}"
    paths = "Its path" if len(ranked.paths) == 1 else f"The best of its {len(ranked.paths)} paths"
    return (
        f"If every step holds, a rise in {either(hypothesis.starts)} {outcome}. Anchor: {anchor}. Weakest step: {weakest}. "
        f"{paths}: {joint_in_words(ranked.best)}."
    )


def _with_score(claim: Claim) -> str:
    return f"{claim}, {claim.level.label} {probability(claim.score)}"


def _best(paths: Sequence[CausalPath]) -> str:
    best = paths[0]
    outcome = OUTCOMES[best.polarity].format(best.entities[-1].label)
    which = "The one causal path" if len(paths) == 1 else f"The {len(paths)} causal paths of highest joint probability. The first"
    return f"{which}: {joint_in_words(best)}; if it holds, a rise in {best.entities[0].label} {outcome}."


def _from(min_score: float) -> str:
    return f" with a score from {min_score:.2f} on" if min_score > 0 else ""


def _only(min_score: float) -> str:
    return f" Only claims{_from(min_score)}." if min_score > 0 else ""


def show_page(
    kg: KnowledgeGraph,
    *,
    hypothesis: str | None = None,
    between: tuple[str, str] | None = None,
    around: str | None = None,
    compare: tuple[str, str] | None = None,
    title: str | None = None,
) -> PageFrame:
    """Return the graph's page in a frame; it opens on the view that is named, if any."""
    is_named = any(named is not None for named in (hypothesis, between, around, compare))
    view = choose_view(kg, hypothesis=hypothesis, between=between, around=around, compare=compare) if is_named else None
    return PageFrame(kg.to_html(title=title, view=view), f"rlsgraph: {title or (view.title if view else 'the explorer')}")


@dataclass(frozen=True, slots=True)
class PageFrame:
    """A whole page within a notebook: its frame runs the page's own scripts, and shares nothing with the notebook."""

    page: str
    title: str
    height: int = 760

    def __repr__(self) -> str:
        return f"<PageFrame: {self.title}, {len(self.page):,} characters; a notebook shows it, kg.to_html() is its text>"

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{html.escape(self.title)}" width="100%" height="{self.height}" style="border: 1px solid #d8dadb" '
            f'sandbox="allow-scripts allow-downloads allow-popups" srcdoc="{html.escape(self.page)}"></iframe>'
        )
