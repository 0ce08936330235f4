# ClinicLeader needs Python 3.11 or later and brings the rest along. PYTHON=... chooses another interpreter.
PYTHON ?= python3
UV ?= uv

.PHONY: help run test lint check bench lock
.DEFAULT_GOAL := help

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

run: ## start everything and serve the site until Ctrl-C
	@$(PYTHON) -m launch run

test: ## run all tests beside a fresh database (some: python3 -m launch test -- tests/people)
	@$(PYTHON) -m launch test

lint: ## style, types, import contracts and missing migrations
	@$(PYTHON) -m launch lint

check: ## lint and test side by side, as continuous integration does
	@$(PYTHON) -m launch check

bench: ## measure, and write docs/benchmarks.md
	@$(PYTHON) -m launch bench

lock: ## compile both locks from requirements/*.in (needs uv)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --output-file requirements/run.txt requirements/run.in
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --constraint requirements/run.txt \
		--output-file requirements/test.txt requirements/test.in
