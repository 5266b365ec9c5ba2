# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator is a distribution of its own: it and the collection do not know each other's code."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pocketvdc import __version__
from pocketvdc.cli import commands
from tools.collection import metadata

ROOT = Path(__file__).resolve().parents[2]
EMULATOR = ROOT / "emulator"
PROJECT = tomllib.loads((EMULATOR / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def imported(folder: Path) -> Iterator[str]:
    """The first names of all packages that the files of a folder import, now or later."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield str(node.module).partition(".")[0]


def test_the_emulator_imports_nothing_of_the_collection() -> None:
    found = set(imported(EMULATOR / "src"))
    ours = {path.stem for path in (ROOT / "tests").iterdir()} | {"tools", "ansible", "ansible_collections"}
    assert {"werkzeug", "yaml"} <= found
    assert not found & ours


@pytest.mark.parametrize("folder", ["plugins", "playbooks"])
def test_the_collection_imports_nothing_of_the_emulator(folder: str) -> None:
    assert "pocketvdc" not in set(imported(ROOT / folder))


def test_the_artifact_leaves_it_out() -> None:
    assert "emulator" in metadata()["build_ignore"]


def test_it_has_a_name_of_its_own_and_a_version_of_its_own() -> None:
    assert PROJECT["name"] == "pocketvdc"
    assert "version" in PROJECT["dynamic"]
    assert __version__.count(".") == 2


# The container, which is not built here: what it copies and starts exists.

CONTAINER = (EMULATOR / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def instructions(name: str) -> list[str]:
    return re.findall(rf"^(?:HEALTHCHECK .*)?{name} +(.*)$", CONTAINER, re.M)


def test_the_container_copies_all_that_the_wheel_is_made_of() -> None:
    copied = [word for line in instructions("COPY") for word in line.split()[:-1]]
    assert all((EMULATOR / word).exists() for word in copied)
    assert {"pyproject.toml", "src", PROJECT["readme"], *PROJECT["license-files"]} == set(copied)
    (installed,) = re.findall(r'"/tmp/pocketvdc\[(\w+)\]"', CONTAINER)
    assert installed in PROJECT["optional-dependencies"]


def test_the_container_starts_commands_that_exist() -> None:
    (entry,) = [json.loads(line) for line in instructions("ENTRYPOINT")]
    assert entry == [*PROJECT["scripts"]]
    checked, started = [json.loads(line) for line in instructions("CMD")]
    assert checked[:1] == entry
    for name, *options in (started, checked[1:]):
        command = commands.get_command(click.Context(commands), name)
        assert command is not None
        found = command.make_context(name, options).params
        assert str(found.get("port", found.get("url"))).endswith(instructions("EXPOSE")[0])


def test_the_container_has_a_python_that_the_package_takes() -> None:
    (base,) = instructions("FROM")
    version = re.search(r"python:(\d+)\.(\d+)", base)
    least = re.fullmatch(r">=(\d+)\.(\d+)", PROJECT["requires-python"])
    assert version and least
    assert tuple(map(int, version.groups())) >= tuple(map(int, least.groups()))


# What people type


def test_make_emulator_serves_with_the_options_given() -> None:
    command = ["make", "-n", "emulator", "PORT=8099", "ARGS=--provision-seconds 0.5 --ssh"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.rstrip().endswith("-m pocketvdc serve --port 8099 --provision-seconds 0.5 --ssh")


def test_serve_keeps_the_names_of_its_options() -> None:
    serve = commands.get_command(click.Context(commands), "serve")
    assert serve is not None
    known = {name for each in serve.params for name in each.opts}
    assert {"--port", "--provision-seconds", "--rate-limit", "--ssh", "--tls-cert", "--state"} <= known
