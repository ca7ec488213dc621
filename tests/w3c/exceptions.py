"""Name each W3C test that fails, and why. A listed test that passes fails the run, so the list stays true.

Tests of entailment regimes are out of scope, and not in the copy of the suite; no query test has `mf:requires`.
"""

_SERVICE = "SERVICE is refused on purpose: no query opens a connection"
_ZERO_LENGTH = "pyoxigraph 0.5: a path of length zero from a term that is not in the data does not find the term itself"
_GROUP_CONCAT = "pyoxigraph 0.5: GROUP_CONCAT keeps the language where all strings have it, as SPARQL 1.2 has it"

EXCEPTIONS = {
    **{f"service/service{number}": _SERVICE for number in ("1", "2", "3", "4a", "5", "6", "7")},
    **{f"syntax-fed/test_{number}": _SERVICE for number in (1, 2, 3)},
    "aggregates/agg-empty-group-count-graph": "pyoxigraph 0.5: counts within GRAPH ?g once in all, not once a graph",
    "aggregates/agg-groupconcat-04": _GROUP_CONCAT,
    "aggregates/agg-groupconcat-06": _GROUP_CONCAT,
    "bindings/graph": "pyoxigraph 0.5: VALUES alone within GRAPH ?g leaves ?g unbound",
    "csv-tsv-res/tsv03": "pyoxigraph keeps numbers by value, so xsd:negativeInteger is written as xsd:integer",
    "functions/bnode01": "pyoxigraph 0.5: BNODE('x') is one node for all rows, not one for each",
    "negation/graph-minus": "pyoxigraph 0.5: MINUS within GRAPH ?g takes ?g for a variable that both sides share",
    "property-path/zero_or_more_set_end": _ZERO_LENGTH,
    "property-path/zero_or_more_set_start": _ZERO_LENGTH,
    "property-path/zero_or_one_set_end": _ZERO_LENGTH,
    "property-path/zero_or_one_set_start": _ZERO_LENGTH,
    "syntax-query/test_4": "is read, but calls <http://example/function>, and a function that there is not is refused at once",
}
"""What is otherwise than the suite expects, through the library and over HTTP alike."""
