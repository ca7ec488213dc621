"""Answer each question of an assistant as plain values: rows with IRIs, the sources behind them, and a hedge in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rlsgraph.errors import AmbiguousNameError, UnknownNameError
from rlsgraph.explorer.words import claim_flags, flag_words
from rlsgraph.formats.answers import contradictions_table, gaps_table, hypotheses_table, rivals_table, support_table
from rlsgraph.formats.nested import paths_json
from rlsgraph.formats.plain import claim_dict, entity_dict, explanation_dict, source_dict
from rlsgraph.model.things import Claim, Source

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.model.weighing.profile import Profile

Answer = dict[str, Any]

ASK_FOR_SOURCES = "The tool evidence tells the studies and sources behind a claim, by its IRI."
_OF_THE_SUM = {
    "evidence",
    "prior",
    "support_weight",
    "dispute_weight",
    "logit",
    "logit_sd",
    "polarity",
    "superseded",
    "superseded_by",
}
"""What a list of claims leaves to the tools that tell of one."""

_OF_THE_ROUTE = {"steps", "start", "end"}
"""What a list of hypotheses leaves to the statement of each."""

MOST = 50
"""Rows of an answer; an assistant reads all that it gets."""

WHAT_A_SCORE_IS = (
    "A score is the probability that a claim holds, given the evidence recorded here; it is worked out by a stated formula and "
    "is not a consensus of experts. These are hypotheses, not medical advice."
)


class Tools:
    """The questions that an assistant may ask of a graph."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg

    def find_entity(self, text: str) -> Answer:
        """Find entities (a substance, state, disease, symptom, gene, exposure or treatment) by label, synonym, CURIE or IRI."""
        try:
            found = [self._kg.entity(text)]
        except AmbiguousNameError as error:
            found = [self._kg.entity(iri) for _, iri in error.meant[:MOST]]
            return {"exact": False, "entities": [entity_dict(each) for each in found], "note": str(error)}
        except UnknownNameError as error:
            names = error.nearest or tuple(self._kg.complete_entity(text)[:MOST])
            found = [self._kg.entity(name) for name in names]
            return {"exact": False, "entities": [entity_dict(each) for each in found], "note": str(error)}
        return {"exact": True, "entities": [entity_dict(each) for each in found], "note": ""}

    def claim(self, claim: str) -> Answer:
        """Tell a claim's score with its interval, level, evidence and sources, and the sum behind it, factor by factor.

        Name it by IRI, or in words: "gut dysbiosis increases systemic inflammation".
        """
        found = self._kg.claim(claim)
        ledger = explanation_dict(self._kg.explain(found))
        return {**claim_dict(found), "ledger": ledger, "sources": _sources([found]), "note": hedge(found, self._kg.profile)}

    def evidence(self, claim: str) -> Answer:
        """List the evidence for, against and open on a claim, with its studies and sources; no arithmetic."""
        found = self._kg.claim(claim)
        return {**claim_dict(found), "sources": _sources([found]), "note": hedge(found, self._kg.profile)}

    def claims_about(self, entity: str) -> Answer:
        """List the claims that an entity takes part in, best score first, with how many items stand on each side."""
        name = self._kg.entity(entity)
        both = {*self._kg.claims(subject=name), *self._kg.claims(object=name)}
        claims = sorted(both, key=lambda claim: (-claim.score, claim.iri))
        rows = [
            {"statement": str(claim)} | {key: value for key, value in claim_dict(claim).items() if key not in _OF_THE_SUM}
            for claim in claims[:MOST]
        ]
        return {"claims": rows, "left_out": max(0, len(claims) - MOST), "note": f"{ASK_FOR_SOURCES} {WHAT_A_SCORE_IS}"}

    def paths(self, start: str, end: str, limit: int = 5, max_steps: int = 8) -> Answer:
        """Find the best causal paths from one entity to another: steps, sign, joint probability, weakest step."""
        most = max(1, min(limit, MOST))
        paths = self._kg.paths(start, end, limit=most, max_steps=max_steps)
        absence = None if paths else self._kg.why_no_path(start, end, max_steps=max_steps)
        claims = [step for path in paths for step in path.steps if isinstance(step, Claim)]
        note = "A path's joint probability takes its claims as independent; a long path is never likelier than its weakest step."
        return {**paths_json(paths, (), absence), "sources": _sources(claims), "note": f"{note} {WHAT_A_SCORE_IS}"}

    def support(self, start: str, end: str, max_steps: int = 8) -> Answer:
        """Say how probable it is that some causal path holds, overall and by sign, beside the floor, and a verdict that abstains.

        The floor is the same question with every claim at its prior: what would be printed if nobody had studied anything.
        """
        support = self._kg.support(start, end, max_steps=max_steps)
        note = f"Verdict: {support.judgement}. Compare each probability with its floor before you report it. {WHAT_A_SCORE_IS}"
        return {**self._ends(start, end), "parts": support_table(support).to_json(), "note": note}

    def gaps(self, start: str, end: str, limit: int = 5, max_steps: int = 8) -> Answer:
        """Rank the claims whose next study would settle most of a support, with the study and what either outcome would do."""
        agenda = self._kg.gaps(start, end, max_steps=max_steps)
        rows = gaps_table(agenda).to_json()
        most = max(1, min(limit, MOST))
        note = "What a study would settle is expected by the same formula as the scores; it says nothing of cost or feasibility."
        note = f"{note} {ASK_FOR_SOURCES}"
        told = [{"in_words": _next_study(row)} | row for row in rows[:most]]
        return {**self._ends(start, end), "gaps": told, "left_out": max(0, len(rows) - most), "note": note}

    def contradictions(self, start: str = "", end: str = "") -> Answer:
        """List claims and paths that speak against each other; of two entities where both are named."""
        found = self._kg.contradictions(start or None, end or None)
        rows = contradictions_table(found).to_json()
        ends = self._ends(start, end) if start and end else {}
        none = "" if rows else "Nothing that is recorded here speaks against itself there; that is no proof that all agrees. "
        note = f"{none}Opposite signs may both hold, of different people, doses or times. {ASK_FOR_SOURCES}"
        return {**ends, "contradictions": rows[:MOST], "left_out": max(0, len(rows) - MOST), "note": note}

    def hypotheses(self) -> Answer:
        """List the named mechanisms in order, with anchor in people, weakest step, and what speaks against them."""
        note = f"Ordered by the best tie to the disease in people, then by the weakest step. {ASK_FOR_SOURCES} {WHAT_A_SCORE_IS}"
        ranked = self._kg.hypotheses()
        rows = hypotheses_table(ranked).to_json()
        named = [{"label": one.hypothesis.label} | row for one, row in zip(ranked, rows, strict=True)]
        return {
            "hypotheses": [{key: value for key, value in row.items() if key not in _OF_THE_ROUTE} for row in named],
            "note": note,
        }

    def compare(self, hypothesis: str, rival: str) -> Answer:
        """Compare two named mechanisms: what they share, where they part, and what tells them apart."""
        both = [self._kg.hypothesis(name) for name in (hypothesis, rival)]
        places = {ranked.hypothesis: ranked.place for ranked in self._kg.hypotheses()}
        rows = rivals_table(self._kg.compare(hypothesis, rival)).to_json()
        named = [
            {"place": places.get(each), "iri": each.iri, "label": each.label, "definition": each.definition} for each in both
        ]
        return {"hypotheses": named, "comparison": rows, "note": f"{ASK_FOR_SOURCES} {WHAT_A_SCORE_IS}"}

    def _ends(self, start: str, end: str) -> Answer:
        ends = {"from": self._kg.entity(start), "to": self._kg.entity(end)}
        return {key: {"iri": each.iri, "label": each.label, "definition": each.definition} for key, each in ends.items()}


def hedge(claim: Claim, profile: Profile) -> str:
    """Return in words how sure a claim is, and what is weak about it."""
    weak = "; ".join(words for _, words in claim_flags(claim, flag_words(profile)))
    numbers = f"{claim.level.label.capitalize()}: {claim.score:.2f}, 90% interval {claim.low:.2f} to {claim.high:.2f}"
    return f"{numbers}{f'; {weak}' if weak else ''}. {WHAT_A_SCORE_IS}"


def _next_study(row: Answer) -> str:
    """Return in words what a next study is, and what either outcome would do to the score of its claim."""
    score, positive, null = (f"{row[name]:.2f}" for name in ("score", "score_if_positive", "score_if_null"))
    study = f"{row['next_design']}, {row['next_size']:,} taking part" if row.get("next_size") else str(row["next_design"])
    return f"{row['statement']}: {score} now; after a {study}, {positive} if it finds so and {null} if it finds no effect."


def _sources(claims: Iterable[Claim]) -> list[Answer]:
    """Return the sources of the evidence of some claims, each once, with where they can be opened."""
    sources: set[Source] = {item.source for claim in claims for item in claim.evidence}
    return [{**source_dict(source), "links": [address for _, address in source.links]} for source in sorted(sources)]
