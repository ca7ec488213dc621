"""What a check found: each finding with its place, what is wrong, and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from rlsgraph.model import namespaces as ns
from rlsgraph.model.shown import Shown


class Severity(IntEnum):
    """How much a finding matters; the words are those of SARIF."""

    NOTE = 0
    """Worth a look; nothing need be wrong."""
    WARNING = 1
    """Read otherwise than it was meant, or not at all."""
    ERROR = 2
    """Against a rule: it is refused, or would make a score wrong."""

    @property
    def label(self) -> str:
        """The word for it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Offence:
    """What breaks a rule: the thing, what is wrong in plain words, and by which property and value."""

    thing: Any
    problem: str
    predicate: str = ""
    value: Any = None


@dataclass(frozen=True, slots=True)
class CheckFinding(Shown):
    """One thing that breaks one rule.

    `thing` is an IRI (`[]` for a thing without one, empty for a whole file), `path` a property path, `value` the text or
    IRI that is wrong, `line` counts from 1; each is empty or None where there is none.
    """

    rule: str
    severity: Severity
    problem: str
    remedy: str
    thing: str = ""
    path: str = ""
    value: str = ""
    file: Path | None = None
    line: int | None = None

    @property
    def place(self) -> str:
        """File and line, as compilers and editors write them."""
        return ":".join(str(part) for part in (self.file, self.line) if part is not None)

    def __str__(self) -> str:
        about = f"{ns.compress(self.thing)}: " if self.thing else ""
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.severity.label}: {about}{self.problem} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class CheckReport(Shown):
    """All findings about some files, by file and line. It is true where no error and no warning is among them."""

    files: tuple[Path, ...]
    findings: tuple[CheckFinding, ...]
    is_broken: bool = False
    """Whether a file cannot be read; then nothing else was checked."""

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def is_clean(self) -> bool:
        """Whether there is no error and no warning."""
        return all(finding.severity is Severity.NOTE for finding in self.findings)

    def __bool__(self) -> bool:
        return self.is_clean

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[CheckFinding]:
        return iter(self.findings)
