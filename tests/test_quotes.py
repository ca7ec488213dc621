"""Quotes are looked for in texts that the user has: what differs in print alone makes no difference, a word does."""

import json

import pytest
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.curation.quotes import QuoteState, check_quotes, normal_text
from rlsgraph.model.namespaces import PREFIXES
from rlsgraph.model.study_terms import QuoteRole
from tests.helpers.graphs import claim_text

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
ENDS = "".join(f'entity:{name} a rls:Entity ; skos:prefLabel "{name}"@en .\n' for name in "ab")
QUOTE = "Patients' iron fell by 10–20% in the substantia nigra, a “marked” effect of dose-response type."
SAME = """In this cohort, Patients\u2019 iron fell by 10-20% in
the sub\u00adstantia nigra, a "marked" e\ufb00ect of dose-
response type. Nothing else was seen."""
MARKED = SAME.replace("iron", "<italic>iron</italic>").replace("10-20%", "10&#8211;20%")
JATS = f"<article><front><abstract><p>{MARKED}</p></abstract></front></article>"


@pytest.fixture
def graph(tmp_path):
    """Return a graph of one quote; its source is source:doe2021, with a DOI and a PMID."""
    path = tmp_path / "graph.ttl"
    more = f"evidence:increases-a-b-0 rls:quote {json.dumps(QUOTE, ensure_ascii=False)}@en ; rls:quoteRole rls:ResultQuote .\n"
    more += 'source:doe2021 bibo:doi "10.1000/xyz.1" ; bibo:pmid "12345" .\n'
    path.write_text(HEAD + ENDS + claim_text("increases", ("Supports", "Cohort", 20, "doe2021")) + more, "utf-8")
    return path


def checked(graph, tmp_path, name, text):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    (one,) = check_quotes(rlsgraph.load(graph), folder).quotes
    return one


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("doe2021.txt", SAME),
        ("10.1000_xyz.1.md", SAME.replace("\n", "\r\n")),
        ("pmid12345.xml", JATS),
        ("10.1000%2Fxyz.1.html", f"<html><head><style>p {{}}</style></head><body><p>{SAME}</body></html>"),
        ("doe2021.txt", SAME.replace("\u00ad", "").replace("\ufb00", "ff").encode("cp1252")),
        ("anything.txt", SAME),
    ],
)
def test_what_differs_in_print_alone_is_found_word_for_word(graph, tmp_path, name, text):
    assert checked(graph, tmp_path, name, text).state is QuoteState.FOUND


@pytest.mark.parametrize(
    ("name", "text", "state"),
    [
        ("doe2021.txt", SAME.replace("marked", "slight"), QuoteState.DIFFERS),
        ("doe2021.txt", SAME.replace("fell", "fell not"), QuoteState.DIFFERS),
        ("doe2021.txt", "Quite another paper, on the sleep of rats and of mice in the laboratory.", QuoteState.MISSING),
        ("doe2021.txt", "", QuoteState.MISSING),
        ("doe20210.txt", SAME.replace("marked", "slight"), QuoteState.NO_TEXT),
        ("123456.txt", "", QuoteState.NO_TEXT),
    ],
)
def test_another_word_is_a_difference(graph, tmp_path, name, text, state):
    found = checked(graph, tmp_path, name, f"Before it stands this. {text}" if text else "")
    assert found.state is state
    assert ("slight" in found.nearest or "fell not" in found.nearest) == (state is QuoteState.DIFFERS)


def test_a_gap_leaves_words_out_in_order(graph, tmp_path):
    text = graph.read_text("utf-8").replace("in the substantia nigra, a", "[…]").replace(" of dose-response", " … dose-response")
    graph.write_text(text, "utf-8")
    assert checked(graph, tmp_path, "doe2021.txt", SAME).state is QuoteState.FOUND
    assert normal_text("IL-\n6 and pre-\n  treatment") == "IL-6 and pretreatment"


def test_the_command_tells_what_is_amiss(graph, tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "doe2021.pdf").write_bytes(b"no PDF")
    (tmp_path / "papers" / "doe2021.txt").write_text(SAME.replace("marked", "slight"), "utf-8")
    arguments = ["check", str(graph), "--quotes", str(tmp_path / "papers")]
    answer = CliRunner().invoke(main, arguments)
    assert answer.exit_code == 1, answer.output
    assert "with differences" in answer.stdout
    assert "slight" in answer.stdout
    assert "doe2021.pdf was not read" in answer.stderr
    (told,) = json.loads(CliRunner().invoke(main, [*arguments, "--format", "json"]).stdout)
    assert told["state"] == "with differences"
    (tmp_path / "papers" / "doe2021.txt").write_text(SAME, "utf-8")
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert CliRunner().invoke(main, ["check"]).exit_code == 2
    assert rlsgraph.load(graph).evidence()[0].quote_role is QuoteRole.RESULT
