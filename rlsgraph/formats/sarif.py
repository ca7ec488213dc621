"""Write what a check found as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rlsgraph.version import __version__

if TYPE_CHECKING:
    from rlsgraph.curation.report import CheckFinding, CheckReport, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://w3id.org/rlsgraph/"


def report_to_json(report: CheckReport) -> dict[str, Any]:
    """Return a report as values that JSON knows."""
    from rlsgraph.curation.report import Severity

    return {
        "files": [str(path) for path in report.files],
        "broken": report.is_broken,
        **{f"{severity.label}s": report.count(severity) for severity in sorted(Severity, reverse=True)},
        "findings": [
            {
                "file": None if finding.file is None else str(finding.file),
                "line": finding.line,
                "severity": finding.severity.label,
                "rule": finding.rule,
                "thing": finding.thing,
                "path": finding.path,
                "value": finding.value,
                "problem": finding.problem,
                "remedy": finding.remedy,
            }
            for finding in report
        ],
    }


def report_to_sarif(report: CheckReport, rules: Mapping[str, tuple[Severity, str]]) -> str:
    """Return a report as SARIF; `rules` has the severity and the remedy of each rule (`curation.check.rule_table`)."""
    used = sorted({finding.rule for finding in report})
    places = {rule: place for place, rule in enumerate(used)}
    driver = {
        "name": "rlsgraph",
        "version": __version__,
        "informationUri": _HOME,
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": rules[rule][1]},
                "help": {"text": rules[rule][1]},
                "defaultConfiguration": {"level": rules[rule][0].label},
            }
            for rule in used
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(path)}} for path in report.files],
        "results": [_result(finding, places[finding.rule]) for finding in report],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(finding: CheckFinding, place: int) -> dict[str, Any]:
    from rlsgraph.model import namespaces as ns

    about = f"{ns.compress(finding.thing)}: " if finding.thing else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": place,
        "level": finding.severity.label,
        "message": {"text": f"{about}{finding.problem}. {finding.remedy}"},
    }
    location: dict[str, Any] = {}
    if finding.file is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
        if finding.line is not None:
            physical["region"] = {"startLine": finding.line}
        location["physicalLocation"] = physical
    if finding.thing:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.thing}]
    if location:
        result["locations"] = [location]
    return result


def _uri(path: Path) -> str:
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
