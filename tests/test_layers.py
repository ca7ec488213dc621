"""Imports run down the layers only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import rlsgraph

PACKAGE = Path(rlsgraph.__file__).parent
LAYERS = {
    "errors": 0, "namespaces": 0, "version": 0,
    "vocabulary": 1, "model": 1, "resources": 1,
    "store": 2, "sparql": 2, "query_text": 2, "confidence": 2, "names": 2, "cache": 2,
    "engine": 2, "remote": 2, "disk": 2,
    "derivation": 3, "records": 3, "reasoning": 3, "what_if": 3, "catalogue": 3, "functions": 3,
    "parts": 3, "lookups": 3, "neighbourhood": 3,
    "outputs": 4, "knowledge_graph": 4, "loading": 4, "large_graph": 4, "large_catalogue": 4, "building": 4,
    "explorer": 5, "formats": 5, "validation": 5, "push": 5,
    "endpoint": 6,
    "cli": 7, "__main__": 7, "__init__": 7,
}  # fmt: skip

HEAVY = {
    "pyvis",
    "IPython",
    "matplotlib",
    "networkx",
    "numpy",
    "scipy",
    "pyshacl",
    "rdflib",
    "rich",
    "httpx",
    "starlette",
    "uvicorn",
    "jinja2",
}


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> int:
    return LAYERS[path.relative_to(PACKAGE).parts[0].removesuffix(".py")]


def imported(path: Path):
    """Yield the modules of this package that a module imports when it is itself imported."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "rlsgraph":
            names = [node.module] if node.module != "rlsgraph" else [f"rlsgraph.{alias.name}" for alias in node.names]
            yield from (name.split(".")[1] for name in names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_down(path):
    if path.name == "__init__.py" and path.parent == PACKAGE:
        return
    above = [name for name in imported(path) if LAYERS[name] > layer(path)]
    assert not above


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_small(path):
    assert path.read_text("utf-8").count("\n") <= 320


@pytest.mark.parametrize("code", ["import rlsgraph", "import rlsgraph.cli.main", "import rlsgraph; rlsgraph.KnowledgeGraph"])
def test_import_is_light(code):
    check = f"import sys; {code}; found = {HEAVY} & set(sys.modules); print(found); sys.exit(bool(found))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
