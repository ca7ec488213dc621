"""The numbers of the causal graph, asked in SPARQL."""

import pytest


def value(kg, expression):
    (row,) = kg.query(f"SELECT ({expression} AS ?x) {{}}").to_dicts()
    return row.get("x")


def test_they_are_the_librarys_numbers(kg):
    ends = ("gut dysbiosis", "RLS symptoms")
    assert value(kg, "rls:support(entity:gut-dysbiosis, entity:rls-symptoms)") == kg.support(*ends).overall.value
    support = kg.support(*ends)
    for name, expected in (
        ("raising", support.raising.value),
        ("lowering", support.lowering.value),
        ("floor", support.overall.floor),
    ):
        assert value(kg, f"rls:{name}(entity:gut-dysbiosis, entity:rls-symptoms)") == pytest.approx(expected, abs=1e-12)
    best = kg.paths(*ends, limit=1)[0].joint_probability
    assert value(kg, "rls:bestPathScore('Gut dysbiosis', 'RLS symptoms')") == pytest.approx(best)


def test_no_path_is_zero_and_no_entity_is_no_value(kg):
    for name in ("support", "bestPathScore"):
        assert value(kg, f"rls:{name}('RLS symptoms', 'MEIS1 risk variant')") == 0
        assert value(kg, f"rls:{name}('yoga', 'nobody')") is None
        assert value(kg, f"rls:{name}('yoga', 'yoga')") is None
        assert value(kg, f"rls:{name}('yoga')") is None
        assert value(kg, f"rls:{name}(1 / 0, 'yoga')") is None


def test_what_holds_by_definition_is_one_in_both(kg):
    for name in ("support", "bestPathScore"):
        assert value(kg, f"rls:{name}(entity:rls-symptom-severity, entity:rls-symptoms)") == 1


def test_all_entities_ranked_in_one_query(kg):
    rows = kg.query(
        "SELECT ?e (rls:bestPathScore(?e, entity:rls-symptoms) AS ?x) { ?e a rls:Entity } ORDER BY DESC(?x)"
    ).to_dicts()
    assert len(rows) == len(kg.entities())
    scores = [row.get("x", -1.0) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1


def test_support_of_several_entities_in_one_query(kg):
    told = []
    query = """SELECT ?e ?x { VALUES ?e { entity:yoga entity:probiotic entity:yoga }
               BIND(rls:support(?e, entity:rls-symptoms) AS ?x) }"""
    rows = kg.query(query, progress=lambda done, total: told.append((done, total))).to_dicts()
    wanted = {name: kg.support(name, "RLS symptoms").overall.value for name in {row["e"] for row in rows}}
    assert [row["x"] for row in rows] == [wanted[row["e"]] for row in rows]
    assert told == [(0, 0), (1, 0)]


def test_they_follow_a_what_if(kg):
    changed = kg.without(source="reijnders2016-effects-microbiota")
    expression = "rls:support(entity:gut-dysbiosis, entity:rls-symptoms)"
    assert value(changed, expression) > value(kg, expression)


def test_ctrl_c_is_not_taken_for_no_value(kg, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("rlsgraph.reasoning.reliability.paths.best_paths", stop)
    with pytest.raises(KeyboardInterrupt):
        list(kg.query("SELECT (rls:bestPathScore('yoga', 'RLS') AS ?x) {}"))
    with pytest.raises(KeyboardInterrupt):
        kg.query("SELECT (rls:bestPathScore('yoga', 'RLS') AS ?x) {}").serialize("csv")
    with pytest.raises(KeyboardInterrupt):
        kg.query("ASK { FILTER(rls:bestPathScore('yoga', 'RLS') > 0) }")


def test_an_ask_names_the_formats_that_can_hold_it(kg):
    answer = kg.query("ASK {}")
    assert answer.formats() == ("json", "xml")
    with pytest.raises(ValueError, match=r"json, xml$"):
        answer.serialize("csv")
