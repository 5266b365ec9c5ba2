# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The artifact holds what a user needs, and nothing of what builds and checks it."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
USERS_NEED = {
    "CHANGELOG.rst",
    "FILES.json",
    "LICENSE",
    "MANIFEST.json",
    "README.md",
    "bindep.txt",
    "changelogs",
    "docs",
    "extensions",
    "meta",
    "playbooks",
    "plugins",
    "requirements.txt",
}


@pytest.fixture(scope="module")
def names() -> set[str]:
    """The paths of the files in the built artifact."""
    command = [sys.executable, "-m", "tools.collection", "build"]
    built = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    with tarfile.open(ROOT / built.stdout.splitlines()[-1]) as artifact:
        return {member.name for member in artifact if member.isfile()}


def test_nothing_else_is_at_its_root(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names} <= USERS_NEED


def test_only_the_changelog_itself_comes_of_the_changelog_folder(names: set[str]) -> None:
    assert {name for name in names if name.startswith("changelogs/")} == {"changelogs/changelog.yaml"}


@pytest.mark.parametrize("folder", ["plugins", "playbooks", "meta", "extensions"])
def test_everything_of_a_folder_is_in_it(names: set[str], folder: str) -> None:
    tracked = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    expected = {str(path.relative_to(ROOT)) for path in tracked if "__pycache__" not in path.parts}
    assert expected
    assert expected <= names


def test_the_licence_text_is_in_it(names: set[str]) -> None:
    assert {"LICENSE", "README.md", "requirements.txt", "bindep.txt"} <= names


def test_it_holds_no_compiled_file(names: set[str]) -> None:
    assert not [name for name in names if name.endswith(".pyc") or "__pycache__" in name]
