# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The Python that the virtual environment is made of, and the ansible-core in it (a pip version specifier).
PYTHON ?= python3
ANSIBLE_CORE ?= >=2.16

# Selection, for example: make unit TESTS=tests/unit/test_transport.py PYTEST_ARGS="-k retry"
TESTS ?=
PYTEST_ARGS ?=
PYTEST_WORKERS ?= 2
CHECKS ?=
SANITY_ARGS ?=
MATRIX_TARGETS ?= unit integration
PORT ?= 8080
MINUTES ?= 5
SEED ?= 1
ARGS ?=

BUILD := .build
VENV ?= $(BUILD)/venv
VENV_PYTHON := $(VENV)/bin/python
# Unbuffered, so that output appears as it comes.
RUN := $(VENV_PYTHON) -u
DEV := $(BUILD)/dev/ansible_collections/profitbricks/cloud

# Neither the caller's settings of Ansible nor the caller's accounts reach a check or the demo.
$(foreach name,$(filter ANSIBLE_% PROFITBRICKS_% IONOS_% NETFOUNDRY_%,$(.VARIABLES)),$(eval unexport $(name)))
export ANSIBLE_CONFIG := $(CURDIR)/tests/ansible.cfg
export ANSIBLE_CORE

# Everything that is written stays in the checkout, whatever the home directory of the caller is.
export ANSIBLE_HOME := $(CURDIR)/$(BUILD)/ansible
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(BUILD)/collections
export PATH := $(abspath $(VENV))/bin:$(PATH)
export HYPOTHESIS_STORAGE_DIRECTORY := $(CURDIR)/$(BUILD)/cache/hypothesis
# Set for all processes, it would make Python read the modules that Ansible pipes to it byte by byte.
unexport PYTHONUNBUFFERED
ifneq ($(shell test -n "$$HOME" -a -w "$$HOME" && echo usable),usable)
export HOME := $(CURDIR)/$(BUILD)/home
$(shell mkdir -p $(BUILD)/home)
endif
# Ansible refuses to run where text is not UTF-8.
ifneq ($(shell locale charmap 2>/dev/null),UTF-8)
export LC_ALL := C.UTF-8
endif

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup demo test coverage lint unit contract integration sanity soak docs docs-sync docs-check build \
	collection emulator bench matrix clean FORCE

help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# -- setup -----------------------------------------------------------------------------------------------

# Packages arrive in stages, so that the demo waits for none of the test tools; with uv, where there is one, in seconds.
UV := $(shell command -v uv)
INSTALLER = $(if $(UV),$(UV) pip install -q --python $(VENV_PYTHON),$(RUN) -m pip --disable-pip-version-check -qq install)
PIP_INSTALL = $(INSTALLER) -c $(VENV)/constraints.txt

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) --version 2>&1 | head -n 1)." \
	    "Name another one: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@echo "Creating the virtual environment $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV) || { \
	  echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; }
	@touch $@

$(VENV)/constraints.txt: $(VENV)/.created FORCE
	@echo 'ansible-core$(ANSIBLE_CORE)' | cmp -s - $@ || echo 'ansible-core$(ANSIBLE_CORE)' > $@

$(VENV)/.demo: requirements.txt tests/requirements-demo.txt emulator/pyproject.toml $(VENV)/constraints.txt
	@echo "Installing ansible-core$(ANSIBLE_CORE) and what the demo needs"
	@$(PIP_INSTALL) --upgrade -r tests/requirements-demo.txt
	@touch $@

$(VENV)/.tests: tests/requirements.txt $(VENV)/.demo
	@echo "Installing what the tests need"
	@$(PIP_INSTALL) -r tests/requirements.txt
	@touch $@

$(VENV)/.docs: tests/requirements-docs.txt $(VENV)/.demo
	@echo "Installing what the documentation site needs"
	@$(PIP_INSTALL) -r tests/requirements-docs.txt
	@touch $@

$(VENV)/.lint: tests/requirements-lint.txt $(VENV)/.tests $(VENV)/.docs
	@echo "Installing what the static checks need"
	@$(PIP_INSTALL) -r tests/requirements-lint.txt
	@touch $@

$(BUILD)/amazon/.installed: tests/requirements-collections.txt | $(VENV)/.created
	@echo "Fetching the collection amazon.aws"
	@$(RUN) -m tools.amazon
	@touch $@

# The checkout itself, importable as ansible_collections.profitbricks.cloud.
$(DEV):
	@mkdir -p $(@D)
	@ln -sfn ../../../.. $@

setup: $(VENV)/.lint $(BUILD)/amazon/.installed $(DEV) collection ## Install all that is needed (into .build)

# -- use -------------------------------------------------------------------------------------------------

demo: $(VENV)/.demo collection ## Provision, list and configure a data center on the emulator
	@$(RUN) tools/demo.py $(ARGS)

emulator: $(VENV)/.demo ## Run the local cloud (PORT=8080 ARGS="--provision-seconds 0.5")
	@exec env PYTHONPATH=emulator/src $(RUN) -m pocketvdc serve --port $(PORT) $(ARGS)

bench: $(VENV)/.tests $(DEV) collection ## Measure tasks, waiting and inventory (QUICK=1 ARGS="tasks inventory")
	@PYTHONPATH=tests:emulator/src:$(BUILD)/dev $(RUN) -m benchmark $(if $(QUICK),--quick --output $(BUILD)/benchmark) $(ARGS)

build: $(VENV)/.demo ## Build the artifact that Galaxy takes (into .build/artifact)
	@$(RUN) -m tools.collection build

collection: $(VENV)/.demo ## Build and install the collection (into .build/collections)
	@$(RUN) -m tools.collection install

# -- checks ----------------------------------------------------------------------------------------------

test: $(VENV)/.lint $(BUILD)/amazon/.installed $(DEV) collection ## Run all checks and tests
	@MAKE="$(MAKE)" tools/check unit integration --beside lint contract sanity

lint: $(VENV)/.lint $(DEV) collection ## Run the static checks (CHECKS="mypy ruff-check")
	@$(MAKE) -f tools/lint.mk --no-print-directory --keep-going --jobs=2 \
	  $(addprefix --,$(filter output-sync,$(.FEATURES))) $(CHECKS)

PYTEST = $(RUN) -m pytest $(if $(TESTS),,-n $(PYTEST_WORKERS)) $(PYTEST_ARGS)

unit: $(VENV)/.tests $(DEV) ## Run the unit tests and the checks of the project's own files
	@$(PYTEST) $(or $(TESTS),tests/project tests/unit)

contract: $(VENV)/.tests $(DEV) ## Hold the emulator to the service's contract and the vendors' clients
	@$(PYTEST) $(or $(TESTS),tests/contract)

# These wait more than they work.
integration: PYTEST_WORKERS = 4
integration: $(VENV)/.tests $(BUILD)/amazon/.installed $(DEV) collection ## Run Ansible against the emulator
	@$(PYTEST) $(or $(TESTS),tests/integration)

coverage: $(VENV)/.tests $(DEV) ## Measure how much of plugins/ the unit tests run (into .build/coverage)
	@$(PYTEST) --cov=$(DEV)/plugins --cov-report=term:skip-covered --cov-report=html:$(BUILD)/coverage \
	  $(or $(TESTS),tests/unit)

sanity: $(VENV)/.tests ## Run ansible-test sanity (SANITY_ARGS="--test pylint")
	@$(RUN) -m tools.sanity $(SANITY_ARGS)

soak: $(VENV)/.tests $(DEV) ## Walk at random against services at their worst (MINUTES=30 SEED=1)
	@PYTHONPATH=tests:emulator/src:$(BUILD)/dev $(RUN) -m soak --minutes $(MINUTES) --seed $(SEED)

docs: $(VENV)/.docs $(DEV) ## Build the documentation site (into docs/build)
	@$(RUN) -m tools.docs_site

docs-sync: $(VENV)/.tests $(DEV) ## Write the generated documentation into the modules
	@$(RUN) tools/docs_sync.py

docs-check: $(VENV)/.tests $(DEV) ## Fail when the generated documentation is stale
	@$(RUN) tools/docs_sync.py --check

matrix: ## Run the tests on each ansible-core and Python that is supported and at hand
	@MAKE="$(MAKE)" $(PYTHON) -m tools.matrix $(MATRIX_TARGETS)

clean: ## Remove all that was built
	@rm -rf $(BUILD) docs/build
