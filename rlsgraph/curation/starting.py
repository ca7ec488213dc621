"""Begin a folder of data for another question: a small example to replace, and what keeps it in order."""

from __future__ import annotations

import json
from pathlib import Path

from rlsgraph.errors import CurationError
from rlsgraph.formats.turtle import format_turtle
from rlsgraph.model import namespaces as ns
from rlsgraph.triples.writing import write_file

_EXAMPLE = """
entity:sleep-loss a rls:Entity ; skos:prefLabel "sleep loss"@en ; rls:category biolink:BehavioralExposure ;
    rls:group rls:ExposureGroup ; skos:definition "Replace me: fewer hours of sleep than a person needs."@en .
entity:example-symptom a rls:Entity ; skos:prefLabel "example symptom"@en ; rls:category biolink:PhenotypicFeature ;
    rls:group rls:SymptomGroup ; skos:definition "Replace me: the symptom that this graph asks about."@en .
"""
_CLAIM = """
claim:sleep-loss.increases.example-symptom a rls:Claim, rdf:Statement ; rdf:subject entity:sleep-loss ;
    rdf:predicate rls:increases ; rdf:object entity:example-symptom .
"""
_HYPOTHESIS = """
hypothesis:sleep-debt a rls:Hypothesis ; skos:prefLabel "Sleep debt"@en ; rls:status rls:Proposed ;
    skos:definition "Replace me: how sleep loss brings on the symptom."@en ; dcterms:source source:example ;
    rls:locator "replace me" ; rls:start entity:sleep-loss ; rls:end entity:example-symptom ;
    rls:claims ( claim:sleep-loss.increases.example-symptom ) .
"""
_SOURCE = """
source:example a rls:Source ; dcterms:title "[Replace me: where the mechanism was proposed]" ; rls:titleIsDescriptive true ;
    rls:firstAuthor "Nobody" ; dcterms:issued "2020"^^xsd:gYear ; rdfs:seeAlso <https://example.org/replace-me> .
"""
_DATA = {
    "data/entities.ttl": _EXAMPLE,
    "data/claims/sleep-loss.ttl": _CLAIM,
    "data/hypotheses.ttl": _HYPOTHESIS,
    "data/sources.ttl": _SOURCE,
}
_README = """# {title}

Hypothesised mechanisms as claims with evidence, scored by [rlsgraph](https://w3id.org/rlsgraph/).

    pip install rlsgraph
    rlsgraph add --to data                          # add a paper; asks step by step
    rlsgraph check data                             # all that is wrong, by file and line
    rlsgraph hypotheses --data data
    rlsgraph export page.html --data data --title {quoted}

The example in `data/` (sleep loss, example symptom) is there to be replaced.
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


def start_folder(folder: Path, title: str) -> list[Path]:
    """Write the files of a new graph into a folder that is new or empty, and return them.

    Raises `CurationError` where something is there already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CurationError(f"{folder} is not an empty folder; name a new one")
    prefixes = "".join(f"@prefix {name}: <{base}> .\n" for name, base in ns.PREFIXES.items())
    files = {name: format_turtle(prefixes + text) for name, text in _DATA.items()}
    files["README.md"] = _README.format(title=" ".join(title.split()), quoted=json.dumps(title, ensure_ascii=False))
    files[".gitignore"] = ".rlsgraph.lock\n"
    files[".github/workflows/check.yml"] = _WORKFLOW
    files[".pre-commit-config.yaml"] = _HOOK
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, text.encode())
    return [folder / name for name in files]
