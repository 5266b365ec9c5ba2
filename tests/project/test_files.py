# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that a project is expected to have are there, agree with each other, and name what exists."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in ROOT.glob("*.md") if path.name != "README.md")
# A path that begins with one of the repository's folders, in code font.
PATH = re.compile(r"`((?:\.github|changelogs|docs|playbooks|plugins|tests|tools)/[\w./-]+)`")


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_they_are_there() -> None:
    expected = {"CODE_OF_CONDUCT", "CONTRIBUTING", "MAINTAINERS", "RELEASING", "SECURITY", "SUPPORT"}
    assert expected <= {page.stem for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    named = {name for name in [*links, *PATH.findall(text)] if name}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_each_promise_of_security_names_its_tests() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promises = text.partition("### Secrets")[2].partition("### The emulator")[0]
    bare = [each for each in re.split(r"^\* ", promises, flags=re.M)[1:] if "`tests/" not in each]
    # That nothing else is written can be shown by no single test.
    assert [each.partition("**,")[0].strip("*") for each in bare] == ["Nothing else is written"]


def test_the_hooks_of_a_commit_use_the_versions_of_make_lint() -> None:
    lines = (ROOT / "tests" / "requirements-lint.txt").read_text(encoding="utf-8").splitlines()
    (repository,) = load(".pre-commit-config.yaml")["repos"]
    needed = {each for hook in repository["hooks"] for each in hook["additional_dependencies"]}
    assert needed
    assert needed <= set(lines)


@pytest.mark.parametrize("kind", ["integration", "unit"])
def test_what_ansible_test_installs_is_what_the_tests_have_otherwise(kind: str) -> None:
    files = (
        "requirements.txt",
        "tests/requirements.txt",
        "tests/requirements-demo.txt",
        "emulator/pyproject.toml",
    )
    known = {word for name in files for word in re.findall(r'[^\s"\[]+', (ROOT / name).read_text("utf-8"))}
    lines = (ROOT / "tests" / kind / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = {line for line in lines if not line.startswith("#")}
    assert wanted
    assert wanted <= known


def test_unit_tests_import_nothing_that_ansible_test_does_not_install() -> None:
    files = [*(ROOT / "tests" / "unit").rglob("*.py"), ROOT / "tests" / "conftest.py"]
    texts = [path.read_text(encoding="utf-8") for path in files]
    imported = {name for text in texts for name in re.findall(r"^ *(?:from|import) (\w+)", text, re.M)}
    foreign = packages_distributions()
    imported = {name for name in imported - sys.stdlib_module_names - {"ansible"} if name in foreign}
    lines = (ROOT / "tests" / "unit" / "requirements.txt").read_text(encoding="utf-8").lower()
    # urllib3 comes with requests, as it does for users.
    missing = [
        name
        for name in sorted(imported - {"urllib3", "pocketvdc"})
        if f"\n{foreign[name][0].lower()}>=" not in lines
    ]
    assert "hypothesis" in imported
    assert missing == []


@pytest.mark.parametrize("name", ["bug_report", "feature_request"])
def test_a_form_for_issues_is_one_that_github_takes(name: str) -> None:
    form = load(f".github/ISSUE_TEMPLATE/{name}.yml")
    assert {"name", "description", "body"} <= set(form)
    ids = [field["id"] for field in form["body"]]
    assert len(ids) == len(set(ids))
    assert all(field["type"] in {"checkboxes", "input", "textarea"} for field in form["body"])
    assert all(field["attributes"]["label"] for field in form["body"])


def test_the_licence_is_the_one_text() -> None:
    assert (ROOT / "LICENSES" / "GPL-3.0-or-later.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()
