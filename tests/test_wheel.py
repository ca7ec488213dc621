"""The wheel carries all that it needs: installed away from the checkout, it runs."""

import os
import subprocess
import sys
import tarfile
import zipfile
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.helpers.graphs import ROOT

pytestmark = pytest.mark.xdist_group("wheel")  # one worker, so that it is built once


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)
    return folder


def test_wheel_and_sdist_carry_data_ontology_queries_and_template(built):
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    wanted = {
        f"rlsgraph/_bundled/{path.relative_to(ROOT)}"
        for top in ("data", "ontology", "queries")
        for path in (ROOT / top).rglob("*.*")
    }
    assert wanted <= names
    assert {
        "rlsgraph/py.typed",
        "rlsgraph/explorer/static/template.html",
        "rlsgraph/explorer/static/explorer.css",
        "rlsgraph/endpoint/pages/templates/base.html",
        "rlsgraph/endpoint/static/yasgui/yasgui.min.js",
    } <= names
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        members = {name.partition("/")[2] for name in sdist.getnames()}
    assert {
        "README.md",
        "LICENSE",
        "data/entities.ttl",
        "ontology/shapes.ttl",
        "queries/chains.rq",
        "rlsgraph/version.py",
    } <= members


def requirements(name, extras=("",)):
    """Yield the names of the distributions that one needs here, and of those that these need."""
    for text in metadata.requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            yield canonicalize_name(requirement.name), tuple(requirement.extras) or ("",)


def lend(names, site_packages):
    """Put what is installed here of some distributions, and of all that they need, into another environment, by links."""
    waiting, lent = [(name, ("",)) for name in names], set()
    while waiting:
        wanted = waiting.pop()
        if wanted in lent:
            continue
        lent.add(wanted)
        waiting.extend(requirements(*wanted))
        files = metadata.distribution(wanted[0]).files
        for top in {file.parts[0] for file in files if file.parts[0] not in ("..", "__pycache__")}:
            place = site_packages / top
            if not place.exists():
                place.symlink_to(metadata.distribution(wanted[0]).locate_file(top))


def test_the_wheel_runs_away_from_the_checkout(built, tmp_path):
    """What pip would fetch is lent by this environment: that, and nothing else of it, so that nothing undeclared is there."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    wheel = next(built.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "--python", tmp_path / "venv/bin/python"]
    install = [*pip, "install", "--quiet", "--no-compile", "--no-index", wheel]  # Python compiles what is used
    (site_packages,) = (tmp_path / "venv/lib").glob("python*/site-packages")
    lend((name for name, _ in requirements("rlsgraph")), site_packages)
    subprocess.run(install, check=True)  # with nowhere to look, it fails where a declared requirement is not met
    environment = {**os.environ, "RLSGRAPH_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [tmp_path / "venv/bin/rlsgraph", "demo"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Iron absorption" in done.stdout
    assert (tmp_path / "rlsgraph.html").exists()
