# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks of the collection, run by their names against an emulator whose servers answer SSH."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from processes import ended

ROOT = Path(__file__).resolve().parents[2]
PLAYBOOKS = ROOT / "playbooks"
PUBLIC_NET = "127.21.0.0/24"
RECAP = re.compile(r"^(\S+) +: ok=(\d+) +changed=(\d+) +unreachable=(\d+) +failed=(\d+)", re.M)
SSH = "-F /dev/null -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -o LogLevel=ERROR"
WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass
class Cloud:
    """The emulator as the tests see it: its API, its journal, and the port of the servers' SSH."""

    url: str
    ssh_port: int

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(
            method,
            f"{self.url}/cloudapi/v6/{path}",
            json=body,
            auth=("demo@example.com", "demo-password"),
            timeout=10,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def names(self, path: str) -> list[str]:
        return [item["properties"]["name"] for item in self.call("GET", f"{path}?depth=1")["items"]]

    def reset(self) -> None:
        requests.post(f"{self.url}/_emulator/reset", timeout=10).raise_for_status()

    def writes(self) -> list[str]:
        """The methods of the write requests since this was last asked."""
        journal = requests.get(f"{self.url}/_emulator/journal", timeout=10).json()["items"]
        requests.delete(f"{self.url}/_emulator/journal", timeout=10).raise_for_status()
        return [entry["method"] for entry in journal if entry["method"] in WRITES]


@dataclass(frozen=True)
class Run:
    """What came of a playbook: exit code, output, and of each host how many tasks changed something."""

    code: int
    output: str

    @property
    def changed(self) -> dict[str, int]:
        return {
            host: int(changed) for host, _ok, changed, _unreachable, _failed in RECAP.findall(self.output)
        }

    @property
    def messages(self) -> list[str]:
        return re.findall(r'^    "msg": "(.*)"$', self.output, re.M)


@dataclass
class Ansible:
    """Runs playbooks with an environment of their own, in a folder that holds a key pair."""

    folder: Path
    environment: dict[str, str]

    @property
    def public_key(self) -> str:
        return (self.folder / "id.pub").read_text(encoding="utf-8").strip()

    def run(self, name: str, *options: str, **variables: object) -> Run:
        """Run the collection's playbook of that name with extra variables; it must succeed."""
        done = self.attempt(name, *options, ssh_public_key_file=self.folder / "id.pub", **variables)
        assert done.code == 0, done.output
        return done

    def attempt(self, name: str, *options: str, **variables: object) -> Run:
        extra = [word for item in variables.items() for word in ("-e", "{}={}".format(*item))]
        return self._call("playbook", f"profitbricks.cloud.{name}", *options, *extra)

    def command(self, *arguments: str) -> Run:
        """Run one of Ansible's commands, named without its first half; it must succeed."""
        done = self._call(*arguments)
        assert done.code == 0, done.output
        return done

    def _call(self, *arguments: str) -> Run:
        done = ended([sys.executable, "-m", "ansible", *arguments], self.folder, self.environment, 180)
        return Run(done.returncode, done.stdout + done.stderr)


def server(name: str, key: str) -> dict[str, Any]:
    """A server as the API takes it: a boot volume that lets each line of ``key`` in, a NIC in the first two LANs."""
    boot: dict[str, Any] = {"name": f"{name}-boot", "size": 10, "type": "HDD", "imageAlias": "ubuntu:24.04"}
    boot["sshKeys"] = key.splitlines()
    nics = [{"properties": {"name": f"nic-{lan}", "lan": lan}} for lan in (1, 2)]
    entities = {"volumes": {"items": [{"properties": boot}]}, "nics": {"items": nics}}
    return {"properties": {"name": name, "cores": 1, "ram": 1024}, "entities": entities}


def build_site(cloud: Cloud, key: str) -> None:
    """What the later playbooks find: the data center of site.yml, two servers in it, and its user."""
    lans = [{"properties": {"name": name, "public": name == "public"}} for name in ("public", "private")]
    servers = [server(name, key) for name in ("web-01", "db-01")]
    body = {
        "properties": {"name": "example-site", "location": "de/fra"},
        "entities": {"lans": {"items": lans}, "servers": {"items": servers}},
    }
    cloud.call("POST", "datacenters", body)
    add_operator(cloud)


def add_operator(cloud: Cloud) -> None:
    operator = {"firstname": "Site", "lastname": "Operator", "email": "operator@example.com"}
    cloud.call("POST", "um/users", {"properties": {**operator, "password": "not-guessed-1"}})
