"""Reason over a graph: why a claim scores as it does, what leads from one entity to another, what is weak, what to study."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rlsgraph.graph.catalogue import Catalogue
from rlsgraph.graph.sparql_functions import MAX_STEPS
from rlsgraph.model.names import Name, name_of
from rlsgraph.model.shown import Listing
from rlsgraph.reasoning.reliability.defaults import MIN_SCORE, SAMPLES, SEED

if TYPE_CHECKING:
    from rlsgraph.model.things import Entity, Expectation
    from rlsgraph.model.weighing.explanation import Explanation
    from rlsgraph.model.weighing.profile import Profile
    from rlsgraph.reasoning.absence import Absence
    from rlsgraph.reasoning.agenda import Agenda
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.chance import Chance
    from rlsgraph.reasoning.checkup import Finding
    from rlsgraph.reasoning.claim_graph import ClaimGraph
    from rlsgraph.reasoning.claim_support import Support
    from rlsgraph.reasoning.comparison import RivalComparison
    from rlsgraph.reasoning.contradictions import Contradiction
    from rlsgraph.reasoning.expectations import Verdict
    from rlsgraph.reasoning.history import History
    from rlsgraph.reasoning.hypotheses import NamedRoute, RankedHypothesis
    from rlsgraph.reasoning.hypothesis_account import HypothesisAccount
    from rlsgraph.reasoning.reliability.estimates import Part
    from rlsgraph.reasoning.reliability.sampler import Progress


class Reasoner(Catalogue):
    """The questions that are answered by reasoning; each asks the source for the part of the graph that it needs."""

    @property
    def profile(self) -> Profile:
        """The numbers behind the scores.

        >>> type(kg.profile).__name__
        'Profile'
        """
        return self.graph_source.profile

    def explain(self, claim: Name) -> Explanation:
        """Return the whole sum behind a claim's score, item by item.

        >>> claim = kg.claim("gut dysbiosis increases systemic inflammation")
        >>> len(kg.explain(claim).items) == len(claim.evidence)
        True
        """
        iri = self.claim(claim).iri
        return self.graph_source.claim(iri).explain(iri, self.profile)

    def history(self, claim: Name) -> History:
        """Return how a claim came to its score: each year that changed it, and the studies that did, own and lent.

        The prior comes first; sources without a year last, as nobody can tell when they spoke.

        >>> claim = kg.claim("gut dysbiosis increases systemic inflammation")
        >>> kg.history(claim).turns[-1].confidence.score == claim.score
        True
        """
        from rlsgraph.reasoning.history import find_history

        return find_history(self.explain(claim))

    def _ends(self, start: Name, end: Name) -> tuple[Entity, Entity]:
        return self.entity(start), self.entity(end)

    def hypotheses(self) -> Listing[RankedHypothesis]:
        """Return the hypotheses with their routes, the best anchored first; those that are mere context last.

        >>> "Iron absorption" in [ranked.hypothesis.label for ranked in kg.hypotheses()]
        True
        """
        return Listing.of("hypotheses", self.graph_source.hypotheses().ranking)

    def explain_hypothesis(self, name: Name) -> HypothesisAccount:
        """Return where the place of a hypothesis comes from: what could anchor it, how each step is read, its neighbours.

        >>> account = kg.explain_hypothesis("iron absorption")
        >>> account.ranked.standing.anchor == account.ties[0].claim
        True
        """
        from rlsgraph.reasoning.hypothesis_account import account_for

        part = self.graph_source.hypotheses()
        return account_for(part.hypothesis(name_of(name)), part.ranking, part.claim_graph)

    def paths(self, start: Name, end: Name, *, limit: int = 10, max_steps: int = MAX_STEPS) -> Listing[CausalPath]:
        """Return the best simple causal paths by joint probability, best first; ties by length, then by IRIs.

        A refuted claim is not walked, nor is an association; docs/reasoning.md has the rules for definitional links.

        >>> len(kg.paths("gut dysbiosis", "RLS symptoms", limit=3))
        3
        """
        ends = self._ends(start, end)
        found = self._walks(*ends, max_steps).find_paths(*ends, limit=limit, max_steps=max_steps)
        steps = sorted({step.iri for path in found for step in path.steps})
        return Listing.of("paths", self.graph_source.told(steps).tell(found))

    def _walks(self, start: Entity, end: Entity, max_steps: int) -> ClaimGraph:
        return self.graph_source.walks(start, end, max_steps).claim_graph

    def _between(self, start: Entity, end: Entity, max_steps: int) -> ClaimGraph:
        return self.graph_source.between(start, end, max_steps).claim_graph

    def named_routes(self, start: Name, end: Name, *, max_steps: int = MAX_STEPS) -> Listing[NamedRoute]:
        """Return the hypotheses' routes between two entities, each with its rank among the thousand best paths.

        >>> bool(kg.named_routes("gut dysbiosis", "RLS symptoms"))
        True
        """
        from rlsgraph.reasoning.hypotheses import find_named_routes

        ends, ranked = self._ends(start, end), self.hypotheses()
        if not ranked:  # a thousand paths are dear
            return Listing.of("named routes", ())
        paths = self._walks(*ends, max_steps).find_paths(*ends, limit=1000, max_steps=max_steps)
        return Listing.of("named routes", find_named_routes(ranked, paths, *ends))

    def why_no_path(self, start: Name, end: Name, *, max_steps: int = MAX_STEPS) -> Absence | None:
        """Return why no causal path leads from one entity to another; None where one does.

        >>> print(kg.why_no_path("RLS", "RLS"))
        start and end are the same entity
        """
        from rlsgraph.reasoning.absence import AbsenceReason

        ends = self._ends(start, end)
        found = self._walks(*ends, max_steps).why_no_path(*ends, max_steps=max_steps)
        if found is None or found.reason is not AbsenceReason.NO_CAUSAL_PATH:
            return found
        return self.graph_source.joined(*ends).claim_graph.why_no_path(*ends, max_steps=max_steps)

    def support(
        self,
        start: Name,
        end: Name,
        *,
        max_steps: int = MAX_STEPS,
        tested_only: bool = False,
        seed: int = SEED,
        samples: int = SAMPLES,
        progress: Progress | None = None,
    ) -> Support:
        """Return the probability that at least one causal path holds: overall, raising, lowering, of open direction.

        Each with its floor (every claim at its prior) and evidence factor, and a verdict (`judgement`). Exact where it can
        be, else a Monte Carlo estimate with its standard error and seed; with the 90% interval that the claims' distributions
        leave. Claims are taken as independent. `tested_only` leaves out claims without data of their own. `progress` is told
        how many samples are done, and of how many. Raises `SameEntityError` where start and end are one entity.

        >>> 0 < kg.support("gut dysbiosis", "RLS symptoms", max_steps=3).overall.value < 1
        True
        """
        from rlsgraph.reasoning.claim_support import find_support

        ends = self._ends(start, end)
        question = self._walks(*ends, max_steps).ask(*ends, max_steps=max_steps, tested_only=tested_only)
        return find_support(question, seed=seed, samples=samples, progress=progress)

    def gaps(
        self,
        start: Name,
        end: Name,
        *,
        max_steps: int = MAX_STEPS,
        part: Part | str = "overall",
        progress: Progress | None = None,
    ) -> Agenda:
        """Return the research agenda: the claims whose next study would settle most of the support between two entities.

        For each the design that would be the next step, its two outcomes, and by how much it can be expected to lower the
        variance of the support; docs/reasoning.md says how they are ranked.

        >>> bool(kg.gaps("gut dysbiosis", "RLS symptoms", max_steps=4).gaps)
        True
        """
        from rlsgraph.reasoning.agenda import find_agenda

        ends = self._ends(start, end)
        between = self.graph_source.between(*ends, max_steps)
        question = between.claim_graph.ask(*ends, max_steps=max_steps)
        return find_agenda(
            question, between.records, lambda iri: between.explain(iri, self.profile), part=part, progress=progress
        )

    def contradictions(
        self, start: Name | None = None, end: Name | None = None, *, max_steps: int = MAX_STEPS
    ) -> Listing[Contradiction]:
        """Return contested claims, opposed claims, and opposed paths.

        With two entities, those between them: claims that some path of at most `max_steps` steps uses, and the two paths.
        Else all claims, and the paths between the ends of each hypothesis: that reads the whole graph.

        >>> len(kg.contradictions("gut dysbiosis", "RLS symptoms", max_steps=3)) <= len(kg.contradictions())
        True
        """
        from rlsgraph.reasoning.contradictions import contradictions_between, find_contradictions

        if (start is None) != (end is None):
            raise ValueError("name both a start and an end, or neither")
        if start is not None and end is not None:
            ends = self._ends(start, end)
            found = contradictions_between(self._between(*ends, max_steps), *ends, max_steps=max_steps)
            return Listing.of("contradictions", found)
        whole = self.graph_source.whole()
        pairs = sorted({(first, h.end) for h in whole.records.hypotheses.values() for first in h.starts})
        return Listing.of("contradictions", find_contradictions(whole.claim_graph, pairs, max_steps=max_steps))

    def expect(self, *, max_steps: int = MAX_STEPS, min_score: float = MIN_SCORE) -> Listing[Verdict]:
        """Return for each known observation whether the mechanisms reproduce its sign, by a path of two claims or more.

        Each with the share of 200 graphs with shuffled signs in which its path has the right one.

        >>> len(kg.expect(max_steps=3)) == len(kg.expectations())
        True
        """
        from rlsgraph.reasoning.chance import with_chance
        from rlsgraph.reasoning.expectations import check_expectation

        small = self.graph_source.small()

        def check(expectation: Expectation) -> Verdict:
            part = small or self.graph_source.between(expectation.subject, expectation.object, max_steps)
            return check_expectation(part.claim_graph, expectation, max_steps=max_steps, min_score=min_score)

        return Listing.of("verdicts", with_chance(map(check, self.expectations())))

    def expect_by_chance(self, verdicts: Iterable[Verdict], *, min_score: float = MIN_SCORE, seed: int = SEED) -> Chance:
        """Return how many of these observations chance would get right: by random signs, and in 200 shuffled graphs.

        >>> verdicts = kg.expect(max_steps=3)
        >>> kg.expect_by_chance(verdicts).right.seen == sum(verdict.has_right_sign for verdict in verdicts)
        True
        """
        from rlsgraph.reasoning.chance import find_chance

        return find_chance(verdicts, min_score=min_score, seed=seed)

    def doctor(self) -> Listing[Finding]:
        """Return what is weak: claims without evidence, single studies, animal work alone, sign conflicts, orphans, titles.

        It reads the whole graph.

        >>> bool(kg.doctor())
        True
        """
        from rlsgraph.reasoning.checkup import check_up
        from rlsgraph.reasoning.contradictions import find_contradictions

        whole = self.graph_source.whole()
        conflicts = find_contradictions(whole.claim_graph, (), max_steps=MAX_STEPS)
        return Listing.of("findings", check_up(whole.records, whole.studies.joined, conflicts))

    def compare(self, hypothesis: Name, rival: Name) -> RivalComparison:
        """Return what two hypotheses share, where they part, and which evidence tells them apart.

        >>> kg.compare("iron absorption", "dopamine deficiency").one.hypothesis.label.lower()
        'iron absorption'
        """
        from rlsgraph.reasoning.comparison import compare_rivals

        part = self.graph_source.hypotheses()
        ranked = {r.hypothesis.iri: r for r in part.ranking}
        one, other = (ranked[part.hypothesis(name_of(name)).iri] for name in (hypothesis, rival))
        return compare_rivals(one, other, lambda iri: part.explain(iri, self.profile))
