"""Propose the papers that tables tell of, and how they relate: one that is there already is found by id, identifier or title."""

from __future__ import annotations

from typing import Any

from rlsgraph.curation.adding import iris_named
from rlsgraph.curation.papers import PROPERTIES, Library, Paper
from rlsgraph.curation.tables.columns import COLUMNS, Kind
from rlsgraph.curation.tables.entries import Entry
from rlsgraph.curation.tables.proposed import Proposed, RowError, local_id, shown, tell_differences
from rlsgraph.curation.tables.report import Outcome
from rlsgraph.errors import CurationError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.assertions import say, say_source
from rlsgraph.model.identifiers import Identifier, read_identifier

PAPER_KEYS = tuple(column.key for column in COLUMNS[Kind.SOURCES] if column.key != "id")
_LONGEST_NAME = 60


class Sources:
    """The sources that are there or being added, found by id, identifier and title."""

    def __init__(self, proposed: Proposed, *, is_another_paper: bool) -> None:
        self._proposed, self._is_another_paper = proposed, is_another_paper
        self._library = Library(proposed.before.sources())

    def propose(self, entries: list[Entry]) -> None:
        """Add the sources of tables of sources."""
        for entry in entries:
            try:
                iri, is_new, note = self.take(entry, entry.values.get("id", ""), "id")
            except RowError as error:
                self._proposed.refuse(entry, error)
            else:
                self._proposed.report(entry, Outcome.NEW_SOURCE if is_new else Outcome.THERE, iri, note)

    def named(self, text: str) -> str:
        """Return the source of an id, CURIE, IRI, DOI, PMID or PMCID; empty where there is none."""
        names = (text, ns.SOURCE + text.removeprefix("source:"))
        found = next((name for name in names if name in self._library.names), "")
        identifier = read_identifier(text)
        return found or next(iter(self._library.with_identifier([identifier] if identifier else [])), "")

    def take(self, entry: Entry, name: str, key: str) -> tuple[str, bool, str]:
        """Return the source that an entry tells of, adding it where it is not there; whether it is new; and a note."""
        paper, more = _paper(entry)
        identifiers = paper.identifiers
        found = dict.fromkeys(self._library.with_identifier(identifiers))
        known = self.named(name) if name else ""
        if known:
            found = {known: None, **found}
        if len(found) > 1:
            words = " and ".join(map(ns.compress, found))
            raise RowError(key if known else "doi", f"and the identifiers are of {words}", "keep those of one paper")
        if found:
            iri = next(iter(found))
            return iri, False, self._differences(entry, iri, paper, more)
        if name and (alone := read_identifier(name)) is not None:
            identifiers, more = (*identifiers, alone), more | {PROPERTIES[alone.kind]: alone.value}
            name = ""
        return self._new(entry, name, key, paper, more, identifiers)

    def _new(
        self, entry: Entry, name: str, key: str, paper: Paper, more: dict[str, Any], identifiers: tuple[Identifier, ...]
    ) -> tuple[str, bool, str]:
        if not paper.title:
            said = f"no source has {'this id' if name else 'these identifiers'}, and a new one needs a title"
            raise RowError("title" if not name else key, said, "give title, first author, year and an identifier")
        facts = paper.facts | more
        if name:
            iri = local_id(name, ns.SOURCE, key)
        else:
            for iri in iris_named(ns.SOURCE, paper.name[:_LONGEST_NAME].strip("-")):
                if iri not in self._library.names:
                    break
                if self._proposed.asserted.is_alike(iri, say_source(iri, facts)):
                    return iri, False, ""
            near = None if self._is_another_paper else next(self._library.with_nearly_the_title(paper.title), None)
            if near is not None:
                words = f"is nearly the title of {ns.compress(near[0])} ({shown(near[1])}){self._proposed.place_of(near[0])}"
                remedy = f"if it is that paper, write {ns.local_name(near[0])} under source; if not, say --another-paper"
                raise RowError("title", words, remedy)
        self._proposed.add(self._proposed.sources_file, say_source(iri, facts), iri, entry=entry)
        self._library.add(iri, paper.title, identifiers)
        return iri, True, ""

    def _differences(self, entry: Entry, iri: str, paper: Paper, more: dict[str, Any]) -> str:
        differences = self._proposed.asserted.differences(iri, say_source(iri, paper.facts | more))
        told = tell_differences(entry.kind, differences)
        return f"the source is as it was: {told} here would be otherwise" if told else ""


def _paper(entry: Entry) -> tuple[Paper, dict[str, Any]]:
    """Return what an entry says of the paper, and what more is asserted of it."""
    said = {key: entry.values[key] for key in PAPER_KEYS if key in entry.values}
    more: dict[str, Any] = {
        "rls:registration": said.pop("registration", ()),
        "rls:retracted": said.pop("retracted", False) or None,
        "rls:erratum": said.pop("erratum", ""),
        "rls:preprintOf": said.pop("preprint_of", ""),
        "skos:editorialNote": said.pop("note", ""),
    }
    title = said.pop("title", "")
    if title.startswith("[") and title.endswith("]"):
        more["rls:titleIsDescriptive"] = True
    try:
        paper = Paper(title, research_groups=said.pop("research_group", ()), **said)
        _ = paper.identifiers
    except CurationError as error:
        raise RowError("", str(error), "correct the identifier") from error
    return paper, more


_RELATIONS = {
    "pools": ("review", "trial", "rls:pools", "rls:likelyPools"),
    "samestudy": ("a", "b", "rls:sameStudyAs", "rls:likelySameStudyAs"),
}


def propose_relations(proposed: Proposed, entries: list[Entry], sources: Sources) -> None:
    """Add which sources report one study, and which reviews count which."""
    for entry in entries:
        try:
            _relation(proposed, entry, sources)
        except RowError as error:
            proposed.refuse(entry, error)


def _relation(proposed: Proposed, entry: Entry, sources: Sources) -> None:
    word = "".join(letter for letter in entry.values["kind"].lower() if letter.isalpha()).removesuffix("as")
    if word not in _RELATIONS:
        raise RowError("kind", "is no relation between sources", "write pools or sameStudy")
    first, second, sure, likely = _RELATIONS[word]
    ends = []
    for key in (first, second):
        name = entry.values.get(key, "")
        if not name or not (iri := sources.named(name)):
            raise RowError(key, "names no source" if name else "is missing", "give the id, DOI or PMID of a source that is there")
        ends.append(iri)
    relation = sure if entry.values.get("certain", True) else likely
    triples = list(say(ends[0], {relation: ends[1]}))
    if not proposed.asserted.differences(ends[0], triples):
        proposed.report(entry, Outcome.THERE, ends[0])
        return
    home = proposed.asserted.homes.get(ends[0], proposed.sources_file)
    proposed.add(home, triples, entry=entry)
    proposed.report(entry, Outcome.NEW_RELATION, ends[0])
