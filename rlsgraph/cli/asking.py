"""Ask at the terminal for what a paper says of a claim, step by step, with completion; each answer is read at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import DummyCompleter, WordCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.validation import DummyValidator, ValidationError, Validator

from rlsgraph.curation.papers import Library, Paper
from rlsgraph.curation.tables.cells import CellError, Reader, group_reader
from rlsgraph.curation.tables.columns import Column, Kind, column_of
from rlsgraph.curation.tables.entity_rows import groups_of
from rlsgraph.curation.tables.entries import Entry, entry_of
from rlsgraph.errors import AmbiguousNameError, CurationError, UnknownNameError
from rlsgraph.model import namespaces as ns

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

_STUDY = ("result", "design", "n", "p", "species")
_PAPER = ("first_author", "year", "journal")
_MORE_OF_A_PAPER = ("research_group",)
_READING = ("finding", "limitations", "locator")
_DETAILS = (
    *("comparator", "blinding", "outcome_rank", "population_fit", "outcome_fit", "directness", "population"),
    *("pooled_design", "studies", "measure", "estimate", "ci_low", "ci_high", "unit", "better", "quote", "quote_role"),
)


class Questions:
    """The questions of one sitting, put to whoever is at the terminal; `given` has answers, by column, that are not asked for."""

    def __init__(self, kg: KnowledgeGraph, given: Mapping[str, str], tell: Callable[[str], None]) -> None:
        self._kg, self._given, self._tell = kg, given, tell
        for key, text in given.items():
            column = column_of(Kind.EVIDENCE, key)
            try:
                column.read(text)
            except CellError as error:
                raise CurationError(f"{column.heading} {text!r} {error.problem}: {error.remedy}") from error
        self._session: PromptSession[str] = PromptSession()
        self._names = sorted({name for entity in kg.entities() for name in (entity.label, *entity.synonyms)})
        self._answers: dict[str, str] = {}
        self._new: dict[str, dict[str, str]] = {}

    def ask(self) -> list[Entry]:
        """Return the answers as the rows of a table: new entities, and the item. Ctrl-C and Ctrl-D end it with nothing done."""
        for key in ("subject", "predicate", "object"):
            self._answers[key] = self._entity(key) if key != "predicate" else self._answer(Kind.EVIDENCE, key)
        self._paper()
        for key in (*_STUDY, *_READING):
            self._keep(key)
        if self._agrees("More of the study (comparator, blinding, interval, quote …)?"):
            for key in (*_DETAILS, *(_MORE_OF_A_PAPER if "source" not in self._answers else ())):
                self._keep(key)
        entities = [entry_of(Kind.ENTITIES, texts, number) for number, texts in enumerate(self._new.values(), 1)]
        return [*entities, entry_of(Kind.EVIDENCE, self._answers, 1)]

    def _paper(self) -> None:
        """Ask which paper it is: by identifier, then by title; what is known of it is not asked for."""
        library = Library(self._kg.sources())
        for key in ("doi", "pmid"):
            self._keep(key)
            paper = Paper("", doi=self._answers.get("doi", ""), pmid=self._answers.get("pmid", ""))
            if self._is_known(library.with_identifier(paper.identifiers)):
                return
        self._answers["title"] = self._answer(Kind.EVIDENCE, "title", is_needed=True)
        for source, title in library.with_nearly_the_title(self._answers["title"]):
            if self._agrees(f"{ns.local_name(source)} is {title!r}. Is it this paper?") and self._is_known([source]):
                return
        for key in _PAPER:
            self._keep(key)
        if not {"doi", "pmid"} & self._answers.keys():
            self._answers["url"] = self._answer(Kind.EVIDENCE, "url", is_needed=True)

    def _is_known(self, sources: Iterable[str]) -> bool:
        """Take the first of the sources for the paper, and tell which it is; say whether there is one."""
        for source in sources:
            self._tell(f"The graph has it: {self._kg.source(source).citation}")
            for key in ("doi", "pmid", "title"):
                self._answers.pop(key, None)
            self._answers["source"] = ns.local_name(source)
            return True
        return False

    def _entity(self, key: str) -> str:
        """Ask for an entity until there is one; one that nothing has yet is described at once."""
        while True:
            name = self._answer(Kind.EVIDENCE, key, choices=[*self._names, *self._new])
            try:
                return self._kg.entity(name).label
            except AmbiguousNameError as error:
                if key in self._given:
                    raise
                self._tell(str(error))
            except UnknownNameError as error:
                if key in self._given:
                    raise
                near = f" Near it: {', '.join(error.nearest)}." if error.nearest else ""
                if name in self._new or self._agrees(f"Nothing is called {name!r}.{near} Is it a new entity?"):
                    self._describe(name)
                    return name

    def _describe(self, label: str) -> None:
        if label in self._new:
            return
        groups = groups_of(self._kg)
        categories = sorted({entity.category.rpartition(":")[2] for entity in self._kg.entities()})
        self._new[label] = {"label": label}
        for key, choices in (("definition", ()), ("category", categories)):
            self._new[label][key] = self._answer(Kind.ENTITIES, key, choices=choices)
        self._new[label]["group"] = self._answer(Kind.ENTITIES, "group", choices=sorted(groups), read=group_reader(groups))

    # --- one question -------------------------------------------------------------------------------------------------

    def _keep(self, key: str) -> None:
        if text := self._answer(Kind.EVIDENCE, key):
            self._answers[key] = text

    def _answer(
        self, kind: Kind, key: str, *, choices: Iterable[str] = (), is_needed: bool = False, read: Reader | None = None
    ) -> str:
        """Return what was given for a column, or ask for it until it can be read; empty where nothing is said."""
        column = column_of(kind, key)
        if kind is Kind.EVIDENCE and (text := self._given.get(key, "")):
            return text
        words = list(choices) or ([term.label for term in column.terms] if column.terms else [])
        completer = WordCompleter(words, ignore_case=True, sentence=True, match_middle=True)
        reading = _Reading(column, read or column.read, is_needed=is_needed or column.is_needed)
        heading = column.heading if reading.is_needed else f"{column.heading} (Enter: not stated)"
        return self._session.prompt(
            f"{heading}: ",
            completer=completer,
            validator=reading,
            validate_while_typing=False,
            bottom_toolbar=f"{column.meaning}{' Tab shows the choices.' if words else ''}",
        ).strip()

    def _agrees(self, question: str) -> bool:
        answer = self._session.prompt(
            f"{question} [y/N] ", completer=DummyCompleter(), validator=DummyValidator(), bottom_toolbar="y or n"
        )
        return answer.strip().lower() in ("y", "yes")


class _Reading(Validator):
    """Whether an answer can be read as a cell of its column."""

    def __init__(self, column: Column, read: Reader, *, is_needed: bool) -> None:
        self._column, self._read, self.is_needed = column, read, is_needed

    def validate(self, document: Document) -> None:
        text = document.text.strip()
        if not text:
            if self.is_needed:
                raise ValidationError(message=f"It is needed. {self._column.meaning}")
            return
        try:
            self._read(text)
        except CellError as error:
            raise ValidationError(len(document.text), f"It {error.problem}: {error.remedy}") from error
