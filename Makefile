# One command for each thing a person wants; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST_WORKERS ?= 2
DEMO_OUTPUT ?= demo-output

.PHONY: help setup demo run test lint check bench schemes screenshots test-tools long mutants

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: $(STAMP) ## make .venv/ with the program in it (installs missing system libraries where it may)

$(STAMP): requirements-dev.lock pyproject.toml installer/system-packages.sh
	@bash installer/system-packages.sh python window
	@test -x $(BIN)/python || "$$(bash installer/find-python.sh)" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: setup ## run the whole assessment of 2017 on sample data and say where the results lie
	@$(BIN)/gaoxin-vote demo --output "$(DEMO_OUTPUT)"

run: setup ## open the application
	@$(BIN)/gaoxin-vote

test-tools: setup
	@bash installer/system-packages.sh test

test: test-tools ## all tests
	@$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist loadfile

long: test-tools ## the long forms of the checks that `make test` runs in short
	@$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist loadfile -m long

mutants: test-tools ## take out each guard in turn; says which no test misses
	@$(BIN)/python -m tests.mutants

lint: setup ## formatting, rules, types, layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## lint and test

bench: setup ## measurements, as ratios within one run
	@$(BIN)/python -m benchmarks.ballots
	@$(BIN)/python -m benchmarks.assess
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks.gui_start
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks.booth

schemes: setup ## write the shipped schemes and the table of keys in docs/rules.md anew
	@$(BIN)/python -m tests.domain.scheme_files

screenshots: setup ## draw every page and booth step into docs/screens/
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.pictures.take_all
