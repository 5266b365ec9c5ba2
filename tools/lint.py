# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the static checks, two at a time.

python -m tools.lint [name ...]      all of them, or those named
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.runner import LOGGING, Job, run_all

PYTHON = sys.executable
MODULE = (PYTHON, "-m")

# The importer comes first and ansible-lint last: it runs ansible-lint as well, and gives it three minutes.
JOBS = (
    Job("importer", (*MODULE, "tools.importer")),
    Job("docs-site", (*MODULE, "tools.docs_site")),
    Job("antsibull-docs", ("antsibull-docs", "lint-collection-docs", "--plugin-docs", "."), LOGGING),
    Job("mypy", (*MODULE, "mypy")),
    Job("antsibull-changelog", ("antsibull-changelog", "lint"), LOGGING),
    Job("yamllint", ("yamllint", "--strict", ".")),
    Job("docs-sync", (PYTHON, "tools/docs_sync.py", "--check")),
    Job("ruff check", (*MODULE, "ruff", "check", ".")),
    Job("ruff format", (*MODULE, "ruff", "format", "--check", ".")),
    Job("reuse", ("reuse", "lint", "--lines")),
    Job("codespell", ("codespell",)),
    Job("workflows", ("zizmor", "--offline", "--quiet", ".github")),
    Job("ansible-lint", ("ansible-lint", "--offline", "--profile", "production", "--nocolor", "-q")),
)


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the static checks.")
    names = {job.name.replace(" ", "-"): job for job in JOBS}
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(names))
    chosen = parser.parse_args().names
    if unknown := sorted(set(chosen) - set(names)):
        parser.error(f"no such check: {', '.join(unknown)}; there are {', '.join(names)}")
    Path(LOGGING["HOME"]).mkdir(parents=True, exist_ok=True)
    outcomes = run_all(names[name] for name in chosen or names)
    return 1 if any(outcome.code for outcome in outcomes) else 0


if __name__ == "__main__":
    raise SystemExit(main())
