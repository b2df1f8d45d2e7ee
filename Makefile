# `make help` lists the targets. Two are all most people need: `make run` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: help keys run test test-fallback soak fuzz check bench lock strings clean setup assets catalogues

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | expand -t 14

# --- set-up: each step leaves a stamp and is done again only when what it needs has changed ---

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: set PYTHON=python3.11")'
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

keys: # each key that is not there yet; those that are stay
	@umask 077; touch .env; for name in SECRET_KEY LINK_KEYS MAIL_KEYS; do \
	  grep -q "^$$name=" .env || { echo "$$name=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(48))')" >> .env; echo "A new key stands in .env: $$name"; }; done

directory/static/vendor/stamp: package.json package-lock.json directory/static/build.sh $(wildcard directory/static/source/*) | .venv/run.stamp
	bash directory/static/build.sh
	@touch $@

CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
catalogues: $(CATALOGUES:.po=.mo)
%.mo: %.po | .venv/run.stamp
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

setup: .venv/run.stamp keys directory/static/vendor/stamp catalogues ## install what the site needs, build its assets and catalogues

# `run` is for trying it out: update contacts are made up, their mail is written to files and shown at /mailbox, and no
# website of an organisation is looked at. For real use see docs/operations.md.
run: export DEVELOPMENT = 1
run: export MAIL_TRANSPORT = file
run: export MAIL_FOLDER = $(CURDIR)/instance/mail
run: export MAIL_FROM = Haringey support directory <directory@council.example>
run: export PUBLIC_ORIGIN = http://127.0.0.1:$(PORT)
run: export WEBSITES_EACH_TICK = 0
run: setup ## set everything up and serve the site with real data on PORT (8000)
	@$(BIN)/flask --app wsgi db upgrade
	@$(BIN)/flask --app wsgi seed
	@$(BIN)/flask --app wsgi demo contacts
	@$(BIN)/flask --app wsgi index rebuild
	@$(BIN)/flask --app wsgi tick
	@link=$$($(BIN)/flask --app wsgi demo sign-in) && echo && \
	  echo "Haringey support directory:     http://127.0.0.1:$(PORT)   (Ctrl+C stops it)" && \
	  echo "What organisations are mailed:  http://127.0.0.1:$(PORT)/mailbox" && \
	  echo "The desk, to sign in once:      $$link" && echo
	@trap 'kill $$(jobs -p) 2>/dev/null' EXIT; \
	  ( while sleep 60; do $(BIN)/flask --app wsgi tick; done ) & \
	  $(BIN)/dotenv run -- $(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --workers 2 --worker-class gthread --threads 4 --no-control-socket wsgi:app

# One process more than two cores can feed: while a browser or a server is waited for, another test has its turn. Tests are
# compiled once for all of them, whatever the surroundings say.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q
AT_ONCE := -n 3 --dist worksteal

test: setup .venv/dev.stamp ## set everything up and pass every test, on SQLite and on PostgreSQL
	$(MAKE) --no-print-directory check
	$(PYTEST) $(AT_ONCE) --database=sqlite
	$(PYTEST) $(AT_ONCE) --database=postgresql -m "not browser"

.venv/whoosh-reloaded/stamp: requirements-fallback.txt .venv/run.stamp
	rm -rf $(@D)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps --target $(@D) -r requirements-fallback.txt
	@touch $@

test-fallback: setup .venv/dev.stamp .venv/whoosh-reloaded/stamp ## pass the tests of the search with the other Whoosh, too
	PYTHONPATH=.venv/whoosh-reloaded $(BIN)/python -c 'import whoosh, sys; sys.exit("whoosh-reloaded" not in whoosh.__file__)'
	PYTHONPATH=.venv/whoosh-reloaded $(PYTEST) tests/unit/search  # in one process: its indexes in memory share a folder

check: setup .venv/dev.stamp ## the fast part: format, lint, types, layers, strings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

SOAKED = $(shell grep -rlE --include='test_*.py' '"SOAK"|look_over' tests)
soak: setup .venv/dev.stamp ## pass, at full size, the tests that `make test` runs small (about 20 minutes; figures at the end)
	SOAK=1 $(PYTEST) -n 2 --database=sqlite $(SOAKED)
	SOAK=1 $(PYTEST) -n 2 --database=postgresql -m "not browser" $(SOAKED)

fuzz: setup .venv/dev.stamp ## send 20,000 random requests to every address, of the public and of the desk
	FUZZ=20000 $(PYTEST) -n 2 tests/web/test_fuzz.py tests/web/admin/test_fuzz.py

strings: .venv/dev.stamp ## collect the words of code and templates into every catalogue
	$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --keywords "lazy_gettext ngettext:1,2 pgettext:1c,2" --add-comments "Translators:" --no-location --sort-output --project "Haringey support directory" --output-file translations/messages.pot .
	@for po in translations/*/LC_MESSAGES/messages.po; do \
	  $(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --input-file translations/messages.pot --output-file $$po --locale $$(basename $$(dirname $$(dirname $$po))); done

bench: setup .venv/dev.stamp ## measure search and pages beside their peers (ratios of one run)
	$(BIN)/python -m bench

lock: ## lock the dependencies again, with hashes (needs uv)
	uv pip compile --universal --generate-hashes --no-annotate --no-header --quiet pyproject.toml --output-file requirements.txt
	uv pip compile --universal --generate-hashes --no-annotate --no-header --quiet pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove everything that set-up made, data included
	rm -rf .venv .env node_modules directory/static/vendor instance/*.sqlite* instance/index instance/mail $(CATALOGUES:.po=.mo)
