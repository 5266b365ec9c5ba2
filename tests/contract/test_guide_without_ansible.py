# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of the guide for those who do not use Ansible, as a reader would run them."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import requests

from contract.schema.world import AUTH
from contract.test_vendor_nodejs import installed
from pocketvdc import Server
from pocketvdc.cli import commands
from processes import needs, worked
from project.guides import Block, blocks

GUIDE = "guide_without_ansible"
PYTHON = {block.file: block.text for block in blocks(GUIDE, "python")}
LINES = [
    line[2:] for block in blocks(GUIDE, "console") for line in block.text.splitlines() if line[:2] == "$ "
]

__all__ = ["installed"]


class Reader:
    """Somebody in an empty folder, with the emulator's command and a terminal that knows no account."""

    def __init__(self, server: Server, folder: Path):
        self.server = server
        self.folder = folder
        program = folder / "bin" / "pocketvdc"
        program.parent.mkdir()
        program.write_text(
            f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pocketvdc "$@"\n', encoding="utf-8"
        )
        program.chmod(0o755)
        foreign = ("IONOS_", "PROFITBRICKS_", "NETFOUNDRY_")
        own = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        self.environment = {
            **own,
            "HOME": str(folder),
            "NO_PROXY": "127.0.0.1",
            "PATH": os.pathsep.join([str(program.parent), os.environ["PATH"]]),
            "POCKETVDC_URL": server.url,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "XDG_RUNTIME_DIR": str(folder),
        }

    def run(self, *lines: str) -> str:
        """The output of a shell that ends with the first command that fails."""
        return worked(["sh", "-ec", "\n".join(lines)], self.folder, self.environment)

    @property
    def shops(self) -> list[Any]:
        url = f"{self.server.url}/cloudapi/v6/datacenters?depth=3&filter.name=shop"
        return list(requests.get(url, auth=AUTH, timeout=10).json()["items"])


@pytest.fixture
def reader(server: Server, tmp_path: Path) -> Reader:
    return Reader(server, tmp_path)


def section(word: str) -> Block:
    """The commands with this word in them."""
    (found,) = [block for block in blocks(GUIDE, "console") if word in block.text]
    return found


def typed(block: Block) -> list[str]:
    return [line.removeprefix("$ ") for line in block.text.splitlines()]


@needs("curl")
def test_the_commands_of_curl_work(reader: Reader) -> None:
    output = reader.run(*typed(section("curl ")))
    assert "de/fra" in output and '"DONE"' in output
    assert len(reader.shops) == 1


def test_the_python_example_works(reader: Reader) -> None:
    (reader.folder / "shop.py").write_text(PYTHON["shop.py"], encoding="utf-8")
    output = reader.run('eval "$(pocketvdc env sdk)"', f"{sys.executable} shop.py")
    assert output == "['web-01']\n"
    assert len(reader.shops[0]["entities"]["servers"]["items"]) == 1


def test_the_python_tests_work(reader: Reader) -> None:
    for name, text in PYTHON.items():
        (reader.folder / name).write_text(text, encoding="utf-8")
    (reader.folder / "conftest.py").write_text('pytest_plugins = ["pocketvdc.pytest"]\n', encoding="utf-8")
    output = reader.run(f"{sys.executable} -m pytest -q -p no:cacheprovider .")
    assert "2 passed" in output
    assert reader.shops == []


@needs("node", "npm")
def test_the_javascript_example_works(reader: Reader, installed: Path) -> None:
    (example,) = blocks(GUIDE, "javascript")
    (reader.folder / "shop.js").write_text(example.text, encoding="utf-8")
    (reader.folder / "node_modules").symlink_to(installed / "node_modules")
    assert reader.run('eval "$(pocketvdc env sdk)"', "node shop.js") == "shop\n"
    assert len(reader.shops) == 1


def test_the_orders_of_the_last_section_are_taken(reader: Reader) -> None:
    orders = [line for line in typed(section("snapshot save")) if "--follow" not in line]
    assert len(orders) == 5
    reader.run(*orders)
    assert (reader.folder / "before.snap").exists()
    found = requests.get(f"{reader.server.url}/_emulator/status", timeout=10).json()
    assert [fault["kind"] for fault in found["faults"]] == ["status", "fail_request"]
    assert found["settings"]["rate_limit"] == "120/50" and found["clock"]["ahead"] >= 30 * 86400


def words() -> Iterator[list[str]]:
    """The commands of pocketvdc in the guide, also those inside of others."""
    for line in LINES:
        for found in re.findall(
            r"\bpocketvdc ((?:serve|env|journal|fault|rate-limit|clock|snapshot)\b[^#\")]*)", line
        ):
            yield shlex.split(found)


@pytest.mark.parametrize("given", list(words()), ids=" ".join)
def test_each_command_has_the_options_that_the_guide_gives_it(given: list[str]) -> None:
    command: Any = commands.get_command(click.Context(commands), given[0])
    while isinstance(command, click.Group):
        given = given[1:]
        command = command.commands[given[0]]
    assert command.make_context(given[0], given[1:]).params


def test_what_env_sets_is_what_the_table_says(reader: Reader) -> None:
    set_by = {
        tool: set(re.findall(r"^export (\w+)=", reader.run(f"pocketvdc env {tool}"), re.M))
        for tool in ("sdk", "terraform", "ionosctl", "netfoundry")
    }
    assert set_by["sdk"] == {"IONOS_API_URL", "IONOS_TOKEN"}
    assert (
        set_by["terraform"]
        == set_by["ionosctl"]
        == set_by["sdk"] | {"IONOS_CONFIG_FILE", "IONOS_CURRENT_PROFILE"}
    )
    assert set_by["netfoundry"] == {"NETFOUNDRY_API_URL", "NETFOUNDRY_API_ACCOUNT"}


@needs("terraform")
def test_the_terraform_example_is_well_formed(tmp_path: Path) -> None:
    (example,) = blocks(GUIDE, "terraform")
    (tmp_path / "main.tf").write_text(example.text, encoding="utf-8")
    (tmp_path / "rc").touch()
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": str(tmp_path / "rc")}
    worked(["terraform", "fmt", "-check", "-diff"], tmp_path, environment)
