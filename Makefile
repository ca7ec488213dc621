PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
unexport PYTHONDONTWRITEBYTECODE  # what the tests start would compile the package each time

.PHONY: help demo test test-all docs lint bench fuzz fmt clean

help: ## say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --group test
	$(BIN)/npm install --silent --no-fund --no-audit --prefix $(VENV)/npm cytoscape@3
	touch $@

demo: $(VENV)/installed ## install, and show the shipped graph at work
	$(BIN)/rlsgraph demo

test: $(VENV)/tested ## run every check: style, types, tests, the page in a browser
	sh tests/install_browser.sh
	sh tests/install_virtuoso.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadgroup -m "not long"

test-all: test ## run the long tests too: every view on every screen
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadgroup -m long

docs: $(VENV)/installed ## build the documents as a site in build/docs; what is amiss in them is an error
	$(BIN)/python -m pip install --quiet --group docs
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet docs build/docs
	@echo "Open build/docs/index.html: it needs no network."

fmt: $(VENV)/installed ## put every Turtle file in canonical form
	$(BIN)/rlsgraph fmt ontology data

MINUTES ?= 10

fuzz: $(VENV)/tested ## throw bad files, profiles, queries and requests at everything, for MINUTES=10
	$(BIN)/python -m tests.fuzz $(MINUTES) $(SEED)

bench: $(VENV)/tested ## measure the speed bounds, side by side in one run
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/checking.py
	$(BIN)/python benchmarks/reasoning.py
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/scale.py 50000
	$(BIN)/python benchmarks/growth.py 10000 100000
	-$(BIN)/python benchmarks/on_disk.py
	-$(BIN)/python benchmarks/endpoint.py

PICTURES ?= build/pictures
pictures: $(VENV)/tested ## take every view of the page into PICTURES=build/pictures, to be looked at
	sh tests/install_browser.sh
	$(BIN)/python benchmarks/pictures.py $(PICTURES)

clean: ## remove what was made here
	rm -rf $(VENV) build dist rlsgraph.html
