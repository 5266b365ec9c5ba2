# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running tasks with the real ansible-playbook, and what became of each."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from integration.warm import READ_LATE, Pythons
from pocketvdc import Cloud
from pocketvdc.faults import Fault
from pocketvdc.netfoundry.testing import credentials_file

ROOT = Path(__file__).resolve().parents[2]
# `make integration` names the installed artifact; without it the checkout itself is tested.
COLLECTIONS = os.environ.get("ANSIBLE_COLLECTIONS_PATH") or str(ROOT / ".build" / "dev")
TOKEN = "demo-token"
SECRETS = (TOKEN, "demo-password", "demo-secret")
Task = dict[str, Any]


BEFORE = "before"


def task(title: str, module: str, keywords: Mapping[str, Any] | None = None, /, **options: Any) -> Task:
    """A task of this collection; ``module`` without ``profitbricks_`` may do; ``keywords`` such as check_mode.

    The keyword ``before`` is no word of Ansible: it lists calls of the emulator's control path, as (name, body), that
    are made before the task.
    """
    name = module if module.startswith("netfoundry_") else f"profitbricks_{module}"
    return {"name": title, f"profitbricks.cloud.{name}": options, **(keywords or {})}


@dataclass(frozen=True)
class Done:
    """What became of one task; ``calls`` are its calls as the emulator's journal has them, without those for tokens."""

    name: str
    status: str
    seconds: float
    result: dict[str, Any]
    calls: list[dict[str, Any]]

    @property
    def changed(self) -> bool:
        """Whether it changed something. Fails when it did not work at all."""
        assert self.status == "ok", f"{self.name}: {self.result.get('msg')}"
        return bool(self.result["changed"])

    @property
    def msg(self) -> str:
        """The error of a task that has to fail."""
        assert self.status == "failed", f"{self.name} did not fail: {self.result}"
        return str(self.result["msg"])

    @property
    def diff(self) -> dict[str, Any]:
        """Before and after, without the headers that name the object."""
        diff = self.result["diff"]
        return {side: (diff[0] if isinstance(diff, list) else diff)[side] for side in ("before", "after")}

    def __getitem__(self, key: str) -> Any:
        assert self.status == "ok", f"{self.name}: {self.result.get('msg')}"
        return self.result[key]

    @property
    def reads(self) -> list[str]:
        """The paths that were read, without the polls of a request's status."""
        return [each["path"] for each in self.calls if each["method"] == "GET" and not _is_poll(each)]

    @property
    def polls(self) -> list[str]:
        return [each["path"] for each in self.calls if _is_poll(each)]

    @property
    def writes(self) -> list[str]:
        """The methods of what was written."""
        return [each["method"] for each in self.calls if each["method"] != "GET"]


def _is_poll(call: Mapping[str, Any]) -> bool:
    return str(call["path"]).endswith("/status") or "/core/v2/executions/" in str(call["path"])


def _done(line: str) -> Done:
    record = json.loads(line)
    calls = [call for call in record.pop("calls") if call["path"] != "/oauth2/token"]
    return Done(**record, calls=calls)


@dataclass(frozen=True)
class Results:
    """All tasks of one run, by name; ``output`` is all that was printed."""

    tasks: dict[str, Done]
    output: str
    returncode: int

    def __getitem__(self, name: str) -> Done:
        assert name in self.tasks, f"no task {name!r} ran:\n{self.output[-3000:]}"
        return self.tasks[name]

    def __iter__(self) -> Iterator[Done]:
        return iter(self.tasks.values())


@dataclass
class Runner:
    """Runs tasks in one play on localhost, all of them even when some fail."""

    cloud: Cloud
    url: str
    folder: Path
    pythons: Pythons = field(default_factory=Pythons)
    runs: int = field(default=0)

    def api(self, version: int = 6) -> str:
        return f"{self.url}/cloudapi/v{version}"

    def fault(self, kind: str, method: str = "*", path: str = "", **more: Any) -> None:
        """A fault of the emulator."""
        self.cloud.faults.add(Fault(kind, method, path, **more))

    def call(self, method: str, path: str, body: Any = None, version: int = 6) -> dict[str, Any]:
        """A call of another client, in no journal of a task."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        answer = requests.request(
            method, f"{self.api(version)}/{path}", json=body, headers=headers, timeout=30
        )
        answer.raise_for_status()
        return dict(answer.json()) if answer.content else {}

    def shop(self) -> dict[str, str]:
        """A data center with two LANs and a server with a boot volume, two NICs and a rule; their ids by kind."""
        ssh = {"name": "ssh", "protocol": "TCP", "portRangeStart": 22, "portRangeEnd": 22}
        front = {
            "properties": {"name": "front", "lan": 1, "firewallActive": True},
            "entities": {"firewallrules": {"items": [{"properties": ssh}]}},
        }
        back = {"properties": {"name": "back", "lan": 2}}
        boot = {"name": "boot", "size": 10, "imageAlias": "ubuntu:22.04", "imagePassword": "secret12pw"}
        server = {
            "properties": {"name": "web", "cores": 2, "ram": 2048},
            "entities": {"volumes": {"items": [{"properties": boot}]}, "nics": {"items": [front, back]}},
        }
        lans = [{"properties": {"name": "public", "public": True}}, {"properties": {"name": "private"}}]
        body = {
            "properties": {"name": "shop", "location": "de/fra"},
            "entities": {"lans": {"items": lans}, "servers": {"items": [server]}},
        }
        datacenter = self.call("POST", "datacenters", body)["id"]
        tree = self.call("GET", f"datacenters/{datacenter}?depth=7")["entities"]
        made = tree["servers"]["items"][0]
        nics = {nic["properties"]["name"]: nic for nic in made["entities"]["nics"]["items"]}
        return {
            "datacenter": datacenter,
            "server": made["id"],
            "volume": made["entities"]["volumes"]["items"][0]["id"],
            "nic": nics["front"]["id"],
            "back": nics["back"]["id"],
            "lan": "1",
            "firewall_rule": nics["front"]["entities"]["firewallrules"]["items"][0]["id"],
        }

    def __call__(
        self,
        tasks: Sequence[Task],
        *,
        version: int = 6,
        arguments: Sequence[str] = (),
        environ: Mapping[str, str] | None = None,
        defaults: Mapping[str, Any] | None = None,
        variables: Mapping[str, Any] | None = None,
        in_process: bool = True,
        timeout: float = 300,
    ) -> Results:
        """Run the tasks; ``defaults`` are connection options of all of them, the account's token if left out."""
        self.runs += 1
        folder = self.folder / f"run-{self.runs}"
        folder.mkdir()
        defaults = {"token": TOKEN} if defaults is None else defaults
        names = [each["name"] for each in tasks]
        assert len(set(names)) == len(names), "tasks are known by their names"
        before = {each["name"]: each[BEFORE] for each in tasks if BEFORE in each}
        tasks = [{key: value for key, value in each.items() if key != BEFORE} for each in tasks]
        python = (Pythons() if in_process else self.pythons).modules(environ or {})
        play = {
            "hosts": "localhost",
            "connection": "local",
            "gather_facts": False,
            # Only with the controller's own Python does a task run inside Ansible's worker.
            "vars": {"ansible_python_interpreter": python, **(variables or {})},
            "module_defaults": {
                "group/profitbricks.cloud.profitbricks": {"api_url": self.api(version), **defaults},
                "group/profitbricks.cloud.netfoundry": {
                    "api_url": self.url,
                    "credentials": str(credentials_file(self.url, folder)),
                },
            },
            "tasks": [{"ignore_errors": True, **each} for each in tasks],
        }
        playbook = folder / "playbook.yml"
        playbook.write_text(json.dumps([play], indent=2), encoding="utf-8")
        record = folder / "record.jsonl"
        record.touch()
        home = self.pythons.home or folder
        configuration = home / "ansible.cfg"
        configuration.touch()
        environment = {
            **plain_environment(),
            "ANSIBLE_CONFIG": str(configuration),
            "ANSIBLE_HOME": str(home / ".ansible"),
            "RECORD_FILE": str(record),
            "RECORD_EMULATOR": self.url,
            "RECORD_BEFORE": json.dumps(before),
            "PROFITBRICKS_IN_PROCESS": "1" if in_process else "0",
            **(environ or {}),
        }
        command = [
            self.pythons.commands(environment, folder),
            "-m",
            "ansible",
            "playbook",
            "-i",
            "localhost,",
            *arguments,
            str(playbook),
        ]
        finished = subprocess.run(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            check=False,
        )
        done = [_done(line) for line in record.read_text(encoding="utf-8").splitlines()]
        return Results({each.name: each for each in done}, finished.stdout, finished.returncode)


def plain_environment() -> dict[str, str]:
    """The caller's environment without settings of Ansible and of the service.

    It is also without PYTHONUNBUFFERED, which makes Python read the modules that Ansible pipes to it byte by byte.
    """
    known = (*READ_LATE, "ANSIBLE_", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(known)}
    return {
        **kept,
        "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
        "ANSIBLE_CALLBACK_PLUGINS": str(Path(__file__).parent / "callbacks"),
        "ANSIBLE_CALLBACKS_ENABLED": "record",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_PIPELINING": "1",
        "NO_PROXY": "127.0.0.1",
    }
