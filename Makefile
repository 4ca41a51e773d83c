# `make` lists what can be done. Python 3.11 or newer is all that must be there.

PYTHON ?= python3
VENV := .venv/bin
INSTALLED := .venv/installed
PYTEST := $(VENV)/python -m pytest --numprocesses=2 --dist=loadfile
TEMPLATES := $(wildcard $(addsuffix /templates,cms publishing podcasts tribunes focus))

.DEFAULT_GOAL := help
.PHONY: help run test lint bench

help: ## Lists these commands
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

run: $(INSTALLED) ## The whole product on this machine, with an example site (PORT=8000, DEBUG=1)
	@exec $(VENV)/python -m deploy.local

test: lint ## Lint, the suite on SQLite, what asks for a database on PostgreSQL
	TEST_DB=sqlite $(PYTEST)
	TEST_DB=postgresql $(PYTEST)

lint: $(INSTALLED) ## Style, types, import contracts, templates, migrations
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports
	$(VENV)/mypy
	$(VENV)/djlint --check --lint $(TEMPLATES)
	$(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python manage.py check --fail-level WARNING

bench: $(INSTALLED) ## Speed of what matters, as ratios
	$(VENV)/python -m benchmarks

$(INSTALLED): requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Il faut Python 3.11 ou plus récent : make PYTHON=python3.12 …")'
	@echo "Installation des dépendances dans .venv…"
	@$(PYTHON) -m venv .venv
	@$(VENV)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@
