# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running the real ansible-inventory on configurations, against an account with a small world in it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import yaml

from integration.warm import READ_LATE, Pythons
from pocketvdc import Cloud
from pocketvdc.faults import Fault

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = os.environ.get("ANSIBLE_COLLECTIONS_PATH") or str(ROOT / ".build" / "dev")
PLUGIN = "profitbricks.cloud.profitbricks"
TOKEN, PASSWORD = "demo-token", "demo-password"
PREFIXES = ("ANSIBLE_", *READ_LATE)
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
INJECTED = "{{ lookup('pipe', 'touch pwned') }}"


@dataclass(frozen=True)
class Listing:
    """What an Ansible command printed, and which calls the service saw meanwhile, as ``METHOD path``."""

    code: int
    stdout: str
    stderr: str
    calls: list[str]

    @property
    def said(self) -> str:
        """Warnings and errors, their lines joined: up to 2.18, Ansible breaks them at blanks and hyphens to fit."""
        return " ".join(self.stderr.replace("-\n", "-").split())

    @property
    def data(self) -> dict[str, Any]:
        assert self.code == 0, self.stderr
        return dict(json.loads(self.stdout))

    @property
    def vars(self) -> dict[str, dict[str, Any]]:
        """The variables of each host."""
        return dict(self.data["_meta"]["hostvars"])

    @property
    def hosts(self) -> list[str]:
        return sorted(self.vars)

    def facts(self, name: str) -> dict[str, Any]:
        """One variable of each host, by the host; ``name`` without the prefix."""
        return {host: values.get(f"profitbricks_{name}") for host, values in self.vars.items()}

    def group(self, name: str) -> list[str]:
        return sorted(self.data[name]["hosts"])


@dataclass
class Inventory:
    """Runs commands with a configuration of the plugin in a folder of their own."""

    cloud: Cloud
    url: str
    folder: Path
    pythons: Pythons = field(default_factory=Pythons)

    def fault(self, kind: str, path: str = "", **more: Any) -> None:
        self.cloud.faults.add(Fault(kind, "GET", path, **more))

    def write(self, config: Mapping[str, Any] | str, name: str = "test.profitbricks.yml") -> Path:
        """A configuration file; a mapping gets the plugin's name, the address and a token if it has none."""
        path = self.folder / name
        if not isinstance(config, str):
            defaults = {"plugin": PLUGIN, "api_url": self.url}
            known = {"token", "username"} & set(config)
            config = yaml.safe_dump({**defaults, **({} if known else {"token": TOKEN}), **config})
        path.write_text(config, encoding="utf-8")
        return path

    def list(self, config: Mapping[str, Any] | str | None = None, *arguments: str, **environ: str) -> Listing:
        """``ansible-inventory --list``; without a configuration with the one that is there."""
        path = self.folder / "test.profitbricks.yml" if config is None else self.write(config)
        return self.run("inventory", "-i", str(path), "--list", *arguments, **environ)

    def fails(self, config: Mapping[str, Any] | str, *arguments: str, **environ: str) -> str:
        """The error of a configuration that must not work, in one line."""
        done = self.list(config, *arguments, ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="true", **environ)
        assert done.code != 0, done.stdout
        assert "Traceback" not in done.stderr and "test.profitbricks.yml" in done.said, done.stderr
        return done.said

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """The environment of a command, without settings of the caller."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(PREFIXES)}
        home = self.pythons.home or self.folder
        return {
            **own,
            "HOME": str(home),
            "ANSIBLE_HOME": str(home / ".ansible"),
            "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
            "ANSIBLE_NOCOLOR": "true",
            **more,
        }

    def run(self, command: str, *arguments: str, **environ: str) -> Listing:
        """Any of Ansible's commands, in an environment without settings of the caller."""
        self.cloud.journal.clear()
        python = self.pythons.commands(self.environment(environ), self.folder)
        done = self.execute([python, "-m", "ansible", command, *arguments], **environ)
        calls = [
            f"{each['method']} {each['path'].split('/cloudapi/')[-1]}" for each in self.cloud.journal.calls
        ]
        return Listing(done.returncode, done.stdout, done.stderr, calls)

    def execute(self, words: Sequence[str], **environ: str) -> subprocess.CompletedProcess[str]:
        """Any command, in that environment."""
        return subprocess.run(
            words,
            cwd=self.folder,
            env=self.environment(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def datacenter(url: str, name: str, location: str, servers: Sequence[dict[str, Any]]) -> str:
    """Create a data center with the public LAN 1, the private LAN 2 and the servers. Returns its id."""
    lans = [{"name": "public", "public": True}, {"name": "backend", "public": False}]
    answer = requests.post(
        f"{url}/cloudapi/v6/datacenters",
        json={
            "properties": {"name": name, "location": location},
            "entities": {
                "lans": {"items": [{"properties": lan} for lan in lans]},
                "servers": {"items": list(servers)},
            },
        },
        headers={"Authorization": f"Bearer {TOKEN}"},
        timeout=60,
    )
    answer.raise_for_status()
    return str(answer.json()["id"])


def server(name: str | None, *lans: int, disks: int = 1, **properties: Any) -> dict[str, Any]:
    """The body of a server with a NIC in each LAN; the first disk is made from an image."""
    volumes: list[dict[str, Any]] = [
        {"name": f"{name}-boot", "size": 10, "imageAlias": "ubuntu:latest", "imagePassword": "abc123XYZ"},
        {"name": f"{name}-data", "size": 50, "licenceType": "OTHER"},
    ]
    return {
        "properties": {"cores": 2, "ram": 4096, **({} if name is None else {"name": name}), **properties},
        "entities": {
            "volumes": {"items": [{"properties": {"type": "HDD", **volume}} for volume in volumes[:disks]]},
            "nics": {"items": [{"properties": {"name": f"nic-{lan}", "lan": lan}} for lan in lans]},
        },
    }


@dataclass(frozen=True)
class World:
    """The ids of the data centers of the account."""

    shop: str
    labs: tuple[str, str]


def fill(url: str) -> World:
    """Three data centers, two of them with one name; servers of every kind that an inventory can stumble over."""
    shop = [
        server("web-01", 1, 2, disks=2),
        server("web-02", 1, 2, ram=8192),
        server("db-01", 2),
        server("idle", disks=0),
    ]
    first = datacenter(url, "lab", "de/txl", [server("web-01", 1)])
    second = datacenter(url, "lab", "de/txl", [server(None, 1), server(INJECTED, 1)])
    return World(datacenter(url, "shop", "de/fra", shop), (first, second))
