"""The scripts of the pages use no name that nothing defines, and define none that nothing uses, nor one twice."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from rlsgraph.explorer import page

ENDPOINT = files("rlsgraph.endpoint").joinpath("static")
SCRIPTS = {
    "the explorer": page._own_script(),  # its files share one scope, in this order
    "the query page": "".join(ENDPOINT.joinpath(name).read_text("utf-8") for name in ("answer.js", "query.js")),
    "copy": ENDPOINT.joinpath("copy.js").read_text("utf-8"),
}
RULES = {
    "env": {"browser": True, "es2024": True},
    "globals": {"vis": "readonly", "Yasgui": "readonly"},  # of the libraries that the pages load first
    "categories": {"correctness": "off"},
    "rules": {"no-undef": "error", "no-unused-vars": "error", "no-redeclare": "error"},
}


def faults(folder: Path, script: str) -> list[str]:
    """Return what oxlint finds in a script, a line each."""
    (folder / "script.js").write_text(script, "utf-8")
    (folder / "rules.json").write_text(json.dumps(RULES), "utf-8")
    program = Path(sys.executable).with_name("oxlint")
    command = [program, "--config", "rules.json", "--format", "unix", "script.js"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = [line for line in done.stdout.splitlines() if line.startswith("script.js:")]
    assert bool(found) == bool(done.returncode), done.stdout + done.stderr
    return found


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_name_is_defined_and_used(tmp_path, name):
    assert faults(tmp_path, SCRIPTS[name]) == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_misspelt_name_is_found(tmp_path, name):
    known = {"the explorer": "byId(", "the query page": "setStatus(", "copy": "document."}[name]
    misspelt = SCRIPTS[name].rpartition(known)
    (fault,) = faults(tmp_path, f"{misspelt[0]}mis{known}{misspelt[2]}")
    assert f"'mis{known[:-1]}' is not defined" in fault
