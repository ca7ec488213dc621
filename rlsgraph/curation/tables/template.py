"""Write an empty table to fill in: a workbook with lists to choose from, or plain text with the properties under the headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rlsgraph.curation.tables.columns import COLUMNS, Column, Kind
from rlsgraph.curation.tables.entity_rows import groups_of
from rlsgraph.curation.tables.entries import TEMPLATE_SHEETS
from rlsgraph.errors import CurationError
from rlsgraph.formats.spreadsheets.table import COMMENT
from rlsgraph.triples.writing import write_file

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

_ROWS = 2_000
"""So many rows have lists to choose from."""
_SHEETS = (Kind.EVIDENCE, Kind.ENTITIES, Kind.SOURCES)
_YES_NO = {"n_is_approximate", "p_is_bound", "retracted", "certain"}
_ENTITY_KEYS = {"subject", "object", "broader"}
_WIDE = {"finding", "limitations", "definition", "title", "quote", "population", "meaning"}


def write_template(path: str | Path, kg: KnowledgeGraph, *, kind: Kind = Kind.EVIDENCE) -> None:
    """Write an empty table by the ending of its name: .xlsx with all kinds of rows, .csv or .tsv with those of one kind.

    A workbook offers the entities and groups of a graph to choose from. Raises `CurationError` where a file is there already,
    or the ending is another.
    """
    place = Path(path)
    writers: Mapping[str, Callable[[], bytes]] = {
        ".xlsx": lambda: workbook([entity.label for entity in kg.entities()], list(groups_of(kg))),
        ".csv": lambda: text_table(kind, ",").encode(),
        ".tsv": lambda: text_table(kind, "\t").encode(),
    }
    if place.suffix.lower() not in writers:
        raise CurationError(f"{place}: a table to fill in ends with {', '.join(writers)}")
    if place.exists():
        raise CurationError(f"{place} is there already, and may be filled in; name another file")
    write_file(place, writers[place.suffix.lower()]())


def text_table(kind: Kind, separator: str) -> str:
    """Return headings, with the property behind each and an example below; `rlsgraph import` passes over both.

    >>> text_table(Kind.RELATIONS, ",").splitlines()[0]
    'kind,review,trial,a,b,certain'
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    columns = COLUMNS[kind]
    writer.writerow([column.heading for column in columns])
    below = {"property": [column.curie for column in columns], "example": [column.example for column in columns]}
    for name, values in below.items():
        writer.writerow([f"{COMMENT} {name}: {values[0]}".removesuffix(": "), *values[1:]])
    return stream.getvalue()


def workbook(entities: Sequence[str], groups: Sequence[str]) -> bytes:
    """Return a workbook with a sheet for each kind of row, one that explains the columns, and a hidden one of choices."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    choices = _Choices(
        {**_terms(), "entities": sorted(entities, key=str.casefold), "groups": sorted(groups), "yes": ["yes", "no"]}
    )
    for kind in _SHEETS:
        _fill_sheet(book.create_sheet(kind.value), COLUMNS[kind], choices)
    explaining, lists = TEMPLATE_SHEETS
    _explain(book.create_sheet(explaining))
    choices.write(book.create_sheet(lists))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _terms() -> dict[str, list[str]]:
    """Return the words of each closed set by its name."""
    kinds = {column.terms for columns in COLUMNS.values() for column in columns if column.terms is not None}
    return {kind.__name__: [_word(term) for term in kind] for kind in sorted(kinds, key=lambda kind: kind.__name__)}


def _word(term: Any) -> str:
    return str(term.value) if hasattr(term, "verb") else str(term.label)


class _Choices:
    """The lists that cells are chosen from, each a column of a sheet."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._lists = {name: words for name, words in lists.items() if words}

    def of(self, column: Column) -> str:
        """Return the name of a column's list; empty where it has none."""
        name = "entities" if column.key in _ENTITY_KEYS else "groups" if column.key == "group" else ""
        name = name or ("yes" if column.key in _YES_NO else column.terms.__name__ if column.terms is not None else "")
        return name if name in self._lists else ""

    def place(self, name: str) -> str:
        """Return where a list stands, as a formula names it."""
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(list(self._lists).index(name) + 1)
        return f"{TEMPLATE_SHEETS[1]}!${letter}$2:${letter}${len(self._lists[name]) + 1}"

    def write(self, sheet: Any) -> None:
        """Write the lists into a sheet that readers do not see."""
        for place, (name, words) in enumerate(self._lists.items(), 1):
            for row, word in enumerate((name, *words), 1):
                _put(sheet.cell(row, place), word)
        sheet.sheet_state = "hidden"


def _fill_sheet(sheet: Any, columns: Sequence[Column], choices: _Choices) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    needed = PatternFill("solid", fgColor="FFE699")
    for place, column in enumerate(columns, 1):
        head, letter = sheet.cell(1, place), get_column_letter(place)
        _put(head, column.heading)
        head.font = Font(bold=True)
        if column.is_needed:
            head.fill = needed
        head.comment = Comment("\n".join(filter(None, (column.meaning, column.curie))), "rlsgraph", width=320, height=90)
        sheet.column_dimensions[letter].width = 40 if column.key in _WIDE else max(14, len(column.heading) + 2)
        if name := choices.of(column):
            rule = DataValidation("list", formula1=choices.place(name), allow_blank=True, showErrorMessage=True)
            is_open = column.key in _ENTITY_KEYS  # a synonym or an entity that is new is no choice of the list
            rule.errorStyle = "warning" if is_open else "stop"
            rule.error = "Not in the list: a synonym or a new entity is fine." if is_open else "Choose one of the list."
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_ROWS}")
    sheet.freeze_panes = "A2"


def _explain(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font

    rows: list[Iterable[str]] = [("sheet", "column", "needed", "meaning", "example", "property", "one of")]
    for kind in _SHEETS:
        for column in COLUMNS[kind]:
            words = "" if column.terms is None else ", ".join(_word(term) for term in column.terms)
            need = "yes" if column.is_needed else ""
            rows.append((kind.value, column.heading, need, column.meaning, column.example, column.curie, words))
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place)
            _put(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFG", (11, 20, 8, 60, 34, 28, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _put(cell: Any, text: str) -> None:
    """Write a text that is never a formula, without what a workbook cannot hold."""
    cell.value = "".join(letter for letter in text if letter.isprintable())
    if cell.data_type == "f":
        cell.data_type = "s"
