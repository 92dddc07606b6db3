# The front door. A bare machine needs make and python3 (3.11 or newer, with venv), nothing else.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check format bench mutants soak accessibility screenshots clean ready ready-to-run browser nginx snac nats

PYTHON ?= python3
BIN := .venv/bin
TESTS ?= tests
# Two cores; `make test WORKERS=4` where there are more.
WORKERS ?= 2

help: ## this list
	@echo "Hue & Cry - the engagement desk that a police force runs itself"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  HUE_BIND=127.0.0.1:8001 make run    another port"
	@echo "  make run PYTHON=python3.12          another Python"

run: ready-to-run ## set up what is missing, then run the desk with its demonstration; Ctrl-C stops it
	@exec $(BIN)/hue run

test: ready browser nginx snac nats ## set up what is missing, then run all tests
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile $(TESTS)

check: ready ## formats, lints, types, import contracts, templates, missing migrations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint hue --check --lint --quiet
	@$(BIN)/hue manage makemigrations --check --dry-run

format: ready ## write Python and templates the way `make check` wants them
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/djlint hue --reformat --quiet || true

bench: ready nginx ## the benchmarks, each beside its peer or limit in the same run
	@$(BIN)/hue bench all

mutants: ready ## break the guard's code in every small way and count what the tests notice (hours)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/bench.txt
	@$(BIN)/python tools/mutants.py

soak: ready browser ## the fault tests with their full numbers
	@HUE_SOAK=yes $(BIN)/pytest tests/faults

accessibility: ready browser ## write down what bars anybody, for the accessibility statement
	@$(BIN)/python tools/accessibility.py

screenshots: ready browser ## the pictures of the documentation, from the running demonstration
	@$(BIN)/python tools/screenshots.py

clean: ## remove what `make` made; what the desk keeps (var/) stays
	@rm -rf .venv node_modules hue/pages/static/vendor hue/pages/fonts
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	@find hue tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

ready-to-run:
	@$(call prepare,run)

ready:
	@$(call prepare,develop)

define prepare
command -v $(PYTHON) > /dev/null || { \
  echo "There is no $(PYTHON) here: install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)." >&2; \
  exit 1; }; \
$(PYTHON) tools/prepare.py $(1)
endef

# The browser tests need one; Debian's is installed where that is possible.
browser:
	@for name in chromium chromium-browser google-chrome; do \
	  command -v $$name > /dev/null && exit 0; \
	done; \
	if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium for the browser tests ..."; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } \
	    > /dev/null && exit 0; \
	fi; \
	echo "No browser found: the browser tests are skipped. Install Chromium" \
	  "(Debian: apt-get install chromium, as root) to run them."

# The tests of the deployment files and of the relay need nginx with nchan; so does the bench.
nginx:
	@[ -e /usr/lib/nginx/modules/ngx_nchan_module.so ] && exit 0; \
	if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing nginx with nchan ..."; \
	  { apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx libnginx-mod-nchan; } \
	    > /dev/null && exit 0; \
	fi; \
	echo "No nginx with nchan found: what needs it is skipped. Install it" \
	  "(Debian: apt-get install nginx libnginx-mod-nchan, as root) to run them."

# Listening on several machines is tested with a real stream between them.
nats:
	@command -v nats-server > /dev/null && exit 0; \
	if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing the NATS server ..."; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nats-server; } \
	    > /dev/null && exit 0; \
	fi; \
	echo "No nats-server found: its test is skipped. Install it" \
	  "(Debian: apt-get install nats-server, as root) to run it."

# A second server of the fediverse to talk to. Debian has it among its backports: they are asked
# this once, where the machine gets its Debian from, and its own list stays as it is.
snac:
	@command -v snac > /dev/null && exit 0; \
	if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ] && \
	    grep -q '^VERSION_CODENAME=bookworm' /etc/os-release; then \
	  echo "Installing snac2 for the tests of the fediverse ..."; \
	  place=$$(mktemp -d) && mkdir -p $$place/lists/partial && \
	  from=$$(apt-get indextargets --format '$$(REPO_URI)' 'Created-By: Packages' \
	    | grep -m1 '/debian/$$') && \
	  printf 'deb %s %s main\n' $$from bookworm $$from bookworm-backports > $$place/backports.list && \
	  chmod -R a+rX $$place && \
	  set -- -qq -o Dir::Etc::sourcelist=$$place/backports.list -o Dir::Etc::sourceparts=- \
	    -o Dir::State::lists=$$place/lists && \
	  { apt-get "$$@" update && DEBIAN_FRONTEND=noninteractive apt-get "$$@" install -y \
	    --no-install-recommends snac2 < /dev/null; } > /dev/null 2>&1; \
	  rm -rf $$place; \
	  command -v snac > /dev/null && exit 0; \
	fi; \
	echo "No snac2 found: its tests are skipped. Debian 12 has it among its backports."
