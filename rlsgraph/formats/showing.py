"""Turn any answer into its table, and the table into HTML for a notebook or a data frame."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from rlsgraph.errors import MissingPackageError
from rlsgraph.formats import answers
from rlsgraph.formats.graph import CLAIM_COLUMNS, claim_row
from rlsgraph.formats.plain import entity_dict, evidence_dict, explanation_dict, hypothesis_dict, link_dict, source_dict
from rlsgraph.formats.tables import Row, Table
from rlsgraph.model import namespaces as ns
from rlsgraph.model.shown import Listing, words_of

if TYPE_CHECKING:
    import pandas

    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.reasoning.history import History
    from rlsgraph.triples.sparql import Answer

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20, 12, 120
"""What a notebook is shown of a table; `to_pandas` has all of it."""

_FIRST_COLUMNS = ("place", "statement", "label")
"""What says most of a row to a reader comes first, whatever its place among the columns."""


def table_of_answer(answer: Any) -> Table:
    """Return an answer as rows: the table that the commands print where there is one, else a row a value with its fields."""
    if isinstance(answer, Listing):
        make = _LISTS.get(answer.what)
        return make(answer) if make else _plain_table(answer.what, map(_fields_of, answer))
    make = _ANSWERS.get(type(answer).__name__)
    return make(answer) if make else _plain_table(type(answer).__name__, [_fields_of(answer)])


def answer_html(answer: Any) -> str:
    """Return an answer as an HTML table: its first rows, the columns that say something in them, long cells cut."""
    table = table_of_answer(answer)
    values = table.to_json()
    first = [name for name in _FIRST_COLUMNS if name in table.columns]
    rows = [{name: _cell(value) for name, value in row.items()} for row in values[:MOST_ROWS]]
    telling = [name for name in dict.fromkeys([*first, *table.columns]) if any(row[name] for row in rows)]
    kept = telling[:MOST_COLUMNS]
    title = repr(answer)[1:-1]
    head = "".join(f"<th>{html.escape(name.replace('_', ' '))}</th>" for name in kept)
    body = "".join(f"<tr>{''.join(f'<td>{html.escape(row[name])}</td>' for name in kept)}</tr>" for row in rows)
    hidden = [f"{len(rows)} of {len(values)} rows"] if len(rows) < len(values) else []
    hidden += [f"{len(kept)} of {len(telling)} columns"] if len(kept) < len(telling) else []
    note = f"<p>{' and '.join(hidden)}; .to_pandas() and .to_dicts() have all</p>" if hidden else ""
    return f"<div><p>{html.escape(title)}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}</div>"


def answer_frame(answer: Any) -> pandas.DataFrame:
    """Return an answer as a pandas data frame; raises `MissingPackageError` where pandas is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise MissingPackageError("to_pandas", "pandas") from error
    table = table_of_answer(answer)
    return pandas.DataFrame(table.to_json(), columns=list(table.columns))


def graph_summary(kg: KnowledgeGraph) -> str:
    """Return a graph in a few lines of HTML: what it is and how it is opened as a page."""
    words = html.escape(repr(kg)[1:-1])
    hint = "<code>kg.show()</code> opens the page here; <code>kg.hypotheses()</code> ranks what it holds."
    return f"<div><p>{words}</p><p>{hint}</p></div>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, list | tuple):
        text = ", ".join(map(_cell, value))
    elif isinstance(value, dict):
        text = ", ".join(f"{key}: {_cell(item)}" for key, item in value.items() if item not in (None, "", []))
    else:
        text = ns.compress(value) if isinstance(value, str) and value.startswith("http") else str(value)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _plain_table(kind: str, rows: Iterable[Row]) -> Table:
    """Return rows as a table of all their columns, in the order in which these come."""
    kept = tuple(rows)
    return Table(kind, tuple(dict.fromkeys(name for row in kept for name in row)), kept)


def _fields_of(value: Any) -> Row:
    """Return a value's fields as one flat row; a value within it is said in words."""
    if not is_dataclass(value):
        return {"value": words_of(value)}
    return {field.name: _flat(getattr(value, field.name)) for field in fields(value) if not field.name.startswith("_")}


def _flat(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_flat(item) for item in value)
    return words_of(value) if is_dataclass(value) and not hasattr(value, "iri") else value


def _rows(kind: str, make: Callable[[Any], Row], columns: Sequence[str] = ()) -> Callable[[Iterable[Any]], Table]:
    def table(values: Iterable[Any]) -> Table:
        rows = tuple(map(make, values))
        return Table(kind, tuple(columns), rows) if columns else _plain_table(kind, rows)

    return table


def _history_table(history: History) -> Table:
    from rlsgraph.formats.history import history_table

    return history_table(history)


def _query_table(answer: Answer) -> Table:
    from rlsgraph.triples.sparql import AnswerKind

    if answer.kind is AnswerKind.ASK:
        return _plain_table("Answer", ({"answer": bool(answer)},))
    kept = answer.keep()
    if answer.kind is AnswerKind.SELECT:
        return Table("Answer", answer.variables, tuple(answer.to_dicts()))
    parts = ("subject", "predicate", "object")
    return Table("Answer", parts, tuple({part: str(getattr(triple, part)) for part in parts} for triple in kept))


_LISTS: dict[str, Callable[[Any], Table]] = {
    "paths": answers.paths_table,
    "named routes": lambda routes: answers.paths_table((), routes),
    "hypotheses": answers.hypotheses_table,
    "contradictions": answers.contradictions_table,
    "verdicts": answers.verdicts_table,
    "findings": answers.findings_table,
    "claims": _rows("Claim", claim_row, CLAIM_COLUMNS),
    "entities": _rows("Entity", entity_dict),
    "sources": _rows("Source", source_dict),
    "evidence items": _rows("Evidence", evidence_dict),
    "links": _rows("DefinitionalLink", link_dict),
}
"""The table of each kind of listing."""

_ANSWERS: dict[str, Callable[[Any], Table]] = {
    "Support": answers.support_table,
    "Agenda": answers.gaps_table,
    "Movement": answers.movement_table,
    "RetractionSweep": answers.sweep_table,
    "RivalComparison": answers.rivals_table,
    "History": _history_table,
    "HypothesisAccount": lambda account: answers.hypotheses_table((account.ranked,)),
    "Explanation": lambda explanation: _plain_table("ExplainedItem", explanation_dict(explanation)["items"]),
    "CausalPath": lambda path: answers.paths_table((path,)),
    "NamedRoute": lambda route: answers.paths_table((), (route,)),
    "RankedHypothesis": lambda ranked: answers.hypotheses_table((ranked,)),
    "Contradiction": lambda found: answers.contradictions_table((found,)),
    "Verdict": lambda verdict: answers.verdicts_table((verdict,)),
    "Finding": lambda finding: answers.findings_table((finding,)),
    "Claim": lambda claim: _LISTS["claims"]((claim,)),
    "Entity": lambda entity: _LISTS["entities"]((entity,)),
    "Source": lambda source: _LISTS["sources"]((source,)),
    "Evidence": lambda item: _LISTS["evidence items"]((item,)),
    "DefinitionalLink": lambda link: _LISTS["links"]((link,)),
    "Hypothesis": lambda hypothesis: _plain_table("Hypothesis", (hypothesis_dict(hypothesis),)),
    "Answer": _query_table,
    "CheckReport": lambda report: _plain_table("CheckFinding", map(_fields_of, report)),
}
"""The table of each answer that is one value."""
