# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection says of itself in several places is said the same in each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.doc_fragments import netfoundry, profitbricks
from ansible_collections.profitbricks.cloud.plugins.module_utils._python import NEEDED
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
    ("group", "prefix"),
    [("all", ""), ("netfoundry", "netfoundry_"), ("profitbricks", "profitbricks_")],
    ids=["all", "netfoundry", "profitbricks"],
)
def test_an_action_group_lists_its_modules_in_order(group: str, prefix: str) -> None:
    groups = load("meta/runtime.yml")["action_groups"]
    assert groups[group] == [name for name in MODULES if name.startswith(prefix)]


@pytest.mark.parametrize("option", ["datacenter", "network"])
def test_an_action_group_lists_the_modules_that_have_an_option_in_common(option: str) -> None:
    """``module_defaults`` of such a group hold where all tasks of a play work."""
    having = [name for name in MODULES if option in documented(name)["options"]]
    assert having and load("meta/runtime.yml")["action_groups"][option] == having


def documented(module: str) -> Any:
    """A module's DOCUMENTATION."""
    text = (ROOT / "plugins" / "modules" / f"{module}.py").read_text(encoding="utf-8")
    return yaml.safe_load(text.split('DOCUMENTATION = r"""')[1].split('"""')[0])


def test_the_files_that_the_execution_environment_names_are_there() -> None:
    dependencies = load("meta/execution-environment.yml")["dependencies"]
    assert all((ROOT / name).is_file() for name in dependencies.values())


def test_the_documentation_names_the_python_requirements() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    required = {line.split(">=")[0] for line in lines if not line.startswith("#")}
    for fragment in (profitbricks, netfoundry):
        documented = yaml.safe_load(fragment.ModuleDocFragment.DOCUMENTATION)["requirements"]
        assert {text.split()[0] for text in documented} == required | {"python"}
        assert f"python >= {NEEDED}" in documented
    assert load("tests/config.yml")["modules"]["python_requires"] == f">={NEEDED}"


def test_the_changelog_lists_each_module_of_the_versions_that_it_tells_of() -> None:
    """`antsibull-changelog release` does; `--update-existing` adds what came after it and before the tag."""
    releases = load("changelogs/changelog.yaml")["releases"]
    assert load("galaxy.yml")["version"] in releases
    assert all(release["changes"]["release_summary"] for release in releases.values())
    listed = [module["name"] for release in releases.values() for module in release.get("modules", ())]
    assert sorted(listed) == [name for name in MODULES if documented(name)["version_added"] in releases]
    text = (ROOT / "CHANGELOG.rst").read_text(encoding="utf-8")
    assert [name for name in listed if f"- profitbricks.cloud.{name} - " not in text] == []
