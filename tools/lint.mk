# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The static checks, each a target. `make lint` runs them two at a time, with the tools of its environment.

# The importer comes first and ansible-lint last: it runs ansible-lint as well, and gives it three minutes.
CHECKS := importer docs-site antsibull-docs mypy antsibull-changelog yamllint docs-sync ruff-check ruff-format reuse codespell \
	workflows ansible-lint

# The tools of antsibull write a log into the home directory, which is nobody's but the caller's.
ANTSIBULL_HOME := $(CURDIR)/.build/home
$(shell mkdir -p $(ANTSIBULL_HOME))

importer := python -m tools.importer
docs-site := python -m tools.docs_site
antsibull-docs := env HOME=$(ANTSIBULL_HOME) antsibull-docs lint-collection-docs --plugin-docs .
mypy := python -m mypy
antsibull-changelog := env HOME=$(ANTSIBULL_HOME) sh -c 'antsibull-changelog lint && \
	antsibull-changelog generate --output .build/CHANGELOG.rst && diff -u CHANGELOG.rst .build/CHANGELOG.rst'
yamllint := yamllint --strict .
docs-sync := python tools/docs_sync.py --check
ruff-check := ruff check .
ruff-format := ruff format --check .
reuse := reuse lint --lines
codespell := codespell
workflows := zizmor --offline --quiet .github
ansible-lint := ansible-lint --offline --profile production --nocolor -q

# Each is a part of the lint, and none of the check that the lint is a part of.
unexport SUMMARY

.PHONY: all $(CHECKS)
all: $(CHECKS)

$(CHECKS):
	@tools/timed --quiet $@ $($@)
