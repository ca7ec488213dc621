"""Import tables into a folder of data: all rows or none, checked before anything is written, with a report for each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from rlsgraph.curation.adding import load_folder
from rlsgraph.curation.attribution import Person
from rlsgraph.curation.check import check
from rlsgraph.curation.folder import changed_files, copy_with, held, write_files
from rlsgraph.curation.report import CheckFinding, Severity
from rlsgraph.curation.tables.columns import Kind, heading_of
from rlsgraph.curation.tables.entity_rows import propose_entities
from rlsgraph.curation.tables.entries import Entries, read_entries
from rlsgraph.curation.tables.evidence_rows import find_unknown_entities, propose_evidence
from rlsgraph.curation.tables.proposed import Proposed
from rlsgraph.curation.tables.report import ImportReport, RowProblem
from rlsgraph.curation.tables.source_rows import Sources, propose_relations
from rlsgraph.errors import CurationError
from rlsgraph.graph.loading import load
from rlsgraph.model import namespaces as ns
from rlsgraph.reasoning.comparison import ClaimChange, changed_claims


def import_tables(
    folder: str | Path,
    *paths: str | Path,
    base: str | Path | None = None,
    is_another_paper: bool = False,
    is_dry_run: bool = False,
    by: Person | None = None,
    when: datetime | None = None,
) -> ImportReport:
    """Add what tables say (CSV, TSV, XLSX, JSON Lines) to the Turtle files of a folder, and return what came of each row.

    `base` is the graph that the folder stands on. Several files are taken together, in any order: entities first, then sources,
    evidence, relations. What is there already is not added again, so that the same tables change nothing the second time. A paper
    whose title is nearly that of another is refused, unless its row names its source or `is_another_paper`. Where any row has a
    problem, and in a dry run, nothing is written. Two at once wait for each other. What is new says when it was added (now,
    unless `when` says otherwise) and `by` whom, where that is known. Raises `DataError` where a file cannot be read,
    `CurationError` where there is no such folder.
    """
    if not paths:
        raise CurationError("name a table to import; `rlsgraph template` writes one to fill in")
    entries = read_entries([Path(path) for path in paths])
    return import_entries(folder, entries, base=base, is_another_paper=is_another_paper, is_dry_run=is_dry_run, by=by, when=when)


def import_entries(
    folder: str | Path,
    entries: Entries,
    *,
    base: str | Path | None = None,
    is_another_paper: bool = False,
    is_dry_run: bool = False,
    by: Person | None = None,
    when: datetime | None = None,
) -> ImportReport:
    """Add what rows say, read already, to the Turtle files of a folder; see `import_tables`."""
    place = Path(folder)
    with held(place):
        proposed = Proposed(place, load_folder(place, base), base=base, by=by, when=when)
        _propose(proposed, entries, is_another_paper=is_another_paper)
        files = changed_files(proposed.files)
        found, moved = _try(proposed, files) if files else ([], ())
        problems = sorted((*entries.problems, *proposed.problems, *found), key=lambda one: (one.table, one.row))
        if not problems and not is_dry_run:
            write_files(place, files)
    return ImportReport(tuple(proposed.rows), tuple(problems), tuple(files), moved, tuple(entries.unread), is_dry_run)


def _propose(proposed: Proposed, entries: Entries, *, is_another_paper: bool) -> None:
    sources = Sources(proposed, is_another_paper=is_another_paper)
    propose_entities(proposed, entries.of(Kind.ENTITIES))
    sources.propose(entries.of(Kind.SOURCES))
    propose_evidence(proposed, entries.of(Kind.EVIDENCE), sources)
    propose_relations(proposed, entries.of(Kind.RELATIONS), sources)
    for entry in entries.faulty:
        find_unknown_entities(proposed, entry)


def _try(proposed: Proposed, files: dict[Path, str]) -> tuple[list[RowProblem], tuple[ClaimChange, ...]]:
    """Return what is wrong with the folder as it would be, and the claims that move there."""
    with copy_with(proposed.folder, files) as copy:
        findings = [finding for finding in check(copy, base=proposed.base).findings if finding.severity is Severity.ERROR]
        if findings:
            return list(_problems(proposed, findings)), ()
        return [], changed_claims(proposed.before.claims(), load(copy, base=proposed.base).claims())


def _problems(proposed: Proposed, findings: Sequence[CheckFinding]) -> Iterator[RowProblem]:
    for finding in findings:
        entry = proposed.entries.get(finding.thing)
        if entry is None:
            place = "" if finding.file is None else finding.file.name
            yield RowProblem(place, 0, ns.compress(finding.thing), finding.value, finding.problem, finding.remedy)
        else:
            names = finding.path.strip("()").split("|")
            heading = heading_of(entry.kind, names[0]) if finding.path else ""
            yield RowProblem(entry.table, entry.number, heading, finding.value, finding.problem, finding.remedy)
