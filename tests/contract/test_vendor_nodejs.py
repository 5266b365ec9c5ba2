# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator's v6 seen by the vendor's Node.js library, unmodified, which the tests install under ``.build``.

They are left out where there is no Node.js.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from contract.schema.spec import Operation, operations, required_properties, violations
from contract.schema.world import PREPARATIONS, World, body_for
from pocketvdc import Cloud, Server
from processes import ended, needs

HERE = Path(__file__).parent / "nodejs"
INSTALLED = Path(__file__).parents[2] / ".build" / "nodejs"
# The library's last release is older than the cards of GPU servers.
KNOWN = [operation for operation in operations() if "/gpus" not in operation.path]
READS = [operation for operation in KNOWN if operation.method == "GET"]
WRITES = [operation for operation in KNOWN if operation.method != "GET"]
# Bodies that the contract leaves optional come behind all others.
OPTIONAL_BODIES = {"create-snapshot": "snapshot", "restore-snapshot": "restoreSnapshot"}

pytestmark = needs("node", "npm")


class Library:
    """The library in a process of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.process = subprocess.Popen(
            ["node", "walk.js"], cwd=INSTALLED, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, **asked: Any) -> dict[str, Any]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer
        return answer

    def call(self, operation: Operation, world: World, body: Any = None, **more: Any) -> dict[str, Any]:
        parts = zip(world.path(operation.path).split("/"), operation.path.split("/"), strict=True)
        given = [part for part, name in parts if name.startswith("{")]
        if body is not None:
            given.append(body)
        return self.ask(url=f"{self.url}/cloudapi/v6", operation=operation.id, given=given, **more)

    def close(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=10)


@pytest.fixture(scope="module")
def installed() -> Path:
    """Installed anew whenever what is wanted has changed."""
    wanted = (HERE / "package.json").read_text(encoding="utf-8")
    INSTALLED.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "walk.js", INSTALLED)
    present = INSTALLED / "package.json"
    if not present.exists() or present.read_text(encoding="utf-8") != wanted:
        present.write_text(wanted, encoding="utf-8")
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = ended(command, INSTALLED, seconds=180)
        if done.returncode:
            present.unlink()
            pytest.fail(f"npm install: {done.stderr}")
    return INSTALLED


@pytest.fixture(scope="module")
def library(installed: Path) -> Iterator[Library]:
    with Server(Cloud()) as server:
        walking = Library(server.url)
        yield walking
        walking.close()


def build_world(url: str) -> World:
    requests.post(f"{url}/_emulator/reset").raise_for_status()
    session = requests.Session()
    session.auth = ("demo@example.com", "demo-password")
    return World(session, f"{url}/cloudapi/v6").build()


@pytest.fixture(scope="module")
def reading(installed: Path) -> Iterator[tuple[Library, World]]:
    """An account for tests that change nothing."""
    with Server(Cloud()) as server:
        walking = Library(server.url)
        yield walking, build_world(server.url)
        walking.close()


@pytest.mark.parametrize("operation", READS, ids=str)
def test_reads(reading: tuple[Library, World], operation: Operation) -> None:
    walking, world = reading
    answer = walking.call(operation, world, depth=3) if "depth" in operation.parameters else walking.call(
        operation, world
    )  # fmt: skip
    assert answer["status"] == 200, answer
    if operation.answer is not None and not operation.path.endswith("/kubeconfig"):
        assert violations(operation.answer, answer["data"]) == []


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_writes(library: Library, operation: Operation) -> None:
    world = build_world(library.url)
    PREPARATIONS.get(str(operation), lambda world: None)(world)
    body = body_for(operation.method, operation.path, required_properties(operation), world)
    if name := OPTIONAL_BODIES.get(operation.path.rpartition("/")[2]):
        answer = library.call(operation, world, named={name: body})
    else:
        answer = library.call(operation, world, body)
    assert answer["status"] == operation.status, answer
    if "Location" in operation.headers:
        assert "/requests/" in answer["location"]


def test_every_operation_of_the_library_is_walked(library: Library) -> None:
    assert set(library.ask()["data"]) == {operation.id for operation in KNOWN}
    assert len(KNOWN) == 264
