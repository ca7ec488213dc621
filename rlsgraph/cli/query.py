"""`rlsgraph query`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import ChoiceName, GraphChoice, graph_options
from rlsgraph.cli.output import counted, print_table
from rlsgraph.cli.progress import end_after, show_progress, stop_at_once
from rlsgraph.cli.streams import write_text
from rlsgraph.model.decimals import plain
from rlsgraph.triples import resources
from rlsgraph.triples.formats import GRAPH_FORMATS, RESULT_FORMATS
from rlsgraph.triples.query_text import MAX_QUERY_CHARS

if TYPE_CHECKING:
    from rlsgraph.triples.sparql import Answer

_MAX_QUERY_BYTES = 4 * MAX_QUERY_CHARS
_FORMATS = ("table", *RESULT_FORMATS, *GRAPH_FORMATS)


def stored_questions() -> dict[str, str]:
    """Return the name and the question (its first line) of every stored query."""
    return {name: path.read_text("utf-8").splitlines()[0].lstrip("# ") for name, path in resources.query_files().items()}


def read_query(text: str) -> str:
    """Return the SPARQL that an argument means: a stored question, `-` for standard input, a file, or the text itself."""
    if text == "-":
        return _decoded(sys.stdin.buffer.read(_MAX_QUERY_BYTES + 1), "standard input")
    stored = resources.query_files()
    if text in stored:
        return stored[text].read_text("utf-8")
    if re.search(r"[\s{]", text.strip()) and not text.strip().endswith((".rq", ".sparql")):
        return text
    from rlsgraph.triples.bounds import read_pipe_or_file

    path = Path(text)
    try:
        if path.exists():
            return _decoded(read_pipe_or_file(path, _MAX_QUERY_BYTES), text)
    except OSError as error:
        raise click.UsageError(f"{text}: cannot be read: {error}") from None
    from rlsgraph.model.names import nearest_names

    near = nearest_names(text, {name: name for name in stored})
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `rlsgraph query --list` names the stored questions"
    raise click.UsageError(f"{text!r} is no file and no stored question{hint}")


def _decoded(query: bytes, place: str) -> str:
    """Return the text of a query, without the byte order mark that an editor may write before it."""
    try:
        return query.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{place}: cannot be read as UTF-8: {error}") from None


@click.command("query")
@click.argument("text", required=False, type=ChoiceName("sparql", lambda: list(stored_questions())))
@click.option("--list", "list_stored", is_flag=True, help="List the stored questions and stop.")
@click.option("--print", "print_text", is_flag=True, help="Print the query's text instead of its answer.")
@click.option(
    "--format", "format_name", type=click.Choice(_FORMATS), help="Default: a table on a terminal, else tsv (triples: ttl)."
)
@click.option(
    "--timeout", type=click.FloatRange(0, 1e6, min_open=True), metavar="SECONDS", help="Give up after so long. Default: never."
)
@graph_options
def command(
    text: str | None, list_stored: bool, print_text: bool, format_name: str | None, timeout: float | None, graph: GraphChoice
) -> None:
    """Ask the graph in SPARQL.

    TEXT is a SPARQL query, a file, `-` (standard input), or the name of a stored question. The prefixes rls:, entity:,
    claim:, evidence:, source:, hypothesis:, skos:, rdf:, dcterms: and bibo: are known; so are the functions rls:support(?a, ?b)
    and rls:bestPathScore(?a, ?b). No query ever opens a connection.

    \b
    Examples:
      rlsgraph query --list
      rlsgraph query contested
      rlsgraph query "SELECT ?o ?x { entity:gut-dysbiosis rls:increases ?o {| rls:score ?x |} } ORDER BY DESC(?x)"
      rlsgraph query severity --format csv > severity.csv
      rlsgraph query mine.rq --timeout 30
      rlsgraph query severity --print > mine.rq; rlsgraph query mine.rq
      rlsgraph query "SELECT ?e { ?e a rls:Entity } ORDER BY DESC(rls:bestPathScore(?e, 'RLS symptoms')) LIMIT 9"
    """
    if list_stored:
        print_table(("name", "question"), stored_questions().items())
        return
    if text is None:
        raise click.UsageError("say what to ask: a query, a file, - or a stored question (see --list)")
    sparql = read_query(text)
    if print_text:
        write_text(sparql)
        return
    from rlsgraph.triples.sparql import AnswerKind

    kg = graph.open()
    with stop_at_once(), end_after(timeout), show_progress("weighing pairs of entities") as progress:
        answer = kg.query(sparql, progress=progress)
        chosen = format_name or ("table" if sys.stdout.isatty() else _machine_format(answer))
        rows = _rows(answer) if chosen == "table" else None
        text = _text(answer, chosen) if rows is None else ""
    if rows is None:
        write_text(text)
        if answer.kind is AnswerKind.ASK and not answer:
            click.get_current_context().exit(1)
        return
    print_table(answer.variables, rows)
    click.echo(counted(len(rows), "row"), err=True)


def _machine_format(answer: Answer) -> str:
    from rlsgraph.triples.sparql import AnswerKind

    return {AnswerKind.SELECT: "tsv", AnswerKind.ASK: "table", AnswerKind.GRAPH: "ttl"}[answer.kind]


def _rows(answer: Answer) -> list[list[str]] | None:
    """Return the rows of a SELECT; None for other kinds of answer."""
    from rlsgraph.triples.python_values import to_python
    from rlsgraph.triples.sparql import AnswerKind

    if answer.kind is not AnswerKind.SELECT:
        return None
    return [["" if term is None else _cell(to_python(term)) for term in row] for row in answer]


def _text(answer: Answer, format_name: str) -> str:
    from rlsgraph.triples.sparql import AnswerKind

    if format_name == "table" and answer.kind is AnswerKind.ASK:
        return "yes\n" if answer else "no\n"
    try:
        text = answer.serialize("ttl" if format_name == "table" else format_name)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return text if text.endswith("\n") else text + "\n"  # no end is cut: a row may be nothing but one


def _cell(value: str | float | bool) -> str:
    from rlsgraph.model.namespaces import compress

    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return plain(value)
    return compress(value) if isinstance(value, str) and value.startswith("http") else str(value)
