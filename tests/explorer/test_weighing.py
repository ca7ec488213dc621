"""The page's own arithmetic gives what the library gives: as things are, without sources, with a study, as of a year."""

import json
import random

import pytest

from rlsgraph.explorer.drawing import key_of
from rlsgraph.explorer.words import KIND_WORDS
from rlsgraph.graph.what_if import SupposedEvidence
from rlsgraph.model import namespaces as ns
from rlsgraph.model.study_terms import Blinding, Comparator, EffectMeasure, Result
from rlsgraph.model.vocabulary import Direction, StudyDesign
from tests.helpers.graphs import claim_text

DOOR = "window.door = { ledgerOf, whyLevel, weigh };"
ALL = """([ids, change]) => ids.map((id) => {
  const found = window.door.ledgerOf(id, { ...change, without: new Set(change.without) });
  const numbers = ["score", "low", "high", "logit", "logitSd", "prior", "support", "dispute", "linesFor", "linesAgainst", "lent"];
  const counted = found.counted.map(({ name, factor, reason }) => [name, factor.weight, reason]);
  const kinds = found.kinds.map(({ kind, before, after, lines }) => [kind, before, after, lines.length]);
  const lendings = found.lendings.map(({ iri, id, before, after, known, reason }) => [id, before, after, known, reason]);
  const flags = Object.values(found.flags).map(Boolean);
  const said = { level: found.level, why: window.door.whyLevel(found), flags };
  return { numbers: numbers.map((name) => found[name]), ...said, counted, kinds, lendings };
})"""
NO_CHANGE = {"without": [], "added": [], "asOf": None}


@pytest.fixture(scope="module")
def write(render_with_door, tmp_path_factory):
    def write(graph):
        path = tmp_path_factory.mktemp("weighing") / "page.html"
        path.write_text(render_with_door(graph, DOOR), "utf-8")
        return path.as_uri()

    return write


@pytest.fixture(scope="module")
def opened(kg, write):
    return write(kg)


def close(value):
    return pytest.approx(value, abs=1e-9, rel=1e-9)


def standing(confidence):
    c = confidence
    return [
        c.score,
        c.low,
        c.high,
        c.logit,
        c.logit_sd,
        c.prior,
        c.support_weight,
        c.dispute_weight,
        c.lines_for,
        c.lines_against,
    ]


def flags(confidence):
    c = confidence
    return [c.is_contested, c.is_untested, c.is_only_lent, c.is_single_study, c.is_not_in_people]


def assert_same(page, graph, change, claims=None):
    """Hold what the page works out under a change to the claims of a graph that the library has changed."""
    wanted = [claim for claim in graph.claims() if claims is None or claim.iri in claims]
    told = page.evaluate(ALL, [[key_of(claim.iri) for claim in wanted], NO_CHANGE | change])
    for claim, found in zip(wanted, told, strict=True):
        assert found["numbers"][:-1] == close(standing(claim.confidence)), claim.iri
        assert (found["level"], found["flags"]) == (claim.level.label, flags(claim.confidence)), claim.iri
    return told


def test_every_ledger_is_that_of_the_library_line_by_line(visit, opened, kg):
    told = assert_same(visit(opened), kg, {})
    for claim, found in zip(kg.claims(), told, strict=True):
        explained = kg.explain(claim)
        ledger = explained.ledger
        items = [[item.evidence.iri, close(item.weight), item.reason] for item in explained.items]
        assert found["counted"] == items, claim.iri
        assert found["why"] == explained.level_reason
        assert found["numbers"][-1] == close(ledger.lent)
        kinds = [[KIND_WORDS[k.kind], close(k.before), close(k.after), len(k.lines)] for k in ledger.kinds]
        assert found["kinds"] == kinds, claim.iri
        assert found["lendings"] == [
            [key_of(e.lender), close(e.before), close(e.after), len(e.known), e.reason] for e in ledger.lendings
        ]


@pytest.mark.parametrize("year", [1990, 2008, 2016])
def test_as_of_a_year(visit, opened, kg, year):
    assert_same(visit(opened), kg.as_of(year), {"asOf": year})


def test_without_any_share_of_the_sources(visit, opened, kg):
    """Each source is taken out in one of the graphs, so each claim is seen without what bears on it."""
    page = visit(opened)
    sources = sorted({item.source.iri for item in kg.evidence()})
    random.Random(5).shuffle(sources)
    for part in (sources[0::3], sources[1::3], sources[2::3]):
        assert_same(page, kg.without(source=part), {"without": [key_of(iri) for iri in part]})


DESIGNS = [design for design in StudyDesign if design is not StudyDesign.GUIDELINE]
RESULTS = list(Result)


def supposed(claim, number):
    """Return a study of a claim: another design, result, size and figures for each number."""
    chance = random.Random(number)
    result = RESULTS[number % len(RESULTS)]
    direction = {
        Result.AS_CLAIMED: Direction.SUPPORTS,
        Result.OPPOSITE: Direction.DISPUTES,
        Result.NO_EFFECT_FOUND: Direction.DISPUTES,
    }
    study = SupposedEvidence(
        claim.subject,
        claim.predicate,
        claim.object,
        direction.get(result, Direction.INCONCLUSIVE),
        DESIGNS[number % len(DESIGNS)],
        sample_size=chance.choice([None, 8, 40, 3000]),
        result=result,
        comparator=chance.choice([None, *Comparator]),
        blinding=chance.choice([None, *Blinding]),
        p_value=chance.choice([None, 0.2, 0.03, 0.000001]),
    )
    low = chance.uniform(0.2, 3)
    figures = chance.choice([None, (EffectMeasure.ODDS_RATIO, ""), (EffectMeasure.MEAN_DIFFERENCE, "IRLS points of 40")])
    said = {
        "claim": key_of(claim.iri),
        "direction": study.direction.label,
        "design": study.design.label,
        "result": result.label,
        "sample_size": study.sample_size,
        "comparator": study.comparator and study.comparator.label,
        "blinding": study.blinding and study.blinding.label,
        "p_value": study.p_value,
    }
    if figures:
        measure, unit = figures
        facts = {"measure": measure, "unit": unit, "estimate": low * 1.5, "interval": (low, low * 2.5)}
        names = {name: getattr(study, name) for name in study.__dataclass_fields__}
        study = SupposedEvidence(**names | facts)
        said |= {"measure": measure.label, "unit": unit, "estimate": low * 1.5, "interval": [low, low * 2.5]}
    return study, {name: value for name, value in said.items() if value is not None}


def test_with_a_study_on_every_claim(visit, opened, kg):
    made = [supposed(claim, number) for number, claim in enumerate(kg.claims())]
    assert_same(visit(opened), kg.with_evidence(*(study for study, _ in made)), {"added": [said for _, said in made]})


def test_with_a_study_without_a_source_and_as_of_a_year_together(visit, opened, kg):
    claim = max(kg.claims(), key=lambda claim: len(claim.evidence))
    source = claim.evidence[0].source
    study, said = supposed(claim, 2)
    after = kg.as_of(2015).without(source=source.iri).with_evidence(study)
    assert_same(visit(opened), after, {"added": [said], "without": [key_of(source.iri)], "asOf": 2015})


def test_reviews_that_pool_the_same_studies(visit, write, load_text):
    """Small graphs in which reviews, their studies and reports of one study contend for which of them counts."""
    chance = random.Random(3)
    text = []
    for number in range(60):
        names = [f"s{number}-{index}" for index in range(chance.randint(2, 6))]
        items = []
        for name in names:
            design = chance.choice(["RandomisedControlledTrial", "Cohort", "MetaAnalysis", "SystematicReview", "NarrativeReview"])
            items.append((chance.choice(["Supports", "Disputes"]), design, chance.choice([10, 20, 90, None]), name))
        text.append(claim_text("increases", *items, subject=f"a{number}"))
        text.append(f'entity:a{number} a rls:Entity ; skos:prefLabel "a{number}"@en .\n')
        for _ in range(chance.randint(0, 4)):
            one, other = chance.sample(names, 2)
            text.append(f"source:{one} rls:{chance.choice(['pools', 'pools', 'likelyPools', 'sameStudyAs'])} source:{other} .\n")
    many = [("Supports", "MetaAnalysis", 10 + index, f"review{index}") for index in range(14)]
    text.append(claim_text("decreases", *many, *(("Supports", "Cohort", 50, f"trial{index}") for index in range(5))))
    text += [f"source:review{index} rls:pools source:trial{index % 5} .\n" for index in range(14)]
    kg = load_text("".join(text))
    told = assert_same(visit(write(kg)), kg, {})
    reasons = [[reason for _, _, reason in found["counted"]] for found in told]
    assert reasons == [[item.reason for item in kg.explain(claim).items] for claim in kg.claims()]
    assert sum("pooled with" in reason for found in reasons for reason in found) > 20


def test_another_profile_is_heeded(visit, render_with_door, load_text, tmp_path):
    from tests.helpers.graphs import write_profile

    profile = write_profile(tmp_path / "profile.ttl", "Constant-PriorOfCause", "0.1 ", "0.3 ")
    kg = load_text(claim_text("increases", ("Supports", "Cohort", 90, "x")), profile=profile)
    path = tmp_path / "page.html"
    path.write_text(render_with_door(kg, DOOR), "utf-8")
    (found,) = assert_same(visit(path.as_uri()), kg, {})
    assert found["numbers"][5] == 0.3


def test_nothing_of_the_profile_is_typed_in_the_scripts(kg):
    """A constant that stood in a script would not follow another profile."""
    from rlsgraph.explorer import page

    script = "".join(page._own_file(name) for name in page._SCRIPTS if name.startswith("weighing"))
    numbers = {kg.profile.prior_of_cause, kg.profile.prior_sd, kg.profile.relative_error, kg.profile.smallest_p}
    assert not any(json.dumps(number) in script for number in numbers)
    assert ns.RLS not in script
