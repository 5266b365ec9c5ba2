# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator under the collection's client, without a socket and without waiting."""

from __future__ import annotations

import json
from typing import Any

import pocketvdc
from ansible_collections.profitbricks.cloud.plugins.module_utils._engine.http.transport import Credentials
from ansible_collections.profitbricks.cloud.plugins.module_utils._info import execute_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import execute
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.client import Cloud
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.connection import Connection
from catalogue import KINDS
from pocketvdc.faults import Fault
from unit.scripted import FakeClock

READS = ("GET",)


def fit_for_ansible(result: dict[str, Any]) -> dict[str, Any]:
    """A result, in which Ansible must find nothing but plain values: it fails the task for anything else."""
    json.dumps(result)
    return result


DEMO = Credentials(username="demo@example.com", password="demo-password")


class Mounted:
    """A new account, a client for it, and the calls that were made.

    ``seconds`` is what a request takes at the service, on a clock that passes only while someone sleeps.
    """

    def __init__(self, version: int = 6, seconds: float = 0.0, retries: int = 4) -> None:
        self.clock = FakeClock()
        self.clock.time = 1_790_000_000.0
        self.service = pocketvdc.Cloud(provision_seconds=seconds, clock=self.clock.now, seed=1)
        self.version = version
        self.retries = retries
        self.cloud = self.client(version)

    def client(self, version: int, credentials: Credentials = DEMO) -> Cloud:
        url = f"http://emulator.test/cloudapi/v{version}"
        connection = Connection(url, version, credentials, retries=self.retries)
        cloud = Cloud(connection, clock=self.clock)
        pocketvdc.mount(cloud.transport.session, self.service)
        return cloud

    def run(self, kind: str, **options: Any) -> dict[str, Any]:
        """What the module of this kind does with the options."""
        self.service.journal.clear()
        return fit_for_ansible(execute(KINDS[f"profitbricks_{kind}"], options, False, self.cloud))

    def check(self, kind: str, **options: Any) -> dict[str, Any]:
        """What it says in check mode."""
        self.service.journal.clear()
        return fit_for_ansible(execute(KINDS[f"profitbricks_{kind}"], options, True, self.cloud))

    def info(self, kind: str, **options: Any) -> list[dict[str, Any]]:
        """What the info module of this kind reads."""
        self.service.journal.clear()
        subject = KINDS[f"profitbricks_{kind}"]
        return list(execute_info(subject, options, False, self.cloud)[subject.resource.plural])

    def fault(self, kind: str, method: str = "*", path: str = "", **more: Any) -> None:
        self.service.faults.add(Fault(kind, method, path, **more))

    @property
    def calls(self) -> list[str]:
        """``METHOD path`` of each call since the last task began; paths without the version."""
        return [
            f"{each['method']} {each['path'].split(f'/cloudapi/v{self.version}/', 1)[-1]}"
            for each in self.service.journal.calls
        ]

    @property
    def writes(self) -> list[str]:
        return [call for call in self.calls if not call.startswith(READS)]

    def shop(self) -> dict[str, str]:
        """A data center with two LANs, a server with a boot volume and two NICs, and a rule; ids by kind."""
        datacenter = self.run("datacenter", name="shop", location="de/fra")["datacenter"]["id"]
        self.run("lan", datacenter=datacenter, name="public", public=True)
        self.run("lan", datacenter=datacenter, name="private", public=False)
        server = self.run(
            "server",
            datacenter=datacenter,
            name="web",
            cores=2,
            ram=2048,
            volumes=[{"name": "boot", "size": 10, "image": "ubuntu:latest", "image_password": "secret12pw"}],
            nics=[
                {"name": "front", "lan": "1", "firewall_active": True}
                | {
                    "firewall_rules": [
                        {"name": "ssh", "protocol": "TCP", "port_range_start": 22, "port_range_end": 22}
                    ]
                },
                {"lan": "2"},
            ],
        )["server"]
        nic = next(each for each in server["nics"] if each["name"] == "front")
        return {
            "datacenter": datacenter,
            "server": server["id"],
            "nic": nic["id"],
            "volume": server["volumes"][0]["id"],
            "lan": "1",
            "firewall_rule": nic["firewall_rules"][0]["id"],
        }
