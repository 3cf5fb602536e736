# `make` lists the targets. Everything installed lies in .venv, pinned by requirements.lock.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
SCENARIOS := baseline engagement-without-recognition human-rights-conditionality

# What can be tested without compiling the model.
QUICK := tests/architecture tests/unit/model tests/unit/io tests/unit/case tests/unit/scenario tests/unit/planning

.PHONY: help install run quick test soak mutants docs bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: .venv/installed ## make .venv, if the lock or pyproject.toml changed

.venv/installed: requirements.lock pyproject.toml
	@echo "Installing into .venv; once, for a minute or two …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try make PYTHON=python3.11")'
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

run: install ## run, compare and plot three scenarios, 1000 runs each
	@echo "Running three scenarios …"
	@$(BIN)/sim run $(SCENARIOS) --runs 1000
	@echo "Comparing them …"
	@$(BIN)/sim compare $(SCENARIOS) --runs 1000
	@echo "Drawing them …"
	@$(BIN)/sim plot $(SCENARIOS) --runs 1000
	@echo "Done. Below results/: a folder for each scenario, compare-baseline+… with the tables, plot-baseline+… with the figures."

quick: install ## style, types and the tests that compile nothing; for use after every change
	@echo "Style and types …"
	@$(BIN)/ruff check --quiet --output-format concise
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --strict sim
	@echo "Tests that compile nothing …"
	@$(BIN)/pytest -q -m 'not kernel and not soak' $(QUICK)

test: install ## every gate: style, types, tests, examples
	@echo "Style …"
	@$(BIN)/ruff check --quiet --output-format concise
	@$(BIN)/ruff format --check --quiet
	@echo "Types …"
	@$(BIN)/mypy --strict sim
	@echo "Tests …"
	@$(BIN)/pytest -q -n 2 --dist loadfile
	@echo "Examples in the code and the docs …"
	@$(BIN)/pytest -q --doctest-modules --doctest-glob='*.md' sim $(wildcard README.md docs)

soak: install ## the long checks, and each property on thousands of examples; for hours
	@echo "Long checks and properties …"
	@HYPOTHESIS_PROFILE=soak $(BIN)/pytest -q -m 'soak or hypothesis'

mutants: install ## whether the tests notice a changed rule; renews docs/mutants.md; some minutes
	@echo "Changing the rules, one thing at a time …"
	@$(BIN)/python -m tests.mutants

docs: install ## renew what is made from code and case: tables, reference, picture of the rooms, schema
	@$(BIN)/python -m tests.reference.page
	@$(BIN)/python -m tests.reference.verb_table
	@$(BIN)/python -m tests.reference.api
	@$(BIN)/python -m tests.reference.architecture
	@$(BIN)/sim scenarios schema > scenarios/schema.json

bench: install ## how fast the model and its studies run; half an hour
	@echo "Measuring …"
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.studies

lock: ## renew requirements.lock (Python 3.11 on Linux), in a throwaway environment
	@echo "Resolving …"
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check -qq install 'pip-tools>=7.5,<8'
	@CUSTOM_COMPILE_COMMAND='make lock' build/lock/bin/pip-compile --quiet --upgrade --generate-hashes \
		--no-emit-options --strip-extras --extra dev --output-file requirements.lock pyproject.toml

clean: ## remove .venv and every cache; results stay
	@echo "Removing .venv and caches …"
	@rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	@find sim tests -name __pycache__ -type d -prune -exec rm -rf {} +
