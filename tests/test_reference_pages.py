"""The pages of the reference leave nothing out."""

import inspect
import re

import click
import pytest
from rdflib import RDF, Graph
from rdflib.namespace import SKOS

import rlsgraph
from reference_pages import columns, commands, formats, library, ontology, profile
from reference_pages.text import plain
from rlsgraph.cli.main import main
from rlsgraph.curation.tables.columns import COLUMNS, Kind
from rlsgraph.endpoint.assistant.tools import Tools
from rlsgraph.formats.exchange.table import OWN
from rlsgraph.formats.reading.table import OWN as READ
from rlsgraph.formats.spreadsheets.files import TABLE_FORMATS
from rlsgraph.model.namespaces import PREFIXES
from tests.helpers.graphs import ROOT


def terms(*files):
    """Return the local names of the things of the project's own that files describe."""
    graph = Graph()
    for name in files:
        graph.parse(ROOT / "ontology" / name)
    return {str(term).removeprefix(PREFIXES["rls"]): graph for term in graph.subjects() if term.startswith(PREFIXES["rls"])}


def test_every_command_has_its_usage_words_examples_and_options():
    text = commands.markdown()
    root = click.Context(main, info_name="rlsgraph")
    for name in main.list_commands(root):
        part = text.partition(f"## {name}\n")[2].partition("\n## ")[0]
        assert f"```text\nrlsgraph {name} " in part
        assert f"Examples:\n\n```text\nrlsgraph {name}" in part
        for option in main.get_command(root, name).params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.opts[-1] in part
                assert option.help, f"{name} {option.opts}"


def test_every_public_name_is_described_and_has_words_of_its_own():
    text = library.markdown()
    for name in rlsgraph.__all__:
        assert f":: {name}\n" in text or f"- `{name}`: " in text
        thing = getattr(rlsgraph, name)
        assert name == "__version__" or inspect.getdoc(thing)
        for member, value in inspect.getmembers(thing, lambda value: inspect.isfunction(value) or isinstance(value, property)):
            assert member.startswith("_") or inspect.getdoc(value), f"{name}.{member}"


def test_every_term_of_the_vocabulary_is_there_with_its_meaning():
    text = ontology.markdown()
    assert set(re.findall(r'href="#(\w+)"', text)) <= set(re.findall(r'id="(\w+)"', text))
    for name, graph in terms("rlsgraph.ttl", "schemes.ttl").items():
        term = graph.namespace_manager.expand_curie(f"rls:{name}")
        if (term, RDF.type, SKOS.ConceptScheme) in graph:
            assert f"### {str(graph.value(term, SKOS.prefLabel)).capitalize()}\n" in text
        elif (term, RDF.type, SKOS.OrderedCollection) not in graph:
            assert text.count(f'<a id="{name}"></a>`rls:{name}`\n: ') == 1, name


def test_every_constant_is_there_with_its_number_and_source():
    text = profile.markdown()
    for name, graph in terms("profile.ttl").items():
        part = text.partition(f"`rls:{name}`\n: ")[2].partition("\n\n")[0]
        value = graph.value(
            graph.namespace_manager.expand_curie(f"rls:{name}"), graph.namespace_manager.expand_curie("rls:value")
        )
        assert value is None or f"`rls:value` {value}" in part
        assert part.endswith("*"), name


@pytest.mark.parametrize("each", [*OWN, *READ, *TABLE_FORMATS], ids=lambda each: each.name)
def test_every_format_is_there(each):
    assert f"| `{each.name}` |" in formats.markdown()


def test_every_column_is_there_with_its_property_and_choices():
    parts = columns.markdown().split("## Rows of ")[1:]
    for kind, part in zip(Kind, parts, strict=True):
        for column in COLUMNS[kind]:
            (line,) = [line for line in part.splitlines() if line.startswith(f"| {column.heading} |")]
            assert plain(column.meaning) in line
            assert all(term.label in line for term in column.terms or ())


def test_every_tool_of_an_assistant_and_every_format_is_told_of():
    names = ("assistants.md", "exchange.md", "other-graphs.md")
    assistants, exchange, others = ((ROOT / "docs" / name).read_text("utf-8") for name in names)
    tools = [name for name, _ in inspect.getmembers(Tools, inspect.isfunction) if not name.startswith("_")]
    assert [name for name in (*tools, "sparql") if f"`{name}`" not in assistants] == []
    assert [each.name for each in OWN if f"`{each.name}`" not in exchange] == []
    assert [each.name for each in READ if f"| `{each.name}` |" not in others] == []
