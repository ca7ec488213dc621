"""Imports run down the floors only, and in no circle; whatever is imported where."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import networkx
import pytest

import rlsgraph
from rlsgraph.model.late import OUTPUTS

PACKAGE = Path(rlsgraph.__file__).parent
FLOORS = {
    "errors": 0, "version": 0,
    "model": 1,
    "triples": 2, "reasoning": 2,
    "graph": 3, "remote": 3,
    "explorer": 4, "formats": 4, "push": 4, "curation": 4,
    "outputs": 5,
    "endpoint": 6,
    "cli": 7, "__main__": 7,
    "__init__": 8,
}  # fmt: skip
MOST_ENTRIES = 18

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
    "openpyxl",
}
RELIABILITY_MAY_IMPORT = {"numpy", "scipy", *sys.stdlib_module_names}


def modules() -> dict[str, Path]:
    """Return the path of each module by its name; a package goes by its own."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ("rlsgraph", *path.relative_to(PACKAGE).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def floor(module: str) -> int:
    return FLOORS["__init__" if module == "rlsgraph" else module.split(".")[1]]


def imports(path: Path):
    """Yield every module that is imported anywhere in a module: at its top, in functions, for types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else str(node.module) for name in names)


def own_imports(name: str) -> set[str]:
    return {module for module in imports(MODULES[name]) if module.split(".")[0] == "rlsgraph"} - {name}


@pytest.mark.parametrize("name", [name for name in MODULES if name != "rlsgraph"])
def test_imports_run_down(name):
    assert not [module for module in own_imports(name) if floor(module) > floor(name)]


def test_imports_run_in_no_circle():
    graph = networkx.DiGraph((name, module) for name in MODULES for module in own_imports(name))
    assert not [sorted(circle) for circle in networkx.strongly_connected_components(graph) if len(circle) > 1]


def test_what_is_found_by_name_is_there():
    for module, function in OUTPUTS.values():
        assert callable(getattr(importlib.import_module(module), function))


def test_only_the_doors_import_by_name():
    """What `ast` cannot see: the graph's outputs, the public names, the commands; nothing else hides an import."""
    by_name = {name for name, path in MODULES.items() if "import_module" in path.read_text("utf-8")}
    assert by_name == {"rlsgraph", "rlsgraph.model.late", "rlsgraph.cli.main"}


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("rlsgraph.reasoning.reliability")])
def test_reliability_knows_no_claim(name):
    """The library of signed two-terminal reliability stands alone: it could be lifted out of this house."""
    for module in imports(MODULES[name]):
        own = module == "rlsgraph.errors" or module.startswith("rlsgraph.reasoning.reliability")
        assert own or module.split(".")[0] in RELIABILITY_MAY_IMPORT, module


def test_the_house_shows_its_rooms_at_a_glance():
    entries = [path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"]
    assert len(entries) <= MOST_ENTRIES, sorted(entries)
    assert {path.removesuffix(".py") for path in entries if path.endswith(".py")} <= FLOORS.keys()


@pytest.mark.parametrize("path", MODULES.values(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_small(path):
    assert path.read_text("utf-8").count("\n") <= 320


@pytest.mark.parametrize("code", ["import rlsgraph", "import rlsgraph.cli.main", "import rlsgraph; rlsgraph.KnowledgeGraph"])
def test_import_is_light(code):
    check = f"import sys; {code}; found = {HEAVY} & set(sys.modules); print(found); sys.exit(bool(found))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
