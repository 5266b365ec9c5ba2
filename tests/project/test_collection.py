# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection says of itself in several places is said the same in each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.module_utils.version import COLLECTION_VERSION

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_version_that_the_user_agent_tells_is_that_of_the_artifact() -> None:
    assert load("galaxy.yml")["version"] == COLLECTION_VERSION


def test_there_are_modules() -> None:
    assert MODULES


@pytest.mark.parametrize(
    ("group", "prefix"), [("all", ""), ("profitbricks", "profitbricks_")], ids=["all", "profitbricks"]
)
def test_an_action_group_lists_its_modules_in_order(group: str, prefix: str) -> None:
    groups = load("meta/runtime.yml")["action_groups"]
    assert groups[group] == [name for name in MODULES if name.startswith(prefix)]


def test_modules_and_execution_environment_name_the_same_python_requirements() -> None:
    dependencies = load("meta/execution-environment.yml")["dependencies"]
    assert (ROOT / dependencies["python"]).read_text(encoding="utf-8").splitlines()[1:] == ["requests>=2.28"]
    assert (ROOT / dependencies["system"]).is_file()


def test_the_version_has_its_changelog() -> None:
    version = load("galaxy.yml")["version"]
    released = load("changelogs/changelog.yaml")["releases"]
    assert version in released or (ROOT / "changelogs" / "fragments" / f"{version}.yml").is_file()
