# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed event source: in a Python that knows nothing of Ansible, killed and restarted, and in ansible-rulebook.

What needs ansible-rulebook's rule engine is left out where there is no Java.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from integration.runner import COLLECTIONS, Runner
from pocketvdc import Server
from processes import needs
from project.guides import GUIDES, blocks

PLUGIN = Path(
    COLLECTIONS, "ansible_collections/profitbricks/cloud/extensions/eda/plugins/event_source/requests.py"
)
SECONDS = 120  # to wait for what must come, on a machine that does much else
RULEBOOKS = [block for guide in GUIDES for block in blocks(guide, "yaml") if block.is_rulebook]

# What calls the source as ansible-rulebook does, and writes each event down.
HARNESS = """
import asyncio, json, runpy, sys

class Queue(asyncio.Queue):
    async def put(self, event):
        print(json.dumps(event), flush=True)

asyncio.run(runpy.run_path(sys.argv[1])["main"](Queue(), json.loads(sys.argv[2])))
"""


def until(true: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


class Background:
    """A process whose output goes to a file."""

    def __init__(self, command: list[str], folder: Path, environ: Mapping[str, str]) -> None:
        self.path = folder / "output"
        with open(self.path, "ab") as output:
            self.process = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, cwd=folder, env=environ
            )

    @property
    def output(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def says(self, text: str) -> None:
        until(lambda: text in self.output, f"{text} in {self.output}")

    def __enter__(self) -> Background:
        return self

    def __exit__(self, *failure: object) -> None:
        self.process.kill()
        self.process.wait()


def plain_environment(server: Server) -> dict[str, str]:
    """No login but that of the emulator, and the programs beside this Python."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PROFITBRICKS_", "IONOS_"))
    }
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
        "PROFITBRICKS_API_URL": f"{server.url}/cloudapi/v6",
        "PROFITBRICKS_TOKEN": "demo-token",
    }


class Account:
    """A data center at the emulator, and who works on it."""

    def __init__(self, server: Server, folder: Path) -> None:
        server.cloud.reset()
        self.play = Runner(server.cloud, server.url, folder)
        self.id = self.play.call(
            "POST", "datacenters", {"properties": {"name": "shop", "location": "de/fra"}}
        )["id"]

    def lan(self, name: str, public: bool = False) -> str:
        path = f"datacenters/{self.id}/lans"
        return str(self.play.call("POST", path, {"properties": {"name": name, "public": public}})["id"])

    def delete(self, path: str) -> None:
        self.play.call("DELETE", f"datacenters/{self.id}/{path}")


def test_killed_and_restarted_it_loses_nothing(server: Server, tmp_path: Path) -> None:
    account = Account(server, tmp_path)
    cursor = tmp_path / "cursor"
    args = json.dumps({"interval": 0.2, "cursor_file": str(cursor)})
    command = [sys.executable, "-c", HARNESS, str(PLUGIN), args]
    names = []

    def told() -> list[dict[str, Any]]:
        lines = (tmp_path / "output").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def tells_of(number: int) -> None:
        until(lambda: len({each["id"] for each in told()}) >= number, f"{number} events")

    for life in range(4):
        with Background(command, tmp_path, plain_environment(server)):
            until(cursor.exists, "it has begun")
            for number in range(10):
                names.append(f"lan-{life}-{number}")
                account.lan(names[-1])
            # All but the last life end amid the others.
            tells_of(len(names) if life == 3 else 10 * life + 1)
    events = told()
    times = Counter(event["event_id"] for event in events)
    again = {event["event_id"] for event in events if event["redelivered"]}
    assert len(times) == len(names) == 40
    assert {event_id for event_id, count in times.items() if count > 1} <= again
    assert len(again) <= 3
    assert "Traceback" not in (tmp_path / "output").read_text(encoding="utf-8")


def test_it_finds_the_collection_whatever_else_is_called_so(server: Server, tmp_path: Path) -> None:
    account = Account(server, tmp_path)
    (tmp_path / "ansible_collections").mkdir()
    (tmp_path / "ansible_collections" / "__init__.py").touch()
    args = json.dumps({"interval": 0.2, "start_from": "beginning"})
    environ = {**plain_environment(server), "PYTHONPATH": str(tmp_path)}
    with Background([sys.executable, "-c", HARNESS, str(PLUGIN), args], tmp_path, environ) as source:
        source.says(account.id)


def rulebook(name: str, server: Server, folder: Path, **variables: Any) -> Background:
    """ansible-rulebook at work, as soon as it knows where it begins."""
    cursor = folder / "cursor"
    (folder / "hosts").write_text(
        f"localhost ansible_connection=local ansible_python_interpreter={sys.executable}\n", encoding="utf-8"
    )
    (folder / "vars.yml").write_text(
        yaml.safe_dump({"cursor_file": str(cursor), **variables}), encoding="utf-8"
    )
    environ = plain_environment(server)
    program = shutil.which("ansible-rulebook", path=environ["PATH"])
    assert program
    command = [program, "--rulebook", name, "--inventory", "hosts", "--vars", "vars.yml"]
    started = Background(command, folder, environ)
    until(lambda: cursor.exists() or started.process.poll() is not None, "it begins or ends")
    assert started.process.poll() is None, started.output
    return started


@needs("java")
def test_the_rulebook_reacts_to_deletions_failures_and_drift(server: Server, tmp_path: Path) -> None:
    account = Account(server, tmp_path)
    description = {"name": "shop", "location": "de/fra", "lans": [{"name": "front", "public": True}]}
    (tmp_path / "shop.yml").write_text(yaml.safe_dump(description), encoding="utf-8")
    variables = {"automation": "robot@example.com", "drift_files": str(tmp_path / "shop.yml")}
    with rulebook("profitbricks.cloud.changes", server, tmp_path, **variables) as running:
        account.lan("front", public=False)
        other = account.lan("other")
        account.delete(f"lans/{other}")
        account.play.fault("fail_request", "POST", "/lans", message="[VDC-5-601] no luck")
        account.lan("never")
        running.says(f"demo@example.com has deleted datacenters/{account.id}/lans/{other}")
        running.says(
            f"POST datacenters/{account.id}/lans of demo@example.com has failed: [VDC-5-601] no luck"
        )
        running.says("shop/lans/front: public is false, described as true")


@needs("java")
@pytest.mark.parametrize("block", RULEBOOKS, ids=lambda block: block.file)
def test_the_rulebooks_of_guides_react(block: Any, server: Server, tmp_path: Path) -> None:
    account = Account(server, tmp_path)
    path = f"datacenters/{account.id}/servers"
    machine = account.play.call("POST", path, {"properties": {"name": "web", "cores": 1, "ram": 1024}})["id"]
    (tmp_path / block.file).write_text(block.text, encoding="utf-8")
    with rulebook(block.file, server, tmp_path) as running:
        account.delete(f"servers/{machine}")
        running.says(f"demo@example.com has deleted {path}/{machine}")
        account.play.fault("fail_request", "POST", "/lans", message="[VDC-5-601] no luck")
        account.lan("never")
        running.says("has failed: [VDC-5-601] no luck")


def test_there_are_rulebooks_in_guides() -> None:
    assert RULEBOOKS
