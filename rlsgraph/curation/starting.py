"""Begin a folder of data for another question: a small example to replace, and what keeps it in order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from rlsgraph.errors import CurationError
from rlsgraph.formats.turtle import format_turtle
from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import slugify
from rlsgraph.triples.writing import write_file


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new graph is to be about: its title, its question from a start to an end (labels), and groups of its own (names)."""

    title: str = "A graph of hypothesised mechanisms"
    start: str = "sleep loss"
    end: str = "example symptom"
    groups: tuple[str, ...] = ()


_ENTITIES = """
entity:{start} a rls:Entity ; skos:prefLabel {start_label}@en ; rls:category biolink:BehavioralExposure ;
    rls:group rls:ExposureGroup ; skos:definition "Replace me: what the question starts from."@en .
entity:{end} a rls:Entity ; skos:prefLabel {end_label}@en ; rls:category biolink:PhenotypicFeature ;
    rls:group rls:SymptomGroup ; skos:definition "Replace me: what this graph asks about."@en .
"""
_CLAIM = """
claim:{start}.increases.{end} a rls:Claim, rdf:Statement ; rdf:subject entity:{start} ;
    rdf:predicate rls:increases ; rdf:object entity:{end} .
"""
_HYPOTHESIS = """
hypothesis:{start}-to-{end} a rls:Hypothesis ; skos:prefLabel {mechanism}@en ; rls:status rls:Proposed ;
    skos:definition "Replace me: by which steps the one brings on the other."@en ; dcterms:source source:example ;
    rls:locator "replace me" ; rls:start entity:{start} ; rls:end entity:{end} ;
    rls:claims ( claim:{start}.increases.{end} ) .
"""
_SOURCE = """
source:example a rls:Source ; dcterms:title "[Replace me: where the mechanism was proposed]" ; rls:titleIsDescriptive true ;
    rls:firstAuthor "Nobody" ; dcterms:issued "2020"^^xsd:gYear ; rdfs:seeAlso <https://example.org/replace-me> .
"""
_ABOUT = """
graph:{name} a rls:KnowledgeBase ; dcterms:title {title}@en ; rls:start entity:{start} ; rls:end entity:{end} .
"""
_GROUP = """
group:{name} a rls:Group, skos:Concept ; skos:prefLabel {label}@en ; skos:inScheme rls:GroupScheme ;
    skos:definition "Replace me: the field to which such entities belong."@en .
"""
_DATA = {
    "data/graph.ttl": _ABOUT,
    "data/entities.ttl": _ENTITIES,
    "data/claims/{start}.ttl": _CLAIM,
    "data/hypotheses.ttl": _HYPOTHESIS,
    "data/sources.ttl": _SOURCE,
}
_README = """# {title}

Hypothesised mechanisms as claims with evidence, scored by [rlsgraph](https://w3id.org/rlsgraph/).

    pip install rlsgraph
    rlsgraph add --to data                          # add a paper; asks step by step
    rlsgraph check data                             # all that is wrong, by file and line
    rlsgraph hypotheses --data data
    rlsgraph demo --data data
    rlsgraph export page.html --data data

Title and question stand in `data/graph.ttl`. What says "replace me" in `data/` is an example.
"""
_WORKFLOW = """name: check
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install rlsgraph
      - run: rlsgraph fmt --check data
      - run: rlsgraph check data
"""
_HOOK = """repos:
  - repo: local
    hooks:
      - id: rlsgraph-fmt
        name: canonical Turtle
        entry: rlsgraph fmt
        language: system
        files: '\\.ttl$'
      - id: rlsgraph-check
        name: what is wrong with the data
        entry: rlsgraph check data
        language: system
        pass_filenames: false
"""


def start_folder(folder: Path, beginning: Beginning = Beginning()) -> list[Path]:  # frozen
    """Write the files of a new graph into a folder that is new or empty, and return them.

    Raises `CurationError` where something is there already, or a name has nothing that an IRI can be made of.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CurationError(f"{folder} is not an empty folder; name a new one")
    words = {name: " ".join(getattr(beginning, name).split()) for name in ("title", "start", "end")}
    start, end = (_slug(words[name]) for name in ("start", "end"))
    if start == end:
        raise CurationError(f"the question leads from {words['start']!r} to itself; name two things")
    values = {
        "start": start,
        "end": end,
        "name": slugify(words["title"]) or "own",
        "title": _quoted(words["title"]),
        "start_label": _quoted(words["start"]),
        "end_label": _quoted(words["end"]),
        "mechanism": _quoted(f"{words['start']} to {words['end']}"),
    }
    prefixes = "".join(f"@prefix {name}: <{base}> .\n" for name, base in ns.PREFIXES.items())
    turtle = {name.format(start=start): text.format(**values) for name, text in _DATA.items()}
    if beginning.groups:
        turtle["data/groups.ttl"] = "".join(_GROUP.format(name=_slug(name), label=_quoted(name)) for name in beginning.groups)
    files = {name: format_turtle(prefixes + text) for name, text in turtle.items()}
    files["README.md"] = _README.format(title=words["title"])
    files[".gitignore"] = ".rlsgraph.lock\n"
    files[".github/workflows/check.yml"] = _WORKFLOW
    files[".pre-commit-config.yaml"] = _HOOK
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text.encode())
    return [folder / name for name in files]


def _slug(text: str) -> str:
    slug = slugify(text)
    if not slug:
        raise CurationError(f"{text!r} has no letter or digit that a name can be made of")
    return slug


def _quoted(text: str) -> str:
    """Return a text as Turtle writes it."""
    return str(ox.Literal(text))
