"""The questions of an assistant, asked through the protocol's own client."""

import json
import sys

import pytest

pytest.importorskip("mcp", reason="the package mcp is not installed: `pip install mcp`")

from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

from rlsgraph.endpoint.assistant.brief import DIGITS
from rlsgraph.endpoint.assistant.server import make_server
from tests.helpers.patience import run_apart

CLAIM = "gut dysbiosis increases systemic inflammation"
QUESTIONS = {
    "find_entity": {"text": "gut dysbiosis"},
    "claims_about": {"entity": "gut dysbiosis"},
    "claim": {"claim": CLAIM},
    "evidence": {"claim": CLAIM},
    "paths": {"start": "gut dysbiosis", "end": "RLS symptoms", "limit": 2, "max_steps": 3},
    "support": {"start": "gut dysbiosis", "end": "RLS symptoms", "max_steps": 2},
    "gaps": {"start": "gut dysbiosis", "end": "RLS symptoms", "limit": 2, "max_steps": 2},
    "contradictions": {},
    "hypotheses": {},
    "compare": {"hypothesis": "Iron absorption", "rival": "Brain iron shortage"},
}


def ask(server, *calls):
    """Return what the tools answer, asked over one connection; an error is its text."""

    async def converse():
        async with Client(server) as client:
            listed = (await client.list_tools()).tools
            answers = [await client.call_tool(name, arguments) for name, arguments in calls]
            return listed, [answer.content[0].text if answer.is_error else answer.structured_content for answer in answers]

    return run_apart(converse())


@pytest.fixture(scope="module")
def answers(kg):
    names = [ranked.hypothesis.label for ranked in kg.hypotheses()[:2]]
    calls = {**QUESTIONS, "compare": dict(zip(("hypothesis", "rival"), names, strict=True))}
    listed, found = ask(make_server(kg, None), *calls.items())
    return listed, dict(zip(calls, found, strict=True))


def test_every_tool_is_read_only_described_and_answers(answers):
    listed, found = answers
    assert {tool.name for tool in listed} == {*found, "sparql"}
    for tool in listed:
        assert tool.annotations.read_only_hint
        assert len(tool.description) > 40
    assert [name for name, answer in found.items() if not isinstance(answer, dict)] == []


def test_every_answer_names_iris_and_is_hedged_in_words(answers):
    for name, answer in answers[1].items():
        assert "https://w3id.org/rlsgraph/" in json.dumps(answer), name
        assert answer["note"] or answer.get("exact"), name


def test_a_claim_comes_with_its_ledger_and_its_sources(kg, answers):
    claim, answer = kg.claim(CLAIM), answers[1]["claim"]
    assert answer["score"] == pytest.approx(claim.score, rel=10**-DIGITS)
    assert {item["source"] for item in answer["evidence"]} == {source["iri"] for source in answer["sources"]}
    assert answer["ledger"]
    assert f"{claim.score:.2f}" in answer["note"]
    assert claim.level.label in answer["note"].lower()


def test_answers_are_short_and_in_words(answers):
    """An assistant reads all that it gets; the ledger of a claim is the longest."""
    found = answers[1]
    assert max(len(json.dumps(found[name])) for name in found if name != "claim") < 24_000
    assert all(row["label"] for row in found["hypotheses"]["hypotheses"])
    assert all(row["statement"] for row in found["claims_about"]["claims"])
    assert [each["label"] for each in found["compare"]["hypotheses"]]
    assert all("now; after a" in row["in_words"] for row in found["gaps"]["gaps"])
    for name in ("contradictions", "hypotheses", "compare", "gaps", "claims_about"):
        assert "evidence tells the studies" in found[name]["note"], name


def test_that_nothing_contradicts_is_said_in_words(kg):
    _, (answer,) = ask(make_server(kg, None), ("contradictions", {"start": "gut dysbiosis", "end": "RLS symptoms"}))
    assert answer["contradictions"] == []
    assert answer["from"]["label"] == "gut dysbiosis"
    assert "no proof" in answer["note"]


def test_support_has_floor_and_verdict(answers):
    part, *_ = answers[1]["support"]["parts"]
    assert {"probability", "floor", "evidence_factor", "verdict"} <= set(part)
    assert part["verdict"] in answers[1]["support"]["note"]


def test_a_name_that_is_not_known_is_told_with_the_nearest(kg):
    _, (answer, error) = ask(
        make_server(kg, None), ("find_entity", {"text": "gut dysbiosys"}), ("claims_about", {"entity": "gut dysbiosys"})
    )
    assert (answer["exact"], answer["entities"][0]["label"]) == (False, "gut dysbiosis")
    assert "did you mean 'gut dysbiosis'" in error


def test_sparql_is_bounded_and_opens_no_connection(kg):
    questions = [
        "ASK { entity:gut-dysbiosis a rls:Entity }",
        "SELECT * { ?s ?p ?o }",
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ]
    _, (yes, too_many, refused) = ask(make_server(kg, None), *(("sparql", {"query": query}) for query in questions))
    assert yes["result"]["boolean"] is True
    assert "rows" in too_many
    assert "SERVICE" in refused


def test_the_command_speaks_the_protocol_on_its_standard_streams():
    _, (answer,) = ask(
        StdioServerParameters(command=sys.executable, args=["-m", "rlsgraph", "mcp"]), ("find_entity", {"text": "iron"})
    )
    assert answer["entities"]
