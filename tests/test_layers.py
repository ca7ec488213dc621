"""Imports run down the layers only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import rlsgraph

PACKAGE = Path(rlsgraph.__file__).parent
LAYERS = {
    "errors": 0, "version": 0,
    "model": 1,
    "triples": 2, "reasoning": 2,
    "graph": 3, "remote": 3,
    "explorer": 4, "formats": 4, "push": 4, "curation": 4,
    "outputs": 5,
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
