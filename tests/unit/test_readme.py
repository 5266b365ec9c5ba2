# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What README.md and CONTRIBUTING.md tell is there, and their examples work as far as can be told without a cloud."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import (
    CONNECTION,
    variables,
)
from project.guides import blocks
from tools.matrix import CORES

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COLLECTION = "profitbricks.cloud."

# Each YAML example begins with a comment that names its file.
EXAMPLES = dict(re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", README, re.M | re.S))
COMMANDS = "\n".join(re.findall(r"^```console\n(.*?)^```$", README + CONTRIBUTING, re.M | re.S))
PLAYBOOKS = [name for name, text in EXAMPLES.items() if "hosts:" in text]


def section(title: str) -> str:
    """The text below a heading of the README."""
    return re.split(r"^## ", README, flags=re.M)[1:][titles().index(title)]


def titles() -> list[str]:
    return re.findall(r"^## (.*)$", README, re.M)


def rows(text: str) -> list[list[str]]:
    """The cells of a table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def stems(folder: str, pattern: str) -> list[str]:
    return sorted(path.stem for path in (ROOT / folder).glob(pattern))


def ansible(*arguments: str) -> str:
    """Run one of Ansible's commands on the checkout; its output."""
    done = subprocess.run(
        [sys.executable, "-m", "ansible", *arguments],
        env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build" / "dev")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tasks(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Module and options of each task of this collection in an example, and those of module_defaults."""
    for play in yaml.safe_load(EXAMPLES[name]):
        for task in play["tasks"]:
            for module, options in task.items():
                if module.startswith(COLLECTION):
                    yield module, options or {}


def unknown(given: Mapping[str, Any], documented: Mapping[str, Any], path: str) -> Iterator[str]:
    """Options, and options in them, that no documentation names."""
    for name, value in given.items():
        if name not in documented:
            yield f"{path}.{name}"
            continue
        below = documented[name].get("suboptions")
        for each in (value if isinstance(value, list) else [value]) if below else ():
            yield from unknown(each, below, f"{path}.{name}")


def test_there_are_examples_of_each_kind() -> None:
    assert {"shop.yml", "store.yml", "shop.profitbricks.yml"} <= set(EXAMPLES)
    assert len(EXAMPLES) == README.count("```yaml\n")
    assert PLAYBOOKS


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_yaml(name: str) -> None:
    assert yaml.safe_load(EXAMPLES[name])


def test_it_can_be_read_in_one_go() -> None:
    assert len(README.splitlines()) <= 250


def test_the_sections_that_certification_asks_for_are_there_in_the_order_of_a_person_s_needs() -> None:
    assert titles() == [
        "Description",
        "Requirements",
        "Installation",
        "Try it without an account",
        "Credentials",
        "Use cases",
        "Testing",
        "Support",
        "Contributing",
        "Release notes and roadmap",
        "Related information",
        "License information",
    ]


def test_links_and_pictures_work_where_galaxy_shows_it() -> None:
    assert [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("https://")] == []


def test_it_does_not_install_what_a_subscription_brings() -> None:
    assert "install ansible-core" not in README


def test_the_table_names_each_option_of_the_connection_with_its_variable() -> None:
    table = rows(section("Credentials"))
    options = [name for row in table for name in re.findall(r"`(\w+)`", row[0])]
    assert sorted(options) == sorted(field.name for field in CONNECTION)
    for row in table:
        names = re.findall(r"`(\w+)`", row[0])
        assert re.findall(r"`(\w+)`", row[1]) == [variables(name)[0] for name in names]


def test_no_variable_is_named_that_nothing_reads() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins").rglob("*.py"))
    known = {variable for field in CONNECTION for variable in variables(field.name)}
    named = set(re.findall(r"\b(?:PROFITBRICKS|IONOS)_[A-Z_]*[A-Z]\b", README + CONTRIBUTING))
    assert [name for name in named - known if f'"{name}"' not in sources] == []


def test_the_table_names_the_versions_that_are_tested() -> None:
    told = [
        (core, tuple(row[1].split(", ")))
        for row in rows(section("Requirements"))
        for core in row[0].split(", ")
    ]
    assert told == [(core.name, core.pythons) for core in CORES]


def test_the_targets_of_make_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = re.findall(r"(?:^\$ |`)make (?:-C \S+ )?([a-z-]+)", README + CONTRIBUTING, re.M)
    assert "demo" in named
    assert set(named) <= targets


def test_the_variables_that_commands_set_for_playbooks_exist() -> None:
    defaults = yaml.safe_load((ROOT / "playbooks" / "group_vars" / "all.yml").read_text(encoding="utf-8"))
    lines = [line for line in COMMANDS.splitlines() if f"ansible-playbook {COLLECTION}" in line]
    assert lines
    assert {name for line in lines for name in re.findall(r"-e (\w+)=", line)} <= set(defaults)


def test_links_into_the_repository_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README + CONTRIBUTING)
    raw = "https://raw.githubusercontent.com/profitbricks/ansible-collection-cloud/main/"
    own = ("https://github.com/profitbricks/ansible-collection-cloud/blob/main/", raw)
    files = {
        re.sub(r"[?#].*", "", link.removeprefix(own[0]).removeprefix(raw))
        for link in links
        if link.startswith(own) or "://" not in link
    }
    assert {"LICENSE", "docs/images/topology.svg"} <= files
    assert [name for name in sorted(files) if not (ROOT / name).exists()] == []


def test_each_guide_is_linked_to() -> None:
    guides = {path.stem for path in (ROOT / "docs" / "docsite" / "rst").glob("*.rst")}
    assert set(re.findall(r"/docsite/rst/(\w+)\.rst", README)) == guides


def test_the_files_on_the_map_exist() -> None:
    there = {
        path.name
        for folder in ("plugins", "tools", "tests", "emulator")
        for path in (ROOT / folder).rglob("*.py")
    }
    named = set(re.findall(r"\b\w+\.py\b", CONTRIBUTING))
    assert named
    assert named <= there


@pytest.mark.parametrize("name", PLAYBOOKS)
def test_a_playbook_passes_ansibles_syntax_check(name: str, tmp_path: Path) -> None:
    playbook = tmp_path / name
    playbook.write_text(EXAMPLES[name], encoding="utf-8")
    assert f"playbook: {playbook}" in ansible("playbook", "--syntax-check", str(playbook))


def test_the_options_in_playbooks_exist() -> None:
    used = [task for name in PLAYBOOKS for task in tasks(name)]
    documents = json.loads(
        ansible("doc", "--type", "module", "--json", *sorted({module for module, _options in used}))
    )
    for module, options in used:
        assert list(unknown(options, documents[module]["doc"]["options"], module)) == []


def test_the_options_in_module_defaults_are_of_the_connection() -> None:
    """In the recipe that the README links to."""
    (play,) = next(
        block.plays for block in blocks("guide_authentication", "yaml") if block.file == "audit.yml"
    )
    defaults = [play["module_defaults"]]
    groups = {group: options for each in defaults for group, options in each.items()}
    assert list(groups) == [f"group/{COLLECTION}profitbricks"]
    assert set(groups[f"group/{COLLECTION}profitbricks"]) <= {field.name for field in CONNECTION}


def test_the_options_of_the_inventory_file_exist() -> None:
    name = f"{COLLECTION}profitbricks"
    document = json.loads(ansible("doc", "--type", "inventory", "--json", name))[name]["doc"]
    given = yaml.safe_load(EXAMPLES["shop.profitbricks.yml"])
    assert given["plugin"] == name
    assert list(unknown(given, document["options"], "inventory")) == []


@pytest.mark.parametrize(
    ("variable", "command"),
    [
        ("PROFITBRICKS_TOKEN", "profitbricks.cloud.site"),
        ("NETFOUNDRY_API_ACCOUNT", "profitbricks.cloud.overlay_demo"),
    ],
)
def test_a_login_is_set_before_the_first_command_that_needs_it(variable: str, command: str) -> None:
    before, found, _after = COMMANDS.partition(command)
    assert found
    assert re.search(rf"^\$ export .*\b{variable}=\S", before, re.M)
