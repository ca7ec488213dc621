"""An answer is said in the same words in every format: the keys of its JSON are the columns of its CSV."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from rlsgraph.cli.main import main

ENDS = ("gut dysbiosis", "RLS symptoms")
STUDY = "gut dysbiosis increases systemic inflammation: supports, randomised controlled trial, n=120"
FLAT = {
    "support": ("support", *ENDS),
    "gaps": ("gaps", *ENDS, "--max-steps", "4"),
    "contradictions": ("contradictions",),
    "rivals": ("compare", "dopamine deficiency", "relative dopamine excess"),
    "what moved": ("compare", *ENDS, "--max-steps", "4", "--with", STUDY),
    "expect": ("expect",),
    "doctor": ("doctor",),
}
NESTED = {
    "paths": (("paths", *ENDS), {"entities"}),
    "hypotheses": (
        ("hypotheses",),
        {"iri", "label", "definition", "starts", "status", "source", "locator", "rivals", "paths", "standing"},
    ),
    "claims": (("claims", "--contested"), {"evidence", "superseded", "superseded_by"}),
}


def answers(arguments):
    """Return the JSON of an answer, and the columns of its CSV."""
    texts = [CliRunner().invoke(main, [*arguments, "--format", name]).stdout for name in ("json", "csv")]
    return json.loads(texts[0]), next(csv.reader(io.StringIO(texts[1])))


@pytest.mark.parametrize("name", FLAT)
def test_rows_have_the_columns_for_keys(graph_is_read, name):
    rows, columns = answers(FLAT[name])
    assert rows and all(list(row) == columns for row in rows)


@pytest.mark.parametrize("name", NESTED)
def test_nested_answers_have_every_column_and_what_no_row_can_hold(graph_is_read, name):
    arguments, nested = NESTED[name]
    found, columns = answers(arguments)
    rows = found["paths"] if name == "paths" else found
    assert rows and all(row.keys() == set(columns) | nested for row in rows)


def test_a_path_and_a_named_route_have_the_same_keys(graph_is_read):
    found, _ = answers(("paths", *ENDS))
    assert {frozenset(route.keys() - {"label"}) for route in found["named_routes"]} == {frozenset(found["paths"][0])}
    assert [path["place"] for path in found["paths"]] == [1, 2, 3, 4, 5]
