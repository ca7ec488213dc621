"""Habits of this project that a reader can rely on."""

import ast
import re
from pathlib import Path

import pytest

from tests.helpers.graphs import ROOT

TESTS = Path(__file__).parent
MODULES = {path.relative_to(TESTS).as_posix(): path for path in TESTS.rglob("*.py")}


def imported(path: Path) -> set[str]:
    """Return the modules that a module imports from, wherever it does."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


@pytest.mark.parametrize("name", MODULES)
def test_what_tests_share_is_in_no_test_module(name):
    last = {module.rpartition(".")[2] for module in imported(MODULES[name]) if module.startswith("tests.")}
    assert not {module for module in last if module.startswith("test_") or module == "conftest"}


def test_a_benchmark_that_code_names_as_its_reason_is_there():
    texts = [ROOT / "pyproject.toml", *(ROOT / "rlsgraph").rglob("*.py"), *(ROOT / "rlsgraph").rglob("*.js")]
    named = {name for path in texts for name in re.findall(r"benchmarks/\w+\.py", path.read_text("utf-8"))}
    assert {"benchmarks/endpoint.py", "benchmarks/startup.py"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
