"""The wheel carries all that it needs: installed away from the checkout, it runs."""

import os
import subprocess
import sys
import tarfile
import zipfile

import pytest

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


def test_the_wheel_runs_away_from_the_checkout(built, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    wheel = next(built.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "--python", tmp_path / "venv/bin/python"]
    subprocess.run([*pip, "install", "--quiet", "--no-compile", wheel], check=True)  # Python compiles what is used
    environment = {**os.environ, "RLSGRAPH_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [tmp_path / "venv/bin/rlsgraph", "demo"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Iron absorption" in done.stdout
    assert (tmp_path / "rlsgraph.html").exists()
