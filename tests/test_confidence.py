"""A second implementation of docs/confidence.md, slow and straightforward, against every score; and equal numbers on disk."""

import math
from collections import defaultdict
from itertools import chain, combinations
from statistics import NormalDist

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rlsgraph
from rlsgraph.graph import building
from tests.helpers.graphs import claim_text

PHI = NormalDist().cdf
U = {
    "GWAS": 0.01, "RandomisedControlledTrial": 0.1, "MetaAnalysis": 0.1, "MendelianRandomisation": 0.15, "SystematicReview": 0.2,
    "Cohort": 0.25, "CaseControl": 0.3, "CrossSectional": 0.3, "CSFStudy": 0.35, "AnimalStudy": 0.35, "Neuroimaging": 0.4,
    "Autopsy": 0.4, "InVitro": 0.4, "NonRandomisedTrial": 0.45, "CaseSeries": 0.6, "NarrativeReview": 0.8, "CaseReport": 0.8,
    "ExpertHypothesis": 0.9, "UnknownDesign": 0.9,
}  # fmt: skip
KIND = {
    "RandomisedControlledTrial": "trial", "GWAS": "gene", "MendelianRandomisation": "gene", "Cohort": "cohort",
    "CaseControl": "observation", "CrossSectional": "observation", "Neuroimaging": "observation", "CSFStudy": "observation",
    "Autopsy": "observation", "NonRandomisedTrial": "open", "CaseSeries": "open", "CaseReport": "open", "AnimalStudy": "animal",
    "InVitro": "cells", "NarrativeReview": "opinion", "ExpertHypothesis": "opinion", "UnknownDesign": "opinion",
}  # fmt: skip
V = {"trial": 0.12, "gene": 0.1, "cohort": 0.2, "observation": 0.25, "open": 0.25, "animal": 0.3, "cells": 0.4, "opinion": 0.5}
CAUSE = {
    "trial": (0.99, 0.01), "gene": (0.97, 0.03), "cohort": (0.85, 0.25), "observation": (0.8, 0.35), "open": (0.85, 0.35),
    "animal": (0.7, 0.3), "cells": (0.6, 0.4), "opinion": (0.52, 0.48),
}  # fmt: skip
ASSOCIATION = CAUSE | {"cohort": (0.98, 0.02), "observation": (0.98, 0.03)}
DELTA = {"OddsRatio": math.log(1.5), "RiskRatio": math.log(1.5), "HazardRatio": math.log(1.5)}
DELTA |= {"StandardisedMeanDifference": 0.5, "CorrelationCoefficient": 0.3}
RATIOS = ("OddsRatio", "RiskRatio", "HazardRatio")


def g(w, s, f):
    return math.log((s * math.exp(w) + 1 - s) / (f * math.exp(w) + 1 - f))


def name(term):
    return None if term is None else term.value


def standard_error(e, measure):
    if e.interval is None:
        return None
    low, high = e.interval
    if measure in RATIOS:
        if low <= 0:
            return None
        low, high = math.log(low), math.log(high)
    return (high - low) / 3.919927969080108 if high > low else None


def item_weight(e):
    """Return kind and weight; (None, 0) for a guideline."""
    design, measure = name(e.design), name(e.measure)
    if design == "Guideline":
        return None, 0.0
    kind = KIND.get(name(e.pooled_design), "open") if design in ("MetaAnalysis", "SystematicReview") else KIND[design]
    result = name(e.result) or {"Supports": "AsClaimed", "Disputes": "NoEffectFound", "Inconclusive": "Mixed"}[name(e.direction)]
    if kind == "opinion" and name(e.direction) == "Supports" and name(e.result) in (None, "NoComparison"):
        return kind, math.log(1.15)
    if result in ("Mixed", "NoComparison"):
        return kind, 0.0
    u = U[design]
    if design == "MetaAnalysis":
        u = 0.05 if (e.study_count or 0) >= 5 else 0.08 if (e.study_count or 0) >= 3 else 0.1
        u = u if kind == "trial" else max(u, 0.08)
    odds = u / (1 - u)
    if design == "RandomisedControlledTrial":
        odds *= {"SingleBlind": 2, "OpenLabel": 3}.get(name(e.blinding), 1)
        inert = (None, "NotStated", "Placebo", "Sham", "Vehicle", "WildType", "NoTreatment")
        odds *= 1 if name(e.comparator) in inert else 3
    odds *= {"SecondaryOutcome": 1.5, "PostHocOrSubgroup": 3}.get(name(e.outcome_rank), 1)
    odds *= 1.5 if name(e.text_read) in ("SecondaryPage", "NewsReport", "Excerpt") else 1
    u = min(odds / (1 + odds), 0.97)
    error = standard_error(e, measure)
    delta = DELTA.get(measure)
    if measure in ("MeanDifference", "MeanChangeDifference") and e.unit.lower().startswith("irls points"):
        delta = 3
    if error and delta:
        power = PHI(delta / error - 1.959963984540054)
    else:
        if design in ("MetaAnalysis", "SystematicReview", "NarrativeReview"):
            power = 0.3 if design == "NarrativeReview" else 0.9
        else:
            n = e.sample_size
            if n is None:
                n = {"AnimalStudy": 16, "InVitro": 8, "CaseSeries": 8}.get(design, 30)
            power = PHI(0.5 * math.sqrt(n) / 2 - 1.959963984540054)
        if result == "NoEffectFound":
            power = min(power, 0.5 if e.sample_size is None else 0.8)
    power = min(max(power, 0.05), 0.99)
    if result == "NoEffectFound":
        v = V[kind]
        factor = (1 - (1 - v) * (power + u * (1 - power))) / (1 - (1 - v) * (0.05 + 0.95 * u))
    else:
        p = e.p_value
        if p is None and error and e.estimate is not None and measure not in ("Percentage", "OtherMeasure"):
            if measure in RATIOS:
                p = math.erfc(abs(math.log(e.estimate)) / error / math.sqrt(2)) if e.estimate > 0 else None
            else:
                p = math.erfc(abs(e.estimate) / error / math.sqrt(2))
        alpha = 0.05 if p is None else min(max(p, 0.0001), 0.05)
        factor = (power + u * (1 - power)) / (alpha + u * (1 - alpha))
        factor = 1 / factor if result == "Opposite" else factor
    w = math.log(factor)
    if kind == "trial" and name(e.population_fit) in ("RelatedPopulation", "OtherSpecies", "CellsOnly"):
        w = g(w, 0.9, 0.15)
    if name(e.outcome_fit) in ("SurrogateOutcome", "OtherOutcome"):
        w = g(w, 0.85, 0.2)
    if name(e.directness) == "InferredFromIntervention":
        w = g(w, 0.75, 0.3)
    return kind, w


def plain_id(text):
    text = text.strip().lower()
    for prefix in ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:", "pmid:"):
        text = text.removeprefix(prefix)
    return "".join(text.removeprefix("pmc").split())


def registrations(source):
    texts = chain.from_iterable(text.replace(",", ";").split(";") for text in source.registrations)
    return {plain_id(text) for text in texts if text.strip()}


def register(number):
    return "".join(c if c.isalpha() else " " for c in number).split(" ")[0]


def several_trials(source):
    found = [register(number) for number in registrations(source)]
    return len(found) != len(set(found))


class Second:
    """Every score of a graph, worked out anew."""

    def __init__(self, kg):
        sources = {source.iri: source for source in kg.sources()}
        names = {iri: {iri} for iri in sources}
        for a in sources.values():
            for b in sources.values():
                same = b.iri in (*a.same_study_as, *a.likely_same_study_as) or any(
                    getattr(a, key) and plain_id(getattr(a, key)) == plain_id(getattr(b, key)) for key in ("doi", "pmid", "pmcid")
                )
                if not several_trials(a) and not several_trials(b):
                    same = same or registrations(a) & registrations(b)
                if same and names[a.iri] is not names[b.iri]:
                    names[a.iri] |= names[b.iri]
                    for iri in names[a.iri]:
                        names[iri] = names[a.iri]
        self.study = {iri: min(together) for iri, together in names.items()}
        self.pools = defaultdict(set)
        for a in sources.values():
            self.pools[self.study[a.iri]] |= {self.study[b] for b in (*a.pools, *a.likely_pools) if b in self.study}
            if several_trials(a):
                alone = [b for b in sources.values() if not several_trials(b) and registrations(a) & registrations(b)]
                self.pools[self.study[a.iri]] |= {self.study[b.iri] for b in alone}
        self.claims = {(c.subject.iri, name(c.predicate), c.object.iri): c for c in kg.claims()}
        self.broader = {(link.subject.iri, link.object.iri) for link in kg.links() if link.kind.value == "broader"}
        self.own = {key: self.count(claim) for key, claim in self.claims.items()}

    def count(self, claim):
        best = {}
        for e in claim.evidence:
            kind, w = item_weight(e)
            study = self.study[e.source.iri]
            if w and not e.source.retracted:
                at = (study, w > 0)
                if at not in best or (abs(w), best[at][2]) > (abs(best[at][1]), e.iri):
                    best[at] = (kind, w, e.iri)
        says = defaultdict(float)
        for (study, _), (_, w, _) in sorted(best.items()):
            says[study] += abs(w)
        clash = {(a, b) for a in says for b in self.pools[a] if b in says and a != b}
        rivals = sorted({study for pair in clash for study in pair})
        kept = set(says) - set(rivals)
        for group in self.groups(rivals, clash):
            choices = [
                set(some)
                for size in range(len(group) + 1)
                for some in combinations(group, size)
                if not any({a, b} <= set(some) for a, b in clash)
            ]
            kept |= min(choices, key=lambda some: (-round(math.fsum(says[s] for s in some), 12), -len(some), sorted(some)))
        lines = [(study, kind, w) for (study, _), (kind, w, _) in best.items() if study in kept]
        return lines, set(says)

    def groups(self, rivals, clash):
        left = set(rivals)
        while left:
            group = {min(left)}
            while more := {s for pair in clash if set(pair) & group for s in pair} - group:
                group |= more
            left -= group
            yield sorted(group)

    def told(self, lines, predicate):
        table = ASSOCIATION if predicate.endswith("With") else CAUSE
        sums = defaultdict(float)
        for _, kind, w in lines:
            sums[kind] += w
        return sum(g(w, *table[kind]) for kind, w in sums.items())

    def score(self, key):
        subject, predicate, object_ = key
        lines, heard = self.own[key]
        own = self.told(lines, predicate)
        heard = set(heard)
        lent = []  # (is kin, weight, lines)

        def fresh(other):
            return [line for line in self.own[other][0] if line[0] not in heard]

        if predicate == "affects":
            found = [(subject, sign, object_) for sign in ("decreases", "increases")]
            told = [(self.told(fresh(k), k[1]), fresh(k)) for k in found if k in self.own]
            if told and (larger := max(told, key=lambda one: one[0]))[0] > 0:
                lent.append((True, *larger))
                heard |= {line[0] for line in larger[1]}
        members = sorted({m for m, c in self.broader if c == subject and m != c})
        classes = sorted({c for m, c in self.broader if m == subject and m != c} - set(members))
        for kin, s, f in [*((m, 0.9, 0.1) for m in members), *((c, 0.85, 0.3) for c in classes)]:
            other = (kin, predicate, object_)
            if other in self.own:
                some = fresh(other)
                lent.append((True, g(self.told(some, predicate), s, f), some))
                heard |= {line[0] for line in some}
        word = {"increases": "positivelyAssociatedWith", "decreases": "negativelyAssociatedWith"}.get(predicate)
        pairs = [pair for pair in ((subject, word, object_), (object_, word, subject)) if pair in self.own]
        for other in sorted(pairs, key=lambda pair: self.claims[pair].iri):
            if some := fresh(other):
                lent.append((False, g(self.told(some, word), 0.85, 0.4), some))
                heard |= {line[0] for line in some}
        sides = 0.0
        for sign in (1, -1):
            side = [one for one in lent if one[1] * sign > 0]
            kin = sum(one[1] for one in side if one[0])
            if kin:
                there = [*lines, *(line for one in side if one[0] for line in one[2])]
                gain = max((self.told(there, predicate) - own) * sign, 0)
                kin = min(kin * sign, gain) * sign
            sides += kin + sum(one[1] for one in side if not one[0])
        is_intervention = self.claims[key].subject.group == "intervention"
        prior = 0.2 if predicate.endswith("With") or is_intervention else 0.1
        return 1 / (1 + math.exp(-(math.log(prior / (1 - prior)) + own + min(max(sides, -3), 3))))


def assert_agreed(kg):
    second = Second(kg)
    for key, claim in second.claims.items():
        assert claim.score == pytest.approx(second.score(key), abs=1e-9), claim.iri


def test_a_second_implementation_agrees_on_the_shipped_graph(kg):
    assert_agreed(kg)


def test_explain_ends_at_the_score_of_every_claim(kg):
    for claim in kg.claims():
        assert kg.explain(claim).ledger.confidence.score == pytest.approx(claim.score, abs=1e-12)


DESIGNS = (*U, "Guideline")
CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(["increases", "decreases", "affects", "positivelyAssociatedWith", "negativelyAssociatedWith"]),
        st.sampled_from("abcd"),
        st.sampled_from("abx"),
        st.lists(
            st.tuples(
                st.sampled_from(["Supports", "Disputes", "Inconclusive"]),
                st.sampled_from(DESIGNS),
                st.none() | st.integers(1, 900),
                st.sampled_from("pqrstuv"),
            ),
            max_size=5,
        ),
    ).filter(lambda claim: claim[1] != claim[2]),
    max_size=8,
    unique_by=lambda claim: claim[:3],
)
EXTRA = (
    'entity:c a rls:Entity ; skos:prefLabel "c"@en . entity:d a rls:Entity ; skos:prefLabel "d"@en .\n'
    'entity:x a rls:Entity ; skos:prefLabel "x"@en . entity:a rls:group rls:InterventionGroup .\n'
    "link:c.broader.a a rls:DefinitionalLink ; rdf:subject entity:c ; rdf:predicate skos:broader ; rdf:object entity:a .\n"
    "link:d.broader.a a rls:DefinitionalLink ; rdf:subject entity:d ; rdf:predicate skos:broader ; rdf:object entity:a .\n"
    'source:p rls:pools source:q, source:r . source:s rls:pools source:r . source:t rls:pmid "1" . source:u rls:pmid "1" .\n'
    'source:t bibo:pmid "12" . source:u bibo:pmid "12" . source:v rls:retracted true .\n'
    + "".join(f'source:{s} a rls:Source ; dcterms:title "{s}" .\n' for s in "pqrstuv")
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLAIMS)
def test_a_second_implementation_agrees_on_small_graphs(load_text, found):
    assert_agreed(load_text(EXTRA + "".join(claim_text(p, *items, subject=s, object_=o) for p, s, o, items in found)))


def test_scores_in_portions_and_by_parts_are_those_in_memory(kg, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "PORTION_CLAIMS", 40)
    building.build(tmp_path / "store")
    by_parts = rlsgraph.open(tmp_path / "store", is_large=True)
    for claim in rlsgraph.open(tmp_path / "store", is_large=False).claims():
        assert claim.confidence == kg.claim(claim.iri).confidence
    for claim in kg.claims()[::25]:
        assert by_parts.explain(by_parts.claim(claim.iri)).ledger.confidence.score == pytest.approx(claim.score, abs=1e-9)
