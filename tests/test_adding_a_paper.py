"""What CONTRIBUTING tells under 'Adding a paper' is done in a copy of the checkout, and no test of the data fails there."""

import shutil
import subprocess
import sys

import pytest

from rlsgraph.model.namespaces import PREFIXES
from tests.helpers.graphs import ROOT
from tests.helpers.shacl import validate_turtle

pytestmark = pytest.mark.xdist_group("paper")  # one worker, so that the checkout is copied once

PARTS = ("rlsgraph", "data", "ontology", "queries", "tests", "docs", "README.md", "conftest.py", "pyproject.toml")
CHECKS = ("tests/test_data.py", "tests/test_ontology.py", "tests/test_queries.py")
OF_ONE_FILE = ("test_turtle_is_canonical", "test_canonical_form_is_a_fixed_point_with_the_same_triples")
"""These look at one file each: what the paper does not touch is as it was."""

SOURCE = """
source:surname2031-made-up a rls:Source ;
    dcterms:title "A made-up trial of a made-up fibre" ;
    dcterms:issued "2031"^^xsd:gYear ;
    bibo:doi "10.5555/made.up.2031" ;
    rls:firstAuthor "Surname A" ;
    rls:journal "Journal of Made-up Results" ;
    rls:registration "NCT99999999" .
"""
ENTITY = """
entity:made-up-fibre a rls:Entity ;
    skos:prefLabel "made-up fibre"@en ;
    skos:altLabel "MUF"@en ;
    skos:definition "A fibre that nobody eats."@en ;
    skos:editorialNote "No term found: it is made up."@en ;
    rls:category biolink:Drug ;
    rls:group rls:InterventionGroup .
"""
CLAIM = """
claim:made-up-fibre.decreases.rls-symptom-severity a rls:Claim, rdf:Statement ;
    rdf:subject entity:made-up-fibre ;
    rdf:predicate rls:decreases ;
    rdf:object entity:rls-symptom-severity ;
    rls:hasEvidence evidence:made-up-001 .

evidence:made-up-001 a rls:Evidence ;
    dcterms:identifier "made-up-001" ;
    dcterms:source source:surname2031-made-up ;
    rls:direction rls:Supports ;
    rls:result rls:AsClaimed ;
    rls:studyDesign rls:RandomisedControlledTrial ;
    rls:comparator rls:Placebo ;
    rls:blinding rls:DoubleBlind ;
    rls:outcomeRank rls:PrimaryOutcome ;
    rls:populationFit rls:SamePopulation ;
    rls:outcomeFit rls:SameOutcome ;
    rls:sampleSize 120 ;
    rls:species "human" ;
    rls:population "people with the syndrome, fibre against placebo"@en ;
    rls:measure rls:MeanDifference ;
    rls:unit "IRLS points" ;
    rls:estimate -4.2 ;
    rls:intervalLow -6.1 ;
    rls:intervalHigh -2.3 ;
    rls:pValue 0.001e0 ;
    rls:favours rls:Lower ;
    rls:finding "Severity fell by about four points more with the fibre than with placebo."@en ;
    rls:limitations "Eight weeks; one centre."@en ;
    rls:locator "abstract" ;
    rls:textRead rls:Abstract .
"""


TOUCHED = {"sources.ttl": SOURCE, "entities.ttl": ENTITY, "claims/intervention.ttl": CLAIM}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    place = tmp_path_factory.mktemp("paper") / "checkout"
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            place.mkdir(exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)
    for name, text in TOUCHED.items():
        with (place / "data" / name).open("a", encoding="utf-8") as file:
            file.write(text)
    run(place, "-m", "rlsgraph.formats.turtle", "data")  # make fmt, where it has work to do
    return place


def run(place, *arguments):
    done = subprocess.run([sys.executable, *arguments], cwd=place, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_paper_is_in_the_graph_and_scored(checkout):
    code = (
        "import rlsgraph; kg = rlsgraph.load(); claim = kg.claim('MUF', 'decreases', 'RLS symptom severity');"
        "print(rlsgraph.__file__, claim.score > 0.5, claim.confidence.lines_for)"
    )
    file, is_likely, lines = run(checkout, "-c", code).split()
    assert file.startswith(str(checkout))
    assert (is_likely, lines) == ("True", "1")


def test_the_command_that_checks_finds_nothing_wrong(checkout):
    run(checkout, "-m", "rlsgraph", "check", "data")


def test_no_check_of_the_data_fails(checkout):
    others = {str(path.relative_to(ROOT)) for top in ("data", "ontology") for path in (ROOT / top).rglob("*.ttl")}
    others -= {f"data/{name}" for name in TOUCHED}
    left_out = [f"--deselect={CHECKS[0]}::{test}[{name}]" for test in OF_ONE_FILE for name in sorted(others)]
    told = run(checkout, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *CHECKS, *left_out)
    assert "[100%]" in told  # `run` has seen that the exit code is 0, so all of them passed


@pytest.mark.parametrize(("more", "rules"), [("", set()), (" ; rls:score 0.9", {"ClaimDerivedShape"})])
def test_a_typed_score_is_refused(checkout, tmp_path, more, rules):
    """As `rlsgraph check` does, but pyshacl is asked, of the new claim beside the paper and the entities."""
    head = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    path = tmp_path / "claim.ttl"
    item = "rls:hasEvidence evidence:made-up-001"
    path.write_text(head + SOURCE + CLAIM.replace(f"{item} .", f"{item}{more} ."), "utf-8")
    ontology = checkout / "ontology"
    found = validate_turtle(
        [path, checkout / "data/entities.ttl"], shapes=ontology / "shapes.ttl", schemes=ontology / "schemes.ttl"
    )
    assert {violation.rule for violation in found} == rules
