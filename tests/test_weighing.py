"""The laws of docs/confidence.md, the lone studies of its table, and the checks of the profile."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlsgraph.errors import DataError, ProfileError
from rlsgraph.graph.profile_files import profile_files
from rlsgraph.graph.profile_reading import read_profile
from rlsgraph.model.study_terms import Blinding, Comparator, EffectMeasure, OutcomeFit, PopulationFit, Result
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, StudyDesign
from rlsgraph.model.weighing.item import StudyFacts, weigh
from rlsgraph.model.weighing.ledger import Lender, Relation, make_ledger
from rlsgraph.model.weighing.once import ClaimItem, count_once
from rlsgraph.model.weighing.studies import Studies, find_studies
from rlsgraph.triples import resources

PROFILE = read_profile(profile_files(None))
D = StudyDesign
LABORATORY = [D.ANIMAL_STUDY, D.IN_VITRO, D.NARRATIVE_REVIEW, D.EXPERT_HYPOTHESIS]


def facts(design, direction=Direction.SUPPORTS, **more):
    return StudyFacts(direction, design, **more)


def item(name, study, said, *, is_retracted=False):
    return ClaimItem(name, study, weigh(said, PROFILE), is_retracted)


def own_of(items, studies=None):
    return count_once(items, studies or Studies())[1]


def confidence(items, *, prior=0.1, is_causal=True, lenders=(), studies=None):
    return make_ledger(own_of(items, studies), lenders, PROFILE, is_causal=is_causal, prior=prior).confidence


def score(items, **options):
    return confidence(items, **options).score


TRIAL = facts(D.RANDOMISED_CONTROLLED_TRIAL, sample_size=100, blinding=Blinding.DOUBLE, comparator=Comparator.PLACEBO)


@pytest.mark.parametrize(
    ("said", "prior", "comes_to"),
    [
        (TRIAL, 0.2, 0.55),
        (facts(D.META_ANALYSIS, pooled_design=D.RANDOMISED_CONTROLLED_TRIAL, study_count=5), 0.2, 0.68),
        (facts(D.COHORT, sample_size=100), 0.1, 0.16),
        (facts(D.GWAS, sample_size=1000, p_value=1e-4), 0.1, 0.73),
        (facts(D.ANIMAL_STUDY), 0.1, 0.11),
    ],
    ids=["blinded trial of 100", "meta-analysis of five trials", "cohort as a cause", "GWAS at 1e-4", "animal study"],
)
def test_what_one_ordinary_lone_study_comes_to(said, prior, comes_to):
    assert score([item("e", "s", said)], prior=prior) == pytest.approx(comes_to, abs=0.005)


def test_a_trial_by_hand():
    # n = 100: SE 0.2, pi = Phi(0.5 / 0.2 - 1.96) = 0.7054; (0.7054 + 0.1 * 0.2946) / (0.05 + 0.1 * 0.95)
    factor = weigh(TRIAL, PROFILE)
    assert (factor.power, factor.bias, factor.alpha) == pytest.approx((0.7054, 0.1, 0.05), abs=1e-4)
    assert factor.factor == pytest.approx(0.73487 / 0.145, abs=1e-3)
    null = weigh(facts(D.RANDOMISED_CONTROLLED_TRIAL, Direction.DISPUTES, sample_size=100), PROFILE)
    assert null.factor == pytest.approx((1 - 0.88 * 0.73487) / (1 - 0.88 * 0.145), abs=1e-4)
    opposite = weigh(facts(D.RANDOMISED_CONTROLLED_TRIAL, Direction.DISPUTES, sample_size=100, result=Result.OPPOSITE), PROFILE)
    assert opposite.factor == pytest.approx(1 / factor.factor)


def test_power_and_p_come_from_the_interval():
    ratio = weigh(facts(D.COHORT, measure=EffectMeasure.ODDS_RATIO, estimate=2.0, interval=(1.5, 2.6667)), PROFILE)
    error = math.log(2.6667 / 1.5) / 3.919927969
    assert ratio.power == pytest.approx(0.5 * math.erfc(-(math.log(1.5) / error - 1.959964) / math.sqrt(2)), abs=1e-6)
    assert ratio.alpha == PROFILE.smallest_p  # z = 4.7
    points = facts(D.RANDOMISED_CONTROLLED_TRIAL, measure=EffectMeasure.MEAN_DIFFERENCE, unit="IRLS points", interval=(-6, -1))
    assert weigh(points, PROFILE).power == pytest.approx(0.6525, abs=1e-3)  # SE 1.2755, 3 / SE = 2.352
    rate = facts(D.RANDOMISED_CONTROLLED_TRIAL, measure=EffectMeasure.PERCENTAGE, estimate=30, interval=(20, 40))
    assert weigh(rate, PROFILE).alpha == PROFILE.largest_p


def test_indirectness_takes_weight_off():
    plain = weigh(TRIAL, PROFILE).weight
    for fit in ({"population_fit": PopulationFit.RELATED}, {"outcome_fit": OutcomeFit.SURROGATE}):
        said = facts(D.RANDOMISED_CONTROLLED_TRIAL, sample_size=100, **fit)
        assert 0 < weigh(said, PROFILE).weight < plain
        assert weigh(said, PROFILE).indirect


SAID = st.builds(
    StudyFacts,
    direction=st.sampled_from(Direction),
    design=st.sampled_from(StudyDesign),
    sample_size=st.none() | st.integers(1, 5000),
    p_value=st.none() | st.floats(0, 1),
    blinding=st.none() | st.sampled_from(Blinding),
    comparator=st.none() | st.sampled_from(Comparator),
    pooled_design=st.none() | st.sampled_from([D.RANDOMISED_CONTROLLED_TRIAL, D.COHORT, D.CROSS_SECTIONAL]),
    population_fit=st.none() | st.sampled_from(PopulationFit),
    outcome_fit=st.none() | st.sampled_from(OutcomeFit),
)
ITEMS = st.lists(st.tuples(SAID, st.sampled_from("abcdefgh"), st.booleans()), max_size=10).map(
    lambda found: [item(f"e{i}", study, said, is_retracted=gone) for i, (said, study, gone) in enumerate(found)]
)
POOLS = st.dictionaries(st.sampled_from("abcd"), st.frozensets(st.sampled_from("cdefgh"), min_size=1), max_size=4).map(
    lambda pools: Studies({}, {review: some - {review} for review, some in pools.items()})
)


@given(ITEMS, POOLS, st.randoms())
def test_order_changes_nothing(items, studies, pick):
    shuffled = list(items)
    pick.shuffle(shuffled)
    assert confidence(shuffled, studies=studies) == confidence(items, studies=studies)


@given(ITEMS, POOLS)
def test_a_duplicate_changes_nothing(items, studies):
    again = [one._replace(name=one.name + "-again") for one in items]
    assert confidence([*items, *again], studies=studies) == confidence(items, studies=studies)


@given(ITEMS, SAID)
def test_more_for_never_lowers_and_more_against_never_raises(items, said):
    new = item("new", "new study", said)
    before, after = score(items), score([*items, new])
    assert (after - before) * math.copysign(1, new.factor.weight) >= -1e-15 or new.factor.weight == 0
    if new.factor.weight == 0:
        assert after == before


@given(st.integers(1, 4000), st.integers(1, 4000), st.floats(0, 1), st.floats(0, 1))
def test_a_smaller_p_or_a_larger_trial_never_weighs_less(n, m, p, q):
    small, large = sorted((n, m))
    for direction in (Direction.SUPPORTS, Direction.DISPUTES):
        weights = [
            abs(weigh(facts(D.RANDOMISED_CONTROLLED_TRIAL, direction, sample_size=n), PROFILE).weight) for n in (small, large)
        ]
        assert weights[0] <= weights[1] + 1e-12
    by_p = [weigh(facts(D.RANDOMISED_CONTROLLED_TRIAL, p_value=value), PROFILE).weight for value in sorted((p, q))]
    assert by_p[0] >= by_p[1]


@given(st.lists(st.tuples(st.sampled_from(LABORATORY), st.integers(1, 10000), st.floats(0, 1)), max_size=60))
def test_no_number_of_laboratory_items_makes_a_claim_supported(found):
    items = [item(f"e{i}", f"s{i}", facts(d, sample_size=n, p_value=p)) for i, (d, n, p) in enumerate(found)]
    for prior in (PROFILE.prior_of_cause, 0.2):
        half = [own_of(items[i::3]) for i in range(3)]
        lenders = [Lender(f"m{i}", relation, True, half[i - 1]) for i, relation in enumerate(Relation) if i]
        assert confidence(items[::3], prior=prior, lenders=lenders).level < ConfidenceLevel.SUPPORTED
        assert score(items[::3], prior=prior, lenders=lenders[:2]) < 0.5
        assert score(items, prior=prior) < 0.5


@given(ITEMS, ITEMS)
def test_a_member_and_its_class_never_beat_the_same_studies_at_one_claim(own, others):
    mine = [one for one in own if one.factor.weight > 0]
    theirs = [one._replace(name=f"x{one.name}", study=one.study.upper()) for one in others if one.factor.weight > 0]
    lender = Lender("class", Relation.MEMBER, True, own_of([*mine[::2], *theirs]))
    assert score(mine, lenders=[lender]) <= score([*mine, *theirs]) + 1e-12


@given(ITEMS)
def test_a_study_is_not_lent_to_a_claim_that_has_it(items):
    lender = Lender("class", Relation.CLASS, True, own_of(items))
    assert score(items, lenders=[lender]) == score(items)


@given(ITEMS)
def test_a_study_is_lent_once(items):
    lenders = [Lender(name, Relation.MEMBER, True, own_of(items)) for name in ("one", "two")]
    assert score([], lenders=lenders) == score([], lenders=lenders[:1])


@given(st.lists(ITEMS, max_size=6), st.randoms())
def test_lenders_come_in_any_order_and_lend_at_most_three(many, pick):
    lenders = [Lender(f"l{i}", list(Relation)[1 + i % 3], i % 2 == 0, own_of(items)) for i, items in enumerate(many)]
    ledger = make_ledger(own_of([]), lenders, PROFILE, is_causal=True, prior=0.1)
    assert abs(ledger.lent) <= PROFILE.most_lent
    shuffled = list(lenders)
    pick.shuffle(shuffled)
    assert make_ledger(own_of([]), shuffled, PROFILE, is_causal=True, prior=0.1) == ledger


@given(ITEMS)
def test_retracting_equals_loading_without(items):
    assert confidence(items) == confidence([one for one in items if not one.is_retracted])


@given(ITEMS, st.floats(0.01, 0.9))
def test_for_and_against_lead_from_the_prior_to_the_score(items, prior):
    found = confidence(items, prior=prior)
    assert found.logit == pytest.approx(math.log(prior / (1 - prior)) + found.support_weight - found.dispute_weight)
    assert 0 < found.low < found.score < found.high < 1


def test_an_untested_claim_has_the_prior():
    found = confidence([])
    assert found.score == pytest.approx(0.1)
    assert found.logit_sd == pytest.approx(0.9)
    assert found.low == pytest.approx(1 / (1 + math.exp(-(math.log(0.1 / 0.9) - 1.6448536 * 0.9))))
    assert found.is_untested
    assert found.level is ConfidenceLevel.SPECULATIVE


def test_a_level_whose_lines_are_missing_is_the_next_lower():
    strong = facts(D.META_ANALYSIS, pooled_design=D.RANDOMISED_CONTROLLED_TRIAL, study_count=9, p_value=0.0001)
    levels = [confidence([item(f"e{i}", f"s{i}", strong) for i in range(n)], prior=0.2).level for n in (1, 2, 3)]
    assert levels == [ConfidenceLevel.EMERGING, ConfidenceLevel.SUPPORTED, ConfidenceLevel.ESTABLISHED]


def test_a_review_or_its_studies_whichever_says_more():
    pools = Studies({}, {"review": frozenset({"a", "b"})})
    review = item("r", "review", facts(D.META_ANALYSIS, pooled_design=D.RANDOMISED_CONTROLLED_TRIAL))
    trials = [item(f"t{name}", name, TRIAL) for name in "abc"]
    assert {line.study for line in own_of([review, trials[0], trials[2]], pools).lines} == {"review", "c"}
    assert {line.study for line in own_of([review, *trials], pools).lines} == {"a", "b", "c"}


def test_sources_that_share_an_identifier_are_one_study():
    studies = find_studies(
        [("s1", "s2")],
        [("s2", "doi", "10.1/AB"), ("s3", "doi", "https://doi.org/10.1/ab"), ("s4", "pmid", "10"), ("s5", "pmcid", "PMC10")],
        {"s6": ["NCT01; EudraCT 2009-1"], "s7": ["nct01"], "s8": ["NCT01, NCT02"]},
        [],
    )
    assert [studies.of(name) for name in ("s1", "s2", "s3", "s4", "s5")] == ["s1", "s1", "s1", "s4", "s5"]
    assert studies.of("s7") == "s6"
    assert studies.of("s8") == "s8"  # an analysis of two trials pools them, and does not make them one
    assert studies.pools == {"s8": frozenset({"s6"})}


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))), st.randoms())
def test_the_order_of_joins_changes_nothing(pairs, pick):
    shuffled = [pair[:: pick.choice((1, -1))] for pair in pairs]
    pick.shuffle(shuffled)
    assert find_studies(pairs, [], {}, []) == find_studies(shuffled, [], {}, [])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("rls:bias 0.25", "rls:bias 1.5", r"rls:DesignAssumption-Cohort: rls:bias must be from"),
        ("rls:bias 0.25", "rls:bias 'INF'", r"rls:bias must be a finite number, not 'INF'"),
        ("rls:bias 0.25", "rls:bias 'NaN'", r"rls:bias must be a finite number"),
        ("rls:bias 0.25", "rls:bias " + "9" * 400, r"rls:bias must be a finite number"),
        ("rls:bias 0.25", "rls:bias 'low'", r"rls:bias must be a finite number, not 'low'"),
        ("rls:bias 0.25", "rls:bias 0.25, 0.3", r"must have one rls:bias, and has 2"),
        ("rls:causeHitRate 0.8 ", "rls:causeHitRate 0.3 ", r"rls:causeHitRate must be above"),
        ("rls:studyDesign rls:GWAS", "rls:studyDesign rls:Gwas", r"rls:studyDesign cannot be 'rls:Gwas'"),
        ("rls:studyDesign rls:GWAS", "rls:studyDesign rls:Cohort", r"keep one"),
        ("rls:Constant-MostLent a rls:Constant", "rls:Constant-MostLend a rls:Constant", r"lacks rls:Constant-MostLent"),
        ("rls:LentBy-Member a", "rls:LentBy-Members a", r"lacks rls:LentBy-Member"),
        ("rls:isRatio true", "rls:isRatio 'yes'", r"must be true or false, not 'yes'"),
        ("rls:linesNeeded 3", "rls:linesNeeded 2.5", r"must be a whole number"),
    ],
)
def test_a_profile_that_makes_no_sense_is_refused(tmp_path, old, new, says):
    text = resources.ontology_file("profile.ttl").read_text("utf-8")
    assert old in text
    path = tmp_path / "profile.ttl"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ProfileError, match=says):
        read_profile((path,))


def test_every_constant_says_what_it_is_and_where_it_comes_from():
    from rlsgraph.graph.profile_files import PROFILE_CLASSES
    from rlsgraph.model import namespaces as ns
    from rlsgraph.triples.files import read_store

    store = read_store(profile_files(None))
    for name in PROFILE_CLASSES[1:]:
        found = list(store.query(f"SELECT ?x WHERE {{ ?x a rls:{name} }}", prefixes=ns.PREFIXES))
        told = f"SELECT DISTINCT ?x WHERE {{ ?x a rls:{name} ; rdfs:comment ?c ; dcterms:source|skos:editorialNote ?s }}"
        assert found
        assert len(list(store.query(told, prefixes=ns.PREFIXES))) == len(found)


@pytest.mark.parametrize(
    ("says", "message"),
    [
        ("rls:sampleSize 'many'", r"evidence:x: rls:sampleSize must be a whole number, not 'many'"),
        ("rls:pValue 1.5", r"evidence:x: rls:pValue must be from 0 to 1, not '1.5'"),
        ("rls:estimate 'INF'", r"rls:estimate must be a finite number"),
        ("rls:intervalLow 2", r"rls:intervalHigh is missing"),
        ("rls:intervalLow 2 ; rls:intervalHigh 1", r"rls:intervalLow \(2\) is above rls:intervalHigh"),
        ("rls:blinding rls:Triple", r"rls:blinding cannot be 'rls:Triple'"),
        ("rls:result rls:Opposite", r"rls:result is opposite, which does not go with the direction supports"),
    ],
)
def test_what_cannot_be_read_is_an_error(load_text, says, message):
    text = (
        "claim:a.increases.b a rls:Claim ; rdf:subject entity:a ; rdf:predicate rls:increases ; rdf:object entity:b ; "
        "rls:hasEvidence evidence:x . source:s a rls:Source ; dcterms:title 's' . evidence:x a rls:Evidence ; "
        f"dcterms:identifier 'x' ; rls:direction rls:Supports ; rls:studyDesign rls:Cohort ; dcterms:source source:s ; {says} ."
    )
    with pytest.raises(DataError, match=message):
        load_text(text)


def test_a_boolean_that_cannot_be_read_is_an_error(load_text):
    with pytest.raises(DataError, match=r"source:s: rls:retracted must be true or false, not 'yes'"):
        load_text("source:s a rls:Source ; dcterms:title 's' ; rls:retracted 'yes' .")
