"""Check files of RDF: by the shapes, by the rules that shapes cannot say, and by reading them as `load` does."""

from __future__ import annotations

import gzip
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.curation.report import CheckFinding, CheckReport, Offence, Severity
from rlsgraph.curation.rules import RULES, UNREADABLE, Rule
from rlsgraph.curation.shapes import Breach, find_breaches, read_shapes, rules_of
from rlsgraph.curation.term_graph import TermGraph, text_of
from rlsgraph.errors import DataError
from rlsgraph.graph.known_terms import known_terms
from rlsgraph.model import namespaces as ns
from rlsgraph.triples import resources
from rlsgraph.triples.files import find_format, load_file
from rlsgraph.triples.folders import find_unread
from rlsgraph.triples.lines import Lines, read_lines

BROKEN_FILE, REFUSED, NOTHING_READ, UNREAD_FILE = "BrokenFile", "Refused", "NothingRead", "UnreadFile"
_REMEDIES = {
    BROKEN_FILE: "Mend the file at this line, or give it the ending of its format; nothing else was checked.",
    REFUSED: "Correct what the sentence names: the graph cannot be loaded as it is.",
    NOTHING_READ: "Describe entities, claims, evidence or sources in the file, typed as rls:Entity, rls:Claim and so on.",
    UNREAD_FILE: "Give the file the ending of its format, turn it into RDF, or keep it apart from the folders that are loaded.",
}
_TURTLE_LIKE = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG)


def check(*paths: str | Path, base: str | Path | None = None) -> CheckReport:
    """Return all that is wrong with files of RDF, and folders of them, taken as one graph, by file and line.

    A report is true where nothing but notes is in it. What a file refers to must be described in one of the files, or in those
    of the graph that they stand on: "shipped", or another file or folder. What is wrong with these is not told.

    >>> report = check(*resources.data_files())
    >>> bool(report), report.count(Severity.ERROR)
    (True, 0)
    """
    if not paths:
        raise DataError("there is nothing to check; name files or folders of RDF")
    files = tuple(dict.fromkeys(resources.find_files(paths)))
    context = tuple(path for path in resources.base_files(base) if path not in files)
    unread = list(_unread(paths))
    graph, broken = _read(files, context)
    if broken:
        return CheckReport(files, (*broken, *unread), is_broken=True)
    findings = list(_shape_findings(graph))
    findings += _rule_findings(graph, {(finding.thing, finding.path) for finding in findings})
    findings += _empty(files, graph)
    findings += _refusals((*context, *files), graph, {each.thing for each in findings if each.severity is Severity.ERROR})
    findings = [*unread, *(finding for finding in findings if finding.file is None or finding.file in files)]
    return CheckReport(files, tuple(sorted(_placed(findings), key=_order)))


def rule_table() -> dict[str, tuple[Severity, str]]:
    """Return every rule by name, with its severity and remedy."""
    shapes = {_short(name): (Severity.ERROR, shape.message) for name, shape in rules_of(read_shapes(_shapes())).items()}
    own = {rule.name: (rule.severity, rule.remedy) for rule in RULES}
    last = {name: (_severity(name), remedy) for name, remedy in _REMEDIES.items()}
    return {**own, **last, **shapes}


def _severity(name: str) -> Severity:
    return Severity.WARNING if name in (NOTHING_READ, UNREAD_FILE) else Severity.ERROR


def _shapes() -> Path:
    return resources.ontology_file("shapes.ttl")


def _short(rule: str) -> str:
    return rule.removesuffix("Shape")


def _read(files: Iterable[Path], context: Iterable[Path]) -> tuple[TermGraph, list[CheckFinding]]:
    """Return the files as one graph, and what keeps any of them from being read."""
    graph = TermGraph()
    broken = []
    around = {*context, resources.ontology_file("schemes.ttl")}
    for path in (*files, *sorted(around)):
        try:
            store = ox.Store()
            load_file(store, path)
        except DataError as error:
            reason = str(error).removeprefix(f"{path}:{error.line}: ").removeprefix(f"{path}: ")
            broken.append(CheckFinding(BROKEN_FILE, Severity.ERROR, reason, _REMEDIES[BROKEN_FILE], file=path, line=error.line))
            continue
        graph.add(store, path, is_context=path in around)
    return graph, broken


# --- findings -------------------------------------------------------------------------------------------------------------


def _shape_findings(graph: TermGraph) -> Iterator[CheckFinding]:
    seen: set[tuple[str, str, str, str]] = set()
    for breach in find_breaches(read_shapes(_shapes()), graph):
        finding = _of_breach(graph, breach)
        key = (finding.rule, finding.thing, finding.problem, finding.value)
        if key not in seen:
            seen.add(key)
            yield finding


def _of_breach(graph: TermGraph, breach: Breach) -> CheckFinding:
    value = "" if breach.value is None else text_of(breach.value)
    unknown = known_terms().unknown_term(value) if isinstance(breach.value, ox.NamedNode) else None
    about = f"{breach.path} " if breach.path is not None else "it "
    return CheckFinding(
        _short(breach.shape.rule),
        Severity.ERROR,
        f"{about}{breach.words}{unknown.hint if unknown else ''}",
        breach.shape.message,
        thing=text_of(breach.thing),
        path="" if breach.path is None else str(breach.path),
        value=value,
        file=graph.file_of(breach.thing),
    )


def _rule_findings(graph: TermGraph, faulty: set[tuple[str, str]]) -> Iterator[CheckFinding]:
    """Yield what breaks the rules that are no shapes; that a `faulty` property cannot be read has been said by the shapes."""
    things = {thing for thing, _ in faulty}
    for rule in RULES:
        for offence in rule.find(graph):
            finding = _of_offence(graph, rule, offence)
            is_known = (finding.thing, finding.path) in faulty or (not finding.path and finding.thing in things)
            if rule.name != UNREADABLE or not is_known:
                yield finding


def _of_offence(graph: TermGraph, rule: Rule, offence: Offence) -> CheckFinding:
    return CheckFinding(
        rule.name,
        rule.severity,
        offence.problem,
        rule.remedy,
        thing=text_of(offence.thing),
        path=ns.compress(offence.predicate),
        value="" if offence.value is None else text_of(offence.value),
        file=graph.file_of(offence.thing),
    )


def _empty(files: Iterable[Path], graph: TermGraph) -> Iterator[CheckFinding]:
    """Yield the files in which nothing is said by a property that is known."""
    known = known_terms().properties
    telling = {graph.file_of(thing) for thing in graph.subjects() if any(name in known for name in graph.said_of(thing))}
    for path in files:
        if path not in telling:
            yield CheckFinding(NOTHING_READ, Severity.WARNING, "nothing in this file is read", _REMEDIES[NOTHING_READ], file=path)


def _unread(paths: Iterable[str | Path]) -> Iterator[CheckFinding]:
    """Yield the files below folders that look like data and are in no format that is read, by their endings."""
    for unread in find_unread(path for path in map(Path, paths) if path.is_dir()):
        yield CheckFinding(UNREAD_FILE, Severity.WARNING, str(unread), _REMEDIES[UNREAD_FILE], file=unread.files[0])


def _refusals(files: Iterable[Path], graph: TermGraph, faulty: set[str]) -> Iterator[CheckFinding]:
    """Yield what `load` refuses, unless an error of the `faulty` thing says it already."""
    from rlsgraph.graph.loading import load

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            load(*files)
    except DataError as error:
        named = error.reason.split(maxsplit=1)[0].rstrip(":")
        thing = next((one for one in graph.subjects() if ns.compress(text_of(one)) == named), None)
        if thing is None and not faulty:
            yield CheckFinding(REFUSED, Severity.ERROR, error.reason, _REMEDIES[REFUSED])
        elif thing is not None and text_of(thing) not in faulty:
            problem = error.reason.removeprefix(named).removeprefix(":").strip()
            place = graph.file_of(thing)
            yield CheckFinding(REFUSED, Severity.ERROR, problem, _REMEDIES[REFUSED], thing=text_of(thing), file=place)


# --- places ---------------------------------------------------------------------------------------------------------------


def _placed(findings: Iterable[CheckFinding]) -> Iterator[CheckFinding]:
    """Yield the findings with their lines; only files in which something was found are read for it."""
    from dataclasses import replace

    texts: dict[Path, Lines] = {}
    for finding in findings:
        if finding.file is None or finding.line is not None or not finding.thing:
            yield finding
            continue
        if finding.file not in texts:
            texts[finding.file] = read_lines(_text_of(finding.file), is_turtle=find_format(finding.file) in _TURTLE_LIKE)
        yield replace(finding, line=texts[finding.file].of(finding.thing, _predicate(finding.path)))


def _text_of(path: Path) -> str:
    """Return the text of a file that was read before, unpacked where it is compressed."""
    packed = path.read_bytes()
    return (gzip.decompress(packed) if path.suffix.lower() == ".gz" else packed).decode("utf-8-sig", errors="replace")


def _predicate(path: str) -> str:
    """Return the IRI of the property that a path begins with, where it is written on the thing itself."""
    first = path.strip("()").partition("|")[0].partition("/")[0]
    if not first or first.startswith("^"):
        return ""
    try:
        return ns.expand(first)
    except KeyError:
        return first


def _order(finding: CheckFinding) -> tuple[str, int, int, str, str, str]:
    return str(finding.file or ""), finding.line or 0, -finding.severity, finding.thing, finding.rule, finding.problem
