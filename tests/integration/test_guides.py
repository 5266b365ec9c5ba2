# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of each guide work, in their order and on a new account, and change nothing the second time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

from integration.inventory_fixtures import COLLECTIONS, Inventory
from pocketvdc import Server
from pocketvdc.netfoundry.testing import credentials_file
from project.guides import GUIDES, Block, blocks

AGAIN = "again: "
ACCESS = {"PROFITBRICKS_TOKEN": "demo-token"}
# What a reader has at hand.
VARIABLES = {
    "profitbricks_token": "demo-token",
    "other_username": "other@example.com",
    "other_password": "other-password",
    "operator_password": "invented-Pass-1",
    "image_password": "invented12pw",
}
# A network as NetFoundry's console exports it.
DOWNLOAD = {
    "name": "Downloaded",
    "size": "small",
    "provider": "AWS",
    "locationCode": "us-west-2",
    "edgeRouters": [
        {"name": "oregon", "provider": "AWS", "locationCode": "us-west-2", "attributes": ["#hosted_routers"]},
        {"name": "own", "provider": None, "locationCode": None, "attributes": []},
    ],
    "endpoints": [{"name": "laptop", "attributes": ["#work_from_anywhere"]}],
    "services": [
        {
            "name": "portal",
            "attributes": ["#welcome_wagon"],
            "modelType": "TunnelerToEndpoint",
            "model": {
                "clientIngress": {"host": "portal.acme", "port": 80},
                "serverEgress": {"protocol": "TCP", "host": "localhost", "port": 8080},
                "bindEndpointAttributes": ["@laptop"],
            },
        },
        {"name": "shell", "attributes": [], "modelType": "AdvancedTunnelerToEndpoint", "model": {}},
    ],
    "edgeRouterPolicies": [
        {"name": "all", "endpointAttributes": ["#all"], "edgeRouterAttributes": ["#hosted_routers"]},
        {"name": "one-system", "endpointAttributes": ["@gone"], "edgeRouterAttributes": ["@gone"]},
    ],
    "appWans": [
        {
            "name": "welcome",
            "endpointAttributes": ["#work_from_anywhere"],
            "serviceAttributes": ["#welcome_wagon"],
        }
    ],
}
CHANGED = re.compile(r"^changed: ", re.M)


def runnable(guide: str) -> list[Block]:
    return [block for block in blocks(guide, "yaml") if block.plays or block.is_inventory]


def repeated(play: dict[str, Any]) -> dict[str, Any]:
    """The play with tasks whose names say that they run for the second time."""
    copy = deepcopy(play)
    for task in copy["tasks"]:
        for each in (task, *task.get("block", ())):
            each["name"] = AGAIN + each["name"]
    return copy


def twice(block: Block) -> Iterator[dict[str, Any]]:
    """The plays of an example, and once more."""
    yield from block.plays
    yield from map(repeated, block.plays)


def changed_again(plays: Sequence[dict[str, Any]], output: str) -> list[str]:
    """The tasks of plays that changed something the second time, without those that only rehearse."""
    rehearsed = {task["name"] for play in plays for task in play["tasks"] if task.get("check_mode")}
    sections = re.split(r"^TASK \[", output, flags=re.M)
    second = [text for text in sections if text.startswith(AGAIN) and CHANGED.search(text)]
    names = [text.removeprefix(AGAIN).partition("]")[0] for text in second]
    return [name for name in names if name not in rehearsed]


def test_there_are_guides_with_examples_of_each_kind() -> None:
    found = [block for guide in GUIDES for block in runnable(guide)]
    assert any(block.plays for block in found)
    assert any(block.is_inventory for block in found)


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if runnable(guide)])
def test_the_examples_of_a_guide_work(server: Server, tmp_path: Path, guide: str) -> None:
    server.cloud.reset()
    reader = Inventory(server.cloud, server.url, tmp_path)
    access = {
        **ACCESS,
        "PROFITBRICKS_API_URL": f"{server.url}/cloudapi/v6",
        "NETFOUNDRY_API_URL": server.url,
    }
    # In the current directory, where the overlay's modules look for it.
    credentials_file(server.url, tmp_path)
    key = tmp_path / "id.pub"
    key.write_text(
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIInventedInventedInventedInventedInvented12345 reader\n"
    )
    extra = tmp_path / "extra.yml"
    download = tmp_path / "download.json"
    download.write_text(json.dumps(DOWNLOAD), encoding="utf-8")
    files = {"public_key_file": str(key), "download_file": str(download)}
    extra.write_text(yaml.safe_dump({**VARIABLES, **files}), encoding="utf-8")

    console = Path(__file__).parents[1] / "unit" / "netfoundry" / "console.yml"
    (tmp_path / "network.yml").write_text(console.read_text(encoding="utf-8"), encoding="utf-8")

    # An inventory without hosts leaves localhost to Ansible, whatever this machine is set up for.
    nothing = tmp_path / "hosts"
    nothing.touch()

    # One process runs all plays that follow one another.
    for are_inventories, some in groupby(runnable(guide), key=lambda block: block.is_inventory):
        if are_inventories:
            for block in some:
                path = reader.write(block.text, block.file)
                listing = reader.run("inventory", "-i", str(path), "--list", **access)
                assert listing.hosts, block.file
                assert listing.stderr == ""
            continue
        together = list(some)
        playbook = tmp_path / "playbook.yml"
        playbook.write_text(
            yaml.safe_dump([play for block in together for play in twice(block)], sort_keys=False),
            encoding="utf-8",
        )
        done = reader.run("playbook", "-i", str(nothing), "-e", f"@{extra}", str(playbook), **access)
        assert done.code == 0, done.stdout + done.stderr
        assert AGAIN in done.stdout
        assert changed_again([play for block in together for play in block.plays], done.stdout) == []


def test_an_execution_environment_is_made_of_the_example(tmp_path: Path) -> None:
    (example,) = [
        block for block in blocks("guide_platform", "yaml") if block.file == "execution-environment.yml"
    ]
    (tmp_path / example.file).write_text(example.text, encoding="utf-8")
    builder = (sys.executable, "-m", "ansible_builder")
    done = subprocess.run([*builder, "create"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    wanted = yaml.safe_load(
        (tmp_path / "context" / "_build" / "requirements.yml").read_text(encoding="utf-8")
    )
    assert wanted["collections"][0]["name"] == "profitbricks.cloud"
    # What the image gets of the collection itself, once it is built.
    found = subprocess.run([*builder, "introspect", COLLECTIONS], capture_output=True, text=True, check=True)
    needed = yaml.safe_load(found.stdout)
    assert [line.partition(">=")[0] for line in needed["python"]] == ["requests"]
    assert any("openssh-clients [platform:rpm]" in line for line in needed["system"])
