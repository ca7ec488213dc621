"""Claims whose studies all come from one group are pointed out."""

import pytest

import rlsgraph
from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.reasoning.checkup import FindingKind
from tests.helpers.graphs import claim_text

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
ENDS = "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in "ab")
STUDY = ("Supports", "Cohort", 200)


@pytest.mark.parametrize(
    ("groups", "detail"),
    [
        (('"Lab A"', '"lab  a", "Cohort"'), "2 studies, all of Lab A"),
        (('"Lab A"', '"Lab B"'), None),
        (('"Lab A"', ""), None),
        (('"Lab A", "Cohort"', '"Cohort", "Lab A"'), "2 studies, all of Cohort and Lab A"),
        (('"Lab A"',), None),  # a single study, as it is told
        (('"Lab A"', '"Lab A" ; rls:sameStudyAs source:s0'), None),
    ],
)
def test_a_claim_of_one_group_alone_is_told(groups, detail, tmp_path):
    text = HEAD + ENDS + claim_text("increases", *((*STUDY, f"s{number}") for number in range(len(groups))))
    text += "".join(f"source:s{number} rls:researchGroup {said} .\n" for number, said in enumerate(groups) if said)
    path = tmp_path / "graph.ttl"
    path.write_text(text, "utf-8")
    found = [each.detail for each in rlsgraph.load(path).doctor() if each.kind is FindingKind.ONE_GROUP]
    assert found == ([detail] if detail else [])
